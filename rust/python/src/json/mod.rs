//! JSON text to Python objects and back, as AWS's Python client does it.

mod borrowed;
mod collector;
mod input;
mod keys;
mod output;
mod plain;
mod special;

use std::cell::Cell;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use sparta_core::json::Charset;

pub(crate) use input::{read_bytes, read_text};
pub(crate) use output::Writer;

/// Up to this size the room for a text is kept for the next one: pages that were given back cost
/// more than the text that fills them. Lambda takes no longer answer than six million bytes.
const KEPT_BYTES: usize = 8 * 1024 * 1024;

thread_local! {
    static TEXT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Decode JSON, given as UTF-8 bytes or as text.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn loads<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if let Ok(text) = text.cast::<PyString>() {
        return read_text(text);
    }
    if let Ok(bytes) = text.cast::<PyBytes>() {
        return read_bytes(text.py(), bytes.as_bytes());
    }
    let name = text.get_type().name()?;
    Err(PyTypeError::new_err(format!("the JSON text must be str or bytes, not {name}")))
}

/// Encode `value` as JSON in UTF-8.
#[pyfunction]
#[pyo3(signature = (value, /))]
pub(crate) fn dumps<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    // Not kept while it is in use: Python code that runs meanwhile may come here too.
    let mut out = TEXT.take();
    out.clear();
    let written = Writer::new(&mut out, Charset::Utf8).value(value);
    let result = written.map(|()| PyBytes::new(value.py(), &out));
    if out.capacity() <= KEPT_BYTES {
        TEXT.set(out);
    }
    result
}
