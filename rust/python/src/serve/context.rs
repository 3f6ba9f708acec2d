//! The context object that handlers get as their second argument.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/python-context.html>

use std::env;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use sparta_core::runtime_api::Invocation;

use super::identity::{ClientContext, CognitoIdentity, ReducedObject, representation};
use super::sink::LogSink;

/// The fields of a W3C trace context that AWS's client passes on.
const W3C_FIELDS: [&str; 3] = ["traceparent", "tracestate", "baggage"];

/// A plain object: its attributes stand in its `__dict__` and may be changed.
#[pyclass(dict, weakref, subclass, frozen, module = "awslambdaric.lambda_context")]
pub(super) struct LambdaContext {
    /// `None` in a copy, which writes to standard output
    sink: Option<Py<LogSink>>,
}

#[pymethods]
impl LambdaContext {
    /// Make one without attributes; what copies it adds them.
    #[new]
    fn new() -> Self {
        Self { sink: None }
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<ReducedObject<'py>> {
        let attributes = slf.getattr(intern!(slf.py(), "__dict__"))?;
        Ok((slf.get_type(), PyTuple::empty(slf.py()), attributes))
    }

    /// Milliseconds until the invocation times out, never negative.
    fn get_remaining_time_in_millis(slf: &Bound<'_, Self>) -> PyResult<i64> {
        let py = slf.py();
        let deadline: i64 = slf.getattr(intern!(py, "_epoch_deadline_time_in_ms"))?.extract()?;
        // Python's clock, which a test may have stopped.
        let now = py.import(intern!(py, "time"))?.call_method0(intern!(py, "time"))?;
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
        let now_ms = (now.extract::<f64>()? * 1000.0) as i64;
        Ok((deadline - now_ms).max(0))
    }

    /// The W3C trace context of the invocation.
    fn w3c<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
        let py = slf.py();
        slf.getattr(intern!(py, "_w3c_fields"))?.cast_into::<PyDict>()?.copy()
    }

    /// Write `msg` to the log as it is, without a line end.
    fn log(slf: &Bound<'_, Self>, msg: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = slf.py();
        let text = msg.str()?;
        if let Some(sink) = user_sink(py)? {
            return sink.call_method1(intern!(py, "log"), (text,)).map(drop);
        }
        if let Some(sink) = &slf.get().sink {
            return sink.bind(py).call_method1(intern!(py, "log"), (text,)).map(drop);
        }
        let stdout = crate::interpreter::sys(py)?.getattr(intern!(py, "stdout"))?;
        stdout.call_method1(intern!(py, "write"), (text,)).map(drop)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let names = [
            "aws_request_id",
            "log_group_name",
            "log_stream_name",
            "function_name",
            "memory_limit_in_mb",
            "function_version",
            "invoked_function_arn",
            "client_context",
            "identity",
            "tenant_id",
        ];
        representation(slf, &names)
    }
}

/// The sink of the first root handler that has one; `None` where `logging` is not in use.
pub(super) fn user_sink(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    let modules = crate::interpreter::sys(py)?.getattr(intern!(py, "modules"))?;
    let Some(logging) = modules.cast::<PyDict>()?.get_item("logging")? else { return Ok(None) };
    let handlers = logging.call_method0("getLogger")?.getattr("handlers")?;
    for handler in handlers.cast::<PyList>()?.iter() {
        if let Some(sink) = handler.getattr_opt("log_sink")? {
            return Ok(Some(sink));
        }
    }
    Ok(None)
}

/// Makes contexts; what is the same for every invocation is made once.
pub(super) struct Contexts {
    sink: Py<LogSink>,
    template: Py<PyDict>,
}

/// A header that is not the JSON object it should be.
pub(super) struct HeaderError {
    /// What the header is about
    pub(super) name: &'static str,
    /// Why it cannot be read
    pub(super) error: PyErr,
}

impl Contexts {
    pub(super) fn new(py: Python<'_>, sink: Py<LogSink>) -> PyResult<Self> {
        let template = PyDict::new(py);
        let variable = |name: &str| env::var(name).ok();
        template.set_item("aws_request_id", py.None())?;
        template.set_item("log_group_name", variable("AWS_LAMBDA_LOG_GROUP_NAME"))?;
        template.set_item("log_stream_name", variable("AWS_LAMBDA_LOG_STREAM_NAME"))?;
        template.set_item("function_name", variable("AWS_LAMBDA_FUNCTION_NAME"))?;
        template.set_item("memory_limit_in_mb", variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"))?;
        template.set_item("function_version", variable("AWS_LAMBDA_FUNCTION_VERSION"))?;
        for name in ["invoked_function_arn", "tenant_id", "_w3c_fields", "client_context"] {
            template.set_item(name, py.None())?;
        }
        template.set_item("identity", py.None())?;
        Ok(Self { sink, template: template.unbind() })
    }

    /// Return the context of `invocation`.
    pub(super) fn of<'py>(
        &self,
        py: Python<'py>,
        invocation: &Invocation,
    ) -> PyResult<Result<Bound<'py, LambdaContext>, HeaderError>> {
        let attributes = self.template.bind(py).copy()?;
        let client = json(py, invocation.client_context.as_deref())
            .and_then(|value| value.map_or(Ok(None), |value| client_context(&value).map(Some)));
        let (client_context, w3c) = match client {
            Ok(found) => found.unwrap_or((None, PyDict::new(py))),
            Err(error) => return Ok(Err(HeaderError { name: "Client Context", error })),
        };
        let identity = json(py, invocation.cognito_identity.as_deref()).and_then(|value| {
            value
                .map_or_else(|| Ok(CognitoIdentity::default()), |value| CognitoIdentity::of(&value))
        });
        let identity = match identity {
            Ok(identity) => identity,
            Err(error) => return Ok(Err(HeaderError { name: "Cognito Identity", error })),
        };
        attributes.set_item(intern!(py, "aws_request_id"), &invocation.request_id)?;
        attributes.set_item(intern!(py, "invoked_function_arn"), &invocation.function_arn)?;
        attributes.set_item(intern!(py, "tenant_id"), &invocation.tenant_id)?;
        attributes.set_item(intern!(py, "_w3c_fields"), w3c)?;
        attributes.set_item(intern!(py, "client_context"), client_context)?;
        attributes.set_item(intern!(py, "identity"), Bound::new(py, identity)?)?;
        attributes.set_item(intern!(py, "_epoch_deadline_time_in_ms"), invocation.deadline_ms)?;
        let context = Bound::new(py, LambdaContext { sink: Some(self.sink.clone_ref(py)) })?;
        context.setattr(intern!(py, "__dict__"), attributes)?;
        Ok(Ok(context))
    }
}

fn json<'py>(py: Python<'py>, text: Option<&str>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    // AWS's client reads events with simplejson, but headers with json, whose errors read otherwise.
    let value = crate::json::read_bytes(py, text.as_bytes())
        .or_else(|_| py.import("json")?.call_method1("loads", (text,)))?;
    Ok((!value.is_none()).then_some(value))
}

type ClientContextAndW3c<'py> = (Option<Bound<'py, ClientContext>>, Bound<'py, PyDict>);

/// The client context, and the trace context that AWS hides in it.
fn client_context<'py>(value: &Bound<'py, PyAny>) -> PyResult<ClientContextAndW3c<'py>> {
    let py = value.py();
    let fields = PyDict::new(py);
    if let Ok(dict) = value.cast::<PyDict>()
        && let Some(w3c) = dict.get_item("w3c")?
        && let Ok(w3c) = w3c.cast_into::<PyDict>()
    {
        for name in W3C_FIELDS {
            if let Some(text) = w3c.get_item(name)?.filter(|text| is_text(text)) {
                fields.set_item(name, text)?;
            }
        }
    }
    Ok((Some(Bound::new(py, ClientContext::of(value)?)?), fields))
}

fn is_text(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<pyo3::types::PyString>()
}
