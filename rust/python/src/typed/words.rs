//! What messages call JSON's types.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};

use super::schema::Kind;

/// Return what `value` is.
pub(crate) fn word_of(value: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(if value.is_exact_instance_of::<PyString>() {
        "str".to_owned()
    } else if value.is_exact_instance_of::<PyInt>() {
        "int".to_owned()
    } else if value.is_exact_instance_of::<PyFloat>() {
        "float".to_owned()
    } else if value.is_exact_instance_of::<PyBool>() {
        "bool".to_owned()
    } else if value.is_none() {
        "null".to_owned()
    } else if value.is_exact_instance_of::<PyDict>() {
        "object".to_owned()
    } else if value.is_exact_instance_of::<PyList>() {
        "array".to_owned()
    } else {
        value.get_type().name()?.to_string()
    })
}

/// Append the words for what `kind` takes; none for what another library reads.
pub(super) fn expected_words(py: Python<'_>, kind: &Kind, words: &mut Vec<String>) -> PyResult<()> {
    let word = match kind {
        Kind::Any | Kind::Foreign(_) => return Ok(()),
        Kind::Optional(inner) => return expected_words(py, inner, words),
        Kind::Union(members) => {
            return members.iter().try_for_each(|member| expected_words(py, member, words));
        }
        Kind::Literal(values) => {
            for value in values {
                words.push(word_of(value.bind(py))?);
            }
            return Ok(());
        }
        Kind::Str | Kind::Text => "str",
        Kind::Int => "int",
        Kind::Float => "float",
        Kind::Bool => "bool",
        Kind::None => "null",
        Kind::Bytes => "bytes",
        Kind::List(_) | Kind::Tuple(_) => "array",
        Kind::Dict(_) | Kind::Object(_) => "object",
    };
    words.push(word.to_owned());
    Ok(())
}

/// Return an allowed value as JSON writes it.
pub(super) fn literal_text(value: &Bound<'_, PyAny>) -> PyResult<String> {
    if let Ok(text) = value.cast_exact::<PyString>() {
        let escaped = crate::text::lossless(text)?.replace('\\', "\\\\").replace('"', "\\\"");
        return Ok(format!("\"{escaped}\""));
    }
    if value.is_none() {
        return Ok("null".to_owned());
    }
    if let Ok(flag) = value.cast_exact::<PyBool>() {
        return Ok(flag.is_true().to_string());
    }
    Ok(value.str()?.to_str()?.to_owned())
}
