//! HTTP requests, as API Gateway hands them over (payload format 2.0), also for function URLs.
//!
//! Source: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sparta_core::base64;

use crate::event::{Event, Problem, Refusal, decode};
use crate::response::Response;

/// An HTTP request with a JSON body.
///
/// A body that is not a `B` is answered with status 400 and a list of what is wrong; the function
/// isn't called. `Request<()>` takes any body, and `Option<B>` one that may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request<B> {
    /// Such as `GET`
    pub method: String,
    /// The path as it was asked for
    pub path: String,
    /// By names in lower case
    pub headers: BTreeMap<String, String>,
    /// What stands behind the `?`; values of a name that is given several times between commas
    pub query: BTreeMap<String, String>,
    /// What `{name}` in the route's path stands for
    pub path_parameters: BTreeMap<String, String>,
    /// Each as `name=value`
    pub cookies: Vec<String>,
    /// The body
    pub body: B,
}

/// What is missing may also be null: so gateways other than AWS's have it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    #[serde(rename = "rawPath")]
    path: String,
    headers: Option<BTreeMap<String, String>>,
    query_string_parameters: Option<BTreeMap<String, String>>,
    path_parameters: Option<BTreeMap<String, String>>,
    cookies: Option<Vec<String>>,
    request_context: RequestContext,
    body: Option<String>,
    is_base64_encoded: Option<bool>,
}

#[derive(Deserialize)]
struct RequestContext {
    http: Http,
}

#[derive(Deserialize)]
struct Http {
    method: String,
}

impl<B: DeserializeOwned> Event for Request<B> {
    fn of_json(json: &[u8]) -> Result<Self, Refusal> {
        let raw = Raw::of_json(json)?;
        let body = body_of(raw.body.as_deref(), raw.is_base64_encoded == Some(true))
            .map_err(|what| refused(&what))?;
        Ok(Self {
            method: raw.request_context.http.method,
            path: raw.path,
            headers: raw.headers.unwrap_or_default(),
            query: raw.query_string_parameters.unwrap_or_default(),
            path_parameters: raw.path_parameters.unwrap_or_default(),
            cookies: raw.cookies.unwrap_or_default(),
            body,
        })
    }
}

fn body_of<B: DeserializeOwned>(text: Option<&str>, is_encoded: bool) -> Result<B, String> {
    let decoded = match text {
        Some(text) if is_encoded => base64::decode(text.as_bytes()),
        text => Some(text.unwrap_or_default().as_bytes().to_vec()),
    };
    let Some(bytes) = decoded else { return Err("body: not valid Base64".to_owned()) };
    if bytes.is_empty() || is_unit::<B>() {
        return decode(b"null", "body").map_err(|_| "body: missing".to_owned());
    }
    decode(&bytes, "body").map_err(|found| match found {
        Problem::NotJson(what) => format!("body: not valid JSON: {what}"),
        Problem::Unexpected(what) => what,
    })
}

fn is_unit<B>() -> bool {
    std::any::type_name::<B>() == std::any::type_name::<()>()
}

fn refused(what: &str) -> Refusal {
    let warning = format!("The request is not valid: {what}");
    let told = serde_json::json!({"message": "The request is not valid", "errors": [what]});
    let response = Response::text(told.to_string()).header("content-type", "application/json");
    Refusal::Answer { body: response.status(400).envelope().into_bytes(), warning }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
