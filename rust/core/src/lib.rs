//! The Lambda runtime side of Sparta, without Python.
//!
//! Everything here works on bytes and text: the [Runtime API](runtime_api) client over one
//! keep-alive connection, [JSON text](json) exactly as AWS's own Python client reads and writes it,
//! [error bodies](fault), [log lines](log), and the [HTTP envelope](envelope) of API Gateway. The
//! crate never decides what a handler does; `sparta-python` does that.
#![forbid(unsafe_code)]

pub mod base64;
pub mod clock;
pub mod emf;
pub mod envelope;
pub mod fault;
pub mod function;
pub mod http;
pub mod json;
pub mod log;
pub mod runtime_api;
pub mod source;
pub mod stack;
