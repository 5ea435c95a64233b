//! Which packages a file imports, whatever they are.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{Expr, Stmt};

use super::parse::with_module;

/// The first names of everything that `text` imports, wherever; nothing of a text that is refused.
pub fn imported_packages(text: &str) -> BTreeSet<String> {
    struct Names(BTreeSet<String>);
    impl<'t> SourceOrderVisitor<'t> for Names {
        fn visit_stmt(&mut self, statement: &'t Stmt) {
            let first = |path: &str| path.split('.').next().unwrap_or(path).to_owned();
            match statement {
                Stmt::Import(import) => self.0.extend(import.names.iter().map(|one| first(one.name.as_str()))),
                Stmt::ImportFrom(from) if from.level == 0 => {
                    self.0.extend(from.module.as_ref().map(|module| first(module.as_str())));
                }
                _ => walk_stmt(self, statement),
            }
        }

        fn visit_expr(&mut self, _: &'t Expr) {}
    }
    let mut names = Names(BTreeSet::new());
    let _ = with_module(text, |parsed| names.visit_body(&parsed.syntax().body));
    names.0
}
