//! HTTP responses, in the envelope that API Gateway takes.

use std::collections::BTreeMap;

use serde::Serialize;
use sparta_core::base64;

/// An HTTP response.
///
/// A function on a route may return any other value too: API Gateway then answers with status 200
/// and its JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    status_code: u16,
    headers: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cookies: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    is_base64_encoded: bool,
}

impl Response {
    /// A response with status 204 and no body.
    pub fn empty() -> Self {
        Self {
            status_code: 204,
            headers: BTreeMap::new(),
            cookies: Vec::new(),
            body: None,
            is_base64_encoded: false,
        }
    }

    /// A response with status 200 and a value's JSON.
    ///
    /// # Errors
    /// The value cannot be JSON.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        Ok(Self::with("application/json", serde_json::to_string(value)?))
    }

    /// A response with status 200 and a text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::with("text/plain; charset=utf-8", text.into())
    }

    /// A response with status 200 and bytes; they travel in Base64.
    pub fn bytes(content_type: &str, bytes: &[u8]) -> Self {
        let mut encoded = Vec::new();
        base64::encode(&mut encoded, bytes);
        let encoded = String::from_utf8_lossy(&encoded).into_owned();
        Self { is_base64_encoded: true, ..Self::with(content_type, encoded) }
    }

    /// The same with another status.
    #[must_use]
    pub fn status(self, status: u16) -> Self {
        Self { status_code: status, ..self }
    }

    /// The same with a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.insert(name.to_ascii_lowercase(), value.into());
        self
    }

    /// The same with a cookie, as `Set-Cookie` has it.
    #[must_use]
    pub fn cookie(mut self, cookie: impl Into<String>) -> Self {
        self.cookies.push(cookie.into());
        self
    }

    /// What API Gateway takes.
    pub(crate) fn envelope(&self) -> String {
        serde_json::json!(self).to_string()
    }

    fn with(content_type: &str, body: String) -> Self {
        let response = Self { status_code: 200, body: Some(body), ..Self::empty() };
        response.header("content-type", content_type)
    }
}
