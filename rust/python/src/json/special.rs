//! Values and keys that are none of JSON's own types: subclasses, bytes, decimals, named tuples.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use pyo3::{intern, types::PyType};
use sparta_core::json::write_float;

use super::output::Writer;

impl Writer<'_> {
    /// Append a value whose type is not exactly one of JSON's.
    #[cold]
    pub(super) fn special(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if let Ok(text) = value.cast::<PyString>() {
            return self.string(text);
        }
        if let Ok(bytes) = value.cast::<PyBytes>() {
            return match self.plain_of {
                Some(plain_of) => self.value(plain_of.bind(value.py()).call1((bytes,))?.as_any()),
                None => self.string(&decoded(bytes)?),
            };
        }
        if let Ok(number) = value.cast::<PyInt>() {
            return self.int(number);
        }
        if let Ok(number) = value.cast::<PyFloat>() {
            write_float(self.out, number.value());
            return Ok(());
        }
        if let Some(fields) = fields_of(value)? {
            return self.nested(value, |writer| writer.fields(&fields));
        }
        if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            let items = value.try_iter()?.collect::<PyResult<Vec<_>>>()?;
            return self.nested(value, |writer| writer.array(items.into_iter()));
        }
        if value.is_instance_of::<PyDict>() {
            return self.nested(value, |writer| writer.mapping(value));
        }
        self.foreign(value)
    }

    /// Append what `_asdict` gave.
    fn fields(&mut self, fields: &Bound<'_, PyAny>) -> PyResult<()> {
        match fields.cast_exact::<PyDict>() {
            Ok(dict) => self.nested(fields, |writer| writer.dict(dict)),
            Err(_) if fields.is_instance_of::<PyDict>() => self.mapping(fields),
            Err(_) => Err(PyTypeError::new_err(format!(
                "_asdict() must return a dict, not {}",
                fields.get_type().name()?
            ))),
        }
    }

    /// Append a mapping by its `items`, which a subclass of dict may have changed.
    fn mapping(&mut self, mapping: &Bound<'_, PyAny>) -> PyResult<()> {
        self.raw("{");
        let items = mapping.call_method0(intern!(mapping.py(), "items"))?;
        for (index, item) in items.try_iter()?.enumerate() {
            let (key, value) = item?.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
            self.separator(index);
            self.member(&key, &value)?;
        }
        self.raw("}");
        Ok(())
    }

    /// Append a value of a class that only its own module knows.
    fn foreign(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = value.py();
        if is_instance(value, "decimal", "Decimal")? {
            if value.call_method0(intern!(py, "is_nan"))?.is_truthy()? {
                self.raw("NaN");
            } else {
                self.raw(value.str()?.to_str()?);
            }
            return Ok(());
        }
        if is_instance(value, "simplejson.raw_json", "RawJSON")? {
            let text = value.getattr(intern!(py, "encoded_json"))?;
            self.raw(text.cast::<PyString>()?.to_str()?);
            return Ok(());
        }
        if let Some(plain_of) = self.plain_of {
            let plain = plain_of.bind(py).call1((value,))?;
            if !plain.is(value) {
                return self.nested(value, |writer| writer.value(&plain));
            }
        }
        let name = value.get_type().name()?;
        Err(PyTypeError::new_err(format!("Object of type {name} is not JSON serializable")))
    }

    /// Append a key that is not exactly a str.
    #[cold]
    pub(super) fn special_key(&mut self, key: &Bound<'_, PyAny>) -> PyResult<()> {
        if let Ok(text) = key.cast::<PyString>() {
            return self.string(text);
        }
        if let Ok(bytes) = key.cast::<PyBytes>() {
            return self.string(&decoded(bytes)?);
        }
        if let Some(plain) = self.plain_key(key)? {
            return self.special_key(&plain);
        }
        self.raw("\"");
        if let Ok(number) = key.cast::<PyFloat>() {
            write_float(self.out, number.value());
        } else if let Ok(flag) = key.cast_exact::<PyBool>() {
            self.raw(if flag.is_true() { "true" } else { "false" });
        } else if key.is_none() {
            self.raw("null");
        } else if let Ok(number) = key.cast::<PyInt>() {
            self.int(number)?;
        } else {
            let name = key.get_type().name()?;
            let text = format!("keys must be str, int, float, bool or None, not {name}");
            return Err(PyTypeError::new_err(text));
        }
        self.raw("\"");
        Ok(())
    }

    /// What stands for a key that JSON has no form for.
    fn plain_key<'py>(&self, key: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(plain_of) = self.plain_of else { return Ok(None) };
        if key.is_none() || key.is_instance_of::<PyInt>() || key.is_instance_of::<PyFloat>() {
            return Ok(None);
        }
        let plain = plain_of.bind(key.py()).call1((key,))?;
        let is_key = plain.is_instance_of::<PyString>()
            || plain.is_instance_of::<PyInt>()
            || plain.is_instance_of::<PyFloat>();
        Ok(is_key.then_some(plain))
    }
}

fn decoded<'py>(bytes: &Bound<'py, PyBytes>) -> PyResult<Bound<'py, PyString>> {
    PyString::from_encoded_object(bytes, Some(c"utf-8"), Some(c"strict"))
}

/// What `_asdict()` gives, where there is such a method.
fn fields_of<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(method) = value.getattr_opt(intern!(value.py(), "_asdict"))? else {
        return Ok(None);
    };
    if !method.is_callable() {
        return Ok(None);
    }
    method.call0().map(Some)
}

/// Say whether `value` is an instance of a class in a module; it is not if nobody imported that.
fn is_instance(value: &Bound<'_, PyAny>, module: &str, class: &str) -> PyResult<bool> {
    let modules = crate::interpreter::sys(value.py())?.getattr("modules")?;
    let Some(module) = modules.cast::<PyDict>()?.get_item(module)? else { return Ok(false) };
    match module.getattr_opt(class)? {
        Some(class) => value.is_instance(class.cast::<PyType>()?),
        None => Ok(false),
    }
}
