//! Runs git with everything switched off by which a repository could make it run something else.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::process::{self, Failure};

/// Reading objects takes milliseconds, on a slow disk seconds.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// More than the files with findings hold together, in bytes.
const OUTPUT_LIMIT: u64 = 512 << 20;

/// Runs git with `arguments` in `folder`, with `input` on its standard input: what it printed, or, inside, what it complained
/// about.
///
/// # Errors
/// Git cannot be run, or takes too much.
pub(super) fn run(
    folder: &Path,
    arguments: &[&str],
    input: Option<Vec<u8>>,
) -> Result<Result<Vec<u8>, String>, String> {
    let mut command = Command::new("git");
    command.current_dir(folder);
    command.args(["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]);
    command.args(arguments);
    // Set by git for its hooks, these speak of another folder than the one that is asked about.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF"] {
        command.env_remove(name);
    }
    for (name, value) in [
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_NO_LAZY_FETCH", "1"),
        // No protocol has this name, so nothing is fetched by older versions either.
        ("GIT_ALLOW_PROTOCOL", "none"),
        ("GIT_NO_REPLACE_OBJECTS", "1"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("LC_ALL", "C"),
    ] {
        command.env(name, value);
    }
    match process::answered(&mut command, input, TIME_LIMIT, OUTPUT_LIMIT) {
        Ok(printed) => Ok(Ok(printed)),
        Err(Failure::NotRun(why)) => Err(format!("git {why}")),
        Err(refused) => Ok(Err(refused.line().to_owned())),
    }
}

/// The same for an answer of one line.
///
/// # Errors
/// As [`run`].
pub(super) fn line(folder: &Path, arguments: &[&str]) -> Result<Result<String, String>, String> {
    let text = |printed: Vec<u8>| {
        let text = String::from_utf8(printed).map_err(|_| "it printed something that is not UTF-8".to_owned())?;
        Ok(text.lines().next().unwrap_or_default().to_owned())
    };
    Ok(run(folder, arguments, None)?.and_then(text))
}
