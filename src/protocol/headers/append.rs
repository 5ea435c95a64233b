//! Adds names to a list in the way it is written: its quotes and constructors, its commas, its lines, the case of its names.

use super::list::{Entry, Form, List};
use super::reader::Reader;
use crate::fix::Edit;
use crate::rule::text::Region;
use crate::source::{Span, line_end, line_start, next_line};

/// The names that modern requests carry, in the order in which they are added.
pub(super) const NAMES: [&str; 3] = ["Mcp-Method", "Mcp-Name", "Mcp-Protocol-Version"];

/// The edits that add `names` at the end of `list`. `sample` is an entry of another list that shows how a name is written,
/// for one that spells out none.
pub(super) fn edits(
    reader: &Reader<'_>,
    path: &str,
    list: &List,
    names: &[&str],
    sample: Option<&Entry>,
) -> Option<Vec<Edit>> {
    let text = reader.text();
    let spelled = |entry: &&Entry| entry.name.is_some();
    let is_ours = |entry: &&Entry| entry.name.is_some_and(|name| is_ours(&text[name.start..name.end]));
    let entries = &list.entries;
    let sample = entries.iter().rev().find(is_ours).or_else(|| entries.iter().rev().find(spelled)).or(sample)?;
    let written = written(text, list, sample, names);
    let last = entries.last()?.span;
    let edit = |at: usize, content: String| Edit { path: path.to_owned(), span: Span::new(at, at), content };
    if list.form == Form::Lines {
        let start = line_start(text, last.start);
        let lead = &text[start..last.start];
        let end = line_end(text, last.end);
        let newline = newline(text, start);
        return Some(vec![edit(end, written.iter().map(|one| format!("{newline}{lead}{one}")).collect())]);
    }
    let gap = gap(reader, list);
    let separated = |list: &[String]| list.iter().map(|one| format!("{gap}{one}")).collect::<String>();
    if list.form == Form::Joined {
        return Some(vec![edit(last.end, separated(&written))]);
    }
    // A comment behind the last entry, on its line, stays with that entry.
    let comma = reader.skip_blanks(last.end);
    let has_comma = text.as_bytes().get(comma) == Some(&b',');
    let after = reader.skip_blanks(if has_comma { comma + 1 } else { last.end });
    let comment =
        reader.regions().part_at(after).filter(|(span, region)| *region == Region::Comment && span.start == after);
    let Some((comment, _)) = comment.filter(|(span, _)| gap.contains('\n') && span.end == line_end(text, after)) else {
        return Some(vec![edit(last.end, separated(&written))]);
    };
    let lines = separated(&written);
    let lines = lines.strip_prefix(',').unwrap_or(&lines);
    Some(if has_comma {
        vec![edit(comment.end, format!("{lines},"))]
    } else {
        vec![edit(last.end, ",".to_owned()), edit(comment.end, lines.to_owned())]
    })
}

/// `names` as `sample`, in the case of the names of `list`.
pub(super) fn written(text: &str, list: &List, sample: &Entry, names: &[&str]) -> Vec<String> {
    let case = Case::of(text, list.entries.iter().chain([sample]));
    names.iter().map(|name| as_in(text, sample, &case.of_name(name))).collect()
}

/// Whether a header is one of the protocol's.
pub(super) fn is_ours(name: &str) -> bool {
    name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("mcp-"))
}

/// `sample` with another name.
fn as_in(text: &str, sample: &Entry, name: &str) -> String {
    let Some(old) = sample.name else { return name.to_owned() };
    let (before, after) = (&text[sample.span.start..old.start], &text[old.end..sample.span.end]);
    // This constructor refuses capitals when the program runs.
    let name = if before.contains("from_static") { name.to_ascii_lowercase() } else { name.to_owned() };
    format!("{before}{name}{after}")
}

/// What stands between two entries.
fn gap(reader: &Reader<'_>, list: &List) -> String {
    let text = reader.text();
    let last = list.entries.last().map_or(0, |entry| entry.span.start);
    if let [.., before, last] = list.entries.as_slice() {
        let between = &text[before.span.end..last.span.start];
        if between.bytes().all(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b'\\')) {
            return between.to_owned();
        }
    }
    let start = line_start(text, last);
    let lead = &text[start..last];
    if list.form == Form::Values && lead.trim().is_empty() {
        return format!(",{}{lead}", newline(text, start));
    }
    ", ".to_owned()
}

/// How lines end around the line that begins at `at`.
pub(super) fn newline(text: &str, at: usize) -> &'static str {
    // The first line of a text has none above it, so its own end decides.
    let end = if at == 0 { next_line(text, at) } else { at };
    if text[..end].ends_with("\r\n") { "\r\n" } else { "\n" }
}

/// How the names of a list are capitalized.
enum Case {
    Lower,
    Upper,
    /// Each word by itself, `MCP` perhaps as a whole.
    Words {
        is_mcp_upper: bool,
    },
}

impl Case {
    fn of<'e>(text: &str, entries: impl Iterator<Item = &'e Entry> + Clone) -> Self {
        let names = entries.filter_map(|entry| entry.name).map(|name| &text[name.start..name.end]);
        let names: Vec<&str> = names.filter(|name| *name != "*").collect();
        let ours: Vec<&str> = names.iter().copied().filter(|name| is_ours(name)).collect();
        let deciding = if ours.is_empty() { &names } else { &ours };
        let has = |test: fn(&u8) -> bool| deciding.iter().any(|name| name.as_bytes().iter().any(test));
        match (has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase)) {
            (_, false) => Self::Lower,
            (false, true) => Self::Upper,
            (true, true) => Self::Words { is_mcp_upper: ours.iter().any(|name| name.starts_with("MCP-")) },
        }
    }

    fn of_name(&self, name: &str) -> String {
        match self {
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            // The protocol writes this one name so.
            Self::Words { is_mcp_upper: true } if name == "Mcp-Protocol-Version" => "MCP-Protocol-Version".to_owned(),
            Self::Words { .. } => name.to_owned(),
        }
    }
}
