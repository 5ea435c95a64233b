//! Constants in places where what they stand for changed: error codes, texts of errors, names of loggers.

use ruff_python_ast::{CmpOp, Expr, Pattern, Stmt};

use super::super::parse::span;
use super::callee::callees;
use super::compiled::Entry;
use super::context::{Context, Hit};
use super::rewrite;
use super::uses::At;
use super::value::{literal, string};
use crate::finding::Confidence;
use crate::rule::python::LiteralMatch;

pub(super) fn hits<'a>(context: &Context<'a, '_>) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    if context.rules.literals.is_empty() {
        return hits;
    }
    for (compare, at) in &context.uses.compares {
        let mut left = &*compare.left;
        for (operator, right) in compare.ops.iter().zip(&compare.comparators) {
            match operator {
                CmpOp::Eq | CmpOp::NotEq | CmpOp::Is | CmpOp::IsNot => {
                    compared(context, left, right, *at, &mut hits);
                    compared(context, right, left, *at, &mut hits);
                }
                CmpOp::In | CmpOp::NotIn => match right {
                    Expr::Tuple(tuple) => of_each(context, left, &tuple.elts, *at, &mut hits),
                    Expr::List(list) => of_each(context, left, &list.elts, *at, &mut hits),
                    Expr::Set(set) => of_each(context, left, &set.elts, *at, &mut hits),
                    // `"text" in str(error)`.
                    _ => compared(context, right, left, *at, &mut hits),
                },
                _ => {}
            }
            left = right;
        }
    }
    for statement in context.body {
        matches_of(context, statement, &mut hits);
    }
    arguments(context, &mut hits);
    hits
}

fn of_each<'a>(context: &Context<'a, '_>, subject: &Expr, values: &[Expr], at: At, hits: &mut Vec<Hit<'a>>) {
    for value in values {
        compared(context, subject, value, at, hits);
    }
}

/// `match error.code: case 408`, at any depth of statements.
fn matches_of<'a>(context: &Context<'a, '_>, statement: &Stmt, hits: &mut Vec<Hit<'a>>) {
    use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
    struct Find<'c, 'a, 't, 'h> {
        context: &'c Context<'a, 't>,
        hits: &'h mut Vec<Hit<'a>>,
    }
    impl<'s> SourceOrderVisitor<'s> for Find<'_, '_, '_, '_> {
        fn visit_stmt(&mut self, statement: &'s Stmt) {
            if let Stmt::Match(matched) = statement {
                let at = At { scope: 0, class: None, function: None };
                for case in &matched.cases {
                    let alternatives = match &case.pattern {
                        Pattern::MatchOr(either) => either.patterns.as_slice(),
                        pattern => std::slice::from_ref(pattern),
                    };
                    for pattern in alternatives {
                        if let Pattern::MatchValue(value) = pattern {
                            compared(self.context, &matched.subject, &value.value, at, self.hits);
                        }
                    }
                }
            }
            walk_stmt(self, statement);
        }
        fn visit_expr(&mut self, _: &'s Expr) {}
    }
    Find { context, hits }.visit_stmt(statement);
}

/// Whether `value` is the constant that an entry speaks of.
fn is_constant(context: &Context<'_, '_>, entry: &LiteralMatch, value: &Expr, at: At) -> bool {
    if let Some(part) = &entry.contains
        && string(value).is_some_and(|text| text.contains(part.as_str()))
    {
        return true;
    }
    if let Some(pattern) = &entry.matches
        && string(value).is_some_and(|text| context.rules.is_found(pattern, text))
    {
        return true;
    }
    let wanted = entry.value.as_slice();
    match literal(value) {
        Some(shown) => wanted.contains(&shown),
        None if value.is_name_expr() || value.is_attribute_expr() => {
            wanted.iter().any(|wanted| wanted.contains('.'))
                && context.paths_of(value, at).iter().any(|path| wanted.contains(path))
        }
        None => false,
    }
}

fn compared<'a>(context: &Context<'a, '_>, subject: &Expr, value: &Expr, at: At, hits: &mut Vec<Hit<'a>>) {
    for entry in &context.rules.literals {
        let wanted = &*entry.entry;
        if entry.of.is_empty() && !wanted.anywhere || !is_constant(context, wanted, value, at) {
            continue;
        }
        let confidence = match is_member(context, subject, &entry.of) {
            Some(true) => Confidence::High,
            None if wanted.anywhere && context.module.imports_sdk => Confidence::Low,
            Some(false) if wanted.anywhere && entry.of.is_empty() && context.module.imports_sdk => Confidence::Low,
            _ => continue,
        };
        hits.push(hit(context, entry, value, confidence));
    }
}

/// Whether `subject` is one of the members in `of`; `None` when its receiver's type is not known.
fn is_member(context: &Context<'_, '_>, subject: &Expr, of: &[String]) -> Option<bool> {
    let Expr::Attribute(attribute) = subject else { return if of.is_empty() { None } else { Some(false) } };
    let name = attribute.attr.as_str();
    let classes: Vec<String> = of
        .iter()
        .filter_map(|path| path.rsplit_once('.').filter(|(_, member)| *member == name))
        .map(|(class, _)| class.to_owned())
        .collect();
    if classes.is_empty() { Some(false) } else { context.is_instance(&attribute.value, &classes) }
}

fn hit<'a>(
    context: &Context<'a, '_>,
    entry: &Entry<'a, LiteralMatch>,
    value: &Expr,
    confidence: Confidence,
) -> Hit<'a> {
    let wanted = &*entry.entry;
    let mut hit = Hit::new(entry.rule, span(value))
        .with("value", context.source(value))
        .with("becomes", wanted.becomes.clone().unwrap_or_default())
        .with("advice", wanted.advice.clone().unwrap_or_default())
        .at_most(confidence);
    if let Some(becomes) = &wanted.becomes
        && confidence > Confidence::Low
    {
        let fix = rewrite::replaced(context, span(value), becomes, wanted.applicability);
        hit.fix = rewrite::importing(context, fix, wanted.imports.as_slice());
    }
    hit
}

fn arguments<'a>(context: &Context<'a, '_>, hits: &mut Vec<Hit<'a>>) {
    let entries = context.rules.literals.iter().filter(|entry| !entry.entry.argument_of.is_empty());
    for entry in entries {
        let wanted: Vec<String> =
            entry.entry.argument_of.as_slice().iter().flat_map(|path| context.canonical(path)).collect();
        for call in &context.uses.calls {
            let arguments = call.node.arguments.args.iter();
            let values: Vec<&Expr> = match entry.entry.position {
                Some(position) => arguments.skip(position).take(1).collect(),
                None => arguments.chain(call.node.arguments.keywords.iter().map(|keyword| &keyword.value)).collect(),
            };
            for value in values.into_iter().filter(|value| is_constant(context, &entry.entry, value, call.at)) {
                let callees = callees(context, call.node, call.at);
                if callees.iter().any(|callee| super::handler::is_among(&callee.path, &wanted)) {
                    hits.push(hit(context, entry, value, Confidence::High));
                }
            }
        }
    }
}
