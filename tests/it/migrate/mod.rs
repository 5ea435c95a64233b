//! Migrations are run, not read: whole projects for the older SDK are rewritten by the real binary, and what comes out is
//! held to what the projects did before.
//!
//! A fixture is one folder below `fixtures/migrate/` with a `before/`, and with a `run.json` where it can be run:
//! `servers`, each a program and, over HTTP, its `url`, with `calls` and `requests` to make besides what is offered;
//! `clients`, each a program that a server on the newer SDK answers; `programs`, which print something; and `tests`, folders
//! for pytest. A `kept.json` names what must stay as it is: by file, `all` of it or texts that it holds.

mod differences;
mod examples;
mod exchange;
mod properties;
mod rewritten;
mod runs;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{LazyLock, Mutex};
use std::{fs, thread};

use serde_json::Value;

use super::fixtures::{Tree, copied, tree};

/// Projects that are migrated at the same time.
const AT_ONCE: usize = 2;

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
    output
}

/// Has everything below `folder` rewritten that can be, and returns what the program tells of it.
fn migrate(folder: &Path) -> Value {
    let output = audit(folder, &["migrate", "--unsafe-fixes", "--allow-dirty", "--format", "json"]);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A fixture and what was made of it.
struct Migrated {
    before: Tree,
    after: Tree,
    /// What the program told.
    told: Value,
}

/// Every fixture, by name; the tests of this folder share them.
static MIGRATED: LazyLock<BTreeMap<String, Migrated>> = LazyLock::new(|| {
    let names = names();
    let waiting = Mutex::new(names.iter());
    let made = Mutex::new(BTreeMap::new());
    let work = || {
        loop {
            let Some(name) = waiting.lock().unwrap().next() else { break };
            let before = tree(&fixtures().join(name).join("before"));
            let folder = copied(&before);
            let told = migrate(folder.path());
            let after = tree(folder.path());
            made.lock().unwrap().insert(name.clone(), Migrated { before, after, told });
        }
    };
    thread::scope(|scope| (0..AT_ONCE).for_each(|_| _ = scope.spawn(work)));
    made.into_inner().unwrap()
});

/// The file of that name beside this one.
fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(name)
}
