//! A text through the JSON codec and through `serde_json`: the same value, or refused by both.
//! What one writes, the other reads.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sparta_fuzz::{by_core, by_core_without_short_cuts, by_reference, written};

fuzz_target!(|text: &str| {
    if text.contains("$serde_json::private") {
        return; // how the reference hides its numbers
    }
    let read = by_core(text);
    assert_eq!(read, by_core_without_short_cuts(text), "a short cut leads elsewhere");
    let reference = by_reference(text);
    match (&read, &reference) {
        (Ok(value), _) if value.has_lone_surrogate() => {} // the reference refuses these
        (Ok(value), Ok(expected)) => assert_eq!(value, expected),
        (Err(_), Err(_)) => {}
        _ => panic!("only one refuses it: {read:?}, {reference:?}"),
    }
    let Ok(value) = read else { return };
    if !value.has_infinity() {
        let again = written(&value);
        let again = std::str::from_utf8(&again).expect("written text is UTF-8");
        assert_eq!(by_core(again).as_ref(), Ok(&value), "{again}");
        if !value.has_lone_surrogate() {
            assert_eq!(by_reference(again).as_ref(), Ok(&value), "{again}");
        }
    }
});
