//! Functions as a stub holds them: a signature, and the decorators that change what a caller sees.

use std::fmt::Write as _;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Decorator, Expr, Parameter, ParameterWithDefault, Parameters, Stmt, StmtFunctionDef};

use super::text::{Source, last_name};

/// Decorators that stay, by the last part of their name. Any other is taken to hand back what it was given, as a
/// registration or a cache does for its callers.
const KEPT: [&str; 22] = [
    "abstractmethod",
    "asynccontextmanager",
    "cached_property",
    "classmethod",
    "computed_field",
    "contextmanager",
    "dataclass",
    "dataclass_transform",
    "deleter",
    "deprecated",
    "disjoint_base",
    "final",
    "getter",
    "no_type_check",
    "overload",
    "override",
    "property",
    "runtime_checkable",
    "setter",
    "staticmethod",
    "total_ordering",
    "type_check_only",
];

/// The decorators of `all` that stay, each as it is written after the `@`.
pub(super) fn decorators(source: Source<'_>, all: &[Decorator]) -> Vec<String> {
    let kept = all.iter().filter_map(|decorator| {
        let callee = match &decorator.expression {
            Expr::Call(call) => &*call.func,
            other => other,
        };
        let name = last_name(callee).filter(|name| KEPT.contains(name) && *name != "computed_field")?;
        Some(match &decorator.expression {
            // What it says is prose; that it is deprecated is API.
            Expr::Call(_) if name == "deprecated" => format!("{}(\"\")", source.code(callee)),
            other => source.code(other),
        })
    });
    kept.collect()
}

/// `def name(...) -> T: ...`, without decorators and without indentation.
pub(super) fn signature(source: Source<'_>, function: &StmtFunctionDef) -> String {
    // A generator's body makes `async def` mean something else than it does where there is no body.
    let is_async = function.is_async && !is_generator(&function.body);
    let mut out = String::from(if is_async { "async def " } else { "def " });
    out.push_str(function.name.as_str());
    if let Some(parameters) = &function.type_params {
        out.push_str(source.raw(parameters.range));
    }
    out.push('(');
    out.push_str(&parameters(source, &function.parameters));
    out.push(')');
    if let Some(returns) = &function.returns {
        let _ = write!(out, " -> {}", source.code(returns));
    } else if matches!(function.name.as_str(), "__init__" | "__post_init__") {
        out.push_str(" -> None");
    }
    out.push_str(": ...");
    out
}

fn parameters(source: Source<'_>, all: &Parameters) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(all.posonlyargs.iter().map(|one| with_default(source, one)));
    if !all.posonlyargs.is_empty() {
        parts.push("/".to_owned());
    }
    parts.extend(all.args.iter().map(|one| with_default(source, one)));
    match &all.vararg {
        Some(rest) => parts.push(format!("*{}", annotated(source, rest))),
        None if !all.kwonlyargs.is_empty() => parts.push("*".to_owned()),
        None => {}
    }
    parts.extend(all.kwonlyargs.iter().map(|one| with_default(source, one)));
    if let Some(rest) = &all.kwarg {
        parts.push(format!("**{}", annotated(source, rest)));
    }
    parts.join(", ")
}

fn annotated(source: Source<'_>, parameter: &Parameter) -> String {
    match &parameter.annotation {
        Some(annotation) => format!("{}: {}", parameter.name, source.code(annotation)),
        None => parameter.name.to_string(),
    }
}

fn with_default(source: Source<'_>, one: &ParameterWithDefault) -> String {
    let name = annotated(source, &one.parameter);
    match &one.default {
        None => name,
        Some(default) if one.parameter.annotation.is_some() => format!("{name} = {}", source.default(default)),
        Some(default) => format!("{name}={}", source.default(default)),
    }
}

/// Whether a body yields, its inner functions aside.
fn is_generator(body: &[Stmt]) -> bool {
    struct Yields(bool);
    impl<'a> SourceOrderVisitor<'a> for Yields {
        fn visit_stmt(&mut self, stmt: &'a Stmt) {
            if !matches!(stmt, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
                walk_stmt(self, stmt);
            }
        }
        fn visit_expr(&mut self, expr: &'a Expr) {
            match expr {
                Expr::Yield(_) | Expr::YieldFrom(_) => self.0 = true,
                Expr::Lambda(_) => {}
                _ => walk_expr(self, expr),
            }
        }
    }
    let mut yields = Yields(false);
    yields.visit_body(body);
    yields.0
}
