//! Every example of a Rust rule is compiled against the real crate: `before` compiles on the release that its own manifest
//! asks for and not, or with new deprecations, on the newest; `after` compiles on the newest; `untouched` compiles as it
//! stands. What a silent rule finds compiles on both.
//!
//! `MCP_AUDIT_RULES=RS020,RS030` limits it to some rules. Without a registry it fails, unless `MCP_AUDIT_OFFLINE=1` says,
//! outside of CI, that there is none.

mod cases;
mod crates;
mod tests;
mod verdict;

use std::env;

use mcp_audit::rule;

use self::cases::{Case, Role};
use self::crates::Outcome;
use self::verdict::complaints;
use crate::sdk::{excused, say};

/// Compiles every program of the cases: what came of them by the case's position, or none where that was excused.
fn compiled(cases: &[Case]) -> Option<Vec<Vec<(Role, Outcome)>>> {
    let programs: Vec<_> = cases.iter().flat_map(Case::programs).collect();
    let all: Vec<_> = programs.iter().map(|(_, program)| program).collect();
    let outcomes = excused(crates::compile(&all), "the examples of Rust rules need releases of rmcp")?;
    let mut outcomes = programs.iter().map(|(role, _)| *role).zip(outcomes);
    Some(cases.iter().map(|case| outcomes.by_ref().take(case.programs().count()).collect()).collect())
}

#[test]
fn every_example_compiles_on_the_real_crates() {
    let rules = rule::embedded().unwrap();
    let asked = env::var("MCP_AUDIT_RULES").unwrap_or_default();
    let asked: Vec<_> = asked.split([',', ' ']).filter(|id| !id.is_empty()).collect();
    let wanted = |rule: &&rule::Rule| {
        rule.id.starts_with("RS")
            && (asked.is_empty() || asked.iter().any(|id| rules.get(id).is_some_and(|one| one.id == rule.id)))
    };
    let all = || {
        rules
            .iter()
            .filter(wanted)
            .flat_map(|rule| rule.examples.iter().enumerate().map(move |(at, example)| Case::of(rule, at + 1, example)))
    };
    let cases: Vec<Case> = all().filter_map(Result::ok).collect();
    let left_out: Vec<String> = all().filter_map(Result::err).collect();
    let Some(outcomes) = compiled(&cases) else { return };
    let judged = cases.iter().zip(&outcomes).map(|(case, outcomes)| (case, complaints(case, outcomes)));
    let failures: Vec<_> = judged
        .filter(|(_, found)| !found.is_empty())
        .map(|(case, found)| format!("{}\n{}", case.shown(), found.concat()))
        .collect();
    let reasons: String = left_out.iter().map(|reason| format!("\n  {reason}")).collect();
    say(&format!("{} examples of Rust rules compiled, {} not{reasons}", cases.len(), left_out.len()));
    assert!(!cases.is_empty() || !asked.is_empty(), "no example was compiled");
    assert!(failures.is_empty(), "{} of {} examples:\n\n{}", failures.len(), cases.len(), failures.join("\n"));
}
