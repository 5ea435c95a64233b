//! `timedelta(seconds=30)` → `30`, and `value.total_seconds()` for any other `timedelta`.

use ruff_python_ast::{Expr, ExprCall, Number};

use super::super::super::super::parse::span;
use super::super::super::super::types::Part;
use super::super::super::argument::Passed;
use super::super::super::context::Context;
use super::super::super::uses::At;
use super::super::edit;
use crate::fix::{Edit, Fix};
use crate::rule::python::ArgumentMatch;

const TIMEDELTA: &str = "datetime.timedelta";

/// The parameters of `timedelta` in their order, each with its microseconds.
const UNITS: [(&str, f64); 7] = [
    ("days", 86_400e6),
    ("seconds", 1e6),
    ("microseconds", 1.0),
    ("milliseconds", 1e3),
    ("minutes", 60e6),
    ("hours", 3_600e6),
    ("weeks", 604_800e6),
];

pub(super) fn run(
    context: &Context<'_, '_>,
    entry: &ArgumentMatch,
    call: &ExprCall,
    passed: Passed<'_>,
) -> Option<Fix> {
    let at = context.uses.calls.iter().find(|one| std::ptr::eq(one.node, call))?.at;
    let mut edits = Vec::new();
    seconds(context, passed.value()?, at, &mut edits)?;
    let title = "pass seconds".to_owned();
    (!edits.is_empty()).then_some(Fix { title, applicability: entry.applicability, edits })
}

/// `value` in seconds, as text; `None` when that takes more than its own text.
pub(in crate::python::check) fn text(context: &Context<'_, '_>, value: &Expr, at: At) -> Option<String> {
    let mut edits = Vec::new();
    seconds(context, value, at, &mut edits)?;
    let whole = span(value);
    let mut text = context.source(value).to_owned();
    for edit in edits.iter().rev() {
        let (start, end) = (edit.span.start.checked_sub(whole.start)?, edit.span.end.checked_sub(whole.start)?);
        text.replace_range(start..end, &edit.content);
    }
    Some(text)
}

/// Makes seconds of `value`; `None` when that takes more than its own text.
fn seconds(context: &Context<'_, '_>, value: &Expr, at: At, out: &mut Vec<Edit>) -> Option<()> {
    match value {
        Expr::NoneLiteral(_) | Expr::NumberLiteral(_) => return Some(()),
        // Each branch for itself, so that `None` stays `None`.
        Expr::If(choice) => {
            seconds(context, &choice.body, at, out)?;
            return seconds(context, &choice.orelse, at, out);
        }
        Expr::Call(call) if context.paths_of(&call.func, at).iter().any(|path| path == TIMEDELTA) => {
            if let Some(text) = written(context, call) {
                out.push(edit(context, span(value), text));
                return Some(());
            }
        }
        _ => {}
    }
    let source = context.source(value);
    let parts = context.type_of(value).parts;
    let is_delta = |part: &Part| matches!(part, Part::Instance(class) if class.is(TIMEDELTA));
    if parts.is_empty() || !parts.iter().all(|part| is_delta(part) || matches!(part, Part::None)) {
        return None;
    }
    let is_atom = matches!(value, Expr::Name(_) | Expr::Attribute(_) | Expr::Call(_) | Expr::Subscript(_));
    let asked = if is_atom { format!("{source}.total_seconds()") } else { format!("({source}).total_seconds()") };
    if parts.contains(&Part::None) {
        // Written twice, it must cost nothing and change nothing to read it.
        if !matches!(value, Expr::Name(_) | Expr::Attribute(_)) || source.contains('(') {
            return None;
        }
        out.push(edit(context, span(value), format!("None if {source} is None else {asked}")));
    } else {
        out.push(edit(context, span(value), asked));
    }
    Some(())
}

/// The seconds of a call of `timedelta`, where its text says them.
fn written(context: &Context<'_, '_>, call: &ExprCall) -> Option<String> {
    let arguments = &call.arguments;
    if let ([], [only]) = (&*arguments.args, &*arguments.keywords)
        && only.arg.as_ref().is_some_and(|name| name.as_str() == "seconds")
    {
        let source = context.source(&only.value);
        let is_plain = !only.value.is_lambda_expr() && !only.value.is_named_expr() && !source.contains('\n');
        return is_plain.then(|| source.to_owned());
    }
    let mut total = 0.0;
    for (index, value) in arguments.args.iter().enumerate() {
        total += number(value)? * UNITS.get(index)?.1;
    }
    for keyword in &arguments.keywords {
        let name = keyword.arg.as_ref()?.as_str();
        total += number(&keyword.value)? * UNITS.iter().find(|(unit, _)| *unit == name)?.1;
    }
    let seconds = total / 1e6;
    seconds.is_finite().then(|| seconds.to_string())
}

fn number(value: &Expr) -> Option<f64> {
    let Expr::NumberLiteral(number) = value else { return None };
    match &number.value {
        Number::Int(whole) => whole.as_i64().and_then(|whole| i32::try_from(whole).ok()).map(f64::from),
        Number::Float(number) => Some(*number),
        Number::Complex { .. } => None,
    }
}
