//! Answers that are sent while they are being made.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html>

use super::{Client, Posted, concluded};
use crate::base64;
use crate::fault::Fault;
use crate::http::{Progress, Upload};
use crate::json::Charset;
use crate::runtime_api::{Invocation, RuntimeApiError};

const ROUTE: &str = "streamed response";
const ERROR_TYPE: &str = "Lambda-Runtime-Function-Error-Type";
const ERROR_BODY: &str = "Lambda-Runtime-Function-Error-Body";
/// Servers read trailers into a buffer of 4 KiB; this leaves room for their names.
const TRAILER_BODY_LIMIT_BYTES: usize = 2800;
const TRAILER_TYPE_LIMIT_BYTES: usize = 128;

/// How a streamed answer ends.
#[derive(Debug, Clone, Copy)]
pub enum StreamEnd<'a> {
    /// Everything is sent.
    Whole,
    /// The handler failed in the middle.
    Failed(&'a Fault, Charset),
    /// Nobody reads it any longer.
    Stopped,
}

impl Client {
    /// Begin to answer `invocation`; `first` is what is sent at once.
    ///
    /// # Errors
    /// Lambda cannot be reached.
    pub fn begin_response(
        &mut self,
        invocation: &Invocation,
        content_type: &str,
        first: &[u8],
    ) -> Result<(Upload, Progress), RuntimeApiError> {
        self.start("POST", &["/invocation/", &invocation.request_id, "/response"]);
        self.header("Content-Type", content_type);
        self.header("Lambda-Runtime-Function-Response-Mode", "streaming");
        self.header("Transfer-Encoding", "chunked");
        self.header("Trailer", &format!("{ERROR_TYPE}, {ERROR_BODY}"));
        self.echo(invocation);
        self.head.extend_from_slice(self.common.as_bytes());
        let begun = self.connection.begin(&self.head, first);
        begun.map_err(|error| RuntimeApiError::Http { route: ROUTE, error })
    }

    /// End an answer. A connection that broke concerns this invocation only: the next request
    /// makes a new one.
    ///
    /// # Errors
    /// Lambda refuses for a reason that concerns later invocations too.
    pub fn end_response(
        &mut self,
        upload: Upload,
        end: StreamEnd<'_>,
    ) -> Result<Posted, RuntimeApiError> {
        let trailers = match end {
            StreamEnd::Whole => Some(Vec::new()),
            StreamEnd::Failed(fault, charset) => Some(self.trailers(fault, charset)),
            StreamEnd::Stopped => None,
        };
        match self.connection.finish(upload, trailers.as_deref(), &mut || true) {
            Ok(response) => concluded(ROUTE, &response),
            Err(error) => Ok(Posted::Dropped(error.to_string())),
        }
    }

    fn trailers(&mut self, fault: &Fault, charset: Charset) -> Vec<u8> {
        let mut encoded = Vec::new();
        base64::encode(&mut encoded, &fault.to_json_within(TRAILER_BODY_LIMIT_BYTES, charset));
        let end = fault.error_type.floor_char_boundary(TRAILER_TYPE_LIMIT_BYTES);
        self.head.clear();
        self.header(ERROR_TYPE, fault.error_type.get(..end).unwrap_or(""));
        self.header(ERROR_BODY, &String::from_utf8_lossy(&encoded));
        self.head.clone()
    }
}
