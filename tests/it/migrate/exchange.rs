//! Speaks to `exchange.py`, which speaks to servers: what to start and to ask goes in, every answer comes out, and two
//! sets of answers are compared field by field.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::sdk::environment::{Environments, plain};
use super::script;

/// The two SDKs, by their names in `exchange.py`.
pub(super) const SDKS: [&str; 2] = ["older", "newer"];

/// One server to speak to.
pub(super) struct Talk {
    /// Which of all; the same for both SDKs.
    pub(super) id: String,
    /// One of [`SDKS`].
    pub(super) sdk: &'static str,
    /// What to start, in the words of `driver.py`, without the folder.
    pub(super) program: Map<String, Value>,
    /// Where it listens; over standard streams when not said.
    pub(super) url: Option<String>,
    /// What to ask, in the words of `exchange.py`.
    pub(super) plan: Value,
}

/// What one server said.
#[derive(Debug, Deserialize)]
pub(super) struct Outcome {
    id: String,
    sdk: String,
    pub(super) steps: Vec<Step>,
    /// How it ended: a number, or that it had to be ended.
    pub(super) code: Value,
    pub(super) stderr: String,
    pub(super) raised: Vec<String>,
}

/// One request and everything that came until its answer.
#[derive(Debug, Deserialize)]
pub(super) struct Step {
    /// The request.
    pub(super) step: String,
    /// `result`, `error` or `none`, and over HTTP how it was sent.
    pub(super) answer: Value,
    #[serde(default)]
    told: Value,
    #[serde(default)]
    asked: Value,
}

impl Outcome {
    /// Whether it could be spoken to.
    pub(super) fn is_up(&self) -> bool {
        self.steps.first().is_some_and(|step| step.answer.get("result").is_some())
    }

    /// Why it could not be, in one line.
    pub(super) fn why_not(&self) -> String {
        let last = self.stderr.trim().lines().last().unwrap_or_default().to_owned();
        self.raised.first().cloned().unwrap_or(last)
    }
}

/// A field in which two answers to the same request differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) step: String,
    /// The field, as a JSON pointer.
    pub(super) at: String,
    /// As JSON; nothing where the field is not there.
    pub(super) before: String,
    pub(super) after: String,
}

/// What both SDKs' servers said, by the job's name.
pub(super) fn converse(environments: &Environments, talks: &[Talk]) -> BTreeMap<String, [Outcome; 2]> {
    let jobs: Vec<_> = talks
        .iter()
        .map(
            |talk| json!({"id": talk.id, "sdk": talk.sdk, "program": talk.program, "url": talk.url, "plan": talk.plan}),
        )
        .collect();
    let pythons = json!({SDKS[0]: environments.older, SDKS[1]: environments.newer});
    let given = json!({"launcher": script("sdk/driver.py"), "pythons": pythons, "jobs": jobs});
    let mut exchange = plain(&environments.newer)
        .arg(script("migrate/exchange.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    exchange.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let output = exchange.wait_with_output().unwrap();
    assert!(output.status.success(), "the exchange ended with {}", output.status);
    let mut found: BTreeMap<String, Vec<Outcome>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let outcome: Outcome = serde_json::from_str(line).unwrap();
        found.entry(outcome.id.clone()).or_default().push(outcome);
    }
    let ordered = |mut both: Vec<Outcome>| -> [Outcome; 2] {
        both.sort_by_key(|outcome| SDKS.iter().position(|sdk| *sdk == outcome.sdk));
        both.try_into().unwrap()
    };
    found.into_iter().map(|(id, both)| (id, ordered(both))).collect()
}

/// Everything in which `after` differs from `before`.
pub(super) fn differences(before: &Outcome, after: &Outcome) -> Vec<Difference> {
    let mut found = Vec::new();
    let pairs = || before.steps.iter().zip(&after.steps);
    if before.steps.len() != after.steps.len() || pairs().any(|(old, new)| old.step != new.step) {
        // What is asked follows from what is offered, so that the rest would differ in everything.
        let same = pairs().take_while(|(old, new)| old.step == new.step).count();
        let step =
            |outcome: &Outcome| outcome.steps.get(same).map_or_else(|| outcome.why_not(), |step| step.step.clone());
        let (step, before, after) = ("what can be asked".to_owned(), step(before), step(after));
        return vec![Difference { step, at: String::new(), before, after }];
    }
    for (old, new) in before.steps.iter().zip(&after.steps) {
        for (name, was, is) in
            [("/answer", &old.answer, &new.answer), ("/told", &old.told, &new.told), ("/asked", &old.asked, &new.asked)]
        {
            compare(&old.step, name, was, is, &mut found);
        }
    }
    compare("end", "/code", &before.code, &after.code, &mut found);
    found
}

fn compare(step: &str, at: &str, before: &Value, after: &Value, found: &mut Vec<Difference>) {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
            for key in keys {
                let of = |map: &Map<String, Value>| map.get(key).cloned();
                match (of(old), of(new)) {
                    (Some(old), Some(new)) => compare(step, &format!("{at}/{key}"), &old, &new, found),
                    (old, new) => found.push(difference(step, &format!("{at}/{key}"), old.as_ref(), new.as_ref())),
                }
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                compare(step, &format!("{at}/{index}"), old, new, found);
            }
        }
        // How a number is written is no difference in JSON.
        _ if before == after || before.as_f64().is_some_and(|number| after.as_f64() == Some(number)) => {}
        _ => found.push(difference(step, at, Some(before), Some(after))),
    }
}

fn difference(step: &str, at: &str, before: Option<&Value>, after: Option<&Value>) -> Difference {
    let shown = |value: Option<&Value>| value.map(Value::to_string).unwrap_or_default();
    Difference { step: step.to_owned(), at: at.to_owned(), before: shown(before), after: shown(after) }
}

/// A program of `run.json`, as `driver.py` is told of it: in `folder`, with folders to import from.
pub(super) fn program(declared: &Value, folder: &Path, beside: &Path) -> Map<String, Value> {
    let mut program = Map::new();
    for name in ["file", "module", "args", "env"] {
        if let Some(value) = declared.get(name) {
            program.insert(name.to_owned(), value.clone());
        }
    }
    let declared = declared["path"].as_array().into_iter().flatten();
    let path = declared.map(|one| folder.join(one.as_str().unwrap())).chain([beside.to_owned()]);
    program.insert("dir".to_owned(), json!(folder));
    program.insert("path".to_owned(), json!(path.collect::<Vec<_>>()));
    program
}
