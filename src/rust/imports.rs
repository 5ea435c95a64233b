//! Brings one more name of the crate into a file, beside one that is there already.

use super::context::Context;
use crate::fix::Edit;
use crate::source::{Span, line_start};

/// How a name is written, and the edits that make it known.
pub(crate) struct Import {
    /// The name, or its whole path.
    pub(crate) name: String,
    pub(crate) edits: Vec<Edit>,
}

/// Brings in `name`, which the crate has in the same module as what leaf `index` imports. Where that is not used any more
/// the import is of the new name instead.
pub(crate) fn beside(context: &Context<'_, '_>, index: usize, name: &str, is_used_still: bool) -> Import {
    let leaves = &context.scopes.leaves;
    let leaf = &leaves[index];
    let folder = leaf.path.rsplit_once("::").map_or("", |(folder, _)| folder);
    let full = format!("{folder}::{name}");
    let import = |edits| Import { name: name.to_owned(), edits };
    if leaves.iter().any(|one| one.path == full && one.local == name && one.scope == leaf.scope) {
        return import(Vec::new());
    }
    if leaf.is_renamed || context.scopes.has(name) {
        return Import { name: full, edits: Vec::new() };
    }
    if !is_used_still {
        return import(vec![context.edit(leaf.name, name)]);
    }
    let text = context.source.text;
    if !leaf.group.contains(&leaf.whole) || !context.source.at(leaf.statement).contains('{') {
        let both = format!("{{{name}, {}}}", context.source.at(leaf.name));
        return import(vec![context.edit(leaf.name, &both)]);
    }
    let start = line_start(text, leaf.whole.start);
    let is_own_line = text[start..leaf.whole.start].trim().is_empty()
        && leaf.group.iter().filter(|one| line_start(text, one.start) == start).count() == 1;
    let between = if is_own_line { format!("\n{}", context.indent(leaf.whole.start)) } else { " ".to_owned() };
    import(vec![context.edit(Span::empty(leaf.whole.start), &format!("{name},{between}"))])
}
