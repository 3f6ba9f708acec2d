//! Python text as Rust text.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

/// Return `text`; lone surrogates, which Rust cannot hold, as `\udXXX`.
pub(crate) fn lossless<'a>(text: &'a Bound<'_, PyString>) -> PyResult<Cow<'a, str>> {
    if let Ok(plain) = text.to_str() {
        return Ok(Cow::Borrowed(plain));
    }
    let escaped = encoded(text, "backslashreplace")?;
    Ok(Cow::Owned(String::from_utf8_lossy(escaped.as_bytes()).into_owned()))
}

/// Return `text` in UTF-8, what UTF-8 cannot hold by an error handler of Python.
pub(crate) fn encoded<'py>(
    text: &Bound<'py, PyString>,
    errors: &str,
) -> PyResult<Bound<'py, PyBytes>> {
    let py = text.py();
    let bytes = text.call_method1(pyo3::intern!(py, "encode"), ("utf-8", errors))?;
    Ok(bytes.cast_into::<PyBytes>()?)
}
