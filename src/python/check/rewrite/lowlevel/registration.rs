//! The places that register a function by a decorator of the older lowlevel server, as far as they can be rewritten.

use ruff_python_ast::{Expr, ExprCall, Stmt, StmtFunctionDef};

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::super::decorator::{self, Registration};
use super::super::super::named::registered;
use super::super::super::quoted::is_named;
use super::super::super::uses::At;
use super::kinds::{Kind, Shape};
use super::place::{Place, Places};
use crate::source::Span;

/// A registration that can be rewritten.
pub(super) struct Handler<'t> {
    /// The name of the decorator: what a finding marks.
    pub(super) marked: Span,
    pub(super) kind: &'static Kind,
    /// The call of the decorator.
    pub(super) call: Option<&'t ExprCall>,
    pub(super) receiver: &'t Expr,
    /// The function as the adapter calls it.
    pub(super) written: String,
    /// The function, where it is one of this module.
    pub(super) function: Option<(&'t StmtFunctionDef, At)>,
    pub(super) at: At,
    pub(super) place: Place,
    /// The decorator above the function; none when it is called with it.
    pub(super) decorator: Option<Span>,
    /// The decorators above it that are not the SDK's, from the topmost: what the server called they did not decorate.
    pub(super) above: Vec<Span>,
    /// Whether it stood in a dictionary of the server: it takes the request and answers the result, nothing around it.
    pub(super) is_raw: bool,
}

/// Those of the module, in its order, and how many cannot be rewritten.
pub(super) fn handlers<'t>(context: &Context<'_, 't>, places: &Places<'t>) -> (Vec<Handler<'t>>, usize) {
    let mut found = decorator::registrations(context);
    found.retain(|one| Kind::named(one.name).is_some() && is_meant(one));
    let handlers: Vec<_> = found.iter().filter_map(|registration| handler(context, places, registration)).collect();
    let left = found.len() - handlers.len();
    (handlers, left)
}

/// Whether the decorator is, as far as anybody can tell, a lowlevel server's.
fn is_meant(found: &Registration<'_>) -> bool {
    let is_server = |path: &String| path.starts_with("mcp.server.lowlevel.server.Server.");
    found.is_unknown || found.paths.iter().any(is_server)
}

fn handler<'t>(context: &Context<'_, 't>, places: &Places<'t>, found: &Registration<'t>) -> Option<Handler<'t>> {
    let kind = Kind::named(found.name)?;
    let call = found.call?;
    let receiver = found.receiver;
    if context.source(receiver).contains(['\n', '\r']) || !call.arguments.args.is_empty() {
        return None;
    }
    let handler = |written: &str, function, place, decorator| Handler {
        marked: found.span,
        kind,
        call: Some(call),
        receiver,
        written: written.to_owned(),
        function,
        at: found.at,
        place,
        decorator,
        above: Vec::new(),
        is_raw: false,
    };
    let made = if let Some(decorator) = found.decorator {
        let (function, at) = found.function?;
        let place = places.at(span(function))?;
        // What stands above decorates what the name means, but was not what the server called.
        let above: Vec<_> = function.decorator_list.iter().take_while(|one| span(*one) != span(decorator)).collect();
        let is_ours = |one: &ruff_python_ast::Decorator| {
            let Expr::Call(call) = &one.expression else { return false };
            matches!(&*call.func, Expr::Attribute(called) if Kind::named(called.attr.as_str()).is_some())
        };
        let others: Vec<Span> = above.iter().take_while(|one| !is_ours(one)).map(|one| span(*one)).collect();
        // A decorator with no function below it stands above one without a name, which the parser adds and no text has.
        let is_written = !function.name.is_empty();
        if !is_written || !above[others.len()..].iter().all(|one| is_ours(one)) || place.in_class {
            return None;
        }
        if kind.shape == Shape::Tool && answers_tasks(context, function) {
            return None;
        }
        let name = function.name.as_str();
        let plain = format!("undecorated_{name}");
        if !others.is_empty() && context.scopes.binds_anywhere(&plain) {
            return None;
        }
        let written = if others.is_empty() { name } else { &plain };
        Handler { above: others, ..handler(written, Some((function, at)), place, Some(span(decorator))) }
    } else {
        let applied = found.applied?;
        let place = places.at(span(applied))?;
        let [argument] = &*applied.arguments.args else { return None };
        if !applied.arguments.keywords.is_empty() || !is_name(argument) || place.in_class {
            return None;
        }
        let function = registered::named(context, argument, found.at);
        handler(context.source(argument), function, place, None)
    };
    (!made.place.in_loop).then_some(made)
}

/// Whether the function may answer a task, which the newer SDK knows nothing of.
pub(in crate::python::check) fn answers_tasks(context: &Context<'_, '_>, function: &StmtFunctionDef) -> bool {
    let is_said = |text: &str, name: &str| text.contains(name);
    function.returns.as_deref().is_some_and(|returns| is_said(context.source(returns), "CreateTaskResult"))
        || is_said(context.source(function), ".experimental.run_task(")
}

/// Whether `expression` is a dotted name, which means the same whenever it is looked up.
fn is_name(expression: &Expr) -> bool {
    match expression {
        Expr::Name(_) => true,
        Expr::Attribute(attribute) => is_name(&attribute.value),
        _ => false,
    }
}

impl<'t> Handler<'t> {
    /// The server as it is written; that of a high-level server under its newer name.
    pub(super) fn server(&self, context: &Context<'_, 't>) -> String {
        let written = context.source(self.receiver);
        match written.strip_suffix("._mcp_server") {
            Some(server) => format!("{server}._lowlevel_server"),
            None => written.to_owned(),
        }
    }

    /// Whether the calls of tools go through what stood around them.
    pub(super) fn is_tool(&self) -> bool {
        self.kind.shape == Shape::Tool && !self.is_raw
    }

    /// Whether the function says anything about types.
    pub(super) fn is_typed(&self) -> bool {
        self.function.is_none_or(|(function, _)| {
            function.returns.is_some() || function.parameters.iter().any(|parameter| parameter.annotation().is_some())
        })
    }

    /// How the function takes the request of a listing, if it does: by the keyword, or by position.
    pub(super) fn request(&self, context: &Context<'_, 't>) -> Option<Option<String>> {
        let (function, at) = self.function?;
        let wanted = format!("mcp.types.{}", self.kind.request);
        let is_request = |annotation: Option<&Expr>| {
            annotation.is_some_and(|annotation| context.paths_of(annotation, at).contains(&wanted))
        };
        let parameters = &function.parameters;
        if let Some(one) = parameters.posonlyargs.iter().find(|one| is_request(one.annotation())) {
            return one.default.is_none().then_some(None);
        }
        let mut named = parameters.args.iter().chain(&parameters.kwonlyargs);
        let one = named.find(|one| is_request(one.annotation()))?;
        let is_first = parameters.args.first().is_some_and(|first| std::ptr::eq(first, one));
        one.default.is_none().then(|| (!is_first).then(|| one.parameter.name.as_str().to_owned()))
    }

    /// Whether the function's first parameter is annotated as text.
    pub(super) fn takes_text(&self) -> bool {
        let parameter = self.function.and_then(|(function, _)| {
            function.parameters.iter().find(|one| !matches!(one.name().as_str(), "self" | "cls"))
        });
        parameter
            .and_then(ruff_python_ast::AnyParameterRef::annotation)
            .is_some_and(|one| matches!(one, Expr::Name(name) if name.id.as_str() == "str"))
    }

    /// Whether the function's second parameter is annotated as a dictionary, and nothing else: what the prompt's arguments
    /// need not be.
    pub(super) fn takes_dict(&self) -> bool {
        let parameter = self.function.and_then(|(function, _)| {
            function.parameters.iter().filter(|one| !matches!(one.name().as_str(), "self" | "cls")).nth(1)
        });
        parameter.and_then(ruff_python_ast::AnyParameterRef::annotation).is_some_and(|one| {
            let class = if let Expr::Subscript(subscript) = one { &*subscript.value } else { one };
            ["dict", "Dict", "Mapping", "MutableMapping"].iter().any(|name| is_named(class, name))
        })
    }

    /// The keyword that the registering call passes.
    pub(super) fn keyword(&self, name: &str) -> Option<&'t Expr> {
        self.call?.arguments.find_keyword(name).map(|keyword| &keyword.value)
    }
}

/// Whether a listing may be made for each call: it waits for nothing, and leaves no trace.
pub(super) fn is_cheap(function: &StmtFunctionDef) -> bool {
    let mut waits = false;
    let mut visit = |expression: &Expr| waits |= expression.is_await_expr();
    let mut open: Vec<&Stmt> = function.body.iter().collect();
    while let Some(statement) = open.pop() {
        match statement {
            Stmt::Return(one) => one.value.iter().for_each(|value| each(value, &mut visit)),
            Stmt::Assign(one) => each(&one.value, &mut visit),
            Stmt::AnnAssign(one) => one.value.iter().for_each(|value| each(value, &mut visit)),
            Stmt::Expr(one) => match &*one.value {
                Expr::StringLiteral(_) => {}
                Expr::Call(call) if is_adding(call) => each(&one.value, &mut visit),
                _ => return false,
            },
            Stmt::For(one) if !one.is_async => {
                each(&one.iter, &mut visit);
                open.extend(&one.body);
            }
            Stmt::If(one) => {
                each(&one.test, &mut visit);
                open.extend(&one.body);
                open.extend(one.elif_else_clauses.iter().flat_map(|clause| &clause.body));
            }
            Stmt::Pass(_) | Stmt::Continue(_) | Stmt::Break(_) => {}
            _ => return false,
        }
    }
    !waits
}

fn each<'t>(expression: &'t Expr, visit: &mut dyn FnMut(&'t Expr)) {
    super::super::super::within::each(expression, visit);
}

/// Whether a call adds to a list.
fn is_adding(call: &ExprCall) -> bool {
    matches!(&*call.func, Expr::Attribute(one)
        if matches!(one.attr.as_str(), "append" | "extend") && one.value.is_name_expr())
}
