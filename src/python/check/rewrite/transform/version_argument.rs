//! `server._mcp_server.version = value` behind the constructor of the server becomes `version=value` among its arguments.

use ruff_python_ast::{Expr, ExprCall};

use super::super::super::callee::callees;
use super::super::super::context::Context;
use super::super::super::uses::At;
use super::super::{edit, insert};
use crate::fix::{Applicability, Fix};
use crate::python::layout::indentation;
use crate::python::parse::span;
use crate::source::Span;

const SERVER: &str = "mcp.server.fastmcp.FastMCP";

/// The rewrite of the assignment to the member whose name stands at `at`.
pub(super) fn run(context: &Context<'_, '_>, at: Span) -> Option<Fix> {
    let assignments = &context.uses.assignments;
    let (target, value, place) = assignments
        .iter()
        .find(|(target, ..)| matches!(target, Expr::Attribute(version) if span(&version.attr) == at))?;
    let Expr::Attribute(version) = target else { return None };
    let Expr::Attribute(lowlevel) = &*version.value else { return None };
    let call = constructor(context, &lowlevel.value, *place)?;
    let (made, assigned) = (span(call).start, span(*target).start);
    if made >= assigned || !is_at_hand(context, value, (made, assigned)) {
        return None;
    }
    let gone = statement(context, (made, assigned), span(*value).end, span(*target).end..span(*value).start)?;
    let added = format!("version={}", context.source(*value));
    let mut fix = insert(context, &added, Applicability::Unsafe, call)?;
    fix.edits.push(edit(context, gone, ""));
    Some(fix)
}

/// The only call whose value `server` is, if that makes a server without a version in the same function.
fn constructor<'t>(context: &Context<'_, 't>, server: &Expr, place: At) -> Option<&'t ExprCall> {
    let name = context.source(server);
    let mut made = context.uses.assignments.iter().filter(|(target, ..)| context.source(*target) == name);
    let (Some((_, Expr::Call(call), at)), None) = (made.next(), made.next()) else { return None };
    let is_meant = |argument: &Option<ruff_python_ast::Identifier>| {
        argument.as_ref().is_none_or(|name| name.as_str() == "version")
    };
    let wanted = context.canonical(SERVER);
    let made = callees(context, call, *at);
    // Of a class that is imported differently by the SDK's version, the older one takes no version.
    let is_server = !made.is_empty() && made.iter().all(|callee| wanted.contains(&callee.path));
    let has_version = call.arguments.keywords.iter().any(|keyword| is_meant(&keyword.arg));
    (is_server && !has_version && at.function == place.function && at.scope == place.scope).then_some(call)
}

/// Whether `value` is the same where the server is made: it is put together from names, none of which is bound on the way
/// from there, which is `between`.
fn is_at_hand(context: &Context<'_, '_>, value: &Expr, between: (usize, usize)) -> bool {
    let all = |values: &[Expr]| values.iter().all(|value| is_at_hand(context, value, between));
    match value {
        Expr::StringLiteral(_) => true,
        Expr::Name(name) => !is_bound(context, name.id.as_str(), between),
        Expr::Attribute(attribute) => is_at_hand(context, &attribute.value, between),
        Expr::BoolOp(either) => all(&either.values),
        Expr::Call(call) => {
            is_at_hand(context, &call.func, between)
                && all(&call.arguments.args)
                && call.arguments.keywords.iter().all(|keyword| is_at_hand(context, &keyword.value, between))
        }
        _ => false,
    }
}

fn is_bound(context: &Context<'_, '_>, name: &str, (from, to): (usize, usize)) -> bool {
    let is_within = |at: usize| from <= at && at < to;
    let uses = context.uses;
    // Loops and `with` bind too; what only looks like that costs no more than the fix.
    let text = context.text.get(from..to).unwrap_or_default();
    uses.imports.iter().any(|import| import.bound() == name && is_within(span(import.statement).start))
        || uses.assigned_to(name).any(|(target, ..)| is_within(span(*target).start))
        || uses
            .functions
            .iter()
            .any(|function| function.node.name.as_str() == name && is_within(span(function.node).start))
        || uses.classes.iter().any(|class| class.node.name.as_str() == name && is_within(span(class.node).start))
        || text.contains(&format!("for {name} "))
        || text.contains(&format!(" as {name}"))
        || text.contains(&format!("{name} :="))
}

/// The lines of the assignment with the comment about it, if it stands alone in them and in the block of the constructor.
fn statement(
    context: &Context<'_, '_>,
    (made, assigned): (usize, usize),
    end: usize,
    operator: std::ops::Range<usize>,
) -> Option<Span> {
    let text = context.text;
    let indent = indentation(text, assigned);
    let start = assigned.checked_sub(indent.len())?;
    let rest = &text[end..];
    let tail = rest.find('\n').map_or(rest, |at| &rest[..=at]);
    let is_alone =
        text.get(operator)?.trim() == "=" && tail.trim().is_empty() && (start == 0 || text[..start].ends_with('\n'));
    let mut between = text.get(made..start)?.lines().skip(1).filter(|line| !line.trim().is_empty());
    if !is_alone || indentation(text, made) != indent || !between.all(|line| line.starts_with(indent)) {
        return None;
    }
    let mut from = start;
    let mut above = text[..start].split_inclusive('\n').rev();
    let mut line = above.next();
    while let Some(comment) =
        line.filter(|line| line.trim_start().starts_with('#') && line.to_lowercase().contains("version"))
    {
        from -= comment.len();
        line = above.next();
    }
    // Where it stood between two blank lines, one of them is enough.
    let end = end + tail.len();
    let is_blank = |line: Option<&str>| line.is_some_and(|line| line.trim().is_empty());
    if from > made && is_blank(line) && is_blank(text[end..].split_inclusive('\n').next()) {
        from -= line.map_or(0, str::len);
    }
    Some(Span::new(from, end))
}
