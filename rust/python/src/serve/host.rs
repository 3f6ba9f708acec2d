//! AWS's client as the host of this process: what it has set up is used, not set up again.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use sparta_core::fault::Fault;
use sparta_core::json::Charset;
use sparta_core::runtime_api::Invocation;

use super::awslambdaric::{CONTEXT_MODULE, provide_context};
use super::context::{LambdaContext, user_sink};
use super::sink::LogSink;

/// The module of AWS's client that serves a function, loaded.
pub(super) struct Host {
    bootstrap: Py<PyAny>,
}

impl Host {
    /// Return AWS's client; `None` where this process is none of its.
    pub(super) fn of_process(py: Python<'_>) -> PyResult<Option<Self>> {
        let bootstrap = loaded(py, "awslambdaric.bootstrap")?;
        let Some(bootstrap) = bootstrap.filter(|module| {
            module.hasattr(intern!(py, "_GLOBAL_AWS_REQUEST_ID")).unwrap_or(false)
        }) else {
            return Ok(None);
        };
        if let Some(module) = loaded(py, CONTEXT_MODULE)? {
            provide_context(&module)?;
        }
        Ok(Some(Self { bootstrap: bootstrap.unbind() }))
    }

    /// Another invocation begins: AWS's filter adds its id to log records.
    pub(super) fn begin(&self, py: Python<'_>, invocation: &Invocation) -> PyResult<()> {
        let bootstrap = self.bootstrap.bind(py);
        bootstrap.setattr(intern!(py, "_GLOBAL_AWS_REQUEST_ID"), &invocation.request_id)?;
        bootstrap.setattr(intern!(py, "_GLOBAL_TENANT_ID"), &invocation.tenant_id)
    }

    /// Report a fault as AWS's client does, in the log format that the function has.
    pub(super) fn log_fault(&self, py: Python<'_>, fault: &Fault) -> PyResult<()> {
        let Some(sink) = user_sink(py)? else { return Ok(()) };
        let error = PyDict::new(py);
        error.set_item("errorMessage", &fault.message)?;
        error.set_item("errorType", &fault.error_type)?;
        error.set_item("requestId", &fault.request_id)?;
        error.set_item("stackTrace", PyList::new(py, &fault.stack)?)?;
        self.bootstrap.call_method1(py, intern!(py, "log_error"), (error, sink)).map(drop)
    }
}

/// Let `isinstance` know the contexts that handlers get, where AWS's client stays in charge: the
/// other classes of its module are what it makes its own contexts of.
pub(super) fn provide_context_class(py: Python<'_>) -> PyResult<()> {
    loaded(py, CONTEXT_MODULE)?.map_or(Ok(()), |module| {
        module.setattr(intern!(py, "LambdaContext"), py.get_type::<LambdaContext>())
    })
}

/// Return a sink that writes where the process that was there before writes its log.
pub(super) fn sink_of_process(py: Python<'_>, charset: Charset) -> PyResult<LogSink> {
    let frames = match user_sink(py)? {
        Some(sink) => sink.getattr_opt(intern!(py, "file"))?,
        None => None,
    };
    Ok(LogSink::writing_to(frames.map(Bound::unbind), charset))
}

fn loaded<'py>(py: Python<'py>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    let modules = crate::interpreter::sys(py)?.getattr(intern!(py, "modules"))?;
    modules.cast::<PyDict>()?.get_item(name)
}
