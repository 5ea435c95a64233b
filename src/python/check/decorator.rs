//! Functions registered by a decorator of the SDK, whether it is written above them or called with them.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{Decorator, Expr, ExprCall, Stmt, StmtFunctionDef};

use super::super::parse::span;
use super::super::types::Part;
use super::callee;
use super::compiled::Entry;
use super::context::{Context, Hit};
use super::rewrite::lowlevel;
use super::uses::{At, CallUse};
use super::value::string;
use super::within;
use crate::finding::Confidence;
use crate::rule::python::{DecoratorMatch, OnUnknown};
use crate::source::Span;

/// A registration: the decorator's call, if it is one, and the function, if it is known.
pub(super) struct Registration<'t> {
    pub(super) call: Option<&'t ExprCall>,
    pub(super) function: Option<(&'t StmtFunctionDef, At)>,
    /// The decorator, where it is written above the function.
    pub(super) decorator: Option<&'t Decorator>,
    /// The call with the function, where the decorator is called with it.
    pub(super) applied: Option<&'t ExprCall>,
    /// What the decorator is a method of.
    pub(super) receiver: &'t Expr,
    pub(super) at: At,
    pub(super) span: Span,
    pub(super) paths: Vec<String>,
    /// Whether nothing is known of the receiver.
    pub(super) is_unknown: bool,
    pub(super) name: &'t str,
}

/// What is said of a tool that may answer a task.
const TASKS: &str = "it may answer a task, which mcp 2 does not have: let it answer `CallToolResult` alone and register it with \
                     `server.add_request_handler(\"tools/call\", CallToolRequestParams, handler)`, or stay below mcp 2";

pub(super) fn hits<'a>(context: &Context<'a, '_>) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for registration in registrations(context) {
        let mut found: Vec<(&Entry<'a, DecoratorMatch>, Confidence)> = Vec::new();
        for path in &registration.paths {
            let entries = context.rules.decorators.get(path).into_iter().flatten();
            found.extend(entries.map(|entry| (entry, Confidence::High)));
        }
        if registration.is_unknown && registration.function.is_some() {
            let named = |path: &&String| path.rsplit('.').next() == Some(registration.name);
            let entries =
                context.rules.decorators.iter().filter(|(path, _)| named(path)).flat_map(|(_, entries)| entries);
            let entries = entries.filter(|entry| entry.entry.unknown == OnUnknown::Report);
            found.extend(entries.map(|entry| (entry, Confidence::Low)));
        }
        for (entry, confidence) in found {
            if meets(context, entry, &registration) {
                let function = registration.function.map(|(function, _)| function.name.as_str());
                let hit = Hit::new(entry.rule, registration.span)
                    .with("name", registration.name)
                    .with("path", entry.of.first().cloned().unwrap_or_default())
                    .with("value", function.unwrap_or_default())
                    .with("advice", entry.entry.advice.clone().unwrap_or_default())
                    .at_most(confidence);
                let tasks = registration.function.filter(|(function, _)| {
                    registration.name == "call_tool" && lowlevel::answers_tasks(context, function)
                });
                let hit = if tasks.is_some() { hit.with("advice", TASKS) } else { hit };
                let fix = entry.entry.transform.as_ref().and_then(|_| context.lowlevel().fix(registration.span));
                hits.push(Hit { fix, ..hit });
            }
        }
    }
    hits
}

pub(super) fn registrations<'t>(context: &Context<'_, 't>) -> Vec<Registration<'t>> {
    let mut found = Vec::new();
    for function in &context.uses.functions {
        for decorator in &function.node.decorator_list {
            let (called, call) = match &decorator.expression {
                Expr::Call(call) => (&*call.func, Some(call)),
                other => (other, None),
            };
            let one = registration(context, called, call, function.at, Some((function.node, function.at)));
            found.extend(one.map(|one| Registration { decorator: Some(decorator), ..one }));
        }
    }
    for CallUse { node, at, is_decorator, .. } in &context.uses.calls {
        if *is_decorator {
            continue;
        }
        // `server.call_tool()(handler)`, and `register = server.call_tool()` all the same.
        if let Expr::Call(inner) = &*node.func {
            let function = node.arguments.args.first().and_then(|argument| defined(context, argument));
            let one = registration(context, &inner.func, Some(inner), *at, function);
            found.extend(one.map(|one| Registration { applied: Some(node), ..one }));
        } else {
            found.extend(registration(context, &node.func, Some(node), *at, None));
        }
    }
    let mut seen = std::collections::HashMap::new();
    // The form with a function says more than the bare call within it.
    found.sort_by_key(|one| (one.span, one.function.is_none(), one.applied.is_none()));
    found.retain(|one| seen.insert(one.span, ()).is_none());
    found
}

fn registration<'t>(
    context: &Context<'_, 't>,
    called: &'t Expr,
    call: Option<&'t ExprCall>,
    at: At,
    function: Option<(&'t StmtFunctionDef, At)>,
) -> Option<Registration<'t>> {
    let Expr::Attribute(attribute) = called else { return None };
    let name = attribute.attr.as_str();
    if !context.rules.callable_names.contains(name) {
        return None;
    }
    let mut paths: Vec<String> = callee::paths(context, called, at).into_iter().map(|callee| callee.path).collect();
    // The lowlevel server of a high-level one, under its newer name: what becomes of the older one is somebody else's.
    if paths.is_empty() && matches!(&*attribute.value, Expr::Attribute(one) if one.attr.as_str() == "_lowlevel_server")
    {
        paths = context.canonical("mcp.server.lowlevel.Server").iter().map(|class| format!("{class}.{name}")).collect();
    }
    let is_unknown = paths.is_empty()
        && context.module.imports_sdk
        // What is unknown there may well be a class of the newer SDK.
        && !context.is_newer()
        && context.type_of(&attribute.value).parts.iter().all(|part| *part == Part::Unknown);
    let span = span(&attribute.attr);
    let (decorator, applied, receiver) = (None, None, &*attribute.value);
    (is_unknown || !paths.is_empty()).then_some(Registration {
        call,
        function,
        decorator,
        applied,
        receiver,
        at,
        span,
        paths,
        is_unknown,
        name,
    })
}

/// The function of this module that `expression` names.
fn defined<'t>(context: &Context<'_, 't>, expression: &Expr) -> Option<(&'t StmtFunctionDef, At)> {
    let Expr::Name(name) = expression else { return None };
    let functions = &context.uses.functions;
    functions.iter().find(|one| one.node.name.as_str() == name.id.as_str()).map(|one| (one.node, one.at))
}

fn meets(context: &Context<'_, '_>, entry: &Entry<'_, DecoratorMatch>, registration: &Registration<'_>) -> bool {
    let wanted = &*entry.entry;
    let text = registration.call.and_then(|call| {
        let first = call.arguments.args.first();
        let by_name = || {
            call.arguments
                .keywords
                .iter()
                .find(|one| one.arg.as_ref().is_some_and(|name| matches!(name.as_str(), "uri" | "name")))
        };
        first.or_else(|| by_name().map(|keyword| &keyword.value)).and_then(string)
    });
    let found = |pattern: &Option<String>| {
        pattern.as_ref().map(|pattern| text.is_some_and(|text| context.rules.is_found(pattern, text)))
    };
    if found(&wanted.text) == Some(false) || found(&wanted.not_text) == Some(true) {
        return false;
    }
    let passes = |names: &[String]| {
        registration.call.is_some_and(|call| {
            call.arguments.keywords.iter().any(|keyword| {
                keyword.arg.as_ref().is_some_and(|name| names.iter().any(|wanted| wanted == name.as_str()))
            })
        })
    };
    if passes(wanted.without.as_slice()) {
        return false;
    }
    let (raises, calls) = (wanted.raises.as_slice(), wanted.calls.as_slice());
    let (returns, takes) = (wanted.returns.as_slice(), wanted.takes.as_slice());
    if [raises, calls, returns, takes].iter().all(|one| one.is_empty()) {
        return true;
    }
    let Some((function, at)) = registration.function else { return false };
    let inner = At { scope: context.scopes.opened_by(function.range).unwrap_or(at.scope), ..at };
    let annotated = |annotation: Option<&Expr>, classes: &[String]| {
        annotation.is_some_and(|annotation| mentions(context, annotation, classes))
    };
    let takes_one = || function.parameters.iter().any(|parameter| annotated(parameter.annotation(), takes));
    (returns.is_empty() || annotated(function.returns.as_deref(), returns))
        && (takes.is_empty() || takes_one())
        && (raises.is_empty() || raised(context, function, inner, raises))
        && (calls.is_empty() || calls_one(context, function, inner, calls))
}

/// Whether an annotation names one of `classes`, anywhere in it.
pub(super) fn mentions(context: &Context<'_, '_>, annotation: &Expr, classes: &[String]) -> bool {
    let within = span(annotation);
    let classes: Vec<String> = classes.iter().flat_map(|class| context.canonical(class)).collect();
    context.uses.chains.iter().any(|one| {
        let inside =
            one.chain.parts.first().is_some_and(|(_, part)| within.start <= part.start && part.end <= within.end);
        inside && one.chain.whole().flat_map(|path| context.canonical(&path)).any(|path| classes.contains(&path))
    })
}

/// Whether the body raises one of `exceptions`, outside the functions in it. A `raise` that a `try` around it catches
/// does not leave the function.
fn raised(context: &Context<'_, '_>, function: &StmtFunctionDef, at: At, exceptions: &[String]) -> bool {
    let mut walk = Body::default();
    walk.visit_body(&function.body);
    let wanted: Vec<String> = exceptions.iter().flat_map(|one| context.canonical(one)).collect();
    let any = exceptions.iter().any(|one| one == "*");
    walk.raised.iter().any(|exception| {
        let class = match exception {
            Expr::Call(call) => &call.func,
            other => *other,
        };
        let paths = context.paths_of(class, at);
        any || paths.iter().flat_map(|path| context.ancestors(path)).any(|path| wanted.contains(&path))
    })
}

fn calls_one(context: &Context<'_, '_>, function: &StmtFunctionDef, at: At, wanted: &[String]) -> bool {
    let wanted: Vec<String> = wanted.iter().flat_map(|one| context.canonical(one)).collect();
    within::calls_with_lambdas(&function.body).into_iter().any(|call| {
        callee::callees(context, call, at).iter().any(|callee| super::handler::is_among(&callee.path, &wanted))
    })
}

/// What a body raises to its caller.
#[derive(Default)]
struct Body<'t> {
    raised: Vec<&'t Expr>,
}

impl<'t> SourceOrderVisitor<'t> for Body<'t> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Try(attempt) if catches_all(attempt) => {
                let before = self.raised.len();
                attempt.body.iter().for_each(|statement| self.visit_stmt(statement));
                self.raised.truncate(before);
                for ruff_python_ast::ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                    self.visit_body(&handler.body);
                }
                self.visit_body(&attempt.orelse);
                self.visit_body(&attempt.finalbody);
            }
            Stmt::Raise(raise) => {
                self.raised.extend(raise.exc.as_deref());
                walk_stmt(self, statement);
            }
            _ => walk_stmt(self, statement),
        }
    }

    /// Nothing is raised by an expression that says so.
    fn visit_expr(&mut self, _: &'t Expr) {}
}

/// Whether nothing that is raised in the body of `attempt` gets past its handlers.
fn catches_all(attempt: &ruff_python_ast::StmtTry) -> bool {
    attempt.handlers.iter().any(|ruff_python_ast::ExceptHandler::ExceptHandler(handler)| {
        handler.type_.as_deref().is_none_or(|type_| {
            super::quoted::is_named(type_, "Exception") || super::quoted::is_named(type_, "BaseException")
        })
    })
}
