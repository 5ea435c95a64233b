//! Crosses what is declared with what is known of the project, and says what that means: the rules' conditions are
//! weighed here, and nowhere else. Pure: the same inventory gives the same findings in the same order.

mod checks;
mod code;
mod effective;
mod locks;
mod subject;
mod template;
mod units;

use std::collections::HashMap;
use std::rc::Rc;

use crate::finding::Finding;
use crate::fix::PinOptions;
use crate::inventory::Inventory;
use crate::project::Projects;
use crate::rule::{Rules, Subject as Kind};
use crate::source::Span;
pub use code::Evidence;
use effective::Surroundings;
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
    /// What its code shows.
    pub code: crate::rule::Code,
    /// How many declarations of audited packages it holds.
    pub declarations: usize,
    /// How many of them a fresh install can take the newest major through.
    pub exposed: usize,
}

/// Weighs every declaration of `inventory` against `rules`.
pub fn judge(inventory: &Inventory, rules: &Rules, options: &PinOptions) -> Verdicts {
    let projects = Projects::group(inventory);
    let mut verdicts = Verdicts::default();
    for project in projects.iter() {
        let evidence = Evidence::of(project, &projects);
        let first_row = verdicts.declarations.len();
        for facts in &project.files {
            let mut known: HashMap<_, Rc<Surroundings<'_>>> = HashMap::new();
            let mut by_name = subject::ByName::new();
            for requirement in &facts.declarations.requirements {
                by_name.entry(&requirement.name).or_default().push(requirement);
            }
            let by_name = Rc::new(by_name);
            for requirement in &facts.declarations.requirements {
                let Some(package) = rules.packages.get(requirement.ecosystem, &requirement.name) else { continue };
                // What applies depends on the list a requirement stands in, but not on its own version.
                let key = (requirement.ecosystem, &requirement.name, std::mem::discriminant(&requirement.place.scope));
                let around = known
                    .entry(key)
                    .or_insert_with(|| Rc::new(Surroundings::of(facts, requirement, project, &projects)));
                let known = (Rc::clone(around), Rc::clone(&by_name));
                let subject = Subject::new(facts, requirement, package, project, known, &evidence);
                let before = verdicts.findings.len();
                for rule in rules.iter().filter(|rule| rule.matches.subject == Kind::Requirement) {
                    verdicts.findings.extend(subject.judged_by(rule, options));
                }
                verdicts.declarations.push(subject.row(&verdicts.findings[before..]));
            }
        }
        verdicts.findings.extend(units::judge(project, &projects, &evidence, rules));
        let rows = &verdicts.declarations[first_row..];
        verdicts.projects.push(ProjectState {
            project: project.shown().to_owned(),
            folder: project.folder.clone(),
            code: evidence.code,
            declarations: rows.len(),
            exposed: rows.iter().filter(|row| row.effective.is_exposed()).count(),
        });
    }
    fn key(finding: &Finding) -> (&str, Span, &str) {
        (&finding.path, finding.span, &finding.rule)
    }
    verdicts.findings.sort_by(|one, other| key(one).cmp(&key(other)));
    verdicts.findings.dedup_by(|one, other| key(one) == key(other) && one.message == other.message);
    verdicts.declarations.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    verdicts
}
