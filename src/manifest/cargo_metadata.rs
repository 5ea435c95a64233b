//! The opt-in cross-check of our own reading of `Cargo.toml`: what cargo itself makes of the manifest.
//!
//! This is the one place where a tool runs on a scanned repository, so it is arranged that nothing in there can
//! configure or execute anything:
//!
//! * cargo looks for `.cargo/config.toml` (aliases, `rustc-wrapper`, credential helpers) in the *current* folder and
//!   the ones above it, not at the manifest; rustup looks there too, for `rust-toolchain.toml`, which may name a
//!   toolchain to download or a path to run. The current folder is therefore a fresh, empty, temporary one, and the
//!   check refuses to run if one of the folders above it holds such a file, for anybody may write to `/tmp`.
//! * `--no-deps` resolves nothing and builds nothing: no build script, no procedural macro, no lock is written.
//! * `--offline` keeps off the network.
//! * The environment stays the user's: `CARGO_HOME` with its configuration, `RUSTUP_TOOLCHAIN`, `PATH`.
//!
//! Time and output are bounded.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use cargo_metadata::{DependencyKind, MetadataCommand};
use serde::Serialize;

use crate::process;

/// How long cargo may take.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// How much cargo may print, in bytes; a workspace of hundreds of crates prints a few megabytes.
const OUTPUT_LIMIT: u64 = 64 << 20;

/// One dependency as cargo understands it: inheritance resolved, without a place in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MetadataDependency {
    /// The package that declares it.
    pub package: String,
    /// The crate's name on its registry.
    pub name: String,
    /// The key it is declared under, where that is another name.
    pub rename: Option<String>,
    /// The requirement in cargo's own spelling (`^0`). For git and path dependencies without a version it is `*`,
    /// which says nothing: see [`MetadataDependency::is_from_registry`].
    pub req: String,
    /// `normal`, `dev` or `build`.
    pub kind: &'static str,
    /// The platform it is for.
    pub target: Option<String>,
    /// Whether a feature must ask for it.
    pub optional: bool,
    /// Where it comes from, as cargo names it; `None` for a path.
    pub source: Option<String>,
}

impl MetadataDependency {
    /// Whether the requirement chooses among the releases of a registry. In a repository or a folder there is but
    /// one version to take, and a `*` there is no missing bound.
    pub fn is_from_registry(&self) -> bool {
        self.source.as_deref().is_some_and(|source| !source.starts_with("git+"))
    }
}

/// Asks cargo for the dependencies of all workspace members of the manifest at `manifest`, sorted.
///
/// # Errors
/// A sentence: cargo is missing, refuses the manifest, takes too long or prints too much.
pub fn cross_check(manifest: &Path) -> Result<Vec<MetadataDependency>, String> {
    run(manifest, TIME_LIMIT, &|_| ())
}

fn run(manifest: &Path, limit: Duration, adapt: &dyn Fn(&mut Command)) -> Result<Vec<MetadataDependency>, String> {
    let manifest = std::fs::canonicalize(manifest)
        .map_err(|error| format!("cannot find the manifest `{}`: {error}", manifest.display()))?;
    let empty = tempfile::Builder::new()
        .prefix("mcp-audit-")
        .tempdir()
        .map_err(|error| format!("cannot make an empty folder for cargo to run in: {error}"))?;
    refuse_foreign_configuration(empty.path())?;
    let mut command = MetadataCommand::new()
        .manifest_path(manifest)
        .no_deps()
        .other_options(["--offline".to_owned()])
        .current_dir(empty.path())
        .cargo_command();
    adapt(&mut command);
    let output = bounded_output(&mut command, limit)?;
    let metadata = MetadataCommand::parse(output).map_err(|error| format!("cannot read cargo's answer: {error}"))?;
    let mut found: Vec<_> = metadata
        .packages
        .iter()
        .flat_map(|package| {
            package.dependencies.iter().map(|one| MetadataDependency {
                package: package.name.to_string(),
                name: one.name.clone(),
                rename: one.rename.clone(),
                req: one.req.to_string(),
                kind: kind(one.kind),
                target: one.target.as_ref().map(ToString::to_string),
                optional: one.optional,
                source: one.source.as_ref().map(ToString::to_string),
            })
        })
        .collect();
    found.sort();
    Ok(found)
}

fn kind(kind: DependencyKind) -> &'static str {
    match kind {
        DependencyKind::Development => "dev",
        DependencyKind::Build => "build",
        _ => "normal",
    }
}

/// The folders above the empty one belong to the system or to the user, except that a shared `/tmp` belongs to all.
/// The user's own folders are theirs to configure, `~/.cargo/config.toml` included.
fn refuse_foreign_configuration(folder: &Path) -> Result<(), String> {
    let home = std::env::home_dir();
    for above in folder.ancestors().skip(1).take_while(|above| Some(*above) != home.as_deref()) {
        for name in [".cargo/config.toml", ".cargo/config", "rust-toolchain.toml", "rust-toolchain"] {
            let file = above.join(name);
            if file.exists() {
                return Err(format!("`{}` would configure cargo; set TMPDIR to another folder", file.display()));
            }
        }
    }
    Ok(())
}

/// Runs `command` to its end within `limit`, and gives what it printed.
fn bounded_output(command: &mut Command, limit: Duration) -> Result<String, String> {
    let printed = process::printed(command, limit, OUTPUT_LIMIT).map_err(|failure| match failure {
        process::Failure::NotRun(why) => format!("cargo {why}"),
        refused => format!("cargo refused the manifest: {}", refused.line()),
    })?;
    String::from_utf8(printed).map_err(|_| "cargo printed something that is not UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[workspace]\nmembers = [\"member\"]\n[workspace.dependencies]\nrmcp = \">=0.8\"\n[package]\nname = \"root\"\nversion = \"0.1.0\"\n[dependencies]\nrmcp.workspace = true\nmcp = { package = \"rmcp\", git = \"https://example.invalid/x\" }\nmember = { path = \"member\" }\n[target.'cfg(unix)'.dev-dependencies]\npmcp = \"0\"\n";

    fn crates() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("Cargo.toml", MANIFEST);
        write("src/lib.rs", "");
        write("member/Cargo.toml", "[package]\nname = \"member\"\nversion = \"0.1.0\"\n");
        write("member/src/lib.rs", "");
        folder
    }

    /// Each dependency as `package: key = req kind target`, with `!` where no bound is missing.
    fn shown(found: &[MetadataDependency]) -> Vec<String> {
        let all = found.iter().map(|one| {
            let key = one.rename.as_deref().unwrap_or(&one.name);
            let target = one.target.as_deref().unwrap_or("any");
            let mark = if one.is_from_registry() { "" } else { " !" };
            format!("{}: {key} = {} {} {target}{mark}", one.package, one.req, one.kind)
        });
        all.collect()
    }

    const EXPECTED: [&str; 4] = [
        "root: member = * normal any !",
        "root: pmcp = ^0 dev cfg(unix)",
        "root: rmcp = >=0.8 normal any",
        "root: mcp = * normal any !",
    ];

    #[test]
    fn cargo_tells_what_the_manifest_means() {
        let folder = crates();
        let found = cross_check(&folder.path().join("Cargo.toml")).unwrap();
        assert_eq!(shown(&found), EXPECTED);
        assert!(!folder.path().join("Cargo.lock").exists());
    }

    /// A repository that would run its own program in the compiler's place, under a toolchain that does not exist, with
    /// a configuration that cargo refuses as soon as it reads it.
    #[test]
    fn the_repository_configures_nothing() {
        let folder = crates();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at(".cargo")).unwrap();
        let trap = at("trap.sh");
        std::fs::write(&trap, format!("#!/bin/sh\ntouch '{}'\n", at("ran").display())).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&trap, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        std::fs::write(
            at(".cargo/config.toml"),
            format!("[build]\nrustc = '{0}'\nrustc-wrapper = '{0}'\n[alias]\nmetadata = \"run\"\n[\n", trap.display()),
        )
        .unwrap();
        std::fs::write(at("rust-toolchain.toml"), "[toolchain]\nchannel = \"nightly-1999-01-01\"\n").unwrap();
        // As a user would run it: `cargo test` itself has already chosen a toolchain and a cargo by environment.
        let as_a_user = |command: &mut Command| {
            let mut fresh = Command::new("cargo");
            fresh.args(command.get_args());
            if let Some(folder) = command.get_current_dir() {
                fresh.current_dir(folder);
            }
            fresh.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
            *command = fresh;
        };
        let found = run(&at("Cargo.toml"), TIME_LIMIT, &as_a_user).unwrap();
        assert_eq!(shown(&found), EXPECTED);
        assert!(!at("ran").exists() && !at("Cargo.lock").exists());
    }

    #[test]
    fn trouble_is_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = folder.path().join("Cargo.toml");
        assert!(cross_check(&manifest).unwrap_err().contains("cannot find"));
        std::fs::write(&manifest, "[package]\nname = 3\n").unwrap();
        assert!(cross_check(&manifest).unwrap_err().contains("refused"));
        std::fs::create_dir(folder.path().join(".cargo")).unwrap();
        std::fs::write(folder.path().join(".cargo/config.toml"), "").unwrap();
        assert!(refuse_foreign_configuration(&folder.path().join("below")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_child_that_hangs_is_ended() {
        let mut command = Command::new("sleep");
        command.arg("60");
        let started = std::time::Instant::now();
        assert!(bounded_output(&mut command, Duration::from_millis(50)).unwrap_err().contains("longer"));
        assert!(started.elapsed() < Duration::from_secs(30));
    }
}
