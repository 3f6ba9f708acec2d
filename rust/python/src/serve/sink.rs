//! Where log lines go: standard output, or the file descriptor that Lambda offers for frames.

use std::time::SystemTime;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use sparta_core::fault::Fault;
use sparta_core::json::Charset;
use sparta_core::log::{Format, FrameType, fault_json, fault_lines, frame};

use super::environment;

const VARIABLE: &str = "_LAMBDA_TELEMETRY_LOG_FD";
/// The number of the level ERROR
const ERROR: i64 = 40;

/// Takes log messages; also what the root logger's handler has as its `log_sink`.
#[pyclass(frozen, module = "_sparta")]
pub(super) struct LogSink {
    /// An unbuffered binary file that takes frames
    frames: Option<Py<PyAny>>,
    /// How lines are written
    pub(super) format: Format,
    charset: Charset,
}

impl LogSink {
    /// Return the sink of this process. The variable that names the descriptor is removed: it
    /// means nothing to a child process.
    pub(super) fn of_process(py: Python<'_>, charset: Charset) -> PyResult<Self> {
        let Some(descriptor) = std::env::var(VARIABLE).ok().and_then(|text| text.parse().ok())
        else {
            return Ok(Self::writing_to(None, charset));
        };
        environment::set(py, VARIABLE, None)?;
        let descriptor: i32 = descriptor;
        let file = py.import(intern!(py, "io"))?.call_method1("FileIO", (descriptor, "wb"));
        // A descriptor that is none is no reason not to start.
        Ok(Self::writing_to(file.ok().map(Bound::unbind), charset))
    }

    /// Return a sink for frames, or for standard output where `frames` is `None`.
    pub(super) fn writing_to(frames: Option<Py<PyAny>>, charset: Charset) -> Self {
        let format = Format::of(&std::env::var("AWS_LAMBDA_LOG_FORMAT").unwrap_or_default());
        Self { frames, format, charset }
    }

    /// Write `message` as it is.
    pub(super) fn write(&self, py: Python<'_>, message: &str, kind: FrameType) -> PyResult<()> {
        if let Some(file) = &self.frames {
            let frame = frame(kind, SystemTime::now(), message.as_bytes());
            file.call_method1(py, intern!(py, "write"), (PyBytes::new(py, &frame),))?;
            return Ok(());
        }
        let stdout = crate::interpreter::sys(py)?.getattr(intern!(py, "stdout"))?;
        stdout.call_method1(intern!(py, "write"), (message,))?;
        Ok(())
    }

    /// Report a fault. That nobody takes the report must not keep Lambda from hearing of it.
    pub(super) fn write_fault(&self, py: Python<'_>, fault: &Fault) {
        let line_end = if self.frames.is_some() { "" } else { "\n" };
        let text = match self.format {
            Format::Json => fault_json(fault, self.charset, SystemTime::now()),
            Format::Text if self.frames.is_some() => fault_lines(fault).join("\n"),
            Format::Text => fault_lines(fault).join("\r"),
        };
        let kind = FrameType::of_level(self.format, ERROR);
        let _ = self.write(py, &(text + line_end), kind);
    }
}

#[pymethods]
impl LogSink {
    /// Write a message; `frame_type` are the four bytes of its frame's type.
    #[pyo3(signature = (msg, frame_type=None))]
    fn log(&self, py: Python<'_>, msg: &str, frame_type: Option<&[u8]>) -> PyResult<()> {
        let kind = frame_type.and_then(|bytes| bytes.try_into().ok());
        self.write(py, msg, kind.map_or(FrameType::TEXT, FrameType::of_bytes))
    }
}
