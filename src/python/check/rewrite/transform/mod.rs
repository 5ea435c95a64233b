//! Named rewrites, for what the data of a rule cannot say. A new one is one file and one line in [`TRANSFORMS`].

mod defer_import;
pub(in crate::python::check) mod drop_first_item;
mod keep_first_item;
mod mocked_property;
mod object_schema;
pub(in crate::python::check) mod timedelta_seconds;
mod unwrap_call;
mod unwrap_pattern;
pub(in crate::python::check) mod url_text;
mod version_argument;

use ruff_python_ast::ExprCall;

use super::super::argument::Passed;
use super::super::context::Context;
use super::super::uses::{ChainUse, ImportUse};
use super::{lowlevel, streamable, transport};
use crate::fix::Fix;
use crate::rule::python::{ArgumentMatch, SymbolMatch};
use crate::source::Span;

/// A rewrite of the place where the first parts of a dotted name stand.
type Transform = fn(&Context<'_, '_>, &ChainUse<'_>, usize, &SymbolMatch) -> Option<Fix>;

/// Every rewrite, by the name rule files call it.
const TRANSFORMS: &[(&str, Transform)] = &[
    ("defer-import", defer_import::reference),
    ("keep-first-item", keep_first_item::run),
    ("streamable-http-client", streamable::reference),
    ("unwrap-call", unwrap_call::run),
    ("unwrap-pattern", unwrap_pattern::run),
];

/// A rewrite of an imported name with everything that is done with it.
type ImportTransform = fn(&Context<'_, '_>, &ImportUse<'_>, &SymbolMatch) -> Option<Fix>;

/// The rewrites that do more with an import than to move it. Each is in [`TRANSFORMS`] too, for other spellings.
const IMPORT_TRANSFORMS: &[(&str, ImportTransform)] =
    &[("defer-import", defer_import::import), ("streamable-http-client", streamable::import)];

/// The rewrite of an import by the transform `name`; `None` when that is none of imports.
pub(in crate::python::check) fn run_import(
    name: &str,
    context: &Context<'_, '_>,
    import: &ImportUse<'_>,
    entry: &SymbolMatch,
) -> Option<Option<Fix>> {
    let (_, transform) = IMPORT_TRANSFORMS.iter().find(|(known, _)| *known == name)?;
    Some(transform(context, import, entry))
}

/// A rewrite of an argument.
type ArgumentTransform = fn(&Context<'_, '_>, &ArgumentMatch, &ExprCall, Passed<'_>) -> Option<Fix>;

/// Every rewrite of an argument, by the name rule files call it.
const ARGUMENT_TRANSFORMS: &[(&str, ArgumentTransform)] = &[
    (lowlevel::TRANSFORM, lowlevel::tools),
    ("object-schema", object_schema::run),
    ("timedelta-seconds", timedelta_seconds::run),
    ("transport-settings", transport::argument),
    ("url-text", url_text::run),
];

/// A rewrite of a member, of which the bytes of the name are given.
type MemberTransform = fn(&Context<'_, '_>, Span) -> Option<Fix>;

/// Every rewrite of a member, by the name rule files call it.
const MEMBER_TRANSFORMS: &[(&str, MemberTransform)] = &[
    ("mocked-capabilities", mocked_property::capabilities),
    ("transport-settings", transport::place),
    ("version-argument", version_argument::run),
];

/// The rewrite of the member whose name stands at `at`.
pub(in crate::python::check) fn run_member(name: &str, context: &Context<'_, '_>, at: Span) -> Option<Fix> {
    let (_, transform) = MEMBER_TRANSFORMS.iter().find(|(known, _)| *known == name)?;
    transform(context, at)
}

/// The names of the rewrites of members.
pub(in crate::python::check) fn member_names() -> impl Iterator<Item = &'static str> {
    MEMBER_TRANSFORMS.iter().map(|(name, _)| *name)
}

pub(super) fn run_argument(
    name: &str,
    context: &Context<'_, '_>,
    entry: &ArgumentMatch,
    call: &ExprCall,
    passed: Passed<'_>,
) -> Option<Fix> {
    let (_, transform) = ARGUMENT_TRANSFORMS.iter().find(|(known, _)| *known == name)?;
    transform(context, entry, call, passed)
}

/// The names of the rewrites of arguments.
pub(in crate::python::check) fn argument_names() -> impl Iterator<Item = &'static str> {
    ARGUMENT_TRANSFORMS.iter().map(|(name, _)| *name)
}

/// The names of the rewrites of names.
pub(in crate::python::check) fn names() -> impl Iterator<Item = &'static str> {
    TRANSFORMS.iter().map(|(name, _)| *name)
}

pub(super) fn run(
    name: &str,
    context: &Context<'_, '_>,
    one: &ChainUse<'_>,
    count: usize,
    entry: &SymbolMatch,
) -> Option<Fix> {
    let (_, transform) = TRANSFORMS.iter().find(|(known, _)| *known == name)?;
    transform(context, one, count, entry)
}
