//! Crosses what is declared with what is known of the project, and says what that means: the rules' conditions are
//! weighed here, and nowhere else. Pure: the same inventory gives the same findings in the same order.

mod checks;
mod code;
mod effective;
mod locks;
mod subject;
mod template;
mod units;

use crate::finding::Finding;
use crate::fix::PinOptions;
use crate::inventory::Inventory;
use crate::project::Projects;
use crate::requirement::Ecosystem;
use crate::rule::{Code, Rules, Subject as Kind};
pub use code::Evidence;
pub use subject::Subject;

/// What a scan found out, before anybody printed it.
#[derive(Debug, Default)]
pub struct Verdicts {
    /// The findings, by file and place.
    pub findings: Vec<Finding>,
    /// Every declaration of an audited package, for the closing table.
    pub declarations: Vec<Row>,
    /// What each project's code shows.
    pub projects: Vec<ProjectState>,
}

/// One declaration in the closing table.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Row {
    /// The project it belongs to.
    pub project: String,
    /// The package.
    pub package: String,
    /// The file, as shown.
    pub path: String,
    /// Its line, from 1.
    pub line: usize,
    /// The list it stands in.
    pub table: String,
    /// What the list is for.
    pub scope: String,
    /// The declaration as written.
    pub declared: String,
    /// The newest known release it admits.
    pub admits: Option<String>,
    /// The verdict on what is declared.
    pub bound: crate::requirement::Bound,
    /// The verdict after constraints and overrides.
    pub effective: crate::requirement::Bound,
    /// What limits or replaces it here.
    pub limited_by: Vec<String>,
    /// The version a lock holds today, with the lock's path.
    pub locked: Option<String>,
    /// The rule that speaks of it, if one does.
    pub rule: Option<String>,
    /// The declaration after its fix.
    pub fixed: Option<String>,
}

/// What a project's code shows about the SDK.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ProjectState {
    /// The project's name or folder.
    pub project: String,
    /// Its folder, as shown.
    pub folder: String,
    /// What its code shows; `None` where only Python's imports would tell and the project is not of Python.
    pub code: Option<crate::rule::Code>,
    /// How many declarations of audited packages it holds.
    pub declarations: usize,
    /// How many of them a fresh install can take the newest major through.
    pub exposed: usize,
}

/// The names of the checks that a rule about requirements may call for.
pub fn check_names() -> impl Iterator<Item = &'static str> {
    checks::CHECKS.iter().map(|(name, _)| *name)
}

/// Weighs every declaration of `inventory` against `rules`.
pub fn judge(inventory: &Inventory, rules: &Rules, options: &PinOptions) -> Verdicts {
    let projects = Projects::group(inventory);
    let mut verdicts = Verdicts::default();
    for project in projects.iter() {
        let evidence = Evidence::of(project, &projects);
        let first_row = verdicts.declarations.len();
        for facts in &project.files {
            for requirement in &facts.declarations.requirements {
                let Some(package) = rules.packages.get(requirement.ecosystem, &requirement.name) else { continue };
                let subject = Subject::new(facts, requirement, package, project, &projects, &evidence);
                let before = verdicts.findings.len();
                for rule in rules.iter().filter(|rule| rule.matches.subject == Kind::Requirement) {
                    verdicts.findings.extend(subject.judged_by(rule, options));
                }
                verdicts.declarations.push(subject.row(&verdicts.findings[before..]));
            }
        }
        verdicts.findings.extend(units::judge(project, &projects, &evidence, rules));
        let rows = &verdicts.declarations[first_row..];
        let is_python = project.ecosystem.is_none_or(|ecosystem| ecosystem == Ecosystem::Python);
        verdicts.projects.push(ProjectState {
            project: project.shown().to_owned(),
            folder: project.folder.clone(),
            code: (is_python || evidence.code != Code::NoImports).then_some(evidence.code),
            declarations: rows.len(),
            exposed: rows.iter().filter(|row| row.effective.is_exposed()).count(),
        });
    }
    let key = |finding: &Finding| (finding.path.clone(), finding.span, finding.rule.clone());
    verdicts.findings.sort_by_key(key);
    // A declaration that several others lead to (a companion of each of them) is one finding with one fix.
    let is_one = |one: &Finding, other: &Finding| one.message == other.message || one.requirement.is_some();
    verdicts.findings.dedup_by(|one, other| key(one) == key(other) && is_one(one, other));
    for rule in rules.iter().filter(|rule| !rule.once.is_empty()) {
        if let Some(first) = verdicts.findings.iter_mut().find(|finding| finding.rule == rule.id) {
            first.help.extend(rule.once.iter().cloned());
        }
    }
    verdicts.declarations.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    verdicts
}
