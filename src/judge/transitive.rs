//! What it means that other packages bring the SDK's next major in: for code of the older one as much as a missing bound
//! of its own, for a project that does not touch the SDK no more than news.

use super::locks::is_declared;
use super::template::Values;
use super::units::finding;
use super::{Evidence, Verdicts, deciding, evidence};
use crate::breakage::Breakages;
use crate::finding::{Confidence, Finding, Severity};
use crate::inventory::FileFacts;
use crate::project::{Project, Projects};
use crate::rule::{Rule, Rules, Subject as Kind};
use crate::source::Span;
use crate::transitive::{Answer, Basis, Outcome, requirements};

/// Adds to `verdicts` the findings on what was traced.
pub fn judge_transitive(
    projects: &Projects<'_>,
    rules: &Rules,
    code: &Breakages<'_>,
    answers: &[Answer],
    verdicts: &mut Verdicts,
) {
    let shown = evidence(projects, code);
    for answer in answers.iter().filter(|answer| answer.outcome == Outcome::TakesNext) {
        let Some(project) = projects.iter().find(|project| project.folder == answer.folder) else { continue };
        let Some(own) = shown.get(project.folder.as_str()) else { continue };
        // The requirement that the project has on it is judged by itself.
        if answer.is_direct() || is_declared(&answer.package, project, projects) {
            continue;
        }
        let around: Vec<_> = projects.around(project).filter_map(|around| shown.get(around.folder.as_str())).collect();
        let decides = deciding(project, own, &around);
        for rule in rules.iter().filter(|rule| rule.matches.subject == Kind::Transitive) {
            if rule.matches.code.is_empty() || rule.matches.code.contains(&decides.code) {
                verdicts.findings.extend(found(rule, answer, project, projects, decides));
            }
        }
    }
    super::in_order(verdicts);
}

fn found(
    rule: &Rule,
    answer: &Answer,
    project: &Project<'_>,
    projects: &Projects<'_>,
    evidence: &Evidence,
) -> Option<Finding> {
    let (facts, span) = place(answer, project, projects)?;
    let mut found = finding(rule, facts, span, &values(answer, evidence));
    if answer.basis == Basis::Estimate {
        found.confidence = Confidence::Low;
        found.severity = found.severity.min(Severity::Note);
    }
    Some(found)
}

/// The requirement by which the shortest way leaves the project; the package in the lock where no manifest has one that
/// can be read.
fn place<'a>(answer: &Answer, project: &Project<'a>, projects: &Projects<'a>) -> Option<(&'a FileFacts, Span)> {
    let first = answer.first_step();
    let around = projects.around(project).flat_map(|around| around.files.iter().copied());
    let declared = around.into_iter().find_map(|facts| {
        let all = requirements(facts).into_iter();
        let mut named = all.filter(|one| Some(one.name.as_str()) == first && one.place.scope.asks());
        Some((facts, named.next()?.span))
    });
    declared.or_else(|| {
        let facts = projects.file(&answer.lock.as_ref()?.path)?;
        let lock = facts.declarations.lock.as_ref()?;
        let package = lock.packages.iter().find(|one| one.name == answer.package && !one.is_member)?;
        Some((facts, package.span))
    })
}

fn values(answer: &Answer, evidence: &Evidence) -> Values {
    let names =
        |way: &Vec<crate::transitive::Step>| way.iter().map(|step| step.name.as_str()).collect::<Vec<_>>().join(" → ");
    let is_held = |wanted: bool| if answer.can_be_held == Some(wanted) { "uv".to_owned() } else { String::new() };
    let older = answer.lock.as_ref().filter(|_| answer.takes.as_ref().is_none_or(|takes| !holds(answer, takes)));
    Values::from([
        ("package", answer.package.clone()),
        ("project", answer.project.clone()),
        ("next", answer.next.clone()),
        ("takes", answer.takes.clone().unwrap_or_default()),
        ("first", answer.first_step().unwrap_or("another package").to_owned()),
        ("path", answer.ways.first().map(names).unwrap_or_default()),
        ("evidence", evidence.shown()),
        ("lock", older.map(|lock| lock.path.clone()).unwrap_or_default()),
        ("locked", older.map(|lock| lock.versions.join(" and ")).unwrap_or_default()),
        ("relock", older.map(|lock| lock.relock.clone()).unwrap_or_default()),
        ("can-be-held", is_held(true)),
        ("cannot-be-held", is_held(false)),
        ("estimate", if answer.basis == Basis::Estimate { "estimate".to_owned() } else { String::new() }),
    ])
}

fn holds(answer: &Answer, version: &str) -> bool {
    answer.lock.as_ref().is_some_and(|lock| lock.versions.iter().any(|one| one == version))
}
