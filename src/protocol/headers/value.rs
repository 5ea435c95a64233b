//! The list that follows its name: in a program, past types and constructors; in the files of servers, the rest of the
//! directive; in YAML, as its lines are indented.

use super::list::{self, LONGEST, List};
use super::reader::Reader;
use super::yaml;
use crate::protocol::language::Language;
use crate::source::{Span, line_end};

/// Words that stand between a name and its value: `{ key: 'Access-Control-Allow-Headers', value: '…' }`.
const VALUE: &[&str] = &["value", "values", "items", "default", "default_factory", "lambda"];
/// Headers that every such list has some of, by which constants are known to name headers.
const USUAL: &[&str] = &["accept", "authorization", "content-type", "contenttype", "origin"];
/// As far as a value may stand from its name.
const FARTHEST: usize = 400;

/// The list that the name at `key` stands for. `is_header` says whether that is the name of a header, after which a comma
/// leads to the value.
pub(super) fn of(reader: &Reader<'_>, key: Span, is_header: bool) -> Option<List> {
    if let Some(list) = within_string(reader, key) {
        return Some(list);
    }
    match reader.language() {
        Language::Yaml => yaml::value(reader, key),
        Language::Properties
        | Language::Shell
        | Language::Nginx
        | Language::Haproxy
        | Language::Caddy
        | Language::Apache => directive(reader, key),
        _ => code(reader, key, is_header),
    }
}

/// `"Access-Control-Allow-Headers: accept, mcp-session-id"`, in one string.
fn within_string(reader: &Reader<'_>, key: Span) -> Option<List> {
    let content = reader.content(reader.string_at(key.start)?);
    let at = reader.skip_blanks(key.end);
    if at >= content.end || !matches!(reader.bytes()[at], b':' | b'=') {
        return None;
    }
    list::joined(reader.text(), at + 1, content.end)
}

/// The list of a string, which goes on in the next one where they are put together.
fn of_string(reader: &Reader<'_>, string: Span) -> Option<List> {
    let content = reader.content(string);
    let mut whole = list::joined(reader.text(), content.start, content.end)?;
    let mut last = string;
    while last.end < string.start + LONGEST {
        let is_glued = matches!(reader.language(), Language::Python | Language::Ruby);
        let mut at = reader.skip(last.end);
        let mark = reader.bytes().get(at).copied();
        if matches!(mark, Some(b'+' | b'.' | b'\\')) {
            at = reader.skip(at + 1);
        }
        let next = reader.string_at(at).filter(|next| next.start == at);
        match (mark, next) {
            (Some(b'+'), None) => whole.is_open = true,
            (Some(b'+' | b'\\'), Some(next)) => last = next,
            (Some(b'.'), Some(next)) if reader.language() == Language::Php => last = next,
            (_, Some(next)) if is_glued => last = next,
            _ => break,
        }
        let Some(next) = next else { break };
        let content = reader.content(next);
        match list::joined(reader.text(), content.start, content.end) {
            Some(more) => {
                whole.entries.extend(more.entries);
                whole.is_open |= more.is_open;
            }
            None => whole.is_open |= content.start < content.end,
        }
    }
    Some(whole)
}

fn code(reader: &Reader<'_>, key: Span, is_header: bool) -> Option<List> {
    let bytes = reader.bytes();
    let mut at = reader.string_at(key.start).map_or(key.end, |string| string.end);
    let (mut depth, mut is_parted) = (0_usize, false);
    let limit = bytes.len().min(key.end + FARTHEST);
    loop {
        at = reader.skip(at);
        if at >= limit {
            return None;
        }
        let rest = &bytes[at..];
        if let Some(string) = reader.string_at(at) {
            let is_word = VALUE.contains(&&reader.text()[reader.content(string).start..reader.content(string).end]);
            if !is_parted || string.start != at {
                return None;
            }
            if !is_word {
                return of_string(reader, string);
            }
            at = string.end;
            continue;
        }
        match rest[0] {
            b'=' | b'!' if rest.get(1) == Some(&b'=') || rest.get(1) == Some(&b'~') => return None,
            b':' | b'=' => is_parted = true,
            b',' if is_header || (depth > 0 && is_parted) => is_parted = true,
            b'&' | b'?' | b'|' | b'!' | b'>' => {}
            b'%' if matches!(rest.get(1), Some(b'w' | b'i')) => return list::words(reader.text(), at + 2),
            b'<' => depth += 1,
            b')' | b']' if depth == 0 && !is_parted => {}
            b')' | b']' | b'}' => {
                depth = depth.checked_sub(1)?;
                // What was opened is over and held no list: only the type of what is assigned ends so.
                let next = bytes.get(reader.skip(at + 1));
                if depth == 0 && !matches!(next, Some(b'=' | b'[' | b'{' | b'>')) {
                    return None;
                }
            }
            b'[' if rest.get(1) == Some(&b']') => at += 1,
            b'(' | b'[' | b'{' => {
                is_parted = true;
                if let Some(list) = bracket(reader, at) {
                    return Some(list);
                }
                depth += 1;
            }
            byte if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'\'' => {
                let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'\'' | b'$');
                let mut end = at + 1 + rest[1..].iter().take_while(|byte| is_word(byte)).count();
                while bytes[end..].starts_with(b"::") {
                    end += 2;
                    end += bytes[end..].iter().take_while(|byte| is_word(byte)).count();
                }
                let word = &reader.text()[at..end];
                // What is indexed is a value from elsewhere, unless it is the type of what is assigned.
                if bytes.get(end) == Some(&b'[') && bytes.get(end + 1) != Some(&b']') {
                    let (_, after) = list::bracketed(reader, end)?;
                    at = reader.skip(after);
                    if bytes.get(at) != Some(&b'=') {
                        return None;
                    }
                    continue;
                }
                let next = bytes.get(reader.skip(end)).copied();
                let is_value = VALUE.contains(&word);
                let leads_on = match next {
                    Some(b':' | b',') => is_value || (next == Some(b',') && depth > 0 && !is_header),
                    Some(b'(' | b'[' | b'{' | b'<' | b'!' | b'|') => true,
                    Some(b'=' | b'?') => depth == 0 || is_value || word.ends_with("default"),
                    Some(b']' | b'>') => depth > 0,
                    _ => matches!(word, "new" | "static" | "mut" | "str" | "'static" | "lambda") || is_value,
                };
                if !leads_on {
                    return None;
                }
                at = end;
                continue;
            }
            _ => return None,
        }
        at += 1;
    }
}

/// The list in the bracket at `open`, if headers are named in it.
fn bracket(reader: &Reader<'_>, open: usize) -> Option<List> {
    let (mut list, end) = list::bracketed(reader, open)?;
    let (text, bytes) = (reader.text(), reader.bytes());
    if let [entry] = list.entries.as_slice()
        && let Some(name) = entry.name
        && text[name.start..name.end].contains(',')
    {
        let is_open = list.is_open;
        list = list::joined(text, name.start, name.end)?;
        list.is_open |= is_open;
    }
    let is_spelled = list.entries.iter().any(|entry| entry.name.is_some());
    let is_header = |name: &str| name.contains("mcp") || USUAL.iter().any(|usual| name.ends_with(usual));
    let names_headers = is_spelled || list.names(text).any(|(_, name, _)| is_header(&name));
    // A single entry that is none itself is what the list stands in.
    if !names_headers || (!is_spelled && list.entries.len() == 1 && bytes[open] == b'(') {
        return None;
    }
    let rest = &text[reader.skip(end)..];
    list.is_open |= rest.starts_with(['+', '|']) || rest.starts_with(".concat") || rest.starts_with(".extend");
    Some(list)
}

/// `add_header Name "a, b"`, `NAME=a,b`, `Name "a, b"`.
fn directive(reader: &Reader<'_>, key: Span) -> Option<List> {
    let bytes = reader.bytes();
    let mut at = reader.string_at(key.start).map_or(key.end, |string| string.end);
    while matches!(bytes.get(at), Some(b']' | b')')) {
        at += 1;
    }
    at = if reader.language() == Language::Nginx { reader.skip(at) } else { reader.skip_blanks(at) };
    if matches!(bytes.get(at), Some(b'=' | b':')) && bytes.get(at + 1) != Some(&b'=') {
        at = reader.skip_blanks(at + 1);
    } else if at == key.end {
        return None;
    }
    if let Some(string) = reader.string_at(at) {
        return of_string(reader, Span::new(at, string.end));
    }
    list::joined(reader.text(), at, line_end(reader.text(), at))
}
