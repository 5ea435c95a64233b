//! One word of a command: what the shell makes of it, and where that stands in the file.

use std::ops::Range;

use super::Piece;
use crate::source::{Fragment, Span};

/// A word of a command.
#[derive(Debug, Clone)]
pub struct Word<'f> {
    /// What the command is given, quotes and escapes undone. Its quote is the one that the word ends in.
    pub text: Fragment<'f>,
    /// The whole word in the file, its quotes included.
    pub span: Span,
    /// How it is quoted.
    pub quoting: Quoting,
    /// Whether some part is only known when the command runs: a variable, a template, a substitution.
    pub computed: bool,
    /// Whether it holds a bare `>` or `<` that the shell takes for a redirection and its author for a comparator.
    pub comparator: bool,
}

/// How a word is quoted, which decides what may be appended to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// Not at all: `<` must not be appended without quotes around the whole.
    Bare,
    /// It ends inside quotes, or is no shell text at all.
    Quoted,
    /// Quotes somewhere, but not at the end.
    Mixed,
}

impl Word<'_> {
    /// The word below `range` of its text, with the span of the whole.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Word<'_> {
        Word { text: self.text.part(range), ..*self }
    }

    /// The decoded text.
    pub fn as_str(&self) -> &str {
        self.text.text()
    }
}

/// A word that is being read.
#[derive(Debug)]
pub(super) struct Building {
    start: usize,
    end: usize,
    parts: Vec<Part>,
    quote: Option<char>,
    last_quoted: bool,
    pub(super) computed: bool,
    pub(super) comparator: bool,
}

#[derive(Debug)]
enum Part {
    Verbatim(Piece),
    Escape(char, Piece),
}

impl Building {
    pub(super) fn new(start: usize) -> Self {
        Self {
            start,
            end: start,
            parts: Vec::new(),
            quote: None,
            last_quoted: false,
            computed: false,
            comparator: false,
        }
    }

    pub(super) fn push_range(&mut self, range: Range<usize>, in_quotes: bool) {
        self.end = range.end;
        self.last_quoted = in_quotes;
        if let Some(Part::Verbatim(last)) = self.parts.last_mut()
            && last.end == range.start
        {
            last.end = range.end;
        } else if !range.is_empty() {
            self.parts.push(Part::Verbatim(range));
        }
    }

    pub(super) fn push_char(&mut self, c: char, range: Range<usize>, in_quotes: bool) {
        self.end = range.end;
        self.last_quoted = in_quotes;
        self.parts.push(Part::Escape(c, range));
    }

    pub(super) fn open(&mut self, quote: char, at: usize) {
        self.quote = Some(quote);
        self.end = at + 1;
        self.last_quoted = true;
    }

    pub(super) fn close(&mut self, end: usize) {
        self.end = end;
    }

    /// Whether it can be a package's name, with which a version is compared.
    pub(super) fn may_be_compared(&self, text: &str) -> bool {
        match self.parts.first() {
            Some(Part::Verbatim(range)) => {
                text.get(range.clone()).is_some_and(|text| text.starts_with(|c: char| c.is_ascii_alphabetic()))
            }
            _ => false,
        }
    }

    pub(super) fn is_number(&self, text: &str) -> bool {
        text.get(self.start..self.end).is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
    }

    pub(super) fn finish<'f>(self, source: &'f Fragment<'_>) -> Word<'f> {
        let text = match self.parts.as_slice() {
            [] => source.part(self.start..self.start),
            [Part::Verbatim(range)] => source.part(range.clone()),
            parts => decoded(parts, source),
        };
        let quoting = match (self.quote, self.last_quoted) {
            (None, _) => Quoting::Bare,
            (Some(_), true) => Quoting::Quoted,
            (Some(_), false) => Quoting::Mixed,
        };
        Word {
            text: match self.quote {
                Some(quote) => text.quoted(quote),
                None => text,
            },
            span: source.span(self.start..self.end),
            quoting,
            computed: self.computed,
            comparator: self.comparator,
        }
    }
}

fn decoded(parts: &[Part], source: &Fragment<'_>) -> Fragment<'static> {
    let start = parts.first().map_or(0, |part| match part {
        Part::Verbatim(range) | Part::Escape(_, range) => range.start,
    });
    let mut decoding = Fragment::decoding(source.span(start..start).start);
    for part in parts {
        match part {
            Part::Escape(c, range) => decoding.push(*c, source.span(range.clone())),
            Part::Verbatim(range) => {
                for (at, c) in source.text().get(range.clone()).unwrap_or_default().char_indices() {
                    let at = range.start + at;
                    decoding.push(c, source.span(at..at + c.len_utf8()));
                }
            }
        }
    }
    decoding.finish()
}
