//! Whether a repository holds changes that nobody has committed, so that ours could not be told from them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The tracked files around `paths` with changes that are not committed, as git prints them, at most `most`; none where
/// there is no repository, or no git.
pub(super) fn changes(paths: &[PathBuf], most: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for path in paths {
        let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(Path::new("")) };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let Some(status) = status(folder) else { continue };
        for line in status.split('\0').filter_map(|entry| entry.get(3..)) {
            if found.len() < most && !found.iter().any(|known| known == line) {
                found.push(line.to_owned());
            }
        }
    }
    found
}

/// What `git status` says of the repository around `folder`. Nothing that the repository's configuration names is run.
fn status(folder: &Path) -> Option<String> {
    let arguments: [&OsStr; 11] = [
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "--no-optional-locks",
        "status",
        "--porcelain",
        "-z",
        "--untracked-files=no",
        "--ignore-submodules=all",
        "--no-renames",
    ]
    .map(OsStr::new);
    let output = Command::new("git").current_dir(folder).args(arguments).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
