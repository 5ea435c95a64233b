//! Handlers of the lowlevel server, which the older SDK registered with decorators. The function keeps its name, its
//! signature and its body; behind it comes an adapter of the newer shape, and the line that registers it where the
//! decorator stood.
//!
//! A module is planned as a whole: adapters know each other, share what they import, and every fix carries the same text
//! for what is shared, so that all of them can be made at once.

mod adapter;
mod construction;
mod dictionaries;
mod extend;
mod kinds;
mod known;
mod layout;
mod names;
mod place;
mod plan;
mod registration;
mod remembered;
mod returns;
mod tools;
mod written;

use ruff_python_ast::ExprCall;

use super::super::argument::Passed;
use super::super::context::Context;
use crate::fix::Fix;
use crate::rule::python::ArgumentMatch;

pub(in crate::python::check) use plan::Plan;
pub(in crate::python::check) use registration::answers_tasks;

/// What rule files call the rewrite.
pub(in crate::python::check) const TRANSFORM: &str = "lowlevel-handlers";

/// The rewrite of the tools that what an argument says is about.
pub(in crate::python::check) fn tools(
    context: &Context<'_, '_>,
    _: &ArgumentMatch,
    _: &ExprCall,
    _: Passed<'_>,
) -> Option<Fix> {
    context.lowlevel().of_tools()
}
