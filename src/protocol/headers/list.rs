//! Lists of header names as they are written: between brackets, and joined by commas. What is read is where each name
//! stands, so that an edit leaves all else as it is. No list is longer than [`LONGEST`], so reading one takes bounded time.

use super::reader::Reader;
use crate::rule::text::Region;
use crate::source::Span;

/// More bytes than this are no list that a person keeps.
pub(super) const LONGEST: usize = 6_000;

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// All of it: `HeaderName::from_static("accept")`.
    pub(super) span: Span,
    /// The header's name in it, where it is spelled out.
    pub(super) name: Option<Span>,
}

/// How the entries of a list stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Names joined by commas in one text.
    Joined,
    /// Values of their own, with commas between them, or with blanks alone.
    Values,
    /// A line each, behind a dash.
    Lines,
}

/// A list of header names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List {
    pub(super) entries: Vec<Entry>,
    pub(super) form: Form,
    /// Whether more belongs to it than is written here.
    pub(super) is_open: bool,
}

impl List {
    /// From the first entry to the last.
    pub(super) fn span(&self) -> Option<Span> {
        Some(Span::new(self.entries.first()?.span.start, self.entries.last()?.span.end))
    }

    /// The names that are spelled out, in lower case with hyphens, and the source text of the others.
    pub(super) fn names<'t>(&self, text: &'t str) -> impl Iterator<Item = (bool, String, &'t str)> {
        self.entries.iter().map(move |entry| {
            let span = entry.name.unwrap_or(entry.span);
            let written = &text[span.start..span.end];
            (entry.name.is_some(), written.to_ascii_lowercase().replace('_', "-"), written)
        })
    }
}

/// Whether `byte` may stand in the name of a header, or is the wildcard.
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'*')
}

/// The names joined by commas from `from` on, at most up to `end`. A list goes on in the next line after a comma. What is
/// in brackets there is a list of another kind.
pub(super) fn joined(text: &str, from: usize, end: usize) -> Option<List> {
    if from >= end {
        return None;
    }
    if let Some(list) = within(text, from, end) {
        return Some(list);
    }
    let bytes = &text.as_bytes()[..end.min(from + LONGEST)];
    let blanks = |at: usize| at + bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let mut at = from + bytes[from..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\'' | b'"')).count();
    let mut entries = Vec::new();
    let mut is_open = false;
    loop {
        let length = bytes[at..].iter().take_while(|byte| is_name(**byte)).count();
        if length == 0 {
            // After a comma, only the end may come: what is filled in here is not known.
            is_open |= at < bytes.len() && !matches!(bytes[at], b'\'' | b'"' | b'`' | b'\\' | b';');
            break;
        }
        let span = Span::new(at, at + length);
        entries.push(Entry { span, name: Some(span) });
        at += length;
        let mut comma = at + bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if bytes.get(comma) != Some(&b',') {
            is_open |= bytes.get(at).is_some_and(|byte| matches!(byte, b'$' | b'{' | b'%' | b'#' | b'<'));
            break;
        }
        comma = blanks(comma + 1);
        // A line that is continued, or a blank that is escaped.
        while bytes.get(comma) == Some(&b'\\') && bytes.get(comma + 1).is_some_and(u8::is_ascii_whitespace) {
            comma = blanks(comma + 1);
        }
        at = comma;
    }
    (!entries.is_empty()).then_some(List { entries, form: Form::Joined, is_open })
}

/// The entries between the bracket at `open` and the one that closes it, with the place after that one. It is no list
/// where keys stand before values.
pub(super) fn bracketed(reader: &Reader<'_>, open: usize) -> Option<(List, usize)> {
    let bytes = reader.bytes();
    let limit = bytes.len().min(open + LONGEST);
    let (mut depth, mut start, mut at) = (1, open + 1, open + 1);
    let mut entries = Vec::new();
    let mut is_open = false;
    let mut strings = Vec::new();
    while at < limit {
        if let Some((span, region)) = reader.regions().part_at(at) {
            if *region == Region::String && span.start == at {
                strings.push(*span);
            } else if *region == Region::Comment && bytes[start..at].iter().all(u8::is_ascii_whitespace) {
                start = span.end;
            }
            at = span.end.max(at + 1);
            continue;
        }
        let byte = bytes[at];
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && byte == b',') {
            match entry(reader, start, at, &strings)? {
                Part::Nothing => {}
                Part::Open => is_open = true,
                Part::Entry(entry) => entries.push(entry),
            }
            strings.clear();
            start = at + 1;
        }
        at += 1;
        if depth == 0 {
            return Some((List { entries, form: Form::Values, is_open }, at));
        }
    }
    None
}

enum Part {
    Nothing,
    Open,
    Entry(Entry),
}

/// What stands between two commas; nothing at all where it is a key with its value.
fn entry(reader: &Reader<'_>, start: usize, end: usize, strings: &[Span]) -> Option<Part> {
    let mut end = end;
    // A comment behind the last entry is not part of it.
    while let Some((span, Region::Comment)) = end.checked_sub(1).and_then(|last| reader.regions().part_at(last)) {
        end = span.start.max(start);
    }
    let text = reader.text().get(start..end)?;
    let start = start + text.len() - text.trim_start().len();
    let text = text.trim();
    let span = Span::new(start, start + text.len());
    if text.is_empty() {
        return Some(Part::Nothing);
    }
    if text.starts_with("...") || (text.starts_with('*') && text.len() > 1) {
        return Some(Part::Open);
    }
    if let [first, more @ ..] = strings {
        let (first, is_only) = (*first, more.is_empty());
        let before = reader.text()[span.start..first.start.max(span.start)].trim_end();
        let after = reader.text()[first.end.min(span.end)..span.end].trim_start();
        let is_pair = after.starts_with(':') || after.starts_with('=') || is_assignment(before);
        // Another list stands in the bracket, or what makes one.
        let is_nested = before.contains(['[', '{']) || (before.contains('(') && !makes_name(before));
        if is_pair || is_nested {
            return None;
        }
        let name = reader.content(first);
        let written = &reader.text()[name.start..name.end];
        let is_known = is_only && (written.contains(',') || (!written.is_empty() && written.bytes().all(is_name)));
        return Some(Part::Entry(Entry { span, name: is_known.then_some(name) }));
    }
    if reader.has_bare_words() && text.bytes().all(is_name) {
        return Some(Part::Entry(Entry { span, name: Some(span) }));
    }
    if text.contains('$') && text.contains('{') {
        return Some(Part::Open);
    }
    Some(Part::Entry(Entry { span, name: None }))
}

/// Whether what `before` calls makes the name of one header, and not a list.
fn makes_name(before: &str) -> bool {
    ["from_static(", "from_str(", "from_bytes(", "try_from(", "String::from(", "HeaderName::new("]
        .iter()
        .any(|made| before.ends_with(made))
}

/// The names in the brackets with which the text from `from` to `end` begins: a list within a string.
pub(super) fn within(text: &str, from: usize, end: usize) -> Option<List> {
    let inner = text.get(from..end.min(text.floor_char_boundary(from + LONGEST)))?;
    let inner = inner.trim_start().strip_prefix('[')?;
    let inner = &inner[..inner.find(']')?];
    let mut entries = Vec::new();
    for part in inner.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let name = part.trim_matches(['\\', '"', '\'']);
        let span = |part: &str| {
            let start = part.as_ptr() as usize - text.as_ptr() as usize;
            Span::new(start, start + part.len())
        };
        let is_known = !name.is_empty() && name.bytes().all(is_name);
        entries.push(Entry { span: span(part), name: is_known.then(|| span(name)) });
    }
    (!entries.is_empty()).then_some(List { entries, form: Form::Values, is_open: false })
}

/// Whether `before` ends like the left side of a pair: `value:`, `items =`.
fn is_assignment(before: &str) -> bool {
    before.ends_with('=') || (before.ends_with(':') && !before.ends_with("::")) || before.ends_with("=>")
}

/// The words between the delimiters of `%w[…]`, `open` being the first of them.
pub(super) fn words(text: &str, open: usize) -> Option<List> {
    let close = match text.as_bytes()[open] {
        b'[' => ']',
        b'(' => ')',
        b'{' => '}',
        b'<' => '>',
        _ => return None,
    };
    let mut limit = text.len().min(open + LONGEST);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let inner = &text[open + 1..limit];
    let inner = &inner[..inner.find(close)?];
    let mut entries = Vec::new();
    for word in inner.split_ascii_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let span = Span::new(start, start + word.len());
        entries.push(Entry { span, name: word.bytes().all(is_name).then_some(span) });
    }
    (!entries.is_empty()).then_some(List { entries, form: Form::Values, is_open: false })
}
