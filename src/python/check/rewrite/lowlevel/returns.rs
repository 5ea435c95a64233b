//! What a function answers, in the terms in which the older SDK told answers apart. What is not known is said to be so:
//! an adapter for it looks at the answer itself.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{Expr, Operator, Stmt, StmtFunctionDef};

use super::super::super::super::types::Part;
use super::super::super::context::Context;
use super::super::super::uses::At;
use super::super::super::value::string;

/// The forms that an answer may have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Forms {
    /// A list.
    pub(super) list: bool,
    /// Something else to go through: a sequence, an iterable, a tuple of any length.
    pub(super) iterable: bool,
    /// A dictionary.
    pub(super) dict: bool,
    /// Two things: content and a dictionary.
    pub(super) pair: bool,
    /// An object of the SDK: a result.
    pub(super) model: bool,
    pub(super) text: bool,
    pub(super) bytes: bool,
    pub(super) none: bool,
    /// Anything at all.
    pub(super) other: bool,
}

impl Forms {
    /// Nothing is known.
    pub(super) const UNKNOWN: Self = Self {
        list: false,
        iterable: false,
        dict: false,
        pair: false,
        model: false,
        text: false,
        bytes: false,
        none: false,
        other: true,
    };

    /// One or the other.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            list: self.list || other.list,
            iterable: self.iterable || other.iterable,
            dict: self.dict || other.dict,
            pair: self.pair || other.pair,
            model: self.model || other.model,
            text: self.text || other.text,
            bytes: self.bytes || other.bytes,
            none: self.none || other.none,
            other: self.other || other.other,
        }
    }

    /// Whether nothing but `forms` is among them.
    pub(super) fn only(self, forms: Self) -> bool {
        self.and(forms) == forms
    }

    pub(super) fn many() -> Self {
        Self { list: true, iterable: true, ..Self::default() }
    }

    pub(super) fn model() -> Self {
        Self { model: true, ..Self::default() }
    }
}

/// What `function` answers when it is awaited.
pub(super) fn forms(context: &Context<'_, '_>, function: &StmtFunctionDef, at: At) -> Forms {
    let mut returns = Returns::default();
    function.body.iter().for_each(|statement| returns.visit_stmt(statement));
    // What is awaited is not what such a function returns.
    if !function.is_async {
        return Forms::UNKNOWN;
    }
    let silent = if ends(&function.body) { Forms::default() } else { none() };
    let Some(annotation) = &function.returns else {
        let values = returns.values.iter().map(|value| value.map_or_else(none, |value| inferred(context, value)));
        return values.fold(silent, Forms::and);
    };
    // What is written out says more than an annotation that nobody checked.
    let shown = returns.values.iter().flatten().map(|value| match value {
        Expr::Dict(_) => Forms { dict: true, ..Forms::default() },
        Expr::Tuple(tuple) if tuple.elts.len() == 2 => Forms { pair: true, ..Forms::default() },
        _ => Forms::default(),
    });
    shown.fold(annotated(context, annotation, at).and(silent), Forms::and)
}

/// Whether no way through `body` leads past its end.
fn ends(body: &[Stmt]) -> bool {
    body.iter().any(|statement| match statement {
        Stmt::Return(_) | Stmt::Raise(_) => true,
        Stmt::If(one) => {
            one.elif_else_clauses.last().is_some_and(|last| last.test.is_none())
                && ends(&one.body)
                && one.elif_else_clauses.iter().all(|clause| ends(&clause.body))
        }
        Stmt::With(one) => ends(&one.body),
        Stmt::Match(one) => {
            one.cases.last().is_some_and(|case| case.guard.is_none() && case.pattern.is_irrefutable())
                && one.cases.iter().all(|case| ends(&case.body))
        }
        Stmt::Try(one) => {
            let handlers =
                one.handlers.iter().all(|ruff_python_ast::ExceptHandler::ExceptHandler(one)| ends(&one.body));
            ends(&one.finalbody) || (ends(&one.body) || ends(&one.orelse)) && handlers
        }
        // A loop without an end is left by what stands in it.
        Stmt::While(one) => matches!(&*one.test, Expr::BooleanLiteral(test) if test.value),
        _ => false,
    })
}

fn none() -> Forms {
    Forms { none: true, ..Forms::default() }
}

fn annotated(context: &Context<'_, '_>, annotation: &Expr, at: At) -> Forms {
    match annotation {
        Expr::NoneLiteral(_) => none(),
        Expr::BinOp(union) if union.op == Operator::BitOr => {
            annotated(context, &union.left, at).and(annotated(context, &union.right, at))
        }
        Expr::Subscript(subscript) => {
            let items = match &*subscript.slice {
                Expr::Tuple(tuple) => tuple.elts.as_slice(),
                one => std::slice::from_ref(one),
            };
            let each = || items.iter().map(|item| annotated(context, item, at)).fold(Forms::default(), Forms::and);
            match name(context, &subscript.value, at) {
                Some("Union") => each(),
                Some("Optional") => each().and(none()),
                Some("Annotated") => items.first().map_or(Forms::UNKNOWN, |item| annotated(context, item, at)),
                Some("tuple" | "Tuple") => match items {
                    [_, second] if !second.is_ellipsis_literal_expr() => Forms { pair: true, ..Forms::default() },
                    _ => Forms { iterable: true, ..Forms::default() },
                },
                Some(other) => plain(other),
                None => Forms::UNKNOWN,
            }
        }
        // The text of a quoted annotation is looked at only for the simplest that there is.
        Expr::StringLiteral(_) => match string(annotation) {
            Some(text) if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) && text.ends_with("Result") => {
                Forms::model()
            }
            _ => Forms::UNKNOWN,
        },
        _ => {
            let paths = context.paths_of(annotation, at);
            if paths.iter().any(|path| is_result(path)) {
                return Forms::model();
            }
            name(context, annotation, at).map_or(Forms::UNKNOWN, plain)
        }
    }
}

/// Whether the class at `path` is one of the SDK's results, or what stands in a completion.
fn is_result(path: &str) -> bool {
    path.strip_prefix("mcp.types.").is_some_and(|name| name.ends_with("Result") || name == "Completion")
}

/// The last part of a name, unless the module gives it a meaning of its own.
fn name<'t>(context: &Context<'_, 't>, expression: &Expr, at: At) -> Option<&'t str> {
    let written = context.source(expression);
    let own = context.paths_of(expression, at).iter().any(|path| path.starts_with(':'));
    (!own && !written.contains(['(', '['])).then(|| written.rsplit('.').next()).flatten()
}

fn plain(name: &str) -> Forms {
    let none = Forms::default();
    match name {
        "list" | "List" => Forms { list: true, ..none },
        "Sequence" | "Iterable" | "Collection" | "MutableSequence" | "Iterator" | "set" | "frozenset" => {
            Forms { iterable: true, ..none }
        }
        "dict" | "Dict" => Forms { dict: true, ..none },
        "str" => Forms { text: true, ..none },
        "bytes" => Forms { bytes: true, ..none },
        _ => Forms::UNKNOWN,
    }
}

fn inferred(context: &Context<'_, '_>, value: &Expr) -> Forms {
    let found = context.type_of(value);
    if found.parts.is_empty() {
        return Forms::UNKNOWN;
    }
    found.parts.iter().map(|part| of_part(part, value)).fold(Forms::default(), Forms::and)
}

fn of_part(part: &Part, value: &Expr) -> Forms {
    let nothing = Forms::default();
    match part {
        Part::None => none(),
        Part::Literal(source) if source.starts_with(['"', '\'']) => Forms { text: true, ..nothing },
        Part::Literal(source) if source.starts_with(['b', 'B']) => Forms { bytes: true, ..nothing },
        Part::Instance(class) if class.is("builtins.list") => Forms { list: true, ..nothing },
        Part::Instance(class) if class.is("builtins.dict") => Forms { dict: true, ..nothing },
        Part::Instance(class) if class.is("builtins.str") => Forms { text: true, ..nothing },
        Part::Instance(class) if class.is("builtins.bytes") => Forms { bytes: true, ..nothing },
        Part::Instance(class) if class.is("builtins.tuple") => match value {
            Expr::Tuple(tuple) if tuple.elts.len() == 2 => Forms { pair: true, ..nothing },
            _ => Forms::UNKNOWN,
        },
        Part::Instance(class) if class.ancestors.iter().any(|path| is_result(path)) => Forms::model(),
        _ => Forms::UNKNOWN,
    }
}

/// What the `return` statements of a body give; `None` for a bare one.
#[derive(Default)]
struct Returns<'t> {
    values: Vec<Option<&'t Expr>>,
}

impl<'t> SourceOrderVisitor<'t> for Returns<'t> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Return(one) => self.values.push(one.value.as_deref()),
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, _: &'t Expr) {}
}
