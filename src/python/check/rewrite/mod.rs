//! Rewrites that the data of a rule describes. Each touches the tokens it is about and nothing else.

pub(super) mod added;
pub(super) mod imports;
mod listed;
pub(super) mod lowlevel;
pub(super) mod reference;
pub(super) mod streamable;
pub(super) mod transform;
pub(super) mod transport;

use ruff_python_ast::{Expr, ExprCall};

pub(super) use super::super::layout;
pub(super) use super::super::layout::indentation;
use super::super::parse::span;
use super::argument::Passed;
use super::compiled::MemberEntry;
use super::context::Context;
use crate::finding::Confidence;
use crate::fix::{Applicability, Edit, Fix};
use crate::rule::python::ArgumentMatch;
use crate::source::Span;

/// One edit of the module.
pub(super) fn edit(context: &Context<'_, '_>, at: Span, content: impl Into<String>) -> Edit {
    Edit { path: context.module.path.to_owned(), span: at, content: content.into() }
}

/// Other text in the place of `at`.
pub(super) fn replaced(context: &Context<'_, '_>, at: Span, content: &str, applicability: Applicability) -> Fix {
    let title = if content.is_empty() { "remove it".to_owned() } else { format!("write `{content}`") };
    Fix { title, applicability, edits: vec![edit(context, at, content)] }
}

/// `fix` with the imports its text needs; `None` when one of them cannot be placed.
pub(super) fn importing(context: &Context<'_, '_>, mut fix: Fix, imports: &[String]) -> Option<Fix> {
    for import in imports {
        imports::merge(&mut fix.edits, added::insertion(context, import)?);
    }
    fix.edits.sort_by_key(|edit| edit.span);
    Some(fix)
}

/// Another name for a member, where the name alone changes.
pub(super) fn renamed(context: &Context<'_, '_>, entry: &MemberEntry<'_>, at: Span) -> Option<Fix> {
    let becomes = entry.becomes.filter(|becomes| !becomes.is_empty())?;
    Some(replaced(context, at, becomes, entry.entry.applicability))
}

/// The rewrite of `value.name`: `name` are the bytes of the name, `access` those from the dot on.
pub(super) fn member(
    context: &Context<'_, '_>,
    entry: &MemberEntry<'_>,
    name: Span,
    access: Span,
    call: Option<&ExprCall>,
) -> Option<Fix> {
    let becomes = entry.becomes?;
    let mut fix = match becomes {
        "" => replaced(context, access, "", entry.entry.applicability),
        _ => replaced(context, name, becomes, entry.entry.applicability),
    };
    if let Some(call) = call.filter(|_| entry.entry.uncall) {
        if !call.arguments.args.is_empty() || !call.arguments.keywords.is_empty() {
            return None;
        }
        fix.edits.push(edit(context, span(&call.arguments), ""));
    }
    Some(fix)
}

/// The rewrite of a string that names a member.
pub(super) fn member_text(
    context: &Context<'_, '_>,
    entry: &MemberEntry<'_>,
    name: &Expr,
    confidence: Confidence,
) -> Option<Fix> {
    let becomes = entry.becomes.filter(|becomes| !becomes.is_empty())?;
    let text = super::value::string(name)?;
    let whole = span(name);
    let start = whole.start + context.source(name).find(text)?;
    let applicability = super::member::applicability(entry, confidence);
    Some(replaced(context, Span::new(start, start + text.len()), becomes, applicability))
}

/// Keywords in front of positional arguments.
pub(super) fn name_arguments(context: &Context<'_, '_>, entry: &ArgumentMatch, named: &[Span]) -> Option<Fix> {
    if entry.keywords.is_empty() || named.len() > entry.keywords.len() {
        return None;
    }
    let edits = named.iter().zip(&entry.keywords);
    let edits = edits.map(|(at, keyword)| edit(context, Span::empty(at.start), format!("{keyword}="))).collect();
    Some(Fix { title: "pass them by keyword".to_owned(), applicability: entry.applicability, edits })
}

/// An argument that was not passed, with the one that has to be passed `first`.
pub(super) fn insert_argument(
    context: &Context<'_, '_>,
    entry: &ArgumentMatch,
    first: Option<&str>,
    call: &ExprCall,
) -> Option<Fix> {
    let added = entry.insert.as_deref()?;
    let added = first.map_or_else(|| added.to_owned(), |first| format!("{first}, {added}"));
    let fix = insert(context, &added, entry.applicability, call)?;
    importing(context, fix, entry.imports.as_slice())
}

/// The argument `added` at the end of those of `call`.
pub(super) fn insert(
    context: &Context<'_, '_>,
    added: &str,
    applicability: Applicability,
    call: &ExprCall,
) -> Option<Fix> {
    let arguments = span(&call.arguments);
    let last = call.arguments.args.iter().map(span).chain(call.arguments.keywords.iter().map(span)).max();
    let (at, content) = match last {
        None => (arguments.start + 1, added.to_owned()),
        Some(last) => {
            let rest = context.text.get(last.end..arguments.end.checked_sub(1)?)?;
            // A comment might hold a comma that separates nothing.
            let has_comma = rest.split('#').next().is_some_and(|code| code.contains(','));
            if has_comma && rest.contains('\n') {
                let indent = indentation(context.text, last.start);
                let comma = last.end + rest.find(',')? + 1;
                let newline = imports::newline(context.text);
                (comma, format!("{newline}{indent}{added},"))
            } else {
                (last.end, format!(", {added}"))
            }
        }
    };
    let title = format!("add `{added}`");
    let edits = vec![edit(context, Span::empty(at), content)];
    Some(Fix { title, applicability, edits })
}

/// Moves the lines behind the first of `lines` to the left, by as much as what stands first in it moves from its own line
/// to the line of `to`. Nothing is moved that holds a string of several lines.
pub(super) fn outdented(context: &Context<'_, '_>, lines: Span, to: usize) -> Vec<Edit> {
    let text = context.text;
    let Some(source) = text.get(lines.start..lines.end) else { return Vec::new() };
    let (from, to) = (indentation(text, lines.start), indentation(text, to));
    if source.contains("\"\"\"") || source.contains("'''") || !from.starts_with(to) {
        return Vec::new();
    }
    let by = from.len() - to.len();
    let starts = source.match_indices('\n').map(|(at, _)| lines.start + at + 1);
    let blank = |start: usize| text[start..].bytes().take(by).take_while(|one| matches!(one, b' ' | b'\t')).count();
    let edits = starts.map(|start| edit(context, Span::new(start, start + blank(start)), ""));
    edits.filter(|edit| !edit.span.is_empty()).collect()
}

/// The rewrite of one argument.
pub(super) fn argument(
    context: &Context<'_, '_>,
    entry: &ArgumentMatch,
    call: &ExprCall,
    passed: Passed<'_>,
) -> Option<Fix> {
    let applicability = entry.applicability;
    if let Some(name) = &entry.transform {
        return transform::run_argument(name, context, entry, call, passed);
    }
    if entry.remove {
        let at = match passed {
            Passed::Keyword(keyword) => removed(context, call, span(keyword))?,
            Passed::Position(value) => removed(context, call, span(value))?,
            Passed::Unpacked(_) => return None,
        };
        return Some(replaced(context, at, "", applicability));
    }
    let mut edits = Vec::new();
    let mut title = String::new();
    if let Some(becomes) = &entry.becomes {
        match passed {
            Passed::Keyword(keyword) => edits.push(edit(context, span(keyword.arg.as_ref()?), becomes.as_str())),
            Passed::Position(value) => edits.push(edit(context, Span::empty(span(value).start), format!("{becomes}="))),
            Passed::Unpacked(_) => return None,
        }
        title = format!("write `{becomes}=`");
    }
    if let Some(template) = &entry.becomes_value {
        let value = passed.value()?;
        let content = template.replace("{value}", context.source(value));
        title = format!("write `{content}`");
        edits.push(edit(context, span(value), content));
    }
    if edits.is_empty() {
        return None;
    }
    importing(context, Fix { title, applicability, edits }, entry.imports.as_slice())
}

/// The bytes of an argument with the comma that goes with it.
pub(super) fn removed(context: &Context<'_, '_>, call: &ExprCall, argument: Span) -> Option<Span> {
    let all: Vec<Span> = {
        let mut all: Vec<Span> =
            call.arguments.args.iter().map(span).chain(call.arguments.keywords.iter().map(span)).collect();
        all.sort_unstable();
        all
    };
    let index = all.iter().position(|one| *one == argument)?;
    let between = |start: usize, end: usize| context.text.get(start..end);
    // With what follows up to the next argument, or else with what stands before it.
    if let Some(next) = all.get(index + 1) {
        let gap = between(argument.end, next.start)?;
        return (!gap.contains('#')).then(|| Span::new(argument.start, next.start));
    }
    match index.checked_sub(1).and_then(|before| all.get(before)) {
        Some(before) => {
            let gap = between(before.end, argument.start)?;
            (!gap.contains('#')).then(|| Span::new(before.end, argument.end))
        }
        None => {
            let end = span(&call.arguments).end.checked_sub(1)?;
            let gap = between(argument.end, end)?;
            (!gap.contains('#')).then(|| Span::new(argument.start, end))
        }
    }
}
