//! Crosses each breakage with what its project declares: an alarm where an install can take the newer SDK, news where it
//! cannot.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::template::{filled, sentences};
use super::{Evidence, Row, Verdicts};
use crate::breakage::{Breakage, Breakages};
use crate::finding::{Confidence, Fails, Finding, Severity};
use crate::project::{Project, Projects};
use crate::requirement::Bound;
use crate::rule::{Code, Family};

/// How a project stands to the newer SDK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exposure {
    /// An install can take it, or must.
    Live,
    /// Every declaration ends below it.
    Bounded,
    /// Nothing is declared.
    Undeclared,
}

pub(super) fn judge(
    projects: &Projects<'_>,
    code: &Breakages<'_>,
    evidence: &BTreeMap<&str, Evidence>,
    verdicts: &mut Verdicts,
) {
    let mut findings = Vec::new();
    let mut declared: HashMap<&str, HashMap<String, Vec<&Row>>> = HashMap::new();
    for row in verdicts.declarations.iter().filter(|row| row.scope != "documentation") {
        let of_package = declared.entry(row.package.as_str()).or_default();
        of_package.entry(projects.folder_of(&row.path)).or_default().push(row);
    }
    let no_rows = HashMap::new();
    for project in projects.iter() {
        let breakages = code.of(project);
        if breakages.is_empty() {
            continue;
        }
        let exposure_to = |package: &str| exposure(project, projects, declared.get(package).unwrap_or(&no_rows));
        let (python, requires_newer) = exposure_to("mcp");
        let (rust, _) = exposure_to("rmcp");
        let shown = evidence.get(project.folder.as_str()).map_or(Code::NoImports, |evidence| evidence.code);
        // A project that has moved, or that asks for the newer SDK and names nothing of the older one, means what the
        // newer one does, also in the files that import only what both have.
        let has_moved = shown == Code::NewerOnly || (requires_newer && shown == Code::Either);
        let first = findings.len();
        for breakage in breakages {
            let exposure = match breakage.hit.rule.family() {
                Family::Python => python,
                Family::Rust => rust,
                // The protocol breaks whatever is installed.
                Family::Protocol | Family::Dependency | Family::Suppression => Exposure::Live,
            };
            let is_told = breakage.always_holds
                || is_under_way(breakage, exposure, requires_newer)
                || speaks(breakage, has_moved);
            if is_told {
                findings.push(finding(breakage, exposure));
            }
        }
        if let Some(state) = verdicts.projects.iter_mut().find(|state| state.folder == project.folder) {
            state.breakages = findings.len() - first;
            state.silent = findings[first..].iter().filter(|finding| finding.is_silent()).count();
        }
    }
    // A tree in a language whose manifests are not read, Go or PHP, has no project; the protocol breaks it all the same.
    let folders: HashSet<&str> = projects.iter().map(|project| project.folder.as_str()).collect();
    let loose = code.by_project.iter().filter(|(folder, _)| !folders.contains(folder.as_str()));
    let loose = loose.flat_map(|(_, breakages)| breakages);
    let by_protocol = loose.filter(|breakage| breakage.hit.rule.family() == Family::Protocol);
    findings.extend(by_protocol.map(|breakage| finding(breakage, Exposure::Live)));
    verdicts.findings.extend(findings);
}

/// Code for the newer SDK means what the newer SDK does; only what it refuses is wrong there.
fn speaks(breakage: &Breakage<'_>, has_moved: bool) -> bool {
    let rule = breakage.hit.rule;
    !(breakage.is_newer || has_moved) || rule.on_newer.unwrap_or(rule.fails != Fails::Silent)
}

/// Whether the project still has to move, however much of its code has: as long as all it declares keeps the newer SDK
/// out, its code means what the older one does, and until it asks for the newer one, what fails there is not settled.
fn is_under_way(breakage: &Breakage<'_>, exposure: Exposure, requires_newer: bool) -> bool {
    let is_sure = breakage.hit.confidence == Confidence::High;
    match exposure {
        Exposure::Bounded => true,
        Exposure::Live => !requires_newer && breakage.hit.rule.fails != Fails::Silent && is_sure,
        Exposure::Undeclared => false,
    }
}

/// The project's own declarations decide, else those of the nearest project around it that has any. The second value
/// tells whether all of them ask for the newer SDK.
fn exposure(project: &Project<'_>, projects: &Projects<'_>, declared: &HashMap<String, Vec<&Row>>) -> (Exposure, bool) {
    let requires_newer =
        |row: &&Row| matches!(row.effective, Bound::RequiresNext | Bound::RequiresNextOpen | Bound::ExactNext);
    for around in projects.around(project) {
        if let Some(declared) = declared.get(&around.folder) {
            let is_live = declared.iter().any(|row| row.is_exposed() || requires_newer(row));
            let exposure = if is_live { Exposure::Live } else { Exposure::Bounded };
            return (exposure, declared.iter().all(requires_newer));
        }
    }
    (Exposure::Undeclared, false)
}

fn finding(breakage: &Breakage<'_>, exposure: Exposure) -> Finding {
    let hit = &breakage.hit;
    let mut severity = hit.at_most;
    if exposure == Exposure::Bounded || hit.confidence == Confidence::Low {
        severity = severity.min(Severity::Note);
    }
    let mut help = sentences(&hit.rule.help, &hit.values);
    help.extend(hit.help.iter().cloned());
    Finding {
        rule: hit.rule.id.clone(),
        name: hit.rule.name.clone(),
        family: hit.rule.family(),
        severity,
        at_most: hit.at_most,
        confidence: hit.confidence,
        fails: hit.rule.fails,
        path: breakage.path.clone(),
        span: hit.span,
        start: breakage.start,
        end: breakage.end,
        message: filled(&hit.rule.message, &hit.values),
        help,
        requirement: None,
        fix: hit.fix.clone(),
    }
}
