//! A plan as one page: what the state is at a glance, by file and by rule, then the checklist and the inventory.

use std::fmt::Write;

use super::super::page::{Bars, Page, Row, Tile, Tone, prose, text};
use super::{KINDS, SHOWN, absent, count, effort, grouped, heading, lead, more, not_counted, remark, split};
use crate::finding::Fails;
use crate::plan::{Answer, Item, Plan, Spot, Stage, Step, Tally, Use};
use crate::portrait::Kind;

fn tone(step: Step) -> Tone {
    match step {
        Step::Live => Tone::Alarm,
        Step::Silent => Tone::Hidden,
        Step::Safe => Tone::Good,
        Step::Person => Tone::Work,
        Step::Known => Tone::Quiet,
    }
}

/// The whole page.
pub fn render(plan: &Plan) -> String {
    let mut page = Page::new("Migration plan", &lead(plan));
    let keys = ["live", "silent", "safe", "person", "known"];
    let tiles: Vec<Tile<'_>> = plan
        .stages
        .iter()
        .zip(keys)
        .map(|(stage, key)| Tile { key, label: stage.title, value: stage.places, tone: tone(stage.stage) })
        .collect();
    page.tiles(&tiles);
    let parts: Vec<_> = plan.stages.iter().map(|stage| (stage.title, tone(stage.stage), stage.places)).collect();
    page.whole("Findings by what breaks first", &parts);
    bars(plan, &mut page);
    page.section("to-do", "What to do, in this order", &not_counted(plan));
    plan.stages.iter().for_each(|stage| self::stage(stage, &mut page));
    moves(plan, &mut page);
    versions(plan, &mut page);
    readiness(plan, &mut page);
    uses(plan, &mut page);
    notes(plan, &mut page);
    page.finish()
}

fn place(path: &str, line: usize) -> String {
    format!("<span class=\"place\">{}:{line}</span>", text(path))
}

fn code(of: &str) -> String {
    if of.is_empty() { String::new() } else { format!("<code>{}</code>", text(of)) }
}

fn stage(stage: &Stage, page: &mut Page) {
    let said = format!("{} in {}", count(stage.places, "place"), count(stage.files, "file"));
    let said = if stage.items.is_empty() { "nothing".to_owned() } else { said };
    page.raw(&format!("<h3>{}: {said}</h3>\n", text(stage.title)));
    if stage.items.is_empty() {
        return;
    }
    page.raw(&format!("<p class=\"lead\">{}</p>\n<ul class=\"items\">\n", text(stage.stage.lead())));
    for item in &stage.items {
        page.raw(&self::item(item, stage.stage));
    }
    page.raw("</ul>\n");
}

fn item(item: &Item, step: Step) -> String {
    let mut out = format!(
        "<li class=\"{}\" data-rule=\"{}\"><p><span class=\"box\" aria-hidden=\"true\"></span><strong>{}</strong> {}",
        tone(step).class(),
        text(&item.rule),
        text(&item.rule),
        prose(&item.summary)
    );
    if item.fails == Fails::Silent && step != Step::Silent {
        let _ = write!(out, " <span class=\"badge {}\">silent</span>", Tone::Hidden.class());
    }
    let _ = writeln!(out, "</p>\n<p class=\"facts\">{} · {}</p>", item.severity.name(), text(&effort(item)));
    if let Some(advice) = &item.advice {
        let _ = writeln!(out, "<p>{}</p>", prose(advice));
    }
    let _ = writeln!(out, "<p><code class=\"run\">{}</code></p>", text(&item.command));
    let open = if item.spots.len() <= 3 { " open" } else { "" };
    let _ = writeln!(out, "<details{open}><summary>{}</summary><ul>", count(item.places, "place"));
    for spot in item.spots.iter().take(SHOWN) {
        out.push_str(&self::spot(spot));
    }
    if let Some(more) = item.spots.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let _ = writeln!(out, "<li>{more} more</li>");
    }
    out.push_str("</ul></details></li>\n");
    out
}

fn spot(spot: &Spot) -> String {
    format!("<li>{} {}</li>\n", place(&spot.path, spot.line), prose(&spot.message))
}

fn bars(plan: &Plan, page: &mut Page) {
    let columns: Vec<(&str, Tone)> = plan.stages.iter().map(|stage| (stage.title, tone(stage.stage))).collect();
    let row =
        |tally: &Tally| Row { label: tally.name.clone(), remark: tally.title.clone(), counts: tally.by_stage.to_vec() };
    for (key, title, of, tallies) in
        [("by-file", "By file", "file", &plan.by_file), ("by-rule", "By rule", "rule", &plan.by_rule)]
    {
        page.section(key, title, "What breaks first stands first; a bar is as long as there are findings.");
        let rows: Vec<Row> = tallies.iter().take(SHOWN).map(row).collect();
        let more = tallies.len().saturating_sub(SHOWN);
        let caption = match more {
            0 => format!("{}.", count(tallies.len(), of)),
            more => format!("The first {SHOWN} of {}; the JSON has the other {more}.", count(tallies.len(), of)),
        };
        page.bars(&Bars { key, caption: &caption, of, columns: &columns, rows: &rows });
    }
}

fn moves(plan: &Plan, page: &mut Page) {
    page.section(
        "moves",
        "What the program does",
        "Places that only show themselves once others are fixed are counted here, and not above.",
    );
    let made = [("mcp-audit migrate", &plan.moves.safe), ("mcp-audit migrate --unsafe-fixes", &plan.moves.all)];
    let rows: Vec<Vec<String>> = made
        .iter()
        .map(|(command, made)| {
            let numbers = [made.fixed, made.files, made.for_you, made.silent].map(|number| number.to_string());
            [vec![code(&format!("{command}{}", plan.arguments))], numbers.to_vec()].concat()
        })
        .collect();
    page.table(
        "moves",
        &["command", "places fixed", "files changed", "left for a person", "silent ones of these"],
        &rows,
    );
    let mut list = String::new();
    for pin in &plan.moves.pins {
        let what = match &pin.outcome {
            crate::migrate::PinOutcome::Moved(after) => format!("becomes {}", code(after)),
            crate::migrate::PinOutcome::Left(why) => format!("stays: {}", prose(why)),
        };
        let _ = writeln!(list, "<li>{} {} {what}</li>", place(&pin.path, pin.line), code(&pin.before));
    }
    for declared in &plan.moves.declared {
        let _ = writeln!(list, "<li>declared beside it: {}</li>", code(declared));
    }
    for command in &plan.moves.relock {
        let _ = writeln!(list, "<li>then {}</li>", code(command));
    }
    for bug in &plan.moves.bugs {
        let _ = writeln!(
            list,
            "<li>a defect of mcp-audit, please report it: {}: {}</li>",
            code(&bug.path),
            prose(&bug.reason)
        );
    }
    if !list.is_empty() {
        page.raw(&format!("<ul>\n{list}</ul>\n"));
    }
}

fn versions(plan: &Plan, page: &mut Page) {
    page.section("versions", "Versions", "");
    let rows: Vec<Vec<String>> = plan
        .versions
        .declared
        .iter()
        .take(SHOWN)
        .map(|row| {
            let admits =
                row.admits.as_deref().map_or_else(|| "–".to_owned(), |newest| format!("up to {}", text(newest)));
            let locked = row.locked.as_deref().map_or_else(|| "–".to_owned(), text);
            vec![code(&row.package), code(&row.declared), place(&row.path, row.line), admits, locked]
        })
        .collect();
    if rows.is_empty() {
        page.raw("<p>Nothing here declares an SDK.</p>\n");
    } else {
        page.table("declared", &["package", "declared", "where", "admits", "locked"], &rows);
        say_more(plan.versions.declared.len(), page);
    }
    let mut held: Vec<Vec<String>> = Vec::new();
    for one in &plan.versions.locked {
        held.push(vec!["locked".to_owned(), code(&one.package), text(&one.version), place(&one.path, one.line)]);
    }
    for one in &plan.versions.installed {
        held.push(vec!["installed".to_owned(), code(&one.package), text(&one.version), code(&one.environment)]);
    }
    if held.is_empty() {
        page.raw("<p>No lock and no environment that lies here holds one.</p>\n");
    } else {
        let all = held.len();
        held.truncate(SHOWN);
        page.table("held", &["", "package", "version", "where"], &held);
        say_more(all, page);
    }
}

fn readiness(plan: &Plan, page: &mut Page) {
    page.section("readiness", "Readiness for 2026-07-28", "Floors are those of the Python SDK.");
    let badge = |answer: Answer| {
        let tone = match answer {
            Answer::Yes => Tone::Good,
            Answer::No => Tone::Alarm,
            Answer::Unknown => Tone::Work,
            Answer::NotNeeded => Tone::Quiet,
        };
        format!("<span class=\"badge {}\">{}</span>", tone.class(), answer.name())
    };
    let rows: Vec<Vec<String>> = plan
        .readiness
        .iter()
        .map(|one| {
            let evidence: Vec<String> = one.evidence.iter().map(|at| place(&at.path, at.line)).collect();
            let why = format!(
                "{}<span class=\"remark\">{}</span><span class=\"remark\">{}</span>",
                prose(&one.why),
                prose(&one.note),
                evidence.join(", ")
            );
            let floor = one.floor.as_deref().map_or_else(|| "never".to_owned(), code);
            vec![prose(&one.title), badge(one.answer), why, floor, code(&one.newer)]
        })
        .collect();
    page.table("readiness", &["", "ready", "why", "in 1.x", "in 2.x"], &rows);
}

fn uses(plan: &Plan, page: &mut Page) {
    let said = format!(
        "Servers speak {}. Clients speak {}. Read from code in Python and Rust; of other languages the findings tell.",
        split(plan, Kind::ServerTransport),
        split(plan, Kind::ClientTransport)
    );
    page.section("inventory", "Inventory", &said);
    for kind in KINDS.into_iter().filter(|kind| plan.uses.count(*kind) != (0, 0)) {
        let (number, tests) = plan.uses.count(kind);
        let in_tests = if tests > 0 { format!(", {tests} in tests") } else { String::new() };
        let key = text(&serde_key(kind));
        let head = format!("{}: <span data-key=\"uses-{key}\">{number}</span>{in_tests}", prose(heading(kind)));
        let places: Vec<&Use> = plan.uses.of(kind).filter(|place| !place.in_tests).collect();
        if places.is_empty() {
            page.raw(&format!("<p class=\"lead\">{head}</p>\n"));
            continue;
        }
        page.raw(&format!("<details><summary>{head}</summary>\n"));
        let groups = grouped(&places);
        let rows: Vec<Vec<String>> = groups.iter().take(SHOWN).map(|(place, at)| row(place, at)).collect();
        page.table(&format!("places-{key}"), &["name", "by", "where", "how"], &rows);
        say_more(groups.len(), page);
        page.raw("</details>\n");
    }
    let absent = absent(plan);
    if !absent.is_empty() {
        page.raw(&format!("<p class=\"lead\">{}</p>\n", prose(&absent)));
    }
}

/// The name of a kind in the JSON.
fn serde_key(kind: Kind) -> String {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn row(one: &Use, at: &str) -> Vec<String> {
    let name = one.name.as_deref().map_or_else(|| "–".to_owned(), code);
    vec![name, code(&one.by), format!("<span class=\"place\">{}</span>", text(at)), text(&remark(one))]
}

fn notes(plan: &Plan, page: &mut Page) {
    if plan.notes.is_empty() {
        return;
    }
    page.section("notes", "Not checked", "");
    page.raw("<ul>\n");
    for note in plan.notes.iter().take(SHOWN) {
        page.raw(&format!("<li>{} {}</li>\n", code(&note.path), text(&note.message)));
    }
    page.raw("</ul>\n");
    say_more(plan.notes.len(), page);
}

/// Says how many of `all` are not on the page.
fn say_more(all: usize, page: &mut Page) {
    if let Some(more) = more(all) {
        page.raw(&format!("<p>{}</p>\n", prose(&more)));
    }
}
