//! Makes the interpreter what handlers expect to find on Lambda.

use std::env;
use std::path::Path;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::environment;

/// What AWS's own client is for, whatever started this process.
const MANAGED_INSTANCES: &str = "it is to answer several events at a time";
/// What is its own where it has started the process.
const SNAP_START: &str = "the started process becomes a snapshot";

/// Say why AWS's own client has to serve, by what Lambda says of this execution environment;
/// `None` where it has not to.
pub(super) fn reason_for_aws_client(is_within_it: bool) -> Option<&'static str> {
    let initialization = env::var("AWS_LAMBDA_INITIALIZATION_TYPE").unwrap_or_default();
    let is_managed = initialization == "lambda-managed-instances"
        || env::var_os("AWS_LAMBDA_MAX_CONCURRENCY").is_some();
    if is_managed {
        return Some(MANAGED_INSTANCES);
    }
    (is_within_it && initialization == "snap-start").then_some(SNAP_START)
}

/// Set up what `site` and AWS's bootstrap set up for a handler.
pub(super) fn prepare(py: Python<'_>, argv: Vec<String>) -> PyResult<()> {
    let sys = crate::interpreter::sys(py)?;
    if argv.len() > 1 {
        sys.setattr("argv", argv.into_iter().skip(1).collect::<Vec<_>>())?;
    }
    for stream in ["stdout", "stderr"] {
        unbuffer(py, sys.as_any(), stream)?;
    }
    // Without `site` there are none; scripts turned into handlers call them.
    let builtins = py.import(intern!(py, "builtins"))?;
    let exit = sys.getattr(intern!(py, "exit"))?;
    builtins.setattr("exit", &exit)?;
    builtins.setattr("quit", &exit)?;
    if env::var_os("PYTHONPATH").is_none()
        && let Ok(directory) = env::var("LAMBDA_RUNTIME_DIR")
    {
        environment::set(py, "PYTHONPATH", Some(&directory))?;
    }
    run_path_files(py, &sys.getattr("path")?.cast_into::<PyList>()?)
}

/// Let every write leave at once, in UTF-8, as `python -u` does: the environment may be frozen or
/// killed at any time after it.
fn unbuffer(py: Python<'_>, sys: &Bound<'_, PyAny>, name: &str) -> PyResult<()> {
    let stream = sys.getattr(name)?;
    let raw = stream.getattr_opt(intern!(py, "buffer"))?;
    let raw = raw.and_then(|buffer| buffer.getattr_opt(intern!(py, "raw")).ok().flatten());
    let Some(raw) = raw else { return Ok(()) };
    let keywords = PyDict::new(py);
    keywords.set_item("encoding", "utf-8")?;
    keywords.set_item("errors", stream.getattr(intern!(py, "errors"))?)?;
    keywords.set_item("write_through", true)?;
    let text = py.import(intern!(py, "io"))?.getattr("TextIOWrapper")?;
    sys.setattr(name, text.call((raw,), Some(&keywords))?)
}

/// Run the `.pth` files of the task root and the layers, as `site` would.
fn run_path_files(py: Python<'_>, path: &Bound<'_, PyList>) -> PyResult<()> {
    for (index, directory) in path.extract::<Vec<String>>()?.iter().enumerate() {
        let is_ours = index == 0 || directory.starts_with("/opt/python");
        if is_ours && has_path_file(Path::new(directory)) {
            py.import("site")?.call_method1("addsitedir", (directory,))?;
        }
    }
    Ok(())
}

fn has_path_file(directory: &Path) -> bool {
    let Ok(mut entries) = directory.read_dir() else { return false };
    entries
        .any(|entry| entry.is_ok_and(|entry| entry.path().extension().is_some_and(|e| e == "pth")))
}
