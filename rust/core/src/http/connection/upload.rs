//! A request whose body is sent while it is being made: in chunks, and maybe with trailers.

use std::io::{self, IoSlice, Write};
use std::net::TcpStream;

use super::super::{HttpError, Response};
use super::{Connection, Incoming, Interrupted, connect};

/// A request on its way. Dropped before its end, it breaks the connection, which tells the peer
/// that the body is not whole.
#[derive(Debug)]
pub struct Upload {
    stream: TcpStream,
}

/// Whether there is still somebody who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The chunk is sent.
    Sent,
    /// The peer has answered already, or is gone: what else is sent, nobody reads.
    Stopped,
}

impl Connection {
    /// Begin a request: send `head`, which says that the body is chunked, and the first chunk.
    ///
    /// # Errors
    /// No connection.
    pub fn begin(&mut self, head: &[u8], first: &[u8]) -> Result<(Upload, Progress), HttpError> {
        let stream = match self.stream.take().filter(is_quiet) {
            Some(stream) => stream,
            None => connect(&self.address)?,
        };
        let mut upload = Upload { stream };
        let progress = upload.send_after(head, first);
        Ok((upload, progress))
    }

    /// End the request, if it was sent whole, and read the response.
    ///
    /// # Arguments
    /// - `trailers`: lines with their ends; `None` where the upload has stopped.
    ///
    /// # Errors
    /// The connection broke, or the response is not HTTP, or `interrupted` said `false`.
    pub fn finish(
        &mut self,
        upload: Upload,
        trailers: Option<&[u8]>,
        interrupted: Interrupted<'_>,
    ) -> Result<Response, HttpError> {
        let Upload { mut stream } = upload;
        let mut is_whole = trailers.is_some();
        if let Some(trailers) = trailers {
            let mut end = [IoSlice::new(b"0\r\n"), IoSlice::new(trailers), IoSlice::new(b"\r\n")];
            // A peer that did not wait for the end may have said why.
            is_whole = write_all(&mut stream, &mut end).is_ok();
        }
        self.buffer.clear();
        let mut incoming = Incoming { stream: &mut stream, buffer: &mut self.buffer, interrupted };
        let response = incoming.response()?;
        if is_whole && !response.head.closes() {
            self.stream = Some(stream);
        }
        Ok(response)
    }
}

impl Upload {
    /// Send one chunk. An empty one, which would end the body, sends nothing.
    pub fn send(&mut self, chunk: &[u8]) -> Progress {
        if is_quiet(&self.stream) { self.send_after(b"", chunk) } else { Progress::Stopped }
    }

    /// Send a chunk and what stands before it in one system call, and so mostly in one packet.
    fn send_after(&mut self, before: &[u8], chunk: &[u8]) -> Progress {
        let size = format!("{:x}\r\n", chunk.len());
        let mut parts = [
            IoSlice::new(before),
            IoSlice::new(size.as_bytes()),
            IoSlice::new(chunk),
            IoSlice::new(b"\r\n"),
        ];
        let parts = if chunk.is_empty() { parts.get_mut(..1) } else { Some(&mut parts[..]) };
        match write_all(&mut self.stream, parts.unwrap_or_default()) {
            Ok(()) => Progress::Sent,
            Err(_) => Progress::Stopped,
        }
    }
}

fn write_all(stream: &mut TcpStream, parts: &mut [IoSlice<'_>]) -> io::Result<()> {
    let mut parts = parts;
    // Empty parts would look like a peer that takes nothing.
    IoSlice::advance_slices(&mut parts, 0);
    while !parts.is_empty() {
        match stream.write_vectored(parts) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => IoSlice::advance_slices(&mut parts, count),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Say whether the peer still waits: it has neither said anything nor closed.
fn is_quiet(stream: &TcpStream) -> bool {
    let nothing_to_read = |stream: &TcpStream| -> io::Result<bool> {
        stream.set_nonblocking(true)?;
        let peeked = stream.peek(&mut [0]);
        stream.set_nonblocking(false)?;
        Ok(peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock))
    };
    nothing_to_read(stream).unwrap_or(false)
}

#[cfg(test)]
#[path = "upload_tests.rs"]
mod tests;
