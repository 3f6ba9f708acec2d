//! Keys of objects come again and again: their Python strings are kept, with their hash.

use std::cell::RefCell;

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::plain::last_word;

const BUCKETS: usize = 512;
const KEY_LIMIT_BYTES: usize = 64;
const WORD: usize = 8;

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
    /// What tells keys of up to sixteen bytes apart, beside their length
    ends: Ends,
    text: Box<str>,
    string: Py<PyString>,
}

impl Key {
    #[inline]
    fn is(&self, text: &str, ends: Ends) -> bool {
        self.ends == ends
            && self.text.len() == text.len()
            && (text.len() <= 2 * WORD || *self.text == *text)
    }
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
        let ends = ends_of(text.as_bytes());
        let Some([last, older]) = self.buckets.get_mut(bucket_of(ends, text.len())) else {
            return PyString::new(py, text);
        };
        if let Some(known) = last
            && known.is(text, ends)
        {
            return known.string.bind(py).clone();
        }
        if let Some(known) = older
            && known.is(text, ends)
        {
            return known.string.bind(py).clone();
        }
        let string = PyString::new(py, text);
        *older = last.take();
        *last = Some(Key { ends, text: text.into(), string: string.clone().unbind() });
        string
    }
}

/// The first and the last eight bytes of a key; all of a shorter one.
type Ends = (u64, u64);

#[inline]
fn ends_of(bytes: &[u8]) -> Ends {
    match (bytes.first_chunk::<WORD>(), bytes.last_chunk::<WORD>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (last_word(bytes), 0),
    }
}

/// Any function will do that spreads keys that resemble each other.
#[inline]
fn bucket_of((first, last): Ends, length: usize) -> usize {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let hash = (first ^ length as u64).wrapping_mul(ODD).rotate_left(29) ^ last;
    usize::try_from(hash.wrapping_mul(ODD) >> 40).unwrap_or(0) % BUCKETS
}
