//! Bytes through the HTTP codec: what `sparta_core::http::fuzz` says of it holds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sparta_core::http::fuzz;

fuzz_target!(|given: (u8, &[u8])| {
    let (kind, bytes) = given;
    // Where the network cuts depends on the input, and is not the same each time.
    let mut number = usize::from(kind) + bytes.len();
    let mut cut = || {
        number = number * 31 % 251;
        1 + number % 9
    };
    match kind % 3 {
        0 => fuzz::head(bytes),
        1 => fuzz::chunks(bytes, cut),
        _ => fuzz::framed(bytes, || 1 + usize::from(kind), &mut cut),
    }
});
