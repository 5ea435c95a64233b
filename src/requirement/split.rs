//! Takes a PEP 508 requirement string apart without losing where each part stands, and without giving up on the
//! forms that real files hold and the grammar does not: trailing commas, old parentheses, foreign operators.

use std::ops::Range;

/// The parts of one requirement string, as byte ranges of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The project name as written.
    pub name: Range<usize>,
    /// The extras as written, without brackets.
    pub extras: Vec<Range<usize>>,
    /// What follows name and extras.
    pub version: Version,
    /// The marker after `;`, without it.
    pub marker: Option<Range<usize>>,
    /// Name to the end of the version part: what is underlined.
    pub range: Range<usize>,
}

/// The version part of a requirement string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Version {
    /// A specifier set, inside its parentheses if it has some. Empty, at the place to insert one, when none is written.
    Specifier(Range<usize>),
    /// A direct reference after `@`.
    Url(Range<usize>),
}

/// Splits `text`, one requirement without comment.
///
/// # Errors
/// A sentence, when no name stands at the start or a bracket is not closed.
pub fn split(text: &str) -> Result<Split, String> {
    let start = skip_blank(text, 0);
    let name_end = start + name_length(&text[start..]);
    if name_end == start {
        return Err("no project name at the start".to_owned());
    }
    let mut at = name_end;
    let mut extras = Vec::new();
    let bracket = skip_blank(text, at);
    if text[bracket..].starts_with('[') {
        let close = text[bracket..].find(']').ok_or("`[` is not closed")? + bracket;
        extras = parts(text, bracket + 1..close);
        at = close + 1;
    }
    let after = skip_blank(text, at);
    if text[after..].starts_with('@') {
        return Ok(direct_reference(text, start..name_end, extras, after));
    }
    let semicolon = text[after..].find(';').map_or(text.len(), |found| after + found);
    let marker = trimmed(text, (semicolon + 1).min(text.len())..text.len());
    let (version, end) = if text[after..semicolon].starts_with('(') {
        let close = text[after..semicolon].rfind(')').ok_or("`(` is not closed")? + after;
        (after + 1..close, close + 1)
    } else {
        // An insertion belongs right behind the name, not behind the blanks before a marker.
        let written = trimmed(text, after..semicolon).unwrap_or(at..at);
        let end = written.end.max(at);
        (written, end)
    };
    Ok(Split { name: start..name_end, extras, version: Version::Specifier(version), marker, range: start..end })
}

fn direct_reference(text: &str, name: Range<usize>, extras: Vec<Range<usize>>, at: usize) -> Split {
    let url = skip_blank(text, at + 1);
    // PEP 508 wants a blank before the marker's `;`, because a URL may hold one.
    let end = text[url..].find(char::is_whitespace).map_or(text.len(), |found| url + found);
    let rest = skip_blank(text, end);
    let marker = if text[rest..].starts_with(';') { trimmed(text, rest + 1..text.len()) } else { None };
    Split { range: name.start..end, name, extras, version: Version::Url(url..end), marker }
}

/// The length of the project name at the start of `text`: letters, digits, and `._-` between them.
pub fn name_length(text: &str) -> usize {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))).unwrap_or(text.len());
    let name = text[..end].trim_end_matches(['.', '_', '-']);
    if name.starts_with(|c: char| c.is_ascii_alphanumeric()) { name.len() } else { 0 }
}

/// A project name in its one spelling: lower case, runs of `-`, `_` and `.` as one `-` (PEP 503).
pub fn normalized(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if matches!(c, '-' | '_' | '.') {
            if !out.ends_with('-') {
                out.push('-');
            }
        } else {
            out.push(c.to_ascii_lowercase());
        }
    }
    out
}

/// Whether `marker` asks which extra is installed: it holds the variable `extra`, not just the word in a string.
pub fn asks_for_extra(marker: &str) -> bool {
    let mut rest = marker;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            // A string ends at its own quote; markers know no escapes.
            '"' | '\'' => rest[1..].find(first).map_or(rest.len(), |at| at + 2),
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        if &rest[..length] == "extra" {
            return true;
        }
        rest = &rest[length..];
    }
    false
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.')
}

fn parts(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = within.start;
    for part in text[within].split(',') {
        found.extend(trimmed(text, at..at + part.len()));
        at += part.len() + 1;
    }
    found
}

fn skip_blank(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start().len()
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let start = skip_blank(&text[..range.end], range.start);
    let end = start + text[start..range.end].trim_end().len();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (String, Vec<&str>, String, Option<&str>) {
        let split = split(text).unwrap();
        let version = match &split.version {
            Version::Specifier(range) => text[range.clone()].to_owned(),
            Version::Url(range) => format!("@{}", &text[range.clone()]),
        };
        let extras = split.extras.iter().map(|range| &text[range.clone()]).collect();
        (text[split.name.clone()].to_owned(), extras, version, split.marker.map(|range| &text[range]))
    }

    #[test]
    fn a_marker_asks_for_an_extra_by_its_variable_alone() {
        for marker in ["extra == 'cli'", "'cli'==extra", "(python_version>'3')and(extra in 'a b')", "x'extra"] {
            assert_eq!(asks_for_extra(marker), marker != "x'extra", "{marker}");
        }
        for marker in ["", "sys_platform == 'extra'", "'extras' in \"extra\"", "extras == 'a'", "os.extra == 'a'", "é"]
        {
            assert!(!asks_for_extra(marker), "{marker}");
        }
    }

    #[test]
    fn parts_are_found_where_they_stand() {
        assert_eq!(shown("mcp"), ("mcp".into(), vec![], String::new(), None));
        assert_eq!(shown("MCP [CLI, Ws]  >=1.6 ,"), ("MCP".into(), vec!["CLI", "Ws"], ">=1.6 ,".into(), None));
        assert_eq!(
            shown("mcp[cli] (>=1.29,<1.30) ; extra == 'mcp'"),
            ("mcp".into(), vec!["cli"], ">=1.29,<1.30".into(), Some("extra == 'mcp'"))
        );
        assert_eq!(
            shown("mcp @ git+https://h/x@v1#egg=mcp;a ; python_version > '3'"),
            ("mcp".into(), vec![], "@git+https://h/x@v1#egg=mcp;a".into(), Some("python_version > '3'"))
        );
        assert_eq!(split("mcp ; x").unwrap().version, Version::Specifier(3..3));
        assert!(split(">=1").is_err());
        assert!(split("mcp[cli").is_err());
    }
}
