//! Makes the interpreter what handlers expect to find on Lambda.

use std::env;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::environment;

/// Say whether the environment asks for what only AWS's own client does: several events at a time
/// (managed instances).
pub(super) fn needs_aws_client() -> bool {
    env::var_os("AWS_LAMBDA_MAX_CONCURRENCY").is_some()
}

/// As [`needs_aws_client`], for a process that AWS's client has started already: which kinds of
/// start it keeps for itself does not depend on what this runtime has learnt to do.
pub(super) fn is_of_aws_client() -> bool {
    let initialization = env::var("AWS_LAMBDA_INITIALIZATION_TYPE").unwrap_or_default();
    needs_aws_client() || matches!(&*initialization, "snap-start" | "lambda-managed-instances")
}

/// Run AWS's client, which `argv` starts, in place of this program, and say so.
///
/// # Errors
/// There is none to start, or it cannot be started.
pub(super) fn give_way(argv: &[String]) -> std::io::Result<()> {
    let why = "it is to answer several events at a time";
    let Some((program, arguments)) = argv.split_first() else {
        return Err(std::io::Error::other(format!("{why}, and no command starts AWS's client")));
    };
    // That nobody reads it must not keep the function from being served.
    let _ = writeln!(std::io::stderr(), "sparta: AWS's client serves this function: {why}");
    Err(Command::new(program).args(arguments).exec())
}

/// Set up what `site` and AWS's bootstrap set up for a handler.
pub(super) fn prepare(py: Python<'_>, argv: Vec<String>) -> PyResult<()> {
    let sys = py.import(intern!(py, "sys"))?;
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
