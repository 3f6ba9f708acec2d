//! Takes the framing off a chunked body.

use super::HttpError;

/// What has been read of a chunked body so far.
#[derive(Debug, Default)]
pub(super) struct Chunked {
    /// The content
    pub(super) body: Vec<u8>,
    /// What is left of the chunk being read
    missing: usize,
    state: State,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Size,
    Content,
    AfterContent,
    Trailer,
    Done,
}

impl Chunked {
    pub(super) fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Take in as much of `bytes` as is complete; return how much that is. The rest must be given
    /// again with what follows it.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<usize, HttpError> {
        let mut rest = bytes;
        loop {
            match self.state {
                State::Done => break,
                State::Content => {
                    let (content, after) = rest.split_at(self.missing.min(rest.len()));
                    self.body.extend_from_slice(content);
                    self.missing -= content.len();
                    rest = after;
                    if self.missing > 0 {
                        break;
                    }
                    self.state = State::AfterContent;
                }
                _ => {
                    let Some((line, after)) = split_line(rest) else { break };
                    self.line(line)?;
                    rest = after;
                }
            }
        }
        Ok(bytes.len() - rest.len())
    }

    fn line(&mut self, line: &[u8]) -> Result<(), HttpError> {
        self.state = match (self.state, line.is_empty()) {
            (State::AfterContent, true) => State::Size,
            (State::Trailer, true) => State::Done,
            (State::Trailer, false) => State::Trailer,
            (State::Size, _) => {
                self.missing = size(line)?;
                if self.missing == 0 { State::Trailer } else { State::Content }
            }
            _ => return Err(HttpError::Protocol("a chunk is longer than its size says")),
        };
        Ok(())
    }
}

fn size(line: &[u8]) -> Result<usize, HttpError> {
    let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    let text = std::str::from_utf8(digits).unwrap_or("");
    // A sign, which the parser would take, is none of HTTP's.
    let size = if text.starts_with('+') { None } else { usize::from_str_radix(text, 16).ok() };
    size.ok_or(HttpError::Protocol("a chunk has an invalid size"))
}

fn split_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.windows(2).position(|pair| pair == b"\r\n")?;
    Some((bytes.get(..end)?, bytes.get(end + 2..)?))
}

#[cfg(test)]
mod tests {
    use super::Chunked;

    const BODY: &[u8] = b"4;name=x\r\n{\"a\"\r\n2\r\n:1\r\n1\r\n}\r\n0\r\nTrailer: y\r\n\r\n";

    #[test]
    fn joins_chunks() {
        let mut chunked = Chunked::default();
        assert_eq!(chunked.feed(BODY).unwrap(), BODY.len());
        assert!(chunked.is_done());
        assert_eq!(chunked.body, b"{\"a\":1}");
    }

    #[test]
    fn takes_any_number_of_bytes_at_a_time() {
        for step in 1..BODY.len() {
            let (mut chunked, mut pending) = (Chunked::default(), Vec::new());
            for piece in BODY.chunks(step) {
                pending.extend_from_slice(piece);
                let used = chunked.feed(&pending).unwrap();
                pending.drain(..used);
            }
            assert!(chunked.is_done(), "step {step}");
            assert_eq!(chunked.body, b"{\"a\":1}");
        }
    }

    #[test]
    fn refuses_what_is_not_chunked() {
        for size in ["zz", "+4", "-4", "", "0x4", "4 4", "fffffffffffffffff"] {
            assert!(Chunked::default().feed(format!("{size}\r\n").as_bytes()).is_err(), "{size}");
        }
        assert!(Chunked::default().feed(b"1\r\nabc\r\n").is_err());
    }
}
