//! Speaks with the Runtime API.

mod streaming;

use super::{Invocation, RuntimeApiError};
use crate::fault::Fault;
use crate::http::{Connection, Interrupted, Request, Response};

pub use streaming::StreamEnd;

const BASE: &str = "/2018-06-01/runtime";

/// The Runtime API of one execution environment.
#[derive(Debug)]
pub struct Client {
    pub(super) connection: Connection,
    /// The headers that every request ends with
    common: String,
    head: Vec<u8>,
}

/// What became of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Posted {
    /// Lambda has it.
    Accepted,
    /// Lambda did not take it, and that concerns this invocation only: it timed out already
    /// (410), or the answer is too large (413). The text says which.
    Dropped(String),
}

impl Client {
    /// Speak with the API at `address` (the value of `AWS_LAMBDA_RUNTIME_API`); `user_agent` tells
    /// Lambda which runtime this is. Nothing is sent yet.
    pub fn new(address: &str, user_agent: &str) -> Self {
        Self {
            connection: Connection::new(address),
            common: format!("Host: {address}\r\nUser-Agent: {user_agent}\r\n\r\n"),
            head: Vec::with_capacity(512),
        }
    }

    /// Wait for the next event. `interrupted` is asked whether to go on, several times a
    /// second and whenever a signal arrives.
    ///
    /// # Errors
    /// Lambda cannot be reached, or refuses, or `interrupted` said `false`.
    pub fn next(&mut self, interrupted: Interrupted<'_>) -> Result<Invocation, RuntimeApiError> {
        let route = "next event";
        self.start("GET", &["/invocation/next"]);
        let response = self.send(route, b"", interrupted)?;
        match response.head.status {
            200 => Invocation::of(response),
            _ => Err(refused(route, &response)),
        }
    }

    /// Answer `invocation` with `body`.
    ///
    /// # Errors
    /// Lambda cannot be reached, or refuses for a reason that concerns later invocations too.
    pub fn respond(
        &mut self,
        invocation: &Invocation,
        content_type: &str,
        body: &[u8],
    ) -> Result<Posted, RuntimeApiError> {
        self.start("POST", &["/invocation/", &invocation.request_id, "/response"]);
        self.header("Content-Type", content_type);
        self.echo(invocation);
        self.post("response", body)
    }

    /// Answer `invocation` with an error.
    ///
    /// # Errors
    /// As [`Self::respond`].
    pub fn fail(
        &mut self,
        invocation: &Invocation,
        body: &[u8],
        xray_cause: Option<&str>,
    ) -> Result<Posted, RuntimeApiError> {
        self.start("POST", &["/invocation/", &invocation.request_id, "/error"]);
        self.header("Content-Type", "application/json");
        if let Some(cause) = xray_cause {
            self.header("Lambda-Runtime-Function-XRay-Error-Cause", cause);
        }
        self.echo(invocation);
        self.post("error", body)
    }

    /// Tell Lambda that the function cannot start.
    ///
    /// # Errors
    /// As [`Self::respond`].
    pub fn fail_init(&mut self, fault: &Fault, body: &[u8]) -> Result<Posted, RuntimeApiError> {
        self.start("POST", &["/init/error"]);
        self.header("Content-Type", "application/json");
        self.header("Lambda-Runtime-Function-Error-Type", &fault.error_type);
        self.post("init error", body)
    }

    pub(super) fn start(&mut self, method: &str, path: &[&str]) {
        self.head.clear();
        for part in [method, " ", BASE].iter().chain(path).chain(&[" HTTP/1.1\r\n"]) {
            self.head.extend_from_slice(part.as_bytes());
        }
    }

    /// Append a header; line breaks, which would end it, are left out.
    pub(super) fn header(&mut self, name: &str, value: &str) {
        self.head.extend_from_slice(name.as_bytes());
        self.head.extend_from_slice(b": ");
        self.head.extend(value.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n' | 0)));
        self.head.extend_from_slice(b"\r\n");
    }

    fn echo(&mut self, invocation: &Invocation) {
        if let Some(id) = &invocation.invocation_id {
            self.header("Lambda-Runtime-Invocation-Id", id);
        }
    }

    pub(super) fn post(
        &mut self,
        route: &'static str,
        body: &[u8],
    ) -> Result<Posted, RuntimeApiError> {
        self.header("Content-Length", itoa::Buffer::new().format(body.len()));
        let response = self.send(route, body, &mut || true)?;
        concluded(route, &response)
    }

    pub(super) fn send(
        &mut self,
        route: &'static str,
        body: &[u8],
        interrupted: Interrupted<'_>,
    ) -> Result<Response, RuntimeApiError> {
        self.head.extend_from_slice(self.common.as_bytes());
        let request = Request { head: &self.head, body };
        let result = self.connection.exchange(request, interrupted);
        result.map_err(|error| RuntimeApiError::Http { route, error })
    }
}

/// What the response to an answer means.
fn concluded(route: &'static str, response: &Response) -> Result<Posted, RuntimeApiError> {
    match response.head.status {
        200..=299 => Ok(Posted::Accepted),
        status @ (410 | 413) => Ok(Posted::Dropped(format!("{status} {}", text(response)))),
        _ => Err(refused(route, response)),
    }
}

fn text(response: &Response) -> String {
    String::from_utf8_lossy(&response.body).trim_end().to_owned()
}

pub(super) fn refused(route: &'static str, response: &Response) -> RuntimeApiError {
    let body = text(response);
    RuntimeApiError::Refused { route, status: response.head.status, body }
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;
