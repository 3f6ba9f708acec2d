//! As much HTTP/1.1 as the Runtime API needs: one request and one response at a time over one
//! connection that stays open.

mod chunked;
mod connection;
mod error;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
#[cfg(test)]
mod fuzz_tests;
mod head;

pub use connection::{Connection, Interrupted, Progress, Request, Upload};
pub use error::HttpError;
pub use head::Head;

/// A response, read to its end.
#[derive(Debug)]
pub struct Response {
    /// Status and headers
    pub head: Head,
    /// The body, without its framing
    pub body: Vec<u8>,
}
