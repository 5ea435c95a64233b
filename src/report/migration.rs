//! What a migration did and what it left, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::escape::clipped;
use super::escaped;
use super::json::SCHEMA_VERSION;
use super::settled;
use super::text::{count, unchecked};
use crate::finding::{Finding, Severity};
use crate::inventory::is_python;
use crate::judge::ProjectState;
use crate::migrate::{Bug, Fixed, Migration, Pin, PinOutcome};
use crate::requirement::Ecosystem;
use crate::rule::{Code, Family};
use crate::settle::NotCounted;
use crate::source::Note;

/// How many places of one rule are listed.
const PLACES: usize = 8;

/// What is shown, and what was done.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether to use colours.
    pub color: bool,
    /// Every place, fixed ones too, and findings of every severity.
    pub verbose: bool,
    /// Whether the changes were written, not only shown.
    pub is_written: bool,
    /// Whether less trusted fixes were made.
    pub unsafe_fixes: bool,
    /// The width of the terminal, in columns.
    pub width: usize,
}

/// Whether nothing is left for a person.
pub fn is_done(made: &Migration) -> bool {
    made.bugs.is_empty() && made.for_you().next().is_none()
}

/// For people: what is left by rule, silent ones first, then what was done.
pub fn text(made: &Migration, style: Style) -> String {
    let target = escaped(&made.target);
    let mut out = String::new();
    if style.verbose {
        for one in &made.fixed {
            let (path, title) = (escaped(&one.path), clipped(&one.title));
            let _ = writeln!(out, "fixed {} {path}:{}:{}: {title}", one.rule, one.start.line, one.start.column);
        }
        if !made.fixed.is_empty() {
            out.push('\n');
        }
    }
    let least = if style.verbose { Severity::Info } else { Severity::Warning };
    for group in groups(made.left.iter().filter(|finding| finding.severity >= least)) {
        rule(&group, style, &mut out);
    }
    pins(&made.pins, style, &mut out);
    for declared in &made.declared {
        let _ = writeln!(out, "declared {}", escaped(declared));
    }
    for bug in &made.bugs {
        let what = bug.rule.as_deref().map_or("its fixes were".to_owned(), |rule| format!("the fixes of {rule} were"));
        let (path, reason) = (escaped(&bug.path), escaped(&bug.reason));
        let _ = writeln!(
            out,
            "bug in mcp-audit: {path}: {what} not made, because the new text does not hold against mcp {target} ({reason}); \
             please report it"
        );
    }
    if style.verbose {
        settled::list(&made.settled, &mut out);
    }
    for note in made.notes.iter().take(if style.verbose { usize::MAX } else { PLACES }) {
        unchecked(note, &mut out);
    }
    summary(made, style, &mut out);
    out
}

/// Findings of one rule, in order.
fn groups<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<Vec<&'f Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        match groups.last_mut() {
            Some(group) if group[0].rule == finding.rule && group[0].severity == finding.severity => {
                group.push(finding)
            }
            _ => groups.push(vec![finding]),
        }
    }
    groups
}

/// The places of one rule: what it is, what to do, and where.
fn rule(group: &[&Finding], style: Style, out: &mut String) {
    let Some(first) = group.first() else { return };
    let badge = if first.is_silent() { "SILENT " } else { "" };
    let title = format!("{badge}{} {}", first.rule, first.name);
    let title = if style.color { format!("\u{1b}[1m{title}\u{1b}[0m") } else { title };
    let _ = writeln!(out, "{title} ({})", first.severity.name());
    let mut by_message: Vec<(&str, Vec<&Finding>)> = Vec::new();
    for finding in group {
        match by_message.iter_mut().find(|(message, _)| *message == finding.message) {
            Some((_, places)) => places.push(finding),
            None => by_message.push((&finding.message, vec![finding])),
        }
    }
    let shown = if style.verbose { usize::MAX } else { PLACES };
    for (message, places) in by_message.iter().take(shown) {
        let mut by_path: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for place in places {
            by_path.entry(&place.path).or_default().push(place.start.line.to_string());
        }
        for (path, mut lines) in by_path {
            lines.dedup();
            let _ = writeln!(out, "  {}:{}", escaped(path), lines.join(","));
        }
        let _ = writeln!(out, "    {}", escaped(message));
        if let Some(help) = places.first().and_then(|place| place.help.first()) {
            let _ = writeln!(out, "    {}", escaped(help));
        }
    }
    if by_message.len() > shown {
        let _ = writeln!(out, "  and {} more (-v shows them)", by_message.len() - shown);
    }
    out.push('\n');
}

fn pins(pins: &[Pin], style: Style, out: &mut String) {
    for pin in pins {
        let (path, before) = (escaped(&pin.path), clipped(&pin.before));
        let _ = match &pin.outcome {
            PinOutcome::Moved(after) => {
                let verb = if style.is_written { "moved" } else { "moves" };
                writeln!(out, "{verb} `{before}` to `{}` in {path}:{}", clipped(after), pin.line)
            }
            PinOutcome::Left(reason) => {
                writeln!(out, "left `{before}` in {path}:{}: {}", pin.line, escaped(reason))
            }
        };
    }
}

fn summary(made: &Migration, style: Style, out: &mut String) {
    let left = made.for_you().count();
    let silent = made.for_you().filter(|finding| finding.is_silent()).count();
    if made.changed.is_empty() && left == 0 && made.bugs.is_empty() {
        let _ = writeln!(out, "Nothing to migrate; {} looked at.", count(made.files_seen, "file"));
        out.push_str(&settled::sentence(&made.settled, style.verbose));
        return;
    }
    let verb = if style.is_written { "fixed" } else { "would be fixed" };
    let files = count(made.changed.len(), "file");
    let silent = if silent > 0 { format!(", {silent} of them silent") } else { String::new() };
    let places = count(made.fixed.len(), "place");
    let proof = proof(made).map(|proof| format!("; {proof}")).unwrap_or_default();
    let _ = writeln!(out, "{places} {verb} in {files}, {left} for you{silent}{proof}.");
    if made.waiting > 0 && !style.unsafe_fixes {
        let _ = writeln!(
            out,
            "{} of those for you would be fixed with `--unsafe-fixes`; ask for that first, on the code as it was.",
            made.waiting
        );
    }
    let notes = made.left.iter().filter(|finding| finding.severity < Severity::Warning).count();
    if notes > 0 && !style.verbose {
        let _ = writeln!(out, "{} that nobody has to act on not shown (-v shows them).", count(notes, "remark"));
    }
    out.push_str(&settled::sentence(&made.settled, style.verbose));
    if !made.relock.is_empty() {
        let commands: Vec<String> = made.relock.iter().map(|command| format!("`{}`", escaped(command))).collect();
        let _ = writeln!(out, "Bring the locks up to date: {}", commands.join(", "));
    }
    if style.is_written && !made.changed.is_empty() {
        let check = if changes(made, is_rust) { "run `cargo check` and the tests" } else { "run the tests" };
        let _ = writeln!(out, "Now look at the diff and {check}.");
    }
}

/// What is known of the new text. Of Rust code that is its form alone: no API is at hand to hold it against.
pub(crate) fn proof(made: &Migration) -> Option<String> {
    let speaks = |state: &ProjectState| state.code.is_some_and(|code| code != Code::NoImports);
    let has_python = changes(made, is_python)
        || made.projects.iter().any(speaks)
        || made.pins.iter().any(|pin| pin.ecosystem == Ecosystem::Python);
    let has_rust = changes(made, is_rust) || made.left.iter().any(|one| one.family == Family::Rust);
    let made_is = if made.bugs.is_empty() { "" } else { "what was made is " };
    let python = format!("{made_is}verified against mcp {}", escaped(&made.target));
    let rust = "the Rust code parses, and was not compiled";
    match (has_python, has_rust) {
        (true, false) => Some(python),
        (true, true) => Some(format!("{python}; {rust}")),
        (false, true) => Some(rust.to_owned()),
        (false, false) => None,
    }
}

/// Whether one of the files that changed is of this kind.
fn changes(made: &Migration, kind: impl Fn(&str) -> bool) -> bool {
    made.changed.iter().any(|one| kind(&one.path))
}

fn is_rust(path: &str) -> bool {
    path.ends_with(".rs") || path.ends_with("Cargo.toml")
}

#[derive(Serialize)]
struct Output<'a> {
    schema_version: u32,
    target: &'a str,
    summary: Summary,
    changed: Vec<&'a str>,
    fixed: &'a [Fixed],
    left: &'a [Finding],
    pins: &'a [Pin],
    declared: &'a [String],
    relock: &'a [String],
    bugs: &'a [Bug],
    projects: &'a [ProjectState],
    notes: &'a [Note],
}

#[derive(Serialize)]
struct Summary {
    files_seen: usize,
    fixed: usize,
    for_you: usize,
    silent: usize,
    fixable_with_unsafe_fixes: usize,
    #[serde(flatten)]
    not_counted: NotCounted,
}

/// For programs; a field may be added under the same `schema_version`, and is never renamed, retyped or removed.
///
/// # Errors
/// None that a migration can bring about.
pub fn json(made: &Migration) -> serde_json::Result<String> {
    let output = Output {
        schema_version: SCHEMA_VERSION,
        target: &made.target,
        summary: Summary {
            files_seen: made.files_seen,
            fixed: made.fixed.len(),
            for_you: made.for_you().count(),
            silent: made.for_you().filter(|finding| finding.is_silent()).count(),
            fixable_with_unsafe_fixes: made.waiting,
            not_counted: made.settled.not_counted(),
        },
        changed: made.changed.iter().map(|one| one.path.as_str()).collect(),
        fixed: &made.fixed,
        left: &made.left,
        pins: &made.pins,
        declared: &made.declared,
        relock: &made.relock,
        bugs: &made.bugs,
        projects: &made.projects,
        notes: &made.notes,
    };
    serde_json::to_string_pretty(&output).map(|text| text + "\n")
}
