//! One event, as Lambda hands it out.

use super::RuntimeApiError;
use crate::http::Response;

/// An event and what Lambda says about it.
#[derive(Debug, Default)]
pub struct Invocation {
    /// Names the invocation in every later request
    pub request_id: String,
    /// When the invocation times out, in milliseconds since 1970
    pub deadline_ms: i64,
    /// The function, with alias or version where one was invoked
    pub function_arn: Option<String>,
    /// The X-Ray trace; `None` where tracing is off
    pub trace_id: Option<String>,
    /// JSON about the mobile application that invokes
    pub client_context: Option<String>,
    /// JSON about the Amazon Cognito identity that invokes
    pub cognito_identity: Option<String>,
    /// The tenant, where the function isolates tenants
    pub tenant_id: Option<String>,
    /// Opaque; has to be sent back with the answer
    pub invocation_id: Option<String>,
    /// The event's media type; `None` means JSON
    pub content_type: Option<String>,
    /// The event
    pub body: Vec<u8>,
}

impl Invocation {
    /// Read a response to `GET /runtime/invocation/next`.
    pub(crate) fn of(response: Response) -> Result<Self, RuntimeApiError> {
        const REQUEST_ID: &str = "Lambda-Runtime-Aws-Request-Id";
        let Response { mut head, body } = response;
        let deadline = head.header("Lambda-Runtime-Deadline-Ms");
        Ok(Self {
            deadline_ms: deadline.and_then(|text| text.trim().parse().ok()).unwrap_or(0),
            request_id: head.take(REQUEST_ID).ok_or(RuntimeApiError::MissingHeader(REQUEST_ID))?,
            function_arn: head.take("Lambda-Runtime-Invoked-Function-Arn"),
            trace_id: head.take("Lambda-Runtime-Trace-Id"),
            client_context: head.take("Lambda-Runtime-Client-Context"),
            cognito_identity: head.take("Lambda-Runtime-Cognito-Identity"),
            tenant_id: head.take("Lambda-Runtime-Aws-Tenant-Id"),
            invocation_id: head.take("Lambda-Runtime-Invocation-Id"),
            content_type: head.take("Content-Type"),
            body,
        })
    }

    /// Say whether the event is JSON. As with AWS's client, any other spelling than exactly
    /// `application/json` means that the handler gets the bytes.
    pub fn is_json(&self) -> bool {
        self.content_type.as_deref().is_none_or(|media_type| media_type == "application/json")
    }
}
