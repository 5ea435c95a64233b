//! A page for people who would rather look than read: the two shares, the classes, how both went month by month, who is
//! exposed and heaviest, and what a quotation needs. Every share carries its fraction, so that a program reads the same.

use jiff::civil::Date;

use super::chart::{Line, lines};
use super::words;
use crate::dependents::{Share, Survey, Tally};
use crate::report::page::{Bars, Page, Row, Tile, Tone, prose, text};
use crate::report::text::grouped;
use crate::requirement::Bound;

/// The whole page, with a line end; `top` is how many of the heaviest exposed packages it lists.
pub fn render(survey: &Survey, top: usize) -> String {
    let (package, subject) = (survey.subject.package.as_str(), words::subject(&survey.subject));
    let when = survey.subject.as_of.map_or_else(
        || "By the newest release of each package".to_owned(),
        |day| format!("By what was uploaded before {day} (UTC)"),
    );
    let lead = format!(
        "{when}, {} of the packages that depend on `{package}` declare no upper bound, and {} may take {subject} in a \
         fresh install although they accept an older major.",
        words::fraction(survey.tally.no_upper_bound),
        words::fraction(survey.tally.exposed)
    );
    let mut page = Page::new(&format!("Who depends on {package}"), &lead);
    page.tiles(&tiles(survey));
    classes(survey, &mut page);
    months(survey, &mut page);
    heaviest(survey, top, &mut page);
    levels(survey, &mut page);
    sources(survey, &mut page);
    page.finish()
}

fn tiles(survey: &Survey) -> [Tile<'_>; 4] {
    let tally = &survey.tally;
    [
        Tile { key: "active", label: "packages depend on it", value: tally.active, tone: Tone::Quiet },
        Tile {
            key: "no-upper-bound",
            label: "declare no upper bound",
            value: tally.no_upper_bound.count,
            tone: Tone::Work,
        },
        Tile { key: "exposed", label: "are exposed today", value: tally.exposed.count, tone: Tone::Alarm },
        Tile { key: "optional-only", label: "more in extras only", value: tally.optional_only, tone: Tone::Quiet },
    ]
}

/// What a class means for who installs such a package.
fn tone(class: Bound) -> Tone {
    match class {
        Bound::Unbounded | Bound::Spans => Tone::Alarm,
        Bound::RequiresNextOpen => Tone::Work,
        Bound::Below | Bound::RequiresNext => Tone::Good,
        Bound::Exact | Bound::ExactNext | Bound::NotARange | Bound::Empty | Bound::Unparsable => Tone::Quiet,
    }
}

/// A share in words that carries its fraction.
fn share(share: Share) -> String {
    format!("<data value=\"{}\">{}</data>", share.share, text(&words::percent(share)))
}

fn classes(survey: &Survey, page: &mut Page) {
    let (tally, major) = (&survey.tally, survey.subject.major);
    page.section("classes", "What they ask for", "The worst of a package's requirements counts, extras apart.");
    let named: Vec<(String, Tone, usize)> =
        tally.classes.iter().map(|(class, count)| (words::class(*class, major), tone(*class), *count)).collect();
    let parts: Vec<(&str, Tone, usize)> =
        named.iter().map(|(label, tone, count)| (label.as_str(), *tone, *count)).collect();
    page.whole("What dependents ask for", &parts);
    let rows = Bound::ALL.into_iter().filter_map(|class| {
        let (active, optional) = tally.of(class);
        let cells = vec![
            text(&words::class(class, major)),
            grouped(active),
            share(Share::new(active, tally.active, survey.coverage())),
            grouped(optional),
        ];
        (active + optional > 0).then_some(cells)
    });
    page.table("classes", &["asks for", "packages", "share", "in extras only"], &rows.collect::<Vec<_>>());
    let all = format!(
        "With the packages that ask only in extras, {} declare no upper bound and {} are exposed.",
        words::fraction(tally.no_upper_bound_with_optional),
        words::fraction(tally.exposed_with_optional)
    );
    if tally.optional_only > 0 {
        page.raw(&format!("<p>{}</p>\n", text(&all)));
    }
}

fn months(survey: &Survey, page: &mut Page) {
    if survey.months.is_empty() {
        return;
    }
    page.section("months", "Month by month", "At the end of each month, by the releases that were newest then.");
    let days: Vec<Date> = survey.months.iter().map(|month| month.month).collect();
    let shares = |of: fn(&Tally) -> Share| survey.months.iter().map(|month| of(&month.tally).share).collect();
    let drawn = [
        Line { label: "declare no upper bound", tone: Tone::Work, shares: shares(|tally| tally.no_upper_bound) },
        Line { label: "exposed", tone: Tone::Alarm, shares: shares(|tally| tally.exposed) },
    ];
    let subject = words::subject(&survey.subject);
    let marked = survey.subject.released.map(|day| (day, subject.as_str()));
    page.raw(&lines(
        &days,
        &drawn,
        marked,
        "Share of dependents without an upper bound, and of those exposed, by month",
    ));
    let rows = survey.months.iter().rev().map(|month| {
        vec![
            month.month.strftime("%Y-%m").to_string(),
            grouped(month.tally.active),
            share(month.tally.no_upper_bound),
            share(month.tally.exposed),
        ]
    });
    page.raw("<details><summary>The same in numbers</summary>\n");
    page.table("months", &["end of", "packages", "no upper bound", "exposed"], &rows.collect::<Vec<_>>());
    page.raw("</details>\n");
}

fn heaviest(survey: &Survey, top: usize, page: &mut Page) {
    let exposed = survey.heaviest(top);
    if exposed.is_empty() {
        return;
    }
    page.section("heaviest", "Exposed and heaviest", "By downloads in the thirty days before the source was asked.");
    let rows: Vec<Row> = exposed
        .into_iter()
        .map(|(downloads, one)| Row {
            label: one.name.to_string(),
            remark: format!("{}: {}", one.version, words::requirements(one)),
            counts: vec![usize::try_from(downloads).unwrap_or(usize::MAX)],
        })
        .collect();
    let columns = [("downloads", Tone::Alarm)];
    page.bars(&Bars {
        key: "heaviest",
        caption: "Downloads of the exposed packages",
        of: "package",
        columns: &columns,
        rows: &rows,
    });
}

fn levels(survey: &Survey, page: &mut Page) {
    if survey.levels.is_empty() {
        return;
    }
    page.section(
        "levels",
        "Through others",
        "Packages that reach it through requirements of requirements, and those that would take the new major with it.",
    );
    let rows =
        survey.levels.iter().map(|level| vec![level.depth.to_string(), grouped(level.reached), grouped(level.exposed)]);
    page.table("levels", &["requirements away", "packages", "exposed"], &rows.collect::<Vec<_>>());
}

fn sources(survey: &Survey, page: &mut Page) {
    page.section("sources", "Where this is from", "");
    page.raw("<ul>\n");
    for origin in &survey.origins {
        page.raw(&format!("<li>{}</li>\n", text(&words::origin(origin))));
    }
    for note in &survey.notes {
        page.raw(&format!("<li>{}</li>\n", prose(note)));
    }
    page.raw("</ul>\n");
}
