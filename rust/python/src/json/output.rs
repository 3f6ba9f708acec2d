//! Python objects to JSON text.

use pyo3::exceptions::{PyRecursionError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use sparta_core::json::{Charset, DEPTH_LIMIT, write_float, write_string, write_surrogates};

/// Appends values to a buffer, with `", "` and `": "` between them.
pub(crate) struct Writer<'a> {
    /// Where the text goes
    pub(crate) out: &'a mut Vec<u8>,
    /// What strings may hold
    pub(crate) charset: Charset,
    /// The addresses of the arrays and objects being written, the innermost last
    parents: Vec<usize>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(out: &'a mut Vec<u8>, charset: Charset) -> Self {
        Self { out, charset, parents: Vec::new() }
    }

    /// Append a value. Types are tried in the order of AWS's client; see `special` for those that
    /// are none of JSON's own.
    pub(crate) fn value(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if let Ok(text) = value.cast_exact::<PyString>() {
            self.string(text)
        } else if let Ok(dict) = value.cast_exact::<PyDict>() {
            self.nested(value, |writer| writer.dict(dict))
        } else if let Ok(list) = value.cast_exact::<PyList>() {
            self.nested(value, |writer| writer.array(list.iter()))
        } else if let Ok(number) = value.cast_exact::<PyInt>() {
            self.int(number)
        } else if value.is_none() {
            self.raw("null");
            Ok(())
        } else if let Ok(flag) = value.cast_exact::<PyBool>() {
            self.raw(if flag.is_true() { "true" } else { "false" });
            Ok(())
        } else if let Ok(number) = value.cast_exact::<PyFloat>() {
            write_float(self.out, number.value());
            Ok(())
        } else if let Ok(tuple) = value.cast_exact::<PyTuple>() {
            self.nested(value, |writer| writer.array(tuple.iter()))
        } else {
            self.special(value)
        }
    }

    /// Append text as it is.
    pub(crate) fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Append a string.
    pub(crate) fn string(&mut self, text: &Bound<'_, PyString>) -> PyResult<()> {
        match text.to_str() {
            Ok(plain) => write_string(self.out, plain, self.charset),
            Err(error) if self.charset == Charset::Utf8 => return Err(error),
            Err(_) => {
                let bytes = crate::text::encoded(text, "surrogatepass")?;
                write_surrogates(self.out, bytes.as_bytes());
            }
        }
        Ok(())
    }

    /// Append an int, or the int that an instance of a subclass is.
    pub(super) fn int(&mut self, number: &Bound<'_, PyInt>) -> PyResult<()> {
        if let Ok(small) = number.extract::<i64>() {
            self.raw(itoa::Buffer::new().format(small));
            return Ok(());
        }
        let py = number.py();
        let digits = py.get_type::<PyInt>().call_method1("__repr__", (number,))?;
        self.raw(digits.cast::<PyString>()?.to_str()?);
        Ok(())
    }

    /// Append an array or an object by `write`, unless it stands in itself or too deep.
    pub(super) fn nested(
        &mut self,
        value: &Bound<'_, PyAny>,
        write: impl FnOnce(&mut Self) -> PyResult<()>,
    ) -> PyResult<()> {
        let address = value.as_ptr().addr();
        if self.parents.contains(&address) {
            return Err(PyValueError::new_err("Circular reference detected"));
        }
        if self.parents.len() == DEPTH_LIMIT {
            return Err(PyRecursionError::new_err(
                "maximum recursion depth exceeded while encoding a JSON object",
            ));
        }
        self.parents.push(address);
        let result = write(self);
        self.parents.pop();
        result
    }

    pub(super) fn array<'py>(
        &mut self,
        items: impl Iterator<Item = Bound<'py, PyAny>>,
    ) -> PyResult<()> {
        self.raw("[");
        for (index, item) in items.enumerate() {
            self.separator(index);
            self.value(&item)?;
        }
        self.raw("]");
        Ok(())
    }

    pub(super) fn dict(&mut self, dict: &Bound<'_, PyDict>) -> PyResult<()> {
        self.raw("{");
        let size = dict.len();
        for (index, (key, value)) in dict.iter().enumerate() {
            self.separator(index);
            self.member(&key, &value)?;
            // Writing a value may have run Python code.
            if dict.len() != size {
                let text = "dictionary changed size during iteration";
                return Err(PyRuntimeError::new_err(text));
            }
        }
        self.raw("}");
        Ok(())
    }

    /// Append a key and its value.
    pub(crate) fn member(
        &mut self,
        key: &Bound<'_, PyAny>,
        value: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        match key.cast_exact::<PyString>() {
            Ok(text) => self.string(text)?,
            Err(_) => self.special_key(key)?,
        }
        self.raw(": ");
        self.value(value)
    }

    pub(crate) fn separator(&mut self, index: usize) {
        if index > 0 {
            self.raw(", ");
        }
    }
}
