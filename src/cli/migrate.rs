//! `mcp-audit migrate`: code and pins on the newest major, with the proof and the list of what is left.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, ValueEnum};

use super::filters::Filters;
use super::paths::{relative, several};
use super::{output, progress};
use crate::config::Settled;
use crate::fix::{self, Applicability};
use crate::git;
use crate::migrate::{Migration, Options};
use crate::report::migration as report;
use crate::rule::HandlerStyle;

/// How many changed files are named when a repository is refused.
const NAMED: usize = 3;

/// Rewrite code and pins from mcp 1 to mcp 2, and from older releases of rmcp to the newest, and list what is left.
///
/// Makes the fixes that change nothing but what was asked; `--unsafe-fixes` makes those too that are right in most cases. What
/// was written is checked against the newer API before any file is touched: a fix that does not hold is not made. Pins move
/// where the code has moved. Executes and imports nothing of what it reads.
///
/// Exit codes: 0 nothing is left for a person, 1 something is, 2 a usage or I/O error.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// Files or folders to migrate.
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print what would change as a patch for `git apply` instead of writing it.
    #[arg(long)]
    diff: bool,
    /// Make fixes too that are right in most cases, and so want a look.
    #[arg(long)]
    unsafe_fixes: bool,
    /// How handlers of the lowlevel `Server` are registered.
    #[arg(long, value_enum, default_value_t = Style::Register)]
    style: Style,
    /// Leave a comment such as `# mcp-audit: PY123 …` above each place that needs a person.
    #[arg(long)]
    mark: bool,
    /// Write into a git repository that has uncommitted changes.
    #[arg(long)]
    allow_dirty: bool,
    /// How to print what was done and what is left.
    #[arg(long, value_enum, default_value_t = output::Format::Text)]
    format: output::Format,
    /// Print nothing but errors and the patch.
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Print every place that was fixed, and every remark.
    #[arg(long, short)]
    verbose: bool,
    #[command(flatten)]
    filters: Filters,
    /// Migrate to this release of the Python SDK instead of the one that this program carries.
    #[arg(long, value_name = "VERSION")]
    target: Option<String>,
    /// Also migrate what .gitignore and .ignore files exclude.
    #[arg(long)]
    no_ignore: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Style {
    /// Where the decorator stood, with `add_request_handler`.
    Register,
    /// As arguments of the constructor, where the server can be made below its handlers; as above elsewhere.
    Constructor,
}

impl Migrate {
    pub(super) fn run(self, color: output::Color) -> anyhow::Result<ExitCode> {
        let paths: Vec<PathBuf> = self.paths.iter().map(|path| relative(path)).collect();
        let Settled { mut rules, mut options, .. } = self.filters.settled(paths, self.target.as_ref())?;
        options.limits.respect_ignore_files = !self.no_ignore;
        rules.handler_style = match self.style {
            Style::Register => HandlerStyle::Register,
            Style::Constructor => HandlerStyle::Constructor,
        };
        if !self.diff && !self.allow_dirty {
            self.refuse_changes(&options.paths)?;
        }
        let least = if self.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
        let how = Options { least, mark: self.mark };
        let made = progress::counted(!self.quiet, |seen| crate::migrate(&options, &rules, how, seen));
        let made = made.map_err(|error| anyhow::anyhow!("failed to migrate: {error}"))?;
        if self.diff {
            self.print_patch(&made)?;
        } else {
            write(&made)?;
        }
        self.print(&made, color)?;
        Ok(if report::is_done(&made) { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    /// Changes of ours among changes of yours could be neither looked at nor taken back.
    fn refuse_changes(&self, paths: &[PathBuf]) -> anyhow::Result<()> {
        let changes = git::changes(paths, NAMED + 1).map_err(|problem| {
            anyhow::anyhow!("whether all changes are committed cannot be told: {problem}; `--allow-dirty` does not ask")
        })?;
        if changes.is_empty() {
            return Ok(());
        }
        let more = if changes.len() > NAMED { ", …" } else { "" };
        let named: Vec<&str> = changes.iter().take(NAMED).map(String::as_str).collect();
        bail!(
            "the repository has changes that are not committed ({}{more}): commit or stash them, so that what this changes \
             can be told from them; `--diff` only prints, `--allow-dirty` writes all the same",
            named.join(", ")
        );
    }

    fn print_patch(&self, made: &Migration) -> anyhow::Result<()> {
        let mut patch = Vec::new();
        for one in &made.changed {
            patch.extend(fix::diff(&one.path, &one.before, &one.after));
        }
        output::answer(&patch)?;
        Ok(())
    }

    fn print(&self, made: &Migration, color: output::Color) -> anyhow::Result<()> {
        let style = report::Style {
            color: !self.diff && color.is_on(),
            verbose: self.verbose,
            is_written: !self.diff,
            unsafe_fixes: self.unsafe_fixes,
            width: output::width(),
        };
        let text = match self.format {
            output::Format::Json if self.diff => return Ok(()),
            output::Format::Json => report::json(made)?,
            output::Format::Text if self.quiet => return Ok(()),
            output::Format::Text => report::text(made, style),
        };
        if self.diff {
            // The patch alone goes to standard output.
            output::remark(text.trim_end());
        } else {
            output::answer(text.as_bytes())?;
        }
        Ok(())
    }
}

/// Writes every changed file; one that cannot be written keeps no other from it.
fn write(made: &Migration) -> anyhow::Result<()> {
    let mut unwritten = 0;
    for one in &made.changed {
        if let Err(error) = fix::write(&one.location, &one.before, &one.after) {
            output::error(&format!("failed to write `{}`: {error}", one.path));
            unwritten += 1;
        }
    }
    if unwritten > 0 {
        bail!("{} could not be written; the reasons stand above", several(unwritten, "file"));
    }
    Ok(())
}
