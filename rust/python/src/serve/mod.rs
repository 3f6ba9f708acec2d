//! Serves one Lambda function: start, then event after event until the process ends.

mod agents;
mod answer;
mod awslambdaric;
pub(crate) mod compiled;
mod compiled_server;
mod context;
pub(crate) mod embedded;
mod entry;
mod environment;
mod failure;
mod guard;
mod host;
mod identity;
mod import_hook;
mod invoke;
mod json_formatter;
mod json_text;
mod logging;
mod meter;
mod notice;
pub(crate) mod observed;
#[cfg(feature = "probes")]
pub(crate) mod probes;
mod process;
mod request;
mod sendable;
mod server;
mod shutdown;
mod sink;
mod snapshot;
mod streaming;
pub(crate) mod takeover;

pub(crate) use guard::panic_text;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// Serve the function that the environment describes; returns only by raising.
///
/// `argv` is the command line that AWS's own bootstrap would have run.
#[pyfunction]
#[pyo3(signature = (argv, /))]
pub(crate) fn run(py: Python<'_>, argv: Vec<String>) -> PyResult<()> {
    process::prepare(py, argv)?;
    match compiled::CompiledFunction::of_process() {
        Some(found) => compiled_server::CompiledServer::start(py, found, None)?.serve(py),
        None => server::Server::start(py)?.serve(py),
    }
}

/// Raise where AWS's own client has to serve in place of `run`.
#[pyfunction]
pub(crate) fn check_start() -> PyResult<()> {
    let reason = process::reason_for_aws_client(false);
    reason.map_or(Ok(()), |reason| Err(PyRuntimeError::new_err(reason)))
}
