//! Why a function has no result.

use std::any::type_name;
use std::fmt::Display;

use sparta_core::fault::Fault;

/// What Lambda is told where a function fails: `errorType` and `errorMessage`.
///
/// `?` makes one of any `std::error::Error`; its type is then the name of that error, without its
/// path, as exceptions are named in Python.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: String,
    message: String,
}

impl Error {
    /// An error of a type of your own.
    ///
    /// # Arguments
    /// - `kind`: the `errorType`, such as `OutOfStock`.
    /// - `message`: the `errorMessage`: a text, or anything else that can be shown.
    pub fn new(kind: impl Into<String>, message: impl Display) -> Self {
        Self { kind: kind.into(), message: message.to_string() }
    }

    /// Its `errorType`.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Its `errorMessage`.
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn into_fault(self) -> Fault {
        Fault { error_type: self.kind, message: self.message, ..Fault::default() }
    }
}

// Error itself is no `std::error::Error`: it would be one of those that it is made of.
impl<E: std::error::Error> From<E> for Error {
    fn from(error: E) -> Self {
        let name = type_name::<E>();
        let name = name.split('<').next().unwrap_or(name);
        Self::new(name.rsplit("::").next().unwrap_or(name), error)
    }
}
