//! `mcp-audit plan`: the inventory and the checklist of a migration, on paper.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::filters::Filters;
use super::paths::relative;
use super::{output, progress};
use crate::config::Settled;
use crate::plan;
use crate::report::plan as report;

/// Write the inventory and the checklist of moving files and folders to mcp 2.
///
/// Lists which versions are declared, locked and installed, what the code makes, serves, calls and declares, what of the
/// revision 2026-07-28 it is ready for, and everything that a scan finds, what breaks first in front, with the command that
/// mends it. Changes nothing, and executes and imports nothing of what it reads. There is no `--baseline`: what one puts off
/// is what a plan is for.
///
/// Exit codes: 0 the plan was written, 2 a usage or I/O error.
#[derive(Debug, Args)]
pub(super) struct Plan {
    /// Files or folders to plan for.
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write the plan.
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
    /// Write it to this file instead of printing it.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    filters: Filters,
    /// Plan for this release of the Python SDK instead of the one that this program carries.
    #[arg(long, value_name = "VERSION")]
    target: Option<String>,
    /// Also read what .gitignore and .ignore files exclude.
    #[arg(long)]
    no_ignore: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A checklist to work off.
    Markdown,
    /// One page that needs nothing else.
    Html,
    /// For programs.
    Json,
}

impl Plan {
    pub(super) fn run(self, _color: output::Color) -> anyhow::Result<ExitCode> {
        let paths: Vec<PathBuf> = self.paths.iter().map(|path| relative(path)).collect();
        let Settled { rules, mut options, .. } = self.filters.settled(paths, self.target.as_ref())?;
        options.limits.respect_ignore_files = !self.no_ignore;
        let made = progress::counted(true, |seen| plan(&options, &rules, seen));
        let made = made.map_err(|error| anyhow::anyhow!("failed to plan: {error}"))?;
        let text = match self.format {
            Format::Markdown => report::markdown::render(&made),
            Format::Html => report::html::render(&made),
            Format::Json => report::json::render(&made)?,
        };
        match &self.output {
            None => output::answer(text.as_bytes())?,
            Some(path) => output::create(path, text.as_bytes())
                .with_context(|| format!("failed to write `{}`", path.display()))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
