//! `pyproject.toml` and the files that hold one tool's part of it on its own: `uv.toml`, `hatch.toml`, `tox.toml`.
//!
//! Each tool's tables have a file here. They are read side by side, for one file may serve several tools; what one
//! tool's table means never depends on another's, with two exceptions that say so: Poetry beside `[project]`, and
//! the metadata hooks behind `project.dynamic`.

mod dynamic;
mod hatch;
mod pdm;
pub(super) mod pixi;
mod poetry;
mod project;
mod tox;
mod uv;

use toml_edit::Item;

use super::tables::{self, Reader};
use super::{Declarations, Format, Path};
use crate::requirement::{Place, Scope};
use crate::source::SourceFile;
use crate::syntax::toml;

/// `pyproject.toml`.
#[derive(Debug)]
pub(super) struct Pyproject;

/// `uv.toml`, which limits and overrides.
#[derive(Debug)]
pub(super) struct UvToml;

/// `hatch.toml`: `[tool.hatch]` on its own.
#[derive(Debug)]
pub(super) struct HatchToml;

/// `tox.toml`: `[tool.tox]` on its own.
#[derive(Debug)]
pub(super) struct ToxToml;

impl Format for Pyproject {
    fn name(&self) -> &'static str {
        "pyproject.toml"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "pyproject.toml"
    }

    fn only_if_mentioned(&self) -> bool {
        false
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        tables::read(file, found, |reader, root| {
            project::read(reader, root);
            dynamic::read(reader, root);
            for (tool, read) in TOOLS {
                if let Some(table) = toml::at(root, &["tool", tool]) {
                    read(reader, table, &format!("tool.{tool}."));
                }
            }
            poetry::read(reader, root);
            reader.found.project = Some(project::table(root));
        });
    }
}

impl Format for UvToml {
    fn name(&self) -> &'static str {
        "uv.toml"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "uv.toml"
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        tables::read(file, found, |reader, root| uv::read(reader, root, ""));
    }
}

impl Format for HatchToml {
    fn name(&self) -> &'static str {
        "hatch.toml"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "hatch.toml"
    }

    fn only_if_mentioned(&self) -> bool {
        false
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        tables::read(file, found, |reader, root| hatch::read(reader, root, ""));
    }
}

impl Format for ToxToml {
    fn name(&self) -> &'static str {
        "tox.toml"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "tox.toml"
    }

    fn only_if_mentioned(&self) -> bool {
        false
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        tables::read(file, found, |reader, root| tox::read(reader, root, ""));
    }
}

/// Reads the table of one tool, whose keys are named behind the given prefix.
type ReadTool = fn(&mut Reader<'_>, &Item, &str);

/// The tools whose tables stand for themselves.
const TOOLS: [(&str, ReadTool); 9] = [
    ("uv", uv::read),
    ("pdm", pdm::read),
    ("hatch", hatch::read),
    ("pixi", pixi::read),
    ("tox", tox::read),
    ("rye", rye),
    ("poe", |reader, tool, prefix| tasks(reader, tool, prefix, "tasks")),
    ("taskipy", |reader, tool, prefix| tasks(reader, tool, prefix, "tasks")),
    ("cibuildwheel", cibuildwheel),
];

fn rye(reader: &mut Reader<'_>, tool: &Item, prefix: &str) {
    if let Some(list) = tool.get("dev-dependencies") {
        reader.list(list, &Place::new(Scope::Group("dev".to_owned()), format!("{prefix}dev-dependencies")));
    }
    tasks(reader, tool, prefix, "scripts");
}

fn cibuildwheel(reader: &mut Reader<'_>, tool: &Item, prefix: &str) {
    // A string of blank-separated requirements is the other form, which has no single place for each.
    if let Some(list) = tool.get("test-requires").filter(|list| list.is_array()) {
        let scope = Scope::Environment("cibuildwheel".to_owned());
        reader.list(list, &Place::new(scope, format!("{prefix}test-requires")));
    }
    for key in ["before-all", "before-build", "before-test", "test-command"] {
        if let Some(command) = tool.get(key) {
            reader.commands(command, &Place::new(Scope::Command, format!("{prefix}{key}")));
        }
    }
}

fn tasks(reader: &mut Reader<'_>, tool: &Item, prefix: &str, key: &str) {
    if let Some(table) = tool.get(key) {
        reader.tasks(table, &format!("{prefix}{key}"));
    }
}

#[cfg(test)]
mod tests;
