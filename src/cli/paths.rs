//! Paths as people write them, and numbers as they say them.

use std::path::{Path, PathBuf};

/// `1 fix`, `2 fixes`.
pub(super) fn several(number: usize, what: &str) -> String {
    match (number, what.ends_with('x')) {
        (1, _) => format!("1 {what}"),
        (_, true) => format!("{number} {what}es"),
        (_, false) => format!("{number} {what}s"),
    }
}

/// An absolute path below the working folder as people write it from there; patches need that too.
pub(super) fn relative(path: &Path) -> PathBuf {
    let below = std::env::current_dir().ok().and_then(|folder| path.strip_prefix(folder).ok().map(Path::to_owned));
    match below {
        Some(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Some(below) => below,
        None => path.to_owned(),
    }
}
