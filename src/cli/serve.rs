//! `mcp-audit serve`: the audit as tools for agents.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::filters::Filters;
use super::output;
use crate::serve::{self, Root};

/// Offer the audit to agents: an MCP server over standard input and output.
///
/// Its tools scan, explain rules, plan a migration and preview it as a diff. They read files below the root folder alone, follow no
/// link out of it, and write, execute and import nothing. Each call reads the configuration of what it is asked about, as
/// far up as the root folder. Speaks the protocol of 2026-07-28 and the handshake of 2025-11-25
/// and before.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The folder that the tools see; nothing outside of it is read.
    #[arg(long, default_value = ".", value_name = "DIR")]
    root: PathBuf,
    #[command(flatten)]
    filters: Filters,
}

impl Serve {
    pub(super) fn run(self, _color: output::Color) -> anyhow::Result<ExitCode> {
        // Before the root is entered: what is named is named from here.
        let given = self.filters.given(None).from_here()?;
        let root = Root::enter(&self.root).with_context(|| format!("cannot serve `{}`", self.root.display()))?;
        serve::run(root, given).map_err(anyhow::Error::msg)?;
        Ok(ExitCode::SUCCESS)
    }
}
