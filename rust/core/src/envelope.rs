//! The envelope in which a Lambda function answers an HTTP request of API Gateway (payload format
//! 2.0) or a function URL.
//!
//! Source: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>

use crate::base64;
use crate::json::{Charset, write_string};

/// The body of an HTTP response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body<'a> {
    /// Text as it is
    Text(&'a str),
    /// A JSON text
    Json(&'a str),
    /// Bytes, which travel in Base64
    Bytes(&'a [u8]),
}

impl Body<'_> {
    /// The content type to send where the handler gives none.
    pub fn content_type(&self) -> &'static str {
        match self {
            Self::Text(_) => "text/plain; charset=utf-8",
            Self::Json(_) => "application/json",
            Self::Bytes(_) => "application/octet-stream",
        }
    }

    /// Append the envelope's members `body` and `isBase64Encoded`.
    pub fn write(&self, out: &mut Vec<u8>, charset: Charset) {
        out.extend_from_slice(b", \"body\": ");
        match self {
            Self::Text(text) | Self::Json(text) => write_string(out, text, charset),
            Self::Bytes(bytes) => {
                out.push(b'"');
                base64::encode(out, bytes);
                out.push(b'"');
            }
        }
        let is_bytes = matches!(self, Self::Bytes(_));
        let encoded = if is_bytes { "true" } else { "false" };
        out.extend_from_slice(b", \"isBase64Encoded\": ");
        out.extend_from_slice(encoded.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::Body;
    use crate::json::Charset;

    #[test]
    fn writes_each_kind_of_body() {
        let written = |body: Body<'_>| {
            let mut out = Vec::new();
            body.write(&mut out, Charset::Utf8);
            String::from_utf8(out).unwrap()
        };
        let json = written(Body::Json("{\"a\": \"è\"}"));
        assert_eq!(json, r#", "body": "{\"a\": \"è\"}", "isBase64Encoded": false"#);
        let bytes = written(Body::Bytes(b"foo"));
        assert_eq!(bytes, r#", "body": "Zm9v", "isBase64Encoded": true"#);
    }

    #[test]
    fn knows_the_content_type() {
        assert_eq!(Body::Text("").content_type(), "text/plain; charset=utf-8");
        assert_eq!(Body::Json("1").content_type(), "application/json");
        assert_eq!(Body::Bytes(b"").content_type(), "application/octet-stream");
    }
}
