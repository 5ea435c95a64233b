//! Comments in the scanned files that ask to leave findings alone: which findings they speak for, and what is wrong with
//! those that speak for none. Rules of their own (`rules/suppression/`) say the latter.

mod comments;
mod directive;
mod kept;

use std::collections::{BTreeMap, BTreeSet};

use super::selector::Selector;
use crate::finding::Finding;
use crate::inventory::Inventory;
use crate::judge::{Values, found};
use crate::rule::{Family, Rule, Rules, Subject};
use crate::source::{SourceFile, Span};
use directive::Kind;
pub use kept::keeps;

/// The comments of a tree that ask to leave findings alone.
#[derive(Debug)]
pub struct Suppressions<'i> {
    by_path: BTreeMap<&'i str, Vec<Suppression>>,
    inventory: &'i Inventory,
}

/// One such comment.
#[derive(Debug)]
struct Suppression {
    span: Span,
    /// The bytes it speaks for; the whole file where there are none.
    covers: Option<Span>,
    names: Vec<Name>,
    reason: Option<String>,
    /// Why it is none.
    refused: Option<&'static str>,
}

/// What stands between the brackets.
#[derive(Debug)]
struct Name {
    text: String,
    /// The rules it names, or why it names none.
    selector: Result<Selector, String>,
    is_used: bool,
}

const BELOW: &str = "stands below other text, so it suppresses nothing: move it to the head of the file";

impl<'i> Suppressions<'i> {
    /// Reads the comments of every file of `inventory`.
    pub fn of(inventory: &'i Inventory, rules: &Rules) -> Self {
        let mut by_path: BTreeMap<&str, Vec<Suppression>> = BTreeMap::new();
        for file in inventory.read() {
            let found: Vec<Suppression> =
                comments::of(file).into_iter().map(|place| Suppression::new(place, rules)).collect();
            if !found.is_empty() {
                by_path.insert(file.path(), found);
            }
        }
        Self { by_path, inventory }
    }

    /// Whether a comment asks to leave `finding`, which `rule` makes, alone: its reason, if it gives one.
    pub fn take(&mut self, finding: &Finding, rule: &Rule) -> Option<Option<String>> {
        let mut taken = None;
        // Each comment that speaks for it is of use.
        for one in self.by_path.get_mut(finding.path.as_str()).into_iter().flatten() {
            if one.speaks_for(finding.span) {
                for name in one.names.iter_mut().filter(|name| name.names(rule)) {
                    name.is_used = true;
                    taken.get_or_insert_with(|| one.reason.clone());
                }
            }
        }
        taken
    }

    /// Whether a comment asks to leave alone what some rule about declarations says of this place.
    pub fn speaks_for_declaration(&self, path: &str, span: Span, rules: &Rules) -> bool {
        let about = || rules.iter().filter(|rule| rule.family() == Family::Dependency);
        self.by_path
            .get(path)
            .into_iter()
            .flatten()
            .any(|one| one.speaks_for(span) && about().any(|rule| one.names.iter().any(|name| name.names(rule))))
    }

    /// What is wrong with the comments, once all findings were asked about; `findings` are those.
    pub fn findings(&self, findings: &[Finding], rules: &Rules) -> Vec<Finding> {
        let mut said = Vec::new();
        for rule in rules.iter().filter(|rule| rule.matches.subject == Subject::Suppression) {
            for (path, comments) in &self.by_path {
                let Some(file) = self.inventory.file(path) else { continue };
                for one in comments {
                    let values = one.problems(rule.matches.check.as_deref().unwrap_or_default(), file, findings);
                    said.extend(values.iter().map(|values| found(rule, file, one.span, values)));
                }
            }
        }
        said
    }
}

impl Suppression {
    fn new(place: comments::Place, rules: &Rules) -> Self {
        let span = place.directive.span;
        let covers = Some(place.covers);
        match place.directive.kind {
            Kind::Refused(why) => Self { span, covers, names: Vec::new(), reason: None, refused: Some(why) },
            Kind::Ignore { whole_file: true, .. } if !place.in_head => {
                Self { span, covers, names: Vec::new(), reason: None, refused: Some(BELOW) }
            }
            Kind::Ignore { names, whole_file, reason } => Self {
                span,
                covers: covers.filter(|_| !whole_file),
                names: names.into_iter().map(|text| Name::new(text, rules)).collect(),
                reason,
                refused: None,
            },
        }
    }

    fn speaks_for(&self, span: Span) -> bool {
        self.covers.is_none_or(|covers| covers.start <= span.end && span.start <= covers.end)
    }

    /// The values for the sentences of the rule with this check, once for each thing that is wrong.
    fn problems(&self, check: &str, file: &SourceFile, findings: &[Finding]) -> Vec<Values> {
        match check {
            "refused" => self.refused.iter().map(|problem| self.refusal(problem, file, findings)).collect(),
            "unknown" => {
                let unknown = self.names.iter().filter_map(|name| Some((name, name.selector.as_ref().err()?)));
                let values = |(name, problem): (&Name, &String)| {
                    Values::from([("name", name.text.clone()), ("problem", problem.clone())])
                };
                unknown.map(values).collect()
            }
            "unused" => {
                let unused = self.names.iter().filter(|name| name.selector.is_ok() && !name.is_used);
                let unused: Vec<String> = unused.map(|name| format!("`{}`", name.text)).collect();
                if unused.is_empty() { Vec::new() } else { vec![Values::from([("names", unused.join(", "))])] }
            }
            _ => Vec::new(),
        }
    }

    fn refusal(&self, problem: &str, file: &SourceFile, findings: &[Finding]) -> Values {
        let here = findings.iter().filter(|one| one.path == file.path() && self.speaks_for(one.span));
        let here: BTreeSet<&str> = here.map(|one| one.rule.as_str()).collect();
        let here = here.into_iter().take(8).collect::<Vec<_>>().join(", ");
        Values::from([("problem", problem.to_owned()), ("here", here)])
    }
}

impl Name {
    fn new(text: String, rules: &Rules) -> Self {
        let selector = Selector::new(&text, rules).and_then(|selector| {
            let is_own = |rule: &Rule| rule.family() == Family::Suppression && selector.matches(rule);
            if selector.is_all() || rules.iter().any(is_own) {
                return Err("that is left out by configuration alone".to_owned());
            }
            Ok(selector)
        });
        Self { text, selector, is_used: false }
    }

    fn names(&self, rule: &Rule) -> bool {
        self.selector.as_ref().is_ok_and(|selector| selector.matches(rule))
    }
}
