//! `mcp-audit rules`: the list of rules, from the rule files themselves.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};

use super::output;
use crate::rule;

/// List the rules with their severity and what they find.
#[derive(Debug, Args)]
pub(super) struct List {
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
        let rules = rule::embedded().map_err(anyhow::Error::msg)?;
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
