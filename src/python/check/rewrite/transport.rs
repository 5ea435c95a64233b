//! Transport settings that go from the constructor of a server to the calls that start it. What is done is decided for
//! the project as a whole; each finding about one of the places gets the rewrite of all of them.

use ruff_python_ast::ExprCall;

use super::super::argument::Passed;
use super::super::context::Context;
use crate::fix::Fix;
use crate::rule::python::ArgumentMatch;
use crate::source::Span;

/// The rewrite of the server whose setting, or whose start, is named at `at`.
pub(in crate::python::check) fn place(context: &Context<'_, '_>, at: Span) -> Option<Fix> {
    context.module.modules.linked().fix(context.module.path, at).cloned()
}

/// The same for an argument of the constructor.
pub(super) fn argument(context: &Context<'_, '_>, _: &ArgumentMatch, _: &ExprCall, passed: Passed<'_>) -> Option<Fix> {
    place(context, passed.span())
}
