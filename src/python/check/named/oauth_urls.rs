//! Addresses in OAuth settings, where a literal shows what mcp 2 makes of them: without a path, of another machine, or
//! almost of this one.

use ruff_python_ast::Expr;

use super::super::callee::callees;
use super::super::context::{Context, Hit};
use super::super::uses::{At, CallUse};
use super::super::value::string;
use super::fields::{assigned, fields};
use crate::python::parse::span;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// Where addresses are compared as strings by somebody else: the model and its field.
const COMPARED: [(&str, &str); 7] = [
    ("mcp.shared.auth.OAuthClientMetadata", "redirect_uris"),
    ("mcp.shared.auth.OAuthClientInformationFull", "redirect_uris"),
    ("mcp.shared.auth.OAuthMetadata", "issuer"),
    ("mcp.shared.auth.ProtectedResourceMetadata", "resource"),
    ("mcp.shared.auth.ProtectedResourceMetadata", "authorization_servers"),
    ("mcp.server.auth.settings.AuthSettings", "issuer_url"),
    ("mcp.server.auth.settings.AuthSettings", "resource_server_url"),
];

/// An address that stands in the source.
struct Literal<'t> {
    text: &'t str,
    node: &'t Expr,
    /// Whether a constructor such as `AnyUrl` is around it.
    is_wrapped: bool,
}

pub(super) fn without_path<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        for (model, field) in COMPARED {
            for literal in literals(context, call, model, field).into_iter().filter(|literal| !literal.is_wrapped) {
                if web_host(literal.text).is_some_and(|(_, rest)| rest.is_empty()) {
                    hits.push(Hit::new(rule, span(literal.node)).with("value", literal.text));
                }
            }
        }
    }
    hits
}

pub(super) fn redirect_not_local<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let model = "mcp.shared.auth.OAuthClientMetadata";
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let Some(fields) = fields(context, call, &[model]) else { continue };
        if fields.is_open || fields.value(context, "application_type", call.at).is_some() {
            continue;
        }
        let foreign = literals(context, call, model, "redirect_uris").into_iter().find(|literal| {
            web_host(literal.text).is_some_and(|(host, _)| !["localhost", "127.0.0.1", "[::1]"].contains(&host))
        });
        hits.extend(foreign.map(|literal| Hit::new(rule, span(literal.node)).with("value", literal.text)));
    }
    hits
}

pub(super) fn issuer_not_local<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let mut issuers = literals(context, call, "mcp.server.auth.settings.AuthSettings", "issuer_url");
        issuers.extend(issuer_argument(context, call).and_then(|value| literal(context, value, call.at)));
        for issuer in issuers.iter().filter(|issuer| issuer.text.starts_with("http:")) {
            if web_host(issuer.text).is_some_and(|(host, _)| host.starts_with("127.0.0.1") && host != "127.0.0.1") {
                hits.push(Hit::new(rule, span(issuer.node)).with("value", issuer.text));
            }
        }
    }
    hits
}

/// The issuer that a function of `mcp.server.auth.routes` is given.
fn issuer_argument<'t>(context: &Context<'_, 't>, call: &CallUse<'t>) -> Option<&'t Expr> {
    let paths = callees(context, call.node, call.at);
    let is = |name: &str| paths.iter().any(|callee| callee.path == format!("mcp.server.auth.routes.{name}"));
    let (keyword, position) = match () {
        () if is("create_auth_routes") => ("issuer_url", 1),
        () if is("build_metadata") => ("issuer_url", 0),
        () if is("validate_issuer_url") => ("url", 0),
        () => return None,
    };
    let mut keywords = call.node.arguments.keywords.iter();
    let named = keywords.find(|one| one.arg.as_ref().is_some_and(|name| name.as_str() == keyword));
    named.map(|keyword| &keyword.value).or_else(|| call.node.arguments.args.get(position))
}

/// The addresses that the call puts into `field` of `model`.
fn literals<'t>(context: &Context<'_, 't>, call: &CallUse<'t>, model: &str, field: &str) -> Vec<Literal<'t>> {
    let Some(fields) = fields(context, call, &[model]) else { return Vec::new() };
    let Some(value) = fields.value(context, field, call.at) else { return Vec::new() };
    let items = match value {
        Expr::List(list) => list.elts.as_slice(),
        Expr::Tuple(tuple) => tuple.elts.as_slice(),
        one => std::slice::from_ref(one),
    };
    items.iter().filter_map(|item| literal(context, item, call.at)).collect()
}

fn literal<'t>(context: &Context<'_, 't>, expression: &'t Expr, at: At) -> Option<Literal<'t>> {
    let expression = assigned(context, expression, at);
    if let Expr::Call(call) = expression {
        let is_url = context.paths_of(&call.func, at).iter().any(|path| path.starts_with("pydantic."));
        let inner = call.arguments.args.first().filter(|_| is_url)?;
        let text = string(assigned(context, inner, at))?;
        return Some(Literal { text, node: expression, is_wrapped: true });
    }
    Some(Literal { text: string(expression)?, node: expression, is_wrapped: false })
}

/// The host of a web address, without its port, and what follows.
fn web_host(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
    let (authority, after) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let authority = authority.rsplit('@').next().unwrap_or(authority);
    let host = match authority.find(']') {
        Some(end) => &authority[..=end],
        None => authority.split(':').next().unwrap_or(authority),
    };
    (!host.is_empty()).then_some((host, after))
}
