//! Warnings of Sparta's own.

use std::time::SystemTime;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use sparta_core::log;

use super::sink::LogSink;

/// Log a warning: by `logging` where the application uses it.
pub(super) fn warn(py: Python<'_>, sink: &LogSink, request_id: &str, text: &str) -> PyResult<()> {
    let modules = py.import(intern!(py, "sys"))?.getattr(intern!(py, "modules"))?;
    if let Some(logging) = modules.cast::<PyDict>()?.get_item("logging")? {
        let logger = logging.call_method1("getLogger", ("sparta",))?;
        logger.call_method1("warning", (text,))?;
        return Ok(());
    }
    let line = log::record("WARNING", SystemTime::now(), request_id, text);
    sink.write(py, &line, log::FrameType::Text)
}
