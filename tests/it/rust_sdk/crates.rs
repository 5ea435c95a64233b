//! The releases of the crate that examples are compiled against: one workspace with a package for each of them, made from a
//! committed lock and kept in the target folder, so that each release is compiled once. What came of a program is kept too,
//! until the program, the lock or the compiler changes.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::sdk::tail;

/// A release of rmcp.
pub(super) struct Release {
    pub(super) version: &'static str,
    /// What it has beside [`FEATURES`].
    more: &'static [&'static str],
}

/// The newest releases of the series that code moves between, ascending.
pub(super) const RELEASES: [Release; 4] = [
    Release { version: "0.17.0", more: &[] },
    Release { version: "1.8.0", more: &[] },
    Release { version: "2.2.0", more: &[] },
    Release { version: "3.9.0", more: &["request-state"] },
];

/// The position of the newest one.
pub(super) const NEWEST: usize = RELEASES.len() - 1;

/// The features of all of them that examples use.
const FEATURES: [&str; 10] = [
    "auth",
    "client",
    "elicitation",
    "macros",
    "schemars",
    "server",
    "transport-child-process",
    "transport-io",
    "transport-streamable-http-client-reqwest",
    "transport-streamable-http-server",
];

/// What programs use beside the crate.
const BESIDE: &str = r#"
anyhow = "1"
async-trait = "0.1"
axum = { version = "0.8", default-features = false, features = ["http1", "json", "tokio"] }
chrono = { version = "0.4", default-features = false, features = ["clock", "serde"] }
futures = "0.3"
http = "1"
reqwest = { version = "0.13", default-features = false, features = ["json"] }
schemars = "1"
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["macros", "net", "process", "rt-multi-thread", "signal", "sync", "time"] }
tokio-util = "0.7"
tower-http = { version = "0.7", features = ["cors"] }
tracing = "0.1"
url = "2"
uuid = { version = "1", features = ["v4"] }
"#;

/// The exact versions of all that; `cargo generate-lockfile` in the folder of the workspace makes it anew.
const LOCK: &str = include_str!("Cargo.lock");

/// A crate to compile.
#[derive(Hash)]
pub(super) struct Program {
    /// The release, by its position.
    pub(super) release: usize,
    /// Its files.
    pub(super) files: BTreeMap<String, String>,
    /// The path of the file that the others are modules of.
    pub(super) root: String,
}

/// What the compiler said of a program.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// `E0432: unresolved import …`, in the order of their report; none where it compiles.
    pub(super) errors: Vec<String>,
    /// What it uses that is deprecated.
    pub(super) deprecations: Vec<String>,
}

/// Compiles programs, in their order.
///
/// # Errors
/// Why they could not be, for a person to read. That one does not compile is an answer, not an error.
pub(super) fn compile(programs: &[&Program]) -> Result<Vec<Outcome>, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("rust-sdk");
    let failed = |error: io::Error| format!("failed to prepare {}: {error}", folder.display());
    fs::create_dir_all(folder.join("results")).map_err(failed)?;
    let lock = File::create(folder.join("lock")).map_err(failed)?;
    lock.lock().map_err(failed)?;
    let compiler = Command::new("rustc").arg("-vV").output().map_err(failed)?.stdout;
    let key = |program: &Program| {
        let mut hasher = DefaultHasher::new();
        (program, RELEASES[program.release].version, manifest(program.release), LOCK, &compiler).hash(&mut hasher);
        format!("e{:016x}", hasher.finish())
    };
    let keys: Vec<String> = programs.iter().map(|program| key(program)).collect();
    let kept = |key: &String| folder.join("results").join(key).with_extension("json");
    let is_new = |key: &String| !kept(key).exists();
    let new: BTreeMap<&str, &Program> = keys
        .iter()
        .zip(programs)
        .filter(|(key, _)| is_new(key))
        .map(|(key, program)| (key.as_str(), *program))
        .collect();
    if !new.is_empty() {
        lay_out(&folder, &new).map_err(failed)?;
        for (key, outcome) in checked(&folder, &new)? {
            let text = serde_json::to_string(&outcome).map_err(|error| error.to_string())?;
            fs::write(kept(&key), text).map_err(failed)?;
        }
    }
    let read = |key: &String| {
        let text = fs::read_to_string(kept(key)).map_err(failed)?;
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", kept(key).display()))
    };
    keys.iter().map(read).collect()
}

fn package(release: usize) -> String {
    format!("rmcp-{}", RELEASES[release].version.replace('.', "-"))
}

/// The manifest of a release's package, without its programs.
fn manifest(release: usize) -> String {
    let Release { version, more } = &RELEASES[release];
    let features: Vec<_> = FEATURES.iter().chain(*more).map(|feature| format!("\"{feature}\"")).collect();
    format!(
        "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\nautoexamples = false\n\n\
         [dependencies]\nrmcp = {{ version = \"={version}\", features = [{}] }}{BESIDE}",
        package(release),
        features.join(", ")
    )
}

/// Writes the workspace, with `programs` as what it holds.
fn lay_out(folder: &Path, programs: &BTreeMap<&str, &Program>) -> io::Result<()> {
    let members: Vec<_> = (0..RELEASES.len()).map(|release| format!("\"{}\"", package(release))).collect();
    let root =
        format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = 0\n", members.join(", "));
    fs::write(folder.join("Cargo.toml"), root)?;
    fs::write(folder.join("Cargo.lock"), LOCK)?;
    for release in 0..RELEASES.len() {
        let home = folder.join(package(release));
        if home.join("programs").exists() {
            fs::remove_dir_all(home.join("programs"))?;
        }
        fs::create_dir_all(home.join("src"))?;
        fs::write(home.join("src/lib.rs"), "")?;
        let mut text = manifest(release);
        for (key, program) in programs.iter().filter(|(_, program)| program.release == release) {
            for (path, content) in &program.files {
                let path = home.join("programs").join(key).join(path);
                fs::create_dir_all(path.parent().unwrap_or(&home))?;
                fs::write(path, content)?;
            }
            let kind = if program.files[&program.root].contains("fn main(") { "bin" } else { "lib" };
            text.push_str(&format!(
                "\n[[example]]\nname = \"{key}\"\npath = \"programs/{key}/{}\"\ncrate-type = [\"{kind}\"]\n",
                program.root
            ));
        }
        fs::write(home.join("Cargo.toml"), text)?;
    }
    Ok(())
}

/// What the compiler says of each of the programs that were laid out.
fn checked(folder: &Path, programs: &BTreeMap<&str, &Program>) -> Result<BTreeMap<String, Outcome>, String> {
    let fetched = cargo(folder, &["fetch", "--locked"])?;
    if !fetched.status.success() {
        return Err(format!("cargo cannot fetch them:\n{}", tail(&String::from_utf8_lossy(&fetched.stderr), 8)));
    }
    let check =
        ["check", "--workspace", "--examples", "--keep-going", "--offline", "--locked", "--message-format=json"];
    let made = cargo(folder, &check)?;
    let mut outcomes: BTreeMap<String, Outcome> = BTreeMap::new();
    let mut answered = BTreeSet::new();
    for line in String::from_utf8_lossy(&made.stdout).lines() {
        let Ok(one) = serde_json::from_str::<Value>(line) else { continue };
        let name = one["target"]["name"].as_str().unwrap_or_default();
        if !programs.contains_key(name) {
            continue;
        }
        let outcome = outcomes.entry(name.to_owned()).or_default();
        let message = &one["message"];
        match (one["reason"].as_str(), message["level"].as_str()) {
            (Some("compiler-artifact"), _) => {
                answered.insert(name.to_owned());
            }
            (_, Some("error")) => {
                answered.insert(name.to_owned());
                outcome.errors.push(shown(message));
            }
            (_, Some("warning")) if message["code"]["code"] == "deprecated" => {
                outcome.deprecations.push(shown(message))
            }
            _ => {}
        }
    }
    match programs.keys().find(|key| !answered.contains(**key)) {
        None => Ok(outcomes),
        // Then what they need did not compile.
        Some(key) => Err(format!("{key} was not compiled:\n{}", tail(&String::from_utf8_lossy(&made.stderr), 40))),
    }
}

/// `E0432: unresolved import …`, with its line; `error: …` where it has no code.
fn shown(message: &Value) -> String {
    let code = message["code"]["code"].as_str().unwrap_or("error");
    let text = message["message"].as_str().unwrap_or_default().lines().next().unwrap_or_default();
    let line = message["spans"][0]["line_start"].as_u64().map(|line| format!(" (line {line})")).unwrap_or_default();
    format!("{code}: {text}{line}")
}

/// Runs cargo in the workspace, out of reach of the settings of the run around it.
fn cargo(folder: &Path, arguments: &[&str]) -> Result<Output, String> {
    let program = env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let mut command = Command::new(program);
    let is_inherited = |name: &str| {
        ["CARGO_PKG_", "CARGO_BIN_", "CARGO_MANIFEST_", "CARGO_BUILD_", "CARGO_TARGET_"]
            .iter()
            .any(|one| name.starts_with(one))
            || matches!(name, "RUSTFLAGS" | "CARGO_ENCODED_RUSTFLAGS")
    };
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_inherited)) {
        command.env_remove(name);
    }
    command.current_dir(folder).args(arguments).arg("--quiet").arg("--manifest-path").arg(folder.join("Cargo.toml"));
    command
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never");
    command.output().map_err(|error| format!("failed to start cargo: {error}"))
}
