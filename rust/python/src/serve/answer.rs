//! What is sent to Lambda for one event.

use sparta_core::fault::Fault;
use sparta_core::json::Charset;
use sparta_core::runtime_api::{Client, Invocation, Posted, RESPONSE_LIMIT_BYTES, RuntimeApiError};

/// The answer to one invocation.
pub(crate) enum Answer {
    /// What the handler returned
    Response { content_type: &'static str, body: Vec<u8> },
    /// Why it returned nothing
    Error { body: Vec<u8>, xray_cause: Option<String> },
}

impl Answer {
    /// An error, as Lambda wants it.
    pub(super) fn error(fault: &Fault, charset: Charset) -> Self {
        let directory = std::env::current_dir().unwrap_or_default();
        let xray_cause = fault.xray_cause(&directory.to_string_lossy());
        Self::Error { body: fault.to_json(charset), xray_cause }
    }

    /// How long its body is.
    pub(super) fn size_bytes(&self) -> usize {
        match self {
            Self::Response { body, .. } | Self::Error { body, .. } => body.len(),
        }
    }

    /// Send it.
    pub(super) fn post(
        &self,
        client: &mut Client,
        invocation: &Invocation,
    ) -> Result<Posted, RuntimeApiError> {
        match self {
            Self::Response { content_type, body } => client.respond(invocation, content_type, body),
            Self::Error { body, xray_cause } => {
                client.fail(invocation, body, xray_cause.as_deref())
            }
        }
    }
}

/// The fault in place of a response that Lambda would not take.
pub(super) fn too_large(body: &[u8]) -> Option<Fault> {
    (body.len() > RESPONSE_LIMIT_BYTES).then(|| {
        let what = format!(
            "The response is {} bytes long; Lambda takes at most {RESPONSE_LIMIT_BYTES}",
            body.len()
        );
        Fault::of_runtime("Function.ResponseSizeTooLarge", what)
    })
}
