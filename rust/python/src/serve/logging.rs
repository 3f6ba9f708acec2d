//! AWS's handler on the root logger, made when the application imports `logging`.

use std::env;
use std::sync::{Mutex, PoisonError};

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
use sparta_core::log::{Format, FrameType};
use sparta_core::runtime_api::Invocation;

use super::json_formatter;
use super::sink::LogSink;

const FORMAT: &str = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n";
const DATE_FORMAT: &str = "%Y-%m-%dT%H:%M:%S";

/// Everything the root logger's handler is made of.
#[pyclass(frozen, module = "_sparta")]
pub(super) struct LogSetup {
    pub(super) sink: Py<LogSink>,
    pub(super) filter: Py<InvocationFilter>,
}

impl LogSetup {
    /// Set up the module `logging`.
    pub(super) fn apply(&self, logging: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = logging.py();
        let level = level_asked_for();
        let is_json = self.sink.get().format == Format::Json;
        let formatter = logging.getattr("Formatter")?;
        formatter.setattr("converter", py.import("time")?.getattr("gmtime")?)?;
        let handler = handler_class(logging, is_json || !level.is_empty())?.call0()?;
        handler.setattr("log_sink", &self.sink)?;
        let formatter = if is_json {
            json_formatter::of(logging)?
        } else {
            formatter.call1((FORMAT, DATE_FORMAT))?
        };
        handler.call_method1("setFormatter", (formatter,))?;
        handler.call_method1("addFilter", (&self.filter,))?;
        let root = logging.call_method0("getLogger")?;
        if logging.getattr("_nameToLevel")?.contains(&level)? {
            root.call_method1("setLevel", (level,))?;
        }
        root.call_method1("addHandler", (handler,))?;
        Ok(())
    }
}

/// The value of `AWS_LAMBDA_LOG_LEVEL`, by the name that `logging` has for it.
pub(super) fn level_asked_for() -> String {
    let level = env::var("AWS_LAMBDA_LOG_LEVEL").unwrap_or_default();
    if level == "TRACE" { "DEBUG".to_owned() } else { level.to_uppercase() }
}

fn handler_class<'py>(logging: &Bound<'py, PyAny>, by_level: bool) -> PyResult<Bound<'py, PyAny>> {
    let py = logging.py();
    let attributes = PyDict::new(py);
    attributes.set_item("__module__", "_sparta")?;
    attributes.set_item("emit", Bound::new(py, Emit { by_level })?)?;
    let bases = PyTuple::new(py, [logging.getattr("Handler")?])?;
    let class = py.get_type::<pyo3::types::PyType>();
    class.call1(("LambdaLoggerHandler", bases, attributes))
}

/// The handler's `emit` method.
#[pyclass(frozen, module = "_sparta")]
struct Emit {
    by_level: bool,
}

#[pymethods]
impl Emit {
    fn __get__<'py>(
        slf: &Bound<'py, Self>,
        handler: &Bound<'py, PyAny>,
        _class: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        as_method(slf.as_any(), handler)
    }

    fn __call__(&self, handler: &Bound<'_, PyAny>, record: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = handler.py();
        let message = handler.call_method1(intern!(py, "format"), (record,))?;
        let sink = handler.getattr(intern!(py, "log_sink"))?;
        if !self.by_level {
            return sink.call_method1(intern!(py, "log"), (message,)).map(drop);
        }
        let given = record.getattr_opt(intern!(py, "_frame_type"))?;
        let kind = match given {
            Some(kind) if kind.is_truthy()? => kind,
            _ => {
                let level: i64 = record.getattr(intern!(py, "levelno"))?.extract()?;
                let kind = FrameType::of_level(Format::Text, level);
                PyBytes::new(py, &kind.bytes()).into_any()
            }
        };
        let keywords = PyDict::new(py);
        keywords.set_item(intern!(py, "frame_type"), kind)?;
        sink.call_method(intern!(py, "log"), (message,), Some(&keywords)).map(drop)
    }
}

/// What a callable in a class's namespace is for an instance, and for the class itself.
pub(super) fn as_method<'py>(
    callable: &Bound<'py, PyAny>,
    instance: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    if instance.is_none() {
        return Ok(callable.clone());
    }
    callable.py().import("types")?.call_method1("MethodType", (callable, instance))
}

/// Adds what is known of the invocation to log records.
#[pyclass(frozen, module = "_sparta")]
#[derive(Default)]
pub(super) struct InvocationFilter {
    current: Mutex<Current>,
}

#[derive(Default)]
struct Current {
    request_id: String,
    function_arn: String,
    tenant_id: Option<String>,
}

impl InvocationFilter {
    /// Another invocation begins.
    pub(super) fn begin(&self, invocation: &Invocation) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        invocation.request_id.clone_into(&mut current.request_id);
        let arn = invocation.function_arn.as_deref().unwrap_or_default();
        arn.clone_into(&mut current.function_arn);
        current.tenant_id.clone_from(&invocation.tenant_id);
    }

    /// The invocation that runs, and the function that was invoked; empty while it starts.
    pub(super) fn invocation(&self) -> (String, String) {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        (current.request_id.clone(), current.function_arn.clone())
    }

    /// The invocation that runs; empty while the function starts.
    pub(super) fn request_id(&self) -> String {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).request_id.clone()
    }
}

#[pymethods]
impl InvocationFilter {
    /// Let every record pass, completed.
    fn filter(&self, record: &Bound<'_, PyAny>) -> PyResult<bool> {
        let py = record.py();
        let (id, tenant) = {
            let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
            (current.request_id.clone(), current.tenant_id.clone())
        };
        record.setattr(intern!(py, "aws_request_id"), id)?;
        record.setattr(intern!(py, "tenant_id"), tenant)?;
        Ok(true)
    }
}
