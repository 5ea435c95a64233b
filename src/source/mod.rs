//! Discovering, reading and classifying the files of a tree. Nothing is followed out of the root, every input is
//! bounded, and a file that cannot be read is a [`Note`], never an error.

mod discover;
mod file;
mod fragment;
mod globs;
mod span;

pub use discover::{CodeFile, Found, Interest, Limits, Tree, discover, is_in_skipped_folder, mentions, read_code};
pub use file::{Encoding, SourceFile};
pub use fragment::{Decoding, Fragment};
pub use globs::{Globs, below, folder_of};
pub use span::{LineIndex, Position, Span, line_end, line_start, next_line};

use serde::Serialize;

/// Something that kept a file, or a part of it, from being checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    /// The file, as shown.
    pub path: String,
    /// Where in the file, when that is known.
    pub position: Option<Position>,
    /// What was wrong and what it means for the answer.
    pub message: String,
}

impl Note {
    /// A note about a whole file.
    pub fn file(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), position: None, message: message.into() }
    }

    /// A note about one place in `file`.
    pub fn at(file: &SourceFile, offset: usize, message: impl Into<String>) -> Self {
        Self { path: file.path().to_owned(), position: Some(file.position(offset)), message: message.into() }
    }
}
