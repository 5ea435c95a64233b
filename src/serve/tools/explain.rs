//! `explain`: a rule in full.

use rmcp::schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::report::{self, cut, escaped};
use crate::rule::{Example, Rule};
use crate::serve::offer::{Answer, LISTED, Offer, State, asked, describe};

/// How many characters of an explanation or of an example are shown.
const TEXT: usize = 8_000;

/// How many characters of all of it are shown.
const ALL: usize = 40_000;

pub(super) const OFFER: Offer = Offer {
    name: "explain",
    title: "Explain a rule",
    description: "Explains one rule that a finding names (`DEP001`, `PY101`, or its name `missing-upper-bound`): what \
        happens, why, what its fix does and what to check by hand, with examples before and after. Use it before you change \
        code by hand because of a finding whose message does not tell you enough. It reads no file.",
    describe: describe::<Asked, Explained>,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
struct Asked {
    /// The rule's identifier or name, as a finding gives it.
    rule: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Explained {
    /// The identifier.
    rule: String,
    /// The name.
    name: String,
    /// What it finds, in a line.
    summary: String,
    /// error, warning, note or info.
    severity: &'static str,
    /// When it breaks: install, import, call, attribute, or SILENT for never by itself.
    fails: &'static str,
    /// What happens, why, and what the fix does.
    explanation: String,
    /// The section of the Python SDK's migration guide.
    guide: Option<String>,
    /// Pairs of code before and after the rewrite.
    examples: Vec<Pair>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Pair {
    /// What the file is called, which says its format.
    path: String,
    /// What the rule finds something in.
    before: String,
    /// The same after the rewrite; absent where a person has to do it.
    after: Option<String>,
}

fn run(state: &State, arguments: Value) -> Result<Answer, String> {
    let asked: Asked = asked(arguments)?;
    state.rule(&asked.rule, explained).unwrap_or_else(|| {
        let name = cut(&asked.rule, 100);
        Err(format!("there is no rule `{name}`; `scan` names the rules of what it finds, such as DEP001"))
    })
}

/// A configuration may have brought the rule, so its texts are trusted no more than what is scanned.
fn explained(rule: &Rule) -> Result<Answer, String> {
    let pair = |example: &Example| {
        let (before, after) = (lines(example.before.as_ref()?, TEXT), example.after.as_ref());
        Some(Pair { path: cut(&example.path, 200), before, after: after.map(|after| lines(after, TEXT)) })
    };
    let explained = Explained {
        rule: rule.id.clone(),
        name: rule.name.clone(),
        summary: cut(&rule.summary, 400),
        severity: rule.severity.name(),
        fails: rule.fails.name(),
        explanation: lines(rule.explanation.trim(), TEXT),
        guide: rule.guide.as_ref().map(|guide| cut(guide, 200)),
        examples: rule.examples.iter().filter_map(pair).take(LISTED).collect(),
    };
    Answer::new(lines(&report::explanation::text(rule), ALL), &explained)
}

/// The first characters of a text, its lines kept.
fn lines(text: &str, length: usize) -> String {
    let end = text.char_indices().nth(length).map_or(text.len(), |(at, _)| at);
    let more = if end < text.len() { "…" } else { "" };
    text[..end]
        .split_inclusive('\n')
        .map(|line| line.strip_suffix('\n').map_or_else(|| escaped(line), |line| escaped(line) + "\n"))
        .collect::<String>()
        + more
}
