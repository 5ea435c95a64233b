//! Bytes of a text and the places that editors speak of: lines from 0, and columns in units of the encoding agreed on.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::source::Span;

/// What columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, which every editor can count.
    Utf16,
}

impl Encoding {
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    /// How many units the character has that begins with `byte`; none for a byte within one.
    fn weight(self, byte: u8) -> usize {
        match (self, byte) {
            (Self::Utf8, _) => 1,
            (Self::Utf16, 0x80..=0xbf) => 0,
            (Self::Utf16, 0xf0..) => 2,
            (Self::Utf16, _) => 1,
        }
    }
}

/// The lines of one text.
pub(super) struct Places<'t> {
    text: &'t str,
    encoding: Encoding,
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many units begin before each block of [`BLOCK`] bytes, so that columns of a very long line are not counted from
    /// its start again and again.
    units: Vec<usize>,
}

const BLOCK: usize = 1024;

impl<'t> Places<'t> {
    /// `\n`, `\r\n` and a lone `\r` each end a line.
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        let mut units = vec![0];
        for block in bytes.chunks(BLOCK) {
            let own: usize = block.iter().map(|byte| encoding.weight(*byte)).sum();
            units.push(units.last().unwrap_or(&0) + own);
        }
        Self { text, encoding, starts, units }
    }

    /// The place of a byte; of the text's end, for one behind it.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let column = self.before(offset) - self.before(self.starts[line]);
        Position { line: number(line), character: number(column) }
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The byte at a place; the line's end, for a column behind it.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(start) = self.starts.get(line).copied() else { return self.text.len() };
        let end = self.starts.get(line.saturating_add(1)).copied().unwrap_or(self.text.len());
        let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
        let mut units = 0;
        for (at, byte) in self.text.as_bytes()[start..end].iter().enumerate() {
            if matches!(byte, b'\n' | b'\r') || (units >= wanted && self.text.is_char_boundary(start + at)) {
                return start + at;
            }
            units += self.encoding.weight(*byte);
        }
        end
    }

    /// How many units begin before byte `offset`.
    fn before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = &self.text.as_bytes()[block * BLOCK..offset];
        self.units[block] + rest.iter().map(|byte| self.encoding.weight(*byte)).sum::<usize>()
    }
}

/// Texts are far shorter than that.
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_count_the_units_agreed_on() {
        let text = "aé😀b\r\n😀x\ry";
        let places = Places::new(text, Encoding::Utf16);
        let find = |needle: &str| text.find(needle).unwrap();
        assert_eq!(places.position(find("b")), at(0, 4));
        assert_eq!((places.position(find("x")), places.position(find("y"))), (at(1, 2), at(2, 0)));
        let bytes = Places::new(text, Encoding::Utf8);
        assert_eq!((bytes.position(find("b")), bytes.position(find("x"))), (at(0, 7), at(1, 4)));
        for needle in ["a", "é", "😀", "b", "x", "y"] {
            assert_eq!(places.offset(places.position(find(needle))), find(needle));
            assert_eq!(bytes.offset(bytes.position(find(needle))), find(needle));
        }
    }

    #[test]
    fn places_that_are_none_are_the_nearest() {
        let places = Places::new("a😀\nb", Encoding::Utf16);
        assert_eq!((places.offset(at(0, 2)), places.offset(at(0, 99)), places.offset(at(9, 0))), (5, 5, 7));
        assert_eq!((places.position(3), places.position(99)), (at(0, 1), at(1, 1)));
        assert_eq!(Places::new("", Encoding::Utf16).position(0), at(0, 0));
    }

    #[test]
    fn long_lines_are_counted_in_blocks() {
        let text = format!("x\n{}y", "😀".repeat(BLOCK));
        let places = Places::new(&text, Encoding::Utf16);
        assert_eq!(places.position(text.len() - 1), at(1, 2 * 1024));
        assert_eq!(places.offset(at(1, 2 * 1024)), text.len() - 1);
    }
}
