//! The lines a finding underlines, cut to a width people can read and made harmless to print.

use std::ops::Range;

use super::escape::masked;
use crate::source::{SourceFile, Span};

/// More characters of a line than this are not shown: a minified file is one line of megabytes.
const WIDTH: usize = 160;
/// More lines than this are not shown.
const LINES: usize = 6;

/// Lines of a file around a span.
pub(super) struct Excerpt {
    /// The text to show.
    pub(super) text: String,
    /// The number of its first line.
    pub(super) line: usize,
    /// The bytes of `text` to underline.
    pub(super) marked: Range<usize>,
}

/// Cuts the excerpt for `span` out of `file`.
pub(super) fn excerpt(file: &SourceFile, span: Span) -> Excerpt {
    let text = file.text();
    // Nothing further away is shown, so nothing further away is searched: a line may have megabytes.
    let least = floor(text, span.start.min(text.len()).saturating_sub(2 * WIDTH));
    let start = text[least..span.start.min(text.len())].rfind('\n').map_or(least, |at| least + at + 1);
    let mut end = span.end.max(span.start).min(text.len());
    if let Some((limit, _)) = text[span.start.min(end)..end].match_indices('\n').nth(LINES - 1) {
        end = span.start + limit;
    }
    let most = floor(text, (end + 2 * WIDTH).min(text.len()));
    let last = text[end..most].find('\n').map_or(most, |at| end + at);
    let from = if span.start - start > WIDTH { floor(text, span.start - WIDTH / 2) } else { start };
    let end = if end - span.start > WIDTH * LINES { floor(text, span.start + WIDTH) } else { end };
    let to = if last - end > WIDTH { floor(text, end + WIDTH / 2) } else { last };
    let body = text[from..to].trim_end_matches(['\r', '\n']);
    let marked = span.start - from..(end - from).max(span.start - from);
    Excerpt {
        text: masked(body),
        line: file.position(span.start).line,
        marked: marked.start.min(body.len())..marked.end.min(body.len()),
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_of_megabytes_is_cut() {
        let text = format!("{}mcp>=1{}", "é".repeat(100_000), "x".repeat(100_000));
        let at = text.find("mcp").unwrap();
        let shown = excerpt(&SourceFile::in_memory("a", &text), Span::new(at, at + 6));
        assert!(shown.text.len() < 1_000);
        assert_eq!(&shown.text[shown.marked], "mcp>=1");
    }
}
