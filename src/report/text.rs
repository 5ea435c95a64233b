//! For people at a terminal: each finding with its source underlined, then the table, then one line that sums up.

use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::escape::clipped;
use super::fold::{Shown, fold};
use super::{Report, escaped, settled, snippet, state, table, transitive};
use crate::finding::{Finding, Severity};
use crate::fix::Applicability;
use crate::source::Note;

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether to use colours.
    pub color: bool,
    /// Nothing but findings.
    pub quiet: bool,
    /// Findings of every severity, every declaration, every note.
    pub verbose: bool,
    /// The width of the terminal, in columns.
    pub width: usize,
}

/// The whole report.
pub fn render(report: &Report, style: Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() }.term_width(style.width);
    let mut out = String::new();
    let least = if style.verbose { Severity::Info } else { Severity::Note };
    let bounded = report.bounded();
    let listed: Vec<&Finding> = bounded.findings.iter().copied().filter(|finding| finding.severity >= least).collect();
    for Shown { finding, more } in fold(&listed, style.verbose) {
        out.push_str(&one(report, finding, more.as_deref(), &renderer));
        out.push_str("\n\n");
    }
    if style.quiet {
        return out;
    }
    if style.verbose {
        settled::list(&report.settled, &mut out);
    }
    if !report.declarations.is_empty() {
        out.push_str(&table::render(report, &bounded, style));
        out.push('\n');
    }
    if let Some(answers) = &report.transitive {
        out.push_str(&transitive::render(answers, style));
    }
    notes(report, style, &mut out);
    for note in &bounded.left_out {
        let _ = writeln!(out, "not shown: {}: {}", escaped(&note.path), escaped(&note.message));
    }
    out.push_str(&summary(report, style));
    out
}

/// One finding; `more` tells of others like it.
fn one(report: &Report, finding: &Finding, more: Option<&str>, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
        Severity::Info => Level::INFO,
    };
    let message = escaped(&finding.told());
    let mut group = Group::with_title(level.primary_title(message.as_str()).id(finding.rule.as_str()));
    let path = format!("{}:{}:{}", escaped(&finding.path), finding.start.line, finding.start.column);
    let excerpt = report.file(&finding.path).map(|file| snippet::excerpt(file, finding.span));
    let label = finding.fix.as_ref().map(|fix| clipped(&fix.title));
    if let Some(excerpt) = &excerpt {
        let mut mark = AnnotationKind::Primary.span(excerpt.marked.clone());
        mark = mark.label(label.as_deref());
        group = group.element(
            Snippet::source(excerpt.text.as_str())
                .line_start(excerpt.line)
                .path(escaped(&finding.path))
                .annotation(mark),
        );
    }
    let helps: Vec<String> = finding.help.iter().map(|help| escaped(help)).collect();
    group = group.elements(helps.iter().map(|help| Level::HELP.message(help.as_str())));
    group = group.elements(more.map(|more| Level::NOTE.message(more)));
    let rendered = renderer.render(&[group]);
    // A place without text (an empty file, a missing one) still has an address.
    if excerpt.is_none() { format!("{rendered}\n --> {path}") } else { rendered }
}

/// What was not checked, and why.
pub(super) fn unchecked(note: &Note, out: &mut String) {
    let place = note.position.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
    let _ = writeln!(out, "not checked: {}{place}: {}", escaped(&note.path), escaped(&note.message));
}

fn notes(report: &Report, style: Style, out: &mut String) {
    let shown = if style.verbose { report.notes.len() } else { report.notes.len().min(5) };
    for note in &report.notes[..shown] {
        unchecked(note, out);
    }
    if shown < report.notes.len() {
        let _ = writeln!(out, "not checked: {} more (-v shows them)", report.notes.len() - shown);
    }
}

fn summary(report: &Report, style: Style) -> String {
    let looked = format!("{} looked at", count(report.files_seen, "file"));
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter(|severity| report.count(*severity) > 0)
        .map(|severity| count(report.count(severity), severity.name()))
        .collect();
    let is_all = report.settled.taken.is_empty();
    let mut out = match (counts.is_empty(), report.declarations.len()) {
        (true, found) if !is_all => {
            format!("Nothing that counts found in {}; {looked}.\n", count(found, "declaration"))
        }
        (true, 0) => format!("No declaration of an MCP SDK found; {looked}.\n"),
        (true, found) => format!("No exposure found in {}; {looked}.\n", count(found, "declaration")),
        (false, 0) => format!("{}, and no declaration of an MCP SDK; {looked}.\n", counts.join(", ")),
        (false, found) => format!("{} in {}; {looked}.\n", counts.join(", "), count(found, "declaration")),
    };
    // What is hidden is told of below.
    let least = if style.verbose { Severity::Info } else { Severity::Note };
    out.push_str(&settled::sentence(&report.settled, style.verbose));
    let silent = report.findings.iter().filter(|finding| finding.is_silent() && finding.severity >= least).count();
    if silent > 0 {
        let they = if silent == 1 { "it imports, runs, and means" } else { "they import, run, and mean" };
        let _ = writeln!(out, "{} silent: {they} something else.", grouped(silent));
    }
    out.push_str(&state::sentence(report));
    let fixable = |wanted| {
        report
            .findings
            .iter()
            // The gate writes pins alone; what is shown beside code is for its reader.
            .filter(|finding| !finding.is_code())
            .filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.applicability == wanted))
            .count()
    };
    match (fixable(Applicability::Safe), fixable(Applicability::Unsafe)) {
        (0, 0) => {}
        (safe, 0) => {
            let _ = writeln!(out, "{safe} fixable with `--fix`; `--diff` shows the patch.");
        }
        (0, risky) => {
            let _ =
                writeln!(out, "{risky} fixable with `--fix --unsafe-fixes`; `--diff --unsafe-fixes` shows the patch.");
        }
        (safe, risky) => {
            let _ = writeln!(
                out,
                "{safe} fixable with `--fix`, {risky} more with `--unsafe-fixes`; `--diff` shows the patch."
            );
        }
    }
    if let Some((agreed, asked)) = report.agreed_with_cargo {
        let _ = writeln!(out, "cargo reads {} the same in {}.", count(agreed, "requirement"), count(asked, "manifest"));
    }
    let hidden = report.count(Severity::Info);
    if hidden > 0 && !style.verbose {
        let _ = writeln!(out, "{} not shown (-v shows them).", count(hidden, "finding of severity info"));
    }
    out
}

/// `1 file`, `1,234 files`.
pub(crate) fn count(number: usize, what: &str) -> String {
    match (number, what.strip_prefix("finding")) {
        (1, _) => format!("1 {what}"),
        (_, Some(rest)) => format!("{number} findings{rest}"),
        _ => format!("{} {what}s", grouped(number)),
    }
}

/// `12345` → `12,345`, of any unsigned number.
pub(super) fn grouped<N: ToString>(number: N) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
