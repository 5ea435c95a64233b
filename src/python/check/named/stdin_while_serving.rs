//! Finds code that watches or reads descriptor 0 in a file that also serves over stdio.

use ruff_python_ast::{Expr, ExprCall};

use super::super::super::parse::span;
use super::super::callee::methods;
use super::super::context::{Context, Hit};
use super::super::uses::At;
use super::super::value::{literal, string};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

const SERVE: &str = "mcp.server.stdio.stdio_server";
const SERVER: &str = "mcp.server.fastmcp.server.FastMCP";

pub(super) fn run<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    // Looked for first: few files touch descriptor 0 at all.
    let calls = context.uses.calls.iter().filter(|call| call.at.function.is_some());
    let watching: Vec<_> = calls.filter(|call| watches(context, call.node, call.at)).collect();
    if watching.is_empty() || !context.uses.calls.iter().any(|call| serves(context, call.node, call.at)) {
        return Vec::new();
    }
    let hit = |call: &ExprCall| Hit::new(rule, span(&*call.func)).with("name", context.source(&*call.func));
    watching.into_iter().map(|call| hit(call.node)).collect()
}

/// Whether `call` starts a server on the standard streams.
fn serves(context: &Context<'_, '_>, call: &ExprCall, at: At) -> bool {
    if context.paths_of(&call.func, at).iter().any(|path| path == SERVE) {
        // Streams of one's own leave descriptor 0 alone.
        return call.arguments.args.is_empty() && call.arguments.keywords.is_empty();
    }
    let Expr::Attribute(attribute) = &*call.func else { return false };
    let name = attribute.attr.as_str();
    let transport = call.arguments.find_argument_value("transport", 0);
    let is_stdio = transport.is_none_or(|transport| string(transport) == Some("stdio"));
    let serves = matches!(name, "run" if is_stdio) || name == "run_stdio_async";
    serves
        && methods(context, &attribute.value, name, at)
            .iter()
            .any(|path| path.strip_suffix(name) == Some(&format!("{SERVER}.")))
}

/// Whether `call` polls or reads descriptor 0.
fn watches(context: &Context<'_, '_>, call: &ExprCall, at: At) -> bool {
    let first = call.arguments.args.first();
    let takes_stdin = || first.is_some_and(|first| is_stdin(context, first, at));
    let paths = context.paths_of(&call.func, at);
    if paths.iter().any(|path| path == "os.read") {
        return takes_stdin();
    }
    if paths.iter().any(|path| path == "select.select") {
        let watched = match first {
            Some(Expr::List(list)) => list.elts.as_slice(),
            Some(Expr::Tuple(tuple)) => tuple.elts.as_slice(),
            _ => &[],
        };
        return watched.iter().any(|one| is_stdin(context, one, at));
    }
    if paths.iter().any(|path| matches!(path.strip_prefix("sys.stdin."), Some(rest) if reads(rest))) {
        return true;
    }
    let Expr::Attribute(attribute) = &*call.func else { return false };
    matches!(attribute.attr.as_str(), "register" | "add_reader" | "connect_read_pipe") && {
        let watched = if attribute.attr.as_str() == "connect_read_pipe" { call.arguments.args.get(1) } else { first };
        watched.is_some_and(|one| is_stdin(context, one, at))
    }
}

fn reads(method: &str) -> bool {
    matches!(method.strip_prefix("buffer.").unwrap_or(method), "read" | "readline" | "readlines" | "read1" | "readinto")
}

/// Whether `expression` is `0`, `sys.stdin` or `sys.stdin.fileno()`.
fn is_stdin(context: &Context<'_, '_>, expression: &Expr, at: At) -> bool {
    if literal(expression).as_deref() == Some("0") {
        return true;
    }
    let (named, is_call) = match expression {
        Expr::Call(call) => (&*call.func, true),
        other => (other, false),
    };
    let wanted: &[&str] =
        if is_call { &["sys.stdin.fileno", "sys.stdin.buffer.fileno"] } else { &["sys.stdin", "sys.stdin.buffer"] };
    context.paths_of(named, at).iter().any(|path| wanted.contains(&path.as_str()))
}
