//! What the program says: one rule at one place, with how sure it is and what can be done.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::fix::Fix;
use crate::requirement::Bound;
use crate::rule::Family;
use crate::source::{Position, Span};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; changes nothing by itself (prose, a lock's content).
    Info,
    /// Part of a list to work through, no alarm.
    Note,
    /// A hazard that does not bite yet, or may not be one.
    Warning,
    /// A fresh install can break.
    Error,
}

impl Severity {
    /// The name used everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How sure the program is that the finding is what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A guess from the text.
    Low,
    /// Read, but with something unknown in between.
    Medium,
    /// Read and understood.
    High,
}

/// When the break shows itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fails {
    /// While dependencies are resolved or installed.
    Install,
    /// At import.
    Import,
    /// When something is called.
    Call,
    /// When an attribute is read.
    Attribute,
    /// Never by itself: it means something else from then on.
    Silent,
    /// Not at all: it is about the audit, not about what is audited.
    Never,
}

impl Fails {
    /// The name for people and in tables; the one that nobody notices stands out.
    pub fn name(self) -> &'static str {
        match self {
            Self::Install => "install",
            Self::Import => "import",
            Self::Call => "call",
            Self::Attribute => "attribute",
            Self::Silent => "SILENT",
            Self::Never => "never",
        }
    }
}

/// One rule at one place.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// The rule's identifier, `DEP001`.
    pub rule: String,
    /// The rule's name, `missing-upper-bound`.
    pub name: String,
    /// What the rule is about.
    pub family: Family,
    /// How much it matters here, after everything that is known of the project was weighed.
    pub severity: Severity,
    /// How much it can matter anywhere: less than the rule says in a comment or in prose.
    #[serde(skip)]
    pub at_most: Severity,
    /// How sure the program is.
    pub confidence: Confidence,
    /// When it breaks.
    pub fails: Fails,
    /// The file, as shown.
    pub path: String,
    /// The bytes it is about.
    pub span: Span,
    /// Where they begin.
    pub start: Position,
    /// Where they end.
    pub end: Position,
    /// What, why, in one breath.
    pub message: String,
    /// What to do now, and what else to know; a sentence each.
    pub help: Vec<String>,
    /// The declaration it is about, for rules about requirements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<Declared>,
    /// The rewrite, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

impl Finding {
    /// The message, with the mark of what breaks without a word.
    pub fn told(&self) -> String {
        format!("{}{}", if self.is_silent() { "SILENT: " } else { "" }, self.message)
    }

    /// The same, and what to do, a line each.
    pub fn told_whole(&self) -> String {
        std::iter::once(self.told()).chain(self.help.iter().cloned()).collect::<Vec<_>>().join("\n")
    }

    /// Whether it is about code, not about a declaration.
    pub fn is_code(&self) -> bool {
        !matches!(self.family, Family::Dependency | Family::Suppression)
    }

    /// Whether nothing will say so when it breaks: it imports, runs, and means something else.
    pub fn is_silent(&self) -> bool {
        self.fails == Fails::Silent
    }
}

/// The declaration behind a finding.
#[derive(Debug, Clone, Serialize)]
pub struct Declared {
    /// The package, normalised.
    pub package: String,
    /// The declaration as written.
    pub text: String,
    /// The list it stands in.
    pub table: String,
    /// The verdict on what is declared.
    pub bound: Bound,
    /// The verdict after the constraints and overrides that apply here.
    pub effective: Bound,
}
