//! Lines of Python source files, for stack traces.

use std::fs;

/// Reads source files, each once.
#[derive(Debug, Default)]
pub struct Sources {
    read: Vec<(String, Option<String>)>,
}

impl Sources {
    /// Return line `line` (from 1) of the file at `path`. `None` if there is no such file or line,
    /// or if only Python can read the file: it is not UTF-8, or declares its encoding.
    pub fn line(&mut self, path: &str, line: usize) -> Option<String> {
        let known = self.read.iter().position(|(known, _)| known == path);
        let index = known.unwrap_or_else(|| {
            self.read.push((path.to_owned(), text_of(path)));
            self.read.len() - 1
        });
        let (_, text) = self.read.get(index)?;
        nth_line(text.as_ref()?, line).map(str::to_owned)
    }
}

fn text_of(path: &str) -> Option<String> {
    let text = String::from_utf8(fs::read(path).ok()?).ok()?;
    let declares_encoding = text.lines().take(2).any(|line| line.contains("coding"));
    (!declares_encoding).then_some(text)
}

fn nth_line(text: &str, line: usize) -> Option<&str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let index = line.checked_sub(1)?;
    if text.contains('\r') {
        // "\r\n" and a lone "\r" end a line too; the caller strips what is left of them.
        return text
            .split('\n')
            .flat_map(|part| part.trim_end_matches('\r').split('\r'))
            .nth(index);
    }
    text.split('\n').nth(index)
}

#[cfg(test)]
mod tests {
    use super::{Sources, nth_line};

    #[test]
    fn finds_lines_whatever_ends_them() {
        for text in
            ["one\ntwo\nthree", "one\r\ntwo\r\nthree", "one\rtwo\rthree", "\u{feff}one\ntwo\nthree"]
        {
            assert_eq!(nth_line(text, 1), Some("one"), "{text:?}");
            assert_eq!(nth_line(text, 3), Some("three"), "{text:?}");
            assert_eq!(nth_line(text, 4), None, "{text:?}");
            assert_eq!(nth_line(text, 0), None, "{text:?}");
        }
    }

    #[test]
    fn reads_files() {
        let line =
            Sources::default().line(concat!(env!("CARGO_MANIFEST_DIR"), "/src/source.rs"), 1);
        assert_eq!(line.unwrap(), "//! Lines of Python source files, for stack traces.");
        assert_eq!(Sources::default().line("/no/such/file", 1), None);
    }

    #[test]
    fn leaves_declared_encodings_to_python() {
        let path = std::env::temp_dir().join(format!("sparta-source-{}.py", std::process::id()));
        std::fs::write(&path, "# coding: latin-1\nx = 1\n").unwrap();
        assert_eq!(Sources::default().line(path.to_str().unwrap(), 2), None);
        std::fs::remove_file(path).unwrap();
    }
}
