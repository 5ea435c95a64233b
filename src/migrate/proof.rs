//! Holds what was written against the newer API: a checker must find nothing in it that it did not find before.

use super::rounds::{Run, is_net};
use crate::source::Span;

/// What names a name that nothing defines: an import that went though something still needed it.
const UNDEFINED: &str = "unresolved-reference";

/// Whether something that fixes wrote does not hold. Those fixes are left out of their file from now on, and reported.
pub(super) fn refuted(run: &mut Run<'_>) -> bool {
    let mut bans: Vec<(String, Option<String>, String)> = Vec::new();
    for breakage in run.breakages.by_project.values().flatten() {
        let path = &breakage.path;
        let Some(written) = run.written.get(path) else { continue };
        if !is_net(run.rules, &breakage.hit.rule.id) {
            continue;
        }
        let (at, lint) = (breakage.hit.span, breakage.hit.values.get("name").map_or("", String::as_str));
        let was_there =
            run.before.get(path).is_some_and(|told| told.new.iter().any(|one| one.span == at && one.rule == lint));
        if was_there {
            continue;
        }
        let is_within = |span: Span| !span.is_empty() && span.start <= at.start && at.end <= span.end;
        let by = written.iter().find(|(span, _)| is_within(*span)).map(|(_, rule)| rule.clone());
        if by.is_none() && lint != UNDEFINED {
            // It was there all along, behind a name that had no type before: it is left to a person.
            continue;
        }
        let reason =
            format!("line {}: {}", breakage.start.line, breakage.hit.values.get("value").map_or("", String::as_str));
        bans.push((path.clone(), by.filter(|rule| !rule.is_empty()), reason));
    }
    let mut is_any = false;
    for (path, rule, reason) in bans {
        if !run.banned.contains(&(path.clone(), rule.clone())) {
            run.ban(&path, rule.as_deref(), reason);
            is_any = true;
        }
    }
    is_any
}
