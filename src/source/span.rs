//! Byte ranges in a file, and their translation to the line and column a person reads.

use serde::Serialize;

/// A half-open byte range `start..end` in the bytes of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Span {
    /// First byte, counted from the start of the file; a byte-order mark counts.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span over `start..end`; `start` must not be after `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends where it starts or later");
        Self { start, end }
    }

    /// The empty span at `at`: a place to insert.
    pub fn empty(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Whether nothing stands between start and end.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same span moved `by` bytes towards the end of the file.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A place as editors and compilers print it: both numbers count from 1, columns count Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

/// The line starts of one text.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes, so that a column far into a line of megabytes
    /// is not counted from its start again and again.
    characters: Vec<usize>,
}

/// The bytes between two counts of characters.
const BLOCK: usize = 1024;

impl LineIndex {
    /// Indexes `text`; `\n`, `\r\n` and a lone `\r` each end a line.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(at + 1);
            }
        }
        let mut characters = vec![0];
        for block in bytes.chunks(BLOCK) {
            characters.push(characters.last().unwrap_or(&0) + begun(block));
        }
        Self { starts, characters }
    }

    /// The position of byte `offset` in `text`, which must be the text this index was made from.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts[line - 1];
        let mark = usize::from(text.get(start..offset).is_some_and(|before| before.starts_with('\u{feff}')));
        let column = (self.before(text, offset) - self.before(text, start)).saturating_sub(mark) + 1;
        Position { line, column }
    }

    /// How many characters begin before byte `offset`.
    fn before(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        let block = offset / BLOCK;
        self.characters[block] + begun(&text.as_bytes()[block * BLOCK..offset])
    }
}

/// How many characters begin in `bytes`, a piece of UTF-8.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// Where the line of `at` begins.
pub fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |newline| newline + 1)
}

/// Where the line of `at` ends, without what ends it.
pub fn line_end(text: &str, at: usize) -> usize {
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |newline| at + newline);
    text[..end].trim_end_matches('\r').len().max(at)
}

/// Where the line below that of `at` begins; the end of the text where there is none.
pub fn next_line(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |newline| at + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_any_newline_and_columns_count_characters() {
        let text = "\u{feff}a\r\né mcp\rx\n";
        let index = LineIndex::new(text);
        let at = |needle: &str| index.position(text, text.find(needle).unwrap());
        assert_eq!(at("a"), Position { line: 1, column: 1 });
        assert_eq!(at("mcp"), Position { line: 2, column: 3 });
        assert_eq!(at("x"), Position { line: 3, column: 1 });
    }

    #[test]
    fn columns_of_long_lines_are_counted_in_blocks() {
        let text = format!("é\n{}x", "é".repeat(3 * BLOCK + 1));
        assert_eq!(LineIndex::new(&text).position(&text, text.len() - 1), Position { line: 2, column: 3 * BLOCK + 2 });
    }

    #[test]
    fn a_line_is_what_stands_between_its_ends() {
        let text = "one\r\ntwo";
        assert_eq!((line_start(text, 2), line_end(text, 2), next_line(text, 2)), (0, 3, 5));
        assert_eq!((line_start(text, 6), line_end(text, 6), next_line(text, 6)), (5, 8, 8));
        assert_eq!(line_end("one\r", 4), 4);
    }
}
