//! What instances of a class hold without the class's body saying so: `self.x = ...` in its methods.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};

use super::function;
use super::text::{Source, UNKNOWN, union};

/// An attribute with its type, in the order of first assignment.
pub(super) struct Attribute {
    pub(super) name: String,
    /// An annotation.
    pub(super) kind: String,
}

/// The attributes that the methods of a class give its instances.
pub(super) fn attributes(source: Source<'_>, body: &[Stmt]) -> Vec<Attribute> {
    let mut seen: Vec<(String, Vec<Seen>)> = Vec::new();
    for method in body.iter().filter_map(Stmt::as_function_def_stmt) {
        let decorators = function::decorators(source, &method.decorator_list);
        if decorators.iter().any(|name| name == "staticmethod" || name == "classmethod") {
            continue;
        }
        let mut parameters = method.parameters.posonlyargs.iter().chain(&method.parameters.args);
        let Some(receiver) = parameters.next() else { continue };
        let mut walk =
            Walk { source, method, receiver: receiver.name().as_str(), rebound: rebound(method), seen: &mut seen };
        walk.visit_body(&method.body);
    }
    seen.into_iter().map(|(name, seen)| Attribute { name, kind: settled(seen) }).collect()
}

/// What one assignment shows.
enum Seen {
    Declared(String),
    Inferred(String),
    Unknown,
}

/// A declaration decides; otherwise every assignment must show its type.
fn settled(seen: Vec<Seen>) -> String {
    let mut types = Vec::new();
    let mut is_known = true;
    for one in seen {
        match one {
            Seen::Declared(kind) => return kind,
            Seen::Inferred(kind) => types.push(kind),
            Seen::Unknown => is_known = false,
        }
    }
    let is_nothing = types.iter().all(|kind| kind == "None");
    match union(types) {
        Some(kind) if is_known && !is_nothing => kind,
        _ => UNKNOWN.to_owned(),
    }
}

/// The names that a function gives another value than its caller did.
fn rebound(function: &StmtFunctionDef) -> BTreeSet<&str> {
    struct Names<'a>(BTreeSet<&'a str>);
    impl<'a> SourceOrderVisitor<'a> for Names<'a> {
        fn visit_expr(&mut self, expr: &'a Expr) {
            match expr {
                Expr::Name(name) if name.ctx.is_store() => {
                    self.0.insert(name.id.as_str());
                }
                _ => ruff_python_ast::visitor::source_order::walk_expr(self, expr),
            }
        }
    }
    let mut names = Names(BTreeSet::new());
    names.visit_body(&function.body);
    names.0
}

struct Walk<'a, 's> {
    source: Source<'a>,
    method: &'a StmtFunctionDef,
    receiver: &'a str,
    rebound: BTreeSet<&'a str>,
    seen: &'s mut Vec<(String, Vec<Seen>)>,
}

impl<'a> SourceOrderVisitor<'a> for Walk<'a, '_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::AnnAssign(assign) => {
                let kind = self.source.code(&assign.annotation);
                let kind = if kind == "Final" {
                    assign.value.as_deref().map_or(Seen::Unknown, |value| self.shown(value))
                } else {
                    Seen::Declared(kind)
                };
                self.note(&assign.target, kind);
            }
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    match target {
                        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|one| self.note(one, Seen::Unknown)),
                        one => {
                            let kind = self.shown(&assign.value);
                            self.note(one, kind);
                        }
                    }
                }
            }
            Stmt::With(with) => {
                for target in with.items.iter().filter_map(|item| item.optional_vars.as_deref()) {
                    self.note(target, Seen::Unknown);
                }
                walk_stmt(self, stmt);
            }
            // Another function has another receiver, mostly.
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, _: &'a Expr) {}
}

impl Walk<'_, '_> {
    fn note(&mut self, target: &Expr, kind: Seen) {
        let Expr::Attribute(attribute) = target else { return };
        if attribute.value.as_name_expr().is_none_or(|name| name.id.as_str() != self.receiver) {
            return;
        }
        let name = attribute.attr.as_str();
        match self.seen.iter_mut().find(|(other, _)| other == name) {
            Some((_, seen)) => seen.push(kind),
            None => self.seen.push((name.to_owned(), vec![kind])),
        }
    }

    fn shown(&self, value: &Expr) -> Seen {
        let of = |name: &str| self.parameter(name);
        let kind = match value {
            // `given or made`: what was given may be nothing, what is held may not.
            Expr::BoolOp(either) if either.op == ruff_python_ast::BoolOp::Or => {
                let last = either.values.len().saturating_sub(1);
                let types = either.values.iter().enumerate().map(|(at, one)| {
                    let kind = self.source.type_of(one, &of)?;
                    Some(if at < last { kind.strip_suffix(" | None").unwrap_or(&kind).to_owned() } else { kind })
                });
                types.collect::<Option<Vec<_>>>().and_then(union)
            }
            other => self.source.type_of(other, &of),
        };
        kind.map_or(Seen::Unknown, Seen::Inferred)
    }

    /// The annotation of a parameter that still is what the caller gave.
    fn parameter(&self, name: &str) -> Option<String> {
        if self.rebound.contains(name) {
            return None;
        }
        let parameters = self.method.parameters.iter_non_variadic_params();
        let found = parameters.map(|one| &one.parameter).find(|one| one.name.as_str() == name)?;
        found.annotation.as_deref().map(|annotation| self.source.code(annotation))
    }
}
