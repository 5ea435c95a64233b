//! Migrations are run, not read: whole projects for the older SDK are rewritten by the real binary, and what comes out is
//! held to what the projects did before.
//!
//! A fixture is one folder below `fixtures/migrate/` with a `before/`, and with a `run.json` where it can be run:
//! `servers`, each a program and, over HTTP, its `url`, with `calls` and `requests` to make besides what is offered;
//! `clients`, each a program that a server on the newer SDK answers; `programs`, which print something; and `tests`, folders
//! for pytest.

mod differences;
mod examples;
mod exchange;
mod properties;
mod rewritten;
mod runs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where the fixtures are.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/migrate")
}

/// The fixtures' names, in order.
fn names() -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() >= 18, "the fixtures are not where they are looked for");
    names
}

/// Runs the program in `folder`, with `arguments`.
fn audit(folder: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_mcp-audit")).current_dir(folder).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}: {said}", output.status);
    assert!(!said.contains("bug in mcp-audit"), "{arguments:?}: {said}");
    output
}

/// Has everything below `folder` rewritten that can be.
fn migrate(folder: &Path, more: &[&str]) -> Output {
    audit(folder, &[&["migrate", "--unsafe-fixes", "--allow-dirty"], more].concat())
}

/// The file of that name beside this one.
fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(name)
}
