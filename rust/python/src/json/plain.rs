//! Strings in which nothing must be escaped: nearly all there are.
#![expect(unsafe_code, reason = "a check of the capacity for each word doubles the time")]

use sparta_core::json::{has_special_in_block, write_escaped};

const WORD: usize = 8;
const BLOCK: usize = 16;

/// What stands before a text: so many of these bytes.
#[derive(Clone, Copy)]
pub(super) struct Before(pub(super) [u8; 4], pub(super) usize);

/// Append `before`, the text escaped, and `after`: the quotes are theirs.
#[inline]
pub(super) fn write_between<const A: usize>(
    out: &mut Vec<u8>,
    before: Before,
    text: &str,
    after: [u8; A],
) {
    let bytes = text.as_bytes();
    let Before(before, count) = before;
    let count = count.min(before.len());
    out.reserve(before.len() + bytes.len() + A + WORD);
    // SAFETY: the length is within the capacity.
    let end = unsafe { out.as_mut_ptr().add(out.len()) };
    let mut place = Place(end);
    // SAFETY: as for all writes here, so much is reserved.
    unsafe { place.put(before) };
    // SAFETY: it is not beyond what was just written.
    place = unsafe { Place(end).after(count) };
    // SAFETY: as above; what may be written after the text is reserved too.
    let plain = unsafe { place.put_plain(bytes) };
    if plain == bytes.len() {
        // SAFETY: as above.
        unsafe { place.put(after) };
        // SAFETY: this is what was written.
        unsafe { out.set_len(out.len() + count + plain + A) };
    } else {
        // SAFETY: this is what was written.
        unsafe { out.set_len(out.len() + count + plain) };
        write_escaped(out, bytes.get(plain..).unwrap_or_default());
        out.extend_from_slice(&after);
    }
}

/// Where the next byte goes, in a buffer that has room for it.
struct Place(*mut u8);

impl Place {
    /// Write `bytes` and step behind them.
    ///
    /// # Safety
    /// There is room for them.
    #[inline]
    unsafe fn put<const N: usize>(&mut self, bytes: [u8; N]) {
        // SAFETY: by the caller's promise.
        unsafe { self.0.cast::<[u8; N]>().write_unaligned(bytes) };
        // SAFETY: as above.
        self.0 = unsafe { self.0.add(N) };
    }

    /// Write as much of `bytes` as surely needs no escape, and step behind it; each byte is looked
    /// at once, while it is copied. Returns how much that is.
    ///
    /// # Safety
    /// There is room for them and a word more.
    #[inline]
    unsafe fn put_plain(&mut self, bytes: &[u8]) -> usize {
        let start = Self(self.0);
        if let Some(last) = bytes.last_chunk::<BLOCK>() {
            for (index, block) in bytes.as_chunks::<BLOCK>().0.iter().enumerate() {
                if has_special_in_block(block) {
                    return index * BLOCK;
                }
                // SAFETY: by the caller's promise.
                unsafe { self.put(*block) };
            }
            // The last block overlaps the one before it.
            if has_special_in_block(last) {
                return bytes.len() / BLOCK * BLOCK;
            }
            // SAFETY: it ends where the bytes end.
            *self = unsafe { start.after(bytes.len() - BLOCK) };
            // SAFETY: as above.
            unsafe { self.put(*last) };
            return bytes.len();
        }
        let (first, last) = match (bytes.first_chunk::<WORD>(), bytes.last_chunk::<WORD>()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => (last_word(bytes).to_le_bytes(), [b' '; WORD]),
        };
        if has_special_in_block(&block_of(first, last)) {
            return 0;
        }
        // SAFETY: by the caller's promise, which knows of the whole word.
        unsafe { self.put(first) };
        if let Some(overlap) = bytes.len().checked_sub(WORD) {
            // SAFETY: it ends where the bytes end.
            *self = unsafe { start.after(overlap) };
            // SAFETY: as above.
            unsafe { self.put(last) };
        }
        // SAFETY: as above.
        *self = unsafe { start.after(bytes.len()) };
        bytes.len()
    }

    /// The place so many bytes behind this one.
    ///
    /// # Safety
    /// It is within the buffer.
    #[inline]
    unsafe fn after(&self, count: usize) -> Self {
        // SAFETY: by the caller's promise.
        Self(unsafe { self.0.add(count) })
    }
}

#[inline]
fn block_of(first: [u8; WORD], last: [u8; WORD]) -> [u8; BLOCK] {
    let both = u128::from(u64::from_le_bytes(last)) << (8 * WORD);
    (both | u128::from(u64::from_le_bytes(first))).to_le_bytes()
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
