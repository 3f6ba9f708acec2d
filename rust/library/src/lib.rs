//! The native library as the wheel carries it: `sparta-python`, and no function of an application.
//! An application's own library is built of a crate like this one, which the packager writes.

pub use sparta_python::*;
