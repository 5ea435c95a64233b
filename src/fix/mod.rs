//! The one engine that makes new text: edits are located elsewhere, applied here, verified here, written here.

mod apply;
mod carry;
mod declare;
mod pin;
mod verify;
mod write;

use serde::{Deserialize, Serialize};

use crate::source::Span;
pub use apply::{Chosen, Trail, apply, diff};
pub use carry::carried;
pub use declare::declare;
pub use pin::{Options as PinOptions, cap, launch, replace_specifier};
pub use verify::verify;
pub use write::{create, write};

/// How far a fix may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Shown only; a person decides.
    Manual,
    /// Applied with `--unsafe-fixes`: right in most cases, but it changes more than was asked or rests on a guess.
    Unsafe,
    /// Applied with `--fix`: changes nothing but what was asked.
    Safe,
}

/// One replacement of bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The file, as shown.
    pub path: String,
    /// The bytes that go; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub content: String,
}

/// Edits that stand or fall together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does, as the end of "fix: ".
    pub title: String,
    /// How far it may be trusted.
    pub applicability: Applicability,
    /// The edits, by file, ascending and apart. Most fixes are of one file.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// How many bytes its longest rewritten place has. Of two fixes that touch, the one with the smaller extent is made first: the
    /// other copies what stands in its own. What is only deleted copies nothing, and does not count.
    pub fn extent(&self) -> usize {
        let rewritten = self.edits.iter().filter(|edit| !edit.content.is_empty());
        rewritten.map(|edit| edit.span.end - edit.span.start).max().unwrap_or_default()
    }
}
