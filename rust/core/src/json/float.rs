//! Writes floats as Python's `repr` does.

use std::io::Write;

/// Append `value` as Python's `repr(float)` gives it: the shortest digits that read back as the
/// same float, an exponent below 1e-4 and from 1e16 on, and `NaN`, `Infinity`, `-Infinity` as
/// AWS's client sends them.
pub fn write_float(out: &mut Vec<u8>, value: f64) {
    if value.is_nan() {
        return out.extend_from_slice(b"NaN");
    }
    if value.is_sign_negative() {
        out.push(b'-');
    }
    if value.is_infinite() {
        return out.extend_from_slice(b"Infinity");
    }
    let mut buffer = ryu::Buffer::new();
    let shortest = buffer.format_finite(value.abs());
    let plain = (1e-4..1e16).contains(&value.abs()) && !shortest.contains('e');
    if plain || value == 0.0 {
        // Within these bounds both write the same.
        return out.extend_from_slice(shortest.as_bytes());
    }
    let digits = Digits::of(shortest);
    if (-3..=16).contains(&digits.point) {
        digits.write_fixed(out);
    } else {
        digits.write_scientific(out);
    }
}

/// The significant digits of a number, without leading or trailing zeros.
struct Digits<'a> {
    /// The digits; at most one stands before the point
    whole: &'a str,
    fraction: &'a str,
    /// Where the point stands: 0 is before the first digit
    point: i32,
}

impl<'a> Digits<'a> {
    /// Read `12.5`, `0.00001`, `1e-7`, `1.2e30`.
    fn of(text: &'a str) -> Self {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let digits = whole.trim_start_matches('0');
        if digits.is_empty() {
            let significant = fraction.trim_start_matches('0');
            let point = exponent - small(fraction.len() - significant.len());
            return Self { whole: "", fraction: significant, point };
        }
        let point = exponent + small(digits.len());
        let whole = if fraction.is_empty() { digits.trim_end_matches('0') } else { digits };
        Self { whole, fraction, point }
    }

    fn all(&self) -> impl Iterator<Item = u8> {
        self.whole.bytes().chain(self.fraction.bytes())
    }

    fn write_fixed(&self, out: &mut Vec<u8>) {
        let before = usize::try_from(self.point).unwrap_or(0);
        if before == 0 {
            out.extend_from_slice(b"0.");
            out.extend(std::iter::repeat_n(b'0', self.point.unsigned_abs() as usize));
            return out.extend(self.all());
        }
        out.extend(self.all().chain(std::iter::repeat(b'0')).take(before));
        out.push(b'.');
        let count = self.whole.len() + self.fraction.len();
        if count > before { out.extend(self.all().skip(before)) } else { out.push(b'0') }
    }

    fn write_scientific(&self, out: &mut Vec<u8>) {
        let mut digits = self.all();
        out.extend(digits.next());
        let mut point = Some(b'.');
        for digit in digits {
            out.extend(point.take());
            out.push(digit);
        }
        let exponent = self.point - 1;
        let sign = if exponent < 0 { '-' } else { '+' };
        // Writing to a Vec cannot fail.
        let _ = write!(out, "e{sign}{:02}", exponent.abs());
    }
}

/// The length of at most a few dozen digits.
fn small(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::write_float;

    fn written(value: f64) -> String {
        let mut out = Vec::new();
        write_float(&mut out, value);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn equals_python_repr() {
        for (value, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (-2.5, "-2.5"),
            (100.0, "100.0"),
            (0.0001, "0.0001"),
            (0.000_123_45, "0.00012345"),
            (1e-5, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (9_007_199_254_740_993.0, "9007199254740992.0"),
            (1.234_567_890_123_456_7e17, "1.2345678901234566e+17"),
            (1e22, "1e+22"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (1.0 / 3.0, "0.3333333333333333"),
        ] {
            assert_eq!(written(value), text);
        }
    }

    #[test]
    fn writes_what_json_lacks_as_the_platform_passes_it() {
        assert_eq!(written(f64::NAN), "NaN");
        assert_eq!(written(-f64::NAN), "NaN");
        assert_eq!(written(f64::INFINITY), "Infinity");
        assert_eq!(written(f64::NEG_INFINITY), "-Infinity");
    }
}
