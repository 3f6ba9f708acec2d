//! Random and broken responses through the HTTP codec, for `FUZZ_SECONDS` (0.3) in all. A failure
//! names the `FUZZ_SEED` that begins with it; without one each run begins somewhere else.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::fuzz;

/// Texts that responses are made of, and what breaks them.
const PIECES: [&str; 26] = [
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.1 100 Continue\r\n\r\n",
    "HTTP/1.0 204\r\n",
    "HTTP/1.1 999\r\n",
    "Content-Length: 5\r\n",
    "content-length: 18446744073709551616\r\n",
    "Content-Length: -1\r\n",
    "Content-Length: \r\n",
    "Transfer-Encoding: chunked\r\n",
    "transfer-encoding: gzip, Chunked\r\n",
    "Connection: close\r\n",
    "Lambda-Runtime-Aws-Request-Id: r\r\n",
    "X: \u{fc}\r\n",
    "\r\n",
    "\n",
    "\r",
    "\0",
    ":",
    " ",
    "0\r\n\r\n",
    "5\r\nhello\r\n",
    "5;a=b\r\nhello\r\n",
    "ffffffffffffffff\r\n",
    "fffffffffffffffff\r\n",
    "-1\r\n",
    "g\r\n",
];

/// A generator of numbers (splitmix64), the same for the same seed.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % limit.max(1)
    }

    fn byte(&mut self) -> u8 {
        self.next().to_be_bytes()[0]
    }

    fn bytes(&mut self) -> Vec<u8> {
        let mut made = Vec::new();
        for _ in 0..self.below(12) {
            made.extend_from_slice(PIECES[self.below(PIECES.len())].as_bytes());
        }
        for _ in 0..self.below(3) {
            if !made.is_empty() {
                let place = self.below(made.len());
                made[place] = self.byte();
            }
        }
        made
    }
}

/// The number that an environment variable holds.
fn asked<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// Each of the three targets has its part of the time; each round has its own seed.
fn for_a_while(mut target: impl FnMut(&mut Numbers)) {
    let seconds: f64 = asked("FUZZ_SECONDS").unwrap_or(0.3);
    let end = Instant::now() + Duration::from_secs_f64(seconds / 3.0);
    let mut seed: u64 = asked("FUZZ_SEED")
        .unwrap_or_else(|| RandomState::new().build_hasher().finish() & 0xffff_ffff);
    while Instant::now() < end {
        for _ in 0..500 {
            let round = catch_unwind(AssertUnwindSafe(|| target(&mut Numbers(seed))));
            assert!(round.is_ok(), "the same again at once: FUZZ_SEED={seed}");
            seed = seed.wrapping_add(1);
        }
    }
}

#[test]
fn a_head_is_what_it_is_whatever_follows() {
    for_a_while(|numbers| fuzz::head(&numbers.bytes()));
}

#[test]
fn chunks_mean_the_same_however_they_are_cut() {
    for_a_while(|numbers| {
        let bytes = numbers.bytes();
        fuzz::chunks(&bytes, || 1 + numbers.below(7));
    });
}

#[test]
fn what_was_framed_comes_out_again() {
    for_a_while(|numbers| {
        let content: Vec<u8> = (0..numbers.below(200)).map(|_| numbers.byte()).collect();
        let mut cuts = Numbers(numbers.next());
        fuzz::framed(&content, || 1 + numbers.below(40), || 1 + cuts.below(7));
    });
}
