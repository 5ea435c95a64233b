//! One requirement with everything that is known around it: what a rule's conditions are asked of.

use std::collections::HashMap;
use std::rc::Rc;

use pep440_rs::Version;

use super::checks::{self, Hit};
use super::code::Evidence;
use super::effective::{self, Effective, Surroundings};
use super::locks;
use super::template::Values;
use super::units;
use super::{PinOptions, Row};
use crate::finding::{Declared, Finding};
use crate::fix::{self, Applicability, Fix};
use crate::inventory::FileFacts;
use crate::packages::Package;
use crate::project::Project;
use crate::requirement::{Bound, Ecosystem, Requirement, Scope, Versions};
use crate::rule::{Code, Condition, FixKind, Rule};

/// One requirement of an audited package, in its project.
#[derive(Debug)]
pub struct Subject<'a> {
    pub(super) facts: &'a FileFacts,
    pub(super) requirement: &'a Requirement,
    pub(super) package: &'a Package,
    pub(super) project: &'a Project<'a>,
    pub(super) evidence: &'a Evidence,
    /// The versions asked for, by the workspace's root where they are inherited from it.
    pub(super) versions: Option<Versions>,
    pub(super) bound: Bound,
    effective: Effective,
    around: Rc<Surroundings<'a>>,
    by_name: Rc<ByName<'a>>,
}

/// The requirements of one file by their package.
pub(super) type ByName<'a> = HashMap<&'a str, Vec<&'a Requirement>>;

impl<'a> Subject<'a> {
    pub(super) fn new(
        facts: &'a FileFacts,
        requirement: &'a Requirement,
        package: &'a Package,
        project: &'a Project<'a>,
        (around, by_name): (Rc<Surroundings<'a>>, Rc<ByName<'a>>),
        evidence: &'a Evidence,
    ) -> Self {
        let root = around.inherited(requirement).map_or(requirement, |(_, root)| root);
        Self {
            bound: requirement.bound(&package.series),
            versions: root.versions().ok().flatten(),
            effective: effective::effective(requirement, &package.series, &around),
            around,
            by_name,
            facts,
            requirement,
            package,
            project,
            evidence,
        }
    }

    /// The finding of `rule` on this requirement, if its conditions hold.
    pub(super) fn judged_by(&self, rule: &Rule, options: &PinOptions) -> Option<Finding> {
        if self.around.is_sibling || !self.meets(&rule.matches) {
            return None;
        }
        let hit = match &rule.matches.check {
            Some(name) => checks::check(name, self)?,
            None => Hit::default(),
        };
        let requirement = hit.requirement.unwrap_or(self.requirement);
        let mut values = self.values();
        values.extend(hit.values);
        let mut finding = units::finding(rule, self.facts, hit.span.unwrap_or(requirement.span), &values);
        finding.requirement = Some(Declared {
            package: requirement.name.clone(),
            text: requirement.shown(),
            table: requirement.place.table.clone(),
            bound: self.bound,
            effective: self.effective.bound,
        });
        match self.planned(rule, requirement, hit.next.as_ref(), options) {
            Some(Ok(fix)) => finding.fix = Some(fix),
            Some(Err(reason)) => finding.help.push(format!("left alone: {reason}")),
            None => {}
        }
        Some(finding)
    }

    fn meets(&self, condition: &Condition) -> bool {
        let named = |list: &[String], name: &str| list.is_empty() || list.iter().any(|one| one == name);
        let scope = scope_name(&self.requirement.place.scope);
        condition.ecosystem.is_none_or(|ecosystem| ecosystem == self.requirement.ecosystem)
            && named(&condition.package, &self.package.name)
            && !condition.except_package.contains(&self.package.name)
            && named(&condition.bound, self.bound.name())
            && named(&condition.effective, self.effective.bound.name())
            && named(&condition.scope, scope)
            && !condition.except_scope.iter().any(|one| one == scope)
            && condition.published.is_none_or(|published| published == self.is_published())
            && (condition.code.is_empty() || condition.code.contains(&self.evidence.code))
    }

    /// What the same file asks of the package `name`.
    pub(super) fn beside(&self, name: &str) -> impl Iterator<Item = &'a Requirement> {
        self.by_name.get(name).into_iter().flatten().copied()
    }

    /// Whether the declaration reaches the users of a package.
    pub(super) fn is_published(&self) -> bool {
        self.requirement.place.scope.is_published() && self.project.publishes
    }

    /// The first version that the project must not take: after what it admits at the lowest, unless its code or its
    /// lock shows that it already moved on. A bound below what the code needs would break what works.
    pub(super) fn boundary(&self) -> Option<Version> {
        let series = &self.package.series;
        let declared = self.versions.as_ref().and_then(|versions| series.next_after(versions));
        let in_use = match self.evidence.code {
            Code::NewerOnly | Code::Both if self.requirement.ecosystem == Ecosystem::Python => {
                Some(series.after.clone())
            }
            Code::OlderOnly if self.requirement.ecosystem == Ecosystem::Python => None,
            _ => self.around.in_use.as_ref().and_then(|version| series.next_after_release(version)),
        };
        declared.max(in_use)
    }

    fn planned(
        &self,
        rule: &Rule,
        requirement: &Requirement,
        next: Option<&Version>,
        options: &PinOptions,
    ) -> Option<Result<Fix, String>> {
        let plan = rule.fix.as_ref()?;
        let file = &self.facts.file;
        match plan.kind {
            FixKind::UpperBound => {
                if requirement.ecosystem == Ecosystem::Rust {
                    return Some(self.crate_fix(requirement, options, plan.applicability));
                }
                if next.is_none() && self.evidence.code == Code::OlderOnly && self.evidence.newer.is_some() {
                    return Some(Err(format!(
                        "the code takes what only one major has from both: it {} and {}; decide which it is for first",
                        self.evidence.shown(),
                        self.evidence.newer_shown()
                    )));
                }
                let is_told = matches!(self.evidence.code, Code::OlderOnly | Code::NewerOnly | Code::Both)
                    || self.around.in_use.is_some();
                if next.is_none() && self.effective.bound == Bound::NotARange && !is_told {
                    return Some(Err(format!(
                        "which major {} holds is not known here; bound it to that one",
                        self.effective.by.join(", ")
                    )));
                }
                let next = next.cloned().or_else(|| self.boundary())?;
                Some(fix::cap(file, requirement, &next, options, plan.applicability))
            }
            FixKind::LaunchWith => None,
        }
    }

    /// `>=0.8` → `>=0.8, <2`, and `*` → `1.8`, both for a lock at 1.8. The series of a crate follow each other every few
    /// weeks, so the lowest admitted one says little of the code; only a lock does.
    fn crate_fix(
        &self,
        requirement: &Requirement,
        options: &PinOptions,
        applicability: Applicability,
    ) -> Result<Fix, String> {
        let file = &self.facts.file;
        let unknown = || {
            "no Cargo.lock says which series the code was written for; run `cargo update` and scan again, or choose it by hand".to_owned()
        };
        if let Some(hold) = &requirement.hold {
            return Err(hold.reason());
        }
        let locked = self.around.locked_version.as_ref().ok_or_else(unknown)?;
        if requirement.specifier().is_some_and(|specifier| specifier.text.trim() == "*") {
            return fix::replace_specifier(file, requirement, &short(locked), applicability);
        }
        let next = self.package.series.next_after_release(locked).ok_or_else(unknown)?;
        fix::cap(file, requirement, &next, options, applicability)
    }

    fn values(&self) -> Values {
        let mut values = Values::new();
        let mut set = |key, value: String| values.insert(key, value);
        set("requirement", self.requirement.shown());
        set("package", self.package.name.clone());
        set("table", self.requirement.place.table.clone());
        set("project", self.project.shown().to_owned());
        set("next", self.boundary().map(|version| version.to_string()).unwrap_or_default());
        set("series", self.package.series.newest().to_string());
        set("after", self.package.series.after.to_string());
        set("newest", self.package.newest_release().map(ToString::to_string).unwrap_or_default());
        set("admits", self.admits().unwrap_or_default());
        set("released", self.package.released.clone().unwrap_or_default());
        set("codemod", self.package.codemod.clone().unwrap_or_default());
        set("limited-by", self.effective.by.join(", "));
        // What every major has is no evidence.
        if self.evidence.code != Code::Either {
            set("evidence", self.evidence.shown());
        }
        set("problem", self.requirement.versions().err().unwrap_or_default());
        if self.is_published() && !self.around.locked.is_empty() {
            set("published", "users".to_owned());
        }
        if let Some((facts, held)) = self.around.locked.first() {
            set("lock", facts.file.path().to_owned());
            set("locked", held.version.clone());
            let lock = facts.declarations.lock.as_ref();
            set("upgrade", lock.map(|lock| locks::upgrade_command(lock, &self.package.name)).unwrap_or_default());
        }
        values
    }

    fn admits(&self) -> Option<String> {
        let versions = self.versions.as_ref()?;
        self.package.newest_admitted(versions).or(versions.exact.as_ref()).map(ToString::to_string)
    }

    pub(super) fn row(&self, findings: &[Finding]) -> Row {
        // A finding on a companion stands beside the requirement, and is not about it.
        let is_own = |finding: &&Finding| {
            finding.requirement.as_ref().is_some_and(|declared| declared.package == self.requirement.name)
        };
        let own = || findings.iter().filter(is_own);
        let worst = own().max_by_key(|finding| finding.severity);
        let file = &self.facts.file;
        Row {
            project: self.project.shown().to_owned(),
            package: self.package.name.clone(),
            path: file.path().to_owned(),
            line: file.position(self.requirement.span.start).line,
            table: self.requirement.place.table.clone(),
            scope: scope_name(&self.requirement.place.scope).to_owned(),
            declared: self.requirement.shown(),
            admits: self.admits(),
            bound: self.bound,
            effective: self.effective.bound,
            limited_by: self.effective.by.clone(),
            locked: self.around.locked.first().map(|(facts, held)| format!("{} ({})", held.version, facts.file.path())),
            rule: worst.map(|finding| finding.rule.clone()),
            fixed: own().find_map(|finding| finding.fix.as_ref()).map(|fix| fix.title.clone()),
        }
    }
}

/// `1.8.3` → `1.8`: what Cargo's caret needs to stay within the series, and no more.
fn short(version: &Version) -> String {
    version.release().iter().take(2).map(ToString::to_string).collect::<Vec<_>>().join(".")
}

/// The name of a scope in rule files and output.
pub(super) fn scope_name(scope: &Scope) -> &'static str {
    match scope {
        Scope::Runtime => "runtime",
        Scope::Extra(_) => "extra",
        Scope::Group(_) => "group",
        Scope::Build => "build",
        Scope::Environment(_) => "environment",
        Scope::Requirements => "requirements",
        Scope::Constraint => "constraint",
        Scope::Override => "override",
        Scope::Script => "script",
        Scope::Command => "command",
        Scope::ClientConfig => "client-config",
        Scope::Documentation => "documentation",
        Scope::Workspace => "workspace",
    }
}
