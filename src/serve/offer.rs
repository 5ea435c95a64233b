//! What every tool is made of: its description, its schemas, and a function from arguments to an answer; and the pieces
//! that several answers share. Answers are cut to what an agent reads, and say so.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rmcp::handler::server::tool::{schema_for_input, schema_for_output};
use rmcp::model::{Tool, ToolAnnotations};
use rmcp::schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Root;
use crate::ScanOptions;
use crate::config::{Given, Settled};
use crate::finding::Finding;
use crate::fix::Applicability;
use crate::report::{cut, escaped};
use crate::rule::{Rule, Rules};
use crate::settle;

/// How many findings an answer holds.
const FINDINGS: usize = 100;

/// How many bytes of findings an answer holds.
const FINDING_BYTES: usize = 40_000;

/// How many characters of one sentence are shown.
const SENTENCE: usize = 400;

/// How many of anything else an answer lists.
pub(super) const LISTED: usize = 20;

/// How many paths may be asked for at once.
const PATHS: usize = 100;

/// What tools work with.
#[derive(Debug)]
pub(super) struct State {
    root: Root,
    given: Given,
    /// The rules of whoever started the server.
    rules: Rules,
    /// Those of the last run, with what a configuration added.
    last: Mutex<Option<Arc<Rules>>>,
}

impl State {
    pub(super) fn new(root: Root, given: Given, rules: Rules) -> Self {
        Self { root, given, rules, last: Mutex::new(None) }
    }

    /// What a run over the paths that `asked` means is made with: over the root where nothing was said.
    pub(super) fn settled(&self, asked: &[String]) -> Result<(ScanOptions, Arc<Rules>), String> {
        let Settled { rules, options, .. } = self.given.settled(paths(&self.root, asked)?)?;
        let rules = Arc::new(rules);
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&rules));
        Ok((options, rules))
    }

    /// What `read` makes of the rule of this identifier or name, one that the last run used, or any run may.
    pub(super) fn rule<T>(&self, id_or_name: &str, read: impl FnOnce(&Rule) -> T) -> Option<T> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let rule = last.as_ref().and_then(|rules| rules.get(id_or_name)).or_else(|| self.rules.get(id_or_name));
        rule.map(read)
    }
}

/// What a tool answers: the same for people and for programs.
pub(super) struct Answer {
    pub(super) text: String,
    pub(super) structured: Value,
}

impl Answer {
    pub(super) fn new(text: String, structured: &impl Serialize) -> Result<Self, String> {
        let structured = serde_json::to_value(structured).map_err(|error| error.to_string())?;
        Ok(Self { text, structured })
    }
}

/// A tool.
pub(super) struct Offer {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    /// Says what it does and when to use it rather than another.
    pub(super) description: &'static str,
    pub(super) describe: fn(Tool) -> Tool,
    pub(super) run: fn(&State, Value) -> Result<Answer, String>,
}

impl Offer {
    /// The tool as clients list it.
    pub(super) fn tool(&self) -> Tool {
        let hints = ToolAnnotations::with_title(self.title).read_only(true).destructive(false);
        let hints = hints.idempotent(true).open_world(false);
        let tool = Tool::new(self.name, self.description, rmcp::model::JsonObject::default());
        (self.describe)(tool.with_title(self.title)).with_annotations(hints)
    }
}

/// Gives a tool the schemas of what it takes and of what it answers.
pub(super) fn describe<I: JsonSchema + 'static, O: JsonSchema + 'static>(mut tool: Tool) -> Tool {
    // A structure with named fields is an object, which is all that is asked of it.
    tool.input_schema = schema_for_input::<I>().unwrap_or_default();
    tool.with_raw_output_schema(schema_for_output::<O>())
}

/// Reads what a tool was asked for.
pub(super) fn asked<T: DeserializeOwned>(arguments: Value) -> Result<T, String> {
    serde_json::from_value(arguments).map_err(|error| format!("the arguments are not what the tool takes: {error}"))
}

/// The paths that `asked` means; the root where nothing was said.
fn paths(root: &Root, asked: &[String]) -> Result<Vec<PathBuf>, String> {
    if asked.len() > PATHS {
        return Err(format!("{} paths are too many at once; name the folder above them", asked.len()));
    }
    if asked.is_empty() {
        return Ok(vec![PathBuf::from(".")]);
    }
    asked.iter().map(|path| root.inside(path)).collect()
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(crate = "rmcp::schemars")]
pub(super) enum Severity {
    /// A fresh install, or the code, can break.
    Error,
    /// A hazard that does not bite yet, or may not be one.
    Warning,
    /// Part of a list to work through.
    #[default]
    Note,
    /// Worth knowing; changes nothing by itself.
    Info,
}

impl From<Severity> for crate::finding::Severity {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
            Severity::Info => Self::Info,
        }
    }
}

/// How many findings are left out on purpose, by who says so; a baseline and a revision are not asked here.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct NotCounted {
    /// A comment beside them: `mcp-audit: ignore[RULE]`.
    suppressed: usize,
    /// The project's configuration.
    ignored: usize,
}

impl From<settle::NotCounted> for NotCounted {
    fn from(counts: settle::NotCounted) -> Self {
        Self { suppressed: counts.suppressed, ignored: counts.ignored }
    }
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Place {
    /// The rule's identifier; `explain` says more.
    rule: String,
    /// error, warning, note or info.
    severity: &'static str,
    /// Whether nothing fails when it breaks: the program runs and means something else.
    silent: bool,
    /// The file, from the root.
    path: String,
    /// Line, from 1.
    line: usize,
    /// Column in characters, from 1.
    column: usize,
    /// What is wrong.
    message: String,
    /// What to do.
    help: Vec<String>,
    /// What the automatic rewrite does, where there is one.
    fix: Option<String>,
    /// How far that rewrite may be trusted: safe, unsafe (look at it), or manual (a suggestion only).
    fix_safety: Option<&'static str>,
}

impl Place {
    fn new(finding: &Finding) -> Self {
        let sentence = |text: &str| cut(text, SENTENCE);
        Self {
            rule: finding.rule.clone(),
            severity: finding.severity.name(),
            silent: finding.is_silent(),
            path: escaped(&finding.path),
            line: finding.start.line,
            column: finding.start.column,
            message: sentence(&finding.message),
            help: finding.help.iter().map(|help| sentence(help)).collect(),
            fix: finding.fix.as_ref().map(|fix| sentence(&fix.title)),
            fix_safety: finding.fix.as_ref().map(|fix| match fix.applicability {
                Applicability::Safe => "safe",
                Applicability::Unsafe => "unsafe",
                Applicability::Manual => "manual",
            }),
        }
    }

    fn text(&self) -> String {
        let silent = if self.silent { "SILENT " } else { "" };
        let Self { severity, rule, path, line, column, message, .. } = self;
        let mut text = format!("{silent}{severity} {rule} {path}:{line}:{column}: {message}\n");
        for help in &self.help {
            text += &format!("  help: {help}\n");
        }
        if let (Some(fix), Some(safety)) = (&self.fix, self.fix_safety) {
            text += &format!("  fix ({safety}): {fix}\n");
        }
        text
    }
}

/// The first of `findings`, as many as an answer holds, with their text and the number of the others.
pub(super) fn places(findings: &[&Finding]) -> (Vec<Place>, String, usize) {
    let (mut places, mut text) = (Vec::new(), String::new());
    for finding in findings.iter().take(FINDINGS) {
        let place = Place::new(finding);
        let line = place.text();
        if text.len() + line.len() > FINDING_BYTES {
            break;
        }
        text += &line;
        places.push(place);
    }
    let more = findings.len() - places.len();
    if more > 0 {
        text += &format!("{more} more, narrow the paths or ask for one rule to see them.\n");
    }
    (places, text, more)
}
