//! Where a JSON number ends.

/// The longest JSON number at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) length: usize,
    pub(super) is_float: bool,
}

impl Shape {
    /// Return the number that `bytes` starts with, `None` if it starts with none. What follows it
    /// is not looked at: `1.` is the number `1` with something after it.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let sign = usize::from(bytes.first() == Some(&b'-'));
        let whole = match bytes.get(sign)? {
            b'0' => sign + 1,
            b'1'..=b'9' => sign + digits(bytes, sign),
            _ => return None,
        };
        let fraction = whole + fraction(bytes, whole);
        let length = fraction + exponent(bytes, fraction);
        Some(Self { length, is_float: length > whole })
    }
}

fn digits(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len())
}

fn fraction(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at), digits(bytes, at + 1)) {
        (Some(b'.'), count @ 1..) => count + 1,
        _ => 0,
    }
}

fn exponent(bytes: &[u8], at: usize) -> usize {
    if !matches!(bytes.get(at), Some(b'e' | b'E')) {
        return 0;
    }
    let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
    match digits(bytes, at + 1 + sign) {
        0 => 0,
        count => 1 + sign + count,
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn takes_the_longest_number() {
        for (text, length, is_float) in [
            ("0", 1, false),
            ("01", 1, false),
            ("-12,", 3, false),
            ("1.", 1, false),
            ("1.5.5", 3, true),
            ("1e", 1, false),
            ("1E+", 1, false),
            ("1e+05]", 5, true),
            ("2.50e-3", 7, true),
        ] {
            assert_eq!(Shape::of(text.as_bytes()), Some(Shape { length, is_float }), "{text}");
        }
        for text in ["", "-", "-a", "+1", ".5", "--1"] {
            assert_eq!(Shape::of(text.as_bytes()), None, "{text}");
        }
    }
}
