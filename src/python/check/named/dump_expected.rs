//! `(await session.list_tools()).model_dump()`, `dumped["inputSchema"]`: dumps without `by_alias=True` of what has no known
//! type, where the call that gave it, or the keys that are looked for, tell that it is a model of the SDK.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{CmpOp, Expr, ExprCall, Stmt};

use super::super::super::parse::span;
use super::super::super::types::Part;
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::rewrite::insert;
use super::super::uses::At;
use super::super::value::string;
use crate::finding::Confidence;
use crate::fix::Applicability;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

/// What only sessions and clients of the protocol answer.
const ANSWERS: [&str; 7] = [
    "call_tool",
    "get_prompt",
    "list_prompts",
    "list_resource_templates",
    "list_resources",
    "list_tools",
    "read_resource",
];

/// How often a name is followed to what it was taken from.
const MAX_STEPS: usize = 8;

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    if !context.module.imports_sdk {
        return Vec::new();
    }
    let mut found: Vec<(&ExprCall, Span)> = Vec::new();
    let mut loops = None;
    for call in &context.uses.calls {
        if let Some((of, name)) = dump(call.node)
            && is_open(context, of)
            && is_answer(context, of, call.at, loops.get_or_insert_with(|| Loops::of(context.body)))
        {
            found.push((call.node, name));
        }
    }
    for (compare, at) in &context.uses.compares {
        let ([operator], [right]) = (&*compare.ops, &*compare.comparators) else { continue };
        match operator {
            CmpOp::Eq | CmpOp::NotEq => found.extend(compared(context, &compare.left, right, *at)),
            CmpOp::In | CmpOp::NotIn => found.extend(looked_up(context, right, &compare.left, *at)),
            _ => {}
        }
    }
    for (subscript, at) in &context.uses.subscripts {
        found.extend(looked_up(context, &subscript.value, &subscript.slice, *at));
    }
    for call in &context.uses.calls {
        let Expr::Attribute(callee) = &*call.node.func else { continue };
        match (callee.attr.as_str(), &*call.node.arguments.args) {
            ("get" | "pop", [key, ..]) => found.extend(looked_up(context, &callee.value, key, call.at)),
            ("assertEqual" | "assertDictEqual", [one, other, ..]) => {
                found.extend(compared(context, one, other, call.at));
            }
            _ => {}
        }
    }
    let hit = |(call, name): (&ExprCall, Span)| {
        let fix = insert(context, "by_alias=True", Applicability::Unsafe, call);
        Hit { fix, ..Hit::new(rule, name).at_most(Confidence::Medium) }
    };
    found.into_iter().map(hit).collect()
}

/// What a call dumps without saying by which names, and the name of the method.
fn dump(call: &ExprCall) -> Option<(&Expr, Span)> {
    let Expr::Attribute(callee) = &*call.func else { return None };
    let is_told = |name: Option<&str>| name.is_none_or(|name| name == "by_alias");
    let mut keywords = call.arguments.keywords.iter();
    let is_dump = matches!(callee.attr.as_str(), "model_dump" | "model_dump_json");
    (is_dump && !keywords.any(|one| is_told(one.arg.as_ref().map(|name| name.as_str()))))
        .then(|| (&*callee.value, span(&callee.attr)))
}

/// Whether nothing is known of `expression`.
fn is_open(context: &Context<'_, '_>, expression: &Expr) -> bool {
    context.type_of(expression).parts.iter().all(|part| match part {
        Part::Unknown => true,
        Part::Instance(class) => class.ancestors.iter().any(|path| path.ends_with(".NonCallableMock")),
        _ => false,
    })
}

/// Whether `expression` is, or is part of, what a session answered.
fn is_answer(context: &Context<'_, '_>, expression: &Expr, at: At, loops: &Loops<'_>) -> bool {
    let mut left = expression;
    for _ in 0..MAX_STEPS {
        left = match left {
            Expr::Attribute(attribute) => &attribute.value,
            Expr::Subscript(subscript) => &subscript.value,
            Expr::Await(awaited) => {
                let Expr::Call(call) = &*awaited.value else { return false };
                let Expr::Attribute(callee) = &*call.func else { return false };
                return ANSWERS.contains(&callee.attr.as_str()) && is_open(context, &callee.value);
            }
            Expr::Name(name) => {
                let assigned = context.uses.assigned_to(name.id.as_str());
                let mut assigned = assigned.filter(|(.., place)| place.function == at.function);
                match (assigned.next(), assigned.next()) {
                    (Some((_, value, _)), None) => value,
                    (None, _) => match loops.value(name.id.as_str(), span(name)) {
                        Some(value) => value,
                        None => return false,
                    },
                    _ => return false,
                }
            }
            _ => return false,
        };
    }
    false
}

/// The loops of a module over names: the name, where it stands for an item, and the items.
struct Loops<'t> {
    found: Vec<(&'t str, Span, &'t Expr)>,
}

impl<'t> Loops<'t> {
    fn of(body: &'t [Stmt]) -> Self {
        let mut loops = Self { found: Vec::new() };
        body.iter().for_each(|statement| loops.visit_stmt(statement));
        loops
    }

    fn add(&mut self, target: &'t Expr, items: &'t Expr, whole: Span) {
        if let Expr::Name(name) = target {
            self.found.push((name.id.as_str(), whole, items));
        }
    }

    /// The items of the innermost loop around `at` that calls one of them `name`.
    fn value(&self, name: &str, at: Span) -> Option<&'t Expr> {
        let around =
            |(known, whole, _): &&(&str, Span, &Expr)| *known == name && whole.start <= at.start && at.end <= whole.end;
        let innermost = self.found.iter().filter(around).min_by_key(|(_, whole, _)| whole.end - whole.start);
        innermost.map(|(.., items)| *items)
    }
}

impl<'t> SourceOrderVisitor<'t> for Loops<'t> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        if let Stmt::For(repeated) = statement {
            self.add(&repeated.target, &repeated.iter, span(repeated));
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        let generators = match expression {
            Expr::ListComp(comprehension) => comprehension.generators.as_slice(),
            Expr::SetComp(comprehension) => comprehension.generators.as_slice(),
            Expr::DictComp(comprehension) => comprehension.generators.as_slice(),
            Expr::Generator(comprehension) => comprehension.generators.as_slice(),
            _ => &[],
        };
        generators.iter().for_each(|one| self.add(&one.target, &one.iter, span(expression)));
        walk_expr(self, expression);
    }
}

/// The dump that `expression` is, directly or by a name, of something of which nothing is known.
fn dumped<'t>(context: &Context<'_, 't>, expression: &'t Expr, at: At) -> Option<(&'t ExprCall, Span)> {
    let call = match expression {
        Expr::Call(call) => call,
        Expr::Name(name) => {
            let assigned = context.uses.assigned_to(name.id.as_str());
            let mut assigned = assigned.filter(|(.., place)| place.scope == at.scope);
            match (assigned.next(), assigned.next()) {
                (Some((_, Expr::Call(call), _)), None) => call,
                _ => return None,
            }
        }
        _ => return None,
    };
    let (of, name) = dump(call).filter(|_| !is_named(&call.func, "model_dump_json"))?;
    is_open(context, of).then_some((call, name))
}

/// Whether hardly anything but the SDK has a field of this name, and nothing of the project.
fn is_field(context: &Context<'_, '_>, name: &str) -> bool {
    context.rules.distinctive.contains(name) && !context.declares(name)
}

fn looked_up<'t>(context: &Context<'_, 't>, container: &'t Expr, key: &Expr, at: At) -> Option<(&'t ExprCall, Span)> {
    string(key).filter(|key| is_field(context, key)).and_then(|_| dumped(context, container, at))
}

/// Two sides that are compared, of which one is a dump, and the other a dictionary with a field for a key.
fn compared<'t>(context: &Context<'_, 't>, one: &'t Expr, other: &'t Expr, at: At) -> Option<(&'t ExprCall, Span)> {
    let (dict, dump) = match (one, other) {
        (Expr::Dict(dict), dump) | (dump, Expr::Dict(dict)) => (dict, dump),
        _ => return None,
    };
    let keys = dict.items.iter().filter_map(|item| item.key.as_ref().and_then(string));
    keys.into_iter().any(|key| is_field(context, key)).then(|| dumped(context, dump, at)).flatten()
}
