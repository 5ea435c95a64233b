//! `[tool.poetry]`: tables of `name = constraint` in Poetry's own dialect.

use std::collections::HashMap;

use toml_edit::{Item, Value};

use crate::manifest::entries::{Entries, Unversioned};
use crate::manifest::tables::Reader;
use crate::requirement::{Dialect, Place, Scope, normalized};
use crate::syntax::toml;

/// Reads Poetry's dependencies and groups.
pub(super) fn read(reader: &mut Reader<'_>, root: &Item) {
    let Some(poetry) = toml::at(root, &["tool", "poetry"]) else { return };
    if let Some(table) = poetry.get("dependencies") {
        main_dependencies(reader, table, poetry, lists_its_own(root));
    }
    if let Some(table) = poetry.get("dev-dependencies") {
        group(reader, table, "dev", "tool.poetry.dev-dependencies");
    }
    let groups = poetry.get("group").and_then(Item::as_table_like);
    for (name, table) in groups.into_iter().flat_map(|groups| groups.iter()) {
        if let Some(table) = table.get("dependencies") {
            group(reader, table, name, &format!("tool.poetry.group.{name}.dependencies"));
        }
    }
    let constraints = poetry.get("build-constraints").and_then(Item::as_table_like);
    for (name, table) in constraints.into_iter().flat_map(|constraints| constraints.iter()) {
        let place = Place::new(Scope::Constraint, format!("tool.poetry.build-constraints.{name}"));
        reader.entries(table, &Entries::new(Dialect::Poetry, place));
    }
}

/// Whether `[project]` itself lists what it needs. Poetry 2 then takes its own table only as more detail for locking.
fn lists_its_own(root: &Item) -> bool {
    let dynamic = toml::at(root, &["project", "dynamic"]).and_then(Item::as_array);
    let is_dynamic = dynamic.into_iter().flatten().any(|value| value.as_str() == Some("dependencies"));
    let list = toml::at(root, &["project", "dependencies"]).and_then(Item::as_array);
    !is_dynamic && list.is_some_and(|list| !list.is_empty())
}

fn main_dependencies(reader: &mut Reader<'_>, item: &Item, poetry: &Item, is_detail: bool) {
    const TABLE: &str = "tool.poetry.dependencies";
    let Some(table) = item.as_table_like() else {
        let message = format!("`{TABLE}` is not a table of packages");
        return reader.found.problem(toml::span(item).unwrap_or_default(), message);
    };
    let extras = extras(poetry);
    for (name, item) in table.iter() {
        let Some((key, _)) = table.get_key_value(name) else { continue };
        if is_interpreter(name) {
            continue;
        }
        let scope = if is_detail {
            if has_source(item) { Scope::Override } else { Scope::Constraint }
        } else if is_optional(item) {
            let extra = extras.get(&normalized(name)).copied().unwrap_or("optional");
            Scope::Extra(extra.to_owned())
        } else {
            Scope::Runtime
        };
        let mut rule = Entries::new(Dialect::Poetry, Place::new(scope, TABLE));
        if is_detail {
            rule.unversioned = Unversioned::Nothing;
        }
        reader.entry(key, item, &rule);
    }
}

fn group(reader: &mut Reader<'_>, item: &Item, name: &str, table: &str) {
    let rule = Entries::new(Dialect::Poetry, Place::new(Scope::Group(name.to_owned()), table));
    let Some(entries) = item.as_table_like() else { return reader.entries(item, &rule) };
    for (name, item) in entries.iter() {
        if let Some((key, _)) = entries.get_key_value(name).filter(|_| !is_interpreter(name)) {
            reader.entry(key, item, &rule);
        }
    }
}

/// `python` among the packages is the interpreter.
fn is_interpreter(name: &str) -> bool {
    name.eq_ignore_ascii_case("python")
}

/// The first extra that names each package.
fn extras(poetry: &Item) -> HashMap<String, &str> {
    let mut first = HashMap::new();
    let extras = poetry.get("extras").and_then(Item::as_table_like);
    for (extra, names) in extras.into_iter().flat_map(|extras| extras.iter()) {
        for name in names.as_array().into_iter().flatten().filter_map(Value::as_str) {
            first.entry(normalized(name)).or_insert(extra);
        }
    }
    first
}

fn is_optional(item: &Item) -> bool {
    any_detail(item, |details| details.get("optional").and_then(Item::as_bool) == Some(true))
}

fn has_source(item: &Item) -> bool {
    any_detail(item, |details| ["git", "path", "file", "url"].iter().any(|key| details.contains_key(key)))
}

/// Whether the entry, or an element of it when it is a list, is a table of which `holds` is true.
fn any_detail(item: &Item, holds: impl Fn(&dyn toml_edit::TableLike) -> bool) -> bool {
    match item {
        Item::Value(Value::Array(array)) => {
            array.iter().filter_map(Value::as_inline_table).any(|details| holds(details))
        }
        Item::ArrayOfTables(tables) => tables.iter().any(|details| holds(details)),
        other => other.as_table_like().is_some_and(holds),
    }
}
