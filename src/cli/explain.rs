//! `mcp-audit explain RULE`: what the rule file says, for people.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{output, own};
use crate::finding::Fails;
use crate::rule::Rule;

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
        let rules = own::loaded(&self.rules)?;
        let Some(rule) = rules.get(&self.rule) else {
            anyhow::bail!("there is no rule `{}`; `mcp-audit rules` lists them", self.rule);
        };
        output::answer(text(rule).as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}

fn text(rule: &Rule) -> String {
    let mut out = format!("{} {}\n\n{}\n\n", rule.id, rule.name, rule.summary);
    let fails = match rule.fails {
        Fails::Silent => "SILENT: it imports, runs, and means something else".to_owned(),
        Fails::Never => "breaks nothing".to_owned(),
        fails => format!("fails: {}", fails.name()),
    };
    let fix = if rule.offers().is_empty() { String::new() } else { format!(", fix: {}", rule.fix_word()) };
    let _ = writeln!(out, "severity: {}{fix}, {fails}\n\n{}", rule.severity, rule.explanation.trim());
    if let Some(guide) = &rule.guide {
        let _ = writeln!(out, "\nIn the SDK's migration guide: #{guide}");
    }
    for example in &rule.examples {
        let (title, body) = match (&example.before, &example.untouched) {
            (Some(before), _) => ("found in", before),
            (None, Some(untouched)) => ("nothing found in", untouched),
            (None, None) => continue,
        };
        let ends = example.fails_with.as_ref().map(|error| format!(" (on mcp 2: {error})")).unwrap_or_default();
        let _ = write!(out, "\n{title} {}{ends}:\n\n{}", example.path, indented(body));
        if let Some(after) = &example.after {
            let _ = write!(out, "\nafter the fix:\n\n{}", indented(after));
        }
    }
    out
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}
