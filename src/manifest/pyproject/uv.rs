//! `[tool.uv]` and `uv.toml`: development requirements, constraints, overrides and sources.

use toml_edit::{Item, TableLike, Value};

use crate::manifest::entries::{Entries, Unversioned};
use crate::manifest::tables::Reader;
use crate::requirement::{Dialect, Place, Scope};
use crate::source::Span;

/// Reads uv's table. A source is recorded as an override beside the requirement it redirects: the requirement itself
/// stays as it is published, for other people's installs know nothing of sources.
pub(super) fn read(reader: &mut Reader<'_>, tool: &Item, prefix: &str) {
    for (key, scope) in [
        ("dev-dependencies", Scope::Group("dev".to_owned())),
        ("constraint-dependencies", Scope::Constraint),
        ("override-dependencies", Scope::Override),
        ("build-constraint-dependencies", Scope::Constraint),
    ] {
        if let Some(list) = tool.get(key) {
            reader.list(list, &Place::new(scope, format!("{prefix}{key}")));
        }
    }
    if let Some(table) = tool.get("extra-build-dependencies").and_then(Item::as_table_like) {
        for (name, list) in table.iter() {
            extra_build(reader, list, &Place::new(Scope::Build, format!("{prefix}extra-build-dependencies.{name}")));
        }
    }
    if let Some(sources) = tool.get("sources").filter(|sources| sources.is_table_like()) {
        let place = Place::new(Scope::Override, format!("{prefix}sources"));
        let mut rule = Entries::new(Dialect::Pep508, place);
        // An index says where versions are looked up, not which.
        rule.unversioned = Unversioned::Nothing;
        reader.entries(sources, &rule);
    }
}

/// Strings, or tables whose `requirement` is one.
fn extra_build(reader: &mut Reader<'_>, list: &Item, place: &Place) {
    for value in list.as_array().into_iter().flatten() {
        match value {
            Value::InlineTable(details) => {
                if let Some(Item::Value(requirement)) = TableLike::get(details, "requirement") {
                    reader.element(requirement, place);
                }
            }
            Value::String(_) => reader.element(value, place),
            other => {
                let message = format!("`{}` holds something that is not a string", place.table);
                reader.found.problem(other.span().map(Span::from).unwrap_or_default(), message);
            }
        }
    }
}
