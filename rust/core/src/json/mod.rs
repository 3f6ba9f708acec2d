//! JSON text, read and written byte for byte as AWS's Python client (by simplejson) does.
//!
//! This module knows the text only. Which values there are is the caller's business: it asks the
//! [`Scanner`] for one token after the other, and writes with the `write_*` functions.

mod error;
mod escape;
mod float;
mod number;
mod scanner;
mod string;
mod unescape;

pub use error::JsonError;
pub use escape::has_special_in_block;
pub use float::write_float;
pub use scanner::{Scanner, Token};
pub use string::{Charset, write_escaped, write_string, write_surrogates};
pub use unescape::Text;

/// How deep arrays and objects may stand in each other, both ways. Beyond it a value is refused
/// with an error instead of using up the stack of the thread.
pub const DEPTH_LIMIT: usize = 5_000;
