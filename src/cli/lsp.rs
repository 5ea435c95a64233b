//! `mcp-audit lsp`: findings and fixes in editors.

use std::process::ExitCode;

use clap::Args;

use super::filters::Filters;
use super::output;
use crate::lsp;

/// Show findings and fixes in an editor: a language server over standard input and output.
///
/// Checks the workspace folders with the text as it stands in the editor, saved or not, and publishes what it finds in open
/// files. Offers a quick fix for each finding that has one, `source.fixAll.mcp-audit` for the safe ones of a file, and
/// explains rules on hover. Each check reads the configuration of its folder; one that is wrong is told, and the folder
/// checked without it. Writes, executes and imports nothing: edits are the editor's.
///
/// Exit codes: 0 after a shutdown, 1 when the editor left without one, 2 when it did not speak the protocol.
#[derive(Debug, Args)]
pub(super) struct Lsp {
    #[command(flatten)]
    filters: Filters,
    /// What there is in any case; some editors say it to every server.
    #[arg(long, hide = true)]
    stdio: bool,
}

impl Lsp {
    pub(super) fn run(self, _color: output::Color) -> anyhow::Result<ExitCode> {
        let given = self.filters.given(None).from_here()?;
        let said_goodbye = lsp::run(given).map_err(anyhow::Error::msg)?;
        Ok(if said_goodbye { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}
