//! Rule files of users: read, held to the schema, and only used when their own examples behave.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::prove::prove;
use crate::rule::{self, Rules};

/// More than anybody writes; a folder with more is another folder than was meant.
const MAX_FILES: usize = 2_000;

/// A rule file is a page or two.
const MAX_BYTES: u64 = 1 << 20;

/// All of them together are no more than a book.
const MAX_ALL_BYTES: u64 = 32 << 20;

/// A rule file: its path and its text.
type Text = (String, String);

/// The rules whose examples were run last, so that whoever asks again and again waits for them once.
#[derive(Debug, Default)]
pub(super) struct Proven(Mutex<Option<(Vec<Text>, Rules)>>);

impl Proven {
    /// The program's rules and those in `folders`, whose examples behave.
    ///
    /// # Errors
    /// The first file that cannot be read or is no rule, or the first example that does not behave, with file and line.
    pub(super) fn with(&self, folders: &[PathBuf]) -> Result<Rules, String> {
        let files = read(folders)?;
        if files.is_empty() {
            return rule::embedded();
        }
        // What is kept is whole at any time.
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, rules)) = last.as_ref().filter(|(known, _)| *known == files) {
            return Ok(rules.clone());
        }
        let known = rule::embedded()?;
        let rules = added(&files)?;
        for rule in rules.iter().filter(|rule| known.get(&rule.id).is_none_or(|known| known.id != rule.id)) {
            prove(rule, &rules)
                .map_err(|(example, problem)| format!("{}: {}: {problem}", rules.place(&rule.id, example), rule.id))?;
        }
        *last = Some((files, rules.clone()));
        Ok(rules)
    }
}

/// The program's rules and those in `folders`, whose examples were not run.
///
/// # Errors
/// The first file that cannot be read or is no rule, with file and line.
pub fn rules_with(folders: &[PathBuf]) -> Result<Rules, String> {
    added(&read(folders)?)
}

fn added(files: &[Text]) -> Result<Rules, String> {
    if files.is_empty() {
        return rule::embedded();
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    rule::embedded().and_then(|rules| rules.with(&files))
}

fn read(folders: &[PathBuf]) -> Result<Vec<Text>, String> {
    let (mut files, mut room) = (Vec::new(), MAX_ALL_BYTES);
    for folder in folders {
        collect(folder, &mut files, &mut room)?;
    }
    Ok(files)
}

/// Reads what lies below `folder`, of at most `room` bytes. No link is followed.
fn collect(folder: &Path, files: &mut Vec<Text>, room: &mut u64) -> Result<(), String> {
    let cannot = |error: std::io::Error, path: &Path| format!("cannot read `{}`: {error}", path.display());
    let entries = std::fs::read_dir(folder).map_err(|error| cannot(error, folder))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let metadata = std::fs::symlink_metadata(&path).map_err(|error| cannot(error, &path))?;
        if metadata.is_dir() {
            collect(&path, files, room)?;
        } else if metadata.is_file() && path.extension().is_some_and(|ending| ending == "toml") {
            if metadata.len() > MAX_BYTES {
                return Err(format!("`{}` is too large for a rule", path.display()));
            }
            if files.len() >= MAX_FILES || metadata.len() > *room {
                return Err(format!("`{}` holds too much for rules", folder.display()));
            }
            *room -= metadata.len();
            let text = std::fs::read_to_string(&path).map_err(|error| cannot(error, &path))?;
            files.push((path.display().to_string(), text));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_text_than_a_book_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.toml"), "x".repeat(20)).unwrap();
        std::fs::write(folder.path().join("b.toml"), "x".repeat(20)).unwrap();
        let read = |mut room| {
            let mut files = Vec::new();
            collect(folder.path(), &mut files, &mut room).map(|()| files.len())
        };
        assert_eq!(read(40), Ok(2));
        assert!(read(39).unwrap_err().contains("holds too much"));
    }
}
