//! Says whether an HTTP answer can be sent with the status, headers and cookies that it has.
//!
//! Here is what nearly every answer passes; `sparta.runtime.http_answer` has the rules, judges the
//! rest, and has the words for what is wrong.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyList, PyString, PyTuple};

const MODULE: &str = "sparta.runtime.http_answer";

/// Refuse an answer that API Gateway would take for a broken one, or that would smuggle headers.
///
/// # Errors
/// It cannot be sent; with everything that is wrong.
pub(super) fn check_answer(
    status: &Bound<'_, PyAny>,
    headers: &Bound<'_, PyAny>,
    cookies: &Bound<'_, PyAny>,
) -> PyResult<()> {
    if is_status(status) && are_headers(headers) && are_cookies(cookies) {
        return Ok(());
    }
    let module = status.py().import(MODULE)?;
    module.getattr("check_answer")?.call1((status, headers, cookies)).map(drop)
}

fn is_status(status: &Bound<'_, PyAny>) -> bool {
    status.is_instance_of::<PyInt>()
        && !status.is_instance_of::<PyBool>()
        && status.extract::<u16>().is_ok_and(|number| (100..600).contains(&number))
}

fn are_headers(headers: &Bound<'_, PyAny>) -> bool {
    if headers.is_none() {
        return true;
    }
    let Ok(headers) = headers.cast_exact::<PyDict>() else { return false };
    headers.iter().all(|(name, value)| is_text(&name, is_token) && is_text(&value, is_one_line))
}

fn are_cookies(cookies: &Bound<'_, PyAny>) -> bool {
    let is_cookie = |cookie: Bound<'_, PyAny>| is_text(&cookie, is_one_line);
    if let Ok(cookies) = cookies.cast::<PyTuple>() {
        return cookies.iter().all(is_cookie);
    }
    cookies.cast::<PyList>().is_ok_and(|cookies| cookies.iter().all(is_cookie))
}

fn is_text(value: &Bound<'_, PyAny>, is_right: impl Fn(&str) -> bool) -> bool {
    value.cast::<PyString>().is_ok_and(|text| text.to_str().is_ok_and(is_right))
}

fn is_token(name: &str) -> bool {
    let is_of_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_of_token)
}

fn is_one_line(text: &str) -> bool {
    !text.bytes().any(|byte| matches!(byte, b'\r' | b'\n' | 0))
}
