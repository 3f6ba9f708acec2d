//! Strings in which nothing must be escaped: nearly all there are.
#![expect(unsafe_code, reason = "a check of the capacity for each word doubles the time")]

use std::mem::MaybeUninit;

use sparta_core::json::has_special;

const WORD: usize = 8;

/// Append `text` with its quotes if none of it must be escaped; otherwise append nothing. Each
/// byte is looked at once, while it is copied.
#[inline]
pub(super) fn write_plain(out: &mut Vec<u8>, text: &str) -> bool {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2 + WORD);
    if copy_plain(out.spare_capacity_mut(), bytes).is_none() {
        return false;
    }
    let length = out.len() + bytes.len() + 2;
    // SAFETY: so much is reserved, and `copy_plain` has written all of it.
    unsafe { out.set_len(length) };
    true
}

/// Write `bytes` in quotes to the start of `room`. `None`, with some of them written, where one
/// must be escaped or the room is not a word more than that.
#[inline]
fn copy_plain(room: &mut [MaybeUninit<u8>], bytes: &[u8]) -> Option<()> {
    let (words, rest) = bytes.as_chunks::<WORD>();
    let (quote, places) = room.split_first_mut()?;
    quote.write(b'"');
    let mut places = places.as_chunks_mut::<WORD>().0.iter_mut();
    for word in words {
        if has_special(u64::from_le_bytes(*word)) {
            return None;
        }
        *places.next()? = word.map(MaybeUninit::new);
    }
    let last = last_word(rest);
    if has_special(last) {
        return None;
    }
    *places.next()? = last.to_le_bytes().map(MaybeUninit::new);
    room.get_mut(1 + bytes.len())?.write(b'"');
    Some(())
}

/// The bytes of less than a word, and spaces after them; by two loads that overlap, in place of
/// one for each byte.
#[inline]
pub(super) fn last_word(bytes: &[u8]) -> u64 {
    const SPACES: u64 = u64::from_le_bytes([b' '; WORD]);
    let shifted = |byte: u8, place: usize| u64::from(byte) << (8 * place);
    let text = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        // Fewer than eight bytes: they overlap, or meet.
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
