//! Reads JSON text token by token, with the rules and the error texts of AWS's Python client.
//!
//! The rules, where readers differ: `NaN` and `Infinity` are refused, lone surrogates in escapes
//! are kept, raw control characters in strings are refused, a UTF-8 byte order mark is skipped.
//! A caller reads one value with [`Scanner::value`], walks arrays and objects with the `array_*`
//! and `object_*` functions, and calls [`Scanner::finish`] at the end.

use super::JsonError;
use super::error::Expected;
use super::escape::first_special;
use super::unescape::{Text, read_string};

/// A value, or the start of one that the caller walks through.
#[derive(Debug, Clone, PartialEq)]
pub enum Token<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer that fits 64 bits
    Int(i64),
    /// Any other integer: its digits, with a sign if negative
    BigInt(&'a str),
    /// A number with a fraction or an exponent
    Float(f64),
    /// A string
    Text(Text<'a>),
    /// `[`: go on with [`Scanner::array_first`]
    Array,
    /// `{`: go on with [`Scanner::object_first`]
    Object,
}

/// Reads one JSON text.
#[derive(Debug)]
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// Start at the beginning of `text`, after a byte order mark if there is one.
    pub fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at }
    }

    /// Read the value that starts here, white space before it skipped.
    ///
    /// # Errors
    /// No value starts here, or it is a string that is not valid.
    #[inline]
    pub fn value(&mut self) -> Result<Token<'a>, JsonError> {
        self.skip_space();
        match self.peek() {
            Some(b'"') => self.text().map(Token::Text),
            Some(b'{') => Ok(self.start(Token::Object)),
            Some(b'[') => Ok(self.start(Token::Array)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'n') => self.word("null", Token::Null),
            Some(b't') => self.word("true", Token::Bool(true)),
            Some(b'f') => self.word("false", Token::Bool(false)),
            _ => Err(self.expected(Expected::Value)),
        }
    }

    /// After [`Token::Array`]: say whether the array has a first value.
    ///
    /// # Errors
    /// The text ends here.
    #[inline]
    pub fn array_first(&mut self) -> Result<bool, JsonError> {
        self.skip_space();
        match self.peek() {
            Some(b']') => Ok(self.step(false)),
            Some(_) => Ok(true),
            None => Err(self.expected(Expected::ValueOrEnd)),
        }
    }

    /// After a value of an array: say whether another follows.
    ///
    /// # Errors
    /// Neither `,` nor `]` stands here, or `]` directly after `,`.
    #[inline]
    pub fn array_next(&mut self) -> Result<bool, JsonError> {
        self.skip_space();
        match self.peek() {
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                self.skip_space();
                match self.peek() {
                    Some(b']') => Err(Expected::NoArrayComma.at(self.text, comma)),
                    _ => Ok(true),
                }
            }
            Some(b']') => Ok(self.step(false)),
            _ => Err(self.expected(Expected::ArrayDelimiter)),
        }
    }

    /// After [`Token::Object`]: read the first key and the `:` after it; `None` if it is empty.
    ///
    /// # Errors
    /// Neither a key nor `}` stands here, or no `:` follows the key.
    #[inline]
    pub fn object_first(&mut self) -> Result<Option<Text<'a>>, JsonError> {
        self.skip_space();
        match self.peek() {
            Some(b'"') => self.key().map(Some),
            Some(b'}') => {
                self.at += 1;
                Ok(None)
            }
            _ => Err(self.expected(Expected::NameOrEnd)),
        }
    }

    /// After a value of an object: read the next key and the `:` after it; `None` at the end.
    ///
    /// # Errors
    /// Neither `,` nor `}` stands here, or no key after `,`, or no `:` after the key.
    #[inline]
    pub fn object_next(&mut self) -> Result<Option<Text<'a>>, JsonError> {
        self.skip_space();
        match self.peek() {
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                self.skip_space();
                match self.peek() {
                    Some(b'"') => self.key().map(Some),
                    Some(b'}') => Err(Expected::NoObjectComma.at(self.text, comma)),
                    _ => Err(self.expected(Expected::Name)),
                }
            }
            Some(b'}') => {
                self.at += 1;
                Ok(None)
            }
            _ => Err(self.expected(Expected::ObjectDelimiter)),
        }
    }

    /// After the outermost value: check that nothing but white space follows.
    ///
    /// # Errors
    /// Something does.
    pub fn finish(&mut self) -> Result<(), JsonError> {
        self.skip_space();
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(JsonError::rest(self.text, self.at, "Extra data")),
        }
    }

    /// Read the string that comes next, white space before it skipped, if nothing in it is escaped.
    /// `None` where that is not so: [`Scanner::value`] then says what stands here.
    ///
    /// This and the four below are short cuts through what nearly every text is made of: their
    /// answers fit registers, a [`Token`] does not.
    #[inline]
    pub fn plain_text(&mut self) -> Option<&'a str> {
        self.skip_space();
        self.unescaped()
    }

    /// Step over `byte`, and say so, if it stands here.
    #[inline]
    pub fn plain_start(&mut self, byte: u8) -> bool {
        let is_here = self.peek() == Some(byte);
        self.at += usize::from(is_here);
        is_here
    }

    /// Read the integer that comes next if it is a short one.
    #[inline]
    pub fn plain_int(&mut self) -> Option<i64> {
        const LENGTH_LIMIT: usize = 18;
        let rest = self.text.as_bytes().get(self.at..)?;
        let mut value = 0;
        for (length, byte) in rest.iter().enumerate().take(LENGTH_LIMIT + 1) {
            let digit = byte.wrapping_sub(b'0');
            if digit < 10 && length < LENGTH_LIMIT {
                value = value * 10 + i64::from(digit);
                continue;
            }
            let is_whole = !matches!(byte, b'.' | b'e' | b'E' | b'0'..=b'9') && length > 0;
            let leads_with_zero = length > 1 && rest.first() == Some(&b'0');
            return (is_whole && !leads_with_zero).then(|| {
                self.at += length;
                value
            });
        }
        None
    }

    /// After [`Token::Object`]: read the first key and the `:` after it if the key has no escape.
    /// `None` where that is not so: [`Scanner::object_first`] then says what stands here.
    #[inline]
    pub fn plain_first_key(&mut self) -> Option<&'a str> {
        self.skip_space();
        self.plain_key(self.at)
    }

    /// After a value of an object: read the `,`, the next key and the `:` after it if the key has
    /// no escape. `None` where that is not so: [`Scanner::object_next`] then says what stands here.
    #[inline]
    pub fn plain_next_key(&mut self) -> Option<&'a str> {
        self.skip_space();
        let start = self.at;
        if self.peek() != Some(b',') {
            return None;
        }
        self.at += 1;
        self.skip_space();
        self.plain_key(start)
    }

    /// Read a key and the `:` after it; go back to `start` where that is not what stands here.
    #[inline]
    fn plain_key(&mut self, start: usize) -> Option<&'a str> {
        if let Some(key) = self.unescaped() {
            self.skip_space();
            if self.peek() == Some(b':') {
                self.at += 1;
                return Some(key);
            }
        }
        self.at = start;
        None
    }

    #[inline]
    fn unescaped(&mut self) -> Option<&'a str> {
        if self.peek() != Some(b'"') {
            return None;
        }
        let start = self.at + 1;
        let end = start + first_special(self.text.as_bytes().get(start..)?);
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn step(&mut self, answer: bool) -> bool {
        self.at += 1;
        answer
    }

    fn start(&mut self, token: Token<'a>) -> Token<'a> {
        self.at += 1;
        token
    }

    fn expected(&self, what: Expected) -> JsonError {
        what.at(self.text, self.at)
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn word(&mut self, word: &str, token: Token<'a>) -> Result<Token<'a>, JsonError> {
        if !self.rest().starts_with(word) {
            return Err(self.expected(Expected::Value));
        }
        self.at += word.len();
        Ok(token)
    }

    fn text(&mut self) -> Result<Text<'a>, JsonError> {
        let (text, end) = read_string(self.text, self.at)?;
        self.at = end;
        Ok(text)
    }

    fn key(&mut self) -> Result<Text<'a>, JsonError> {
        let key = self.text()?;
        self.skip_space();
        match self.peek() {
            Some(b':') => {
                self.at += 1;
                Ok(key)
            }
            _ => Err(self.expected(Expected::Colon)),
        }
    }

    fn number(&mut self) -> Result<Token<'a>, JsonError> {
        let Some(shape) = super::number::Shape::of(self.rest().as_bytes()) else {
            return Err(self.expected(Expected::Value));
        };
        let digits = self.rest().get(..shape.length).unwrap_or("");
        self.at += shape.length;
        Ok(if shape.is_float {
            Token::Float(digits.parse().unwrap_or(f64::NAN))
        } else {
            digits.parse().map_or(Token::BigInt(digits), Token::Int)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Scanner, Text, Token};
    use std::borrow::Cow;

    fn one(text: &str) -> Result<Token<'_>, String> {
        let mut scanner = Scanner::new(text);
        let token = scanner.value().map_err(|error| error.to_string())?;
        scanner.finish().map_err(|error| error.to_string())?;
        Ok(token)
    }

    /// Read everything, keep nothing.
    fn walk(scanner: &mut Scanner) -> Result<(), super::JsonError> {
        match scanner.value()? {
            Token::Array => {
                let mut more = scanner.array_first()?;
                while more {
                    walk(scanner)?;
                    more = scanner.array_next()?;
                }
            }
            Token::Object => {
                let mut key = scanner.object_first()?;
                while key.is_some() {
                    walk(scanner)?;
                    key = scanner.object_next()?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn fault(text: &str) -> String {
        let mut scanner = Scanner::new(text);
        let result = walk(&mut scanner).and_then(|()| scanner.finish());
        result.unwrap_err().to_string()
    }

    #[test]
    fn reads_each_kind_of_value() {
        assert_eq!(one(" null "), Ok(Token::Null));
        assert_eq!(one("true"), Ok(Token::Bool(true)));
        assert_eq!(one("-0"), Ok(Token::Int(0)));
        assert_eq!(one("9223372036854775807"), Ok(Token::Int(i64::MAX)));
        assert_eq!(one("9223372036854775808"), Ok(Token::BigInt("9223372036854775808")));
        assert_eq!(one("-1.5e+2"), Ok(Token::Float(-150.0)));
        assert_eq!(one("1e400"), Ok(Token::Float(f64::INFINITY)));
        assert_eq!(one("\u{feff}\"è\""), Ok(Token::Text(Text::Utf8(Cow::Borrowed("è")))));
    }

    #[test]
    fn short_cuts_read_what_the_long_way_reads_or_nothing() {
        for text in [
            "0",
            "7",
            "01",
            "10 ",
            "999999999999999999,",
            "9999999999999999999",
            "1.5",
            "1e5",
            "1.",
            "-1",
            "",
            "\"a\"",
            "\"a\\n\"",
            "\"a",
            "null",
            " \"b\" ",
        ] {
            let long = Scanner::new(text).value().ok();
            let number = Scanner::new(text).plain_int().map(Token::Int);
            let string = Scanner::new(text).plain_text();
            let string = string.map(|text| Token::Text(Text::Utf8(Cow::Borrowed(text))));
            assert!(number.is_none() || number == long, "{text}");
            assert!(string.is_none() || string == long, "{text}");
        }
        assert_eq!(Scanner::new("12]").plain_int(), Some(12));
        assert_eq!(Scanner::new("12").plain_int(), None);
        let mut scanner = Scanner::new("{ \"a\" : 1 , \"b\":2, \"c\\n\":3}");
        assert_eq!(scanner.value(), Ok(Token::Object));
        assert_eq!(scanner.plain_first_key(), Some("a"));
        assert_eq!(scanner.value(), Ok(Token::Int(1)));
        assert_eq!(scanner.plain_next_key(), Some("b"));
        assert_eq!(scanner.value(), Ok(Token::Int(2)));
        assert_eq!(scanner.plain_next_key(), None);
        assert_eq!(scanner.object_next(), Ok(Some(Text::Utf8(Cow::Borrowed("c\n")))));
    }

    #[test]
    fn refuses_as_the_reference_does() {
        for (text, message) in [
            ("", "Expecting value: line 1 column 1 (char 0)"),
            ("nul", "Expecting value: line 1 column 1 (char 0)"),
            ("NaN", "Expecting value: line 1 column 1 (char 0)"),
            ("-Infinity", "Expecting value: line 1 column 1 (char 0)"),
            (
                "{",
                "Expecting property name enclosed in double quotes or '}': line 1 column 2 (char 1)",
            ),
            ("{\"a\"", "Expecting ':' delimiter: line 1 column 5 (char 4)"),
            ("{\"a\":", "Expecting value: line 1 column 6 (char 5)"),
            ("{\"a\":1", "Expecting ',' delimiter or '}': line 1 column 7 (char 6)"),
            ("{\"a\":1,}", "Illegal trailing comma before end of object: line 1 column 7 (char 6)"),
            (
                "{\"a\":1, x",
                "Expecting property name enclosed in double quotes: line 1 column 9 (char 8)",
            ),
            ("[", "Expecting value or ']': line 1 column 2 (char 1)"),
            ("[1", "Expecting ',' delimiter or ']': line 1 column 3 (char 2)"),
            ("[1,]", "Illegal trailing comma before end of array: line 1 column 3 (char 2)"),
            ("[1,", "Expecting value: line 1 column 4 (char 3)"),
            ("01", "Extra data: line 1 column 2 - line 1 column 3 (char 1 - 2)"),
            ("1.", "Extra data: line 1 column 2 - line 1 column 3 (char 1 - 2)"),
            (
                "\u{feff}{",
                "Expecting property name enclosed in double quotes or '}': line 1 column 3 (char 2)",
            ),
            ("[\"é\", x", "Expecting value: line 1 column 7 (char 6)"),
        ] {
            assert_eq!(fault(text), message, "{text}");
        }
    }
}
