//! `JsonFormatter`: log records as AWS's client writes them where `AWS_LAMBDA_LOG_FORMAT` is JSON.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString, PyTuple};
use sparta_core::log::{Format, FrameType};

use super::json_text::{NotFinite, json_text};
use super::logging::as_method;

const DATE_FORMAT: &str = "%Y-%m-%dT%H:%M:%SZ";
/// Attributes of records that are no field of their own in the line.
const RESERVED: [&str; 23] = [
    "name",
    "msg",
    "args",
    "levelname",
    "levelno",
    "pathname",
    "filename",
    "module",
    "exc_info",
    "exc_text",
    "stack_info",
    "lineno",
    "funcName",
    "created",
    "msecs",
    "relativeCreated",
    "thread",
    "threadName",
    "processName",
    "process",
    "aws_request_id",
    "tenant_id",
    "_frame_type",
];

/// Return an instance of a subclass of `logging.Formatter`.
pub(super) fn of<'py>(logging: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = logging.py();
    let attributes = PyDict::new(py);
    attributes.set_item("__module__", "_sparta")?;
    attributes
        .set_item("format", Bound::new(py, Formatting { logging: logging.clone().unbind() })?)?;
    let bases = PyTuple::new(py, [logging.getattr("Formatter")?])?;
    let class = py.get_type::<pyo3::types::PyType>();
    class.call1(("JsonFormatter", bases, attributes))?.call1((py.None(), DATE_FORMAT))
}

/// The formatter's `format` method.
#[pyclass(frozen, module = "_sparta")]
struct Formatting {
    logging: Py<PyAny>,
}

#[pymethods]
impl Formatting {
    fn __get__<'py>(
        slf: &Bound<'py, Self>,
        formatter: &Bound<'py, PyAny>,
        _class: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        as_method(slf.as_any(), formatter)
    }

    fn __call__<'py>(
        &self,
        formatter: &Bound<'py, PyAny>,
        record: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = record.py();
        let logging = self.logging.bind(py);
        let level: i64 = record.getattr(intern!(py, "levelno"))?.extract()?;
        let level = level.clamp(0, 50) / 10 * 10;
        let name = logging.call_method1(intern!(py, "getLevelName"), (level,))?;
        record.setattr(intern!(py, "levelno"), level)?;
        record.setattr(intern!(py, "levelname"), &name)?;
        let kind = FrameType::of_level(Format::Json, level);
        record.setattr(intern!(py, "_frame_type"), PyBytes::new(py, &kind.bytes()))?;
        let time = formatter.call_method1(
            intern!(py, "formatTime"),
            (record, formatter.getattr(intern!(py, "datefmt"))?),
        )?;
        let fields = PyDict::new(py);
        fields.set_item("timestamp", time)?;
        fields.set_item("level", name)?;
        fields.set_item("message", message(record)?)?;
        fields.set_item("logger", record.getattr(intern!(py, "name"))?)?;
        set_error(&fields, record)?;
        set_rest(&fields, record)?;
        json_text(fields.as_any(), NotFinite::Written)?.add(intern!(py, "\n"))
    }
}

/// A dict that is logged by itself stays an object.
fn message<'py>(record: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = record.py();
    let message = record.getattr(intern!(py, "msg"))?;
    if message.is_instance_of::<PyDict>() && !record.getattr(intern!(py, "args"))?.is_truthy()? {
        return Ok(message);
    }
    record.call_method0(intern!(py, "getMessage"))
}

fn set_error(fields: &Bound<'_, PyDict>, record: &Bound<'_, PyAny>) -> PyResult<()> {
    let py = record.py();
    let attribute = |name| record.getattr(name);
    let error = attribute("exc_info")?;
    let has_error = error.is_truthy()?;
    if has_error {
        let stack = py.import("traceback")?.call_method1("format_tb", (error.get_item(2)?,))?;
        fields.set_item("stackTrace", stack)?;
        fields.set_item("errorType", error.get_item(0)?.getattr("__name__")?)?;
        fields.set_item("errorMessage", error.get_item(1)?.str()?)?;
    }
    if let Some(id) = record.getattr_opt(intern!(py, "aws_request_id"))? {
        fields.set_item("requestId", id)?;
    }
    if has_error {
        let parts = (attribute("pathname")?, attribute("funcName")?, attribute("lineno")?);
        let place = PyString::new(py, "{}:{}:{}").call_method1("format", parts)?;
        fields.set_item("location", place)?;
    }
    Ok(())
}

/// The tenant, then what the application added; what is None is left out.
fn set_rest(fields: &Bound<'_, PyDict>, record: &Bound<'_, PyAny>) -> PyResult<()> {
    const OWN: [&str; 4] = ["stackTrace", "errorType", "errorMessage", "location"];
    let py = record.py();
    if let Some(tenant) = record.getattr_opt(intern!(py, "tenant_id"))?
        && !tenant.is_none()
    {
        fields.set_item("tenantId", tenant)?;
    }
    let attributes = record.getattr(intern!(py, "__dict__"))?.cast_into::<PyDict>()?;
    for (key, value) in attributes {
        let is_own = key.extract::<&str>().is_ok_and(|name| {
            // These four are keys even where they have no value.
            RESERVED.contains(&name) || OWN.contains(&name) || name == "requestId"
        });
        if !is_own && !fields.contains(&key)? {
            fields.set_item(key, value)?;
        }
    }
    for (key, value) in fields.copy()? {
        if value.is_none() {
            fields.del_item(key)?;
        }
    }
    Ok(())
}
