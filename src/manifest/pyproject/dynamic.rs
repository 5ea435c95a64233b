//! `project.dynamic`: lists that the build puts together. Where the build reads them from a file or a template that
//! can be named, that is recorded in place of the list; only what code computes is reported as computed.

use toml_edit::{Item, Value};

use crate::manifest::Computed;
use crate::manifest::tables::{Reader, children};
use crate::requirement::{Place, Scope};
use crate::syntax::toml;

const LISTS: [&str; 2] = ["dependencies", "optional-dependencies"];

/// Reads the hooks and files behind dynamic lists, then reports the lists that nothing readable accounts for.
pub(super) fn read(reader: &mut Reader<'_>, root: &Item) {
    setuptools_files(reader, root);
    if let Some(hooks) = toml::at(root, &["tool", "hatch", "metadata", "hooks"]) {
        hatch_hooks(reader, hooks, "tool.hatch.");
    }
    let dynamic = toml::at(root, &["project", "dynamic"]).and_then(Item::as_array);
    for value in dynamic.into_iter().flatten() {
        let Some(list) = value.as_str().filter(|name| LISTS.contains(name)) else { continue };
        let (Some(by), Some(fragment)) = (computed_by(root, list), toml::string_value(reader.text, value)) else {
            continue;
        };
        let span = fragment.span(0..fragment.text().len());
        reader.found.computed.push(Computed { span, table: format!("project.{list}"), by });
    }
}

/// `tool.setuptools.dynamic.dependencies = { file = […] }`, and the same for each extra.
fn setuptools_files(reader: &mut Reader<'_>, root: &Item) {
    let Some(dynamic) = toml::at(root, &["tool", "setuptools", "dynamic"]) else { return };
    if let Some(files) = toml::at(dynamic, &["dependencies", "file"]) {
        reader.files(files);
    }
    for (_, extra) in children(dynamic.get("optional-dependencies")) {
        if let Some(files) = extra.get("file") {
            reader.files(files);
        }
    }
}

/// Hatch's metadata hooks: some name files, some hold the strings themselves, perhaps as templates.
pub(super) fn hatch_hooks(reader: &mut Reader<'_>, hooks: &Item, prefix: &str) {
    for (name, hook) in children(Some(hooks)) {
        if name == "requirements_txt" {
            for files in ["files", "filename"].iter().filter_map(|key| hook.get(key)) {
                reader.files(files);
            }
            for (_, files) in children(hook.get("optional-dependencies")) {
                reader.files(files);
            }
            continue;
        }
        let table = format!("{prefix}metadata.hooks.{name}");
        if let Some(list) = hook.get("dependencies").filter(|item| item.is_array()) {
            reader.list(list, &Place::new(Scope::Runtime, format!("{table}.dependencies")));
        }
        for (extra, list) in children(hook.get("optional-dependencies")) {
            if list.is_array() {
                let scope = Scope::Extra(extra.to_owned());
                reader.list(list, &Place::new(scope, format!("{table}.optional-dependencies.{extra}")));
            }
        }
    }
}

/// What computes a dynamic list, for people; `None` when the list can be read elsewhere in the file or its includes.
fn computed_by(root: &Item, list: &str) -> Option<String> {
    if toml::at(root, &["tool", "setuptools", "dynamic", list]).is_some() {
        return None;
    }
    let backend = toml::at(root, &["build-system", "build-backend"]).and_then(Item::as_str).unwrap_or_default();
    if backend.starts_with("poetry") && toml::at(root, &["tool", "poetry"]).is_some() {
        return None;
    }
    let hooks = toml::at(root, &["tool", "hatch", "metadata", "hooks"]).and_then(Item::as_table_like);
    if let Some(custom) = hooks.and_then(|hooks| hooks.get("custom")) {
        let path = custom.get("path").and_then(Item::as_str).unwrap_or("hatch_build.py");
        return Some(format!("the hook {path}"));
    }
    let hooks: Vec<_> = hooks.into_iter().flat_map(|hooks| hooks.iter()).collect();
    if hooks.iter().any(|(name, hook)| readable(name, hook, list)) {
        return None;
    }
    // These two set other fields, never dependencies.
    if let Some((name, _)) = hooks.iter().find(|(name, _)| !matches!(*name, "vcs" | "fancy-pypi-readme")) {
        return Some(format!("the metadata hook `{name}`"));
    }
    Some(match backend {
        // Without a backend the standard (PEP 517) falls back to setuptools.
        "" => "setup.py or setup.cfg".to_owned(),
        _ if backend.starts_with("setuptools") => "setup.py or setup.cfg".to_owned(),
        _ => format!("the build backend {backend}"),
    })
}

/// Whether [`hatch_hooks`] reads `list` from this hook.
fn readable(name: &str, hook: &Item, list: &str) -> bool {
    match (name, list) {
        ("requirements_txt", "dependencies") => hook.get("files").is_some() || hook.get("filename").is_some(),
        (_, "dependencies") => matches!(hook.get(list), Some(Item::Value(Value::Array(_)))),
        _ => hook.get(list).is_some_and(Item::is_table_like),
    }
}
