//! Which modules of an MCP SDK a file imports, and under what guard.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtIf, StmtTry};

use super::lower::path;
use super::parse::{span, with_module};
use crate::source::Span;
use crate::syntax::SyntaxError;

/// The top-level modules that matter here: the SDK's, and that of the independent project it once took in.
const PACKAGES: [&str; 3] = ["mcp", "mcp_types", "fastmcp"];

/// How many imports of other branches are told: every import of a branch is told all of them.
pub(super) const MAX_OTHERS: usize = 64;

/// How many branches of an `if` are compared: a chain of more is no question of two majors.
pub(super) const MAX_BRANCHES: usize = 16;

/// The imports of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imports {
    /// Each imported module or member, in the order of the file.
    pub modules: Vec<Import>,
    /// Why the file could not be read, if it could not.
    pub problem: Option<SyntaxError>,
}

/// One imported module or member of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The dotted path: `mcp.server.fastmcp.FastMCP` of `from mcp.server.fastmcp import FastMCP`.
    pub path: String,
    /// The imported name, or the string that names the module.
    pub span: Span,
    /// What surrounds it.
    pub guard: Guard,
}

/// What decides whether an import that fails does harm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// Nothing.
    None,
    /// It is seen by type checkers only.
    TypeChecking,
    /// Its failure skips the test it stands in.
    Skipped,
    /// Its failure is caught.
    TryBody {
        /// What is imported instead.
        others: Vec<String>,
    },
    /// It is what is tried when another import has failed.
    ExceptImportError,
    /// It stands in one branch of an `if` that has others.
    Branch {
        /// What the other branches import instead.
        others: Vec<String>,
    },
}

/// The absolute imports of MCP packages in `text`, lazy ones, those within functions and those by string included.
pub fn imports(text: &str) -> Imports {
    if !may_import(text) {
        return Imports::default();
    }
    let read = with_module(text, |parsed| {
        let mut walk = Walk { text, guards: vec![Guard::None], found: Vec::new(), probing: false };
        walk.visit_body(&parsed.syntax().body);
        walk.found
    });
    match read {
        Ok(modules) => Imports { modules, problem: None },
        Err(problem) => Imports { modules: Vec::new(), problem: Some(problem) },
    }
}

/// Whether some mention of a package stands where an import has it: behind a keyword, a comma or a line joined to
/// one, or in a string that a function imports by. Most files that say "mcp" somewhere do not, and need no parser.
fn may_import(text: &str) -> bool {
    let by_name = text.contains("import_module") || text.contains("__import__");
    memchr::memmem::find_iter(text.as_bytes(), "mcp").any(|at| {
        let before = &text[..at];
        let before = before.strip_suffix("fast").unwrap_or(before);
        let bare = before.trim_end_matches([' ', '\t', '\\', '\r', '\n']);
        if bare.len() == before.len() {
            return by_name && before.ends_with(['"', '\'']);
        }
        bare.ends_with("import") || bare.ends_with("from") || bare.ends_with(',')
    })
}

struct Walk<'a> {
    text: &'a str,
    guards: Vec<Guard>,
    found: Vec<Import>,
    /// Whether only paths are asked for. A handler's own `try` is then not probed again, which would take twice as
    /// long with every level.
    probing: bool,
}

impl Walk<'_> {
    fn push(&mut self, path: String, span: Span) {
        let package = path.split('.').next().unwrap_or(&path);
        if PACKAGES.contains(&package) {
            let guard = self.guards.last().cloned().unwrap_or(Guard::None);
            self.found.push(Import { path, span, guard });
        }
    }

    fn guarded<'t>(&mut self, guard: Option<Guard>, body: &'t [Stmt])
    where
        Self: SourceOrderVisitor<'t>,
    {
        let pushed = guard.is_some();
        self.guards.extend(guard);
        for statement in body {
            self.visit_stmt(statement);
        }
        if pushed {
            self.guards.pop();
        }
    }

    /// The paths that `body` imports; none while that is asked already.
    fn probed(&self, body: &[Stmt]) -> Vec<String> {
        let mut probe = Walk { text: self.text, guards: Vec::new(), found: Vec::new(), probing: true };
        if !self.probing {
            body.iter().for_each(|statement| probe.visit_stmt(statement));
        }
        probe.found.into_iter().map(|import| import.path).collect()
    }

    fn branches<'t>(&mut self, conditional: &'t StmtIf)
    where
        Self: SourceOrderVisitor<'t>,
    {
        self.visit_expr(&conditional.test);
        conditional.elif_else_clauses.iter().filter_map(|clause| clause.test.as_ref()).for_each(|test| {
            self.visit_expr(test);
        });
        let bodies = branches(conditional);
        let imported: Vec<Vec<String>> = match bodies.len() {
            2..=MAX_BRANCHES => bodies.iter().map(|body| self.probed(body)).collect(),
            _ => Vec::new(),
        };
        for (at, body) in bodies.into_iter().enumerate() {
            let others = imported.iter().enumerate().filter(|(other, _)| *other != at);
            let others: Vec<String> = others.flat_map(|(_, paths)| paths.iter().cloned()).take(MAX_OTHERS).collect();
            self.guarded((!others.is_empty()).then_some(Guard::Branch { others }), body);
        }
    }

    fn attempt<'t>(&mut self, attempt: &'t StmtTry)
    where
        Self: SourceOrderVisitor<'t>,
    {
        let handlers = attempt.handlers.iter().map(|ExceptHandler::ExceptHandler(handler)| handler);
        let handlers: Vec<_> =
            handlers.map(|handler| (handler, handler.type_.as_deref().is_none_or(catches_import_errors))).collect();
        // What the handlers import is found first, to be told with what is tried.
        let catches = handlers.iter().any(|(_, catches)| *catches);
        let catching = handlers.iter().filter(|(_, catches)| *catches);
        let others = catching.flat_map(|(handler, _)| self.probed(&handler.body)).take(MAX_OTHERS).collect();
        self.guarded(catches.then_some(Guard::TryBody { others }), &attempt.body);
        for (handler, catches) in handlers {
            self.guarded(catches.then_some(Guard::ExceptImportError), &handler.body);
        }
        self.guarded(None, &attempt.orelse);
        self.guarded(None, &attempt.finalbody);
    }
}

impl<'t> SourceOrderVisitor<'t> for Walk<'_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::Import(import) => {
                for alias in &import.names {
                    self.push(alias.name.as_str().to_owned(), span(&alias.name));
                }
            }
            Stmt::ImportFrom(import) if import.level == 0 => {
                let Some(module) = &import.module else { return };
                for alias in &import.names {
                    self.push(format!("{}.{}", module.as_str(), alias.name.as_str()), span(&alias.name));
                }
            }
            Stmt::If(conditional) if is_type_checking(&conditional.test) => {
                self.guarded(Some(Guard::TypeChecking), &conditional.body);
                for clause in &conditional.elif_else_clauses {
                    self.guarded(None, &clause.body);
                }
            }
            Stmt::If(conditional) => self.branches(conditional),
            Stmt::Try(attempt) => self.attempt(attempt),
            Stmt::With(with) if with.items.iter().any(|item| suppresses(&item.context_expr)) => {
                self.guarded(Some(Guard::TryBody { others: Vec::new() }), &with.body);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        if let Expr::Call(call) = expression
            && let Some(Expr::StringLiteral(target)) = call.arguments.args.first()
        {
            let callee = path(&call.func);
            let name = callee.rsplit('.').next().unwrap_or(&callee);
            let literal = super::strings::fragment(self.text, target);
            let module = literal.text();
            match name {
                "import_module" | "__import__" => self.push(module.to_owned(), literal.span(0..module.len())),
                "importorskip" => {
                    self.guards.push(Guard::Skipped);
                    self.push(module.to_owned(), literal.span(0..module.len()));
                    self.guards.pop();
                }
                _ => {}
            }
        }
        walk_expr(self, expression);
    }
}

/// The bodies of an `if`, its own first.
pub(super) fn branches(conditional: &StmtIf) -> Vec<&[Stmt]> {
    let clauses = conditional.elif_else_clauses.iter().map(|clause| &*clause.body);
    std::iter::once(&*conditional.body).chain(clauses).collect()
}

/// Whether an `if` with this test is for type checkers.
pub(super) fn is_type_checking(test: &Expr) -> bool {
    matches!(test, Expr::Name(_) | Expr::Attribute(_)) && path(test).rsplit('.').next() == Some("TYPE_CHECKING")
}

/// Whether a handler of `exception` catches an import that fails.
pub(super) fn catches_import_errors(exception: &Expr) -> bool {
    match exception {
        Expr::Tuple(tuple) => {
            tuple.elts.iter().any(|element| !element.is_tuple_expr() && catches_import_errors(element))
        }
        _ => matches!(
            path(exception).rsplit('.').next(),
            Some("ImportError" | "ModuleNotFoundError" | "Exception" | "BaseException")
        ),
    }
}

/// Whether an import that fails is swallowed within `with context`.
pub(super) fn suppresses(context: &Expr) -> bool {
    let Expr::Call(call) = context else { return false };
    path(&call.func).rsplit('.').next() == Some("suppress") && call.arguments.args.iter().any(catches_import_errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, &str, Guard)> {
        let imports = imports(text);
        assert_eq!(imports.problem, None);
        let one = |import: Import| (import.path, &text[import.span.start..import.span.end], import.guard);
        imports.modules.into_iter().map(one).collect()
    }

    fn paths(text: &str) -> Vec<String> {
        found(text).into_iter().map(|(path, ..)| path).collect()
    }

    #[test]
    fn absolute_imports_are_found_wherever_they_stand() {
        let text = "\u{feff}import os, mcp.types as t\r\nfrom mcp.server.fastmcp import (\r\n    FastMCP as F,  # why\r\n    Context,\r\n)\r\n\
                    def f():\r\n    from mcp import *\r\n    async def g():\r\n        import fastmcp\r\n";
        let none = Guard::None;
        assert_eq!(
            found(text),
            [
                ("mcp.types".to_owned(), "mcp.types", none.clone()),
                ("mcp.server.fastmcp.FastMCP".to_owned(), "FastMCP", none.clone()),
                ("mcp.server.fastmcp.Context".to_owned(), "Context", none.clone()),
                ("mcp.*".to_owned(), "*", none.clone()),
                ("fastmcp".to_owned(), "fastmcp", none),
            ]
        );
        assert_eq!(paths("lazy import mcp.types\nlazy from mcp import types\nimport mcp_types\n").len(), 3);
    }

    #[test]
    fn other_projects_are_not() {
        assert!(
            paths("from .mcp import x\nfrom . import mcp\nimport mcpserver, mcp_proxy\nfrom src.mcp import y\n")
                .is_empty()
        );
        assert!(paths("'''\nimport mcp\n'''\n# import mcp\n").is_empty());
    }

    #[test]
    fn guards_are_told() {
        let text = "\
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from mcp import A
else:
    from mcp import B
try:
    from mcp.server.mcpserver import MCPServer
except (OSError, ImportError):
    from mcp.server.fastmcp import FastMCP as MCPServer
else:
    import mcp
try:
    import mcp.c
except ValueError:
    import mcp.d
with contextlib.suppress(ImportError):
    import mcp.e
";
        let none = Guard::None;
        assert_eq!(
            found(text).into_iter().map(|(_, name, guard)| (name, guard)).collect::<Vec<_>>(),
            [
                ("A", Guard::TypeChecking),
                ("B", none.clone()),
                ("MCPServer", Guard::TryBody { others: vec!["mcp.server.fastmcp.FastMCP".to_owned()] }),
                ("FastMCP", Guard::ExceptImportError),
                ("mcp", none.clone()),
                ("mcp.c", none.clone()),
                ("mcp.d", none),
                ("mcp.e", Guard::TryBody { others: vec![] }),
            ]
        );
    }

    #[test]
    fn branches_know_what_the_others_import() {
        let text = "\
if V2:
    from mcp_types import Tool
else:
    from mcp.types import Tool as T
if debug:
    import mcp.a
elif verbose:
    import json
";
        let guards: Vec<_> = found(text).into_iter().map(|(_, name, guard)| (name, guard)).collect();
        let branch = |other: &str| Guard::Branch { others: vec![other.to_owned()] };
        assert_eq!(
            guards,
            [("Tool", branch("mcp.types.Tool")), ("Tool", branch("mcp_types.Tool")), ("mcp.a", Guard::None)]
        );
    }

    #[test]
    fn modules_named_by_strings_are_found() {
        let text = "m = importlib.import_module('mcp.x')\npytest.importorskip(\"mcp\")\n__import__(r'fastmcp')\nimport_module(name)\n";
        let found = found(text);
        let names: Vec<_> = found.iter().map(|(path, shown, _)| (path.as_str(), *shown)).collect();
        assert_eq!(names, [("mcp.x", "mcp.x"), ("mcp", "mcp"), ("fastmcp", "fastmcp")]);
        assert_eq!(found[1].2, Guard::Skipped);
    }

    #[test]
    fn nested_attempts_stay_linear() {
        let mut text = String::new();
        for depth in 0..40 {
            text.push_str(&format!("{}try:\n{0}    import mcp\n{0}except ImportError:\n", "    ".repeat(depth)));
        }
        text.push_str(&format!("{}pass\n", "    ".repeat(40)));
        assert_eq!(paths(&text).len(), 40);
    }
}
