//! Writes a module as a stub: its names, parameters and types, without bodies, docstrings and comments.
//!
//! A stub shows what exists at run time: what is imported is exported, except what only type checkers import; of a
//! `try` the body counts, and of its handlers what the body does not bind; private names stay, since programs use them.

use std::collections::BTreeSet;

use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtFunctionDef, StmtIf};

use super::class;
use super::facts::{is_type_checking, names};
use super::function;
use super::package::Package;
use super::text::{Source, UNKNOWN};

/// Text of a stub while it is being written.
pub(super) struct Writer<'a> {
    pub(super) source: Source<'a>,
    pub(super) package: &'a Package,
    pub(super) module: &'a str,
    out: String,
    depth: usize,
}

/// Where statements stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Module,
    /// Under `if TYPE_CHECKING`: what is imported there is not exported.
    Checking,
    Class,
}

/// The stub of `module`, whose statements are `body`.
pub(super) fn stub(source: Source<'_>, package: &Package, module: &str, is_package: bool, body: &[Stmt]) -> String {
    let mut writer = Writer { source, package, module, out: String::new(), depth: 0 };
    writer.body(body, Place::Module, &mut BTreeSet::new());
    if is_package {
        writer.submodules();
    }
    let mut text = writer.out;
    let is_used = |name: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name);
    let is_bound = |name: &str| package.modules.get(module).is_some_and(|facts| facts.bound.contains(name));
    let mut missing = String::new();
    for (name, from) in [(UNKNOWN, "_typeshed"), ("Any", "typing")] {
        if is_used(name) && !is_bound(name) {
            missing.push_str(&format!("from {from} import {name}\n"));
        }
    }
    text.insert_str(0, &missing);
    text
}

impl Writer<'_> {
    /// Writes one line.
    pub(super) fn line(&mut self, text: &str) {
        for _ in 0..self.depth {
            self.out.push_str("    ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Writes `header` and what `body` writes below it; `...` if that is nothing.
    pub(super) fn block(&mut self, header: &str, body: impl FnOnce(&mut Self)) {
        self.line(header);
        self.depth += 1;
        let before = self.out.len();
        body(self);
        if self.out.len() == before {
            self.line("...");
        }
        self.depth -= 1;
    }

    /// Importing a package loads submodules, which become its attributes; a stub must say so.
    fn submodules(&mut self) {
        let bound = self.package.modules.get(self.module).map(|facts| &facts.bound);
        let loaded = self.package.loaded_submodules(self.module);
        for name in loaded.iter().filter(|name| !bound.is_some_and(|bound| bound.contains(*name))) {
            self.line(&format!("from . import {name} as {name}"));
        }
    }

    /// Writes statements; `bound` has the names that are settled.
    pub(super) fn body(&mut self, body: &[Stmt], place: Place, bound: &mut BTreeSet<String>) {
        let mut overloaded: BTreeSet<&str> = BTreeSet::new();
        for stmt in body {
            match stmt {
                Stmt::Import(import) => {
                    for alias in &import.names {
                        let (path, local) = (alias.name.as_str(), alias.asname.as_ref().map(|name| name.as_str()));
                        let exported = if path.contains('.') || place != Place::Module { None } else { Some(path) };
                        self.line(&match local.or(exported) {
                            Some(local) => format!("import {path} as {local}"),
                            None => format!("import {path}"),
                        });
                        bound.insert(local.unwrap_or(path).to_owned());
                    }
                }
                Stmt::ImportFrom(import) if import.module.as_deref() == Some("__future__") => {}
                Stmt::ImportFrom(import) => {
                    let parts = import.names.iter().map(|alias| {
                        let name = alias.name.as_str();
                        match &alias.asname {
                            Some(local) => format!("{name} as {local}"),
                            None if name == "*" || place != Place::Module => name.to_owned(),
                            None => format!("{name} as {name}"),
                        }
                    });
                    let dots = ".".repeat(import.level as usize);
                    let from = import.module.as_deref().unwrap_or_default();
                    let parts: Vec<_> = parts.collect();
                    self.line(&format!("from {dots}{from} import {}", parts.join(", ")));
                    bound.extend(
                        import.names.iter().map(|alias| alias.asname.as_ref().unwrap_or(&alias.name).to_string()),
                    );
                }
                Stmt::FunctionDef(function) => {
                    if self.function(function, &overloaded) {
                        overloaded.insert(function.name.as_str());
                    }
                    bound.insert(function.name.to_string());
                }
                Stmt::ClassDef(class) => {
                    class::write(self, class, class.name.as_str());
                    bound.insert(class.name.to_string());
                }
                Stmt::TypeAlias(alias) => {
                    let parameters =
                        alias.type_params.as_ref().map_or("", |parameters| self.source.raw(parameters.range));
                    let line = format!(
                        "type {}{parameters} = {}",
                        self.source.code(&alias.name),
                        self.source.code(&alias.value)
                    );
                    self.line(&line);
                }
                Stmt::AnnAssign(assign) if place != Place::Class => {
                    self.declared(&assign.target, &assign.annotation, assign.value.as_deref());
                    bound.extend(names(&assign.target));
                }
                Stmt::Assign(assign) if place != Place::Class => {
                    for target in &assign.targets {
                        self.assigned(target, &assign.value);
                        bound.extend(names(target));
                    }
                }
                Stmt::AugAssign(assign)
                    if assign.target.as_name_expr().is_some_and(|name| name.id.as_str() == "__all__") =>
                {
                    let line = format!("__all__ += {}", self.source.code(&assign.value));
                    self.line(&line);
                }
                Stmt::If(branch) => self.branch(branch, place, bound),
                Stmt::Try(attempt) => {
                    self.body(&attempt.body, place, bound);
                    for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                        self.rest(&handler.body, place, bound);
                    }
                    self.rest(&attempt.orelse, place, bound);
                }
                Stmt::With(with) => self.body(&with.body, place, bound),
                _ => {}
            }
        }
    }

    /// Writes the statements of a branch that another one may have made superfluous.
    fn rest(&mut self, body: &[Stmt], place: Place, bound: &mut BTreeSet<String>) {
        for stmt in body {
            let is_settled = match stmt {
                Stmt::Import(import) => import
                    .names
                    .iter()
                    .all(|alias| bound.contains(alias.asname.as_ref().unwrap_or(&alias.name).as_str())),
                Stmt::ImportFrom(import) => import
                    .names
                    .iter()
                    .all(|alias| bound.contains(alias.asname.as_ref().unwrap_or(&alias.name).as_str())),
                Stmt::FunctionDef(function) => bound.contains(function.name.as_str()),
                Stmt::ClassDef(class) => bound.contains(class.name.as_str()),
                Stmt::Assign(assign) => assign.targets.iter().flat_map(names).all(|name| bound.contains(&name)),
                Stmt::AnnAssign(assign) => names(&assign.target).iter().all(|name| bound.contains(name)),
                _ => false,
            };
            if !is_settled {
                self.body(std::slice::from_ref(stmt), place, bound);
            }
        }
    }

    fn branch(&mut self, branch: &StmtIf, place: Place, bound: &mut BTreeSet<String>) {
        let test = self.source.code(&branch.test);
        if test.contains("__name__") {
            return;
        }
        if is_type_checking(&branch.test) || test.contains("sys.platform") || test.contains("sys.version_info") {
            let inner = if is_type_checking(&branch.test) && place == Place::Module { Place::Checking } else { place };
            self.block(&format!("if {test}:"), |writer| writer.body(&branch.body, inner, bound));
            for clause in &branch.elif_else_clauses {
                let header = match &clause.test {
                    Some(test) => format!("elif {}:", self.source.code(test)),
                    None => "else:".to_owned(),
                };
                self.block(&header, |writer| writer.body(&clause.body, place, bound));
            }
        } else {
            // What a checker cannot decide: both may hold, and the first says what is meant.
            self.body(&branch.body, place, bound);
            for clause in &branch.elif_else_clauses {
                self.rest(&clause.body, place, bound);
            }
        }
    }

    /// Writes a function; whether it is one of several overloads.
    pub(super) fn function(&mut self, function: &StmtFunctionDef, overloaded: &BTreeSet<&str>) -> bool {
        let decorators = function::decorators(self.source, &function.decorator_list);
        let is_overload = decorators.iter().any(|name| name.rsplit('.').next() == Some("overload"));
        // Behind its overloads, the implementation is nobody's signature.
        if is_overload || !overloaded.contains(function.name.as_str()) {
            for decorator in decorators {
                self.line(&format!("@{decorator}"));
            }
            let signature = function::signature(self.source, function);
            self.line(&signature);
        }
        is_overload
    }

    /// `target: annotation = value` of a module.
    fn declared(&mut self, target: &Expr, annotation: &Expr, value: Option<&Expr>) {
        let Some(name) = target.as_name_expr() else { return };
        let (name, kind) = (name.id.as_str(), self.source.code(annotation));
        let line = match (kind.rsplit('.').next(), value) {
            (Some("TypeAlias"), Some(value)) => format!("{name}: {kind} = {}", self.source.code(value)),
            (Some("Final"), Some(value)) => match (self.source.literal(value), self.source.type_of(value, &|_| None)) {
                (Some(literal), _) => format!("{name}: {kind} = {literal}"),
                (None, Some(of)) => format!("{name}: {kind}[{of}]"),
                (None, None) => format!("{name}: {UNKNOWN}"),
            },
            (_, Some(value)) if name != "__all__" => format!("{name}: {kind} = {}", self.source.default(value)),
            (_, Some(value)) => format!("{name}: {kind} = {}", self.source.code(value)),
            (_, None) => format!("{name}: {kind}"),
        };
        self.line(&line);
    }

    /// `target = value` of a module.
    fn assigned(&mut self, target: &Expr, value: &Expr) {
        if let Expr::Tuple(tuple) = target {
            tuple.elts.iter().flat_map(names).for_each(|name| self.line(&format!("{name}: {UNKNOWN}")));
            return;
        }
        let Some(name) = target.as_name_expr() else { return };
        let name = name.id.as_str();
        let line = if name == "__all__" || Source::is_type(value) || is_alias(value) {
            format!("{name} = {}", self.source.code(value))
        } else if let Some(literal) = self.source.literal(value) {
            format!("{name} = {literal}")
        } else {
            let kind = self.source.type_of(value, &|_| None);
            format!("{name}: {}", kind.as_deref().unwrap_or(UNKNOWN))
        };
        self.line(&line);
    }
}

/// `Annotated[...]` and `Literal[...]` and their like, which are types although their arguments are not.
fn is_alias(value: &Expr) -> bool {
    match value {
        Expr::Subscript(subscript) => Source::is_type(&subscript.value) && !subscript.slice.is_number_literal_expr(),
        _ => false,
    }
}
