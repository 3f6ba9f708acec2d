//! Typed decoding: a decoded JSON value and a schema give a checked value, or every problem.
//!
//! The rules and the texts are those of `sparta.runtime.decode`, which does the same in Python.

mod decoding;
mod path;
mod problem;
mod schema;
mod words;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use path::Path;
use problem::Problems;
pub(crate) use problem::{Problem, event_error};
pub(crate) use schema::{Kind, Schema};
pub(crate) use words::word_of;

/// Return `value` as `schema` wants it.
#[pyfunction]
#[pyo3(signature = (schema, value, path, /))]
pub(crate) fn decode<'py>(
    schema: &Bound<'py, PyTuple>,
    value: &Bound<'py, PyAny>,
    path: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    let schema = Schema::of(schema)?;
    decoding::decode(&schema, value, path)?.map_err(|problems| event_error(py, &problems))
}

/// Return `value` as `schema` wants it, or what is wrong with it.
pub(crate) fn checked<'py>(
    schema: &Schema,
    value: &Bound<'py, PyAny>,
    path: &str,
) -> PyResult<Result<Bound<'py, PyAny>, Vec<Problem>>> {
    decoding::decode(schema, value, path)
}
