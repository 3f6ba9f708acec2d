//! Keys of objects come again and again: their Python strings are kept, with their hash.

use std::cell::RefCell;

use pyo3::prelude::*;
use pyo3::types::PyString;

const SLOTS: usize = 512;
const KEY_LIMIT_BYTES: usize = 64;

thread_local! {
    static KEYS: RefCell<Keys> = RefCell::default();
}

/// The keys seen last, one in each slot.
#[derive(Default)]
pub(super) struct Keys {
    slots: Vec<Option<(Box<str>, Py<PyString>)>>,
}

impl Keys {
    /// Call `use_keys` with the keys of this thread.
    pub(super) fn with<T>(use_keys: impl FnOnce(&mut Self) -> T) -> T {
        KEYS.with(|keys| match keys.try_borrow_mut() {
            Ok(mut keys) => use_keys(&mut keys),
            // Python code that runs within a decoding (a finaliser) may decode too.
            Err(_) => use_keys(&mut Self::default()),
        })
    }

    /// Return the Python string of a key.
    pub(super) fn key<'py>(&mut self, py: Python<'py>, text: &str) -> Bound<'py, PyString> {
        if text.len() > KEY_LIMIT_BYTES {
            return PyString::new(py, text);
        }
        if self.slots.is_empty() {
            self.slots.resize_with(SLOTS, || None);
        }
        let Some(slot) = self.slots.get_mut(slot_of(text.as_bytes())) else {
            return PyString::new(py, text);
        };
        match slot {
            Some((known, string)) if **known == *text => string.bind(py).clone(),
            _ => {
                let string = PyString::new(py, text);
                *slot = Some((text.into(), string.clone().unbind()));
                string
            }
        }
    }
}

/// Any function will do that spreads keys that resemble each other.
fn slot_of(bytes: &[u8]) -> usize {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, rest) = bytes.as_chunks::<8>();
    let mut hash = bytes.len() as u64;
    for word in words {
        hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(ODD).rotate_left(29);
    }
    for byte in rest {
        hash = (hash << 8) ^ (hash >> 56) ^ u64::from(*byte);
    }
    usize::try_from(hash.wrapping_mul(ODD) >> 40).unwrap_or(0) % SLOTS
}
