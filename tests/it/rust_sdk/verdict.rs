//! What an example promises about the releases, held against what compiling it said.

use std::fmt::Write as _;

use mcp_audit::finding::Fails;

use super::cases::{Case, Role};
use super::crates::{NEWEST, Outcome, RELEASES};

/// How many messages of a compiler a complaint shows.
const SHOWN: usize = 6;

/// Every promise that was not kept, each with what the compiler said.
pub(super) fn complaints(case: &Case, outcomes: &[(Role, Outcome)]) -> Vec<String> {
    let mut found = Vec::new();
    let of = |role: Role| outcomes.iter().find(|(one, _)| *one == role).map(|(_, outcome)| outcome);
    let (own, newest) = (RELEASES[case.own].version, RELEASES[NEWEST].version);
    let mut need = |kept: bool, promise: String, outcome: &Outcome| {
        if !kept {
            found.push(complaint(&promise, outcome));
        }
    };
    for (role, name, version) in
        [(Role::Before, "before", own), (Role::After, "after", newest), (Role::Untouched, "untouched", own)]
    {
        if let Some(outcome) = of(role) {
            need(outcome.errors.is_empty(), format!("`{name}` must compile on {version}"), outcome);
        }
    }
    let (Some(before), Some(broken)) = (of(Role::Before), of(Role::Broken)) else { return found };
    let new_deprecations = broken.deprecations.iter().any(|one| !before.deprecations.contains(one));
    if case.rule.fails == Fails::Silent {
        let promise = format!("`before` must compile on {newest} too, where the rule is silent");
        need(broken.errors.is_empty(), promise, broken);
    } else if case.example.differs.is_none() && case.own != NEWEST {
        let promise = format!("`before` must not compile on {newest}, or with deprecations that {own} has not");
        need(!broken.errors.is_empty() || new_deprecations, promise, broken);
    }
    if let Some(wanted) = &case.example.fails_with {
        let fails = broken.errors.iter().any(|error| error.starts_with(wanted.as_str()));
        need(fails, format!("`before` must fail with `{wanted}` on {newest}"), broken);
    }
    found
}

fn complaint(promise: &str, outcome: &Outcome) -> String {
    let mut text = format!("  {promise}\n");
    for line in outcome.errors.iter().chain(&outcome.deprecations).take(SHOWN) {
        let _ = writeln!(text, "    {line}");
    }
    text
}
