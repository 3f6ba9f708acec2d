//! Serves from within AWS's client, while it imports the handler's module; the import never ends.

use std::env;

use pyo3::exceptions::{PyException, PySystemExit};
use pyo3::prelude::*;

use super::compiled::CompiledFunction;
use super::compiled_server::CompiledServer;
use super::host::Host;
use super::process;
use super::server::Server;

/// The module that knows every function of an archive.
const INDEX: &str = "index";

/// Serve the function that the environment describes in place of AWS's client, which is importing
/// `module`; returns why AWS's client has to serve, where it has to. `None` outside of Lambda.
///
/// That is so where `_HANDLER` names another module (an agent's, which calls ours), where several
/// events may come at a time, where the started process becomes a snapshot, and where AWS's client
/// is not as this library knows it.
#[pyfunction]
#[pyo3(signature = (module, /))]
pub(crate) fn take_over(py: Python<'_>, module: &str) -> PyResult<Option<String>> {
    if env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        return Ok(None);
    }
    let handler = env::var("_HANDLER").unwrap_or_default();
    let Some((_, name)) = handler.rsplit_once('.').filter(|(first, _)| *first == module) else {
        return Ok(Some(format!("it has the handler {handler}, which may call {module}")));
    };
    if let Some(reason) = process::reason_for_aws_client(true) {
        return Ok(Some(reason.to_owned()));
    }
    let host = match Host::of_process(py) {
        Ok(Some(host)) => host,
        Ok(None) => return Ok(Some("it is of a version that cannot be taken over".to_owned())),
        Err(error) => return Ok(Some(format!("it cannot be taken over: {error}"))),
    };
    let ended = match CompiledFunction::of_process() {
        Some(found) => CompiledServer::start(py, found, Some(host)).and_then(|it| it.serve(py)),
        None => Server::start_within(py, host, &format!("{INDEX}.{name}"))
            .and_then(|server| server.serve(py)),
    };
    ended.map(|()| None).map_err(|error| {
        if !error.is_instance_of::<PyException>(py) {
            return error;
        }
        // AWS's client would take it for a failure of the import, and report that.
        error.print(py);
        PySystemExit::new_err(1)
    })
}
