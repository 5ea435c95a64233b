//! The words and figures that people read, the same in every text.

use crate::dependents::{Coverage, Dependent, Origin, Share, Subject};
use crate::report::escape::clipped;
use crate::report::escaped;
use crate::report::text::grouped;
use crate::requirement::Bound;

/// As many requirements of one package on the same other as anybody writes.
const LINES: usize = 8;

/// A class in the terms of this package's majors: `below 2`.
pub(super) fn class(class: Bound, major: u64) -> String {
    match class {
        Bound::Unbounded => "no upper bound".to_owned(),
        Bound::Spans => format!("bounded, but admits {major}"),
        Bound::RequiresNextOpen => format!("requires {major}, no upper bound"),
        Bound::Below => format!("below {major}"),
        Bound::RequiresNext => format!("requires {major}, bounded"),
        Bound::Exact => format!("exact pin before {major}"),
        Bound::ExactNext => format!("exact pin of {major} or later"),
        Bound::NotARange => "URL or path".to_owned(),
        Bound::Empty => "admits nothing".to_owned(),
        Bound::Unparsable => "not readable".to_owned(),
    }
}

/// `61 %`, with the interval where the data is a sample: `61 % (39–80 %)`.
pub(super) fn percent(share: Share) -> String {
    let whole = |part: f64| format!("{:.0}", part * 100.0);
    match share.interval {
        _ if share.of == 0 => "–".to_owned(),
        Some((low, high)) => format!("{} % ({}–{} %)", whole(share.share), whole(low), whole(high)),
        None => format!("{} %", whole(share.share)),
    }
}

/// `11 of 18 (61 %, 95 % interval 39–80 %)`.
pub(super) fn fraction(share: Share) -> String {
    let plain = Share { interval: None, ..share };
    let interval = share
        .interval
        .map_or_else(String::new, |(low, high)| format!(", 95 % interval {:.0}–{:.0} %", low * 100.0, high * 100.0));
    match share.of {
        0 => "0 of 0".to_owned(),
        _ => format!("{} of {} ({}{interval})", grouped(share.count), grouped(share.of), percent(plain)),
    }
}

/// What a dependent asks for, on one line.
pub(super) fn requirements(dependent: &Dependent) -> String {
    let lines = &dependent.requirements;
    let shown: Vec<String> = lines.iter().take(LINES).map(|line| clipped(line)).collect();
    let more = if lines.len() > LINES { format!(" | and {} more", lines.len() - LINES) } else { String::new() };
    shown.join(" | ") + &more
}

/// A share as a bar of at most `width` columns, to an eighth of one.
pub(super) fn bar(share: f64, width: u32) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and eight times the width")]
    let eighths = (share.clamp(0.0, 1.0) * f64::from(width) * 8.0).round() as usize;
    "█".repeat(eighths / 8) + PARTS[eighths % 8]
}

/// Where data is from, to be quoted.
pub(super) fn origin(origin: &Origin) -> String {
    let rows = if origin.rows == 1 { "row" } else { "rows" };
    let coverage = match origin.coverage {
        Coverage::All => "all packages in it",
        Coverage::Sample => "a sample",
    };
    let when = match origin.source {
        "snapshot" => "newest upload",
        _ => "asked",
    };
    let minute = origin.retrieved.strftime("%Y-%m-%d %H:%M UTC");
    format!(
        "{} {}, {} {rows}, {coverage}, {when} {minute}",
        escaped(origin.source),
        escaped(&origin.place),
        grouped(origin.rows)
    )
}

/// What is asked about: `mcp 2`.
pub(super) fn subject(subject: &Subject) -> String {
    format!("{} {}", subject.package, subject.major)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_readable() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped::<u64>), ["0", "999", "1,000", "1,234,567"]);
        let sample = Share::new(11, 18, Coverage::Sample);
        assert_eq!(percent(sample), "61 % (39–80 %)");
        assert_eq!(fraction(sample), "11 of 18 (61 %, 95 % interval 39–80 %)");
        assert_eq!(fraction(Share::new(0, 0, Coverage::Sample)), "0 of 0");
        assert_eq!([0.0, 0.5, 1.0, f64::NAN].map(|share| bar(share, 4)), ["", "██", "████", ""]);
        assert_eq!(bar(0.1, 4), "▍");
    }
}
