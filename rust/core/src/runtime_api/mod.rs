//! The Lambda Runtime API: take an event, answer it.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>

mod client;
mod error;
mod extension;
mod invocation;
mod snapshot;

pub use client::{Client, Posted, StreamEnd};
pub use error::RuntimeApiError;
pub use extension::Extension;
pub use invocation::Invocation;

/// The largest response body that Lambda accepts: 6 MiB and 100 bytes.
pub const RESPONSE_LIMIT_BYTES: usize = 6 * 1024 * 1024 + 100;
