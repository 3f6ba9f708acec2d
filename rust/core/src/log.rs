//! Log lines as AWS's client writes them, and the frames that carry them where Lambda offers a
//! file descriptor for that.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::clock::timestamp;
use crate::fault::Fault;

/// What a frame holds. Its first four bytes say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameType {
    /// Text of no particular level
    Text,
    /// Text of a level, numbered as Python's `logging` does: 10 is DEBUG, 50 CRITICAL
    Level(u8),
}

impl FrameType {
    /// The level ERROR.
    pub const ERROR: Self = Self::Level(40);

    fn code(self) -> u32 {
        let step = match self {
            Self::Text | Self::Level(0..10) => 0,
            Self::Level(level) => u32::from((level / 10).min(5)) + 1,
        };
        0xa55a_0003 + 4 * step
    }
}

/// Return `message` in a frame: type, length, time in microseconds (big-endian), message.
pub fn frame(kind: FrameType, time: SystemTime, message: &[u8]) -> Vec<u8> {
    let since_1970 = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let microseconds = u64::try_from(since_1970.as_micros()).unwrap_or(u64::MAX);
    let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
    let mut frame = Vec::with_capacity(16 + message.len());
    frame.extend_from_slice(&kind.code().to_be_bytes());
    frame.extend_from_slice(&length.to_be_bytes());
    frame.extend_from_slice(&microseconds.to_be_bytes());
    frame.extend_from_slice(message);
    frame
}

/// Return the line of one log record, with its line end.
pub fn record(level: &str, time: SystemTime, request_id: &str, message: &str) -> String {
    format!("[{level}]\t{}\t{request_id}\t{message}\n", timestamp(time))
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
    use super::{FrameType, fault_lines, frame, record, split_lines};
    use crate::fault::Fault;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn frames_a_message() {
        let time = UNIX_EPOCH + Duration::from_micros(1);
        let expected = b"\xa5\x5a\x00\x03\0\0\0\x03\0\0\0\0\0\0\0\x01\xc3\xa8!";
        assert_eq!(frame(FrameType::Text, time, "è!".as_bytes()), expected);
    }

    #[test]
    fn numbers_the_levels() {
        let of = |level| FrameType::Level(level).code();
        assert_eq!(
            [0, 10, 20, 35, 40, 50, 99].map(of),
            [
                0xa55a_0003,
                0xa55a_000b,
                0xa55a_000f,
                0xa55a_0013,
                0xa55a_0017,
                0xa55a_001b,
                0xa55a_001b,
            ]
        );
        assert_eq!(FrameType::ERROR.code(), 0xa55a_0017);
    }

    #[test]
    fn writes_a_record() {
        let line = record("WARNING", UNIX_EPOCH, "id", "text");
        assert_eq!(line, "[WARNING]\t1970-01-01T00:00:00.000Z\tid\ttext\n");
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
