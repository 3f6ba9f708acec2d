//! The place of a value within the one that is decoded; written out only for a problem.

use std::fmt;

/// Where a value stands.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Path<'a> {
    /// What the whole value is called
    Root(&'a str),
    /// A member of the object at a path
    Member(&'a Self, &'a str),
    /// An item of the array at a path
    Item(&'a Self, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(name) => f.write_str(name),
            Self::Member(parent, name) => write!(f, "{parent}.{name}"),
            Self::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}
