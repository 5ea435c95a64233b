//! A plan as Markdown: the checklist first, because it is worked off; then what it was made from.

use std::fmt::Write;

use super::{KINDS, SHOWN, absent, count, effort, grouped, heading, lead, more, not_counted, remark, split};
use crate::plan::{Item, Plan, Spot, Stage, Step, Use};
use crate::portrait::Kind;
use crate::report::escaped;

/// The whole plan, with a line end.
pub fn render(plan: &Plan) -> String {
    let mut out = String::from("# Migration plan\n\n");
    let _ = writeln!(out, "{}\n", lead(plan));
    numbers(plan, &mut out);
    out.push_str("## What to do, in this order\n\n");
    for stage in &plan.stages {
        self::stage(stage, &mut out);
    }
    moves(plan, &mut out);
    versions(plan, &mut out);
    readiness(plan, &mut out);
    uses(plan, &mut out);
    files(plan, &mut out);
    notes(plan, &mut out);
    out
}

/// Text from a tree within a sentence: one line in which nothing is markup.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for character in escaped(text).chars() {
        if matches!(character, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '~') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// A sentence of ours that names things between backticks: those stay code.
fn prose(text: &str) -> String {
    let pieces: Vec<String> = escaped(text)
        .split('`')
        .enumerate()
        .map(|(at, piece)| if at % 2 == 1 { piece.replace('|', "\\|") } else { plain(piece) })
        .collect();
    pieces.join("`")
}

/// Text from a tree as code, in a cell too.
fn code(text: &str) -> String {
    let text = escaped(text).replace('|', "\\|");
    let fence = if text.contains('`') { "``" } else { "`" };
    let pad = if text.contains('`') { " " } else { "" };
    if text.is_empty() { String::new() } else { format!("{fence}{pad}{text}{pad}{fence}") }
}

fn numbers(plan: &Plan, out: &mut String) {
    out.push_str("| stage | places | files |\n|---|---:|---:|\n");
    for stage in &plan.stages {
        let _ = writeln!(out, "| {} | {} | {} |", stage.title, stage.places, stage.files);
    }
    let _ = writeln!(
        out,
        "\n{} in {} looked at. A place is one finding; effort is told in places and files, because nobody measured the hours.\n",
        count(plan.summary.findings, "place"),
        count(plan.summary.files_seen, "file")
    );
    let not_counted = not_counted(plan);
    if !not_counted.is_empty() {
        let _ = writeln!(out, "{}\n", prose(&not_counted));
    }
}

fn stage(stage: &Stage, out: &mut String) {
    if stage.items.is_empty() {
        let _ = writeln!(out, "### {}: nothing\n", stage.title);
        return;
    }
    let (places, files) = (count(stage.places, "place"), count(stage.files, "file"));
    let _ = writeln!(out, "### {}: {places} in {files}\n\n{}\n", stage.title, stage.stage.lead());
    for item in &stage.items {
        self::item(item, stage.stage, out);
    }
    out.push('\n');
}

fn item(item: &Item, step: Step, out: &mut String) {
    let silent = if item.fails == crate::finding::Fails::Silent && step != Step::Silent { ", SILENT" } else { "" };
    let _ = writeln!(out, "- [ ] **{}** {} ({}{silent})  ", item.rule, prose(&item.summary), item.severity.name());
    let _ = writeln!(out, "  {}; {}  ", effort(item), code(&item.command));
    if let Some(advice) = &item.advice {
        let _ = writeln!(out, "  {}  ", prose(advice));
    }
    let _ = writeln!(out, "  {}", spots(&item.spots));
}

/// The places, by file: `a.py:3,7; b.py:1`.
fn spots(spots: &[Spot]) -> String {
    let mut said: Vec<String> = Vec::new();
    for group in spots.iter().take(SHOWN).collect::<Vec<_>>().chunk_by(|one, other| one.path == other.path) {
        let mut lines: Vec<String> = group.iter().map(|spot| spot.line.to_string()).collect();
        lines.dedup();
        said.extend(group.first().map(|first| code(&format!("{}:{}", first.path, lines.join(",")))));
    }
    let more = spots.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!("; {more} more") } else { String::new() };
    said.join("; ") + &more
}

fn moves(plan: &Plan, out: &mut String) {
    let (safe, all) = (&plan.moves.safe, &plan.moves.all);
    out.push_str("## What the program does\n\n| command | places fixed | files changed | left for a person | silent ones of these |\n|---|---:|---:|---:|---:|\n");
    for (command, made) in [("mcp-audit migrate", safe), ("mcp-audit migrate --unsafe-fixes", all)] {
        let command = code(&format!("{command}{}", plan.arguments));
        let _ = writeln!(out, "| {command} | {} | {} | {} | {} |", made.fixed, made.files, made.for_you, made.silent);
    }
    out.push_str("\nPlaces that only show themselves once others are fixed are counted here, and not above.\n");
    for pin in &plan.moves.pins {
        let (before, place) = (code(&pin.before), code(&format!("{}:{}", pin.path, pin.line)));
        let _ = match &pin.outcome {
            crate::migrate::PinOutcome::Moved(after) => write!(out, "\n- {place}: {before} becomes {}", code(after)),
            crate::migrate::PinOutcome::Left(why) => write!(out, "\n- {place}: {before} stays: {}", prose(why)),
        };
    }
    for declared in &plan.moves.declared {
        let _ = write!(out, "\n- declared beside it: {}", code(declared));
    }
    for command in &plan.moves.relock {
        let _ = write!(out, "\n- then {}", code(command));
    }
    for bug in &plan.moves.bugs {
        let _ = write!(out, "\n- a defect of mcp-audit, please report it: {}: {}", code(&bug.path), prose(&bug.reason));
    }
    out.push_str("\n\n");
}

fn versions(plan: &Plan, out: &mut String) {
    out.push_str("## Versions\n\n");
    if plan.versions.declared.is_empty() {
        out.push_str("Nothing here declares an SDK.\n");
    } else {
        out.push_str("| package | declared | where | admits | locked |\n|---|---|---|---|---|\n");
        for row in plan.versions.declared.iter().take(SHOWN) {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} |",
                code(&row.package),
                code(&row.declared),
                code(&format!("{}:{}", row.path, row.line)),
                row.admits.as_deref().map_or_else(|| "–".to_owned(), |newest| format!("up to {}", plain(newest))),
                row.locked.as_deref().map_or_else(|| "–".to_owned(), plain)
            );
        }
        say_more(plan.versions.declared.len(), out);
    }
    let locked: Vec<String> = plan
        .versions
        .locked
        .iter()
        .map(|one| {
            format!("{} {} in {}", code(&one.package), plain(&one.version), code(&format!("{}:{}", one.path, one.line)))
        })
        .collect();
    let _ = writeln!(out, "\nLocked: {}.  ", listed(&locked));
    let installed: Vec<String> = plan
        .versions
        .installed
        .iter()
        .map(|one| format!("{} {} in {}", code(&one.package), plain(&one.version), code(&one.environment)))
        .collect();
    let _ = writeln!(out, "Installed: {}.\n", listed(&installed));
}

fn listed(all: &[String]) -> String {
    match all.len() {
        0 => "nothing that lies here".to_owned(),
        1..=SHOWN => all.join(", "),
        many => format!("{}, {} more", all[..SHOWN].join(", "), many - SHOWN),
    }
}

fn say_more(all: usize, out: &mut String) {
    if let Some(more) = more(all) {
        let _ = writeln!(out, "\n{more}");
    }
}

fn readiness(plan: &Plan, out: &mut String) {
    out.push_str(
        "## Readiness for 2026-07-28\n\n| | ready | why | evidence | in 1.x | in 2.x |\n|---|---|---|---|---|---|\n",
    );
    for one in &plan.readiness {
        let evidence: Vec<String> = one.evidence.iter().map(|at| code(&format!("{}:{}", at.path, at.line))).collect();
        let _ = writeln!(
            out,
            "| {} | **{}** | {} | {} | {} | {} |",
            prose(&one.title),
            one.answer.name(),
            prose(&one.why),
            evidence.join(" "),
            one.floor.as_deref().map_or_else(|| "never".to_owned(), code),
            code(&one.newer)
        );
    }
    out.push_str("\nFloors are those of the Python SDK:\n\n");
    for one in &plan.readiness {
        let _ = writeln!(out, "- {}: {}", one.id, prose(&one.note));
    }
    out.push('\n');
}

fn uses(plan: &Plan, out: &mut String) {
    out.push_str("## Inventory\n\n");
    let _ = writeln!(
        out,
        "Servers speak {}. Clients speak {}.\n",
        split(plan, Kind::ServerTransport),
        split(plan, Kind::ClientTransport)
    );
    out.push_str("Read from code in Python and Rust; of other languages the findings tell.\n\n");
    for kind in KINDS.into_iter().filter(|kind| plan.uses.count(*kind) != (0, 0)) {
        let (code, tests) = plan.uses.count(kind);
        let in_tests = if tests > 0 { format!(", {tests} in tests") } else { String::new() };
        let _ = writeln!(out, "### {}: {code}{in_tests}\n", heading(kind));
        let places: Vec<&Use> = plan.uses.of(kind).filter(|place| !place.in_tests).collect();
        if !places.is_empty() {
            out.push_str("| name | by | where | |\n|---|---|---|---|\n");
            let rows = grouped(&places);
            rows.iter().take(SHOWN).for_each(|(place, at)| row(place, at, out));
            say_more(rows.len(), out);
            out.push('\n');
        }
    }
    let absent = absent(plan);
    if !absent.is_empty() {
        let _ = writeln!(out, "{absent}\n");
    }
}

fn row(place: &Use, at: &str, out: &mut String) {
    let name = place.name.as_deref().map_or_else(|| "–".to_owned(), code);
    let _ = writeln!(out, "| {name} | {} | {} | {} |", code(&place.by), code(at), plain(&remark(place)));
}

fn files(plan: &Plan, out: &mut String) {
    if plan.by_file.is_empty() {
        return;
    }
    let heads: String = plan.stages.iter().map(|stage| format!(" {} |", stage.title.to_lowercase())).collect();
    let lines = "---:|".repeat(plan.stages.len());
    for (title, of, tallies) in [("By file", "file", &plan.by_file), ("By rule", "rule", &plan.by_rule)] {
        let _ = writeln!(out, "## {title}\n\n| {of} |{heads}\n|---|{lines}");
        for tally in tallies.iter().take(SHOWN) {
            let counts: String = tally.by_stage.iter().map(|count| format!(" {count} |")).collect();
            let name = if tally.title.is_empty() {
                code(&tally.name)
            } else {
                format!("{} {}", tally.name, plain(&tally.title))
            };
            let _ = writeln!(out, "| {name} |{counts}");
        }
        say_more(tallies.len(), out);
        out.push('\n');
    }
}

fn notes(plan: &Plan, out: &mut String) {
    if plan.notes.is_empty() {
        return;
    }
    out.push_str("## Not checked\n\n");
    for note in plan.notes.iter().take(SHOWN) {
        let _ = writeln!(out, "- {}: {}", code(&note.path), plain(&note.message));
    }
    say_more(plan.notes.len(), out);
}
