//! Lambda functions in Rust, beside those in Python, in an application of Sparta.
//!
//! ```
//! #[derive(serde::Deserialize)]
//! struct Resize {
//!     key: String,
//!     width: u32,
//! }
//!
//! #[derive(serde::Serialize)]
//! struct Resized {
//!     key: String,
//! }
//!
//! #[sparta::function]
//! fn resize(event: Resize, context: &sparta::Context) -> Result<Resized, sparta::Error> {
//!     let images = sparta::resource("Images")?;
//!     println!("{}: {} to {} pixels", context.request_id(), images.name()?, event.width);
//!     Ok(Resized { key: event.key })
//! }
//! ```
//! and in the application:
//! ```python
//! native = sparta.RustCrate("./native")
//! resize = native.function("resize", memory_mb=256, uses=[images.grant("GetObject")])
//! ```
//! The guide is `docs/rust-handlers.md`.
#![forbid(unsafe_code)]

mod answer;
mod context;
mod discovery;
mod error;
mod event;
mod panic;
mod request;
mod response;

pub use context::Context;
pub use discovery::{DiscoveryError, Resource, resource};
pub use error::Error;
pub use event::Event;
pub use request::Request;
pub use response::Response;
pub use sparta_macros::function;

/// What `#[sparta::function]` writes into the application's crate; not for anybody else.
#[doc(hidden)]
pub mod __private {
    pub use crate::answer::answer;
    pub use inventory::submit;
    pub use serde::de::IgnoredAny as Ignored;
    pub use sparta_core::function::{Called, Function};
    pub use sparta_core::runtime_api::Invocation;
}
