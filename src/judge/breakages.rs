//! Crosses each breakage with what its project declares: an alarm where an install can take the newer SDK, news where it
//! cannot.

use super::template::{filled, sentences};
use super::{Row, Verdicts};
use crate::breakage::{Breakage, Breakages};
use crate::finding::{Confidence, Fails, Finding, Severity};
use crate::project::{Project, Projects};
use crate::requirement::Bound;

/// The package whose requirements decide.
const PACKAGE: &str = "mcp";

/// How a project stands to the newer SDK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exposure {
    /// An install can take it, or must, or nothing is declared that would prevent it.
    Live,
    /// Every declaration ends below it.
    Bounded,
}

pub(super) fn judge(projects: &Projects<'_>, code: &Breakages<'_>, verdicts: &mut Verdicts) {
    let mut findings = Vec::new();
    for project in projects.iter() {
        let Some(breakages) = code.by_project.get(&project.folder) else { continue };
        let exposure = exposure(project, projects, &verdicts.declarations);
        for breakage in breakages.iter().filter(|breakage| speaks(breakage)) {
            findings.push(finding(breakage, exposure));
        }
    }
    verdicts.findings.extend(findings);
}

/// Code for the newer SDK means what the newer SDK does; only what it refuses is wrong there.
fn speaks(breakage: &Breakage<'_>) -> bool {
    let rule = breakage.hit.rule;
    !breakage.is_newer || rule.on_newer.unwrap_or(rule.fails != Fails::Silent)
}

/// The project's own declarations decide, else those of the nearest project around it that has any.
fn exposure(project: &Project<'_>, projects: &Projects<'_>, rows: &[Row]) -> Exposure {
    for around in projects.around(project) {
        let of_it = |row: &&Row| row.project == around.shown() && row.package == PACKAGE;
        let mut declared = rows.iter().filter(of_it).filter(|row| row.scope != "documentation").peekable();
        if declared.peek().is_some() {
            let takes_newer = |row: &Row| {
                row.is_exposed()
                    || matches!(row.effective, Bound::RequiresNext | Bound::RequiresNextOpen | Bound::ExactNext)
            };
            return if declared.any(takes_newer) { Exposure::Live } else { Exposure::Bounded };
        }
    }
    Exposure::Live
}

fn finding(breakage: &Breakage<'_>, exposure: Exposure) -> Finding {
    let hit = &breakage.hit;
    let mut severity = hit.rule.severity;
    if exposure == Exposure::Bounded || hit.confidence == Confidence::Low {
        severity = severity.min(Severity::Note);
    }
    let mut help = sentences(&hit.rule.help, &hit.values);
    help.extend(hit.help.iter().cloned());
    Finding {
        rule: hit.rule.id.clone(),
        name: hit.rule.name.clone(),
        severity,
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
