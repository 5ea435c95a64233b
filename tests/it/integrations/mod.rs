//! What the repository offers to other people's pipelines, read by their tools and run as they run it: the action, the
//! hooks, the workflows, and the snippets of the README.

mod action;
mod hooks;
mod runner;
mod snippets;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use serde_json::Value;

use crate::sdk::environment::{apart, plain, run};
use crate::sdk::excused;

/// A server that is written for the older major, with a fresh install that takes the newer.
const EXPOSED: [(&str, &str); 2] = [
    ("pyproject.toml", "[project]\nname = \"a\"\nversion = \"1\"\ndependencies = [\"mcp>=1.2\"]\n"),
    ("src/server.py", "from mcp.server.fastmcp import FastMCP\n\napp = FastMCP(\"a\")\n"),
];

/// The same, which keeps the newer out.
const BOUNDED: [(&str, &str); 2] =
    [("pyproject.toml", "[project]\nname = \"a\"\nversion = \"1\"\ndependencies = [\"mcp>=1.2,<2\"]\n"), EXPOSED[1]];

/// The tools of the people who use the integrations.
struct Tools {
    python: PathBuf,
}

impl Tools {
    /// None where it was said that nothing can be fetched.
    fn ready() -> Option<Self> {
        let made = apart("tools", include_str!("tools.txt"), "import check_jsonschema, pre_commit, yaml", true);
        let python = excused(made, "the integrations are read by pre-commit, check-jsonschema and zizmor")?;
        Some(Self { python: python.unwrap() })
    }

    fn path(&self, tool: &str) -> PathBuf {
        self.python.with_file_name(tool)
    }

    /// A tool that accepts what it is given.
    fn accepts(&self, tool: &str, arguments: &[&str]) {
        run(plain(self.path(tool)).args(arguments).current_dir(repository())).unwrap();
    }

    /// What a YAML file of the repository, or a text, says.
    fn yaml(&self, text: &str) -> Value {
        let code = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.argv[1])))";
        serde_json::from_str(&run(plain(&self.python).args(["-I", "-c", code, text])).unwrap()).unwrap()
    }
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text_of(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap()
}

/// The folder of the built program.
fn programs() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_mcp-audit")).parent().unwrap()
}

/// A search path: these folders, then the machine's own.
fn search(folders: &[&Path]) -> OsString {
    let own = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folders.iter().map(|folder| folder.to_path_buf()).chain(env::split_paths(&own))).unwrap()
}

/// Runs a script as hosted runners do.
fn bash(script: &str, folder: &Path, settings: &[(&str, OsString)]) -> Output {
    Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
        .current_dir(folder)
        .env_clear()
        .envs(settings.iter().map(|(name, value)| (name, value)))
        .output()
        .unwrap()
}

#[test]
fn workflows_are_valid_and_nothing_in_them_is_dangerous() {
    let Some(tools) = Tools::ready() else { return };
    let workflows = [".github/workflows/ci.yml", ".github/workflows/release.yml"];
    tools.accepts("check-jsonschema", &[&["--builtin-schema", "vendor.github-workflows"], &workflows[..]].concat());
    tools.accepts("zizmor", &[&["--offline", "--quiet", "action.yml"], &workflows[..]].concat());
}

#[test]
fn our_own_repository_passes_the_gate() {
    // Without what is broken on purpose: the rules' examples, the fixtures and these tests.
    let own =
        [".ci", ".github", "action.yml", ".pre-commit-hooks.yaml", "Cargo.toml", "pyproject.toml", "src", "README.md"];
    let output = Command::new(env!("CARGO_BIN_EXE_mcp-audit")).arg("scan").args(own).current_dir(repository()).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
