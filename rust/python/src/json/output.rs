//! Python objects to JSON text.

use pyo3::exceptions::{PyRecursionError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use sparta_core::json::{Charset, DEPTH_LIMIT, write_float, write_string, write_surrogates};

use super::borrowed::{each_item, each_member, small_int, utf8_of};
use super::plain::{Before, write_between};

/// Appends values to a buffer, with `", "` and `": "` between them.
pub(crate) struct Writer<'a> {
    /// Where the text goes
    pub(crate) out: &'a mut Vec<u8>,
    /// What strings may hold
    pub(crate) charset: Charset,
    /// The addresses of the arrays and objects being written, the innermost last
    parents: Vec<usize>,
    /// Whether Python code ran, which may have changed what is being written
    ran_python: bool,
    /// Gives what stands for a value that JSON has no form for; see `sparta.runtime.extended`
    pub(crate) plain_of: Option<&'a Py<PyAny>>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(out: &'a mut Vec<u8>, charset: Charset) -> Self {
        Self { out, charset, parents: Vec::new(), ran_python: false, plain_of: None }
    }

    /// Write what `plain_of` makes of values that JSON has no form for, too.
    pub(crate) fn extended(mut self, plain_of: Option<&'a Py<PyAny>>) -> Self {
        self.plain_of = plain_of;
        self
    }

    /// Append a value. Types are tried in the order of AWS's client; see `special` for those that
    /// are none of JSON's own.
    pub(crate) fn value(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if let Ok(text) = value.cast_exact::<PyString>() {
            self.string(text)
        } else if let Ok(dict) = value.cast_exact::<PyDict>() {
            self.nested(value, |writer| writer.dict(dict))
        } else if let Ok(list) = value.cast_exact::<PyList>() {
            self.nested(value, |writer| writer.list(list))
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
            // This runs Python code, which may drop what we only borrowed.
            self.ran_python = true;
            self.special(&value.clone())
        }
    }

    /// Append text as it is.
    #[inline]
    pub(crate) fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Append a string.
    #[inline]
    pub(crate) fn string(&mut self, text: &Bound<'_, PyString>) -> PyResult<()> {
        if self.charset == Charset::Utf8
            && let Some(text) = utf8_of(text)
        {
            write_between(self.out, Before(*b"\"   ", 1), text, *b"\"");
            return Ok(());
        }
        self.unusual_string(text)
    }

    /// Append a string that is no UTF-8, or may not stay so.
    #[cold]
    fn unusual_string(&mut self, text: &Bound<'_, PyString>) -> PyResult<()> {
        match text.to_str() {
            Ok(text) => write_string(self.out, text, self.charset),
            Err(error) if self.charset == Charset::Utf8 => return Err(error),
            Err(_) => {
                // Any call into Python may run a finaliser, which may drop what we only borrowed.
                self.ran_python = true;
                let bytes = crate::text::encoded(&text.clone(), "surrogatepass")?;
                write_surrogates(self.out, bytes.as_bytes());
            }
        }
        Ok(())
    }

    /// Append an int, or the int that an instance of a subclass is.
    pub(super) fn int(&mut self, number: &Bound<'_, PyInt>) -> PyResult<()> {
        if let Some(small) = small_int(number) {
            // As a string without quotes: short texts are copied there without a call.
            write_between(self.out, Before(*b"    ", 0), itoa::Buffer::new().format(small), []);
            return Ok(());
        }
        // As for strings: a call into Python may run a finaliser.
        self.ran_python = true;
        let (py, number) = (number.py(), number.clone());
        let digits = py.get_type::<PyInt>().call_method1("__repr__", (number,))?;
        self.raw(digits.cast::<PyString>()?.to_str()?);
        Ok(())
    }

    /// Append an array or an object by `write`, unless it stands in itself or too deep.
    #[inline]
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
        // What is written below may run Python code; until the end it needs this container.
        let held = value.clone();
        let result = write(self);
        drop(held);
        self.parents.pop();
        result
    }

    #[expect(unsafe_code, reason = "see `borrowed`")]
    fn list(&mut self, list: &Bound<'_, PyList>) -> PyResult<()> {
        self.raw("[");
        // SAFETY: `value` holds a reference to an item before it runs Python code, and `nested`
        // one to each container on the way down.
        unsafe {
            each_item(list, |index, item| {
                self.separator(index);
                self.value(item)
            })
        }?;
        self.raw("]");
        Ok(())
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

    #[expect(unsafe_code, reason = "see `borrowed`")]
    pub(super) fn dict(&mut self, dict: &Bound<'_, PyDict>) -> PyResult<()> {
        self.raw("{");
        let size = dict.len();
        let mut index = 0;
        // SAFETY: as for `list`; a key of another type than str is held by `member`, the value
        // then too.
        unsafe {
            each_member(dict, |key, value| {
                self.nth_member(index, key, value)?;
                index += 1;
                // Writing a value may have run Python code.
                if self.ran_python && dict.len() != size {
                    let text = "dictionary changed size during iteration";
                    return Err(PyRuntimeError::new_err(text));
                }
                Ok(())
            })
        }?;
        self.raw("}");
        Ok(())
    }

    /// Append a key and its value, after what divides them from those before.
    #[inline]
    fn nth_member(
        &mut self,
        index: usize,
        key: &Bound<'_, PyAny>,
        value: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        if self.charset == Charset::Utf8
            && let Ok(key) = key.cast_exact::<PyString>()
            && let Some(key) = utf8_of(key)
        {
            let before = if index == 0 { Before(*b"\"   ", 1) } else { Before(*b", \" ", 3) };
            write_between(self.out, before, key, *b"\": ");
            return self.value(value);
        }
        self.separator(index);
        self.member(key, value)
    }

    /// Append a key and its value.
    #[inline]
    pub(crate) fn member(
        &mut self,
        key: &Bound<'_, PyAny>,
        value: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        let Ok(text) = key.cast_exact::<PyString>() else {
            // This may run Python code, which may drop what we only borrowed.
            let (key, value) = (key.clone(), value.clone());
            self.special_key(&key)?;
            self.raw(": ");
            return self.value(&value);
        };
        self.string(text)?;
        self.raw(": ");
        self.value(value)
    }

    #[inline]
    pub(crate) fn separator(&mut self, index: usize) {
        if index > 0 {
            self.raw(", ");
        }
    }
}
