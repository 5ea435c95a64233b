//! What the body of a function raises by itself: statements whose exception leaves the function.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtFunctionDef};

use super::super::super::parse::span;
use super::super::context::Context;
use super::super::uses::At;
use crate::source::Span;

/// An exception that leaves a function.
pub(super) struct Raised {
    /// The statement's exception, or the whole `assert`.
    pub(super) span: Span,
    /// The classes it may be, each with everything that class derives from.
    pub(super) classes: Vec<String>,
}

/// What `function` raises: exceptions whose class is known by name, and asserts that say something. What is raised
/// within nested functions, caught in the function itself, or raised again is left out.
pub(super) fn raised(context: &Context<'_, '_>, function: &StmtFunctionDef, at: At) -> Vec<Raised> {
    let mut walk = Walk { context, at, caught: Vec::new(), found: Vec::new() };
    walk.visit_body(&function.body);
    walk.found
}

struct Walk<'c, 'r, 't> {
    context: &'c Context<'r, 't>,
    at: At,
    /// What the `try` statements around the place catch; `None` for everything.
    caught: Vec<Vec<Option<String>>>,
    found: Vec<Raised>,
}

impl Walk<'_, '_, '_> {
    fn classes(&self, class: &Expr) -> Vec<String> {
        let paths = self.context.paths_of(class, self.at);
        paths.iter().flat_map(|path| self.context.ancestors(path)).collect()
    }

    fn add(&mut self, at: Span, classes: Vec<String>) {
        let is_caught = self.caught.iter().flatten().any(|caught| match caught {
            None => true,
            Some(caught) => classes.contains(caught) || is_builtin_base(caught, &classes),
        });
        if !classes.is_empty() && !is_caught {
            self.found.push(Raised { span: at, classes });
        }
    }

    fn catches(&self, handler: &ExceptHandler) -> Vec<Option<String>> {
        let ExceptHandler::ExceptHandler(handler) = handler;
        let types: Vec<&Expr> = match handler.type_.as_deref() {
            None => return vec![None],
            Some(Expr::Tuple(tuple)) => tuple.elts.iter().collect(),
            Some(one) => vec![one],
        };
        let paths = types.into_iter().flat_map(|one| self.context.paths_of(one, self.at));
        paths.map(|path| (path != "Exception" && path != "BaseException").then_some(path)).collect()
    }
}

/// Whether `base` is the builtin that the builtin among `classes` derives from, for the few that programs tell apart.
fn is_builtin_base(base: &str, classes: &[String]) -> bool {
    let below: &[&str] = match base {
        "OSError" | "IOError" | "EnvironmentError" => &[
            "OSError", "IOError", "FileNotFoundError", "FileExistsError", "PermissionError", "TimeoutError",
            "ConnectionError", "ConnectionRefusedError", "NotADirectoryError", "IsADirectoryError",
        ],
        "LookupError" => &["KeyError", "IndexError"],
        "ArithmeticError" => &["ZeroDivisionError", "OverflowError"],
        "RuntimeError" => &["NotImplementedError", "RecursionError"],
        "ValueError" => &["UnicodeError", "UnicodeDecodeError", "UnicodeEncodeError", "json.JSONDecodeError", "json.decoder.JSONDecodeError"],
        _ => return false,
    };
    classes.iter().any(|class| below.contains(&class.as_str()))
}

impl<'t> SourceOrderVisitor<'t> for Walk<'_, '_, '_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Try(attempt) => {
                let caught = attempt.handlers.iter().flat_map(|handler| self.catches(handler)).collect();
                self.caught.push(caught);
                attempt.body.iter().for_each(|statement| self.visit_stmt(statement));
                self.caught.pop();
                for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                    handler.body.iter().for_each(|statement| self.visit_stmt(statement));
                }
                attempt.orelse.iter().chain(&attempt.finalbody).for_each(|statement| self.visit_stmt(statement));
            }
            Stmt::Raise(raise) => {
                if let Some(exception) = raise.exc.as_deref() {
                    let class = match exception {
                        Expr::Call(call) => &*call.func,
                        other => other,
                    };
                    let classes = self.classes(class);
                    self.add(span(exception), classes);
                }
            }
            // Without a message an assert speaks to the reader of the code, not to whoever called.
            Stmt::Assert(assert) if assert.msg.is_some() => {
                self.add(span(assert), vec!["AssertionError".to_owned()]);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, _: &'t Expr) {}
}
