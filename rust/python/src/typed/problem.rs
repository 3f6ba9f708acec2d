//! What is wrong with a value.

use std::fmt;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::Path;

/// Problems kept of one value: a bad array of a million items must not become a report of them.
const LIMIT: usize = 100;

/// One thing that is wrong.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    /// The path of the value
    pub(crate) place: String,
    /// What is wrong with it
    pub(crate) what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// What was found so far.
#[derive(Debug, Default)]
pub(crate) struct Problems(pub(crate) Vec<Problem>);

impl Problems {
    /// Keep a problem, unless there are enough.
    pub(crate) fn note(&mut self, path: &Path<'_>, what: impl Into<String>) {
        self.keep(Problem { place: path.to_string(), what: what.into() });
    }

    pub(crate) fn keep(&mut self, problem: Problem) {
        if !self.is_full() {
            self.0.push(problem);
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.0.len() >= LIMIT
    }
}

/// Return the `sparta.errors.EventError` that carries `problems`.
pub(crate) fn event_error(py: Python<'_>, problems: &[Problem]) -> PyErr {
    made(py, problems).map_or_else(|error| error, PyErr::from_value)
}

fn made<'py>(py: Python<'py>, problems: &[Problem]) -> PyResult<Bound<'py, PyAny>> {
    let errors = py.import("sparta.errors")?;
    let class = errors.getattr("Problem")?;
    let mut made = Vec::with_capacity(problems.len());
    for problem in problems {
        let keywords = PyDict::new(py);
        keywords.set_item("where", &problem.place)?;
        made.push(class.call((&problem.what,), Some(&keywords))?);
    }
    errors.getattr("EventError")?.call_method1("of", (made,))
}
