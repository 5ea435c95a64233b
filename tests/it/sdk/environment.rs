//! The two virtual environments that examples run in: made once, from committed lists of exact versions, and kept in
//! the target folder until a list or the interpreter changes. Tests that need them at the same time wait for one another.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, io, thread};

/// The interpreters of the two environments.
pub(super) struct Environments {
    /// Has mcp 1.30.0.
    pub(super) older: PathBuf,
    /// Has mcp 2.3.0.
    pub(super) newer: PathBuf,
}

const LISTS: [(&str, &str); 2] = [("v1", include_str!("v1.txt")), ("v2", include_str!("v2.txt"))];

/// Finds or makes both environments.
///
/// # Errors
/// What went wrong and what to do about it, for a person to read.
pub(super) fn environments() -> Result<Environments, String> {
    let base = base_interpreter()?;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("sdk");
    let failed = |error: io::Error| format!("failed to prepare {}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(failed)?;
    let lock = File::create(folder.join("lock")).map_err(failed)?;
    lock.lock().map_err(failed)?;
    let [older, newer] = thread::scope(|scope| {
        let (folder, base) = (&folder, &base);
        LISTS
            .map(|(name, list)| scope.spawn(move || environment(folder, base, name, list)))
            .map(|made| made.join().unwrap_or_else(|_| Err("the thread that makes an environment panicked".to_owned())))
    });
    Ok(Environments { older: older?, newer: newer? })
}

/// The interpreter that environments are made with, and its own account of itself.
struct Base {
    program: String,
    identity: String,
}

fn base_interpreter() -> Result<Base, String> {
    let program = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let question = "import sys; print(sys.version_info >= (3, 10), hasattr(__import__('os'), 'fork'), sys.version, \
                    sys.base_prefix)";
    let identity = run(plain(&program).args(["-c", question])).map_err(|error| {
        format!("no Python that runs ({error}); install Python 3.10 or newer, or name one in PYTHON")
    })?;
    if !identity.starts_with("True True ") {
        return Err(format!("`{program}` is not Python 3.10 or newer on a system that can fork; name one in PYTHON"));
    }
    Ok(Base { program, identity })
}

/// The interpreter of one environment, made if it is not there yet. A half-made one lacks its marker and is made anew:
/// it cannot be made elsewhere and moved, because its scripts and its marker name the folder.
fn environment(folder: &Path, base: &Base, name: &str, list: &str) -> Result<PathBuf, String> {
    let mut hasher = DefaultHasher::new();
    (list, &base.identity).hash(&mut hasher);
    let home = folder.join(format!("{name}-{:016x}", hasher.finish()));
    let python = home.join("bin/python");
    if home.join("ready").exists() && run(plain(&python).args(["-c", "import mcp"])).is_ok() {
        return Ok(python);
    }
    let failed = |error: io::Error| format!("failed to prepare {}: {error}", home.display());
    if home.exists() {
        fs::remove_dir_all(&home).map_err(failed)?;
    }
    run(plain(&base.program).args(["-m", "venv"]).arg(&home)).map_err(|error| {
        format!("{error}\non Debian and Ubuntu, `apt-get install python3-venv` adds what is missing")
    })?;
    let wanted = home.join("requirements.txt");
    fs::write(&wanted, list).map_err(failed)?;
    run(plain(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--requirement"])
        .arg(&wanted))?;
    fs::write(home.join("ready"), &base.identity).map_err(failed)?;
    Ok(python)
}

/// A command that the caller's own Python settings do not reach.
pub(super) fn plain(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PYTHON")) {
        command.env_remove(name);
    }
    // Sets print in the same order on both majors, so that what differs is the SDK's doing.
    command.env("PYTHONHASHSEED", "0").env("PYTHONUTF8", "1");
    command
}

/// What a command prints, or the end of what it said when it failed.
pub(super) fn run(command: &mut Command) -> Result<String, String> {
    let shown = format!("{command:?}");
    let shown = shown.rsplit_once("PYTHONUTF8=\"1\" ").map_or(shown.as_str(), |(_, rest)| rest);
    let output = command.output().map_err(|error| format!("failed to start {shown}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("{shown} failed ({}):\n{}", output.status, super::tail(&said, 15)))
}
