//! Rule files of users: read, held to the schema, and only used when their own examples behave.

use std::path::{Path, PathBuf};

use crate::prove::prove;
use crate::rule::{self, Rules};

/// More than anybody writes; a folder with more is another folder than was meant.
const MAX_FILES: usize = 2_000;

/// A rule file is a page or two.
const MAX_BYTES: u64 = 1 << 20;

/// The program's rules and those in `folders`, whose examples were run.
///
/// # Errors
/// The first file that cannot be read or is no rule, or the first example that does not behave, with file and line.
pub(super) fn with(folders: &[PathBuf]) -> anyhow::Result<Rules> {
    let embedded = rule::embedded().map_err(anyhow::Error::msg)?;
    if folders.is_empty() {
        return Ok(embedded);
    }
    let known: Vec<String> = embedded.iter().map(|rule| rule.id.clone()).collect();
    let rules = loaded(folders)?;
    for rule in rules.iter().filter(|rule| !known.contains(&rule.id)) {
        prove(rule, &rules).map_err(|(example, problem)| {
            anyhow::anyhow!("{}: {}: {problem}", rules.place(&rule.id, example), rule.id)
        })?;
    }
    Ok(rules)
}

/// The same without running examples.
pub(super) fn loaded(folders: &[PathBuf]) -> anyhow::Result<Rules> {
    let mut files = Vec::new();
    for folder in folders {
        collect(folder, &mut files)?;
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    rule::embedded().and_then(|rules| rules.with(&files)).map_err(anyhow::Error::msg)
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) -> anyhow::Result<()> {
    let cannot = |error: std::io::Error, path: &Path| anyhow::anyhow!("cannot read `{}`: {error}", path.display());
    let entries = std::fs::read_dir(folder).map_err(|error| cannot(error, folder))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let metadata = std::fs::symlink_metadata(&path).map_err(|error| cannot(error, &path))?;
        if metadata.is_dir() {
            collect(&path, files)?;
        } else if metadata.is_file() && path.extension().is_some_and(|ending| ending == "toml") {
            anyhow::ensure!(metadata.len() <= MAX_BYTES, "`{}` is too large for a rule", path.display());
            anyhow::ensure!(files.len() < MAX_FILES, "`{}` holds too many files for rules", folder.display());
            let text = std::fs::read_to_string(&path).map_err(|error| cannot(error, &path))?;
            files.push((path.display().to_string(), text));
        }
    }
    Ok(())
}
