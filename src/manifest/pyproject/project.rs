//! The standard tables: `[project]` (PEP 621), `[dependency-groups]` (PEP 735), `[build-system]` (PEP 518), and
//! flit's metadata of before they existed.

use toml_edit::Item;

use crate::manifest::ProjectTable;
use crate::manifest::tables::Reader;
use crate::requirement::{Ecosystem, Place, Scope, normalized};
use crate::syntax::toml;

/// Reads the standard lists.
pub(super) fn read(reader: &mut Reader<'_>, root: &Item) {
    if let Some(list) = toml::at(root, &["project", "dependencies"]) {
        reader.list(list, &Place::new(Scope::Runtime, "project.dependencies"));
    }
    if let Some(extras) = toml::at(root, &["project", "optional-dependencies"]) {
        reader.lists(extras, |extra| {
            Place::new(Scope::Extra(extra.to_owned()), format!("project.optional-dependencies.{extra}"))
        });
    }
    if let Some(groups) = root.get("dependency-groups") {
        reader.lists(groups, |group| Place::new(Scope::Group(group.to_owned()), format!("dependency-groups.{group}")));
    }
    if let Some(list) = toml::at(root, &["build-system", "requires"]) {
        reader.list(list, &Place::new(Scope::Build, "build-system.requires"));
    }
    if let Some(list) = toml::at(root, &["tool", "flit", "metadata", "requires"]) {
        reader.list(list, &Place::new(Scope::Runtime, "tool.flit.metadata.requires"));
    }
    if let Some(extras) = toml::at(root, &["tool", "flit", "metadata", "requires-extra"]) {
        reader.lists(extras, |extra| {
            Place::new(Scope::Extra(extra.to_owned()), format!("tool.flit.metadata.requires-extra.{extra}"))
        });
    }
}

/// What the file says about its folder. One that holds only tools' settings and groups is a project without a name.
pub(super) fn table(root: &Item) -> ProjectTable {
    let metadata = [root.get("project"), toml::at(root, &["tool", "poetry"])];
    let name = metadata
        .into_iter()
        .flatten()
        .find_map(|table| table.get("name").and_then(Item::as_str))
        .filter(|name| !name.trim().is_empty())
        .map(|name| normalized(name.trim()));
    let switch = |path: &[&str]| toml::at(root, path).and_then(Item::as_bool);
    let is_private = metadata.into_iter().flatten().any(|table| {
        let classifiers = table.get("classifiers").and_then(Item::as_array);
        // The registry refuses uploads that carry any classifier of this family.
        classifiers.into_iter().flatten().any(|one| one.as_str().is_some_and(|one| one.starts_with("Private ::")))
    });
    let builds = root.get("build-system").is_some()
        || toml::at(root, &["tool", "poetry", "name"]).is_some()
        || switch(&["tool", "uv", "package"]) == Some(true);
    let is_package = switch(&["tool", "poetry", "package-mode"]) != Some(false);
    ProjectTable {
        ecosystem: Ecosystem::Python,
        publishes: name.is_some() && builds && is_package && !is_private,
        name,
    }
}
