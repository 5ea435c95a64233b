//! The branches around an import: what the other ones import, and whether a failure is caught.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtIf, StmtTry};

use super::super::imports::{MAX_BRANCHES, MAX_OTHERS, branches, catches_import_errors, is_type_checking};
use super::super::names::absolute;
use super::uses::GuardUse;
use crate::packages::is_sdk_path;

/// Branches nested deeper are read as unguarded: telling them would read every level again from each one above.
const MAX_DEPTH: usize = 6;

/// What guards the body and each handler of a `try`; `None` for parts that are not guarded by it.
pub(super) struct TryGuards {
    pub(super) body: Option<GuardUse>,
    pub(super) handlers: Vec<Option<GuardUse>>,
}

/// The guards that `attempt` lays around its parts, at `depth` guards below the module.
pub(super) fn of_try(attempt: &StmtTry, package: &str, depth: usize) -> TryGuards {
    let handlers = attempt.handlers.iter().map(|ExceptHandler::ExceptHandler(handler)| handler);
    let caught: Vec<bool> =
        handlers.clone().map(|one| one.type_.as_deref().is_none_or(catches_import_errors)).collect();
    if depth >= MAX_DEPTH || !caught.contains(&true) {
        return TryGuards { body: None, handlers: caught.iter().map(|_| None).collect() };
    }
    let mut tried = imported(&attempt.body, package);
    tried.extend(imported(&attempt.orelse, package));
    let mut instead = Vec::new();
    for (handler, _) in handlers.zip(&caught).filter(|(_, caught)| **caught) {
        instead.extend(imported(&handler.body, package));
    }
    let guard = |alternatives: &[String], is_caught| GuardUse {
        alternatives: alternatives.to_vec(),
        is_caught,
        is_typing: false,
    };
    TryGuards {
        body: Some(guard(&instead, true)),
        handlers: caught.iter().map(|caught| caught.then(|| guard(&tried, false))).collect(),
    }
}

/// What guards each branch of an `if`, its own first.
pub(super) fn of_if(conditional: &StmtIf, package: &str, depth: usize) -> Vec<Option<GuardUse>> {
    let branches = branches(conditional);
    let is_typing = is_type_checking(&conditional.test);
    if depth >= MAX_DEPTH || branches.len() > MAX_BRANCHES || (branches.len() == 1 && !is_typing) {
        return branches.iter().map(|_| None).collect();
    }
    let imports: Vec<Vec<String>> = branches.iter().map(|branch| imported(branch, package)).collect();
    let others = |index: usize| {
        let others = imports.iter().enumerate().filter(move |(other, _)| *other != index);
        others.flat_map(|(_, paths)| paths.iter().cloned()).collect()
    };
    let guard = |index| GuardUse { alternatives: others(index), is_caught: false, is_typing: is_typing && index == 0 };
    (0..branches.len()).map(|index| Some(guard(index))).collect()
}

/// The paths of the SDK imported anywhere in `body`, each once.
fn imported(body: &[Stmt], package: &str) -> Vec<String> {
    let mut walk = Imported { package, paths: Vec::new() };
    body.iter().for_each(|statement| walk.visit_stmt(statement));
    walk.paths
}

struct Imported<'p> {
    package: &'p str,
    paths: Vec<String>,
}

impl Imported<'_> {
    fn push(&mut self, path: String) {
        if self.paths.len() < MAX_OTHERS && is_sdk_path(&path) && !self.paths.contains(&path) {
            self.paths.push(path);
        }
    }
}

impl<'t> SourceOrderVisitor<'t> for Imported<'_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::Import(import) => {
                import.names.iter().for_each(|alias| self.push(alias.name.as_str().to_owned()));
            }
            Stmt::ImportFrom(import) => {
                let module = absolute(self.package, import.level, import.module.as_ref().map(|name| name.as_str()));
                import.names.iter().for_each(|alias| self.push(format!("{module}.{}", alias.name.as_str())));
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, _: &'t Expr) {}
}
