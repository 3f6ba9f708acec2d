//! Keys of objects come again and again: their Python strings are kept, with their hash.

use std::cell::RefCell;

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::plain::last_word;

const BUCKETS: usize = 512;
const KEY_LIMIT_BYTES: usize = 64;

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// What is kept from one decoding to the next.
#[derive(Default)]
pub(super) struct Kept {
    /// The keys seen last
    pub(super) keys: Keys,
    /// Empty, with the room it once needed
    pub(super) items: Vec<Py<PyAny>>,
}

impl Kept {
    /// Call `use_kept` with what this thread has kept.
    pub(super) fn with<T>(use_kept: impl FnOnce(&mut Self) -> T) -> T {
        KEPT.with(|kept| match kept.try_borrow_mut() {
            Ok(mut kept) => use_kept(&mut kept),
            // Python code that runs within a decoding (a finaliser) may decode too.
            Err(_) => use_kept(&mut Self::default()),
        })
    }
}

/// The keys seen last, two in each bucket: with one, two keys that fall into the same would push
/// each other out in every event.
#[derive(Default)]
pub(super) struct Keys {
    buckets: Vec<[Option<Key>; 2]>,
}

struct Key {
    text: Box<str>,
    string: Py<PyString>,
}

impl Keys {
    /// Return the Python string of a key.
    pub(super) fn key<'py>(&mut self, py: Python<'py>, text: &str) -> Bound<'py, PyString> {
        if text.len() > KEY_LIMIT_BYTES {
            return PyString::new(py, text);
        }
        if self.buckets.is_empty() {
            self.buckets.resize_with(BUCKETS, || [None, None]);
        }
        let Some([last, older]) = self.buckets.get_mut(bucket_of(text.as_bytes())) else {
            return PyString::new(py, text);
        };
        for known in [&*last, &*older].into_iter().flatten() {
            if equal(known.text.as_bytes(), text.as_bytes()) {
                return known.string.bind(py).clone();
            }
        }
        let string = PyString::new(py, text);
        *older = last.take();
        *last = Some(Key { text: text.into(), string: string.clone().unbind() });
        string
    }
}

/// Compare as `==` does, without a call: keys are short.
#[inline]
fn equal(one: &[u8], other: &[u8]) -> bool {
    let (words, rest) = one.as_chunks::<8>();
    let (other_words, other_rest) = other.as_chunks::<8>();
    one.len() == other.len()
        && last_word(rest) == last_word(other_rest)
        && words.iter().zip(other_words).all(|(word, other_word)| word == other_word)
}

/// Any function will do that spreads keys that resemble each other.
fn bucket_of(bytes: &[u8]) -> usize {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, rest) = bytes.as_chunks::<8>();
    let mut hash = bytes.len() as u64;
    for word in words {
        hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(ODD).rotate_left(29);
    }
    hash ^= match bytes.last_chunk() {
        _ if rest.is_empty() => 0,
        Some(last) => u64::from_le_bytes(*last),
        None => last_word(rest),
    };
    usize::try_from(hash.wrapping_mul(ODD) >> 40).unwrap_or(0) % BUCKETS
}
