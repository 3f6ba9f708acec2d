//! An internal extension that asks for no event. Lambda sends SIGTERM, and waits a moment before it
//! kills, only where some extension is registered.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html>

use std::io::{self, Read, Write};
use std::net::TcpStream;

use super::client::refused;
use super::error::RuntimeApiError;
use crate::http::{Connection, Request};

const BASE: &str = "/2020-01-01/extension";
const BODY: &[u8] = b"{\"events\": []}";
const IDENTIFIER: &str = "Lambda-Extension-Identifier";
const ROUTE: &str = "register extension";

/// A registered extension.
#[derive(Debug)]
pub struct Extension {
    address: String,
    identifier: String,
}

impl Extension {
    /// Register an extension of this name with the API at `address`; possible only while the
    /// function starts.
    ///
    /// # Errors
    /// Lambda cannot be reached, or refuses.
    pub fn register(address: &str, name: &str) -> Result<Self, RuntimeApiError> {
        let head = format!(
            "POST {BASE}/register HTTP/1.1\r\nHost: {address}\r\nLambda-Extension-Name: {name}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            BODY.len()
        );
        let request = Request { head: head.as_bytes(), body: BODY };
        let result = Connection::new(address).exchange(request, &mut || true);
        let response = result.map_err(|error| RuntimeApiError::Http { route: ROUTE, error })?;
        if response.head.status != 200 {
            return Err(refused(ROUTE, &response));
        }
        let identifier = response.head.header(IDENTIFIER).unwrap_or_default().to_owned();
        Ok(Self { address: address.to_owned(), identifier })
    }

    /// Wait for events, of which none will come; Lambda does not regard an extension as started
    /// before. Returns when the environment ends.
    ///
    /// # Errors
    /// Lambda cannot be reached any longer.
    pub fn wait(&self) -> io::Result<()> {
        let Self { address, identifier } = self;
        let mut stream = TcpStream::connect(&**address)?;
        let head = format!(
            "GET {BASE}/event/next HTTP/1.1\r\nHost: {address}\r\n{IDENTIFIER}: {identifier}\r\n\r\n"
        );
        stream.write_all(head.as_bytes())?;
        while stream.read(&mut [0; 256])? > 0 {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Extension;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    /// Answer each connection in turn, and return what they sent.
    fn served(responses: Vec<String>) -> (String, std::thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let thread = std::thread::spawn(move || {
            let mut requests = Vec::new();
            for response in responses {
                let (mut stream, _) = listener.accept().unwrap();
                let mut bytes = [0; 4096];
                let count = stream.read(&mut bytes).unwrap();
                requests.push(String::from_utf8_lossy(&bytes[..count]).into_owned());
                stream.write_all(response.as_bytes()).unwrap();
            }
            requests
        });
        (address, thread)
    }

    #[test]
    fn registers_and_waits() {
        let accepted =
            "HTTP/1.1 200 OK\r\nLambda-Extension-Identifier: id-1\r\nContent-Length: 2\r\n\r\n{}";
        let (address, thread) = served(vec![accepted.to_owned(), String::new()]);
        let extension = Extension::register(&address, "sparta").unwrap();
        extension.wait().unwrap();
        let requests = thread.join().unwrap();
        assert!(requests[0].starts_with("POST /2020-01-01/extension/register HTTP/1.1\r\n"));
        assert!(requests[0].contains("\r\nLambda-Extension-Name: sparta\r\n"));
        assert!(requests[0].ends_with("\r\n\r\n{\"events\": []}"));
        assert!(requests[1].starts_with("GET /2020-01-01/extension/event/next HTTP/1.1\r\n"));
        assert!(requests[1].contains("\r\nLambda-Extension-Identifier: id-1\r\n"));
    }

    #[test]
    fn reports_a_refusal() {
        let refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno";
        let (address, _thread) = served(vec![refusal.to_owned()]);
        let error = Extension::register(&address, "sparta").unwrap_err();
        assert!(error.to_string().contains("refused (register extension): 403 no"), "{error}");
    }
}
