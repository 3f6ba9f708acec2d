//! Where log lines go: standard output, or the file descriptor that Lambda offers for frames.

use std::time::SystemTime;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use sparta_core::fault::Fault;
use sparta_core::log::{FrameType, fault_lines, frame};

use super::environment;

const VARIABLE: &str = "_LAMBDA_TELEMETRY_LOG_FD";

/// Takes log messages; also what the root logger's handler has as its `log_sink`.
#[pyclass(frozen, module = "_sparta")]
pub(super) struct LogSink {
    /// An unbuffered binary file that takes frames
    frames: Option<Py<PyAny>>,
}

impl LogSink {
    /// Return the sink of this process. The variable that names the descriptor is removed: it
    /// means nothing to a child process.
    pub(super) fn of_process(py: Python<'_>) -> PyResult<Self> {
        let Some(descriptor) = std::env::var(VARIABLE).ok().and_then(|text| text.parse().ok())
        else {
            return Ok(Self { frames: None });
        };
        environment::set(py, VARIABLE, None)?;
        let descriptor: i32 = descriptor;
        let file = py.import(intern!(py, "io"))?.call_method1("FileIO", (descriptor, "wb"));
        // A descriptor that is none is no reason not to start.
        Ok(Self { frames: file.ok().map(Bound::unbind) })
    }

    /// Return a sink for frames, or for standard output where `frames` is `None`.
    pub(super) const fn writing_to(frames: Option<Py<PyAny>>) -> Self {
        Self { frames }
    }

    /// Write `message` as it is.
    pub(super) fn write(&self, py: Python<'_>, message: &str, kind: FrameType) -> PyResult<()> {
        if let Some(file) = &self.frames {
            let frame = frame(kind, SystemTime::now(), message.as_bytes());
            file.call_method1(py, intern!(py, "write"), (PyBytes::new(py, &frame),))?;
            return Ok(());
        }
        let stdout = py.import(intern!(py, "sys"))?.getattr(intern!(py, "stdout"))?;
        stdout.call_method1(intern!(py, "write"), (message,))?;
        Ok(())
    }

    /// Report a fault. That nobody takes the report must not keep Lambda from hearing of it.
    pub(super) fn write_fault(&self, py: Python<'_>, fault: &Fault) {
        let lines = fault_lines(fault);
        let text = match self.frames {
            Some(_) => lines.join("\n"),
            None => lines.join("\r") + "\n",
        };
        let _ = self.write(py, &text, FrameType::ERROR);
    }
}

#[pymethods]
impl LogSink {
    /// Write a message; `level` is the number of its level where that is to be recorded.
    #[pyo3(signature = (message, level=None))]
    fn log(&self, py: Python<'_>, message: &str, level: Option<u8>) -> PyResult<()> {
        self.write(py, message, level.map_or(FrameType::Text, FrameType::Level))
    }
}
