//! Servers and the calls that start them. mcp 1 gave the transport settings to the constructor, mcp 2 takes them at the
//! start; so these checks bring together what one file says about one server, and ask for what others say.

use ruff_python_ast::{Expr, Keyword};

use super::super::callee::{callees, methods};
use super::super::context::{Context, Hit};
use super::super::rewrite::transport;
use super::super::uses::{At, CallUse};
use super::super::value::{keys, string};
use crate::finding::Confidence;
use crate::python::parse::span;
use crate::python::servers::{BOTH, HTTP, LOCAL, SSE};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

/// A server that is made and bound to a name or an attribute.
struct Server<'t> {
    target: &'t Expr,
    at: At,
    call: &'t CallUse<'t>,
    /// The transport settings it is given, with their values where these are expressions of their own.
    settings: Vec<(String, Option<&'t Expr>)>,
}

/// A call that starts a server, or makes an app of it.
struct Start<'t> {
    call: &'t CallUse<'t>,
    name: Span,
    is_app: bool,
    takes: Vec<&'static str>,
}

pub(super) fn settings_lost<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for server in servers(context) {
        for start in starts(context, &server) {
            let is_meant = |name: &str| start.takes.contains(&name) && !(start.is_app && name == "host");
            let lost = server.settings.iter().map(|(name, _)| name.as_str());
            let mut lost: Vec<&str> = lost.filter(|name| is_meant(name) && !is_passed(start.call, name)).collect();
            lost.sort_unstable();
            lost.dedup();
            if !lost.is_empty() {
                hits.push(with_fix(context, Hit::new(rule, start.name).with("value", enumerated(&lost))));
            }
        }
    }
    // Servers that other modules make.
    for (name, lost) in context.module.modules.linked().lost(context.module.path) {
        let lost: Vec<&str> = lost.iter().map(String::as_str).collect();
        hits.push(with_fix(context, Hit::new(rule, name).with("value", enumerated(&lost))));
    }
    hits
}

fn with_fix<'a>(context: &Context<'_, '_>, hit: Hit<'a>) -> Hit<'a> {
    Hit { fix: transport::place(context, hit.span), ..hit }
}

pub(super) fn host_protection<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for server in servers(context) {
        // The constructor decides; what is assigned to the settings later comes too late.
        let made = server.call.node.arguments.keywords.iter();
        let is_made = |value: &Expr| made.clone().any(|keyword| span(&keyword.value) == span(value));
        let given = |wanted: &str| {
            let mut given = server.settings.iter();
            given.find(|(name, value)| name == wanted && value.is_none_or(is_made))
        };
        let Some((_, Some(host))) = given("host") else { continue };
        if given("transport_security").is_some() || string(host).is_some_and(|host| LOCAL.contains(&host)) {
            continue;
        }
        for start in starts(context, &server).into_iter().filter(|start| start.is_app) {
            if is_passed(start.call, "host") || is_passed(start.call, "transport_security") {
                continue;
            }
            let hit = with_fix(context, Hit::new(rule, start.name).with("value", context.source(*host)));
            // A computed host may well be local.
            hits.push(if string(host).is_some() { hit } else { hit.at_most(Confidence::Medium) });
        }
    }
    hits
}

pub(super) fn lifespan_over_http<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let is_streamable = |call: &&CallUse<'_>| match &*call.node.func {
        Expr::Attribute(callee) => match callee.attr.as_str() {
            "streamable_http_app" | "run_streamable_http_async" => true,
            "run" => transport(call).and_then(string) == Some("streamable-http"),
            _ => false,
        },
        _ => false,
    };
    if !context.uses.calls.iter().any(|call| is_streamable(&call)) {
        return Vec::new();
    }
    let made = context.uses.calls.iter().filter(|call| is_constructor(context, call));
    let lifespans = made.filter_map(|call| keyword(call, "lifespan"));
    let lifespans = lifespans.filter(|keyword| !keyword.value.is_none_literal_expr());
    lifespans.filter_map(|keyword| Some(Hit::new(rule, span(keyword.arg.as_ref()?)))).collect()
}

pub(super) fn app_twice<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let wanted = canonical(context);
    let mut seen: Vec<(&str, usize)> = Vec::new();
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let Expr::Attribute(callee) = &*call.node.func else { continue };
        if callee.attr.as_str() != "streamable_http_app" {
            continue;
        }
        let is_server = methods(context, &callee.value, "streamable_http_app", call.at)
            .iter()
            .any(|path| path.rsplit_once('.').is_some_and(|(class, _)| wanted.iter().any(|one| one == class)));
        let key = (context.source(&*callee.value), call.at.scope);
        if !is_server {
            continue;
        }
        if seen.contains(&key) {
            hits.push(Hit::new(rule, span(&callee.attr)));
        } else {
            seen.push(key);
        }
    }
    hits
}

fn canonical(context: &Context<'_, '_>) -> Vec<String> {
    context.canonical("mcp.server.fastmcp.FastMCP")
}

fn is_constructor(context: &Context<'_, '_>, call: &CallUse<'_>) -> bool {
    let wanted = canonical(context);
    callees(context, call.node, call.at).iter().any(|callee| wanted.contains(&callee.path))
}

fn keyword<'t>(call: &CallUse<'t>, name: &str) -> Option<&'t Keyword> {
    call.node.arguments.find_keyword(name)
}

/// Whether the call passes `name` by keyword, or may do so in what it unpacks.
fn is_passed(call: &CallUse<'_>, name: &str) -> bool {
    keyword(call, name).is_some() || call.node.arguments.keywords.iter().any(|one| one.arg.is_none())
}

/// The servers that are bound to something, with what they are given.
fn servers<'t>(context: &Context<'_, 't>) -> Vec<Server<'t>> {
    let mut found = Vec::new();
    let settings = context.uses.assignments.iter().filter_map(|(target, value, at)| {
        let Expr::Attribute(field) = target else { return None };
        let Expr::Attribute(settings) = &*field.value else { return None };
        (settings.attr.as_str() == "settings").then_some((field.attr.as_str(), &*settings.value, *value, *at))
    });
    let settings: Vec<(&str, &Expr, &Expr, At)> = settings.collect();
    for call in context.uses.calls.iter().filter(|call| is_constructor(context, call)) {
        let Some((target, _, at)) = context.uses.assignment_of(span(call.node)) else { continue };
        let mut server = Server { target, at: *at, call, settings: Vec::new() };
        for keyword in &server.call.node.arguments.keywords {
            match &keyword.arg {
                Some(name) => server.add(name.as_str(), Some(&keyword.value)),
                None => {
                    let names = keys(context, &keyword.value, call.at).unwrap_or_default();
                    names.iter().for_each(|(name, _)| server.add(name, None));
                }
            }
        }
        for (field, of, value, at) in &settings {
            if server.is_meant(context, of, *at) {
                server.add(field, Some(value));
            }
        }
        found.push(server);
    }
    found
}

impl<'t> Server<'t> {
    fn add(&mut self, name: &str, value: Option<&'t Expr>) {
        if BOTH.iter().chain(&SSE).chain(&HTTP).any(|known| *known == name) {
            self.settings.push((name.to_owned(), value));
        }
    }

    /// Whether `receiver` is what the server is bound to.
    fn is_meant(&self, context: &Context<'_, '_>, receiver: &Expr, at: At) -> bool {
        match (self.target, receiver) {
            (Expr::Name(target), Expr::Name(name)) => {
                let bound = |scope| context.scopes.lookup(name.id.as_str(), scope);
                target.id == name.id
                    && match (bound(self.at.scope), bound(at.scope)) {
                        (Some(one), Some(other)) => std::ptr::eq(one, other),
                        _ => false,
                    }
            }
            (Expr::Attribute(_), Expr::Attribute(_)) => {
                self.at.class == at.class && context.source(self.target) == context.source(receiver)
            }
            _ => false,
        }
    }
}

/// The transport that `run()` is given.
fn transport<'t>(call: &CallUse<'t>) -> Option<&'t Expr> {
    keyword(call, "transport").map(|keyword| &keyword.value).or_else(|| call.node.arguments.args.first())
}

fn starts<'t>(context: &Context<'_, 't>, server: &Server<'t>) -> Vec<Start<'t>> {
    let mut found = Vec::new();
    for call in &context.uses.calls {
        let Expr::Attribute(callee) = &*call.node.func else { continue };
        let (is_app, own): (bool, &[&'static str]) = match callee.attr.as_str() {
            "run" => match transport(call).map(string) {
                None | Some(Some("stdio")) => continue,
                Some(Some("sse")) => (false, &SSE),
                Some(Some("streamable-http")) => (false, &HTTP),
                Some(_) => (false, &[]),
            },
            "run_sse_async" => (false, &SSE),
            "run_streamable_http_async" => (false, &HTTP),
            "sse_app" => (true, &SSE),
            "streamable_http_app" => (true, &HTTP),
            _ => continue,
        };
        if server.is_meant(context, &callee.value, call.at) {
            let shared = BOTH.into_iter().filter(|name| !(is_app && *name == "port"));
            let takes = shared.chain(own.iter().copied()).collect();
            found.push(Start { call, name: span(&callee.attr), is_app, takes });
        }
    }
    found
}

/// `a=`, `b=` and `c=`.
fn enumerated(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}=`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
