//! What holds for the HTTP codec whatever bytes it is given. Two drivers bring them: the tests
//! beside this file, and the coverage-guided targets in `rust/fuzz`.

use super::Response;
use super::chunked::Chunked;
use super::head::Head;
use crate::runtime_api::Invocation;

/// A head is read the same whatever follows it, never before its last byte is there, and what is
/// asked of it has an answer.
///
/// # Panics
/// It does not hold.
pub fn head(bytes: &[u8]) {
    let Ok(Some((head, length))) = Head::parse(bytes) else { return };
    let _ = (head.framing(), head.closes(), head.is_interim(), head.header("x"));
    let exact = bytes.get(..length).and_then(|exact| Head::parse(exact).ok().flatten());
    let exact = exact.map(|(again, length)| (again.status, length));
    assert_eq!(exact, Some((head.status, length)), "not the same head: {bytes:?}");
    let early = bytes.get(..length - 1).map(Head::parse);
    assert!(matches!(early, Some(Ok(None))), "complete too early: {bytes:?}");
    let named = head.header("lambda-runtime-aws-request-id").map(str::to_owned);
    let response = Response { head, body: Vec::new() };
    let invocation = Invocation::of(response).ok().map(|invocation| invocation.request_id);
    assert_eq!(invocation, named, "another request id: {bytes:?}");
}

/// A chunked body means the same however the network cuts it; `next_cut` gives how many bytes
/// come next.
///
/// # Panics
/// It does not hold.
pub fn chunks(bytes: &[u8], next_cut: impl FnMut() -> usize) {
    let whole = unchunked(bytes, || bytes.len());
    assert_eq!(whole, unchunked(bytes, next_cut), "cut differently: {bytes:?}");
}

/// What was framed comes out again: `content`, in chunks of the sizes that `next_size` gives.
///
/// # Panics
/// It does not hold.
pub fn framed(
    content: &[u8],
    mut next_size: impl FnMut() -> usize,
    next_cut: impl FnMut() -> usize,
) {
    let (mut framed, mut rest) = (Vec::new(), content);
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(next_size().clamp(1, rest.len()));
        framed.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        framed.extend_from_slice(chunk);
        framed.extend_from_slice(b"\r\n");
        rest = after;
    }
    framed.extend_from_slice(b"0\r\nTrailer: x\r\n\r\n");
    assert_eq!(unchunked(&framed, next_cut), Some((content.to_vec(), true)), "{framed:?}");
}

/// The body of `bytes` given piece by piece and whether it is complete; nothing where they are
/// refused.
fn unchunked(bytes: &[u8], mut next_cut: impl FnMut() -> usize) -> Option<(Vec<u8>, bool)> {
    let mut chunked = Chunked::default();
    let (mut taken, mut given) = (0, 0);
    while given < bytes.len() {
        given = bytes.len().min(given + next_cut().max(1));
        taken += chunked.feed(bytes.get(taken..given)?).ok()?;
    }
    let done = chunked.is_done();
    Some((chunked.body, done))
}
