//! Finds the bytes of a string that cannot stand in JSON as they are, eight at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// Return the index of the first quote, backslash or control character (below 0x20) of `bytes`,
/// or its length.
#[inline]
pub(super) fn first_special(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = (below_space(word) | equals(word, b'"') | equals(word, b'\\')) & HIGH_BITS;
        if found != 0 {
            // A borrow can only mark bytes above the first true one, so the lowest mark is right.
            return index * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let start = bytes.len() - rest.len();
    let within = rest.iter().position(|byte| is_special(*byte));
    within.map_or(bytes.len(), |at| start + at)
}

/// Say whether a block holds a byte that must be escaped in JSON; without branches, so that
/// compilers make instructions on whole blocks of it.
#[inline]
pub fn has_special_in_block(block: &[u8; 16]) -> bool {
    let found =
        block.map(|byte| u8::from(byte < 0x20) | u8::from(byte == b'"') | u8::from(byte == b'\\'));
    u128::from_ne_bytes(found) != 0
}

/// Say whether `byte` must be escaped in JSON.
pub(super) fn is_special(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f)
}

fn below_space(word: u64) -> u64 {
    word.wrapping_sub(ONES * 0x20) & !word
}

fn equals(word: u64, byte: u8) -> u64 {
    let zero_where_equal = word ^ (ONES * u64::from(byte));
    zero_where_equal.wrapping_sub(ONES) & !zero_where_equal
}

#[cfg(test)]
mod tests {
    use super::{first_special, has_special_in_block, is_special};

    #[test]
    fn agrees_with_looking_at_each_byte() {
        for special in 0..=255u8 {
            for place in 0..20 {
                let mut bytes = *b"abcdefgh\xc3\xa9jklmnopqrst";
                bytes[place] = special;
                let plain = bytes.iter().position(|byte| is_special(*byte)).unwrap_or(bytes.len());
                assert_eq!(first_special(&bytes), plain, "byte {special} at {place}");
                assert_eq!(has_special_in_block(bytes.first_chunk().unwrap()), plain < 16);
            }
        }
    }
}
