//! One stub as the index reads it: what its names are bound to, its classes and its signatures.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, Stmt, StmtClassDef, StmtFunctionDef};

use super::facts::{At, is_type_checking, names};
use super::function;
use super::index::{Kind, Parameter, ParameterKind};
use super::text::{Source, dotted};

/// What a module binds.
#[derive(Debug, Default)]
pub(super) struct Module {
    pub(super) bindings: BTreeMap<String, Binding>,
    pub(super) stars: Vec<String>,
    /// What `__all__` lists, if it is there and is a list.
    pub(super) all: Option<Vec<String>>,
    /// By name within the module: `Request.Meta`.
    pub(super) classes: BTreeMap<String, Class>,
    /// By name within the module: `Server.run`.
    pub(super) functions: BTreeMap<String, Vec<Parameter>>,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Binding {
    Import {
        /// The absolute path.
        target: String,
        is_exported: bool,
    },
    Own(Kind),
}

/// A class.
#[derive(Debug, Default)]
pub(super) struct Class {
    /// As they are written, without type arguments.
    pub(super) bases: Vec<String>,
    pub(super) members: BTreeMap<String, Kind>,
    /// The parameters of a constructor that is made from fields.
    pub(super) fields: Option<Vec<Parameter>>,
}

/// Reads the statements of a stub.
pub(super) fn module(source: Source<'_>, at: &At<'_>, body: &[Stmt]) -> Module {
    let mut module = Module::default();
    read(source, at, body, true, &mut module);
    module
}

fn read(source: Source<'_>, at: &At<'_>, body: &[Stmt], is_runtime: bool, module: &mut Module) {
    for stmt in body {
        match stmt {
            Stmt::Import(import) => {
                for alias in &import.names {
                    let path = alias.name.as_str();
                    let first = path.split('.').next().unwrap_or_default();
                    let (local, target) = alias.asname.as_ref().map_or((first, first), |name| (name.as_str(), path));
                    let is_exported = is_runtime && alias.asname.is_some();
                    bind(module, local, Binding::Import { target: target.to_owned(), is_exported });
                }
            }
            Stmt::ImportFrom(import) => {
                let from = at.absolute(import.level, import.module.as_deref());
                for alias in &import.names {
                    let name = alias.name.as_str();
                    if name == "*" {
                        module.stars.push(from.clone());
                        continue;
                    }
                    let local = alias.asname.as_ref().map_or(name, |name| name.as_str());
                    let is_exported = is_runtime && alias.asname.is_some();
                    bind(module, local, Binding::Import { target: format!("{from}.{name}"), is_exported });
                }
            }
            Stmt::ClassDef(class) => {
                bind(module, class.name.as_str(), Binding::Own(Kind::Class));
                read_class(source, class, class.name.as_str(), module);
            }
            Stmt::FunctionDef(function) => {
                bind(module, function.name.as_str(), Binding::Own(Kind::Function));
                put(module, function.name.to_string(), parameters(source, function));
            }
            Stmt::Assign(assign) => {
                for name in assign.targets.iter().flat_map(names) {
                    if name == "__all__" {
                        module.all = strings(&assign.value);
                    }
                    bind(module, &name, Binding::Own(Kind::Value));
                }
            }
            Stmt::AnnAssign(assign) => {
                names(&assign.target).iter().for_each(|name| bind(module, name, Binding::Own(Kind::Value)))
            }
            Stmt::TypeAlias(alias) => {
                names(&alias.name).iter().for_each(|name| bind(module, name, Binding::Own(Kind::Value)))
            }
            Stmt::If(branch) => {
                read(source, at, &branch.body, is_runtime && !is_type_checking(&branch.test), module);
                branch.elif_else_clauses.iter().for_each(|clause| read(source, at, &clause.body, is_runtime, module));
            }
            _ => {}
        }
    }
}

/// The first binding of a name counts, unless a later one is seen at run time and it is not.
fn bind(module: &mut Module, name: &str, binding: Binding) {
    let hidden = |binding: &Binding| matches!(binding, Binding::Import { is_exported: false, .. });
    match module.bindings.get_mut(name) {
        Some(other) if hidden(other) && !hidden(&binding) => *other = binding,
        Some(_) => {}
        None => {
            module.bindings.insert(name.to_owned(), binding);
        }
    }
}

fn read_class(source: Source<'_>, class: &StmtClassDef, qualified: &str, module: &mut Module) {
    let bases = class.arguments.iter().flat_map(|arguments| &arguments.args).filter_map(|base| match base {
        Expr::Subscript(subscript) => dotted(&subscript.value),
        other => dotted(other),
    });
    let mut found = Class { bases: bases.collect(), ..Class::default() };
    let decorators = function::decorators(source, &class.decorator_list);
    let is_dataclass =
        decorators.iter().any(|name| name.split('(').next().is_some_and(|name| name.ends_with("dataclass")));
    let has_fields = is_dataclass || found.bases.iter().any(|base| base.ends_with("NamedTuple"));
    let mut fields = Vec::new();
    for stmt in &class.body {
        match stmt {
            Stmt::AnnAssign(assign) => {
                for name in names(&assign.target) {
                    let annotation = source.code(&assign.annotation);
                    let default = assign.value.as_deref().map(|value| source.code(value));
                    let is_passed = !annotation.contains("ClassVar")
                        && !default.as_ref().is_some_and(|value| value.contains("init=False"));
                    if is_passed {
                        let kind = ParameterKind::Positional;
                        fields.push(Parameter { name: name.clone(), kind, annotation: Some(annotation), default });
                    }
                    found.members.insert(name, Kind::Value);
                }
            }
            Stmt::Assign(assign) => {
                found.members.extend(assign.targets.iter().flat_map(names).map(|name| (name, Kind::Value)));
            }
            Stmt::FunctionDef(method) => {
                let decorators = function::decorators(source, &method.decorator_list);
                let is_value =
                    |name: &String| matches!(name.rsplit('.').next(), Some("property" | "cached_property" | "setter"));
                let kind = if decorators.iter().any(is_value) { Kind::Value } else { Kind::Function };
                found.members.insert(method.name.to_string(), kind);
                let mut parameters = parameters(source, method);
                if !decorators.iter().any(|name| name == "staticmethod") && !parameters.is_empty() {
                    parameters.remove(0);
                }
                put(module, format!("{qualified}.{}", method.name), parameters);
            }
            Stmt::ClassDef(inner) => {
                found.members.insert(inner.name.to_string(), Kind::Class);
                read_class(source, inner, &format!("{qualified}.{}", inner.name), module);
            }
            _ => {}
        }
    }
    found.fields = has_fields.then_some(fields);
    module.classes.insert(qualified.to_owned(), found);
}

/// Of several overloads, the one that takes most stands for all.
fn put(module: &mut Module, name: String, parameters: Vec<Parameter>) {
    let known = module.functions.entry(name).or_default();
    if parameters.len() >= known.len() {
        *known = parameters;
    }
}

fn parameters(source: Source<'_>, function: &StmtFunctionDef) -> Vec<Parameter> {
    let all = &function.parameters;
    let one = |parameter: &ruff_python_ast::Parameter, kind, default: Option<&Expr>| Parameter {
        name: parameter.name.to_string(),
        kind,
        annotation: parameter.annotation.as_deref().map(|annotation| source.code(annotation)),
        default: default.map(|default| source.code(default)),
    };
    let many = |list: &[ruff_python_ast::ParameterWithDefault], kind: ParameterKind| -> Vec<Parameter> {
        list.iter().map(|item| one(&item.parameter, kind, item.default.as_deref())).collect()
    };
    let mut found = many(&all.posonlyargs, ParameterKind::PositionalOnly);
    found.extend(many(&all.args, ParameterKind::Positional));
    found.extend(all.vararg.as_deref().map(|rest| one(rest, ParameterKind::Rest, None)));
    found.extend(many(&all.kwonlyargs, ParameterKind::KeywordOnly));
    found.extend(all.kwarg.as_deref().map(|rest| one(rest, ParameterKind::Keywords, None)));
    found
}

fn strings(list: &Expr) -> Option<Vec<String>> {
    let items = match list {
        Expr::List(list) => &list.elts,
        Expr::Tuple(tuple) => &tuple.elts,
        _ => return None,
    };
    items.iter().map(|item| Some(item.as_string_literal_expr()?.value.to_str().to_owned())).collect()
}
