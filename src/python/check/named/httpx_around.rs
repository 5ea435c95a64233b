//! What stands around the SDK's HTTP clients and is written for httpx: stubs in tests, certificates, loggers. Each is
//! only looked for in modules that use a client of the SDK, because httpx has other uses.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprDict, Stmt};

use super::super::super::parse::span;
use super::super::callee::callees;
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::uses::PathText;
use super::super::value::string;
use crate::finding::Confidence;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

/// Whether the module uses a client or an HTTP transport of the SDK.
fn uses_client(context: &Context<'_, '_>) -> bool {
    let is_client = |path: &str| path.starts_with("mcp.client.");
    let imports = context.uses.imports.iter().flat_map(|import| context.canonical(&import.path));
    let mut imports = imports.chain(context.uses.imports.iter().map(|import| import.path.clone()));
    imports.any(|path| is_client(&path))
        || context.uses.chains.iter().any(|one| one.chain.whole().any(|path| is_client(&path)))
}

fn hit<'a>(rule: &'a Rule, at: Span, value: &str, advice: impl Into<String>) -> Hit<'a> {
    Hit::new(rule, at).with("value", value).with("advice", advice)
}

/// Stubs for httpx.
pub(super) fn test_doubles<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    if !uses_client(context) {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for import in &context.uses.imports {
        let package = import.path.split('.').next().unwrap_or_default();
        if matches!(package, "respx" | "pytest_httpx") {
            hits.push(hit(rule, import.span(), package, format!("`{package}` stubs httpx")));
        }
    }
    for function in &context.uses.functions {
        for parameter in &*function.node.parameters {
            let name = parameter.name();
            if matches!(name.as_str(), "httpx_mock" | "respx_mock") {
                hits.push(hit(rule, span(name), name.as_str(), format!("`{}` stubs httpx", name.as_str())));
            }
        }
    }
    for (literal, kind) in &context.uses.paths_in_text {
        let text = &*literal.value;
        if *kind == PathText::Patch && (is_httpx(text) || text.starts_with("mcp.client.") && text.contains(".httpx")) {
            hits.push(hit(rule, span(*literal), text, format!("`{text}` is patched")));
        }
    }
    for call in &context.uses.calls {
        let is_patch = ["object", "setattr", "delattr"].iter().any(|name| is_named(&call.node.func, name));
        let Some(target) = call.node.arguments.args.first().filter(|_| is_patch) else { continue };
        if context.paths_of(target, call.at).iter().any(|path| is_httpx(path)) {
            let text = context.source(target);
            hits.push(hit(rule, span(target), text, format!("`{text}` is patched")));
        }
    }
    hits
}

fn is_httpx(path: &str) -> bool {
    path == "httpx" || path.starts_with("httpx.")
}

/// Certificates given by their path.
pub(super) fn certificates<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let makers = ["httpx.AsyncClient", "httpx.Client", "httpx.AsyncHTTPTransport", "httpx.HTTPTransport"];
    if !uses_client(context) {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        if !callees(context, call.node, call.at).iter().any(|callee| makers.contains(&callee.path.as_str())) {
            continue;
        }
        for keyword in &call.node.arguments.keywords {
            let is_path = match keyword.arg.as_ref().map(|name| name.as_str()) {
                Some("verify") => string(&keyword.value).is_some() || is_text(context, &keyword.value),
                Some("cert") => !keyword.value.is_none_literal_expr(),
                _ => false,
            };
            if let Some(name) = keyword.arg.as_ref().filter(|_| is_path) {
                let hit = hit(rule, span(keyword), context.source(&keyword.value), "");
                hits.push(hit.with("argument", name.as_str()));
            }
        }
    }
    hits
}

fn is_text(context: &Context<'_, '_>, value: &Expr) -> bool {
    context.is_instance(value, &["builtins.str".to_owned()]) == Some(true)
}

/// Loggers of httpx in a dictionary that configures logging.
pub(super) fn logger_configuration<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let configures = context.uses.calls.iter().any(|call| is_named(&call.node.func, "dictConfig"));
    if !context.module.imports_sdk && !configures {
        return Vec::new();
    }
    let mut found = Loggers { rule, hits: Vec::new() };
    context.body.iter().for_each(|statement| found.visit_stmt(statement));
    found.hits
}

struct Loggers<'a> {
    rule: &'a Rule,
    hits: Vec<Hit<'a>>,
}

impl Loggers<'_> {
    fn of(&mut self, dict: &ExprDict) {
        let key = |name: &Expr| string(name).map(str::to_owned);
        for item in &dict.items {
            let Some(Expr::Dict(loggers)) =
                item.key.as_ref().and_then(key).filter(|key| key == "loggers").map(|_| &item.value)
            else {
                continue;
            };
            for name in loggers.items.iter().filter_map(|logger| logger.key.as_ref()) {
                let Some(text) = string(name) else { continue };
                let top = text.split('.').next().unwrap_or_default();
                if matches!(top, "httpx" | "httpcore") {
                    let hit = hit(self.rule, span(name), &format!("\"{text}\""), "");
                    self.hits.push(hit.at_most(Confidence::Medium));
                }
            }
        }
    }
}

impl<'t> SourceOrderVisitor<'t> for Loggers<'_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        if let Expr::Dict(dict) = expression {
            self.of(dict);
        }
        walk_expr(self, expression);
    }
}
