//! Stack traces as Python's `traceback.format_list` writes them.

use crate::json::{Charset, write_string};

/// A frame that repeats is written so many times; after that, only how often.
const REPEATS_SHOWN: usize = 3;

/// One call on the stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The source file, as the code object names it
    pub file: String,
    /// The line, from 1
    pub line: Option<usize>,
    /// The function
    pub name: String,
}

impl Frame {
    /// Append the frame as X-Ray wants it.
    pub(crate) fn write_xray(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"label\": ");
        write_string(out, &self.name, Charset::Ascii);
        out.extend_from_slice(b", \"path\": ");
        write_string(out, &self.file, Charset::Ascii);
        let line = self.line.map_or("null".to_owned(), |line| line.to_string());
        out.extend_from_slice(format!(", \"line\": {line}}}").as_bytes());
    }
}

/// Return one text per frame, with its line ends.
///
/// # Arguments
/// - `frames`: the outermost call first.
/// - `source_line`: gives the source text of a frame's line, `None` where it cannot be read. It is
///   not asked for frames that are not written.
pub fn format_frames(
    frames: &[Frame],
    mut source_line: impl FnMut(&Frame) -> Option<String>,
) -> Vec<String> {
    let mut texts = Vec::new();
    for run in frames.chunk_by(|one, other| one == other) {
        for frame in run.iter().take(REPEATS_SHOWN) {
            texts.push(format_frame(frame, source_line(frame)));
        }
        match run.len().saturating_sub(REPEATS_SHOWN) {
            0 => {}
            1 => texts.push("  [Previous line repeated 1 more time]\n".to_owned()),
            more => texts.push(format!("  [Previous line repeated {more} more times]\n")),
        }
    }
    texts
}

fn format_frame(frame: &Frame, source_line: Option<String>) -> String {
    let Frame { file, line, name } = frame;
    let line = line.map_or("None".to_owned(), |line| line.to_string());
    let mut text = format!("  File \"{file}\", line {line}, in {name}\n");
    let source = source_line.unwrap_or_default();
    let source = source.trim_matches(is_python_space);
    if !source.is_empty() {
        text = format!("{text}    {source}\n");
    }
    text
}

/// What Python's `str.strip` takes away: Unicode's white space, and the four ASCII separators.
fn is_python_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::{Frame, format_frames};

    fn frame(line: usize) -> Frame {
        Frame { file: "/a.py".to_owned(), line: Some(line), name: "f".to_owned() }
    }

    #[test]
    fn writes_file_line_name_and_source() {
        let texts = format_frames(&[frame(3), frame(4)], |frame| {
            (frame.line == Some(3)).then(|| "\t  raise X()  \n".to_owned())
        });
        assert_eq!(
            texts,
            ["  File \"/a.py\", line 3, in f\n    raise X()\n", "  File \"/a.py\", line 4, in f\n"]
        );
    }

    #[test]
    fn collapses_repeats() {
        let count = |repeats: usize| format_frames(&vec![frame(1); repeats], |_| None);
        assert_eq!(count(3).len(), 3);
        assert_eq!(count(4)[3], "  [Previous line repeated 1 more time]\n");
        assert_eq!(count(993)[3], "  [Previous line repeated 990 more times]\n");
        assert_eq!(count(993).len(), 4);
    }

    #[test]
    fn asks_only_for_lines_it_shows() {
        let mut asked = 0;
        format_frames(&vec![frame(1); 100], |_| {
            asked += 1;
            None
        });
        assert_eq!(asked, 3);
    }
}
