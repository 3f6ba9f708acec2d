//! Strings and numbers as the core writes them, read by `serde_json`; Base64 there and back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sparta_core::base64;
use sparta_core::json::{Charset, write_float, write_string};

fuzz_target!(|given: (f64, &[u8])| {
    let (number, bytes) = given;
    let mut encoded = Vec::new();
    base64::encode(&mut encoded, bytes);
    assert_eq!(base64::decode(&encoded).as_deref(), Some(bytes));
    if let Some(decoded) = base64::decode(bytes) {
        let mut again = Vec::new();
        base64::encode(&mut again, &decoded);
        // Bits that the padding leaves over may differ; letters before the last may not.
        assert_eq!(again.len(), bytes.len());
        assert!(again.iter().zip(bytes).take(bytes.len().saturating_sub(4)).all(|(a, b)| a == b));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        for charset in [Charset::Utf8, Charset::Ascii] {
            let mut written = Vec::new();
            write_string(&mut written, text, charset);
            assert!(charset == Charset::Utf8 || written.is_ascii());
            let read: String = serde_json::from_slice(&written).expect("valid JSON");
            assert_eq!(read, text);
        }
    }
    let mut written = Vec::new();
    write_float(&mut written, number);
    let written = std::str::from_utf8(&written).expect("ASCII");
    if number.is_finite() {
        assert_eq!(written.parse::<f64>().map(f64::to_bits), Ok(number.to_bits()), "{written}");
        serde_json::from_str::<serde_json::Number>(written).expect("valid JSON");
    }
});
