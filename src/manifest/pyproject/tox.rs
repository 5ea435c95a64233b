//! `tox.toml` and `[tool.tox]`, with the older form: a whole `tox.ini` inside the string `legacy_tox_ini`.

use toml_edit::Item;

use crate::manifest::tables::{Reader, children};
use crate::manifest::tox;
use crate::requirement::{Place, Scope};

/// Reads tox's own requirements, its base environments and each environment.
pub(super) fn read(reader: &mut Reader<'_>, tool: &Item, prefix: &str) {
    if let Some(list) = tool.get("requires") {
        reader.list(list, &Place::new(Scope::Environment("tox".to_owned()), format!("{prefix}requires")));
    }
    if let Some(ini) = tool.get("legacy_tox_ini").and_then(|item| reader.string(item)) {
        tox::read_text(&ini, reader.found);
    }
    for base in ["env_run_base", "env_pkg_base"] {
        if let Some(environment) = tool.get(base) {
            read_environment(reader, environment, base, &format!("{prefix}{base}"));
        }
    }
    for (name, environment) in children(tool.get("env")) {
        read_environment(reader, environment, name, &format!("{prefix}env.{name}"));
    }
}

fn read_environment(reader: &mut Reader<'_>, environment: &Item, name: &str, table: &str) {
    let place = Place::new(Scope::Environment(name.to_owned()), format!("{table}.deps"));
    match environment.get("deps") {
        // One string of several lines is allowed, as in the ini form, where each line is an element.
        Some(Item::Value(value)) if value.is_str() => reader.lines(value, &place),
        Some(list) if list.is_array() => reader.list(list, &place),
        _ => {}
    }
    if let Some(extras) = environment.get("extras") {
        reader.own_extras(extras);
    }
    for key in ["commands_pre", "commands", "commands_post"] {
        if let Some(commands) = environment.get(key) {
            reader.commands(commands, &Place::new(Scope::Command, format!("{table}.{key}")));
        }
    }
}
