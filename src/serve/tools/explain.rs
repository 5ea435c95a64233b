//! `explain`: a rule in full.

use rmcp::schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::report;
use crate::serve::offer::{Answer, Offer, State, asked, describe};

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
    let Some(rule) = state.rules.get(&asked.rule) else {
        let name = report::cut(&asked.rule, 100);
        return Err(format!("there is no rule `{name}`; `scan` names the rules of what it finds, such as DEP001"));
    };
    let pairs = rule.examples.iter().filter_map(|example| {
        Some(Pair { path: example.path.clone(), before: example.before.clone()?, after: example.after.clone() })
    });
    let explained = Explained {
        rule: rule.id.clone(),
        name: rule.name.clone(),
        summary: rule.summary.clone(),
        severity: rule.severity.name(),
        fails: rule.fails.name(),
        explanation: rule.explanation.trim().to_owned(),
        guide: rule.guide.clone(),
        examples: pairs.collect(),
    };
    Answer::new(report::explanation::text(rule), &explained)
}
