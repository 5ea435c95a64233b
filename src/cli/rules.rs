//! `mcp-audit rules`: the list of rules, from the rule files themselves.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};

use super::output;
use crate::config;
use crate::finding::Fails;
use crate::prove::prove;
use crate::report::coverage;
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
    /// List the breaking changes of the SDK instead, each with the rules that cover it or the reason why none can.
    #[arg(long, conflicts_with = "check")]
    coverage: bool,
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
    /// Markdown tables, as in rules/LIST.md.
    Markdown,
}

impl List {
    pub(super) fn run(self, _color: output::Color) -> anyhow::Result<ExitCode> {
        if self.check {
            return self.check();
        }
        let rules = config::rules_with(&self.rules).map_err(anyhow::Error::msg)?;
        let text = match self.format {
            Format::Json if self.coverage => coverage::json(&rules)?,
            Format::Markdown if self.coverage => coverage::markdown(&rules),
            Format::Text if self.coverage => coverage::text(&rules, output::width()),
            Format::Json => {
                let rows: Vec<_> = rules.iter().map(|rule| serde_json::json!({"id": rule.id, "name": rule.name, "severity": rule.severity, "fails": rule.fails, "silent": rule.fails == Fails::Silent, "area": rules.area(&rule.id), "summary": rule.summary, "fixable": !rule.offers().is_empty(), "fix": rule.offers()})).collect();
                serde_json::to_string_pretty(&rows)? + "\n"
            }
            Format::Markdown => markdown(&rules),
            Format::Text => {
                let mut table = Table::new();
                table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
                table.set_width(u16::try_from(output::width()).unwrap_or(u16::MAX)).force_no_tty();
                table.set_header(["rule", "name", "severity", "fails", "finds", "fix"]);
                for rule in rules.iter() {
                    let (severity, fails) = (rule.severity.name(), rule.fails.name());
                    table.add_row([&rule.id, &rule.name, severity, fails, &rule.summary, &rule.fix_word()]);
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
        let rules = config::rules_with(&self.rules).map_err(anyhow::Error::msg)?;
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

/// The rule list as rules/LIST.md holds it: a table for each folder of rules.
fn markdown(rules: &rule::Rules) -> String {
    let mut out = String::new();
    let mut area = None;
    for rule in rules.iter() {
        let of = rules.area(&rule.id);
        if area != Some(of) {
            let lead = if area.is_some() { "\n" } else { "" };
            area = Some(of);
            out.push_str(&format!("{lead}#### {}\n\n", coverage::area_title(of)));
            out.push_str("| rule | name | severity | fails | finds | fix |\n|---|---|---|---|---|---|\n");
        }
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            rule.id,
            rule.name,
            rule.severity,
            rule.fails.name(),
            rule.summary.replace('|', "\\|"),
            rule.fix_word()
        ));
    }
    out
}
