//! What stands in dicts and lists, looked at without counting references.
//!
//! Counting costs as much as writing a short value does, so the items are borrowed from their
//! container. That is sound as long as no Python code runs: see the callers in `output`.
#![expect(
    unsafe_code,
    reason = "PyO3 offers these only with counted references, or errors as objects"
)]

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt, PyList, PyString};
use pyo3::{Borrowed, Bound};

/// Call `use_member` with each key and value of `dict` until it fails.
///
/// # Safety
/// Before `use_member` runs Python code, which may take members out of the dict, it must hold
/// references of its own to all it still needs.
pub(super) unsafe fn each_member<'py>(
    dict: &Bound<'py, PyDict>,
    mut use_member: impl FnMut(&Bound<'py, PyAny>, &Bound<'py, PyAny>) -> PyResult<()>,
) -> PyResult<()> {
    let py = dict.py();
    let mut place = 0;
    let mut key = std::ptr::null_mut();
    let mut value = std::ptr::null_mut();
    loop {
        // SAFETY: the pointers are to places of our own; PyDict_Next takes any `place` that it
        // gave itself, whatever became of the dict since.
        if unsafe { ffi::PyDict_Next(dict.as_ptr(), &raw mut place, &raw mut key, &raw mut value) }
            == 0
        {
            return Ok(());
        }
        // SAFETY: PyDict_Next found a member; the dict owns it, by the caller's promise for as
        // long as it is used.
        let key = unsafe { Borrowed::from_ptr(py, key) };
        // SAFETY: as for the key.
        let value = unsafe { Borrowed::from_ptr(py, value) };
        use_member(&key, &value)?;
    }
}

/// Call `use_item` with each item of `list` until it fails. A list that changes meanwhile is
/// followed as Python's own iterator would.
///
/// # Safety
/// As for [`each_member`].
pub(super) unsafe fn each_item<'py>(
    list: &Bound<'py, PyList>,
    mut use_item: impl FnMut(usize, &Bound<'py, PyAny>) -> PyResult<()>,
) -> PyResult<()> {
    let py = list.py();
    let mut index = 0;
    while index < list.len() {
        // SAFETY: it is a list, and the index is below its length, which fits the C type.
        let item = unsafe { ffi::PyList_GetItem(list.as_ptr(), index.cast_signed()) };
        // SAFETY: the list owns the item, by the caller's promise for as long as it is used.
        let item = unsafe { Borrowed::from_ptr(py, item) };
        use_item(index, &item)?;
        index += 1;
    }
    Ok(())
}

/// Return the value of an int if it fits 64 bits; no exception is made where it does not.
pub(super) fn small_int(number: &Bound<'_, PyInt>) -> Option<i64> {
    let mut overflow = 0;
    // SAFETY: it is an int, so that this cannot fail in any other way than overflow.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(number.as_ptr(), &raw mut overflow) };
    (overflow == 0).then_some(value)
}

/// Return a string in UTF-8, which Python keeps with it; `None`, and no exception, where that is
/// not possible: it holds a lone surrogate, or memory is short.
#[inline]
pub(super) fn utf8_of<'a>(text: &'a Bound<'_, PyString>) -> Option<&'a str> {
    let mut length = 0;
    // SAFETY: it is a string.
    let bytes = unsafe { ffi::PyUnicode_AsUTF8AndSize(text.as_ptr(), &raw mut length) };
    if bytes.is_null() {
        return no_text();
    }
    // SAFETY: Python gives so many bytes, and does not change them while the string lives.
    let bytes = unsafe { std::slice::from_raw_parts(bytes.cast::<u8>(), length.unsigned_abs()) };
    // SAFETY: they are what Python encoded.
    Some(unsafe { std::str::from_utf8_unchecked(bytes) })
}

#[cold]
fn no_text<'a>() -> Option<&'a str> {
    // SAFETY: a call into Python that failed left its exception.
    unsafe { ffi::PyErr_Clear() };
    None
}
