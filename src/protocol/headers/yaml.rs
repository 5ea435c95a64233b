//! The list that follows its name in YAML: on the same line, in brackets, a line for each entry, or folded over several.

use super::list::{self, Entry, Form, List, is_name};
use super::reader::Reader;
use crate::source::{Span, line_end, line_start, next_line};

/// More lines than this are no list that a person keeps.
const MOST_LINES: usize = 200;

/// The list that the key at `key` stands for.
pub(super) fn value(reader: &Reader<'_>, key: Span) -> Option<List> {
    let text = reader.text();
    let bytes = reader.bytes();
    let mut at = reader.string_at(key.start).map_or(key.end, |string| string.end);
    at = reader.skip_blanks(at);
    match bytes.get(at) {
        Some(b'=') => return scalar(reader, at + 1, 0),
        Some(b':') => {}
        // `- name: CORS_ALLOW_HEADERS` is followed by `value: …`.
        Some(b',' | b'\n' | b'\r') => {
            let next = reader.skip(at + 1);
            let rest = text.get(next..)?;
            let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
            let rest = rest.strip_prefix("value")?;
            let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest).trim_start_matches(' ').strip_prefix(':')?;
            at = text.len() - rest.len() - 1;
        }
        _ => return None,
    }
    let start = line_start(text, at);
    let indent = bytes[start..].iter().take_while(|byte| matches!(byte, b' ' | b'-')).count();
    scalar(reader, at + 1, indent)
}

fn scalar(reader: &Reader<'_>, at: usize, indent: usize) -> Option<List> {
    let text = reader.text();
    let bytes = reader.bytes();
    let at = reader.skip_blanks(at);
    if let Some(string) = reader.string_at(at).filter(|string| string.start == at) {
        let content = reader.content(string);
        return list::joined(text, content.start, content.end);
    }
    let end = line_end(text, at);
    match bytes.get(at)? {
        b'[' => list::bracketed(reader, at).map(|(list, _)| list).and_then(|list| of_one(text, list)),
        b'\n' | b'\r' | b'#' => lines(reader, next_line(text, end), indent),
        b'|' | b'>' => {
            let from = next_line(text, end);
            let first = from + bytes[from..].iter().take_while(|byte| **byte == b' ').count();
            list::joined(text, first, block_end(text, from, indent))
        }
        b'{' | b'&' | b'!' | b'*' => None,
        _ if text[at..end].trim_end().ends_with(',') => list::joined(text, at, block_end(text, end, indent)),
        _ => list::joined(text, at, end),
    }
}

/// A list of one text that joins several is that text.
fn of_one(text: &str, list: List) -> Option<List> {
    match list.entries.as_slice() {
        [Entry { name: Some(name), .. }] if text[name.start..name.end].contains(',') => {
            list::joined(text, name.start, name.end)
        }
        _ => Some(list),
    }
}

/// Where the lines that are indented by more than `indent` end, from the line at or after `from` on.
fn block_end(text: &str, from: usize, indent: usize) -> usize {
    let mut end = from;
    let mut at = if from == line_start(text, from) { from } else { next_line(text, from) };
    for _ in 0..MOST_LINES {
        let line = &text[at..line_end(text, at)];
        if at >= text.len() || (!line.trim().is_empty() && line.len() - line.trim_start().len() <= indent) {
            break;
        }
        end = line_end(text, at);
        at = next_line(text, at);
    }
    end
}

/// The entries behind dashes from `at` on, no less indented than `indent`.
fn lines(reader: &Reader<'_>, mut at: usize, indent: usize) -> Option<List> {
    let text = reader.text();
    let mut entries = Vec::new();
    let mut is_open = false;
    let mut column = None;
    for _ in 0..MOST_LINES {
        if at >= text.len() {
            break;
        }
        let line = &text[at..line_end(text, at)];
        let trimmed = line.trim_start();
        let start = at + line.len() - trimmed.len();
        at = next_line(text, at);
        if trimmed.trim().is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let this = line.len() - trimmed.len();
        if entries.is_empty() && matches!(trimmed.trim_end(), "Items:" | "items:" | "values:") && this > indent {
            return lines(reader, at, this);
        }
        let Some(item) = trimmed.strip_prefix('-').filter(|rest| rest.starts_with([' ', '\t'])) else {
            // A directive of a template stands between entries that are not all known.
            if trimmed.starts_with("{{") && !entries.is_empty() {
                is_open = true;
                continue;
            }
            break;
        };
        // A sequence may stand in the column of its key, but not left of it.
        if this + 2 < indent || *column.get_or_insert(this) != this {
            break;
        }
        let from = start + trimmed.len() - item.trim_start().len();
        let (span, name) = match reader.string_at(from).filter(|string| string.start == from) {
            Some(string) => (string, reader.content(string)),
            None => {
                let end = text[from..].find([' ', '\t', '\r', '\n']).map_or(text.len(), |end| from + end);
                (Span::new(from, end), Span::new(from, end))
            }
        };
        let is_known = name.start < name.end && text[name.start..name.end].bytes().all(is_name);
        // `- name: x` is a mapping and no header.
        let rest = text[span.end..line_end(text, span.end)].trim();
        if text[span.start..span.end].ends_with(':') || !(rest.is_empty() || rest.starts_with('#')) {
            return None;
        }
        entries.push(Entry { span, name: is_known.then_some(name) });
    }
    (!entries.is_empty()).then_some(List { entries, form: Form::Lines, is_open })
}
