//! Splits a file into what is run, what is quoted, and what only people read. A few lines for each language's comments and
//! quotes are enough for that; a file that does not fit them is split wrongly, never refused, and in time linear to its length.

use super::language::{Grammar, Language};
use crate::rule::text::Region;
use crate::source::Span;

/// The parts of a file in their order; what no part covers is code.
#[derive(Debug, Clone)]
pub(crate) struct Regions {
    parts: Vec<(Span, Region)>,
    is_prose: bool,
}

impl Regions {
    /// Reads `text`, which is in `language`.
    pub(crate) fn of(text: &str, language: Language) -> Self {
        if language == Language::Prose {
            return Self { parts: Vec::new(), is_prose: true };
        }
        let mut reader = Reader {
            text,
            bytes: text.as_bytes(),
            grammar: language.grammar(),
            language,
            parts: Vec::new(),
            unclosed: Vec::new(),
            depth: 0,
        };
        reader.read();
        Self { parts: reader.parts, is_prose: false }
    }

    /// What stands at `offset`.
    pub(crate) fn at(&self, offset: usize) -> Region {
        if self.is_prose {
            return Region::Comment;
        }
        self.part_at(offset).map_or(Region::Code, |(_, region)| *region)
    }

    /// The string or comment that `offset` is in, marks included.
    pub(crate) fn part_at(&self, offset: usize) -> Option<&(Span, Region)> {
        let at = self.parts.partition_point(|(span, _)| span.end <= offset);
        self.parts.get(at).filter(|(span, _)| span.start <= offset)
    }

    /// The comments and strings, in their order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (Span, Region)> {
        self.parts.iter().copied()
    }

    /// The comments, in their order.
    pub(crate) fn comments(&self) -> impl Iterator<Item = Span> {
        self.parts.iter().filter(|(_, region)| *region == Region::Comment).map(|(span, _)| *span)
    }
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    grammar: Grammar,
    language: Language,
    parts: Vec<(Span, Region)>,
    /// The quotes that nothing closes from here on, so that this is found out once.
    unclosed: Vec<&'static str>,
    /// How many brackets are open.
    depth: usize,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while at < self.bytes.len() {
            match self.bytes[at] {
                b'(' | b'[' | b'{' => self.depth += 1,
                b')' | b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            at = self.comment(at).or_else(|| self.string(at)).or_else(|| self.character(at)).unwrap_or(at + 1);
        }
    }

    /// Where the character of Rust that begins at `at` ends: a quote may stand in it.
    fn character(&self, at: usize) -> Option<usize> {
        let rest = self.bytes[at..].strip_prefix(b"'").filter(|_| self.language == Language::Rust)?;
        match rest {
            [b'\\', _, b'\'', ..] => Some(at + 4),
            [_, b'\'', ..] => Some(at + 3),
            _ => None,
        }
    }

    /// Whether a string of Python from `start` to `end` is a statement of its own: a docstring, which only people read.
    fn is_docstring(&self, start: usize, end: usize) -> bool {
        let before = &self.bytes[..start];
        let before = before.strip_suffix(b"r").or(before.strip_suffix(b"R")).unwrap_or(before);
        let line = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
        let is_first = self.bytes[line..before.len()].iter().all(u8::is_ascii_whitespace);
        let after = self.bytes[end..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        let is_continued = self.bytes[..line].trim_ascii_end().ends_with(b"\\");
        self.depth == 0 && is_first && !is_continued && matches!(after, None | Some(b'\n' | b'#' | b';'))
    }

    /// Where the comment that begins at `at` ends.
    fn comment(&mut self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at..];
        let is_word = |byte: &u8| !byte.is_ascii_whitespace();
        if let Some(mark) = self.grammar.line.iter().find(|mark| rest.starts_with(mark.as_bytes())) {
            let before = at.checked_sub(1).map(|before| self.bytes[before]);
            let is_inside = self.grammar.line_after_space && before.as_ref().is_some_and(is_word);
            // An address holds two slashes as well.
            let is_address = *mark == "//" && before == Some(b':');
            if !is_inside && !is_address {
                let end = memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |end| at + end);
                self.parts.push((Span::new(at, end), Region::Comment));
                return Some(end);
            }
        }
        let (open, close) = self.grammar.block?;
        if !rest.starts_with(open.as_bytes()) {
            return None;
        }
        let from = at + open.len();
        let end = memchr::memmem::find(&self.bytes[from..], close.as_bytes());
        let end = end.map_or(self.bytes.len(), |end| from + end + close.len());
        self.parts.push((Span::new(at, end), Region::Comment));
        Some(end)
    }

    /// Where the string that begins at `at` ends, with its quotes.
    fn string(&mut self, at: usize) -> Option<usize> {
        if self.language == Language::Rust
            && let Some(end) = self.raw_string(at)
        {
            self.parts.push((Span::new(at, end), Region::String));
            return Some(end);
        }
        let rest = &self.bytes[at..];
        let (quote, is_long) = self.grammar.quotes.iter().find(|(quote, _)| rest.starts_with(quote.as_bytes()))?;
        let is_in_word = at > 0 && (self.bytes[at - 1].is_ascii_alphanumeric() || self.bytes[at - 1] >= 0x80);
        if *quote == "'" && is_in_word && self.language.has_plain_text() {
            return None;
        }
        if self.unclosed.contains(quote) {
            return None;
        }
        let end = self.end_of_string(at + quote.len(), quote, *is_long)?;
        let is_read = self.language == Language::Python && self.is_docstring(at, end);
        self.parts.push((Span::new(at, end), if is_read { Region::Comment } else { Region::String }));
        Some(end)
    }

    fn end_of_string(&mut self, from: usize, quote: &'static str, is_long: bool) -> Option<usize> {
        let mut at = from;
        loop {
            let Some(next) = memchr::memchr3(b'\\', b'\n', quote.as_bytes()[0], &self.bytes[at..]) else {
                self.unclosed.push(quote);
                return None;
            };
            at += next;
            match self.bytes[at] {
                b'\\' if self.grammar.escapes => at = (at + 2).min(self.bytes.len()),
                b'\n' if !is_long => return None,
                _ if self.bytes[at..].starts_with(quote.as_bytes()) => return Some(at + quote.len()),
                _ => at += 1,
            }
        }
    }

    /// `r"…"`, `r#"…"#`.
    fn raw_string(&self, at: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[at..];
        let is_in_word = at > 0 && (self.bytes[at - 1].is_ascii_alphanumeric() || self.bytes[at - 1] == b'_');
        let hashes = rest.strip_prefix(b"r")?.iter().take_while(|byte| **byte == b'#').count();
        if is_in_word || rest.get(1 + hashes) != Some(&b'"') {
            return None;
        }
        let close = [b"\"".as_slice(), &rest[1..=hashes]].concat();
        let from = 2 + hashes;
        // One that nothing closes reaches to the end: it is looked for once.
        let end =
            memchr::memmem::find(&rest[from..], &close).map_or(self.bytes.len(), |end| at + from + end + close.len());
        Some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, language: Language) -> Vec<(&str, Region)> {
        let regions = Regions::of(text, language);
        regions.parts.iter().map(|(span, region)| (&text[span.start..span.end], *region)).collect()
    }

    #[test]
    fn comments_and_strings_are_told_apart() {
        use Region::{Comment, String};
        for (language, text, parts) in [
            (Language::Python, "a = '# no' # yes\n", vec![("'# no'", String), ("# yes", Comment)]),
            (Language::TypeScript, "f(`a\nb`) // it's\n", vec![("`a\nb`", String), ("// it's", Comment)]),
            (Language::Go, "x := \"http://h\" /* c */", vec![("\"http://h\"", String), ("/* c */", Comment)]),
            (Language::Yaml, "a: it's # c\nb: 'x'\n", vec![("# c", Comment), ("'x'", String)]),
            (Language::Nginx, "add_header A \"b\"; # c", vec![("\"b\"", String), ("# c", Comment)]),
            (Language::Rust, "r#\"a\"b\"# 'a' // c", vec![("r#\"a\"b\"#", String), ("// c", Comment)]),
            (Language::Rust, "f('\"', '\\'', 'x') // c", vec![("// c", Comment)]),
            (Language::Python, "def f():\n    \"\"\"Doc.\"\"\"\n", vec![("\"\"\"Doc.\"\"\"", Comment)]),
            (Language::Python, "f(\n  'a'\n)\n", vec![("'a'", String)]),
            (Language::Python, "x = \"\"\"a\"\"\"\n", vec![("\"\"\"a\"\"\"", String)]),
        ] {
            assert_eq!(shown(text, language), parts, "{language:?}");
        }
    }
}
