//! `mcp-audit man`: the manual, one page for the program and one for each subcommand, from the definitions that `--help`
//! prints.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Command, CommandFactory};
use roff::{Roff, roman};

use super::paths::several;
use super::{Arguments, output};
use crate::{fix, report};

/// Print a page of the manual as roff, or write all of them.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Man {
    /// The subcommand whose page to print, instead of the program's.
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    of: Option<String>,
    /// Write every page into this folder, as `mcp-audit.1`, `mcp-audit-scan.1` and so on.
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  mcp-audit man scan | man -l -
  mcp-audit man --output ~/.local/share/man/man1      `man mcp-audit-scan` finds it there";

impl Man {
    pub(super) fn run(self, _color: output::Color) -> anyhow::Result<ExitCode> {
        let mut program = Arguments::command().disable_help_subcommand(true);
        program.build();
        let Some(folder) = self.output else {
            let wanted = match &self.of {
                None => Some(&program),
                Some(name) => program.find_subcommand(name),
            };
            let Some(wanted) = wanted else {
                anyhow::bail!("there is no subcommand `{}`", self.of.unwrap_or_default());
            };
            output::answer(&page(wanted)?)?;
            return Ok(ExitCode::SUCCESS);
        };
        let mut written = 0;
        for command in std::iter::once(&program).chain(program.get_subcommands()) {
            let name = format!("{}.1", title(command));
            fix::create(&folder, &name, &page(command)?)
                .with_context(|| format!("failed to write `{name}` in `{}`", folder.display()))?;
            written += 1;
        }
        let shown = folder.display().to_string();
        output::remark(&format!("{} in {}.", several(written, "page"), report::escaped(&shown)));
        Ok(ExitCode::SUCCESS)
    }
}

/// `mcp-audit-scan`: what a subcommand is called in the manual.
fn title(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: &Command) -> anyhow::Result<Vec<u8>> {
    let page = clap_mangen::Man::new(command.clone())
        .title(title(command).to_uppercase())
        .source(concat!("mcp-audit ", env!("CARGO_PKG_VERSION")))
        .manual("mcp-audit");
    let mut text = Vec::new();
    page.render_title(&mut text)?;
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    if command.has_subcommands() {
        page.render_subcommands_section(&mut text)?;
    }
    if let Some(examples) = command.get_after_help() {
        // Shown as they stand: the page's own section would fill the lines.
        let examples = examples.to_string();
        let mut section = Roff::new();
        section.control("SH", ["EXAMPLES"]).control("nf", []);
        section.text([roman(examples.strip_prefix("Examples:\n").unwrap_or(&examples))]).control("fi", []);
        section.to_writer(&mut text)?;
    }
    Ok(text)
}
