//! Transport settings that go from the constructor of a server to the calls that start it. What is done is decided for
//! the project as a whole; here each finding about one of the places gets the rewrite of all of them.

use super::super::context::{Context, Hit};

/// The rules about these places.
const RULES: [&str; 4] =
    ["transport-keyword-moved", "transport-settings-lost", "settings-transport-field", "host-decides-protection"];

/// Gives each of `hits` that is about a server's transport settings the rewrite that moves them.
pub(in crate::python::check) fn attach(context: &Context<'_, '_>, hits: &mut [Hit<'_>]) {
    let is_open = |hit: &&mut Hit<'_>| hit.fix.is_none() && RULES.contains(&hit.rule.name.as_str());
    let mut open = hits.iter_mut().filter(is_open).peekable();
    if open.peek().is_none() {
        return;
    }
    let linked = context.module.modules.linked();
    for hit in open {
        hit.fix = linked.fix(context.module.path, hit.span).cloned();
    }
}
