//! Log records of the runtime's own.

use std::time::SystemTime;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use sparta_core::log::{FrameType, Record};

use super::logging::level_asked_for;
use super::sink::LogSink;

const WARNING: i64 = 30;

/// Log a warning: by `logging` where the application uses it, else as `logging` would.
pub(super) fn warning(
    py: Python<'_>,
    sink: &LogSink,
    logger: &str,
    request_id: &str,
    message: &str,
) -> PyResult<()> {
    let modules = crate::interpreter::sys(py)?.getattr(intern!(py, "modules"))?;
    if let Some(logging) = modules.cast::<PyDict>()?.get_item("logging")? {
        let logger = logging.call_method1("getLogger", (logger,))?;
        logger.call_method1("warning", (message,))?;
        return Ok(());
    }
    let level = level_asked_for();
    if matches!(&*level, "ERROR" | "CRITICAL" | "FATAL") {
        return Ok(());
    }
    let record = Record { level: "WARNING", logger, request_id, message };
    let kind = match sink.format {
        sparta_core::log::Format::Text if level.is_empty() => FrameType::TEXT,
        format => FrameType::of_level(format, WARNING),
    };
    sink.write(py, &record.line(sink.format, SystemTime::now()), kind)
}
