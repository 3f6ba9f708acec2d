//! What is known of an invocation besides its event.

use std::env;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sparta_core::runtime_api::Invocation;

/// The second argument of a function.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>
#[derive(Debug, Clone)]
pub struct Context<'a> {
    invocation: &'a Invocation,
}

impl<'a> Context<'a> {
    pub(crate) fn of(invocation: &'a Invocation) -> Self {
        Self { invocation }
    }

    /// The id of this invocation, which its log lines carry.
    pub fn request_id(&self) -> &'a str {
        &self.invocation.request_id
    }

    /// The function, with alias or version where one was invoked; empty outside of Lambda.
    pub fn function_arn(&self) -> &'a str {
        self.invocation.function_arn.as_deref().unwrap_or_default()
    }

    /// When the invocation times out.
    pub fn deadline(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.invocation.deadline_ms.try_into().unwrap_or(0))
    }

    /// How long the invocation may still take; zero where it is over.
    pub fn remaining(&self) -> Duration {
        self.deadline().duration_since(SystemTime::now()).unwrap_or_default()
    }

    /// The X-Ray trace, which in Rust does not stand in `_X_AMZN_TRACE_ID`; `None` without one.
    pub fn trace_id(&self) -> Option<&'a str> {
        self.invocation.trace_id.as_deref()
    }

    /// JSON about the mobile application that invokes.
    pub fn client_context(&self) -> Option<&'a str> {
        self.invocation.client_context.as_deref()
    }

    /// JSON about the Amazon Cognito identity that invokes.
    pub fn cognito_identity(&self) -> Option<&'a str> {
        self.invocation.cognito_identity.as_deref()
    }

    /// The tenant, where the function isolates tenants.
    pub fn tenant_id(&self) -> Option<&'a str> {
        self.invocation.tenant_id.as_deref()
    }

    /// The function's physical name; empty outside of Lambda.
    pub fn function_name(&self) -> String {
        env::var("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_default()
    }

    /// The function's memory in MB; 0 outside of Lambda.
    pub fn memory_mb(&self) -> u32 {
        let memory = env::var("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").unwrap_or_default();
        memory.parse().unwrap_or(0)
    }
}
