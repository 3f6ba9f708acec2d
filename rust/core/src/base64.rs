//! Base64, as API Gateway uses it for bodies that are not text.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Append `bytes` to `out` in Base64 with padding.
pub fn encode(out: &mut Vec<u8>, bytes: &[u8]) {
    out.reserve(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for place in 0..4 {
            let letter = (bits >> (18 - 6 * place)) & 0x3f;
            let is_padding = place > group.len();
            let encoded = ALPHABET.get(letter as usize).copied().unwrap_or(b'=');
            out.push(if is_padding { b'=' } else { encoded });
        }
    }
}

/// Decode Base64 with padding; `None` if `text` is anything else, white space included.
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let padding = text.iter().rev().take_while(|byte| **byte == b'=').count();
    if !text.len().is_multiple_of(4) || padding > 2 {
        return None;
    }
    let letters = text.get(..text.len() - padding)?;
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    for group in letters.chunks(4) {
        let mut bits = 0;
        for place in 0..4 {
            bits = (bits << 6) | group.get(place).map_or(Some(0), |byte| value(*byte))?;
        }
        let [_, bytes @ ..] = bits.to_be_bytes();
        out.extend(bytes.iter().take(group.len() - 1));
    }
    Some(out)
}

fn value(letter: u8) -> Option<u32> {
    let value = match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn encodes_and_decodes() {
        for (plain, encoded) in [
            (&b""[..], &b""[..]),
            (b"f", b"Zg=="),
            (b"fo", b"Zm8="),
            (b"foo", b"Zm9v"),
            (b"foobar", b"Zm9vYmFy"),
            (b"\xff\xfe\xfd\x00", b"//79AA=="),
        ] {
            let mut out = Vec::new();
            encode(&mut out, plain);
            assert_eq!(out, encoded);
            assert_eq!(decode(encoded).unwrap(), plain);
        }
    }

    #[test]
    fn refuses_everything_else() {
        for text in ["Zg", "Zg=", "Zg===", "====", "Zg==Zg==", "Zm9v\n", "Zm 9", "Zm9-", "Z==="] {
            assert_eq!(decode(text.as_bytes()), None, "{text}");
        }
    }
}
