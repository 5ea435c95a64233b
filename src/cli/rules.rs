//! `mcp-audit rules`: the list of rules, from the rule files themselves.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};

use super::{output, own};
use crate::prove::prove;
use crate::rule;

/// List the rules with their severity and what they find, or check rule files of your own.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Folders with rule files of your own; may be given several times.
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
    /// Run the examples of the rules in --rules, and only say which do not behave.
    #[arg(long, requires = "rules")]
    check: bool,
    /// With --check: only these rules.
    #[arg(value_name = "RULE", requires = "check")]
    only: Vec<String>,
    /// How to print them.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table.
    Text,
    /// One JSON array.
    Json,
    /// A Markdown table, as in the README.
    Markdown,
}

impl List {
    pub(super) fn run(self, _color: output::Color) -> anyhow::Result<ExitCode> {
        if self.check {
            return self.check();
        }
        let rules = own::with(&self.rules)?;
        let text = match self.format {
            Format::Json => {
                let rows: Vec<_> = rules.iter().map(|rule| serde_json::json!({"id": rule.id, "name": rule.name, "severity": rule.severity, "fails": rule.fails, "summary": rule.summary, "fixable": rule.fix.is_some()})).collect();
                serde_json::to_string_pretty(&rows)? + "\n"
            }
            Format::Markdown => markdown(&rules),
            Format::Text => {
                let mut table = Table::new();
                table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
                table.set_width(u16::try_from(output::width()).unwrap_or(u16::MAX)).force_no_tty();
                table.set_header(["rule", "name", "severity", "finds", "fix"]);
                for rule in rules.iter() {
                    table.add_row([rule.id.as_str(), &rule.name, rule.severity.name(), &rule.summary, fix_word(rule)]);
                }
                format!("{table}\n")
            }
        };
        output::answer(text.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}

impl List {
    fn check(&self) -> anyhow::Result<ExitCode> {
        let known = rule::embedded().map_err(anyhow::Error::msg)?;
        let rules = own::loaded(&self.rules)?;
        let (mut checked, mut failed) = (0, 0);
        for rule in rules.iter().filter(|rule| known.get(&rule.id).is_none()) {
            let is_wanted = self.only.is_empty() || self.only.iter().any(|only| only.eq_ignore_ascii_case(&rule.id));
            if !is_wanted {
                continue;
            }
            checked += 1;
            if let Err((example, problem)) = prove(rule, &rules) {
                failed += 1;
                let place = rules.place(&rule.id, example);
                output::answer(format!("{place}: {} {}: {}\n", rule.id, rule.name, problem).as_bytes())?;
            }
        }
        output::answer(
            format!("{checked} rules checked, {failed} with an example that does not behave.\n").as_bytes(),
        )?;
        Ok(if failed > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

/// The rule list as the README holds it.
fn markdown(rules: &rule::Rules) -> String {
    let mut out = String::from("| rule | name | severity | finds | fix |\n|---|---|---|---|---|\n");
    for rule in rules.iter() {
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            rule.id,
            rule.name,
            rule.severity,
            rule.summary.replace('|', "\\|"),
            fix_word(rule)
        ));
    }
    out
}

fn fix_word(rule: &rule::Rule) -> &'static str {
    use crate::fix::Applicability;
    match rule.fix.as_ref().map(|plan| plan.applicability) {
        Some(Applicability::Safe) => "safe",
        Some(Applicability::Unsafe) => "unsafe",
        Some(Applicability::Manual) => "manual",
        None => "–",
    }
}
