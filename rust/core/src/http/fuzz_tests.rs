//! Random and broken responses through the HTTP codec, for `FUZZ_SECONDS` (1): it never panics,
//! and what it reads does not depend on where the network cut it.

use std::time::{Duration, Instant};

use super::chunked::Chunked;
use super::head::Head;

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

/// A generator of numbers that is the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }

    fn bytes(&mut self) -> Vec<u8> {
        let mut made = Vec::new();
        for _ in 0..self.below(12) {
            made.extend_from_slice(PIECES[self.below(PIECES.len())].as_bytes());
        }
        for _ in 0..self.below(3) {
            if !made.is_empty() {
                let place = self.below(made.len());
                made[place] = u8::try_from(self.below(256)).unwrap_or(0);
            }
        }
        made
    }
}

fn for_a_while(seed: u64, mut target: impl FnMut(&mut Numbers)) {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let end = Instant::now() + Duration::from_secs_f64(seconds.unwrap_or(1.0) / 2.0);
    let mut numbers = Numbers(seed);
    while Instant::now() < end {
        for _ in 0..500 {
            target(&mut numbers);
        }
    }
}

/// The body of `bytes` given piece by piece, or nothing where they are refused.
fn unchunked(bytes: &[u8], mut next_cut: impl FnMut(usize) -> usize) -> Option<(Vec<u8>, bool)> {
    let mut chunked = Chunked::default();
    let (mut taken, mut given) = (0, 0);
    while given < bytes.len() {
        given = bytes.len().min(given + 1 + next_cut(7));
        taken += chunked.feed(&bytes[taken..given]).ok()?;
    }
    let done = chunked.is_done();
    Some((chunked.body, done))
}

#[test]
fn heads_never_panic_and_do_not_change_with_what_follows() {
    for_a_while(0x5eed, |numbers| {
        let bytes = numbers.bytes();
        let Ok(Some((head, length))) = Head::parse(&bytes) else { return };
        let _ = (head.framing(), head.closes(), head.is_interim(), head.header("x"));
        let exact = Head::parse(&bytes[..length]).ok().flatten().expect("the same head");
        assert_eq!((exact.0.status, exact.1), (head.status, length), "{bytes:?}");
        let early = Head::parse(&bytes[..length - 1]).ok();
        assert!(early.is_some_and(|found| found.is_none()), "complete too early: {bytes:?}");
    });
}

#[test]
fn chunks_never_panic_and_mean_the_same_however_they_are_cut() {
    for_a_while(0xc0de, |numbers| {
        let bytes = numbers.bytes();
        let whole = unchunked(&bytes, |_| usize::MAX / 2);
        let cut = unchunked(&bytes, |limit| numbers.below(limit));
        assert_eq!(whole, cut, "{bytes:?}");
    });
}

#[test]
fn what_was_framed_comes_out_again() {
    for_a_while(0xfeed, |numbers| {
        let (mut framed, mut body) = (Vec::new(), Vec::new());
        for _ in 0..numbers.below(5) {
            let chunk = vec![b'a'; 1 + numbers.below(40)];
            framed.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            framed.extend_from_slice(&chunk);
            framed.extend_from_slice(b"\r\n");
            body.extend_from_slice(&chunk);
        }
        framed.extend_from_slice(b"0\r\nTrailer: x\r\n\r\n");
        assert_eq!(unchunked(&framed, |limit| numbers.below(limit)), Some((body, true)));
    });
}
