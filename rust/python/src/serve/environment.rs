//! Environment variables, as Python code sees them.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

/// Set a variable, or remove it, for Python code and for child processes.
///
/// `os.environ` is made when `os` is imported, from a dict of `posix`; until then that is the one
/// to change, so that this runtime does not have to import `os`.
pub(super) fn set(py: Python<'_>, name: &str, value: Option<&str>) -> PyResult<()> {
    let modules = crate::interpreter::sys(py)?.getattr(intern!(py, "modules"))?;
    if let Some(os) = modules.cast::<PyDict>()?.get_item(intern!(py, "os"))? {
        let environ = os.getattr(intern!(py, "environ"))?;
        return match value {
            Some(value) => environ.set_item(name, value),
            None => environ.call_method1(intern!(py, "pop"), (name, py.None())).map(drop),
        };
    }
    let posix = py.import(intern!(py, "posix"))?;
    let environ = posix.getattr(intern!(py, "environ"))?.cast_into::<PyDict>()?;
    let key = PyBytes::new(py, name.as_bytes());
    if let Some(value) = value {
        posix.call_method1(intern!(py, "putenv"), (name, value))?;
        environ.set_item(key, PyBytes::new(py, value.as_bytes()))
    } else if environ.contains(&key)? {
        posix.call_method1(intern!(py, "unsetenv"), (name,))?;
        environ.del_item(key)
    } else {
        Ok(())
    }
}
