//! `mcp-audit explain RULE`: what the rule file says, for people.

use std::fmt::Write;
use std::process::ExitCode;

use clap::Args;

use super::output;
use crate::rule::{self, Rule};

/// Explain a rule: what happens, why, what the fix does, with the rule's own examples.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The rule's identifier (DEP001) or name (missing-upper-bound).
    rule: String,
}

impl Explain {
    pub(super) fn run(self, _color: output::Color) -> anyhow::Result<ExitCode> {
        let rules = rule::embedded().map_err(anyhow::Error::msg)?;
        let Some(rule) = rules.get(&self.rule) else {
            anyhow::bail!("there is no rule `{}`; `mcp-audit rules` lists them", self.rule);
        };
        output::answer(text(rule).as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}

fn text(rule: &Rule) -> String {
    let mut out = format!("{} {}\n\n{}\n\n", rule.id, rule.name, rule.summary);
    let fails = format!("{:?}", rule.fails).to_lowercase();
    let _ = writeln!(out, "severity: {}, fails: {fails}\n\n{}", rule.severity, rule.explanation.trim());
    for example in &rule.examples {
        let (title, body) = match (&example.before, &example.untouched) {
            (Some(before), _) => ("found in", before),
            (None, Some(untouched)) => ("nothing found in", untouched),
            (None, None) => continue,
        };
        let _ = write!(out, "\n{title} {}:\n\n{}", example.path, indented(body));
        if let Some(after) = &example.after {
            let _ = write!(out, "\nafter the fix:\n\n{}", indented(after));
        }
    }
    out
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}
