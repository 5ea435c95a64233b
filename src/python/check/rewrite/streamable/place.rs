//! Where a call of the old function stands, and how the HTTP client gets there: as another item of the `async with`,
//! onto the same exit stack, or not at all where the call needs none.

use ruff_python_ast::{Expr, ExprCall, WithItem};

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::super::named::three_streams;
use super::super::super::statements::Starts;
use super::super::super::uses::At;
use super::super::super::value::literal;
use super::super::{edit, imports, indentation, layout};
use super::Parts;
use super::call::{Called, taken_apart};
use crate::source::{Span, line_start};

/// The edits that make `call`, at `at`, one of the new function, called as `callee`; `None` when they are not to be
/// made here.
pub(super) fn rewritten<'t>(context: &Context<'_, 't>, call: &'t ExprCall, at: At, callee: &str) -> Option<Parts> {
    let inner = context.source(&call.arguments);
    // A comment among the arguments would be lost.
    if inner.contains('#') && has_comment(context, call) {
        return None;
    }
    let place = entered_by(context, call);
    if !loses_nothing(context, call, &place) {
        return None;
    }
    let mut parts = Parts::new();
    let indent = indentation(context.text, span(call).start);
    let called = taken_apart(context, call, indent)?;
    if !called.needs_client() {
        let renamed = edit(context, span(&*call.func), callee);
        parts.edits.push(renamed);
        parts.edits.extend(without_defaults(context, call, &called));
        return Some(parts);
    }
    parts.imports.insert("import httpx2");
    match place {
        Entered::With(items) => with(context, (call, at, callee), items, parts),
        Entered::Stack(stack) => on_stack(context, (call, at, callee), stack, parts),
        Entered::Elsewhere => None,
    }
}

/// Whether the arguments hold a comment: a `#` that is in none of the values.
fn has_comment(context: &Context<'_, '_>, call: &ExprCall) -> bool {
    let values = call.arguments.args.iter().map(span).chain(call.arguments.keywords.iter().map(span));
    let mut at = span(&call.arguments).start;
    let mut values: Vec<Span> = values.collect();
    values.sort_unstable();
    for value in values.into_iter().chain([Span::empty(span(&call.arguments).end)]) {
        if context.text.get(at..value.start).is_some_and(|gap| gap.contains('#')) {
            return true;
        }
        at = value.end;
    }
    false
}

/// The arguments as they are, or anew where one of them goes or must be named.
fn without_defaults(context: &Context<'_, '_>, call: &ExprCall, called: &Called<'_>) -> Option<crate::fix::Edit> {
    let count = called.kept.len() + usize::from(called.ending.is_some());
    let is_same = count == call.arguments.args.len() + call.arguments.keywords.len() && call.arguments.args.len() <= 1;
    let arguments: Vec<String> = called.kept.iter().cloned().chain(called.ending.clone()).collect();
    (!is_same).then(|| edit(context, span(&call.arguments), format!("({})", arguments.join(", "))))
}

enum Entered<'t> {
    With(&'t [WithItem]),
    Stack(&'t ExprCall),
    Elsewhere,
}

fn entered_by<'t>(context: &Context<'_, 't>, call: &ExprCall) -> Entered<'t> {
    let is_it = |one: &Expr| matches!(one, Expr::Call(one) if span(one) == span(call));
    let mut withs = context.uses.withs.iter();
    if let Some((items, ..)) = withs.find(|(items, ..)| items.iter().any(|item| is_it(&item.context_expr))) {
        return Entered::With(items);
    }
    let enters = |one: &&super::super::super::uses::CallUse<'_>| match &*one.node.func {
        Expr::Attribute(callee) => {
            callee.attr.as_str() == "enter_async_context" && one.node.arguments.args.first().is_some_and(is_it)
        }
        _ => false,
    };
    context.uses.calls.iter().find(enters).map_or(Entered::Elsewhere, |found| Entered::Stack(found.node))
}

/// Whether the place can do without the third value: it is entered here, and what it gives is unpacked in sight with
/// nobody reading the third, or is held by a name of which the third is not taken.
fn loses_nothing(context: &Context<'_, '_>, call: &ExprCall, place: &Entered<'_>) -> bool {
    let is_it = |one: &Expr| matches!(one, Expr::Call(one) if span(one) == span(call));
    let target = match place {
        Entered::With(items) => {
            items.iter().find(|item| is_it(&item.context_expr)).map(|item| item.optional_vars.as_deref()).map(
                |target| {
                    (target, context.uses.withs.iter().find(|(of, ..)| std::ptr::eq(*of, *items)).map(|one| one.2))
                },
            )
        }
        Entered::Stack(entering) => {
            let is_awaited = |value: &Expr| matches!(value, Expr::Await(one) if span(&*one.value) == span(*entering));
            let found = context.uses.assignments.iter().find(|(_, value, _)| is_awaited(value));
            Some(found.map_or((None, None), |(target, _, at)| (Some(*target), Some(*at))))
        }
        Entered::Elsewhere => None,
    };
    let Some((target, at)) = target else { return false };
    let (Some(target), Some(at)) = (target, at) else { return true };
    let is_dropped = |target: &Expr| {
        three_streams::three(target).is_none_or(|tuple| three_streams::without_third(context, tuple, at).is_some())
    };
    if target.is_tuple_expr() {
        return is_dropped(target);
    }
    let name = context.source(target);
    let is_held = |one: &Expr| context.source(one) == name;
    let takes_third = |slice: &Expr| match slice {
        Expr::Slice(slice) => slice.upper.as_deref().and_then(literal).is_none_or(|end| end != "2"),
        _ => literal(slice).is_none_or(|index| !matches!(index.as_str(), "0" | "1")),
    };
    let mut subscripts = context.uses.subscripts.iter();
    let mut assignments = context.uses.assignments.iter();
    !subscripts.any(|(one, _)| is_held(&one.value) && takes_third(&one.slice))
        && assignments.all(|(target, value, _)| !is_held(value) || is_dropped(target))
}

/// A name for the client that means nothing else in the module.
fn name(context: &Context<'_, '_>) -> Option<&'static str> {
    let names = ["http_client", "mcp_http_client", "streamable_client"];
    names.into_iter().find(|name| !context.scopes.binds_anywhere(name))
}

fn new_arguments(called: &Called<'_>, client: &str) -> Vec<String> {
    let client = format!("http_client={client}");
    called.kept.iter().cloned().chain([client]).chain(called.ending.clone()).collect()
}

/// `async with streamablehttp_client(…)`: the client becomes the item in front of it.
fn with<'t>(
    context: &Context<'_, 't>,
    (call, at, callee): (&'t ExprCall, At, &str),
    items: &'t [WithItem],
    mut parts: Parts,
) -> Option<Parts> {
    let name = name(context)?;
    let whole = span(call);
    let is_like = |item: &&WithItem| match &item.context_expr {
        Expr::Call(one) => context.source(&*one.func) == context.source(&*call.func),
        _ => false,
    };
    // Two clients in one statement need two names.
    if items.iter().filter(is_like).count() > 1 {
        return None;
    }
    let (first, last) = (span(items.first()?), span(items.last()?));
    let newline = imports::newline(context.text);
    let before = context.text.get(..first.start)?.trim_end();
    let is_parenthesised = before.ends_with('(');
    let outer = indentation(context.text, whole.start);
    let is_own_line = context.text.get(..whole.start)?.ends_with(&format!("\n{outer}"));
    let statement = indentation(context.text, before.len());
    let (from, indent) = match (is_parenthesised, is_own_line) {
        (true, true) => (outer.to_owned(), outer.to_owned()),
        // What stands behind the parenthesis on the same line stays there.
        (true, false) => return None,
        (false, _) => (outer.to_owned(), format!("{statement}    ")),
    };
    let called = taken_apart(context, call, &indent)?;
    let client = called.client(context, at, (&from, &indent))?;
    parts.at_most(client.applicability);
    let place = (indent.as_str(), indent.len());
    let entered = layout::call(context.text, place, &client.maker, &client.arguments, &format!(" as {name},"));
    let tail_length =
        context.text.get(whole.end..).and_then(|rest| rest.lines().next()).map_or(0, |line| line.trim_end().len());
    let place = (indent.as_str(), indent.len() + tail_length);
    let made = layout::call(context.text, place, callee, &new_arguments(&called, name), "");
    let text = format!("{entered}{newline}{indent}{made}");
    if is_parenthesised {
        parts.edits.push(edit(context, whole, text));
        return Some(parts);
    }
    // Without parentheses the items stand on the line of `async with`; each gets a line of its own.
    let open = format!("({newline}{indent}");
    if whole.start == first.start {
        parts.edits.push(edit(context, whole, format!("{open}{text}")));
    } else {
        parts.edits.push(edit(context, Span::empty(first.start), open));
        parts.edits.push(edit(context, whole, text));
    }
    for pair in items.windows(2) {
        let gap = Span::new(span(&pair[0]).end, span(&pair[1]).start);
        if context.text.get(gap.start..gap.end)?.trim() != "," {
            return None;
        }
        parts.edits.push(edit(context, gap, format!(",{newline}{indent}")));
    }
    parts.edits.push(edit(context, Span::empty(last.end), format!(",{newline}{statement})")));
    Some(parts)
}

/// `await stack.enter_async_context(streamablehttp_client(…))`: the client is entered onto the same stack, before.
fn on_stack<'t>(
    context: &Context<'_, 't>,
    (call, at, callee): (&'t ExprCall, At, &str),
    entering: &'t ExprCall,
    mut parts: Parts,
) -> Option<Parts> {
    let Expr::Attribute(enter) = &*entering.func else { return None };
    let start = Starts::of(context.body).start(span(call).start);
    let indent = indentation(context.text, start);
    let is_awaited = |value: &Expr| matches!(value, Expr::Await(one) if span(&*one.value) == span(entering));
    let is_statement = context.uses.assignments.iter().any(|(.., value, _)| is_awaited(value))
        || context.text.get(start..span(entering).start)?.trim() == "await";
    let is_first = context.text.get(..start)?.ends_with(&format!("\n{indent}"));
    let is_dotted = context.source(&*enter.value).chars().all(|one| one.is_alphanumeric() || matches!(one, '_' | '.'));
    if !is_statement || !is_first || !is_dotted {
        return None;
    }
    let name = name(context)?;
    let from = indentation(context.text, span(call).start);
    let called = taken_apart(context, call, from)?;
    let client = called.client(context, at, (from, indent))?;
    parts.at_most(client.applicability);
    let newline = imports::newline(context.text);
    let head = format!("{name} = await {}", context.source(&*entering.func));
    let made = layout::line(&client.maker, &client.arguments);
    let text = if indent.len() + head.len() + made.chars().count() + 2 <= layout::width(context.text) {
        format!("{head}({made})")
    } else {
        let deeper = format!("{indent}    ");
        let made = layout::call(context.text, (&deeper, deeper.len()), &client.maker, &client.arguments, "");
        format!("{head}({newline}{deeper}{made}{newline}{indent})")
    };
    parts.edits.push(edit(context, Span::empty(start), format!("{text}{newline}{indent}")));
    let column = span(call).start - line_start(context.text, span(call).start);
    let made = layout::call(context.text, (from, column + 1), callee, &new_arguments(&called, name), "");
    parts.edits.push(edit(context, span(call), made));
    Some(parts)
}
