//! Strings in which nothing must be escaped: nearly all there are.
#![expect(unsafe_code, reason = "a check of the capacity for each word doubles the time")]

use sparta_core::json::has_special;

const WORD: usize = 8;

/// Append `text` with its quotes if none of it must be escaped; otherwise append nothing. Each
/// byte is looked at once, while it is copied.
#[inline]
pub(super) fn write_plain(out: &mut Vec<u8>, text: &str) -> bool {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2 + WORD);
    let spare = out.spare_capacity_mut().as_mut_ptr().cast::<u8>();
    // SAFETY: what is reserved holds the quotes, the bytes, and the last word's surplus.
    let copied = unsafe { copy_plain(spare.add(1), bytes) };
    if !copied {
        return false;
    }
    // SAFETY: the first reserved byte.
    unsafe { spare.write(b'"') };
    // SAFETY: the reserved byte after the text.
    unsafe { spare.add(1 + bytes.len()).write(b'"') };
    let length = out.len() + bytes.len() + 2;
    // SAFETY: so much is reserved, and written just above.
    unsafe { out.set_len(length) };
    true
}

/// Copy `bytes` to `to`; false, with some of them copied, where one must be escaped.
///
/// # Safety
/// There must be room for `bytes` and a word more.
unsafe fn copy_plain(to: *mut u8, bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<WORD>();
    let mut to = to.cast::<[u8; WORD]>();
    for word in words {
        if has_special(u64::from_le_bytes(*word)) {
            return false;
        }
        // SAFETY: the caller's room; no alignment is needed for bytes.
        unsafe { to.write(*word) };
        // SAFETY: there is room for a word more.
        to = unsafe { to.add(1) };
    }
    let last = last_word(rest);
    // SAFETY: the caller's room for a word more.
    unsafe { to.write(last.to_le_bytes()) };
    !has_special(last)
}

/// The bytes of less than a word, and spaces after them; by two loads that overlap, in place of
/// one for each byte.
#[inline]
fn last_word(bytes: &[u8]) -> u64 {
    const SPACES: u64 = u64::from_le_bytes([b' '; WORD]);
    let shifted = |byte: u8, place: usize| u64::from(byte) << (8 * place);
    let text = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let upper = u64::from(u32::from_le_bytes(*last)) << (8 * (bytes.len() - 4));
        u64::from(u32::from_le_bytes(*first)) | upper
    } else {
        match bytes {
            [] => return SPACES,
            [one] => u64::from(*one),
            [one, two] => u64::from(*one) | shifted(*two, 1),
            [one, two, last, ..] => u64::from(*one) | shifted(*two, 1) | shifted(*last, 2),
        }
    };
    text | (SPACES << (8 * bytes.len()))
}
