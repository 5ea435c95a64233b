//! The two virtual environments that examples run in, and a folder of packages beside them: made once, from committed
//! lists of exact versions, and kept in the target folder until a list or the interpreter changes. Tests that need them at
//! the same time wait for one another.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, io, thread};

/// The interpreters of the two environments.
pub(crate) struct Environments {
    /// Has mcp 1.30.0.
    pub(crate) older: PathBuf,
    /// Has mcp 2.3.0.
    pub(crate) newer: PathBuf,
    /// A folder of packages that neither SDK needs and that programs for either may: to be put on the import path.
    pub(crate) beside: PathBuf,
}

const LISTS: [(&str, &str); 2] = [("v1", include_str!("v1.txt")), ("v2", include_str!("v2.txt"))];
const BESIDE: &str = include_str!("beside.txt");
const UV: &str = include_str!("uv.txt");

/// Finds or makes both environments.
///
/// # Errors
/// What went wrong and what to do about it, for a person to read.
pub(crate) fn environments() -> Result<Environments, String> {
    let base = base_interpreter()?;
    let (folder, _lock) = place("lock")?;
    let [older, newer] = thread::scope(|scope| {
        let (folder, base) = (&folder, &base);
        LISTS
            .map(|(name, list)| scope.spawn(move || environment(folder, base, (name, list), "import mcp")))
            .map(|made| made.join().unwrap_or_else(|_| Err("the thread that makes an environment panicked".to_owned())))
    });
    let (older, newer) = (older?, newer?);
    let beside = beside(&folder, &base, &newer)?;
    Ok(Environments { older, newer, beside })
}

/// The interpreter of an environment of its own, which `list` fills and `proof` shows to work; `None` where it would have
/// to be made and must not.
///
/// # Errors
/// As [`environments`].
pub(crate) fn apart(name: &str, list: &str, proof: &str, make: bool) -> Result<Option<PathBuf>, String> {
    let base = base_interpreter()?;
    let (folder, _lock) = place(&format!("lock-{name}"))?;
    if !make && !named(&folder, name, list, &base).join("ready").exists() {
        return Ok(None);
    }
    environment(&folder, &base, (name, list), proof).map(Some)
}

/// The folder of all environments, which `lock` keeps others from for as long as it lives.
fn place(lock: &str) -> Result<(PathBuf, File), String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("sdk");
    let failed = |error: io::Error| unprepared(&folder, &error);
    fs::create_dir_all(&folder).map_err(failed)?;
    let lock = File::create(folder.join(lock)).map_err(failed)?;
    lock.lock().map_err(failed)?;
    Ok((folder, lock))
}

/// The folder of packages for programs on either SDK.
fn beside(folder: &Path, base: &Base, python: &Path) -> Result<PathBuf, String> {
    let home = named(folder, "beside", BESIDE, base);
    if home.join("ready").exists() {
        return Ok(home);
    }
    let wanted = cleared(&home, BESIDE)?;
    // What these need is in both environments, at versions that are not theirs to choose.
    run(plain(python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--target"])
        .arg(&home)
        .arg("--requirement")
        .arg(&wanted))?;
    fs::write(home.join("ready"), &base.identity).map_err(|error| unprepared(&home, &error))?;
    Ok(home)
}

/// Where what a list asks for stands, a place for each list and interpreter.
fn named(folder: &Path, name: &str, list: &str, base: &Base) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    (list, &base.identity).hash(&mut hasher);
    folder.join(format!("{name}-{:016x}", hasher.finish()))
}

/// Makes `home` a folder that holds `list` alone, and returns the list's path.
fn cleared(home: &Path, list: &str) -> Result<PathBuf, String> {
    let wanted = home.with_extension("txt");
    let made = || -> io::Result<()> {
        if home.exists() {
            fs::remove_dir_all(home)?;
        }
        fs::write(&wanted, list)
    };
    made().map(|()| wanted.clone()).map_err(|error| unprepared(home, &error))
}

fn unprepared(folder: &Path, error: &io::Error) -> String {
    format!("failed to prepare {}: {error}", folder.display())
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
fn environment(folder: &Path, base: &Base, (name, list): (&str, &str), proof: &str) -> Result<PathBuf, String> {
    let home = named(folder, name, list, base);
    let python = home.join("bin/python");
    if home.join("ready").exists() && run(plain(&python).args(["-c", proof])).is_ok() {
        return Ok(python);
    }
    let wanted = cleared(&home, list)?;
    run(plain(&base.program).args(["-m", "venv"]).arg(&home)).map_err(|error| {
        format!("{error}\non Debian and Ubuntu, `apt-get install python3-venv` adds what is missing")
    })?;
    run(plain(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--requirement"])
        .arg(&wanted))?;
    fs::write(home.join("ready"), &base.identity).map_err(|error| unprepared(&home, &error))?;
    Ok(python)
}

/// uv from the index, in an environment of its own.
///
/// # Errors
/// As [`environments`].
pub(crate) fn uv() -> Result<PathBuf, String> {
    let base = base_interpreter()?;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("sdk");
    let failed = |error: io::Error| unprepared(&folder, &error);
    fs::create_dir_all(&folder).map_err(failed)?;
    let lock = File::create(folder.join("uv-lock")).map_err(failed)?;
    lock.lock().map_err(failed)?;
    let home = named(&folder, "uv", UV, &base);
    let program = home.join("bin/uv");
    if home.join("ready").exists() && run(plain(&program).arg("--version")).is_ok() {
        return Ok(program);
    }
    let wanted = cleared(&home, UV)?;
    run(plain(&base.program).args(["-m", "venv"]).arg(&home))?;
    run(plain(home.join("bin/python"))
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--requirement"])
        .arg(&wanted))?;
    fs::write(home.join("ready"), &base.identity).map_err(|error| unprepared(&home, &error))?;
    Ok(program)
}

/// A command that the caller's own Python settings do not reach.
pub(crate) fn plain(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PYTHON")) {
        command.env_remove(name);
    }
    // Sets print in the same order on both majors, so that what differs is the SDK's doing.
    command.env("PYTHONHASHSEED", "0").env("PYTHONUTF8", "1");
    command
}

/// What a command prints, or the end of what it said when it failed.
pub(crate) fn run(command: &mut Command) -> Result<String, String> {
    let shown = format!("{command:?}");
    let shown = shown.rsplit_once("PYTHONUTF8=\"1\" ").map_or(shown.as_str(), |(_, rest)| rest);
    let output = command.output().map_err(|error| format!("failed to start {shown}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("{shown} failed ({}):\n{}", output.status, super::tail(&said, 15)))
}
