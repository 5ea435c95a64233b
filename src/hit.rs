//! A rule at a place of a file: what every checker of code answers, before anybody weighs it.

use std::collections::BTreeMap;

use crate::finding::{Confidence, Severity};
use crate::fix::Fix;
use crate::rule::Rule;
use crate::source::Span;

/// What placeholders of a rule's sentences stand for.
pub type Values = BTreeMap<&'static str, String>;

/// A rule at a place of a file.
#[derive(Debug, Clone)]
pub struct Hit<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// The bytes it is about.
    pub span: Span,
    /// How sure it is: never more than the rule says.
    pub confidence: Confidence,
    /// How much it matters at most: less than the rule says in a comment or in prose.
    pub at_most: Severity,
    /// What the placeholders stand for.
    pub values: Values,
    /// Sentences that only hold here, added to the rule's help.
    pub help: Vec<String>,
    /// The rewrite, if the rule offers one here.
    pub fix: Option<Fix>,
}

impl<'r> Hit<'r> {
    pub(crate) fn new(rule: &'r Rule, span: Span) -> Self {
        Self {
            rule,
            span,
            confidence: rule.confidence,
            at_most: rule.severity,
            values: Values::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.insert(name, value.into());
        self
    }

    /// At most this sure.
    pub(crate) fn at_most(mut self, confidence: Confidence) -> Self {
        self.confidence = self.confidence.min(confidence);
        self
    }

    /// At most this severe.
    pub(crate) fn no_more_than(mut self, severity: Severity) -> Self {
        self.at_most = self.at_most.min(severity);
        self
    }
}
