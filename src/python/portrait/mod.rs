//! What a module shows of how it uses the SDK: servers, clients and their transports, what they declare and use, and how
//! authorization is set up. Read from names alone, right or wrong for whichever major; what a name is not known to be is
//! taken for the SDK's only where no other library is likely to call something so.

mod known;
mod roles;
mod visit;
mod walk;

use super::names::{Modules, ProjectModule, Scopes};
use super::parse::with_module;
use crate::portrait::Fact;

/// What the text of `module` shows, by place. Nothing for a text that is refused.
pub(crate) fn portrait(text: &str, module: &ProjectModule, modules: &Modules) -> Vec<Fact> {
    let read = |body: &[ruff_python_ast::Stmt]| {
        let scopes = Scopes::of(body, &module.package);
        walk::walk(body, &scopes, text, &module.path, modules)
    };
    let mut facts = with_module(text, |parsed| read(&parsed.syntax().body)).unwrap_or_default();
    facts.sort_by_key(|one| (one.span, one.kind));
    facts.dedup_by(|one, other| (one.span, one.kind) == (other.span, other.kind));
    facts
}

#[cfg(test)]
mod tests;
