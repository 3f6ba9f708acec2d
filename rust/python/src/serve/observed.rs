//! What Sparta's Python code may tell the log, and ask of the invocation, while the core serves.

use std::sync::Mutex;
use std::time::SystemTime;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString};
use sparta_core::emf::{self, Metric, Value};
use sparta_core::log::FrameType;

use super::json_text::{NotFinite, json_text};
use super::logging::InvocationFilter;
use super::sink::LogSink;

static SERVING: PyOnceLock<Serving> = PyOnceLock::new();
/// How often this process was restored from a snapshot
static RESTORED: Mutex<u32> = Mutex::new(0);

struct Serving {
    sink: Py<LogSink>,
    filter: Py<InvocationFilter>,
}

/// Take what follows from here on to this sink.
pub(super) fn begin(py: Python<'_>, sink: &Py<LogSink>, filter: &Py<InvocationFilter>) {
    let serving = Serving { sink: sink.clone_ref(py), filter: filter.clone_ref(py) };
    // Only one function is ever served by a process.
    let _ = SERVING.set(py, serving);
}

/// The process goes on as a copy of the one that was stored.
pub(super) fn restored() {
    let mut count = RESTORED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    *count += 1;
}

/// Return request id, function ARN and the number of restores; None where nothing is served.
#[pyfunction]
pub(crate) fn invocation(py: Python<'_>) -> Option<(String, String, u32)> {
    let serving = SERVING.get(py)?;
    let (request_id, function_arn) = serving.filter.get().invocation();
    let count = *RESTORED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    Some((request_id, function_arn, count))
}

/// Write a log record, given as a dict; say False where nothing is served.
///
/// # Errors
/// Something in it has no JSON form, nor a text; nothing is written then.
#[pyfunction]
#[pyo3(signature = (fields, level, /))]
pub(crate) fn emit_record(fields: &Bound<'_, PyDict>, level: i64) -> PyResult<bool> {
    let py = fields.py();
    let Some(serving) = SERVING.get(py) else { return Ok(false) };
    let text = json_text(fields.as_any(), NotFinite::Refused)?.cast_into::<PyString>()?;
    let mut line = crate::text::lossless(&text)?.into_owned();
    line.push('\n');
    let sink = serving.sink.get();
    sink.write(py, &line, FrameType::of_level(sink.format, level))?;
    Ok(true)
}

/// Write a metric; say False where nothing is served.
#[pyfunction]
#[pyo3(signature = (namespace, name, unit, value, dimensions, /))]
pub(crate) fn emit_metric(
    py: Python<'_>,
    namespace: &str,
    name: String,
    unit: String,
    value: &Bound<'_, PyAny>,
    dimensions: &Bound<'_, PyDict>,
) -> PyResult<bool> {
    if SERVING.get(py).is_none() {
        return Ok(false);
    }
    let value = match value.cast::<pyo3::types::PyFloat>() {
        Ok(number) => Value::Real(number.value()),
        Err(_) => Value::Whole(value.extract()?),
    };
    let pair = |(name, text): (Bound<'_, PyAny>, Bound<'_, PyAny>)| -> PyResult<_> {
        Ok((name.extract()?, text.extract()?))
    };
    let dimensions: Vec<(String, String)> = dimensions.iter().map(pair).collect::<PyResult<_>>()?;
    write_metrics(py, namespace, &dimensions, &[Metric { name, unit, value }])?;
    Ok(true)
}

/// Write metrics in one line.
pub(super) fn write_metrics(
    py: Python<'_>,
    namespace: &str,
    dimensions: &[(String, String)],
    metrics: &[Metric],
) -> PyResult<()> {
    let Some(serving) = SERVING.get(py) else { return Ok(()) };
    let sink = serving.sink.get();
    let line = emf::line(SystemTime::now(), namespace, dimensions, metrics);
    sink.write(py, &line, FrameType::of_level(sink.format, 0))
}
