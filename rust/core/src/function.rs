//! Functions written in Rust, which the application's own crate brings into the library.
//!
//! `#[sparta::function]` adds each of them to one list while the library is loaded; which of them a
//! process is for is decided by name.

use crate::fault::Fault;
use crate::runtime_api::Invocation;

/// What stands before, between and after the parts of a [`Function`]'s manifest. The packager looks
/// for them in a library that it cannot load, since it is for another processor.
pub const MANIFEST_MARKS: [char; 3] = ['\u{2}', '\u{1f}', '\u{3}'];

/// What a function made of an event.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Answered {
    /// JSON
    pub body: Vec<u8>,
    /// What the log should say of it
    pub warning: Option<String>,
}

/// The outcome of a [`Call`]: a fault says what Lambda has to hear.
pub type Called = Result<Answered, Box<Fault>>;

/// Answers one event; never panics.
pub type Call = fn(&Invocation) -> Called;

/// One function of the application's crate.
#[derive(Debug)]
pub struct Function {
    /// Its name and its place, between [`MANIFEST_MARKS`]
    pub manifest: &'static str,
    /// Answers one event
    pub call: Call,
}

inventory::collect!(Function);

impl Function {
    /// Its name.
    pub fn name(&self) -> &'static str {
        self.manifest.split(MANIFEST_MARKS).nth(2).unwrap_or_default()
    }

    /// Return the function of this name.
    ///
    /// # Errors
    /// There is none; the fault names those that there are.
    pub fn named(name: &str) -> Result<&'static Self, Box<Fault>> {
        let functions = || inventory::iter::<Self>();
        functions().find(|function| function.name() == name).ok_or_else(|| {
            let mut names: Vec<&str> = functions().map(Self::name).collect();
            names.sort_unstable();
            let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            let what = format!("The library has no Rust function '{name}'; it has {known}");
            Box::new(Fault::of_runtime("Runtime.HandlerNotFound", what))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Answered, Function};
    use crate::runtime_api::Invocation;

    inventory::submit! {
        Function {
            manifest: "\u{2}sparta-function\u{1f}echo\u{1f}src/lib.rs:3\u{3}",
            call: |invocation| Ok(Answered { body: invocation.body.clone(), warning: None }),
        }
    }

    #[test]
    fn finds_a_function_by_its_name() {
        let invocation = Invocation { body: b"{}".to_vec(), ..Invocation::default() };
        let answered = (Function::named("echo").unwrap().call)(&invocation).unwrap();
        assert_eq!(answered.body, b"{}");
    }

    #[test]
    fn names_the_functions_there_are() {
        let fault = Function::named("resize").unwrap_err();
        assert_eq!(fault.message, "The library has no Rust function 'resize'; it has echo");
    }
}
