//! What must be known of a module before another one can be written as a stub: its imports and its classes.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtClassDef};

use super::text::{Source, dotted, last_name};

/// What one module binds.
#[derive(Debug, Default)]
pub(super) struct ModuleFacts {
    /// Local name to absolute path.
    pub(super) imports: BTreeMap<String, String>,
    /// Modules whose names are all taken over.
    pub(super) stars: Vec<String>,
    /// Modules that importing this one loads, if they exist: `a.b` and `a.b.c` of `from a.b import c`.
    pub(super) loads: BTreeSet<String>,
    /// By qualified name.
    pub(super) classes: BTreeMap<String, ClassFacts>,
    /// Every name that is bound at run time.
    pub(super) bound: BTreeSet<String>,
}

/// What one class says.
#[derive(Debug, Default)]
pub(super) struct ClassFacts {
    pub(super) bases: Vec<Base>,
    pub(super) fields: Vec<Field>,
    pub(super) config: Config,
    pub(super) has_init: bool,
    /// Classes within it.
    pub(super) inner: BTreeSet<String>,
}

/// A base class as it is written.
#[derive(Debug)]
pub(super) struct Base {
    /// Dotted, as in this module.
    pub(super) path: String,
    /// `A` and `B` of `Base[A, B]`.
    pub(super) arguments: Vec<String>,
}

/// A field of a class with annotations.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    /// Its annotation.
    pub(super) kind: String,
    pub(super) alias: Option<String>,
    pub(super) is_required: bool,
}

/// What pydantic is told about a model; what is not said is inherited.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Config {
    pub(super) camel: Option<bool>,
    pub(super) by_name: Option<bool>,
    pub(super) forbids_extra: Option<bool>,
}

/// Reads the facts of `module`; `is_package` says whether it is an `__init__`.
pub(super) fn facts(source: Source<'_>, module: &str, is_package: bool, body: &[Stmt]) -> ModuleFacts {
    let mut facts = ModuleFacts::default();
    gather(source, &At { module, is_package }, body, &mut facts);
    facts
}

/// Where a module stands, which relative imports start from.
pub(super) struct At<'a> {
    pub(super) module: &'a str,
    pub(super) is_package: bool,
}

impl At<'_> {
    /// The absolute path of `from ...name import`.
    pub(super) fn absolute(&self, level: u32, name: Option<&str>) -> String {
        if level == 0 {
            return name.unwrap_or_default().to_owned();
        }
        let up = (level as usize).saturating_sub(usize::from(self.is_package));
        let mut base = self.module;
        for _ in 0..up {
            base = base.rsplit_once('.').map_or("", |(parent, _)| parent);
        }
        match (base, name) {
            ("", name) => name.unwrap_or_default().to_owned(),
            (base, None) => base.to_owned(),
            (base, Some(name)) => format!("{base}.{name}"),
        }
    }
}

fn gather(source: Source<'_>, at: &At<'_>, body: &[Stmt], facts: &mut ModuleFacts) {
    for stmt in body {
        match stmt {
            Stmt::Import(import) => {
                for alias in &import.names {
                    let path = alias.name.as_str();
                    facts.loads.insert(path.to_owned());
                    let (local, path) = match &alias.asname {
                        Some(name) => (name.as_str(), path),
                        None => (first(path), first(path)),
                    };
                    facts.imports.insert(local.to_owned(), path.to_owned());
                    facts.bound.insert(local.to_owned());
                }
            }
            Stmt::ImportFrom(import) => {
                let from = at.absolute(import.level, import.module.as_deref());
                facts.loads.insert(from.clone());
                for alias in &import.names {
                    if alias.name.as_str() == "*" {
                        facts.stars.push(from.clone());
                        continue;
                    }
                    let path = format!("{from}.{}", alias.name);
                    facts.loads.insert(path.clone());
                    let local = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                    facts.bound.insert(local.clone());
                    facts.imports.insert(local, path);
                }
            }
            Stmt::ClassDef(class) => {
                facts.bound.insert(class.name.to_string());
                gather_class(source, class, class.name.as_str(), facts);
            }
            Stmt::FunctionDef(function) => {
                facts.bound.insert(function.name.to_string());
            }
            Stmt::Assign(assign) => facts.bound.extend(assign.targets.iter().flat_map(names)),
            Stmt::AnnAssign(assign) => facts.bound.extend(names(&assign.target)),
            Stmt::TypeAlias(alias) => facts.bound.extend(names(&alias.name)),
            Stmt::If(branch) if is_type_checking(&branch.test) => {
                // Types may name what is imported here, though at run time nothing is.
                let mut unseen = ModuleFacts::default();
                gather(source, at, &branch.body, &mut unseen);
                facts.imports.extend(unseen.imports);
                facts.bound.extend(unseen.bound);
            }
            Stmt::If(branch) => {
                gather(source, at, &branch.body, facts);
                branch.elif_else_clauses.iter().for_each(|clause| gather(source, at, &clause.body, facts));
            }
            Stmt::Try(attempt) => {
                gather(source, at, &attempt.body, facts);
                for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                    gather(source, at, &handler.body, facts);
                }
                gather(source, at, &attempt.orelse, facts);
            }
            Stmt::With(with) => gather(source, at, &with.body, facts),
            _ => {}
        }
    }
}

fn gather_class(source: Source<'_>, class: &StmtClassDef, qualified: &str, facts: &mut ModuleFacts) {
    let mut found = ClassFacts::default();
    for base in class.arguments.iter().flat_map(|arguments| &arguments.args) {
        let (path, arguments) = match base {
            Expr::Subscript(subscript) => {
                let arguments = match &*subscript.slice {
                    Expr::Tuple(tuple) => tuple.elts.iter().map(|one| source.code(one)).collect(),
                    one => vec![source.code(one)],
                };
                (dotted(&subscript.value), arguments)
            }
            other => (dotted(other), Vec::new()),
        };
        found.bases.extend(path.map(|path| Base { path, arguments }));
    }
    for stmt in &class.body {
        match stmt {
            Stmt::AnnAssign(assign) => {
                let Expr::Name(name) = &*assign.target else { continue };
                let kind = source.code(&assign.annotation);
                if !name.id.starts_with('_') && !kind.contains("ClassVar") {
                    found.fields.push(field(name.id.as_str(), kind, assign.value.as_deref()));
                }
            }
            Stmt::Assign(assign) if assign.targets.iter().any(|target| last_name(target) == Some("model_config")) => {
                if let Expr::Call(call) = &*assign.value {
                    found.config = config(source, call);
                }
            }
            Stmt::FunctionDef(function) if function.name.as_str() == "__init__" => found.has_init = true,
            Stmt::ClassDef(inner) => {
                found.inner.insert(inner.name.to_string());
                gather_class(source, inner, &format!("{qualified}.{}", inner.name), facts);
            }
            _ => {}
        }
    }
    facts.classes.insert(qualified.to_owned(), found);
}

fn field(name: &str, kind: String, value: Option<&Expr>) -> Field {
    let mut field = Field { name: name.to_owned(), kind, alias: None, is_required: value.is_none() };
    if let Some(Expr::Call(call)) = value
        && last_name(&call.func) == Some("Field")
    {
        let keyword = |name| call.arguments.find_keyword(name).map(|keyword| &keyword.value);
        let positional = call.arguments.args.first().filter(|first| !first.is_ellipsis_literal_expr());
        field.is_required =
            positional.is_none() && keyword("default").is_none() && keyword("default_factory").is_none();
        let alias = keyword("validation_alias").or_else(|| keyword("alias"));
        field.alias = alias.and_then(Expr::as_string_literal_expr).map(|alias| alias.value.to_str().to_owned());
    }
    field
}

fn config(source: Source<'_>, call: &ruff_python_ast::ExprCall) -> Config {
    let keyword = |name| call.arguments.find_keyword(name).map(|keyword| source.code(&keyword.value));
    Config {
        camel: keyword("alias_generator").map(|generator| generator.contains("camel")),
        by_name: keyword("populate_by_name").or_else(|| keyword("validate_by_name")).map(|value| value == "True"),
        forbids_extra: keyword("extra").map(|value| value.contains("forbid")),
    }
}

/// The names that an assignment to `target` binds.
pub(super) fn names(target: &Expr) -> Vec<String> {
    match target {
        Expr::Name(name) => vec![name.id.to_string()],
        Expr::Tuple(tuple) => tuple.elts.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}

/// `TYPE_CHECKING`, however it is reached.
pub(super) fn is_type_checking(test: &Expr) -> bool {
    last_name(test) == Some("TYPE_CHECKING")
}

fn first(path: &str) -> &str {
    path.split('.').next().unwrap_or_default()
}
