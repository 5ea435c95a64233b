//! Which tracked files hold changes that nobody has committed, so that ours could not be told from them. The one question for
//! which git has to look at the working tree: the filters that the configuration names are switched off for it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::run::{line, run};
use crate::source::folder_of;

/// The tracked files around `paths` with changes that are not committed, as git names them, at most `most`; none where
/// there is no repository, or no git.
///
/// # Errors
/// A configuration under which git cannot be asked safely.
pub fn changes(paths: &[PathBuf], most: usize) -> Result<Vec<String>, String> {
    let mut found: Vec<String> = Vec::new();
    for path in paths {
        let folder = if path.is_dir() { path } else { folder_of(path) };
        for line in changed(folder)? {
            if found.len() < most && !found.contains(&line) {
                found.push(line);
            }
        }
    }
    Ok(found)
}

/// What `git status` says of the repository around `folder`; nothing where there is none.
fn changed(folder: &Path) -> Result<Vec<String>, String> {
    // No git, no repository: nothing that could be mixed up.
    let Ok(Ok(top)) = line(folder, &["rev-parse", "--show-toplevel"]) else { return Ok(Vec::new()) };
    let mut arguments = without_filters(folder)?;
    let status = ["status", "--porcelain", "-z", "--untracked-files=no", "--ignore-submodules=all", "--no-renames"];
    arguments.extend(status.map(str::to_owned));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let status = run(folder, &arguments, None)?.map_err(|said| format!("git says: {said}"))?;
    let status = String::from_utf8_lossy(&status);
    let changed: Vec<&str> = status.split('\0').filter_map(|entry| entry.get(3..)).collect();
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let large = large(Path::new(&top), &changed);
    Ok(changed.into_iter().filter(|path| !large.contains(*path)).map(str::to_owned).collect())
}

/// Settings that put nothing in the place of every program which the configuration has for cleaning files.
fn without_filters(folder: &Path) -> Result<Vec<String>, String> {
    // Git also ends with an error where there is no filter.
    let asked = run(folder, &["config", "--null", "--name-only", "--get-regexp", "^filter\\."], None)?;
    let keys = asked.unwrap_or_default();
    let mut settings = Vec::new();
    for key in keys.split(|byte| *byte == 0).filter(|key| !key.is_empty()) {
        let key = std::str::from_utf8(key).ok().filter(|key| !key.contains('='));
        let Some(key) = key else {
            return Err("the name of a filter in git's configuration is not one that can be switched off".to_owned());
        };
        let value = if key.ends_with(".required") { "false" } else { "" };
        settings.extend(["-c".to_owned(), format!("{key}={value}")]);
    }
    Ok(settings)
}

/// Those of `paths`, told from the top of the repository, that Git LFS keeps. Without its filter they may look changed when they are not, and they are data, not
/// text that is rewritten.
fn large(top: &Path, paths: &[&str]) -> BTreeSet<String> {
    let asked = run(top, &["check-attr", "-z", "--stdin", "filter"], Some(paths.join("\0").into_bytes()));
    let Ok(Ok(answer)) = asked else { return BTreeSet::new() };
    let answer = String::from_utf8_lossy(&answer);
    let fields: Vec<&str> = answer.split('\0').collect();
    fields.chunks_exact(3).filter(|field| field[2] == "lfs").map(|field| field[0].to_owned()).collect()
}
