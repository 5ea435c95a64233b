//! Which dependencies bring the next major in: one paragraph per project, with the ways.

use std::fmt::Write;

use super::escape::clipped;
use super::text::{Style, count};
use crate::transitive::{Answer, Basis, Outcome, Step};

/// Ways of a project that are shown unless all are asked for.
const WAYS: usize = 5;

/// The answers for people; those of projects that the package does not reach are counted.
pub(super) fn render(answers: &[Answer], style: Style) -> String {
    let mut out = String::new();
    let (away, told): (Vec<&Answer>, Vec<&Answer>) =
        answers.iter().partition(|answer| answer.outcome == Outcome::NotReached && !style.verbose);
    if let Some(first) = answers.first() {
        let _ = writeln!(out, "Which dependencies bring {} {} in:\n", first.package, first.next);
    } else {
        out.push_str("No project asks for a package, so nothing brings an SDK in.\n");
    }
    for answer in told {
        one(answer, style, &mut out);
    }
    if let Some(first) = away.first() {
        let _ = writeln!(out, "{} without {} among what is installed.", count(away.len(), "project"), first.package);
    }
    out.push('\n');
    out
}

fn one(answer: &Answer, style: Style, out: &mut String) {
    let (package, next) = (&answer.package, &answer.next);
    let says = match answer.outcome {
        Outcome::TakesNext => format!("takes {package} {next}"),
        Outcome::StaysBelow => format!("stays below {next}"),
        Outcome::NextImpossible => format!("{package} {next} is impossible beside the rest"),
        Outcome::NotReached => format!("does not install {package}"),
        Outcome::Unknown => "could not be told".to_owned(),
    };
    let takes = answer.takes.as_ref().map(|version| format!("{} ", clipped(version))).unwrap_or_default();
    let by = match answer.basis {
        Basis::Lock if answer.outcome == Outcome::TakesNext && answer.takes.is_none() => {
            " (nothing in the lock keeps it out)".to_owned()
        }
        Basis::Lock => " (by the lock)".to_owned(),
        Basis::Uv => format!(" ({takes}by uv)"),
        Basis::Estimate => format!(" ({takes}by estimate)"),
        Basis::Nothing => String::new(),
    };
    let _ = write!(out, "{}: {says}{by}", clipped(&answer.project));
    if let Some(lock) = &answer.lock {
        let _ = write!(out, "; `{}` holds {}", clipped(&lock.path), clipped(&lock.versions.join(" and ")));
    }
    out.push('\n');
    let shown = if style.verbose { answer.ways.len() } else { answer.ways.len().min(WAYS) };
    for way in &answer.ways[..shown] {
        let _ = writeln!(out, "  {}", way.iter().map(|step| self::step(step, way)).collect::<Vec<_>>().join(" → "));
    }
    if shown < answer.ways.len() {
        let _ = writeln!(out, "  and {} (-v shows them)", count(answer.ways.len() - shown, "longer way"));
    } else if answer.more_ways {
        out.push_str("  and more ways\n");
    }
    for holder in &answer.holders {
        let asks = holder.asks.as_ref().map(|asks| format!(" ({package}{})", clipped(asks))).unwrap_or_default();
        let _ = writeln!(out, "  {}{asks} holds {package} below {next}", named(holder));
    }
    if !answer.moved.is_empty() {
        let moves = answer.moved.iter().map(|moved| {
            let to = moved.to.as_ref().map_or("gone".to_owned(), |to| clipped(to));
            format!("{} {} → {to}", clipped(&moved.name), clipped(&moved.from))
        });
        let _ = writeln!(out, "  with `{package}>={next}` asked for: {}", moves.collect::<Vec<_>>().join(", "));
    }
    match answer.can_be_held {
        Some(true) => _ = writeln!(out, "  `{package}<{next}` leaves a solution"),
        Some(false) => _ = writeln!(out, "  `{package}<{next}` leaves no solution"),
        None => {}
    }
    for note in &answer.notes {
        let _ = writeln!(out, "  note: {}", super::escaped(note));
    }
}

fn named(step: &Step) -> String {
    match &step.version {
        Some(version) => format!("{} {}", clipped(&step.name), clipped(version)),
        None => clipped(&step.name),
    }
}

/// A step with what it asks of the last one, where that is known.
fn step(step: &Step, way: &[Step]) -> String {
    let is_before_last = way.len() >= 2 && std::ptr::eq(step, &way[way.len() - 2]);
    match (&step.asks, way.last()) {
        (Some(asks), Some(last)) if is_before_last => {
            format!("{} ({}{})", named(step), clipped(&last.name), clipped(asks))
        }
        _ => named(step),
    }
}
