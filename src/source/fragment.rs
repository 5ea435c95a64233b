//! A piece of a file as its reader sees it (quotes and escapes undone), with the way back to the file's own bytes.
//!
//! A TOML or JSON string, a shell command in a YAML scalar, a cell of a notebook: the small grammars inside them are
//! read from the decoded text, and what they find is reported and edited in the bytes they came from.

use std::borrow::Cow;
use std::ops::Range;

use super::span::Span;

/// Decoded text and where each of its bytes came from.
#[derive(Debug, Clone)]
pub struct Fragment<'a> {
    text: Cow<'a, str>,
    origin: Origin<'a>,
    /// The quote that delimits the fragment in the file: text that is inserted must not hold it.
    quote: Option<char>,
}

#[derive(Debug, Clone)]
enum Origin<'a> {
    /// Text byte `i` is file byte `offset + i`.
    Verbatim(usize),
    /// Text byte `i` came from the file bytes `spans[i]`; an empty text stood at `at`.
    Mapped { spans: Cow<'a, [Span]>, at: usize },
}

impl<'a> Fragment<'a> {
    /// Text that stands in the file as it is, from byte `offset` on.
    pub fn verbatim(text: &'a str, offset: usize) -> Self {
        Self { text: Cow::Borrowed(text), origin: Origin::Verbatim(offset), quote: None }
    }

    /// Decodes text piece by piece; `at` is where the first piece begins in the file.
    pub fn decoding(at: usize) -> Decoding {
        Decoding { text: String::new(), spans: Vec::new(), at }
    }

    /// The same, delimited by `quote` in the file.
    #[must_use]
    pub fn quoted(mut self, quote: char) -> Self {
        self.quote = Some(quote);
        self
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The delimiter in the file, if it has one.
    pub fn quote(&self) -> Option<char> {
        self.quote
    }

    /// The bytes of the file that `range` of the text came from. An empty range is the place right behind the byte
    /// before it, which is where something appended to that byte belongs.
    pub fn span(&self, range: Range<usize>) -> Span {
        match &self.origin {
            Origin::Verbatim(offset) => Span::new(offset + range.start, offset + range.end),
            Origin::Mapped { spans, at } if range.is_empty() => {
                let before = range.start.checked_sub(1).and_then(|index| spans.get(index)).map(|span| span.end);
                Span::empty(before.or(spans.first().map(|span| span.start)).unwrap_or(*at))
            }
            Origin::Mapped { spans, .. } => Span::new(spans[range.start].start, spans[range.end - 1].end),
        }
    }

    /// Whether the file holds `range` of the text byte for byte, so that the two may be compared and edited alike.
    pub fn is_verbatim(&self, range: Range<usize>) -> bool {
        let span = self.span(range.clone());
        span.end - span.start == range.len()
    }

    /// The bytes of the file that other text in place of `range` replaces. `None` where part of `range` stands nowhere
    /// in the file: it was put in while decoding, with an empty span.
    pub fn edited(&self, range: Range<usize>) -> Option<Span> {
        let Origin::Mapped { spans, .. } = &self.origin else { return Some(self.span(range)) };
        let real = |index: usize| spans.get(index).filter(|span| !span.is_empty());
        if !range.is_empty() {
            return range.clone().all(|index| real(index).is_some()).then(|| self.span(range));
        }
        // In front of what follows rather than behind what stands before: between the two may lie what decoding took away.
        let behind = || range.start.checked_sub(1).and_then(real).map(|span| span.end);
        real(range.start).map(|span| span.start).or_else(behind).map(Span::empty)
    }

    /// Whether `one` and `other` lie in one piece of the file, with nothing between them that was put in while decoding.
    pub fn is_one_piece(&self, one: usize, other: usize) -> bool {
        match &self.origin {
            Origin::Verbatim(_) => true,
            Origin::Mapped { spans, .. } => {
                let between = spans.get(one.min(other)..one.max(other)).unwrap_or_default();
                between.iter().all(|span| !span.is_empty())
            }
        }
    }

    /// The part of this fragment below `range` of its text.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Fragment<'_> {
        let at = self.span(range.start..range.start).start;
        let origin = match &self.origin {
            Origin::Verbatim(offset) => Origin::Verbatim(offset + range.start),
            Origin::Mapped { spans, .. } => Origin::Mapped { spans: Cow::Borrowed(&spans[range.clone()]), at },
        };
        Fragment { text: Cow::Borrowed(&self.text[range]), origin, quote: self.quote }
    }
}

/// A fragment that is being decoded.
#[derive(Debug)]
pub struct Decoding {
    text: String,
    spans: Vec<Span>,
    at: usize,
}

impl Decoding {
    /// Appends `decoded`, all of which came from the file bytes `from` (an escape).
    pub fn push(&mut self, decoded: char, from: Span) {
        self.text.push(decoded);
        self.spans.extend(std::iter::repeat_n(from, decoded.len_utf8()));
    }

    /// Appends `text`, which stands in the file as it is from byte `offset` on.
    pub fn push_verbatim(&mut self, text: &str, offset: usize) {
        self.text.push_str(text);
        self.spans.extend((offset..offset + text.len()).map(|at| Span::new(at, at + 1)));
    }

    /// Appends the part of another fragment of the same file below `range`.
    pub fn push_part(&mut self, other: &Fragment<'_>, range: Range<usize>) {
        match &other.origin {
            Origin::Verbatim(offset) => self.push_verbatim(&other.text[range.clone()], offset + range.start),
            Origin::Mapped { spans, .. } => {
                self.text.push_str(&other.text[range.clone()]);
                self.spans.extend_from_slice(&spans[range]);
            }
        }
    }

    /// The decoded fragment.
    pub fn finish(self) -> Fragment<'static> {
        Fragment {
            text: Cow::Owned(self.text),
            origin: Origin::Mapped { spans: Cow::Owned(self.spans), at: self.at },
            quote: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_come_from_the_file() {
        // The file holds `a\"mcp\"` from byte 10 on.
        let mut decoding = Fragment::decoding(10);
        decoding.push_verbatim("a", 10);
        decoding.push('"', Span::new(11, 13));
        decoding.push_verbatim("mcp", 13);
        decoding.push('"', Span::new(16, 18));
        let fragment = decoding.finish();
        assert_eq!(fragment.text(), "a\"mcp\"");
        assert_eq!(fragment.span(2..5), Span::new(13, 16));
        assert_eq!(fragment.span(5..5), Span::new(16, 16));
        assert_eq!(fragment.part(1..6).span(0..1), Span::new(11, 13));
        assert!(fragment.is_verbatim(2..5) && !fragment.is_verbatim(1..5));
        assert_eq!(Fragment::verbatim("mcp>=1", 7).span(3..6), Span::new(10, 13));
    }

    #[test]
    fn what_was_put_in_is_never_edited() {
        // Two pieces of the file, at bytes 10 and 30, with a line end between them that the file does not hold.
        let mut decoding = Fragment::decoding(10);
        decoding.push_verbatim("ab", 10);
        decoding.push('\n', Span::empty(12));
        decoding.push_verbatim("cd", 30);
        let fragment = decoding.finish();
        assert_eq!(fragment.edited(0..2), Some(Span::new(10, 12)));
        assert_eq!(fragment.edited(1..4), None);
        assert_eq!(fragment.edited(2..2), Some(Span::empty(12)));
        assert_eq!(fragment.edited(3..3), Some(Span::empty(30)));
        assert_eq!(fragment.edited(5..5), Some(Span::empty(32)));
        assert!(fragment.is_one_piece(0, 2) && !fragment.is_one_piece(0, 4));
    }
}
