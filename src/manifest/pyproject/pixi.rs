//! The tables of `pixi.toml`, which `[tool.pixi]` repeats: Conda packages, PyPI packages and tasks, for all
//! environments, per feature and per platform.

use toml_edit::Item;

use crate::manifest::entries::Entries;
use crate::manifest::tables::{Reader, children};
use crate::requirement::{Dialect, Place, Scope};
use crate::syntax::toml;

/// Reads pixi's tables.
pub(in crate::manifest) fn read(reader: &mut Reader<'_>, tool: &Item, prefix: &str) {
    read_feature(reader, tool, "default", prefix);
    for (name, feature) in children(tool.get("feature")) {
        read_feature(reader, feature, name, &format!("{prefix}feature.{name}."));
    }
    if let Some(package) = tool.get("package") {
        read_package(reader, package, &format!("{prefix}package."));
        for (name, target) in children(package.get("target")) {
            read_package(reader, target, &format!("{prefix}package.target.{name}."));
        }
    }
}

/// A feature, which is also the shape of the root: its own tables and those of each platform.
fn read_feature(reader: &mut Reader<'_>, feature: &Item, name: &str, prefix: &str) {
    read_tables(reader, feature, name, prefix);
    for (target, tables) in children(feature.get("target")) {
        read_tables(reader, tables, name, &format!("{prefix}target.{target}."));
    }
}

fn read_tables(reader: &mut Reader<'_>, tables: &Item, feature: &str, prefix: &str) {
    let environment = || Scope::Environment(feature.to_owned());
    for (key, dialect, scope) in [
        ("dependencies", Dialect::Conda, environment()),
        ("host-dependencies", Dialect::Conda, environment()),
        ("build-dependencies", Dialect::Conda, environment()),
        ("constraints", Dialect::Conda, Scope::Constraint),
        ("pypi-dependencies", Dialect::Pep508, environment()),
    ] {
        if let Some(table) = tables.get(key) {
            reader.entries(table, &Entries::new(dialect, Place::new(scope, format!("{prefix}{key}"))));
        }
    }
    if let Some(table) = toml::at(tables, &["pypi-options", "dependency-overrides"]) {
        let place = Place::new(Scope::Override, format!("{prefix}pypi-options.dependency-overrides"));
        reader.entries(table, &Entries::new(Dialect::Pep508, place));
    }
    if let Some(tasks) = tables.get("tasks") {
        reader.tasks(tasks, &format!("{prefix}tasks"));
    }
}

/// The package that pixi itself builds.
fn read_package(reader: &mut Reader<'_>, package: &Item, prefix: &str) {
    for (key, scope) in [
        ("run-dependencies", Scope::Runtime),
        ("run-constraints", Scope::Constraint),
        ("host-dependencies", Scope::Build),
        ("build-dependencies", Scope::Build),
    ] {
        if let Some(table) = package.get(key) {
            reader.entries(table, &Entries::new(Dialect::Conda, Place::new(scope, format!("{prefix}{key}"))));
        }
    }
}
