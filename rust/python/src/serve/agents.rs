//! Agents that change AWS's client from within: they do nothing where it does not run.

use pyo3::intern;
use pyo3::prelude::*;

/// Modules of such agents, and what their user can do.
const KNOWN: [(&str, &str); 1] = [(
    "sentry_sdk.integrations.aws_lambda",
    "Sentry's AwsLambdaIntegration has no effect on the native runtime: decorate the handler with \
     sentry_sdk.integrations.serverless.serverless_function",
)];

/// Return the advice for each agent that the function has loaded.
pub(super) fn advice(py: Python<'_>) -> PyResult<Vec<&'static str>> {
    let modules = py.import(intern!(py, "sys"))?.getattr(intern!(py, "modules"))?;
    let mut found = Vec::new();
    for (module, advice) in KNOWN {
        if modules.contains(module)? {
            found.push(advice);
        }
    }
    Ok(found)
}
