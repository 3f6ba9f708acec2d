//! What only tests of this library call.

use pyo3::prelude::*;
use pyo3::types::PyCFunction;

/// Lose so many bytes, as a defect of this library could.
#[pyfunction]
#[pyo3(name = "_leak")]
pub(crate) fn leak(size_bytes: usize) {
    std::mem::forget(std::hint::black_box(vec![1u8; size_bytes]));
}

/// Look for lost memory before the interpreter lets go of everything, where a sanitizer watches.
///
/// # Errors
/// Nothing can be called at the end of this interpreter.
pub(crate) fn look_for_leaks_at_exit(py: Python<'_>) -> PyResult<()> {
    let look = PyCFunction::new_closure(py, None, None, |arguments, _| {
        let look = || {
            let process =
                arguments.py().import("ctypes")?.call_method1("CDLL", (arguments.py().None(),))?;
            process.call_method0("__lsan_do_recoverable_leak_check")
        };
        // Nobody watches, or a test has taken away what this needs.
        drop(look());
    })?;
    py.import("atexit")?.call_method1("register", (look,)).map(drop)
}

/// Panic, as a defect of this library would.
#[pyfunction]
#[pyo3(name = "_panic")]
#[expect(clippy::panic, reason = "tests prove what becomes of a panic")]
pub(crate) fn panic() {
    panic!("probe");
}
