//! `mock_mcp.settings.port`, `mock_mcp.run.assert_called_once_with(transport="sse")`: a test that puts a mock in the place of
//! a server, and looks for the transport settings where they no longer are.

use ruff_python_ast::Expr;

use super::super::super::parse::span;
use super::super::super::servers::Servers;
use super::super::context::{Context, Hit};
use super::super::stand_ins::is_assertion;
use super::super::uses::At;
use super::super::value::string;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// The class whose members rules say to be gone.
const SETTINGS: &str = "mcp.server.fastmcp.server.Settings";

/// What starts a server over HTTP.
const STARTS: [&str; 5] = ["run", "run_sse_async", "run_streamable_http_async", "sse_app", "streamable_http_app"];

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for member in &context.uses.members {
        let Expr::Attribute(settings) = &*member.node.value else { continue };
        if settings.attr.as_str() == "settings"
            && is_setting(context, member.name())
            && is_server(context, &settings.value, member.at).is_some()
        {
            let value = context.source(member.node);
            let advice = format!("the call that starts the server is given `{}=` instead", member.name());
            hits.push(Hit::new(rule, span(&member.node.attr)).with("value", value).with("advice", advice));
        }
    }
    for call in &context.uses.calls {
        let Expr::Attribute(callee) = &*call.node.func else { continue };
        let Expr::Attribute(start) = &*callee.value else { continue };
        if !is_assertion(&callee.attr) || !STARTS.contains(&start.attr.as_str()) {
            continue;
        }
        let keywords = &call.node.arguments.keywords;
        let named = |name: &str| keywords.iter().find(|one| one.arg.as_ref().is_some_and(|arg| arg.as_str() == name));
        let transport = named("transport").map(|one| &one.value).or_else(|| call.node.arguments.args.first());
        let is_stdio = start.attr.as_str() == "run" && transport.is_none_or(|one| string(one) == Some("stdio"));
        let Some(server) = is_server(context, &start.value, call.at).filter(|_| !is_stdio) else { continue };
        let lost: Vec<&str> = server.into_iter().filter(|name| named(name).is_none()).collect();
        if let Some(first) = lost.first() {
            let (value, advice) = (context.source(&*callee.value), format!("the call is given `{first}=` as well"));
            hits.push(Hit::new(rule, span(&callee.attr)).with("value", value).with("advice", advice));
        }
    }
    hits
}

fn is_setting(context: &Context<'_, '_>, name: &str) -> bool {
    let mut entries = context.rules.members.get(name).into_iter().flatten();
    entries.any(|entry| entry.of.iter().any(|class| class == SETTINGS))
}

/// The transport settings of the server that `mock` was patched in for; `None` when it is no server.
fn is_server<'m>(context: &Context<'_, 'm>, mock: &Expr, at: At) -> Option<Vec<&'m str>> {
    let modules = context.module.modules;
    let paths = context.stand_ins().patched(context, mock, at);
    let path = paths.iter().find(|path| modules.makes_server(path))?;
    let given = modules.servers().flat_map(|(home, says): (&str, &Servers)| says.given(modules, home, path));
    let mut given: Vec<&str> = given.filter(|name| is_setting(context, name)).collect();
    given.sort_unstable();
    given.dedup();
    Some(given)
}
