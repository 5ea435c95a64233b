//! The streams: colours only where they are wanted, a closed pipe is no error, and nothing else prints.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::Context;
use clap::ValueEnum;

use crate::fix;
use crate::source::folder_of;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal that takes them, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How to print an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For programs; the README describes its shape.
    Json,
}

impl Color {
    /// Whether standard output gets colours.
    pub(super) fn is_on(self) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
        }
    }
}

/// Writes the answer.
pub(super) fn answer(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Makes the file that an option names, with the folders above it, or replaces the one that is there.
///
/// # Errors
/// A path that names no file, or whatever kept the file from being written.
pub(super) fn create(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let file = path.file_name().and_then(|name| name.to_str()).context("it is not the name of a file")?;
    Ok(fix::create(folder_of(path), file, bytes)?)
}

/// Says something beside the answer.
pub(super) fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Says why nothing came of it.
pub(super) fn error(text: &str) {
    remark(&format!("error: {}", crate::report::escaped(text)));
}

/// The columns to fill: those of the terminal, or a width that reads well in a log.
pub(super) fn width() -> usize {
    const LOG: usize = 120;
    if !io::stdout().is_terminal() {
        return LOG;
    }
    comfy_table::Table::new().width().map_or(LOG, usize::from).max(60)
}

/// Whether somebody closed the pipe we print to, as `head` does.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe))
}
