//! What a survey of dependents says, and one file per way to print it. A printer is a pure function of the survey; what
//! came from a source is escaped, for whoever uploads a package chooses its version and its requirements.

mod chart;
pub mod csv;
pub mod html;
pub mod json;
pub mod ndjson;
pub mod text;
mod words;

/// How the text is shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Whether to use colours.
    pub color: bool,
    /// The width of the terminal, in columns.
    pub width: usize,
    /// How many of the heaviest exposed packages.
    pub top: usize,
}
