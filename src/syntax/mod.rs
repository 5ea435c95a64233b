//! The syntaxes that many formats share, read so that every value knows the bytes it came from.
//!
//! Each file turns one syntax into values with [`crate::source::Fragment`]s; none of them knows what a dependency is.

mod escape;
pub mod ini;
pub mod json;
pub mod shell;
pub mod toml;
pub mod yaml;

/// A file that is not what its name says, as `(byte offset, what is wrong)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where the reader gave up, in bytes of the file.
    pub offset: usize,
    /// One line, without the source: that is shown by whoever prints it.
    pub message: String,
}
