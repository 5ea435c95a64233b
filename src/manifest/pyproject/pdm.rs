//! `[tool.pdm]`: development groups, overrides of the resolution, and scripts.

use toml_edit::Item;

use crate::manifest::entries::Entries;
use crate::manifest::tables::Reader;
use crate::requirement::{Dialect, Place, Scope};
use crate::syntax::toml;

/// Reads PDM's table.
pub(super) fn read(reader: &mut Reader<'_>, tool: &Item, prefix: &str) {
    if let Some(groups) = tool.get("dev-dependencies") {
        reader.lists(groups, |group| {
            Place::new(Scope::Group(group.to_owned()), format!("{prefix}dev-dependencies.{group}"))
        });
    }
    if let Some(overrides) = toml::at(tool, &["resolution", "overrides"]) {
        let place = Place::new(Scope::Override, format!("{prefix}resolution.overrides"));
        let mut rule = Entries::new(Dialect::Pep508, place);
        rule.bare_is_exact = true;
        reader.entries(overrides, &rule);
    }
    if let Some(scripts) = tool.get("scripts") {
        reader.tasks(scripts, &format!("{prefix}scripts"));
    }
}
