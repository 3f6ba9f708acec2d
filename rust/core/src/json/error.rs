//! What is wrong with a JSON text, in the words of AWS's Python client.

use std::borrow::Cow;
use std::fmt;

/// A text that is not JSON. `Display` gives the sentence AWS's client would report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError(Box<Parts>);

/// In a box, so that results without an error stay small.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    what: Cow<'static, str>,
    from: Position,
    to: Option<Position>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Position {
    line: usize,
    column: usize,
    character: usize,
}

impl Position {
    /// Lines and columns count from 1, characters from 0; all three count code points.
    fn of(text: &str, byte: usize) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let character = before.chars().count();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
        let line = before.matches('\n').count() + 1;
        Self { line, column, character }
    }
}

impl JsonError {
    /// An error at one place: `byte` is an index into `text`.
    pub(super) fn at(text: &str, byte: usize, what: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Parts { what: what.into(), from: Position::of(text, byte), to: None }))
    }

    /// An error about everything from `byte` to the end of `text`.
    pub(super) fn rest(text: &str, byte: usize, what: &'static str) -> Self {
        let to = Some(Position::of(text, text.len()));
        Self(Box::new(Parts { what: what.into(), from: Position::of(text, byte), to }))
    }
}

/// What could have stood where something else does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Value,
    ValueOrEnd,
    Name,
    NameOrEnd,
    Colon,
    ArrayDelimiter,
    ObjectDelimiter,
    NoArrayComma,
    NoObjectComma,
    ClosingQuote,
}

impl Expected {
    /// The error for byte `at` of `text`.
    #[cold]
    pub(super) fn at(self, text: &str, at: usize) -> JsonError {
        let what = match self {
            Self::Value => "Expecting value",
            Self::ValueOrEnd => "Expecting value or ']'",
            Self::Name => "Expecting property name enclosed in double quotes",
            Self::NameOrEnd => "Expecting property name enclosed in double quotes or '}'",
            Self::Colon => "Expecting ':' delimiter",
            Self::ArrayDelimiter => "Expecting ',' delimiter or ']'",
            Self::ObjectDelimiter => "Expecting ',' delimiter or '}'",
            Self::NoArrayComma => "Illegal trailing comma before end of array",
            Self::NoObjectComma => "Illegal trailing comma before end of object",
            Self::ClosingQuote => "Unterminated string starting at",
        };
        JsonError::at(text, at, what)
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { what, from: Position { line, column, character }, to } = &*self.0;
        write!(f, "{what}: line {line} column {column} ")?;
        match to {
            None => write!(f, "(char {character})"),
            Some(to) => write!(
                f,
                "- line {} column {} (char {character} - {})",
                to.line, to.column, to.character
            ),
        }
    }
}

impl std::error::Error for JsonError {}

#[cfg(test)]
mod tests {
    use super::JsonError;

    #[test]
    fn counts_code_points_not_bytes() {
        let error = JsonError::at("[\"é\",\n x", 8, "Expecting value");
        assert_eq!(error.to_string(), "Expecting value: line 2 column 2 (char 7)");
    }

    #[test]
    fn names_both_ends_of_extra_text() {
        let error = JsonError::rest("1 2", 2, "Extra data");
        assert_eq!(error.to_string(), "Extra data: line 1 column 3 - line 1 column 4 (char 2 - 3)");
    }
}
