//! Reads the head of a response: status line and headers.

use super::HttpError;

/// Lambda sends a dozen headers; a head with more than this is not from it.
const HEADER_LIMIT: usize = 128;

/// Status and headers of a response.
#[derive(Debug, Default)]
pub struct Head {
    /// For example 200
    pub status: u16,
    headers: Vec<(String, String)>,
    closes: bool,
}

/// How the end of a body is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// So many bytes
    Length(usize),
    /// Chunks, the last one empty
    Chunked,
    /// Until the connection closes
    Close,
}

impl Head {
    /// Read the head that `bytes` starts with; also return how long it is. `None` if it is not
    /// complete yet.
    ///
    /// # Errors
    /// The bytes are not the head of an HTTP/1.1 response.
    pub(super) fn parse(bytes: &[u8]) -> Result<Option<(Self, usize)>, HttpError> {
        let mut slots = [httparse::EMPTY_HEADER; HEADER_LIMIT];
        let mut response = httparse::Response::new(&mut slots);
        let length = match response.parse(bytes) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(_) => return Err(HttpError::Protocol("the response is not HTTP/1.1")),
        };
        let headers = response.headers.iter().map(|header| {
            let value = String::from_utf8_lossy(header.value).into_owned();
            (header.name.to_owned(), value)
        });
        let mut head = Self {
            status: response.code.unwrap_or(0),
            headers: headers.collect(),
            closes: response.version == Some(0),
        };
        if let Some(option) = head.header("connection") {
            head.closes = option.eq_ignore_ascii_case("close");
        }
        Ok(Some((head, length)))
    }

    /// The value of the first header of this name, whatever its case; `None` if there is none.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Take the value of a header out.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        let found = self.headers.iter_mut().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| std::mem::take(value))
    }

    /// Say whether the connection ends with this response.
    pub(super) fn closes(&self) -> bool {
        self.closes || self.framing() == Ok(Framing::Close)
    }

    /// An interim response (1xx): the real one follows.
    pub(super) fn is_interim(&self) -> bool {
        (100..200).contains(&self.status)
    }

    pub(super) fn framing(&self) -> Result<Framing, InvalidLength> {
        if self.status == 204 || self.status == 304 {
            return Ok(Framing::Length(0));
        }
        if let Some(coding) = self.header("transfer-encoding")
            && coding.to_ascii_lowercase().ends_with("chunked")
        {
            return Ok(Framing::Chunked);
        }
        match self.header("content-length") {
            None => Ok(Framing::Close),
            // A sign, which the parser would take, is none of HTTP's.
            Some(text) if text.trim().starts_with('+') => Err(InvalidLength),
            Some(text) => text.trim().parse().map(Framing::Length).map_err(|_| InvalidLength),
        }
    }
}

/// A `Content-Length` that is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct InvalidLength;

impl From<InvalidLength> for HttpError {
    fn from(_: InvalidLength) -> Self {
        Self::Protocol("the response has an invalid Content-Length")
    }
}

#[cfg(test)]
mod tests {
    use super::{Framing, Head, InvalidLength};

    fn head(text: &str) -> Head {
        Head::parse(text.as_bytes()).unwrap().unwrap().0
    }

    #[test]
    fn finds_headers_whatever_their_case() {
        let head = head("HTTP/1.1 200 OK\r\nLAMBDA-runtime-Trace-ID: Root=1\r\n\r\n");
        assert_eq!(head.status, 200);
        assert_eq!(head.header("Lambda-Runtime-Trace-Id"), Some("Root=1"));
        assert_eq!(head.header("other"), None);
    }

    #[test]
    fn waits_for_the_end_of_the_head() {
        assert!(Head::parse(b"HTTP/1.1 200 OK\r\nA: b\r\n").unwrap().is_none());
        assert!(Head::parse(b"SSH-2.0-OpenSSH\r\n\r\n").is_err());
    }

    #[test]
    fn knows_how_a_body_ends() {
        let of = |headers: &str| head(&format!("HTTP/1.1 200 OK\r\n{headers}\r\n")).framing();
        assert_eq!(of("content-length: 12\r\n"), Ok(Framing::Length(12)));
        assert_eq!(of("Transfer-Encoding: Chunked\r\n"), Ok(Framing::Chunked));
        assert_eq!(of(""), Ok(Framing::Close));
        assert_eq!(of("Content-Length: x\r\n"), Err(InvalidLength));
        assert_eq!(of("Content-Length: +12\r\n"), Err(InvalidLength));
    }

    #[test]
    fn knows_when_the_connection_ends() {
        assert!(head("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").closes());
        assert!(head("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n").closes());
        assert!(!head("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").closes());
    }
}
