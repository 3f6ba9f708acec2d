//! Log lines as AWS's client writes them, and the frames that carry them where Lambda offers a
//! file descriptor for that.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::clock::{timestamp, timestamp_s};
use crate::fault::Fault;
use crate::json::{Charset, write_string};

/// How log lines are written: `AWS_LAMBDA_LOG_FORMAT`.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Fields between tabs
    #[default]
    Text,
    /// One JSON object for each record
    Json,
}

impl Format {
    /// Read the variable's value.
    pub fn of(value: &str) -> Self {
        if value.eq_ignore_ascii_case("json") { Self::Json } else { Self::Text }
    }
}

/// What a frame holds. Its first four bytes say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameType([u8; 4]);

impl FrameType {
    /// Text of no particular level.
    pub const TEXT: Self = Self(0xa55a_0003_u32.to_be_bytes());

    /// A record of a level, numbered as Python's `logging` does: 10 is DEBUG, 50 CRITICAL; 0 is
    /// none in particular.
    pub fn of_level(format: Format, level: i64) -> Self {
        let base: u32 = match format {
            Format::Text => 0xa55a_0003,
            Format::Json => 0xa55a_0002,
        };
        let step = match u32::try_from(level.clamp(0, 50) / 10) {
            Ok(0) | Err(_) => 0,
            Ok(tens) => tens + 1,
        };
        Self((base + 4 * step).to_be_bytes())
    }

    /// The type that these bytes are.
    pub fn of_bytes(bytes: [u8; 4]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub fn bytes(self) -> [u8; 4] {
        self.0
    }
}

/// Return `message` in a frame: type, length, time in microseconds (big-endian), message.
pub fn frame(kind: FrameType, time: SystemTime, message: &[u8]) -> Vec<u8> {
    let since_1970 = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let microseconds = u64::try_from(since_1970.as_micros()).unwrap_or(u64::MAX);
    let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
    let mut frame = Vec::with_capacity(16 + message.len());
    frame.extend_from_slice(&kind.bytes());
    frame.extend_from_slice(&length.to_be_bytes());
    frame.extend_from_slice(&microseconds.to_be_bytes());
    frame.extend_from_slice(message);
    frame
}

/// A log record of the runtime's own.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// Such as `WARNING`
    pub level: &'a str,
    /// The name of the logger
    pub logger: &'a str,
    /// The invocation; empty while the function starts
    pub request_id: &'a str,
    /// The text
    pub message: &'a str,
}

impl Record<'_> {
    /// Return its line, with the line end.
    pub fn line(&self, format: Format, time: SystemTime) -> String {
        if format == Format::Text {
            let Self { level, request_id, message, .. } = self;
            return format!("[{level}]\t{}\t{request_id}\t{message}\n", timestamp(time));
        }
        let mut out = Vec::with_capacity(128 + self.message.len());
        for (key, value) in [
            ("{\"timestamp\": ", &*timestamp_s(time)),
            (", \"level\": ", self.level),
            (", \"message\": ", self.message),
            (", \"logger\": ", self.logger),
            (", \"requestId\": ", self.request_id),
        ] {
            out.extend_from_slice(key.as_bytes());
            write_string(&mut out, value, Charset::Utf8);
        }
        out.extend_from_slice(b"}\n");
        String::from_utf8_lossy(&out).into_owned()
    }
}

/// Return the line that reports `fault` where log lines are JSON, without a line end.
pub fn fault_json(fault: &Fault, charset: Charset, time: SystemTime) -> String {
    let body = fault.to_json(charset);
    let fields = String::from_utf8_lossy(body.get(1..).unwrap_or_default());
    format!("{{\"timestamp\": \"{}\", \"level\": \"ERROR\", {fields}", timestamp_s(time))
}

/// Return the lines that report `fault`. Joined by `\r` and ended by `\n` they are one event in
/// Amazon's log service; leading spaces, which it would drop, are no-break spaces.
pub fn fault_lines(fault: &Fault) -> Vec<String> {
    let mut first = "[ERROR]".to_owned();
    if !fault.error_type.is_empty() {
        first = format!("{first} {}", fault.error_type);
    }
    if !fault.message.is_empty() {
        let colon = if fault.error_type.is_empty() { "" } else { ":" };
        first = format!("{first}{colon} {}", fault.message);
    }
    let mut lines = vec![first, "Traceback (most recent call last):".to_owned()];
    for element in &fault.stack {
        lines.extend(split_lines(element).map(with_fixed_indentation));
    }
    lines
}

/// Split as Python's `str.splitlines` does.
fn split_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(is_line_end).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        let after_pair = tail.strip_prefix("\r\n");
        let after = after_pair.unwrap_or_else(|| {
            let mut characters = tail.chars();
            characters.next();
            characters.as_str()
        });
        rest = after;
        Some(line)
    })
}

fn is_line_end(character: char) -> bool {
    matches!(
        character,
        '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn with_fixed_indentation(line: &str) -> String {
    let text = line.trim_start_matches(' ');
    let mut fixed = "\u{a0}".repeat(line.len() - text.len());
    fixed.push_str(text);
    fixed
}

#[cfg(test)]
mod tests {
    use super::{Format, FrameType, Record, fault_json, fault_lines, frame, split_lines};
    use crate::fault::Fault;
    use crate::json::Charset;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn frames_a_message() {
        let time = UNIX_EPOCH + Duration::from_micros(1);
        let expected = b"\xa5\x5a\x00\x03\0\0\0\x03\0\0\0\0\0\0\0\x01\xc3\xa8!";
        assert_eq!(frame(FrameType::TEXT, time, "è!".as_bytes()), expected);
    }

    #[test]
    fn numbers_the_levels() {
        let of = |format, level| u32::from_be_bytes(FrameType::of_level(format, level).bytes());
        let text = [-5, 9, 10, 20, 35, 40, 50, 99].map(|level| of(Format::Text, level) & 0xff);
        assert_eq!(text, [0x03, 0x03, 0x0b, 0x0f, 0x13, 0x17, 0x1b, 0x1b]);
        let json = [0, 10, 20, 35, 40, 50].map(|level| of(Format::Json, level));
        let expected = [0x02, 0x0a, 0x0e, 0x12, 0x16, 0x1a].map(|last| 0xa55a_0000 + last);
        assert_eq!(json, expected);
    }

    #[test]
    fn writes_a_record() {
        assert_eq!([Format::of("JsoN"), Format::of("xml")], [Format::Json, Format::Text]);
        let record =
            Record { level: "WARNING", logger: "root", request_id: "id", message: "a \"b\"" };
        let line = record.line(Format::Text, UNIX_EPOCH);
        assert_eq!(line, "[WARNING]\t1970-01-01T00:00:00.000Z\tid\ta \"b\"\n");
        let line = record.line(Format::Json, UNIX_EPOCH);
        let expected = r#"{"timestamp": "1970-01-01T00:00:00Z", "level": "WARNING", "message": "a \"b\"", "logger": "root", "requestId": "id"}"#;
        assert_eq!(line.trim_end(), expected);
    }

    #[test]
    fn reports_a_fault_as_json() {
        let line = fault_json(&Fault::of_runtime("A", "è"), Charset::Utf8, UNIX_EPOCH);
        let expected = r#"{"timestamp": "1970-01-01T00:00:00Z", "level": "ERROR", "errorMessage": "è", "errorType": "A", "requestId": "", "stackTrace": []}"#;
        assert_eq!(line, expected);
    }

    #[test]
    fn reports_a_fault() {
        let fault = Fault {
            message: "bad".to_owned(),
            error_type: "KeyError".to_owned(),
            stack: vec!["  File \"a.py\", line 1, in f\n    g()\n".to_owned()],
            ..Fault::default()
        };
        let lines = fault_lines(&fault).join("|");
        let expected = "[ERROR] KeyError: bad|Traceback (most recent call last):|\
            \u{a0}\u{a0}File \"a.py\", line 1, in f|\u{a0}\u{a0}\u{a0}\u{a0}g()";
        assert_eq!(lines, expected);
        assert_eq!(fault_lines(&Fault::default())[0], "[ERROR]");
    }

    #[test]
    fn splits_lines_as_python_does() {
        let lines: Vec<&str> = split_lines("a\r\nb\n\nc\u{2028}d\u{b}e\n").collect();
        assert_eq!(lines, ["a", "b", "", "c", "d", "e"]);
        assert_eq!(split_lines("").count(), 0);
    }
}
