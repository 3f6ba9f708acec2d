//! AWS's client may lie beside the application: what it exports has to be what handlers get.

use pyo3::prelude::*;

use super::context::LambdaContext;
use super::identity::{Client, ClientContext, CognitoIdentity};

/// Where type annotations and `isinstance` find the context's class.
pub(super) const CONTEXT_MODULE: &str = "awslambdaric.lambda_context";

/// Put this runtime's classes in place of AWS's.
pub(super) fn provide_context(module: &Bound<'_, PyAny>) -> PyResult<()> {
    let py = module.py();
    module.setattr("LambdaContext", py.get_type::<LambdaContext>())?;
    module.setattr("ClientContext", py.get_type::<ClientContext>())?;
    module.setattr("Client", py.get_type::<Client>())?;
    module.setattr("CognitoIdentity", py.get_type::<CognitoIdentity>())
}
