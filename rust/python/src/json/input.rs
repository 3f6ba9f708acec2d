//! JSON text to Python objects.

use pyo3::exceptions::{PyRecursionError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString};
use sparta_core::json::{DEPTH_LIMIT, JsonError, Scanner, Text, Token};

use super::collector::CollectorPaused;
use super::keys::{Kept, Keys};

/// From this length of a text on, Python's collector would look at unfinished values many times.
const LONG_BYTES: usize = 65_536;
/// The room for items of arrays that outlives a decoding.
const ITEMS_KEPT: usize = 1024;

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
    // Nothing that is made here can be garbage before it is complete.
    let paused = (text.len() > LONG_BYTES).then(CollectorPaused::new);
    Kept::with(|Kept { keys, items }| {
        let mut reader = Reader { py, scanner: Scanner::new(text), keys, depth: 0, items };
        let value = reader.value().and_then(|value| {
            reader.scanner.finish().map_err(refused)?;
            Ok(value)
        });
        items.clear(); // not empty after an error
        items.shrink_to(ITEMS_KEPT);
        drop(paused);
        value
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
    items: &'a mut Vec<Py<PyAny>>,
}

impl<'py> Reader<'py, '_> {
    fn value(&mut self) -> PyResult<Bound<'py, PyAny>> {
        let py = self.py;
        if let Some(text) = self.scanner.plain_text() {
            return Ok(PyString::new(py, text).into_any());
        }
        if self.scanner.plain_start(b'{') {
            return self.nested("object", Self::object);
        }
        if let Some(number) = self.scanner.plain_int() {
            return Ok(PyInt::new(py, number).into_any());
        }
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
            self.items.push(item.unbind());
            more = self.scanner.array_next().map_err(refused)?;
        }
        Ok(PyList::new(self.py, self.items.drain(start..))?.into_any())
    }

    fn object(&mut self) -> PyResult<Bound<'py, PyAny>> {
        let dict = PyDict::new(self.py);
        let mut plain = self.scanner.plain_first_key();
        let mut is_first = true;
        loop {
            let key = if let Some(plain) = plain {
                self.keys.key(self.py, plain)
            } else {
                let scanner = &mut self.scanner;
                let key = if is_first { scanner.object_first() } else { scanner.object_next() };
                match key.map_err(refused)? {
                    Some(Text::Utf8(plain)) => self.keys.key(self.py, &plain),
                    Some(text) => string(self.py, &text)?,
                    None => return Ok(dict.into_any()),
                }
            };
            let value = self.value()?;
            dict.set_item(&key, &value)?;
            is_first = false;
            plain = self.scanner.plain_next_key();
        }
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
