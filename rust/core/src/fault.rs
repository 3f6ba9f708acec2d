//! A failed invocation, or a failed start, as Lambda wants to hear of it.

use crate::json::{Charset, write_string};
use crate::runtime_api::RESPONSE_LIMIT_BYTES;
use crate::stack::Frame;

/// The platform keeps no more of an X-Ray cause.
const XRAY_LIMIT_BYTES: usize = 64 * 1024;
/// How much of a message is kept when all of it would be refused.
const CUT_MESSAGE_BYTES: usize = 64 * 1024;

/// What went wrong.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The exception's text
    pub message: String,
    /// The exception's class without its module, or `Runtime.*` for what the runtime decided
    pub error_type: String,
    /// The invocation; empty while the function starts
    pub request_id: String,
    /// The stack, formatted: one element per frame, with its line ends
    pub stack: Vec<String>,
    /// The stack as X-Ray wants it
    pub frames: Vec<Frame>,
    /// Whether the runtime decided on it, not an exception of the handler
    pub is_decided: bool,
}

impl Fault {
    /// A fault that the runtime decided on, without a stack.
    pub fn of_runtime(error_type: &str, message: impl Into<String>) -> Self {
        let (error_type, message) = (error_type.to_owned(), message.into());
        Self { error_type, message, is_decided: true, ..Self::default() }
    }

    /// Return the body for `/error` and `/init/error`. A message that would make it too large for
    /// Lambda is cut.
    pub fn to_json(&self, charset: Charset) -> Vec<u8> {
        let body = self.json_with(&self.message, charset);
        if body.len() <= RESPONSE_LIMIT_BYTES {
            return body;
        }
        let end = self.message.floor_char_boundary(CUT_MESSAGE_BYTES);
        self.json_with(self.message.get(..end).unwrap_or(""), charset)
    }

    /// Return the body in at most `limit_bytes`, for a place where no more fits: the innermost
    /// frames of the stack, then the start of the message, are kept.
    pub fn to_json_within(&self, limit_bytes: usize, charset: Charset) -> Vec<u8> {
        let mut cut = self.clone();
        let mut body = cut.to_json(charset);
        while body.len() > limit_bytes && !cut.stack.is_empty() {
            cut.stack.drain(..cut.stack.len().div_ceil(2));
            body = cut.to_json(charset);
        }
        while body.len() > limit_bytes && !cut.message.is_empty() {
            cut.message.truncate(cut.message.floor_char_boundary(cut.message.len() / 2));
            body = cut.to_json(charset);
        }
        body
    }

    fn json_with(&self, message: &str, charset: Charset) -> Vec<u8> {
        let mut out = Vec::with_capacity(256 + message.len());
        for (key, value) in [
            ("{\"errorMessage\": ", message),
            (", \"errorType\": ", &self.error_type),
            (", \"requestId\": ", &self.request_id),
        ] {
            out.extend_from_slice(key.as_bytes());
            write_string(&mut out, value, charset);
        }
        out.extend_from_slice(b", \"stackTrace\": [");
        write_each(&mut out, &self.stack, |out, element| write_string(out, element, charset));
        out.extend_from_slice(b"]}");
        out
    }

    /// Return the cause as X-Ray wants it, in ASCII so that it can stand in a header; `None` if it
    /// is larger than the platform keeps.
    pub fn xray_cause(&self, working_directory: &str) -> Option<String> {
        // For what the runtime decided there is one type, and no stack.
        let error_type = if self.is_decided { "LambdaValidationError" } else { &self.error_type };
        let mut out = b"{\"working_directory\": ".to_vec();
        let string = |out: &mut Vec<u8>, text: &str| write_string(out, text, Charset::Ascii);
        string(&mut out, working_directory);
        out.extend_from_slice(b", \"exceptions\": [{\"message\": ");
        string(&mut out, &self.message);
        out.extend_from_slice(b", \"type\": ");
        string(&mut out, error_type);
        out.extend_from_slice(b", \"stack\": [");
        write_each(&mut out, &self.frames, |out, frame| frame.write_xray(out));
        out.extend_from_slice(b"]}], \"paths\": [");
        let mut paths: Vec<&str> = self.frames.iter().map(|frame| frame.file.as_str()).collect();
        paths.sort_unstable();
        paths.dedup();
        write_each(&mut out, &paths, |out, path| string(out, path));
        out.extend_from_slice(b"]}");
        if out.len() > XRAY_LIMIT_BYTES {
            return None;
        }
        String::from_utf8(out).ok()
    }
}

fn write_each<T>(out: &mut Vec<u8>, items: &[T], write: impl Fn(&mut Vec<u8>, &T)) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(b", ");
        }
        write(out, item);
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;
    use crate::json::Charset;
    use crate::runtime_api::RESPONSE_LIMIT_BYTES;
    use crate::stack::Frame;

    fn fault() -> Fault {
        Fault {
            message: "è \"x\"".to_owned(),
            error_type: "KeyError".to_owned(),
            request_id: "id".to_owned(),
            stack: vec!["  File\n".to_owned(), "b".to_owned()],
            frames: vec![Frame { file: "/a.py".to_owned(), line: Some(3), name: "f".to_owned() }],
            is_decided: false,
        }
    }

    #[test]
    fn writes_the_body_in_aws_order() {
        let text = |charset| String::from_utf8(fault().to_json(charset)).unwrap();
        let expected = r#"{"errorMessage": "è \"x\"", "errorType": "KeyError", "requestId": "id", "stackTrace": ["  File\n", "b"]}"#;
        assert_eq!(text(Charset::Utf8), expected);
        assert_eq!(text(Charset::Ascii), expected.replace('è', "\\u00e8"));
        let empty = Fault::default().to_json(Charset::Utf8);
        assert_eq!(
            empty,
            br#"{"errorMessage": "", "errorType": "", "requestId": "", "stackTrace": []}"#
        );
    }

    #[test]
    fn cuts_a_message_that_lambda_would_refuse() {
        let message = "è".repeat(RESPONSE_LIMIT_BYTES);
        let body = Fault::of_runtime("Runtime.X", message).to_json(Charset::Utf8);
        assert!((60_000..70_000).contains(&body.len()), "{}", body.len());
    }

    #[test]
    fn fits_where_there_is_little_room() {
        let text =
            |fault: &Fault| String::from_utf8(fault.to_json_within(300, Charset::Utf8)).unwrap();
        assert_eq!(text(&fault()).into_bytes(), fault().to_json(Charset::Utf8));
        let stack = (0..100).map(|frame| format!("frame {frame}")).collect();
        let deep = text(&Fault { stack, ..fault() });
        assert!(deep.len() <= 300 && deep.ends_with("\"frame 99\"]}"), "{deep}");
        let long = text(&Fault { message: "è".repeat(RESPONSE_LIMIT_BYTES), ..fault() });
        assert!(long.len() <= 300 && long.starts_with("{\"errorMessage\": \"èè"), "{long}");
    }

    #[test]
    fn writes_the_xray_cause() {
        let expected = r#"{"working_directory": "/var/task", "exceptions": [{"message": "\u00e8 \"x\"", "type": "KeyError", "stack": [{"label": "f", "path": "/a.py", "line": 3}]}], "paths": ["/a.py"]}"#;
        assert_eq!(fault().xray_cause("/var/task").unwrap(), expected);
        let decided = Fault::of_runtime("Runtime.MarshalError", "no").xray_cause("/").unwrap();
        assert!(decided.contains(r#""type": "LambdaValidationError", "stack": []"#));
        assert_eq!(Fault::of_runtime("A", "x".repeat(70_000)).xray_cause("/"), None);
    }
}
