//! `mcp-audit explain RULE`: what the rule file says, for people.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::output;
use crate::{config, report};

/// Explain a rule: what happens, why, what the fix does, with the rule's own examples.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The rule's identifier (DEP001) or name (missing-upper-bound).
    rule: String,
    /// Also look in the rule files of this folder; may be given several times.
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
}

impl Explain {
    pub(super) fn run(self, _color: output::Color) -> anyhow::Result<ExitCode> {
        let rules = config::rules_with(&self.rules).map_err(anyhow::Error::msg)?;
        let Some(rule) = rules.get(&self.rule) else {
            anyhow::bail!("there is no rule `{}`; `mcp-audit rules` lists them", self.rule);
        };
        output::answer(report::explanation::text(rule).as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}
