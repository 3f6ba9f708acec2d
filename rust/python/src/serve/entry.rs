//! Finds the handler that `_HANDLER` names.

use pyo3::exceptions::{PyAttributeError, PyImportError, PySyntaxError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyModule, PyTuple};
use sparta_core::fault::Fault;

use super::failure::{Failure, text_of};
use super::request::RequestRules;
use super::streaming::StreamRules;
use crate::typed::Schema;

/// What is called for each event, and how.
pub(super) struct Entry {
    call: Py<PyAny>,
    argument_count: usize,
    /// Makes the handler's event of the raw one
    pub(super) event_type: Option<Py<PyAny>>,
    /// Whether the function asks for the runtime's own metrics
    pub(super) measures: bool,
    /// For a handler of HTTP requests
    pub(super) request: Option<RequestRules>,
    pub(super) streams: StreamRules,
    /// Gives what stands for a value that JSON has no form for, where the function wants that
    pub(super) plain_of: Option<Py<PyAny>>,
    /// Runs a coroutine to its end, on the one event loop of the process
    awaited: Option<Py<PyAny>>,
}

impl Entry {
    /// Import the module of `handler` ("module.function") and read what Sparta left on it.
    pub(super) fn load(py: Python<'_>, handler: &str) -> Result<Self, Failure> {
        let Some((module_name, name)) = handler.rsplit_once('.') else {
            let what =
                format!("Bad handler '{handler}': not enough values to unpack (expected 2, got 1)");
            return Err(Fault::of_runtime("Runtime.MalformedHandlerName", what).into());
        };
        let module = import(py, module_name)?;
        let callable = attribute(&module, module_name, name)?;
        Self::of(&callable).map_err(|error| Failure::of_user(py, error))
    }

    fn of(callable: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = callable.py();
        let Some(handler) = callable.getattr_opt("__sparta_handler__")? else {
            return Ok(Self {
                call: callable.clone().unbind(),
                argument_count: 2,
                event_type: None,
                measures: false,
                request: None,
                streams: StreamRules::new(py, false)?,
                plain_of: None,
                awaited: None,
            });
        };
        let is_async: bool = handler.getattr("is_async")?.extract()?;
        let is_request: bool = handler.getattr("is_request")?.extract()?;
        let event_type = handler.getattr("event_type")?;
        let entry = Self {
            call: handler.getattr("call")?.unbind(),
            argument_count: handler.getattr("argument_count")?.extract()?,
            event_type: (!event_type.is_none()).then(|| event_type.unbind()),
            measures: handler.getattr("runtime_metrics")?.extract()?,
            request: if is_request {
                let schema = handler.getattr("body_schema")?;
                Some(RequestRules::new(py, Schema::of(schema.cast::<PyTuple>()?)?)?)
            } else {
                None
            },
            streams: StreamRules::new(py, handler.getattr("is_stream")?.extract()?)?,
            plain_of: if handler.getattr("is_extended")?.is_truthy()? {
                Some(py.import("sparta.runtime.extended")?.getattr("plain_of")?.unbind())
            } else {
                None
            },
            awaited: if is_async {
                let pure = py.import("sparta.runtime.pure")?;
                pure.call_method0("event_loop")?;
                Some(pure.getattr("awaited")?.unbind())
            } else {
                None
            },
        };
        let discovery = py.import("sparta.runtime.discovery")?;
        discovery.call_method1("handler_runs", (handler.getattr("name")?,))?;
        Ok(entry)
    }

    /// Call the handler, and await what an async one gives.
    pub(super) fn call<'py>(
        &self,
        event: Bound<'py, PyAny>,
        context: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = event.py();
        let call = self.call.bind(py);
        let result = match self.argument_count {
            0 => call.call0()?,
            1 => call.call1((event,))?,
            _ => call.call1((event, context))?,
        };
        match &self.awaited {
            Some(awaited) if result.hasattr(intern!(py, "__await__"))? => {
                awaited.bind(py).call1((result,))
            }
            _ => Ok(result),
        }
    }
}

fn import<'py>(py: Python<'py>, name: &str) -> Result<Bound<'py, PyModule>, Failure> {
    let first = name.split('.').next().unwrap_or(name);
    let builtin = crate::interpreter::sys(py)
        .and_then(|sys| sys.getattr("builtin_module_names")?.extract::<Vec<String>>());
    if builtin.is_ok_and(|names| names.iter().any(|builtin| builtin == first)) {
        let what = format!("Cannot use built-in module {name} as a handler module");
        return Err(Fault::of_runtime("Runtime.BuiltInModuleConflict", what).into());
    }
    py.import(name.replace('/', ".")).map_err(|error| import_failure(py, name, error))
}

fn import_failure(py: Python<'_>, name: &str, error: PyErr) -> Failure {
    if error.is_instance_of::<PyImportError>(py) {
        let what = format!("Unable to import module '{name}'");
        return Failure::decided(py, "Runtime.ImportModuleError", &what, error);
    }
    if error.is_instance_of::<PySyntaxError>(py) {
        let what = format!("Syntax error in module '{name}': {}", text_of(py, &error));
        let mut fault = Fault::of_runtime("Runtime.UserCodeSyntaxError", what);
        fault.stack = syntax_error_place(py, &error).into_iter().collect();
        return fault.into();
    }
    Failure::of_user(py, error)
}

fn syntax_error_place(py: Python<'_>, error: &PyErr) -> Option<String> {
    let text = |name: &str| -> Option<String> {
        let value = error.value(py).getattr(name).ok()?.str().ok()?;
        crate::text::lossless(&value).ok().map(std::borrow::Cow::into_owned)
    };
    Some(format!(
        "  File \"{}\" Line {}\n    {}",
        text("filename")?,
        text("lineno")?,
        text("text")?
    ))
}

fn attribute<'py>(
    module: &Bound<'py, PyModule>,
    module_name: &str,
    name: &str,
) -> Result<Bound<'py, PyAny>, Failure> {
    let py = module.py();
    module.getattr(name).map_err(|error| {
        // The index reports an AttributeError of the user's module under another class.
        if error.get_type(py).is(py.get_type::<PyAttributeError>()) {
            let what = format!("Handler '{name}' missing on module '{module_name}'");
            return Fault::of_runtime("Runtime.HandlerNotFound", what).into();
        }
        Failure::of_user(py, error)
    })
}
