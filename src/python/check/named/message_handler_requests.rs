//! Finds `RequestResponder`: in the annotation of a message handler, which another one serves, and anywhere else.

use ruff_python_ast::{Expr, ExprName, Operator, Stmt};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::rewrite::edit;
use super::super::rewrite::imports::{Move, Plan, must_keep_name};
use super::super::uses::{At, ImportUse, key};
use crate::fix::{Applicability, Fix};
use crate::rule::Rule;
use crate::rule::python::{CheckMatch, Role};
use crate::source::Span;

const OLD: &str = "mcp.shared.session.RequestResponder";
const NEW: &str = "mcp.client.IncomingMessage";

pub(super) fn run<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let is_old = |path: &str| context.canonical(path).iter().any(|path| path == OLD);
    let imports: Vec<&ImportUse<'_>> =
        context.uses.imports.iter().filter(|import| !import.is_star && is_old(&import.path)).collect();
    let uses: Vec<_> = context.uses.chains.iter().filter(|one| one.chain.whole().any(|path| is_old(&path))).collect();
    if imports.is_empty() && uses.is_empty() {
        return Vec::new();
    }
    let hit = |at: Span, name: &str| Hit::new(rule, at).with("name", name).with("path", OLD);
    let unions = unions(context);
    // Where the name means something else as well, a person has to look.
    let is_all = uses.iter().all(|one| unions.iter().any(|union| covers(*union, one.chain.parts[0].1)));
    let mut hits = Vec::new();
    for import in &imports {
        let fix = (is_all && imports.len() == 1).then(|| fix(context, import, &unions)).flatten();
        hits.push(Hit { fix, ..hit(import.span(), "RequestResponder") });
    }
    for one in uses {
        let is_asked = [Role::InstanceCheck, Role::Pattern].iter().any(|role| one.roles.contains(&key(*role)));
        if is_asked || one.chain.parts.len() > 1 || imports.is_empty() {
            let (name, at) = one.chain.parts[one.chain.parts.len() - 1];
            let mut found = hit(at, name);
            found.help.extend(is_asked.then(|| "This branch never runs in mcp 2; delete it.".to_owned()));
            hits.push(found);
        }
    }
    hits
}

fn covers(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The annotations of parameters that are the union of a request, a notification and an exception.
fn unions(context: &Context<'_, '_>) -> Vec<Span> {
    let mut found = Vec::new();
    for function in &context.uses.functions {
        for annotation in function.node.parameters.iter().filter_map(|parameter| parameter.annotation()) {
            let mut members = Vec::new();
            alternatives(context, annotation, function.at, &mut members);
            let leads =
                |member: &Expr, wanted: &str| context.paths_of(member, function.at).iter().any(|path| path == wanted);
            let is_request = |member: &Expr| match member {
                Expr::Subscript(subscript) => leads(&subscript.value, OLD),
                other => leads(other, OLD),
            };
            let is_notification = |member: &Expr| leads(member, "mcp.types.ServerNotification");
            let is_exception = |member: &Expr| matches!(member, Expr::Name(ExprName { id, .. }) if id == "Exception");
            let tests: [&dyn Fn(&Expr) -> bool; 3] = [&is_request, &is_notification, &is_exception];
            let is_whole = tests.iter().all(|test| members.iter().any(|member| test(member)));
            if members.len() == 3 && is_whole {
                found.push(span(annotation));
            }
        }
    }
    found
}

/// The members of `A | B` and `Union[A, B]`.
fn alternatives<'t>(context: &Context<'_, '_>, annotation: &'t Expr, at: At, out: &mut Vec<&'t Expr>) {
    match annotation {
        Expr::BinOp(union) if union.op == Operator::BitOr && out.len() < 8 => {
            alternatives(context, &union.left, at, out);
            alternatives(context, &union.right, at, out);
        }
        Expr::Subscript(subscript)
            if context.paths_of(&subscript.value, at).iter().any(|path| path == "typing.Union") =>
        {
            match &*subscript.slice {
                Expr::Tuple(tuple) => tuple.elts.iter().for_each(|one| alternatives(context, one, at, out)),
                one => alternatives(context, one, at, out),
            }
        }
        one => out.push(one),
    }
}

/// Imports `IncomingMessage` in place of `import`, and writes it for each of `unions`.
fn fix(context: &Context<'_, '_>, import: &ImportUse<'_>, unions: &[Span]) -> Option<Fix> {
    if unions.is_empty() || !matches!(import.statement, Stmt::ImportFrom(_)) {
        return None;
    }
    let keeps_name = must_keep_name(context, import, NEW);
    let mut plan = Plan::default();
    let moved = Move::Path { path: NEW.to_owned(), keeps_name };
    plan.add(import, Some(moved), Applicability::Safe);
    let mut fix = plan.fix(context, import, Applicability::Safe)?;
    // What the plan would rename goes with the whole annotation.
    fix.edits.retain(|edit| !unions.iter().any(|union| covers(*union, edit.span)));
    let name = if keeps_name || import.alias.asname.is_some() { import.bound() } else { "IncomingMessage" };
    fix.edits.extend(unions.iter().map(|union| edit(context, *union, name)));
    fix.edits.sort_by_key(|edit| edit.span);
    Some(fix)
}
