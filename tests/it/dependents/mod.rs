//! `mcp-audit dependents` over a file of releases that holds every trap of such data, through the real binary.

mod answers;
mod files;
mod page;

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

/// Invented packages, one for each way to ask for another and each way to be misread.
const FIXTURE: &str = "fixtures/dependents/snapshot.ndjson";

/// The program run with `arguments` from the project's root, with `input` on its standard input.
fn run(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::cargo_bin("mcp-audit").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("dependents").args(arguments).write_stdin(input);
    command.output().unwrap()
}

/// What it prints about the fixture.
fn told(arguments: &[&str]) -> String {
    let output = run(&[&["--from", FIXTURE], arguments].concat(), "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The same for programs.
fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&told(&[&["--format", "json"], arguments].concat())).unwrap()
}

/// Exit code and what is said beside the answer.
fn failure(arguments: &[&str], input: &str) -> (Option<i32>, String) {
    let output = run(arguments, input);
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// A file in `folder` as an argument.
fn inside(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}
