//! `typed-dict-output` and `error-result-with-schema`: what tools are annotated to return.

use ruff_python_ast::{Expr, ExprCall, Stmt};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::uses::ClassUse;
use super::super::value::literal;
use super::super::within;
use super::registered::registered;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

const SERVER: &str = "mcp.server.fastmcp.FastMCP";
const TOOLS: &[(&str, &str)] = &[(SERVER, "tool"), (SERVER, "add_tool")];

/// Tools that return a `TypedDict` of this module with keys that may be missing.
pub(super) fn typed_dict<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for one in registered(context, TOOLS) {
        let Some(returns) = one.function.returns.as_deref().filter(|_| !one.passes("structured_output")) else {
            continue;
        };
        let paths = context.paths_of(returns, one.at);
        let class = context.uses.classes.iter().find(|class| paths.contains(&class.path));
        if class.is_some_and(|class| has_optional_keys(context, class)) {
            hits.push(Hit::new(rule, span(returns)).with("name", one.function.name.as_str()));
        }
    }
    hits
}

fn has_optional_keys(context: &Context<'_, '_>, class: &ClassUse<'_>) -> bool {
    let is_typed_dict = context.ancestors(&class.path).iter().any(|path| path.ends_with(".TypedDict"));
    let is_loose = class.node.keywords().iter().any(|keyword| {
        keyword.arg.as_ref().is_some_and(|name| name.as_str() == "total")
            && literal(&keyword.value).as_deref() == Some("False")
    });
    let is_optional = |statement: &Stmt| match statement {
        Stmt::AnnAssign(key) => {
            matches!(&*key.annotation, Expr::Subscript(subscript) if is_named(&subscript.value, "NotRequired"))
        }
        _ => false,
    };
    is_typed_dict && (is_loose || class.node.body.iter().any(is_optional))
}

/// Error results made by tools whose annotation holds a schema.
pub(super) fn error_result<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let results = context.canonical("mcp.types.CallToolResult");
    let mut hits = Vec::new();
    for one in registered(context, TOOLS) {
        let Some(Expr::Subscript(annotated)) = one.function.returns.as_deref() else { continue };
        let Expr::Tuple(items) = &*annotated.slice else { continue };
        let is_result =
            |expression: &Expr| context.paths_of(expression, one.at).iter().any(|path| results.contains(path));
        if !is_named(&annotated.value, "Annotated") || !items.elts.first().is_some_and(is_result) {
            continue;
        }
        let calls = within::calls_with_lambdas(&one.function.body).into_iter();
        for call in calls.filter(|call| is_result(&call.func) && says_error(call)) {
            hits.push(Hit::new(rule, span(&*call.func)).with("name", one.function.name.as_str()));
        }
    }
    hits
}

fn says_error(call: &ExprCall) -> bool {
    let keyword = ["isError", "is_error"].iter().find_map(|name| call.arguments.find_keyword(name));
    keyword.is_some_and(|keyword| literal(&keyword.value).as_deref() != Some("False"))
}
