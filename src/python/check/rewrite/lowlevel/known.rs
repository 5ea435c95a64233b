//! What is known of the tools of a module: who lists them, at what cost, and what of them is checked.

use std::collections::HashSet;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr};
use ruff_python_ast::{Expr, ExprContext, Stmt};

use super::super::super::callee::callees;
use super::super::super::context::Context;
use super::super::super::uses::Assignment;
use super::plan::Planning;
use super::registration::{Handler, is_cheap};
use super::returns::{Forms, forms};
use super::tools::{Checks, Input, Listing};

/// What is found out once for the whole module.
pub(super) struct Facts {
    /// Whether tools of this module may say what they answer, or those of modules that it imports. Where it makes none,
    /// they may always.
    pub(super) has_output_schemas: bool,
    /// Whether an error that asks for an address may be raised.
    pub(super) asks_for_url: bool,
    /// The servers that nobody but the code in sight can register anything with.
    own: HashSet<String>,
}

impl Facts {
    pub(super) fn of(context: &Context<'_, '_>, handlers: &[Handler<'_>]) -> Self {
        let makes_tools = context
            .uses
            .calls
            .iter()
            .any(|call| callees(context, call.node, call.at).iter().any(|callee| callee.path == "mcp.types.Tool"));
        let exception = "UrlElicitationRequiredError";
        let is_said = |text: &str| context.text.contains(text);
        Self {
            has_output_schemas: !makes_tools
                || is_said("outputSchema")
                || is_said("output_schema")
                || context.module.modules.imports_output_schema(&context.module.module.path),
            own: own(context, handlers),
            asks_for_url: is_said(exception) || context.module.handed_on.is_imported_anywhere(exception),
        }
    }
}

impl<'t> Planning<'_, '_, 't> {
    /// The registration of the listing that tells of the tools which `handler` calls.
    fn listing(&self, handler: &Handler<'t>) -> Option<usize> {
        let server = self.context.source(handler.receiver);
        let mut found = self.handlers.iter().enumerate().filter(|(_, other)| {
            other.kind.name == "list_tools"
                && !other.is_raw
                && self.context.source(other.receiver) == server
                && other.at.function == handler.at.function
        });
        let one = found.next();
        one.filter(|_| found.next().is_none()).map(|(at, _)| at)
    }

    /// How a call of a listed function is written where it may be made for each call of a tool.
    fn cheap_call(&self, at: usize) -> Option<String> {
        let listing = &self.handlers[at];
        let (function, at) = listing.function?;
        let forms = forms(self.context, function, at);
        let is_plain = listing.request(self.context).is_none() && is_cheap(function);
        let call = format!("await {}()", listing.written);
        match is_plain {
            true if forms.only(Forms::many()) => Some(call),
            true if forms.only(Forms::model()) => Some(format!("({call}).tools")),
            _ => None,
        }
    }

    /// Whether a listing must remember its tools for the tools of its server.
    pub(super) fn is_remembered(&self, at: usize) -> bool {
        let is_own = |other: &Handler<'t>| other.is_tool() && self.listing(other) == Some(at);
        self.cheap_call(at).is_none() && self.handlers.iter().any(|other| is_own(other) && self.is_checked(other))
    }

    fn is_checked(&self, handler: &Handler<'t>) -> bool {
        self.input(handler) != Some(Input::Never) || self.facts.has_output_schemas
    }

    /// Whether arguments are checked; `None` when the call does not say it in a way that could be repeated.
    fn input(&self, handler: &Handler<'t>) -> Option<Input> {
        match handler.keyword("validate_input") {
            None => handler.call?.arguments.keywords.is_empty().then_some(Input::Always),
            Some(Expr::BooleanLiteral(one)) => Some(if one.value { Input::Always } else { Input::Never }),
            Some(one @ (Expr::Name(_) | Expr::Attribute(_))) => Some(Input::If(self.context.source(one).to_owned())),
            Some(_) => None,
        }
    }

    pub(super) fn checks(&self, handler: &Handler<'t>) -> Option<Checks> {
        let listing = match self.listing(handler) {
            Some(at) => match self.cheap_call(at) {
                Some(call) => Listing::Call(call),
                None => {
                    Listing::Remembered { cache: self.cache(&self.handlers[at]), adapter: self.adapters[at].clone() }
                }
            },
            None if self.facts.own.contains(self.context.source(handler.receiver)) => Listing::None,
            None => Listing::Asked { cache: self.cache(handler) },
        };
        let (input, output) = (self.input(handler)?, self.facts.has_output_schemas);
        Some(Checks { input, output, listing, asks_for_url: self.facts.asks_for_url, shared: None })
    }
}

/// Whether the lifespan of a server gives something else than the dictionary that it is by default, as far as can be told.
pub(super) fn has_own_state(context: &Context<'_, '_>, handler: &Handler<'_>) -> bool {
    let shown = context.type_of(handler.receiver).shown;
    let is_said = |text: &str| context.text.contains(text);
    match shown.split_once("Server[") {
        Some((_, state)) if state.starts_with("dict[str, Any]") => false,
        // One type argument where the older class has two.
        Some((_, state)) if state.starts_with("Any") || state.starts_with("Unknown") => is_said("Server["),
        Some(_) => true,
        None => is_said("lifespan=") || is_said("Server["),
    }
}

/// The servers, by name, that are made in this module and never handed to anybody.
fn own(context: &Context<'_, '_>, handlers: &[Handler<'_>]) -> HashSet<String> {
    let names = handlers.iter().filter_map(|handler| match handler.receiver {
        Expr::Name(name) => Some(name.id.as_str()),
        _ => None,
    });
    let names: HashSet<&str> = names.collect();
    let servers = context.canonical("mcp.server.lowlevel.Server");
    let is_made = |(_, value, at): &Assignment<'_>| matches!(value, Expr::Call(call) if callees(context, call, *at).iter().any(|one| servers.contains(&one.path)));
    let module = context.module;
    let passed = if names.is_empty() { HashSet::new() } else { passed_on(context.body) };
    let is_own = |name: &&str| {
        let mut made = context.uses.assigned_to(name);
        made.next().is_some_and(is_made)
            && made.next().is_none()
            && !module.handed_on.is_used_elsewhere(&module.module.path, name)
            && !passed.contains(*name)
            && !context.text.contains("request_handlers")
    };
    names.into_iter().filter(is_own).map(str::to_owned).collect()
}

/// The names that stand anywhere but in front of a dot.
fn passed_on(body: &[Stmt]) -> HashSet<&str> {
    struct Found<'t>(HashSet<&'t str>);
    impl<'t> SourceOrderVisitor<'t> for Found<'t> {
        fn visit_expr(&mut self, expression: &'t Expr) {
            match expression {
                Expr::Attribute(attribute) if attribute.value.is_name_expr() => {}
                Expr::Name(one) if one.ctx == ExprContext::Load => {
                    self.0.insert(one.id.as_str());
                }
                _ => walk_expr(self, expression),
            }
        }
    }
    let mut found = Found(HashSet::new());
    body.iter().for_each(|statement| found.visit_stmt(statement));
    found.0
}
