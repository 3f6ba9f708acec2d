//! `SnapStart`: the hooks around the moment at which the started process is stored and restored.

use std::env;

use pyo3::exceptions::PySystemExit;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use sparta_core::fault::Fault;
use sparta_core::json::Charset;
use sparta_core::runtime_api::{Client, RuntimeApiError};

use super::failure::fault_of;
use super::observed;
use super::server::{checked_signals, fatal};
use super::sink::LogSink;

/// AWS's library in which applications register their hooks
const HOOKS: &str = "snapshot_restore_py";
const BEFORE_FAILED: i32 = 64;
const AFTER_FAILED: i32 = 65;

/// Let the process be stored, if Lambda started it for that; returns in the restored one.
pub(super) fn pass(
    py: Python<'_>,
    client: &mut Client,
    sink: &LogSink,
    charset: Charset,
) -> PyResult<()> {
    if env::var_os("AWS_LAMBDA_INITIALIZATION_TYPE").is_none_or(|kind| kind != "snap-start") {
        return Ok(());
    }
    let body = |fault: &Fault| {
        sink.write_fault(py, fault);
        fault.to_json(charset)
    };
    if let Err(fault) = stored(py, client)? {
        let body = body(&fault);
        py.detach(|| client.fail_snapshot(&body)).map_err(|error| fatal(&error))?;
        return Err(PySystemExit::new_err(BEFORE_FAILED));
    }
    observed::restored();
    if let Err(error) = after_restore(py) {
        let body = body(&fault_of(py, &error));
        py.detach(|| client.fail_restore(&body)).map_err(|error| fatal(&error))?;
        return Err(PySystemExit::new_err(AFTER_FAILED));
    }
    Ok(())
}

/// Run the hooks that come before, then wait. The outer error is that of a signal's handler.
fn stored(py: Python<'_>, client: &mut Client) -> PyResult<Result<(), Fault>> {
    if let Err(error) = before_snapshot(py) {
        return Ok(Err(fault_of(py, &error)));
    }
    let mut signal = Ok(());
    let result = py.detach(|| {
        client.restore_next(&mut || {
            signal = checked_signals();
            signal.is_ok()
        })
    });
    signal?;
    Ok(result.map_err(|error: RuntimeApiError| {
        Fault::of_runtime("Runtime.RestoreError", error.to_string())
    }))
}

/// The last one registered runs first, and each only once.
fn before_snapshot(py: Python<'_>) -> PyResult<()> {
    let Some(hooks) = registered(py, "get_before_snapshot")? else { return Ok(()) };
    while !hooks.is_empty() {
        call(&hooks.call_method0(intern!(py, "pop"))?)?;
    }
    Ok(())
}

fn after_restore(py: Python<'_>) -> PyResult<()> {
    let Some(hooks) = registered(py, "get_after_restore")? else { return Ok(()) };
    hooks.iter().try_for_each(|hook| call(&hook))
}

/// Hooks can be there only if the application has imported the library.
fn registered<'py>(py: Python<'py>, getter: &str) -> PyResult<Option<Bound<'py, PyList>>> {
    let modules = crate::interpreter::sys(py)?.getattr(intern!(py, "modules"))?;
    let Some(library) = modules.cast::<PyDict>()?.get_item(HOOKS)? else { return Ok(None) };
    Ok(Some(library.call_method0(getter)?.cast_into::<PyList>()?))
}

fn call(hook: &Bound<'_, PyAny>) -> PyResult<()> {
    let (function, arguments, keywords): (Bound<'_, PyAny>, Bound<'_, PyAny>, Bound<'_, PyDict>) =
        hook.extract()?;
    let arguments = PyTuple::new(hook.py(), arguments.try_iter()?.collect::<PyResult<Vec<_>>>()?)?;
    function.call(arguments, Some(&keywords)).map(drop)
}
