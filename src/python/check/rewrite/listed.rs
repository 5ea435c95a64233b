//! One more name in an import statement that is there already, where its list has it sorted.

use ruff_python_ast::StmtImportFrom;

use super::super::super::parse::span;
use super::super::context::Context;
use super::edit;
use super::imports::newline;
use crate::fix::Edit;
use crate::source::{Span, line_end, line_start};

/// No line is made longer than this, in bytes, or than the longest one of the file down to it.
const MAX_WIDTH: usize = 88;

/// How names in one statement may be sorted: constants, classes, the rest; without regard to case; as they stand.
fn orders(name: &str) -> [(u8, String); 3] {
    let bare = name.split(" as ").next().unwrap_or(name);
    let kind = match bare.chars().next() {
        Some(first) if first.is_uppercase() => {
            let is_constant = bare.len() > 1 && bare.chars().all(|one| !one.is_lowercase());
            if is_constant { 0 } else { 1 }
        }
        _ => 2,
    };
    [(kind, bare.to_lowercase()), (0, bare.to_lowercase()), (0, bare.to_owned())]
}

/// The index at which `name` stands among `names`, in the order they are in.
fn index(names: &[&str], name: &str) -> usize {
    let wanted = orders(name);
    let order = (0..3).find(|order| names.is_sorted_by_key(|one| orders(one)[*order].clone()));
    let Some(order) = order else { return names.len() };
    names.iter().take_while(|one| orders(one)[order] <= wanted[order]).count()
}

/// `name` as one more of what `from` imports; `None` where the line would grow too long or there is no telling where.
pub(super) fn merged(context: &Context<'_, '_>, from: &StmtImportFrom, name: &str) -> Option<Vec<Edit>> {
    let text = context.text;
    let whole = span(from);
    if from.names.iter().any(|alias| alias.name.as_str() == "*") || text.get(whole.end..)?.trim_start().starts_with(';')
    {
        return None;
    }
    let spans: Vec<Span> = from.names.iter().map(span).collect();
    let names: Vec<&str> = from.names.iter().map(|alias| context.source(alias)).collect();
    let at = index(&names, name);
    let source = text.get(whole.start..whole.end)?;
    if source.contains('\n') {
        return stacked(context, whole, &spans, at, name);
    }
    let start = line_start(text, whole.start);
    let width = line_end(text, whole.end) - start + name.len() + 2;
    let longest = text[..line_end(text, whole.end)].lines().map(str::len).max().unwrap_or(0);
    if width > MAX_WIDTH.max(longest.min(120)) {
        return None;
    }
    Some(vec![match spans.get(at) {
        Some(next) => edit(context, Span::empty(next.start), format!("{name}, ")),
        None => edit(context, Span::empty(spans.last()?.end), format!(", {name}")),
    }])
}

/// The same for a list that takes several lines.
fn stacked(context: &Context<'_, '_>, whole: Span, spans: &[Span], at: usize, name: &str) -> Option<Vec<Edit>> {
    let text = context.text;
    let line = |offset: usize| line_start(text, offset);
    let begins = |one: &Span| text[line(one.start)..one.start].trim().is_empty();
    // Several names on a line: beside them.
    if !spans.iter().all(begins) || !text.get(whole.start..whole.end)?.ends_with(')') {
        return Some(vec![match spans.get(at) {
            Some(next) => edit(context, Span::empty(next.start), format!("{name}, ")),
            None => edit(context, Span::empty(spans.last()?.end), format!(", {name}")),
        }]);
    }
    let (newline, first) = (newline(text), spans.first()?);
    let indent = &text[line(first.start)..first.start];
    let added = format!("{newline}{indent}{name},");
    let Some(before) = at.checked_sub(1).and_then(|before| spans.get(before)) else {
        let above = text[..line(first.start)].strip_suffix('\n')?.trim_end_matches('\r').len();
        return Some(vec![edit(context, Span::empty(above), added)]);
    };
    let end = line_end(text, before.end);
    let has_comma = text.get(before.end..end)?.split('#').next()?.contains(',');
    if !has_comma {
        // Only the last one may stand without, and then nothing but the bracket and comments follow.
        let content = format!(",{newline}{indent}{name}");
        return text
            .get(before.end..end)?
            .trim()
            .is_empty()
            .then(|| vec![edit(context, Span::empty(before.end), content)]);
    }
    Some(vec![edit(context, Span::empty(end), added)])
}
