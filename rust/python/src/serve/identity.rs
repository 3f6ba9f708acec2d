//! Who invoked: the parts of the context that describe a mobile application and its user.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

/// The Amazon Cognito identity that invoked, if one did.
#[pyclass(module = "awslambdaric.lambda_context", get_all, set_all)]
#[derive(Default)]
pub(super) struct CognitoIdentity {
    cognito_identity_id: Option<Py<PyAny>>,
    cognito_identity_pool_id: Option<Py<PyAny>>,
}

impl CognitoIdentity {
    /// Read the header's JSON.
    pub(super) fn of(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self {
            cognito_identity_id: member(value, "cognitoIdentityId")?,
            cognito_identity_pool_id: member(value, "cognitoIdentityPoolId")?,
        })
    }
}

/// The mobile application that invoked.
#[pyclass(module = "awslambdaric.lambda_context", get_all, set_all)]
#[derive(Default)]
pub(super) struct Client {
    installation_id: Option<Py<PyAny>>,
    app_title: Option<Py<PyAny>>,
    app_version_name: Option<Py<PyAny>>,
    app_version_code: Option<Py<PyAny>>,
    app_package_name: Option<Py<PyAny>>,
}

/// What a mobile application says about itself.
#[pyclass(module = "awslambdaric.lambda_context", get_all, set_all)]
#[derive(Default)]
pub(super) struct ClientContext {
    custom: Option<Py<PyAny>>,
    env: Option<Py<PyAny>>,
    client: Option<Py<PyAny>>,
}

impl ClientContext {
    /// Read the header's JSON.
    pub(super) fn of(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let client = match member(value, "client")? {
            None => None,
            Some(client) => {
                let client = client.into_bound(value.py());
                Some(Bound::new(value.py(), Client::of(&client)?)?.into_any().unbind())
            }
        };
        Ok(Self { custom: member(value, "custom")?, env: member(value, "env")?, client })
    }
}

impl Client {
    fn of(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self {
            installation_id: member(value, "installation_id")?,
            app_title: member(value, "app_title")?,
            app_version_name: member(value, "app_version_name")?,
            app_version_code: member(value, "app_version_code")?,
            app_package_name: member(value, "app_package_name")?,
        })
    }
}

/// A member of a JSON object; `None` where it is missing or null.
fn member(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Option<Py<PyAny>>> {
    let dict = value.cast::<PyDict>().map_err(|_| PyTypeError::new_err("it is no JSON object"))?;
    Ok(dict.get_item(name)?.filter(|found| !found.is_none()).map(Bound::unbind))
}

/// `Class([name=value,...])`, as AWS's classes show themselves.
pub(super) fn representation(object: &Bound<'_, PyAny>, names: &[&str]) -> PyResult<String> {
    let mut shown = Vec::with_capacity(names.len());
    for name in names {
        let value = object.getattr(*name)?.str()?;
        shown.push(format!("{name}={}", crate::text::lossless(&value)?));
    }
    Ok(format!("{}([{}])", object.get_type().name()?, shown.join(",")))
}

/// What `copy` and `pickle` make an object of again: its class, no arguments, its attributes.
pub(super) type ReducedObject<'py> = (Bound<'py, PyType>, Bound<'py, PyTuple>, Bound<'py, PyAny>);

/// Take apart an object whose attributes are not in a `__dict__`.
fn reduced<'py>(object: &Bound<'py, PyAny>, names: &[&str]) -> PyResult<ReducedObject<'py>> {
    let py = object.py();
    let attributes = PyDict::new(py);
    for name in names {
        attributes.set_item(*name, object.getattr(*name)?)?;
    }
    let state = (py.None(), attributes).into_pyobject(py)?.into_any();
    Ok((object.get_type(), PyTuple::empty(py), state))
}

const COGNITO_FIELDS: [&str; 2] = ["cognito_identity_id", "cognito_identity_pool_id"];
const CONTEXT_FIELDS: [&str; 3] = ["custom", "env", "client"];
const CLIENT_FIELDS: [&str; 5] =
    ["installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"];

#[pymethods]
impl CognitoIdentity {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<ReducedObject<'py>> {
        reduced(slf, &COGNITO_FIELDS)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        representation(slf, &COGNITO_FIELDS)
    }
}

#[pymethods]
impl Client {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<ReducedObject<'py>> {
        reduced(slf, &CLIENT_FIELDS)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        representation(slf, &CLIENT_FIELDS)
    }
}

#[pymethods]
impl ClientContext {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<ReducedObject<'py>> {
        reduced(slf, &CONTEXT_FIELDS)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        representation(slf, &CONTEXT_FIELDS)
    }
}
