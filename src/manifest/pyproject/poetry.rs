//! `[tool.poetry]`: tables of `name = constraint` in Poetry's own dialect.

use std::collections::HashMap;

use toml_edit::{Item, Value};

use crate::manifest::entries::{Entries, Unversioned};
use crate::manifest::tables::{Reader, children};
use crate::requirement::{Dialect, Place, Scope, normalized};
use crate::syntax::toml;

/// Reads Poetry's dependencies and groups.
pub(super) fn read(reader: &mut Reader<'_>, root: &Item) {
    let Some(poetry) = toml::at(root, &["tool", "poetry"]) else { return };
    if let Some(table) = poetry.get("dependencies") {
        let (extras, standard) = (extras(poetry), Standard::of(root));
        read_table(reader, table, "tool.poetry.dependencies", |name, item| {
            let optional = is_optional(item);
            if standard.replaces(optional) {
                return None;
            }
            Some(if optional {
                Scope::Extra((*extras.get(&normalized(name)).unwrap_or(&"optional")).to_owned())
            } else {
                Scope::Runtime
            })
        });
    }
    let dev = |_: &str, _: &Item| Some(Scope::Group("dev".to_owned()));
    if let Some(table) = poetry.get("dev-dependencies") {
        read_table(reader, table, "tool.poetry.dev-dependencies", dev);
    }
    for (name, group) in children(poetry.get("group")) {
        if let Some(table) = group.get("dependencies") {
            let is_listed = is_filled(toml::at(root, &["dependency-groups", name]));
            read_table(reader, table, &format!("tool.poetry.group.{name}.dependencies"), |_, _| {
                (!is_listed).then(|| Scope::Group(name.to_owned()))
            });
        }
    }
    for (name, table) in children(poetry.get("build-constraints")) {
        let place = Place::new(Scope::Constraint, format!("tool.poetry.build-constraints.{name}"));
        reader.entries(table, &Entries::new(Dialect::Poetry, place));
    }
}

/// What the standard tables say themselves. Where they list something, Poetry 2 takes its own table only as more
/// detail for locking: a version limits the one of the list, a source replaces where it comes from.
struct Standard {
    lists: bool,
    dynamic: bool,
    dynamic_extras: bool,
}

impl Standard {
    fn of(root: &Item) -> Self {
        let project = |key: &str| toml::at(root, &["project", key]);
        let dynamic = |name: &str| {
            let names = project("dynamic").and_then(Item::as_array);
            names.into_iter().flatten().any(|value| value.as_str() == Some(name))
        };
        let extras = children(project("optional-dependencies")).any(|(_, list)| is_filled(Some(list)));
        Self {
            lists: extras || is_filled(project("dependencies")),
            dynamic: dynamic("dependencies"),
            dynamic_extras: dynamic("optional-dependencies"),
        }
    }

    fn replaces(&self, optional: bool) -> bool {
        self.lists && !(if optional { self.dynamic_extras } else { self.dynamic })
    }
}

fn is_filled(list: Option<&Item>) -> bool {
    list.and_then(Item::as_array).is_some_and(|list| !list.is_empty())
}

/// Reads a table of packages. `scope` says what an entry is asked for; `None` when it only adds detail to a list.
fn read_table(reader: &mut Reader<'_>, item: &Item, name: &str, scope: impl Fn(&str, &Item) -> Option<Scope>) {
    let Some(table) = item.as_table_like() else {
        let message = format!("`{name}` is not a table of packages");
        return reader.found.problem(toml::span(item).unwrap_or_default(), message);
    };
    for (package, item) in table.iter().filter(|(package, _)| !is_interpreter(package)) {
        let Some((key, _)) = table.get_key_value(package) else { continue };
        let scope = scope(package, item);
        let unversioned = if scope.is_some() { Unversioned::Any } else { Unversioned::Nothing };
        let detail = || if has_source(item) { Scope::Override } else { Scope::Constraint };
        let place = Place::new(scope.unwrap_or_else(detail), name);
        reader.entry(key, item, &Entries { unversioned, ..Entries::new(Dialect::Poetry, place) });
    }
}

/// `python` among the packages is the interpreter.
fn is_interpreter(name: &str) -> bool {
    name.eq_ignore_ascii_case("python")
}

/// The first extra that names each package.
fn extras(poetry: &Item) -> HashMap<String, &str> {
    let mut first = HashMap::new();
    for (extra, names) in children(poetry.get("extras")) {
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
