//! JSON text of log lines: what `json.JSONEncoder(ensure_ascii=False, default=str)` writes.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use sparta_core::json::{Charset, write_float, write_string};

/// How deep values may stand in each other here; json takes the deeper ones, and circles.
const DEPTH: usize = 32;

/// What becomes of a number that JSON has no form for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NotFinite {
    /// It is written as Python's `json` does: `NaN`, `Infinity`.
    Written,
    /// It is a `ValueError`.
    Refused,
}

/// Return the text. Values of JSON's own types, and those that `str` makes text of, are written
/// here; with subclasses, odd keys or lone surrogates in it the whole goes to Python's `json`.
///
/// # Errors
/// Whatever Python's `json` has against it, or what the code that makes text of a value raises.
pub(super) fn json_text<'py>(
    value: &Bound<'py, PyAny>,
    not_finite: NotFinite,
) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    let mut out = Vec::with_capacity(256);
    if write(&mut out, value, not_finite, DEPTH)?
        && let Ok(text) = std::str::from_utf8(&out)
    {
        return Ok(PyString::new(py, text).into_any());
    }
    let keywords = PyDict::new(py);
    keywords.set_item(intern!(py, "ensure_ascii"), false)?;
    keywords.set_item(intern!(py, "allow_nan"), not_finite == NotFinite::Written)?;
    keywords.set_item(intern!(py, "default"), py.get_type::<PyString>())?;
    py.import(intern!(py, "json"))?.call_method(intern!(py, "dumps"), (value,), Some(&keywords))
}

/// Append `value`; say `false` where it is nothing for this function.
fn write(
    out: &mut Vec<u8>,
    value: &Bound<'_, PyAny>,
    not_finite: NotFinite,
    depth: usize,
) -> PyResult<bool> {
    if let Ok(text) = value.cast_exact::<PyString>() {
        return Ok(write_text(out, text));
    }
    if value.is_none() {
        out.extend_from_slice(b"null");
    } else if let Ok(flag) = value.cast_exact::<PyBool>() {
        out.extend_from_slice(if flag.is_true() { b"true" } else { b"false" });
    } else if let Ok(number) = value.cast_exact::<PyInt>() {
        let Ok(number) = number.extract::<i64>() else { return Ok(false) };
        out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    } else if let Ok(number) = value.cast_exact::<PyFloat>() {
        if not_finite == NotFinite::Refused && !number.value().is_finite() {
            return Ok(false);
        }
        write_float(out, number.value());
    } else if depth == 0 {
        return Ok(false);
    } else if let Ok(dict) = value.cast_exact::<PyDict>() {
        return write_object(out, dict, not_finite, depth - 1);
    } else if let Ok(list) = value.cast_exact::<PyList>() {
        return write_array(out, list.iter(), not_finite, depth - 1);
    } else if let Ok(tuple) = value.cast_exact::<PyTuple>() {
        return write_array(out, tuple.iter(), not_finite, depth - 1);
    } else if is_of_json(value) {
        return Ok(false);
    } else {
        return Ok(write_text(out, &value.str()?));
    }
    Ok(true)
}

/// Whether it is of a subclass of one of JSON's types.
fn is_of_json(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyString>()
        || value.is_instance_of::<PyInt>()
        || value.is_instance_of::<PyFloat>()
        || value.is_instance_of::<PyDict>()
        || value.is_instance_of::<PyList>()
        || value.is_instance_of::<PyTuple>()
}

fn write_text(out: &mut Vec<u8>, text: &Bound<'_, PyString>) -> bool {
    let Ok(text) = text.to_str() else { return false };
    write_string(out, text, Charset::Utf8);
    true
}

fn write_object(
    out: &mut Vec<u8>,
    dict: &Bound<'_, PyDict>,
    not_finite: NotFinite,
    depth: usize,
) -> PyResult<bool> {
    out.push(b'{');
    // A copy: text of a value may be made by code that changes the dict.
    for (index, (key, value)) in dict.copy()?.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(b", ");
        }
        let Ok(key) = key.cast_exact::<PyString>() else { return Ok(false) };
        if !write_text(out, key) {
            return Ok(false);
        }
        out.extend_from_slice(b": ");
        if !write(out, &value, not_finite, depth)? {
            return Ok(false);
        }
    }
    out.push(b'}');
    Ok(true)
}

fn write_array<'py>(
    out: &mut Vec<u8>,
    items: impl Iterator<Item = Bound<'py, PyAny>>,
    not_finite: NotFinite,
    depth: usize,
) -> PyResult<bool> {
    out.push(b'[');
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.extend_from_slice(b", ");
        }
        if !write(out, &item, not_finite, depth)? {
            return Ok(false);
        }
    }
    out.push(b']');
    Ok(true)
}
