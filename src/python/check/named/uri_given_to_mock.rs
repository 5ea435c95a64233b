//! `callback.assert_called_once_with(resource.uri)`: what a mock was given is compared with a URI, where one of the two is a
//! string with the newer SDK and the other one of pydantic's URLs.

use ruff_python_ast::{Expr, ExprCall};

use super::super::super::parse::span;
use super::super::super::types::Part;
use super::super::context::{Context, Hit};
use super::super::decorator::{Registration, registrations};
use super::super::rewrite::{importing, imports::is_imported, replaced, transform::url_text};
use super::super::stand_ins::is_assertion;
use super::super::uses::At;
use super::uri_compared::{is_uri, is_url};
use crate::finding::Confidence;
use crate::fix::{Applicability, Fix};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

/// The methods of a client session that take strings now.
const METHODS: [&str; 3] = ["read_resource", "subscribe_resource", "unsubscribe_resource"];

/// What is imported for a URL that is written.
const URL: &str = "from pydantic import AnyUrl";

const SESSION: &str = "mcp.client.session.ClientSession";

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    let mut handlers = None;
    for call in &context.uses.calls {
        let Expr::Attribute(callee) = &*call.node.func else { continue };
        if !is_assertion(&callee.attr) {
            continue;
        }
        for argument in arguments(call.node) {
            if is_method(context, &callee.value, call.at) {
                if is_url(context, argument.1, call.at) {
                    hits.push(url(context, rule, argument.1));
                }
            } else if is_uri(context, argument.1) {
                let handlers: &[Registration<'_>] = handlers.get_or_insert_with(|| self::handlers(context));
                hits.extend(uri(context, rule, (&callee.value, handlers), argument));
            }
        }
    }
    hits
}

/// An argument by its position or its name.
type Argument<'t> = (Result<usize, &'t str>, &'t Expr);

fn arguments(call: &ExprCall) -> impl Iterator<Item = Argument<'_>> {
    let by_position = call.arguments.args.iter().enumerate().map(|(at, value)| (Ok(at), value));
    let by_name = call.arguments.keywords.iter();
    by_position.chain(by_name.filter_map(|one| Some((Err(one.arg.as_ref()?.as_str()), &one.value))))
}

/// Whether `mock` stands for a method of a client session: the session is made after that class, or called so.
fn is_method(context: &Context<'_, '_>, mock: &Expr, at: At) -> bool {
    let Expr::Attribute(method) = mock else { return false };
    if !METHODS.contains(&method.attr.as_str()) || !context.module.imports_sdk {
        return false;
    }
    let classes = context.stand_ins().classes(context, &method.value, at);
    if !classes.is_empty() {
        return classes.iter().any(|class| class == SESSION);
    }
    let is_open = |part: &Part| match part {
        Part::Unknown => true,
        Part::Instance(class) => class.ancestors.iter().any(|path| path.ends_with(".NonCallableMock")),
        _ => false,
    };
    let named = context.source(&*method.value).to_lowercase();
    named.contains("session") && context.type_of(&method.value).parts.iter().any(is_open)
}

/// A URL that the session was given as a string.
fn url<'a>(context: &Context<'_, '_>, rule: &'a Rule, value: &Expr) -> Hit<'a> {
    let text = url_text::text(context, value);
    let hit = Hit::new(rule, span(value)).with("value", context.source(value)).with("becomes", text.as_str());
    Hit { fix: Some(replaced(context, span(value), &text, Applicability::Unsafe)), ..hit }
}

/// A URI of a model: a string now, where the mock goes on being given a URL, as far as the module shows what it is given.
fn uri<'a>(
    context: &Context<'_, '_>,
    rule: &'a Rule,
    (mock, handlers): (&Expr, &[Registration<'_>]),
    (at, value): Argument<'_>,
) -> Option<Hit<'a>> {
    let shown = context.source(mock);
    let calls = context.uses.calls.iter().filter(|call| context.source(&*call.node.func) == shown);
    let given: Vec<_> =
        calls.filter_map(|call| Some((arguments(call.node).find(|(known, _)| *known == at)?.1, call.at))).collect();
    let text = format!("AnyUrl({})", context.source(value));
    let hit = Hit::new(rule, span(value)).with("value", context.source(value)).with("becomes", text.as_str());
    let fix = replaced(context, span(value), &text, Applicability::Unsafe);
    let is_registered = |one: &&Registration<'_>| {
        let applied = one.applied.and_then(|call| call.arguments.args.first());
        at == Ok(0) && applied.is_some_and(|function| context.source(function) == shown)
    };
    let takes = |one: &&Registration<'_>| given.iter().any(|(value, at)| is_handed(context, one, value, *at));
    if let Some(handler) = handlers.iter().find(|one| is_registered(one) || takes(one)) {
        return Some(Hit { fix: beside(context, fix, handler.span), ..hit });
    }
    // Who else calls it is not known here.
    if given.is_empty() {
        return Some(hit.at_most(Confidence::Low));
    }
    let is_given = given.iter().any(|(value, at)| is_url_now(context, value, *at));
    is_given.then(|| Hit { fix: importing(context, fix, &[URL.to_owned()]), ..hit })
}

/// What registers functions with a lowlevel server to handle URIs. The adapters that are written for them make a URL of
/// what the newer SDK hands over, as the older one did.
fn handlers<'t>(context: &Context<'_, 't>) -> Vec<Registration<'t>> {
    let is_server = |path: &String| path.starts_with("mcp.server.lowlevel.server.Server.");
    let is_lowlevel = |one: &Registration<'_>| one.is_unknown || one.paths.iter().any(is_server);
    let found = registrations(context).into_iter();
    found.filter(|one| METHODS.contains(&one.name) && is_lowlevel(one)).collect()
}

/// Whether `value` is the parameter of such a function, which does not say what it takes.
fn is_handed(context: &Context<'_, '_>, handler: &Registration<'_>, value: &Expr, at: At) -> bool {
    let (Expr::Name(name), Some((function, _))) = (value, handler.function) else { return false };
    let around = at.function.and_then(|at| context.uses.functions.get(at));
    let first = function.parameters.iter().next();
    around.is_some_and(|around| std::ptr::eq(around.node, function))
        && first.is_some_and(|one| one.name().id == name.id && one.annotation().is_none())
}

/// `fix` with the import it needs: that of the adapter for the handler that is registered at `handler`, which imports the
/// same in its own place. Without an adapter nobody knows what the handler will be given.
fn beside(context: &Context<'_, '_>, mut fix: Fix, handler: Span) -> Option<Fix> {
    let adapter = context.lowlevel().fix(handler)?;
    if !is_imported(context, URL, 0)? {
        fix.edits.extend(adapter.edits);
        fix.edits.sort_by_key(|edit| edit.span);
    }
    Some(fix)
}

/// Whether `value` is one of pydantic's URLs with the newer SDK.
fn is_url_now(context: &Context<'_, '_>, value: &Expr, at: At) -> bool {
    if !is_url(context, value, at) {
        return false;
    }
    // What both call a URL is one; what the newer one knows nothing of is what it was.
    let is_text = |part: &Part| match part {
        Part::Instance(class) => class.is("builtins.str"),
        Part::Literal(_) => true,
        _ => false,
    };
    !context.newer_type_of(value).parts.iter().any(is_text)
}
