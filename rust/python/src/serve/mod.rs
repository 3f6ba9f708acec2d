//! Serves one Lambda function: start, then event after event until the process ends.

mod agents;
mod answer;
mod awslambdaric;
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
mod server;
mod shutdown;
mod sink;
mod snapshot;
mod streaming;
pub(crate) mod takeover;

pub(crate) use guard::panic_text;
use pyo3::prelude::*;

/// Serve the function that the environment describes; returns only by raising.
///
/// `argv` is the command line that AWS's own bootstrap would have run: it is run after all where
/// this runtime cannot serve.
#[pyfunction]
#[pyo3(signature = (argv, /))]
pub(crate) fn run(py: Python<'_>, argv: Vec<String>) -> PyResult<()> {
    if process::needs_aws_client() {
        process::give_way(&argv)?;
    }
    process::prepare(py, argv)?;
    server::Server::start(py)?.serve(py)
}
