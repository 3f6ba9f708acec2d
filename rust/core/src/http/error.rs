//! What can go wrong between two ends of a connection.

use std::{fmt, io};

/// A request that got no usable response.
#[derive(Debug)]
pub enum HttpError {
    /// The connection could not be made or broke.
    Io(io::Error),
    /// The other end does not speak HTTP/1.1 as we understand it.
    Protocol(&'static str),
    /// The caller stopped waiting.
    Interrupted,
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Protocol(what) => f.write_str(what),
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for HttpError {}

impl From<io::Error> for HttpError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
