//! Agents that change AWS's client from within: they do nothing where it does not run.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyDict;

const SENTRY: &str = "Sentry's AwsLambdaIntegration has no effect on the native runtime: decorate \
    the handler with sentry_sdk.integrations.serverless.serverless_function";

/// Return what the user of such an agent can do; `None` where the function has none.
pub(super) fn advice(py: Python<'_>) -> PyResult<Option<&'static str>> {
    let modules = crate::interpreter::sys(py)?.getattr(intern!(py, "modules"))?;
    let Some(sentry) = modules.cast::<PyDict>()?.get_item(intern!(py, "sentry_sdk"))? else {
        return Ok(None);
    };
    let client = sentry.call_method0("get_client");
    let integration =
        client.and_then(|client| client.call_method1("get_integration", ("aws_lambda",)));
    // An older SDK, which has no such methods, is not worth an error.
    Ok(integration.is_ok_and(|found| !found.is_none()).then_some(SENTRY))
}
