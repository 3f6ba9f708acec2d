//! Writes JSON strings.

use super::escape::{first_special, is_special};

/// Which characters may stand in the output as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// Raw UTF-8: what AWS's client writes on python3.12 and later.
    Utf8,
    /// `\uXXXX` for everything outside printable ASCII: what it writes elsewhere.
    Ascii,
}

/// Append `text` to `out` as a JSON string, quotes included.
pub fn write_string(out: &mut Vec<u8>, text: &str, charset: Charset) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    match charset {
        Charset::Utf8 => write_escaped(out, text.as_bytes()),
        Charset::Ascii => write_ascii(out, text),
    }
    out.push(b'"');
}

/// Append UTF-8, or a part of it, as it stands within a JSON string: escaped, without quotes.
pub fn write_escaped(out: &mut Vec<u8>, text: &[u8]) {
    let mut rest = text;
    out.reserve(text.len() + text.len() / 8);
    loop {
        let (plain, tail) = rest.split_at(first_special(rest));
        out.extend_from_slice(plain);
        let Some((special, after)) = tail.split_first() else { return };
        write_escape(out, *special);
        rest = after;
    }
}

fn write_ascii(out: &mut Vec<u8>, text: &str) {
    for character in text.chars() {
        match u8::try_from(character) {
            Ok(byte) if is_special(byte) => write_escape(out, byte),
            Ok(byte) if byte < 0x7f => out.push(byte),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write_unit(out, *unit);
                }
            }
        }
    }
}

fn write_escape(out: &mut Vec<u8>, byte: u8) {
    let short = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x0c => b'f',
        0x08 => b'b',
        _ => return write_unit(out, byte.into()),
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// Append text that holds lone surrogates, given as Python's `surrogatepass` bytes, as a JSON
/// string: everything outside printable ASCII as `\uXXXX`.
pub fn write_surrogates(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'"');
    let mut rest = bytes;
    while !rest.is_empty() {
        let valid = match std::str::from_utf8(rest) {
            Ok(text) => text,
            Err(error) => rest
                .get(..error.valid_up_to())
                .map_or("", |valid| std::str::from_utf8(valid).unwrap_or("")),
        };
        write_ascii(out, valid);
        rest = rest.get(valid.len()..).unwrap_or_default();
        if let [first, middle, last, after @ ..] = rest {
            let bits = [first & 0x0f, middle & 0x3f, last & 0x3f].map(u16::from);
            write_unit(out, (bits[0] << 12) | (bits[1] << 6) | bits[2]);
            rest = after;
        } else {
            break;
        }
    }
    out.push(b'"');
}

/// Append one UTF-16 code unit as `\uXXXX`; a lone surrogate is written like any other unit.
fn write_unit(out: &mut Vec<u8>, unit: u16) {
    out.extend_from_slice(b"\\u");
    for shift in [12, 8, 4, 0] {
        let digit = (unit >> shift) & 0xf;
        let letter = char::from_digit(digit.into(), 16).unwrap_or('0');
        out.push(letter as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::{Charset, write_string, write_surrogates};

    fn written(text: &str, charset: Charset) -> String {
        let mut out = Vec::new();
        write_string(&mut out, text, charset);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn escapes_only_what_json_demands() {
        assert_eq!(written("a\"b\\c/d\n\u{1}", Charset::Utf8), r#""a\"b\\c/d\n\u0001""#);
        assert_eq!(written("\u{8}\u{c}\r\t", Charset::Utf8), r#""\b\f\r\t""#);
    }

    #[test]
    fn keeps_unicode_raw() {
        let text = "è 😀 \u{2028}\u{7f}";
        assert_eq!(written(text, Charset::Utf8), format!("\"{text}\""));
    }

    #[test]
    fn writes_lone_surrogates_as_units() {
        let mut out = Vec::new();
        write_surrogates(&mut out, b"a\xed\xa0\x80\xc3\xa8");
        assert_eq!(out, br#""a\ud800\u00e8""#);
    }

    #[test]
    fn ascii_uses_surrogate_pairs_and_escapes_delete() {
        assert_eq!(written("è😀\u{7f}~", Charset::Ascii), r#""\u00e8\ud83d\ude00\u007f~""#);
    }
}
