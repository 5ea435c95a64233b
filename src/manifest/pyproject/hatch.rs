//! `[tool.hatch]` and `hatch.toml`: environments, what builds need, and scripts.

use toml_edit::{Item, TableLike, Value};

use super::dynamic;
use crate::manifest::tables::{Reader, children};
use crate::requirement::{Place, Scope};
use crate::syntax::toml;

const LISTS: [&str; 2] = ["dependencies", "extra-dependencies"];

/// Reads Hatch's table. The metadata hooks of `pyproject.toml` are read with `project.dynamic`.
pub(super) fn read(reader: &mut Reader<'_>, tool: &Item, prefix: &str) {
    if let Some(hooks) = toml::at(tool, &["metadata", "hooks"]).filter(|_| prefix.is_empty()) {
        dynamic::hatch_hooks(reader, hooks, prefix);
    }
    for (name, environment) in children(tool.get("envs")) {
        read_environment(reader, environment, name, &format!("{prefix}envs.{name}"));
    }
    if let Some(build) = tool.get("build") {
        build_needs(reader, build, &format!("{prefix}build"));
        for (name, target) in children(build.get("targets")) {
            build_needs(reader, target, &format!("{prefix}build.targets.{name}"));
        }
    }
}

fn read_environment(reader: &mut Reader<'_>, environment: &Item, name: &str, table: &str) {
    let scope = Scope::Environment(name.to_owned());
    for key in LISTS {
        if let Some(list) = environment.get(key) {
            reader.list(list, &Place::new(scope.clone(), format!("{table}.{key}")));
        }
    }
    if let Some(features) = environment.get("features") {
        reader.own_extras(features);
    }
    if let Some(scripts) = environment.get("scripts") {
        reader.tasks(scripts, &format!("{table}.scripts"));
    }
    for key in ["pre-install-commands", "post-install-commands"] {
        if let Some(commands) = environment.get(key) {
            reader.commands(commands, &Place::new(Scope::Command, format!("{table}.{key}")));
        }
    }
    // `overrides.<source>.<condition>.<option>`; options may carry `set-` in front.
    for (source, conditions) in children(environment.get("overrides")) {
        for (condition, options) in children(Some(conditions)) {
            for (option, list) in children(Some(options)) {
                if LISTS.contains(&option.strip_prefix("set-").unwrap_or(option)) {
                    let table = format!("{table}.overrides.{source}.{condition}.{option}");
                    override_list(reader, list, &Place::new(scope.clone(), table));
                }
            }
        }
    }
}

/// Strings, or tables whose `value` holds under a condition.
fn override_list(reader: &mut Reader<'_>, list: &Item, place: &Place) {
    for value in list.as_array().into_iter().flatten() {
        match value {
            Value::InlineTable(details) => {
                if let Some(Item::Value(requirement)) = TableLike::get(details, "value") {
                    reader.element(requirement, place);
                }
            }
            other => reader.element(other, place),
        }
    }
    for value in list.as_array_of_tables().into_iter().flatten().filter_map(|table| table.get("value")) {
        if let Item::Value(requirement) = value {
            reader.element(requirement, place);
        }
    }
}

/// `dependencies` of a target and of the hooks below it.
fn build_needs(reader: &mut Reader<'_>, item: &Item, table: &str) {
    if let Some(list) = item.get("dependencies").filter(|list| list.is_array()) {
        reader.list(list, &Place::new(Scope::Build, format!("{table}.dependencies")));
    }
    for (name, hook) in children(item.get("hooks")) {
        if let Some(list) = hook.get("dependencies").filter(|list| list.is_array()) {
            reader.list(list, &Place::new(Scope::Build, format!("{table}.hooks.{name}.dependencies")));
        }
    }
}
