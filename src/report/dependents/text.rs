//! For people at a terminal: the claim in a sentence, the classes, the heaviest, the months, and where all of it is from.

use std::fmt::Write;

use comfy_table::{Cell, CellAlignment, Color};

use super::{Shown, words};
use crate::dependents::{Share, Survey, Tally};
use crate::report::escape::clipped;
use crate::report::text::{Style, grouped};
use crate::report::{escaped, table};
use crate::requirement::Bound;

/// As many months as fit on a screen.
const MONTHS: usize = 24;

/// The whole answer.
pub fn render(survey: &Survey, shown: Shown) -> String {
    let style = Style { color: shown.color, quiet: false, verbose: false, width: shown.width };
    let mut out = headline(survey);
    if !survey.dependents.is_empty() {
        let parts = [classes(survey, style), heaviest(survey, shown.top, style), months(survey, style)];
        for part in parts.into_iter().chain([levels(survey, style)]).filter(|part| !part.is_empty()) {
            out.push('\n');
            out.push_str(&part);
        }
    }
    out.push('\n');
    out.push_str(&sources(survey));
    out
}

/// One line per package: name, version, class, requirements.
pub fn list(survey: &Survey) -> String {
    let mut out = String::new();
    for dependent in &survey.dependents {
        let class = words::class(dependent.class, survey.subject.major);
        let optional = if dependent.optional { ", in extras only" } else { "" };
        let (version, asked) = (clipped(&dependent.version), words::requirements(dependent));
        let _ = writeln!(out, "{} {version}: {class}{optional}: {asked}", dependent.name);
    }
    out
}

/// The two metrics, in the words of the public claim, each with what it is a share of.
fn headline(survey: &Survey) -> String {
    let (tally, subject) = (&survey.tally, words::subject(&survey.subject));
    let package = &survey.subject.package;
    if survey.dependents.is_empty() {
        return format!("No package asks for {package}.\n");
    }
    let mut out = format!(
        "{} on {package}{}.\n{} declare no upper bound.\n\
         {} are exposed: a fresh install may take {subject} although they accept an older major.\n",
        packages(tally.active, "depend"),
        survey.subject.as_of.map_or_else(String::new, |day| format!(", by what was uploaded before {day} (UTC)")),
        words::fraction(tally.no_upper_bound),
        words::fraction(tally.exposed),
    );
    if tally.optional_only > 0 {
        let _ = writeln!(
            out,
            "{} on it in extras only; with those it is {} and {}.",
            packages(tally.optional_only, "depend"),
            words::fraction(tally.no_upper_bound_with_optional),
            words::fraction(tally.exposed_with_optional),
        );
    }
    out
}

/// `1 package depends`, `2 packages depend`.
fn packages(count: usize, verb: &str) -> String {
    let (noun, verb) = if count == 1 { ("package", format!("{verb}s")) } else { ("packages", verb.to_owned()) };
    format!("{} {noun} {verb}", grouped(count))
}

fn right(text: impl ToString) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn classes(survey: &Survey, style: Style) -> String {
    let tally = &survey.tally;
    let mut table = table::empty(style);
    let heading = |title| table::heading(title, style);
    table.set_header([
        heading("asks for"),
        heading("packages").set_alignment(CellAlignment::Right),
        heading("share").set_alignment(CellAlignment::Right),
        heading("in extras only").set_alignment(CellAlignment::Right),
    ]);
    for class in Bound::ALL {
        let (active, optional) = tally.of(class);
        if active + optional == 0 {
            continue;
        }
        let share = Share::new(active, tally.active, survey.coverage());
        let word = Cell::new(words::class(class, survey.subject.major));
        table.add_row([
            if class.is_exposed() { table::colored(word, Color::Red, style) } else { word },
            right(grouped(active)),
            right(words::percent(share)),
            right(if optional > 0 { grouped(optional) } else { String::new() }),
        ]);
    }
    table::trimmed(&table)
}

fn heaviest(survey: &Survey, top: usize, style: Style) -> String {
    let exposed = survey.heaviest(top);
    if exposed.is_empty() {
        return String::new();
    }
    let mut table = table::empty(style);
    let heading = |title| table::heading(title, style);
    table.set_header([
        heading("heaviest exposed"),
        heading("version"),
        heading("downloads in 30 days").set_alignment(CellAlignment::Right),
        heading("asks for"),
    ]);
    for (downloads, one) in exposed {
        table.add_row([
            Cell::new(&one.name),
            Cell::new(clipped(&one.version)),
            right(grouped(downloads)),
            Cell::new(words::requirements(one)),
        ]);
    }
    table::trimmed(&table)
}

fn months(survey: &Survey, style: Style) -> String {
    let Some(skipped) = (!survey.months.is_empty()).then(|| survey.months.len().saturating_sub(MONTHS)) else {
        return String::new();
    };
    let mut table = table::empty(style);
    let heading = |title| table::heading(title, style);
    table.set_header([
        heading("end of"),
        heading("packages").set_alignment(CellAlignment::Right),
        heading("no upper bound"),
        heading(""),
        heading("exposed"),
        heading(""),
    ]);
    for month in survey.months.iter().skip(skipped) {
        let Tally { active, no_upper_bound, exposed, .. } = &month.tally;
        table.add_row([
            Cell::new(month.month.strftime("%Y-%m")),
            right(grouped(*active)),
            right(words::percent(*no_upper_bound)),
            Cell::new(words::bar(no_upper_bound.share, 16)),
            right(words::percent(*exposed)),
            Cell::new(words::bar(exposed.share, 16)),
        ]);
    }
    let mut out = table::trimmed(&table);
    if skipped > 0 {
        let _ = writeln!(out, "{skipped} earlier months are in --format json");
    }
    out
}

fn levels(survey: &Survey, style: Style) -> String {
    if survey.levels.is_empty() {
        return String::new();
    }
    let mut table = table::empty(style);
    let heading = |title| table::heading(title, style);
    table.set_header([
        heading("requirements away"),
        heading("packages").set_alignment(CellAlignment::Right),
        heading("exposed").set_alignment(CellAlignment::Right),
    ]);
    for level in &survey.levels {
        table.add_row([right(level.depth), right(grouped(level.reached)), right(grouped(level.exposed))]);
    }
    let reached = survey.levels.iter().map(|level| level.reached).sum::<usize>();
    let exposed = survey.levels.iter().map(|level| level.exposed).sum::<usize>();
    table.add_row([right("all"), right(grouped(reached)), right(grouped(exposed))]);
    table::trimmed(&table)
}

/// What a quotation needs.
fn sources(survey: &Survey) -> String {
    let mut out = String::new();
    for note in &survey.notes {
        let _ = writeln!(out, "note: {}", escaped(note));
    }
    for origin in &survey.origins {
        let _ = writeln!(out, "source: {}", words::origin(origin));
    }
    let subject = words::subject(&survey.subject);
    if let Some(released) = survey.subject.released {
        let _ = writeln!(out, "{subject} was released on {released}.");
    }
    out
}
