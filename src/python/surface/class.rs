//! Classes as a stub holds them: bases, fields, methods, and what instances are given by methods.

use std::collections::BTreeSet;

use ruff_python_ast::{Expr, Stmt, StmtAnnAssign, StmtAssign, StmtClassDef};

use super::attributes::attributes;
use super::extract::{Place, Writer};
use super::facts::names;
use super::function;
use super::text::{Source, UNKNOWN, last_name};

/// What kind of class decides how its body is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Plain,
    /// An annotation is a parameter of the constructor.
    Fields,
    Model,
    Enum,
}

/// Writes a class, called `qualified` in its module.
pub(super) fn write(writer: &mut Writer<'_>, class: &StmtClassDef, qualified: &str) {
    let source = writer.source;
    let decorators = function::decorators(source, &class.decorator_list);
    let shape = shape(writer, class, qualified, &decorators);
    for decorator in &decorators {
        writer.line(&format!("@{decorator}"));
    }
    let mut header = format!("class {}", class.name);
    if let Some(parameters) = &class.type_params {
        header.push_str(source.raw(parameters.range));
    }
    if let Some(arguments) = &class.arguments {
        let bases = arguments.args.iter().map(|base| source.code(base));
        let keywords = arguments.keywords.iter().map(|keyword| match &keyword.arg {
            Some(name) => format!("{name}={}", source.code(&keyword.value)),
            None => format!("**{}", source.code(&keyword.value)),
        });
        let all: Vec<_> = bases.chain(keywords).collect();
        if !all.is_empty() {
            header.push_str(&format!("({})", all.join(", ")));
        }
    }
    header.push(':');
    writer.block(&header, |writer| body(writer, class, qualified, shape));
}

fn shape(writer: &Writer<'_>, class: &StmtClassDef, qualified: &str, decorators: &[String]) -> Shape {
    if writer.package.is_model(writer.module, qualified) {
        return Shape::Model;
    }
    let bases = || {
        class.arguments.iter().flat_map(|arguments| &arguments.args).filter_map(|base| match base {
            Expr::Subscript(subscript) => last_name(&subscript.value),
            other => last_name(other),
        })
    };
    if bases().any(|base| base.ends_with("Enum") || base.ends_with("Flag")) {
        Shape::Enum
    } else if decorators.iter().any(|name| name.split('(').next().is_some_and(|name| name.ends_with("dataclass")))
        || bases().any(|base| matches!(base, "TypedDict" | "NamedTuple"))
    {
        Shape::Fields
    } else {
        Shape::Plain
    }
}

fn body(writer: &mut Writer<'_>, class: &StmtClassDef, qualified: &str, shape: Shape) {
    let mut bound: BTreeSet<String> = BTreeSet::new();
    let mut overloaded: BTreeSet<&str> = BTreeSet::new();
    for stmt in &class.body {
        match stmt {
            Stmt::AnnAssign(assign) => {
                field(writer, assign, shape);
                bound.extend(names(&assign.target));
            }
            Stmt::Assign(assign) => {
                constant(writer, assign, shape, &bound);
                bound.extend(assign.targets.iter().flat_map(names));
            }
            Stmt::ClassDef(inner) => {
                write(writer, inner, &format!("{qualified}.{}", inner.name));
                bound.insert(inner.name.to_string());
            }
            Stmt::FunctionDef(method) => {
                bound.insert(method.name.to_string());
                if writer.function(method, &overloaded) {
                    overloaded.insert(method.name.as_str());
                }
            }
            other => writer.body(std::slice::from_ref(other), Place::Class, &mut bound),
        }
    }
    if !bound.contains("__init__")
        && let Some(parameters) = writer.package.constructor(writer.module, qualified)
    {
        writer.line(&format!("def __init__({parameters}) -> None: ..."));
    }
    for attribute in attributes(writer.source, &class.body) {
        // A model refuses attributes that are no fields, so one that is assigned is inherited or private.
        let is_field = shape == Shape::Model && !attribute.name.starts_with('_');
        if bound.contains(&attribute.name)
            || is_field
            || !attribute.name.chars().all(|c| c.is_alphanumeric() || c == '_')
        {
            continue;
        }
        if shape == Shape::Fields {
            writer.line("@property");
            writer.line(&format!("def {}(self) -> {}: ...", attribute.name, attribute.kind));
        } else {
            writer.line(&format!("{}: {}", attribute.name, attribute.kind));
        }
    }
}

/// `name: annotation = value` of a class.
fn field(writer: &mut Writer<'_>, assign: &StmtAnnAssign, shape: Shape) {
    let Some(name) = assign.target.as_name_expr() else { return };
    let source = writer.source;
    let kind = source.code(&assign.annotation);
    let name = name.id.as_str();
    if name == "__slots__" || name == "model_config" {
        return;
    }
    let value = match assign.value.as_deref() {
        Some(value) if kind.rsplit('.').next() == Some("TypeAlias") => Some(source.code(value)),
        other => other.and_then(|value| default(source, value, shape)),
    };
    writer.line(&match value {
        Some(value) => format!("{name}: {kind} = {value}"),
        None => format!("{name}: {kind}"),
    });
}

/// The right side of a field; none if it has no default.
fn default(source: Source<'_>, value: &Expr, shape: Shape) -> Option<String> {
    let Expr::Call(call) = value else { return Some(source.default(value)) };
    let keyword = |name: &str| call.arguments.find_keyword(name);
    let has_default = ["default", "default_factory", "factory"].iter().any(|name| keyword(name).is_some());
    match (last_name(&call.func), shape) {
        (Some("field"), Shape::Fields) => {
            let mut kept: Vec<_> = ["init", "kw_only"]
                .iter()
                .filter_map(|name| Some(format!("{name}={}", source.code(&keyword(name)?.value))))
                .collect();
            if kept.is_empty() {
                return has_default.then(|| "...".to_owned());
            }
            // What the constructor does not take needs no default.
            if has_default && !kept.iter().any(|option| option == "init=False") {
                kept.push("default=...".to_owned());
            }
            Some(format!("{}({})", source.code(&call.func), kept.join(", ")))
        }
        (Some("Field"), Shape::Model) => {
            let first = call.arguments.args.first();
            (has_default || first.is_some_and(|first| !first.is_ellipsis_literal_expr())).then(|| "...".to_owned())
        }
        _ => Some("...".to_owned()),
    }
}

/// `name = value` of a class.
fn constant(writer: &mut Writer<'_>, assign: &StmtAssign, shape: Shape, bound: &BTreeSet<String>) {
    let source = writer.source;
    for name in assign.targets.iter().flat_map(names) {
        if name == "__slots__" || name == "model_config" || (shape == Shape::Model && name == "Config") {
            continue;
        }
        let is_alias = assign.value.as_name_expr().is_some_and(|value| bound.contains(value.id.as_str()));
        let literal = source.literal(&assign.value);
        writer.line(&match literal {
            Some(literal) if assign.targets.iter().all(Expr::is_name_expr) => format!("{name} = {literal}"),
            _ if shape == Shape::Enum => format!("{name} = ..."),
            _ if is_alias || Source::is_type(&assign.value) => format!("{name} = {}", source.code(&assign.value)),
            _ => format!("{name}: {}", source.type_of(&assign.value, &|_| None).as_deref().unwrap_or(UNKNOWN)),
        });
    }
}
