//! `{…}` → `{"type": "object", …}`, for a schema that must say so.

use ruff_python_ast::{Expr, ExprCall};

use super::super::super::super::parse::span;
use super::super::super::argument::Passed;
use super::super::super::context::Context;
use super::super::edit;
use crate::fix::Fix;
use crate::rule::python::ArgumentMatch;
use crate::source::Span;

const TYPE: &str = "\"type\": \"object\"";

pub(super) fn run(context: &Context<'_, '_>, entry: &ArgumentMatch, _: &ExprCall, passed: Passed<'_>) -> Option<Fix> {
    let Expr::Dict(dict) = passed.value()? else { return None };
    let comma = if dict.items.is_empty() { "" } else { ", " };
    let edits = vec![edit(context, Span::empty(span(dict).start + 1), format!("{TYPE}{comma}"))];
    Some(Fix { title: format!("add `{TYPE}`"), applicability: entry.applicability, edits })
}
