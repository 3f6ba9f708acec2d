//! What only tests of this library call.

use pyo3::prelude::*;

/// Lose so many bytes, as a defect of this library could.
#[pyfunction]
#[pyo3(name = "_leak")]
pub(crate) fn leak(size_bytes: usize) {
    std::mem::forget(std::hint::black_box(vec![1u8; size_bytes]));
}

/// Panic, as a defect of this library would.
#[pyfunction]
#[pyo3(name = "_panic")]
#[expect(clippy::panic, reason = "tests prove what becomes of a panic")]
pub(crate) fn panic() {
    panic!("probe");
}
