//! Why the Runtime API cannot be used any longer.

use std::fmt;

use crate::http::HttpError;

/// A failure after which the process has to end, so that Lambda starts a new one.
#[derive(Debug)]
pub enum RuntimeApiError {
    /// The request did not come through.
    Http {
        /// What was asked for: "next event", "response", ...
        route: &'static str,
        /// Why it failed
        error: HttpError,
    },
    /// Lambda refused the request.
    Refused {
        /// What was asked for
        route: &'static str,
        /// The HTTP status
        status: u16,
        /// What Lambda said
        body: String,
    },
    /// An event came without a header that every event has.
    MissingHeader(&'static str),
}

impl fmt::Display for RuntimeApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http { route, error } => {
                write!(f, "Lambda's Runtime API does not answer ({route}): {error}")
            }
            Self::Refused { route, status, body } => {
                write!(f, "Lambda's Runtime API refused ({route}): {status} {body}")
            }
            Self::MissingHeader(name) => {
                write!(f, "Lambda's Runtime API sent an event without the header {name}")
            }
        }
    }
}

impl std::error::Error for RuntimeApiError {}
