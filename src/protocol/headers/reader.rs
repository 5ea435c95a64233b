//! A file as lists are read from it: its text, and where its strings and comments are, also in the examples of prose.

use std::borrow::Cow;

use crate::protocol::Text;
use crate::protocol::language::Language;
use crate::protocol::regions::Regions;
use crate::rule::text::Region;
use crate::source::Span;

/// A file to read lists from.
pub(super) struct Reader<'t> {
    text: &'t str,
    regions: Cow<'t, Regions>,
    language: Language,
}

impl<'t> Reader<'t> {
    pub(super) fn of(text: &'t Text<'_>) -> Self {
        // Examples in prose are in any language; most quote and bracket alike.
        let (regions, language) = if text.language == Language::Prose {
            let language = Language::TypeScript;
            (Cow::Owned(Regions::of(text.text, language)), language)
        } else {
            (Cow::Borrowed(&text.regions), text.language)
        };
        Self { text: text.text, regions, language }
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    pub(super) fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    pub(super) fn regions(&self) -> &Regions {
        &self.regions
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// Whether a word without quotes is a text.
    pub(super) fn has_bare_words(&self) -> bool {
        self.language == Language::Yaml
    }

    /// The string around `offset`, marks included.
    pub(super) fn string_at(&self, offset: usize) -> Option<Span> {
        self.regions.part_at(offset).filter(|(_, region)| *region == Region::String).map(|(span, _)| *span)
    }

    /// What stands between the marks of a string.
    pub(super) fn content(&self, string: Span) -> Span {
        let text = &self.text[string.start..string.end];
        let marks = text.bytes().take_while(|byte| !matches!(byte, b'"' | b'\'' | b'`')).count();
        let rest = &text[marks.min(text.len())..];
        let hashes = text[..marks.min(text.len())].bytes().filter(|byte| *byte == b'#').count();
        let quotes = if ["\"\"\"", "'''"].iter().any(|long| rest.len() >= 6 && rest.starts_with(long)) { 3 } else { 1 };
        let start = (string.start + marks + quotes).min(string.end);
        // One that nothing closes ends with the text, which may be within a character.
        let end = self.text.floor_char_boundary(string.end.saturating_sub(quotes + hashes));
        let start = self.text.floor_char_boundary(start);
        Span::new(start, end.max(start))
    }

    /// After the blanks and comments from `at` on.
    pub(super) fn skip(&self, mut at: usize) -> usize {
        loop {
            at += self.bytes()[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            match self.regions.part_at(at) {
                Some((span, Region::Comment)) if span.start == at && span.end > at => at = span.end,
                _ => return at,
            }
        }
    }

    /// After the blanks of this line from `at` on.
    pub(super) fn skip_blanks(&self, at: usize) -> usize {
        at + self.bytes()[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }
}
