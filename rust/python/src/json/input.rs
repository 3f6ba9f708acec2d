//! JSON text to Python objects.

use pyo3::exceptions::{PyRecursionError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString};
use sparta_core::json::{DEPTH_LIMIT, JsonError, Scanner, Text, Token};

use super::keys::Keys;

/// Decode JSON in UTF-8.
pub(crate) fn read_bytes<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return read(py, text);
    }
    // Python's own error names the byte and what is wrong with it.
    let bytes = PyBytes::new(py, bytes);
    read_text(&PyString::from_encoded_object(&bytes, Some(c"utf-8"), Some(c"strict"))?)
}

/// Decode JSON in a Python string.
pub(crate) fn read_text<'py>(text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
    // A lone surrogate can stand only within a JSON string, where `\udXXX` means the same.
    read(text.py(), &crate::text::lossless(text)?)
}

fn read<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    Keys::with(|keys| {
        let mut reader =
            Reader { py, scanner: Scanner::new(text), keys, depth: 0, items: Vec::new() };
        let value = reader.value()?;
        reader.scanner.finish().map_err(refused)?;
        Ok(value)
    })
}

#[cold]
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err calls")]
fn refused(error: JsonError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

struct Reader<'py, 'a> {
    py: Python<'py>,
    scanner: Scanner<'a>,
    keys: &'a mut Keys,
    depth: usize,
    /// The items of all arrays that are being read; those of the innermost stand last.
    items: Vec<Bound<'py, PyAny>>,
}

impl<'py> Reader<'py, '_> {
    fn value(&mut self) -> PyResult<Bound<'py, PyAny>> {
        let py = self.py;
        Ok(match self.scanner.value().map_err(refused)? {
            Token::Text(text) => string(py, &text)?.into_any(),
            Token::Object => self.nested("object", Self::object)?,
            Token::Array => self.nested("array", Self::array)?,
            Token::Int(number) => PyInt::new(py, number).into_any(),
            Token::Float(number) => PyFloat::new(py, number).into_any(),
            // Python refuses integers of more digits than it is set to read.
            Token::BigInt(digits) => py.get_type::<PyInt>().call1((digits,))?,
            Token::Bool(value) => PyBool::new(py, value).to_owned().into_any(),
            Token::Null => py.None().into_bound(py),
        })
    }

    fn nested(
        &mut self,
        kind: &str,
        read: impl FnOnce(&mut Self) -> PyResult<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        if self.depth == DEPTH_LIMIT {
            return Err(PyRecursionError::new_err(format!(
                "maximum recursion depth exceeded while decoding a JSON {kind} from a string"
            )));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn array(&mut self) -> PyResult<Bound<'py, PyAny>> {
        let start = self.items.len();
        let mut more = self.scanner.array_first().map_err(refused)?;
        while more {
            let item = self.value()?;
            self.items.push(item);
            more = self.scanner.array_next().map_err(refused)?;
        }
        Ok(PyList::new(self.py, self.items.drain(start..))?.into_any())
    }

    fn object(&mut self) -> PyResult<Bound<'py, PyAny>> {
        let dict = PyDict::new(self.py);
        let mut key = self.scanner.object_first().map_err(refused)?;
        while let Some(text) = key {
            let name = match &text {
                Text::Utf8(plain) => self.keys.key(self.py, plain),
                Text::Surrogates(_) => string(self.py, &text)?,
            };
            let value = self.value()?;
            dict.set_item(name, value)?;
            key = self.scanner.object_next().map_err(refused)?;
        }
        Ok(dict.into_any())
    }
}

fn string<'py>(py: Python<'py>, text: &Text<'_>) -> PyResult<Bound<'py, PyString>> {
    match text {
        Text::Utf8(plain) => Ok(PyString::new(py, plain)),
        Text::Surrogates(bytes) => {
            let bytes = PyBytes::new(py, bytes);
            PyString::from_encoded_object(&bytes, Some(c"utf-8"), Some(c"surrogatepass"))
        }
    }
}
