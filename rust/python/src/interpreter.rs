//! What belongs to the interpreter itself.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// Return the module `sys` that was there first.
///
/// A handler may clear `sys.modules`; from Python 3.12 on an import then makes another `sys`, with
/// nothing in it.
pub(crate) fn sys(py: Python<'_>) -> PyResult<&Bound<'_, PyModule>> {
    static SYS: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let kept = SYS.get_or_try_init(py, || py.import("sys").map(Bound::unbind))?;
    Ok(kept.bind(py))
}
