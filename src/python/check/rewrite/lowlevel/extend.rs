//! Adds names to an import that is there: in their order if it has one, on lines of their own if it has those, and
//! within the width of the file.

use ruff_python_ast::StmtImportFrom;

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::{edit, indentation};
use super::layout::Layout;
use crate::fix::Edit;
use crate::source::{Span, line_start};

/// The edits that have `from` import the `added` names too; `None` where comments stand in between.
pub(super) fn edits(
    context: &Context<'_, '_>,
    layout: &Layout<'_>,
    from: &StmtImportFrom,
    added: &[String],
) -> Option<Vec<Edit>> {
    let text = context.text;
    let whole = span(from);
    let known: Vec<(&str, Span)> = from.names.iter().map(|alias| (alias.name.as_str(), span(alias))).collect();
    let (first, last) = (known.first()?.1, known.last()?.1);
    let tail = text.get(last.end..whole.end)?;
    let line = line_start(text, whole.start);
    let starts_line = |at: usize| text[..at].trim_end_matches([' ', '\t']).ends_with('\n');
    let (is_bracketed, newline) = (tail.contains(')'), layout.newline);
    let is_one_line = !text.get(whole.start..whole.end)?.contains('\n');
    let inserted = |at: usize, content: String| edit(context, Span::empty(at), content);
    if is_one_line {
        let grown: usize = added.iter().map(|name| name.len() + 2).sum();
        if text[line..whole.end].chars().count() + grown <= layout.width {
            let new = |at: Option<usize>, name: &str| match at {
                Some(at) => inserted(known[at].1.start, format!("{name}, ")),
                None => inserted(last.end, format!(", {name}")),
            };
            return Some(added.iter().map(|name| new(position(&known, name), name)).collect());
        }
        if text[whole.end..].lines().next().unwrap_or_default().contains('#') {
            return None;
        }
        return Some(bracketed(context, layout, (whole, is_bracketed), &known, added));
    }
    if !is_bracketed {
        return None;
    }
    let indent = indentation(text, last.start);
    let each = known.len() > 1 && known.iter().skip(1).all(|(_, at)| starts_line(at.start));
    if each || known.len() == 1 && starts_line(first.start) {
        let new = |at: Option<usize>, name: &str| match at {
            Some(at) => inserted(known[at].1.start, format!("{name},{newline}{indent}")),
            None => inserted(last.end, format!(",{newline}{indent}{name}")),
        };
        return Some(added.iter().map(|name| new(position(&known, name), name)).collect());
    }
    let start = line_start(text, last.end);
    let mut column = text[start..last.end].chars().count();
    let mut content = String::new();
    for name in added {
        fill(layout, indent, name, &mut column, &mut content);
    }
    Some(vec![inserted(last.end, content)])
}

/// Puts ", name" at the end of `content`, on a new line where it would be too long.
fn fill(layout: &Layout<'_>, indent: &str, name: &str, column: &mut usize, content: &mut String) {
    // With the comma that follows it.
    if *column + name.len() + 3 > layout.width {
        content.push_str(&format!(",{}{indent}{name}", layout.newline));
        *column = indent.chars().count() + name.len();
    } else {
        content.push_str(&format!(", {name}"));
        *column += name.len() + 2;
    }
}

/// A line that has become too long, as lines in brackets.
fn bracketed(
    context: &Context<'_, '_>,
    layout: &Layout<'_>,
    (whole, has_brackets): (Span, bool),
    known: &[(&str, Span)],
    added: &[String],
) -> Vec<Edit> {
    let outer = indentation(context.text, whole.start);
    let indent = format!("{outer}{}", layout.unit);
    let newline = layout.newline;
    let mut edits = Vec::new();
    let (open, close) = if has_brackets { ("", "") } else { ("(", ")") };
    let mut gap = |at: Span, content: String| edits.push(edit(context, at, content));
    let (first, last) = (known[0].1, known[known.len() - 1].1);
    gap(Span::empty(first.start), format!("{open}{newline}{indent}"));
    let mut end = String::new();
    if layout.is_one_each {
        for two in known.windows(2) {
            gap(Span::new(two[0].1.end, two[1].1.start), format!(",{newline}{indent}"));
        }
        for name in added {
            match position(known, name) {
                Some(at) => gap(Span::empty(known[at].1.start), format!("{name},{newline}{indent}")),
                None => end.push_str(&format!(",{newline}{indent}{name}")),
            }
        }
    } else {
        let mut column = indent.chars().count() + (last.end - first.start);
        for name in added {
            fill(layout, &indent, name, &mut column, &mut end);
        }
    }
    end.push_str(&format!(",{newline}{outer}{close}"));
    gap(Span::empty(last.end), end);
    edits
}

/// Before which of `known` a name belongs; `None` for the end, also where they have no order.
fn position(known: &[(&str, Span)], name: &str) -> Option<usize> {
    let is_sorted = |key: &Key| known.windows(2).all(|two| key(two[0].0) <= key(two[1].0));
    let orders: [Key; 3] = [by_kind, folded, plain];
    let key = orders.into_iter().find(is_sorted)?;
    known.iter().position(|(other, _)| key(other) > key(name))
}

/// What names are sorted by.
type Key = fn(&str) -> (u8, String);

/// Constants, then classes, then the rest.
fn by_kind(name: &str) -> (u8, String) {
    let is_constant = !name.chars().any(char::is_lowercase);
    let rank = if is_constant { 0 } else { 1 + u8::from(!name.starts_with(char::is_uppercase)) };
    (rank, name.to_owned())
}

fn folded(name: &str) -> (u8, String) {
    (0, name.to_lowercase())
}

fn plain(name: &str) -> (u8, String) {
    (0, name.to_owned())
}
