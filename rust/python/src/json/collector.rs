//! Python's collector of cyclic garbage, paused.
#![expect(unsafe_code, reason = "PyO3 has no safe call for this")]

use pyo3::ffi;

/// While this lives, the collector does not run.
pub(super) struct CollectorPaused {
    was_on: bool,
}

impl CollectorPaused {
    pub(super) fn new() -> Self {
        // SAFETY: callers read JSON into Python objects, so that this thread has the interpreter.
        let was_on = unsafe { ffi::PyGC_Disable() } == 1;
        Self { was_on }
    }
}

impl Drop for CollectorPaused {
    fn drop(&mut self) {
        if self.was_on {
            // SAFETY: as above.
            unsafe { ffi::PyGC_Enable() };
        }
    }
}
