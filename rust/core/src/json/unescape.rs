//! Reads JSON strings.

use std::borrow::Cow;

use super::JsonError;
use super::error::Expected;
use super::escape::first_special;

/// The room for a string with escapes to start with; most need no more.
const ROOM_BYTES: usize = 1024;

/// The content of a JSON string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text<'a> {
    /// Text; borrowed where nothing was escaped.
    Utf8(Cow<'a, str>),
    /// Text with lone surrogates, which UTF-8 cannot hold: each stands as the three bytes that
    /// Python's `surrogatepass` error handler reads.
    Surrogates(Vec<u8>),
}

/// Read the string whose opening quote stands at byte `quote` of `text`; also return the index
/// after its closing quote.
pub(super) fn read_string(text: &str, quote: usize) -> Result<(Text<'_>, usize), JsonError> {
    let start = quote + 1;
    let end = start + first_special(tail(text, start));
    if text.as_bytes().get(end) == Some(&b'"') {
        let plain = text.get(start..end).unwrap_or("");
        return Ok((Text::Utf8(Cow::Borrowed(plain)), end + 1));
    }
    let out = Vec::with_capacity(tail(text, start).len().min(ROOM_BYTES));
    Unescape { text, quote, at: start, out, has_surrogates: false }.run()
}

fn tail(text: &str, at: usize) -> &[u8] {
    text.as_bytes().get(at..).unwrap_or_default()
}

struct Unescape<'a> {
    text: &'a str,
    quote: usize,
    at: usize,
    out: Vec<u8>,
    has_surrogates: bool,
}

impl<'a> Unescape<'a> {
    fn run(mut self) -> Result<(Text<'a>, usize), JsonError> {
        loop {
            let rest = tail(self.text, self.at);
            let (plain, special) = rest.split_at(first_special(rest));
            self.out.extend_from_slice(plain);
            self.at += plain.len();
            match special.first() {
                Some(b'"') => return Ok((self.finished(), self.at + 1)),
                Some(b'\\') => self.escape()?,
                Some(control) => {
                    let what =
                        format!("Invalid control character {} at", quoted((*control).into()));
                    return Err(JsonError::at(self.text, self.at, what));
                }
                None => return Err(self.unterminated()),
            }
        }
    }

    fn finished(&mut self) -> Text<'a> {
        let bytes = std::mem::take(&mut self.out);
        if self.has_surrogates {
            return Text::Surrogates(bytes);
        }
        match String::from_utf8(bytes) {
            Ok(text) => Text::Utf8(Cow::Owned(text)),
            Err(error) => Text::Surrogates(error.into_bytes()),
        }
    }

    fn unterminated(&self) -> JsonError {
        Expected::ClosingQuote.at(self.text, self.quote)
    }

    fn escape(&mut self) -> Result<(), JsonError> {
        let Some(letter) = self.text.get(self.at + 1..).and_then(|rest| rest.chars().next()) else {
            return Err(self.unterminated());
        };
        let byte = match letter {
            '"' | '\\' | '/' => letter as u8,
            'b' => 0x08,
            'f' => 0x0c,
            'n' => b'\n',
            'r' => b'\r',
            't' => b'\t',
            'u' => return self.unicode(),
            _ => {
                let what = format!("Invalid \\X escape sequence {}", quoted(letter));
                return Err(JsonError::at(self.text, self.at + 1, what));
            }
        };
        self.out.push(byte);
        self.at += 2;
        Ok(())
    }

    fn unicode(&mut self) -> Result<(), JsonError> {
        let unit = self.unit()?;
        if matches!(unit, 0xd800..=0xdbff) && tail(self.text, self.at).starts_with(b"\\u") {
            let first_end = self.at;
            let second = self.unit()?;
            if let Some(Ok(character)) = char::decode_utf16([unit, second]).next() {
                self.push(character);
                return Ok(());
            }
            self.at = first_end;
        }
        match char::from_u32(unit.into()) {
            Some(character) => self.push(character),
            None => self.push_surrogate(unit),
        }
        Ok(())
    }

    /// Read `\uXXXX` at the current place and step over it.
    fn unit(&mut self) -> Result<u16, JsonError> {
        let digits = self.text.get(self.at + 2..self.at + 6);
        let hexadecimal = digits.filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match hexadecimal.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
            Some(unit) => {
                self.at += 6;
                Ok(unit)
            }
            None => Err(JsonError::at(self.text, self.at, "Invalid \\uXXXX escape sequence")),
        }
    }

    fn push(&mut self, character: char) {
        self.out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn push_surrogate(&mut self, unit: u16) {
        self.has_surrogates = true;
        let [high, low] = unit.to_be_bytes();
        let middle = 0x80 | ((high & 0x0f) << 2) | (low >> 6);
        self.out.extend_from_slice(&[0xe0 | (high >> 4), middle, 0x80 | (low & 0x3f)]);
    }
}

/// A character as Python's `repr` shows it in an error text.
fn quoted(character: char) -> String {
    match character {
        '\n' => "'\\n'".to_owned(),
        '\r' => "'\\r'".to_owned(),
        '\t' => "'\\t'".to_owned(),
        '\'' => "\"'\"".to_owned(),
        control if control < ' ' || control == '\u{7f}' => format!("'\\x{:02x}'", control as u32),
        other => format!("'{other}'"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Text, read_string};
    use std::borrow::Cow;

    fn read(text: &str) -> Result<Text<'_>, String> {
        read_string(text, 0).map(|(text, _)| text).map_err(|error| error.to_string())
    }

    fn owned(text: &str) -> Text<'_> {
        Text::Utf8(Cow::Owned(text.to_owned()))
    }

    #[test]
    fn borrows_what_has_no_escape() {
        let (text, end) = read_string("\"abc\" x", 0).unwrap();
        assert!(matches!(text, Text::Utf8(Cow::Borrowed("abc"))));
        assert_eq!(end, 5);
    }

    #[test]
    fn unescapes() {
        assert_eq!(read(r#""a\"\\\/\b\f\n\r\tz""#), Ok(owned("a\"\\/\u{8}\u{c}\n\r\tz")));
        assert_eq!(read(r#""\u00e8\uABcd\ud83d\ude00""#), Ok(owned("è\u{abcd}😀")));
    }

    #[test]
    fn keeps_lone_surrogates() {
        assert_eq!(read(r#""\ud800""#), Ok(Text::Surrogates(vec![0xed, 0xa0, 0x80])));
        assert_eq!(read(r#""\udfffA""#), Ok(Text::Surrogates(vec![0xed, 0xbf, 0xbf, b'A'])));
        let pair_after_lone = [&[0xed, 0xa0, 0xbd][..], "😀".as_bytes()].concat();
        assert_eq!(read(r#""\uD83D\uD83D\uDE00""#), Ok(Text::Surrogates(pair_after_lone)));
    }

    #[test]
    fn says_where_a_string_breaks() {
        for (text, message) in [
            ("\"abc", "Unterminated string starting at: line 1 column 1 (char 0)"),
            ("\"ab\\", "Unterminated string starting at: line 1 column 1 (char 0)"),
            ("\"a\nb\"", "Invalid control character '\\n' at: line 1 column 3 (char 2)"),
            ("\"\u{1f}\"", "Invalid control character '\\x1f' at: line 1 column 2 (char 1)"),
            ("\"\\x\"", "Invalid \\X escape sequence 'x': line 1 column 3 (char 2)"),
            ("\"\\'\"", "Invalid \\X escape sequence \"'\": line 1 column 3 (char 2)"),
            ("\"ab\\u12", "Invalid \\uXXXX escape sequence: line 1 column 4 (char 3)"),
            ("\"\\u+123\"", "Invalid \\uXXXX escape sequence: line 1 column 2 (char 1)"),
            ("\"ab\\ud800\\u12\"", "Invalid \\uXXXX escape sequence: line 1 column 10 (char 9)"),
        ] {
            assert_eq!(read(text), Err(message.to_owned()), "{text}");
        }
    }
}
