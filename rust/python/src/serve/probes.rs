//! What only tests of this library call.

use pyo3::prelude::*;

/// Panic, as a defect of this library would.
#[pyfunction]
#[pyo3(name = "_panic")]
#[expect(clippy::panic, reason = "tests prove what becomes of a panic")]
pub(crate) fn panic() {
    panic!("probe");
}
