//! What a rule about the protocol looks for, in files of any language: text, where it stands, and what stands around it.

use serde::Deserialize;

use super::python::OneOrMany;
use crate::finding::{Confidence, Severity};
use crate::fix::Applicability;
use crate::protocol::Language;

/// What kind of text something stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// What is run or obeyed, strings apart; all of a configuration file that is neither comment nor quoted.
    Code,
    /// Within quotes.
    String,
    /// What only people read: comments, and every part of a file of prose.
    Comment,
}

/// What code that knows of sessions and the handshake does with them, which decides what the change means to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// It speaks the protocol itself, so it breaks.
    HandRolled,
    /// An SDK serves it; harmless, and may go.
    Boilerplate,
    /// It calls an SDK, which goes on doing it for peers of older revisions.
    Served,
    /// It keeps state under it, which must get a handle of its own.
    State,
    /// It routes or counts by it.
    Routing,
}

impl Use {
    /// What is said of it, for the placeholder `{use}`.
    pub fn name(self) -> &'static str {
        match self {
            Self::HandRolled => "speaks the protocol by hand",
            Self::Boilerplate => "boilerplate that an SDK serves",
            Self::Served => "a call of an SDK, which does it for peers of older revisions only",
            Self::State => "state keyed by a session",
            Self::Routing => "routing or telemetry keyed by a session",
        }
    }
}

/// A piece of text. Regular expressions do not mind case unless they say `(?-i)`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TextMatch {
    /// What is looked for. Its first group, if it has one, is what is underlined and rewritten.
    pub pattern: String,
    /// The languages it is looked for in, by the names of [`Language`]; all of them, when not said.
    #[serde(default)]
    pub language: OneOrMany<Language>,
    /// Languages it is not looked for in.
    #[serde(default)]
    pub except_language: OneOrMany<Language>,
    /// Where it must begin. What begins in a comment is information at most; without this key, it is looked for everywhere.
    #[serde(default, rename = "in")]
    pub within: OneOrMany<Region>,
    /// What must stand in the same file, outside of its comments.
    #[serde(default)]
    pub needs: OneOrMany<String>,
    /// What must not stand in the same file, outside of its comments.
    #[serde(default)]
    pub without: OneOrMany<String>,
    /// What must stand within `lines` lines of it, its own included, outside of comments.
    #[serde(default)]
    pub near: OneOrMany<String>,
    /// What must not.
    #[serde(default)]
    pub not_near: OneOrMany<String>,
    /// How many lines above and below are near.
    #[serde(default = "few")]
    pub lines: usize,
    /// Whether the text says by itself that it is about MCP. Otherwise the file must, by more than the three letters.
    #[serde(default)]
    pub is_plain: bool,
    /// Whether only the first place of a file is told of, because the others follow from it.
    #[serde(default)]
    pub once: bool,
    /// What the code does with it.
    #[serde(rename = "use")]
    pub use_: Option<Use>,
    /// How sure it is, where that is less than the rule says.
    pub confidence: Option<Confidence>,
    /// How much it matters, where that is less than the rule says.
    pub severity: Option<Severity>,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// What is written instead.
    pub becomes: Option<String>,
    /// How far the rewrite may be trusted.
    #[serde(default = "safe")]
    pub applicability: Applicability,
}

/// A check of text that is written in code, for what patterns cannot say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TextCheck {
    /// Its name, in the table of `src/protocol/checks/`.
    pub name: String,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// How far its rewrites may be trusted.
    #[serde(default = "safe")]
    pub applicability: Applicability,
}

/// A list of the headers that requests may carry, in any syntax. One that names a header of the protocol, but not both
/// `Mcp-Method` and `Mcp-Name`, is found, and what it lacks is added to it as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HeaderList {
    /// What the list is called: a pattern of the key, variable, parameter or header before it.
    pub key: Option<String>,
    /// What adds one header at a time: a pattern of the call, its opening parenthesis included.
    pub call: Option<String>,
    /// The languages it is looked for in; all of them, when not said.
    #[serde(default)]
    pub language: OneOrMany<Language>,
    /// Languages it is not looked for in.
    #[serde(default)]
    pub except_language: OneOrMany<Language>,
    /// What must stand within `lines` lines of the key, outside of comments.
    #[serde(default)]
    pub near: OneOrMany<String>,
    /// What must not.
    #[serde(default)]
    pub not_near: OneOrMany<String>,
    /// Names that say the opposite: a pattern of those among the keys that are let alone.
    pub except: Option<String>,
    /// How many lines above and below are near.
    #[serde(default = "some")]
    pub lines: usize,
    /// What another list is called: one that stands near and names a header of the protocol says the same of this one.
    pub beside: Option<String>,
    /// How sure it is, where that is less than the rule says.
    pub confidence: Option<Confidence>,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// How far the rewrite may be trusted.
    #[serde(default = "safe")]
    pub applicability: Applicability,
}

fn some() -> usize {
    15
}

fn few() -> usize {
    3
}

fn safe() -> Applicability {
    Applicability::Safe
}
