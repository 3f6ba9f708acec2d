//! JSON values as both readers give them, so that they can be compared.

use sparta_core::json::{
    Charset, JsonError, Scanner, Text, Token, write_float, write_string, write_surrogates,
};

/// Nothing deeper is compared: reference and target use the stack of the fuzzer.
pub const DEPTH_LIMIT: usize = 200;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// An integer, as its shortest digits
    Int(String),
    /// A float, as its bits
    Float(u64),
    /// Text
    Text(String),
    /// Text with lone surrogates, as the core holds it
    Surrogates(Vec<u8>),
    /// An array
    Array(Vec<Value>),
    /// Members in the order of their first appearance; the last value of each
    Object(Vec<(Value, Value)>),
}

impl Value {
    /// Say whether UTF-8 cannot hold one of its strings.
    pub fn has_lone_surrogate(&self) -> bool {
        self.any(&|value| matches!(value, Self::Surrogates(_)))
    }

    /// Say whether one of its numbers is too large for a float.
    pub fn has_infinity(&self) -> bool {
        self.any(&|value| matches!(value, Self::Float(bits) if f64::from_bits(*bits).is_infinite()))
    }

    fn any(&self, holds: &dyn Fn(&Self) -> bool) -> bool {
        holds(self)
            || match self {
                Self::Array(items) => items.iter().any(|item| item.any(holds)),
                Self::Object(members) => {
                    members.iter().any(|(key, value)| key.any(holds) || value.any(holds))
                }
                _ => false,
            }
    }

    fn integer(digits: &str) -> Self {
        Self::Int(if digits == "-0" { "0".to_owned() } else { digits.to_owned() })
    }

    fn of(text: Text<'_>) -> Self {
        match text {
            Text::Utf8(text) => Self::Text(text.into_owned()),
            Text::Surrogates(bytes) => Self::Surrogates(bytes),
        }
    }
}

/// Why there is no value.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// Not JSON, with the reader's text
    Invalid(String),
    /// Not compared
    TooDeep,
}

impl From<JsonError> for Refusal {
    fn from(error: JsonError) -> Self {
        Self::Invalid(error.to_string())
    }
}

/// Read as the library does: by the short cuts, where they lead somewhere.
pub fn by_core(text: &str) -> Result<Value, Refusal> {
    Reading { scanner: Scanner::new(text), has_short_cuts: true }.whole()
}

/// Read token by token.
pub fn by_core_without_short_cuts(text: &str) -> Result<Value, Refusal> {
    Reading { scanner: Scanner::new(text), has_short_cuts: false }.whole()
}

struct Reading<'a> {
    scanner: Scanner<'a>,
    has_short_cuts: bool,
}

impl Reading<'_> {
    fn whole(mut self) -> Result<Value, Refusal> {
        let value = self.value(0)?;
        self.scanner.finish()?;
        Ok(value)
    }

    fn value(&mut self, depth: usize) -> Result<Value, Refusal> {
        if depth > DEPTH_LIMIT {
            return Err(Refusal::TooDeep);
        }
        if self.has_short_cuts {
            if let Some(text) = self.scanner.plain_text() {
                return Ok(Value::Text(text.to_owned()));
            }
            if let Some(number) = self.scanner.plain_int() {
                return Ok(Value::Int(number.to_string()));
            }
        }
        Ok(match self.scanner.value()? {
            Token::Null => Value::Null,
            Token::Bool(value) => Value::Bool(value),
            Token::Int(number) => Value::Int(number.to_string()),
            Token::BigInt(digits) => Value::integer(digits),
            Token::Float(number) => Value::Float(number.to_bits()),
            Token::Text(text) => Value::of(text),
            Token::Array => self.array(depth)?,
            Token::Object => self.object(depth)?,
        })
    }

    fn array(&mut self, depth: usize) -> Result<Value, Refusal> {
        let mut items = Vec::new();
        let mut more = self.scanner.array_first()?;
        while more {
            items.push(self.value(depth + 1)?);
            more = self.scanner.array_next()?;
        }
        Ok(Value::Array(items))
    }

    fn object(&mut self, depth: usize) -> Result<Value, Refusal> {
        let mut members = Vec::new();
        let mut key = self.key(true)?;
        while let Some(name) = key {
            let value = self.value(depth + 1)?;
            match members.iter_mut().find(|(known, _)| *known == name) {
                Some((_, first)) => *first = value,
                None => members.push((name, value)),
            }
            key = self.key(false)?;
        }
        Ok(Value::Object(members))
    }

    fn key(&mut self, is_first: bool) -> Result<Option<Value>, Refusal> {
        let scanner = &mut self.scanner;
        if self.has_short_cuts {
            let plain = if is_first { scanner.plain_first_key() } else { scanner.plain_next_key() };
            if let Some(key) = plain {
                return Ok(Some(Value::Text(key.to_owned())));
            }
        }
        let key = if is_first { scanner.object_first()? } else { scanner.object_next()? };
        Ok(key.map(Value::of))
    }
}

/// Read by `serde_json`, which knows no byte order mark.
pub fn by_reference(text: &str) -> Result<Value, Refusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let depth = text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
    if depth > 20 * DEPTH_LIMIT {
        return Err(Refusal::TooDeep);
    }
    let invalid = |error: serde_json::Error| Refusal::Invalid(error.to_string());
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.disable_recursion_limit();
    let value = serde::Deserialize::deserialize(&mut reader).map_err(invalid)?;
    reader.end().map_err(invalid)?;
    of_reference(value, 0)
}

fn of_reference(value: serde_json::Value, depth: usize) -> Result<Value, Refusal> {
    use serde_json::Value as Theirs;
    if depth > DEPTH_LIMIT {
        return Err(Refusal::TooDeep);
    }
    let below = |value| of_reference(value, depth + 1);
    Ok(match value {
        Theirs::Null => Value::Null,
        Theirs::Bool(value) => Value::Bool(value),
        Theirs::Number(number) => match number.as_str() {
            float if float.contains(['.', 'e', 'E']) => {
                Value::Float(float.parse::<f64>().map_or(0, f64::to_bits))
            }
            digits => Value::integer(digits),
        },
        Theirs::String(text) => Value::Text(text),
        Theirs::Array(items) => {
            Value::Array(items.into_iter().map(below).collect::<Result<_, _>>()?)
        }
        Theirs::Object(members) => {
            let member = |(key, value)| Ok((Value::Text(key), below(value)?));
            Value::Object(members.into_iter().map(member).collect::<Result<_, Refusal>>()?)
        }
    })
}

/// Write as the core does.
pub fn written(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, value);
    out
}

fn write(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Value::Int(digits) => out.extend_from_slice(digits.as_bytes()),
        Value::Float(bits) => write_float(out, f64::from_bits(*bits)),
        Value::Text(text) => write_string(out, text, Charset::Ascii),
        Value::Surrogates(bytes) => write_surrogates(out, bytes),
        Value::Array(items) => separated(out, b'[', b']', items, write),
        Value::Object(members) => separated(out, b'{', b'}', members, |out, (key, value)| {
            write(out, key);
            out.push(b':');
            write(out, value);
        }),
    }
}

fn separated<T>(
    out: &mut Vec<u8>,
    open: u8,
    close: u8,
    items: &[T],
    one: impl Fn(&mut Vec<u8>, &T),
) {
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        one(out, item);
    }
    out.push(close);
}
