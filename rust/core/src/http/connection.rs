//! One connection, kept open between requests.

mod upload;

use std::io::{self, IoSlice, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::chunked::Chunked;
use super::head::{Framing, Head};
use super::{HttpError, Response};

pub use upload::{Progress, Upload};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// How often a wait is looked up from: a signal that arrives just before a read interrupts nothing.
const LOOK_UP_INTERVAL: Duration = Duration::from_millis(200);
/// Holds the head of a response and, mostly, its whole body.
const BUFFER_SIZE_BYTES: usize = 16 * 1024;
const HEAD_LIMIT_BYTES: usize = 256 * 1024;

/// Asks the caller whether to go on waiting: when a signal interrupts it, and several times a second.
pub type Interrupted<'a> = &'a mut dyn FnMut() -> bool;

/// A request: its head, complete with the empty line at its end, and its body.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Request line and headers
    pub head: &'a [u8],
    /// What `Content-Length` counts
    pub body: &'a [u8],
}

/// A connection to one address, made when it is first needed.
#[derive(Debug)]
pub struct Connection {
    address: String,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

impl Connection {
    /// Remember `address` ("host:port"); nothing is sent yet.
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), stream: None, buffer: Vec::new() }
    }

    /// Drop the connection; the next request makes a new one.
    pub fn forget(&mut self) {
        self.stream = None;
    }

    /// Send `request` and read the response, waiting for it as long as it takes: the environment
    /// is frozen there. A connection that was closed while nobody looked is made again, once.
    ///
    /// # Errors
    /// No connection, a broken one, a response that is not HTTP, or `interrupted` said `false`.
    pub fn exchange(
        &mut self,
        request: Request<'_>,
        interrupted: Interrupted<'_>,
    ) -> Result<Response, HttpError> {
        let is_reused = self.stream.is_some();
        match self.attempt(request, interrupted) {
            Err(Failure { error: HttpError::Io(_), nothing_received: true }) if is_reused => {
                self.attempt(request, interrupted).map_err(|failure| failure.error)
            }
            result => result.map_err(|failure| failure.error),
        }
    }

    fn attempt(
        &mut self,
        request: Request<'_>,
        interrupted: Interrupted<'_>,
    ) -> Result<Response, Failure> {
        // The stream goes back only after a complete exchange.
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(&self.address).map_err(Failure::early)?,
        };
        send(&mut stream, request).map_err(Failure::early)?;
        self.buffer.clear();
        let mut incoming = Incoming { stream: &mut stream, buffer: &mut self.buffer, interrupted };
        let response = match incoming.response() {
            Ok(response) => response,
            Err(error) => {
                return Err(Failure { error, nothing_received: self.buffer.is_empty() });
            }
        };
        if !response.head.closes() {
            self.stream = Some(stream);
        }
        Ok(response)
    }
}

struct Failure {
    error: HttpError,
    nothing_received: bool,
}

impl Failure {
    fn early(error: io::Error) -> Self {
        Self { error: HttpError::Io(error), nothing_received: true }
    }
}

fn connect(address: &str) -> io::Result<TcpStream> {
    let mut last_error = io::Error::new(io::ErrorKind::AddrNotAvailable, "no address found");
    for candidate in addresses(address)? {
        match TcpStream::connect_timeout(&candidate, CONNECT_TIMEOUT) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(LOOK_UP_INTERVAL))?;
                return Ok(stream);
            }
            Err(error) => last_error = error,
        }
    }
    Err(last_error)
}

/// Lambda gives a number, which spares the resolver.
fn addresses(address: &str) -> io::Result<Vec<SocketAddr>> {
    if let Ok(number) = address.parse() {
        return Ok(vec![number]);
    }
    Ok(address.to_socket_addrs()?.collect())
}

/// Head and body leave in one system call, and so mostly in one packet.
fn send(stream: &mut TcpStream, request: Request<'_>) -> io::Result<()> {
    let Request { mut head, mut body } = request;
    while !head.is_empty() {
        let count = match stream.write_vectored(&[IoSlice::new(head), IoSlice::new(body)]) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
            Err(error) => return Err(error),
        };
        let of_head = count.min(head.len());
        head = head.get(of_head..).unwrap_or_default();
        body = body.get(count - of_head..).unwrap_or_default();
    }
    stream.write_all(body)
}

/// The receiving side of one exchange; `buffer` holds what was read and not yet used.
struct Incoming<'a> {
    stream: &'a mut TcpStream,
    buffer: &'a mut Vec<u8>,
    interrupted: Interrupted<'a>,
}

impl Incoming<'_> {
    fn response(&mut self) -> Result<Response, HttpError> {
        let head = loop {
            let head = self.head()?;
            if !head.is_interim() {
                break head;
            }
        };
        let body = match head.framing()? {
            Framing::Length(length) => self.sized(length)?,
            Framing::Chunked => self.chunked()?,
            Framing::Close => self.until_close()?,
        };
        Ok(Response { head, body })
    }

    fn head(&mut self) -> Result<Head, HttpError> {
        loop {
            if let Some((head, length)) = Head::parse(self.buffer)? {
                self.buffer.drain(..length);
                return Ok(head);
            }
            if self.buffer.len() > HEAD_LIMIT_BYTES {
                return Err(HttpError::Protocol("the head of the response does not end"));
            }
            self.more()?;
        }
    }

    fn sized(&mut self, length: usize) -> Result<Vec<u8>, HttpError> {
        let mut body = Vec::with_capacity(length);
        body.extend(self.buffer.drain(..length.min(self.buffer.len())));
        while body.len() < length {
            let missing = (length - body.len()) as u64;
            let result = Read::take(&mut *self.stream, missing).read_to_end(&mut body);
            if self.is_over(result)? && body.len() < length {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
            }
        }
        Ok(body)
    }

    fn chunked(&mut self) -> Result<Vec<u8>, HttpError> {
        let mut chunked = Chunked::default();
        loop {
            let used = chunked.feed(self.buffer)?;
            self.buffer.drain(..used);
            if chunked.is_done() {
                return Ok(chunked.body);
            }
            self.more()?;
        }
    }

    fn until_close(&mut self) -> Result<Vec<u8>, HttpError> {
        let mut body = std::mem::take(self.buffer);
        loop {
            let result = self.stream.read_to_end(&mut body);
            if self.is_over(result)? {
                return Ok(body);
            }
        }
    }

    /// Read what has arrived, at least one byte, onto the end of the buffer.
    fn more(&mut self) -> Result<(), HttpError> {
        let end = self.buffer.len();
        self.buffer.resize(end + BUFFER_SIZE_BYTES, 0);
        let (over, count) = loop {
            let result = self.stream.read(self.buffer.get_mut(end..).unwrap_or_default());
            let count = result.as_ref().copied().unwrap_or(0);
            match self.is_over(result) {
                Ok(false) => {}
                over => break (over, count),
            }
        };
        self.buffer.truncate(end + count);
        over?;
        if count == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        Ok(())
    }

    /// Say whether a read has come to its end; if it was only interrupted, the caller decides.
    fn is_over(&mut self, result: io::Result<usize>) -> Result<bool, HttpError> {
        use io::ErrorKind::{Interrupted, TimedOut, WouldBlock};
        match result {
            Ok(_) => Ok(true),
            Err(error) if matches!(error.kind(), Interrupted | TimedOut | WouldBlock) => {
                if (self.interrupted)() { Ok(false) } else { Err(HttpError::Interrupted) }
            }
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
#[path = "connection_tests.rs"]
mod tests;
