//! Return annotations that the code leaves out. ty takes a function without one to return anything, so what the function
//! returns is inferred first, written behind its parameters in the engine's copy of the text, and known to all from then on.

use std::collections::{BTreeMap, BTreeSet};

use ruff_db::files::File;
use ruff_db::parsed::parsed_module;
use ruff_db::source::source_text;
use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};
use ruff_text_size::Ranged;
use ty_python_semantic::types::{Type as Inferred, TypeDetail};
use ty_python_semantic::{Db as _, HasType, SemanticModel};

use super::classes::{dotted, module_name};
use super::database::Database;
use super::memory::PROJECT;
use super::shift::Shift;
use crate::packages::is_sdk_path;
use crate::python::parse::from_range;
use crate::source::Span;

/// What annotations call the modules that they name: no code has such a name of its own.
const ALIAS: &str = "_mcp_audit_";

/// An annotation longer than this, in bytes, is of no use to anybody.
const MAX_LENGTH: usize = 1_000;

/// Decorators that leave it to the project's own code to call the function.
const TRANSPARENT: [&str; 11] = [
    "asynccontextmanager",
    "cache",
    "cached_property",
    "classmethod",
    "contextmanager",
    "fixture",
    "lru_cache",
    "property",
    "staticmethod",
    "override",
    "wraps",
];

/// The hints of a project's files, by path as shown.
pub type Hints = BTreeMap<String, Vec<Hint>>;

/// A return annotation, and where in the file it would stand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hint {
    pub(super) offset: usize,
    pub(super) text: String,
    /// The modules that the text names, each by its [`alias`].
    pub(super) modules: BTreeSet<String>,
}

/// The annotations that functions of `file` lack and that name a class of the SDK, or of a module that uses it.
pub(super) fn missing(database: &Database, file: File, shift: &Shift) -> Vec<Hint> {
    let program_file = database.program_file(file);
    let module = parsed_module(database, program_file.python_file(database)).load(database);
    let model = SemanticModel::new(database, program_file);
    let mut open = Open::default();
    open.visit_body(&module.syntax().body);
    let hints = open.0.into_iter().filter_map(|function| {
        let mut hint = Hint { offset: 0, text: String::new(), modules: BTreeSet::new() };
        let (mut parts, mut is_relevant) = (Vec::new(), false);
        for value in &function.values {
            let inferred = value.inferred_type(&model)?;
            let part = written(database, &model, inferred, &mut hint.modules, &mut is_relevant);
            let part = part.unwrap_or_else(|| named("typing", "Any", &mut hint.modules));
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        let mut text = parts.join(" | ");
        if let Some(wrapper) = function.wrapper {
            text = format!("{}[{text}]", named("collections.abc", wrapper, &mut hint.modules));
        }
        let end = from_range(function.node.parameters.range()).end;
        hint.offset = shift.outward(Span::new(end, end))?.end;
        hint.text = format!(" -> '{text}'");
        (is_relevant && hint.text.len() <= MAX_LENGTH).then_some(hint)
    });
    hints.collect()
}

/// `inferred` as an annotation; none when it cannot be written as one.
fn written(
    database: &Database,
    model: &SemanticModel<'_>,
    inferred: Inferred<'_>,
    modules: &mut BTreeSet<String>,
    is_relevant: &mut bool,
) -> Option<String> {
    let environment = model.program_environment();
    let shown = inferred.display(database, &environment).to_string_parts();
    if !shown.is_valid_syntax || shown.label.contains(['"', '\'', '@', '<', '\n']) {
        return None;
    }
    let mut classes = BTreeMap::new();
    for (range, detail) in shown.targets.iter().zip(&shown.details) {
        if let TypeDetail::Type(target) = detail {
            classes.insert(from_range(*range).start, (from_range(*range).end, *target));
        }
    }
    let (mut text, mut at) = (String::new(), 0);
    while at < shown.label.len() {
        let rest = &shown.label[at..];
        let word = rest.find(|one: char| !one.is_alphanumeric() && one != '_').unwrap_or(rest.len());
        if word == 0 {
            let other = rest.chars().next()?;
            text.push(other);
            at += other.len_utf8();
            continue;
        }
        match (classes.get(&at), &rest[..word]) {
            (_, word @ ("None" | "True" | "False")) => text.push_str(word),
            (_, "Unknown" | "Any") => text.push_str(&named("typing", "Any", modules)),
            (_, word) if word.bytes().all(|byte| byte.is_ascii_digit()) => text.push_str(word),
            (Some((end, target)), word) if *end == at + word.len() => {
                let definition = target.definition(database, &environment)?.definition().copied()?;
                let file = definition.python_file(database).file(database);
                let module = module_name(database, definition.program_file(database));
                let path = dotted(database, definition);
                let name = path.strip_prefix(&module)?.strip_prefix('.')?.to_owned();
                *is_relevant |= is_sdk_path(&module) || is_near_sdk(database, file);
                text.push_str(&named(&module, &name, modules));
            }
            _ => return None,
        }
        at += word;
    }
    Some(text)
}

/// Whether `file` is a module of the project that uses the SDK: what its classes hold may well be the SDK's.
fn is_near_sdk(database: &Database, file: File) -> bool {
    let text = || source_text(database, file);
    file.path(database).as_str().starts_with(PROJECT)
        && ["from mcp", "import mcp"].iter().any(|import| text().as_str().contains(import))
}

/// What a module is called in an annotation.
pub(super) fn alias(module: &str) -> String {
    format!("{ALIAS}{}", module.replace('.', "_"))
}

fn named(module: &str, name: &str, modules: &mut BTreeSet<String>) -> String {
    modules.insert(module.to_owned());
    format!("{}.{name}", alias(module))
}

/// A function without a return annotation that returns or yields something.
struct Function<'a> {
    node: &'a StmtFunctionDef,
    /// What it returns, or what it yields.
    values: Vec<&'a Expr>,
    /// What a generator's values come in.
    wrapper: Option<&'static str>,
}

/// All of a module's.
#[derive(Default)]
struct Open<'a>(Vec<Function<'a>>);

impl<'a> SourceOrderVisitor<'a> for Open<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::FunctionDef(node) = statement
            && node.returns.is_none()
            && node.decorator_list.iter().all(|decorator| is_called(&decorator.expression))
        {
            let mut body = Body::default();
            body.visit_body(&node.body);
            let wrapper = match (body.yields.is_empty(), node.is_async) {
                (true, _) => None,
                (false, true) => Some("AsyncIterator"),
                (false, false) => Some("Iterator"),
            };
            let values = if wrapper.is_some() { body.yields } else { body.returns };
            // Constants and texts that are made on the spot are none of the SDK's.
            if values.iter().any(|value| !is_plain(value)) {
                self.0.push(Function { node, values, wrapper });
            }
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, _: &'a Expr) {}
}

/// Whether a function below this decorator is called by the project: what is registered with a framework is called by that.
fn is_called(decorator: &Expr) -> bool {
    let name = match decorator {
        Expr::Call(call) => return is_called(&call.func),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        Expr::Name(name) => name.id.as_str(),
        _ => "",
    };
    TRANSPARENT.contains(&name)
}

fn is_plain(value: &Expr) -> bool {
    value.is_literal_expr() || matches!(value, Expr::FString(_) | Expr::Compare(_) | Expr::Dict(_) | Expr::UnaryOp(_))
}

#[derive(Default)]
struct Body<'a> {
    returns: Vec<&'a Expr>,
    yields: Vec<&'a Expr>,
}

impl<'a> SourceOrderVisitor<'a> for Body<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Return(one) => {
                self.returns.extend(one.value.as_deref());
                walk_stmt(self, statement);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Lambda(_) => {}
            Expr::Yield(one) => {
                self.yields.extend(one.value.as_deref());
                walk_expr(self, expression);
            }
            _ => walk_expr(self, expression),
        }
    }
}
