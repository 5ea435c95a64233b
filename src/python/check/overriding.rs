//! What subclasses of the SDK's classes define.

use ruff_python_ast::{Expr, Stmt};

use super::super::parse::span;
use super::context::{Context, Hit};
use super::rewrite;
use crate::source::Span;

pub(super) fn hits<'a>(context: &Context<'a, '_>) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for class in &context.uses.classes {
        if class.node.bases().is_empty() || context.rules.overrides.is_empty() {
            continue;
        }
        let ancestors = context.ancestors(&class.path).split_off(1);
        for entry in &context.rules.overrides {
            let Some(base) = entry.of.iter().find(|base| ancestors.contains(base)) else { continue };
            let wanted = &*entry.entry;
            let shown = base.rsplit('.').next().unwrap_or(base);
            let hit = |name: &str, at: Span| {
                Hit::new(entry.rule, at)
                    .with("name", name)
                    .with("class", shown)
                    .with("path", format!("{base}.{name}"))
                    .with("becomes", wanted.becomes.clone().unwrap_or_default())
                    .with("advice", wanted.advice.clone().unwrap_or_default())
            };
            if wanted.name.is_empty() && wanted.parameter.is_none() {
                hits.push(hit(class.node.name.as_str(), span(&class.node.name)));
                continue;
            }
            for (name, at, function) in class.node.body.iter().filter_map(defined) {
                let is_meant = wanted.name.is_empty() || wanted.name.as_slice().iter().any(|one| one == name);
                let has_parameter = wanted
                    .parameter
                    .as_ref()
                    .is_none_or(|parameter| function.is_some_and(|function| function.parameters.includes(parameter)));
                if is_meant && has_parameter {
                    let fix = wanted
                        .becomes
                        .as_deref()
                        .map(|becomes| rewrite::replaced(context, at, becomes, wanted.applicability));
                    hits.push(Hit { fix, ..hit(name, at) });
                }
            }
        }
    }
    hits
}

/// The name that a statement of a class body defines.
fn defined(statement: &Stmt) -> Option<(&str, Span, Option<&ruff_python_ast::StmtFunctionDef>)> {
    let target = match statement {
        Stmt::FunctionDef(function) => return Some((function.name.as_str(), span(&function.name), Some(function))),
        Stmt::AnnAssign(assign) => &*assign.target,
        Stmt::Assign(assign) => assign.targets.first()?,
        _ => return None,
    };
    match target {
        Expr::Name(name) => Some((name.id.as_str(), span(name), None)),
        _ => None,
    }
}
