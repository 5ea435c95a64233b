//! Patterns for paths, written as in a `.gitignore` and meant from one folder on: `tests/`, `*.ipynb`, `/legacy/**`.

use std::path::{Component, Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// More patterns than anybody writes; each costs time at every path.
const MAX: usize = 1_000;

/// A list of patterns and the folder they are meant from.
#[derive(Debug, Clone)]
pub struct Globs {
    folder: PathBuf,
    set: Gitignore,
}

impl Globs {
    /// The `patterns` as seen from `folder`, which must exist.
    ///
    /// # Errors
    /// The number of the first pattern, from 0, that is none, with why.
    pub fn new<'p>(folder: &Path, patterns: impl IntoIterator<Item = &'p str>) -> Result<Self, (usize, String)> {
        let folder = folder.canonicalize().map_err(|error| (0, format!("`{}`: {error}", folder.display())))?;
        let mut builder = GitignoreBuilder::new("");
        for (index, pattern) in patterns.into_iter().enumerate() {
            let refuse = |problem: &str| Err((index, format!("the pattern `{pattern}` {problem}")));
            let plain = pattern.strip_prefix("./").unwrap_or(pattern);
            if index >= MAX {
                return refuse("is one too many");
            }
            if plain.trim().is_empty() {
                return refuse("matches nothing");
            }
            if plain.starts_with('!') {
                return refuse("begins with `!`: what is taken out cannot be put back in");
            }
            if Path::new(plain).components().any(|part| part == Component::ParentDir) {
                return refuse("leads out of the folder that it is meant from");
            }
            // In a list a pattern is no comment.
            let line = if plain.starts_with('#') { format!("\\{plain}") } else { plain.to_owned() };
            if let Err(error) = builder.add_line(None, &line) {
                return refuse(&format!("is none: {error}"));
            }
        }
        let set = builder.build().map_err(|error| (0, error.to_string()))?;
        Ok(Self { folder, set })
    }

    /// Whether a pattern matches the file or folder at `path` itself, whatever is above it.
    pub fn matches(&self, path: &Path, is_folder: bool) -> bool {
        !self.set.is_empty()
            && self
                .below(path)
                .is_some_and(|below| !below.as_os_str().is_empty() && self.set.matched(&below, is_folder).is_ignore())
    }

    /// Whether a pattern matches the file at `path` or a folder it is in.
    pub fn covers(&self, path: &Path) -> bool {
        !self.set.is_empty()
            && self.below(path).is_some_and(|below| {
                let above = below.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
                self.set.matched(&below, false).is_ignore()
                    || above.into_iter().any(|folder| self.set.matched(folder, true).is_ignore())
            })
    }

    /// `path` as seen from the folder; `None` where it is elsewhere.
    fn below(&self, path: &Path) -> Option<PathBuf> {
        below(&self.folder, path)
    }
}

/// The folder that `path` is in: `.` for a bare name.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// `path` as seen from `folder`, which is absolute and goes through no link; `None` where it is elsewhere.
pub fn below(folder: &Path, path: &Path) -> Option<PathBuf> {
    let is_plain = !path.components().any(|part| part == Component::ParentDir);
    let written = std::path::absolute(path).ok().filter(|_| is_plain);
    if let Some(below) = written.and_then(|path| path.strip_prefix(folder).ok().map(Path::to_owned)) {
        return Some(below);
    }
    path.canonicalize().ok()?.strip_prefix(folder).ok().map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_gitignore_files() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let covers = |pattern: &str, path: &str| Globs::new(&root, [pattern]).unwrap().covers(&root.join(path));
        for (pattern, path) in [
            ("tests/", "tests/a/b.py"),
            ("tests", "sub/tests/b.py"),
            ("*.py", "a/b.py"),
            ("/a/**", "a/b.py"),
            ("./a/*.py", "a/b.py"),
            ("#a", "#a"),
        ] {
            assert!(covers(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [("tests/", "tests"), ("a/*.py", "b/a/c.py"), ("/b.py", "a/b.py")] {
            assert!(!covers(pattern, path), "{pattern} {path}");
        }
        assert!(!Globs::new(&root, ["*"]).unwrap().covers(Path::new("/elsewhere")));
        for pattern in ["!a", "", " ", "../a", "a/../../b", "a{b"] {
            assert_eq!(Globs::new(&root, ["x", pattern]).unwrap_err().0, 1, "{pattern}");
        }
    }
}
