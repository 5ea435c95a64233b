//! Exception handlers around calls of the SDK: `except`, `pytest.raises`, `contextlib.suppress`.

use ruff_python_ast::{ExceptHandler, Expr, Stmt};

use super::super::parse::span;
use super::callee::all_callees;
use super::context::{Context, Hit};
use super::quoted::is_named;
use super::rewrite;
use super::uses::At;
use super::within;

/// Whether `path` is one of `wanted`, of which `a.b.*` means everything below `a.b`.
pub(super) fn is_among(path: &str, wanted: &[String]) -> bool {
    wanted.iter().any(|wanted| match wanted.strip_suffix(".*") {
        Some(prefix) => path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
        None => path == wanted,
    })
}

pub(super) fn hits<'a>(context: &Context<'a, '_>) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    if context.rules.handlers.is_empty() {
        return hits;
    }
    for (attempt, at) in &context.uses.attempts {
        for ExceptHandler::ExceptHandler(one) in &attempt.handlers {
            if let Some(caught) = &one.type_ {
                guarded(context, (caught, one.name.is_some()), &attempt.body, *at, &mut hits);
            }
        }
    }
    for (items, body, at) in &context.uses.withs {
        for item in *items {
            if let Expr::Call(call) = &item.context_expr
                && (is_named(&call.func, "raises") || is_named(&call.func, "suppress"))
            {
                let matched =
                    call.arguments.keywords.iter().any(|one| one.arg.as_ref().is_some_and(|name| name == "match"));
                let is_used = matched || item.optional_vars.is_some();
                for caught in &call.arguments.args {
                    guarded(context, (caught, is_used), body, *at, &mut hits);
                }
            }
        }
    }
    hits
}

fn guarded<'a>(
    context: &Context<'a, '_>,
    (caught, is_used): (&Expr, bool),
    body: &[Stmt],
    at: At,
    hits: &mut Vec<Hit<'a>>,
) {
    if let Expr::Tuple(tuple) = caught {
        tuple.elts.iter().for_each(|one| guarded(context, (one, is_used), body, at, hits));
        return;
    }
    let paths = context.paths_of(caught, at);
    let mut called: Option<Vec<String>> = None;
    for entry in &context.rules.handlers {
        if entry.entry.text_used && !is_used {
            continue;
        }
        let catches = entry.entry.catches.as_slice();
        let Some(path) = paths.iter().find(|path| is_among(path, catches)) else { continue };
        let called = called.get_or_insert_with(|| calls_in(context, body, at));
        let Some(callee) = called.iter().find(|callee| is_among(callee, &entry.of)) else { continue };
        let becomes = entry.entry.becomes.as_deref().map(|becomes| match becomes.strip_suffix(".*") {
            Some(prefix) => format!("{prefix}.{}", path.rsplit('.').next().unwrap_or(path)),
            None => becomes.to_owned(),
        });
        let hit = Hit::new(entry.rule, span(caught))
            .with("name", context.source(caught))
            .with("path", path.as_str())
            .with("value", callee.rsplit('.').next().unwrap_or(callee))
            .with("becomes", becomes.clone().unwrap_or_default())
            .with("advice", entry.entry.advice.clone().unwrap_or_default());
        let fix = becomes.and_then(|becomes| {
            let written = |text: &str, imports: &[String]| {
                let fix = rewrite::replaced(context, span(caught), text, entry.entry.applicability);
                rewrite::importing(context, fix, imports)
            };
            match becomes.rsplit_once('.') {
                None => written(&becomes, &[]),
                // Most servers are called `mcp`, which would hide a dotted import.
                Some((module, name)) if module.contains('.') => {
                    written(name, &[format!("from {module} import {name}")])
                }
                Some((module, _)) => written(&becomes, &[format!("import {module}")]),
            }
        });
        hits.push(Hit { fix, ..hit });
    }
}

/// What the statements of `body` call, canonical.
fn calls_in(context: &Context<'_, '_>, body: &[Stmt], at: At) -> Vec<String> {
    let calls = within::calls_with_lambdas(body);
    calls.into_iter().flat_map(|call| all_callees(context, call, at)).map(|callee| callee.path).collect()
}
