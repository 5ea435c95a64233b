//! A picture of shares over time: a line for each, 0 to 100 % upwards, months to the right.

use std::fmt::Write;

use jiff::civil::Date;

use crate::report::page::{Tone, text};

/// The room for the lines, in the units of the picture; labels stand around it.
const WIDTH: usize = 640;
const HEIGHT: usize = 220;
const LEFT: usize = 44;
const TOP: usize = 14;

/// As many labels below as can be read beside each other.
const LABELS: usize = 8;

/// One line.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// What it is, in plain text.
    pub(super) label: &'a str,
    /// Its colour.
    pub(super) tone: Tone,
    /// A share, between 0 and 1, for each month.
    pub(super) shares: Vec<f64>,
}

/// The lines over `months`, with a mark at the day `marked`, which `label` names. `told` says in words what is drawn.
pub(super) fn lines(months: &[Date], lines: &[Line<'_>], marked: Option<(Date, &str)>, told: &str) -> String {
    let mut out = format!(
        "<figure class=\"chart\"><svg viewBox=\"0 0 {} {}\" role=\"img\"><title>{}</title>",
        LEFT + WIDTH + 12,
        TOP + HEIGHT + 26,
        text(told)
    );
    for percent in [0, 25, 50, 75, 100] {
        let y = TOP + HEIGHT - HEIGHT * percent / 100;
        let _ = write!(
            out,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{percent} %</text>",
            LEFT + WIDTH,
            LEFT - 6,
            y + 4
        );
    }
    let last = months.len().saturating_sub(1).max(1);
    let every = months.len().div_ceil(LABELS).max(1);
    for (at, month) in months.iter().enumerate().filter(|(at, _)| at % every == 0) {
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            LEFT + WIDTH * at / last,
            TOP + HEIGHT + 18,
            month.strftime("%Y-%m")
        );
    }
    if let Some((x, label)) = marked.and_then(|(day, label)| Some((place(months, day)?, label))) {
        // The words stand on the side that has room for them.
        let (anchor, beside) = if x > LEFT + WIDTH / 2 { ("end", x - 5) } else { ("start", x + 5) };
        let _ = write!(
            out,
            "<line class=\"mark\" x1=\"{x}\" x2=\"{x}\" y1=\"{TOP}\" y2=\"{}\"/>\
             <text x=\"{beside}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            TOP + HEIGHT,
            TOP + HEIGHT - 6,
            text(label)
        );
    }
    for line in lines {
        let points: Vec<(usize, usize)> =
            line.shares.iter().enumerate().map(|(at, share)| (LEFT + WIDTH * at / last, height(*share))).collect();
        let path: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let _ = write!(out, "<g class=\"{}\"><polyline points=\"{}\"/>", line.tone.class(), path.join(" "));
        if let Some((x, y)) = points.last() {
            let _ = write!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\"/>");
        }
        out.push_str("</g>");
    }
    out.push_str("</svg><figcaption>");
    for line in lines {
        let _ = write!(out, "<span><i class=\"{}\"></i>{}</span> ", line.tone.class(), text(line.label));
    }
    out.push_str("</figcaption></figure>\n");
    out
}

/// Where a day stands; a point is the end of its month. `None` outside of the picture.
fn place(months: &[Date], day: Date) -> Option<usize> {
    let last = months.len().checked_sub(1).filter(|last| *last > 0)?;
    let month = months.iter().position(|month| *month == day.first_of_month())?;
    let days = usize::try_from(day.days_in_month()).ok().filter(|days| *days > 0)?;
    let before = usize::try_from(day.day()).ok()?;
    let behind = (LEFT + WIDTH * month / last).checked_sub(WIDTH * (days - before) / days / last)?;
    (behind >= LEFT).then_some(behind)
}

fn height(share: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
    let thousandths = (share.clamp(0.0, 1.0) * 1000.0).round() as usize;
    TOP + HEIGHT - HEIGHT * thousandths / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_inside_whatever_is_given() {
        let months: Vec<Date> = (1..=9).map(|month| Date::constant(2026, month, 1)).collect();
        let line = Line { label: "<b>", tone: Tone::Alarm, shares: vec![0.0, 1.0, f64::NAN, 9.0, -3.0] };
        let drawn = lines(&months, &[line], Some((Date::constant(2026, 7, 28), "mcp 2")), "told");
        assert!(drawn.contains("points=\"44,234 124,14 204,234 284,14 364,234\""), "{drawn}");
        assert!(!drawn.contains("<b>") && drawn.contains("mcp 2"));
        // Six months and 28 of 31 days into eight months.
        assert_eq!(place(&months, Date::constant(2026, 7, 31)), Some(44 + 640 * 6 / 8));
        assert_eq!(place(&months, Date::constant(2025, 7, 31)), None);
        assert!(lines(&[], &[], Some((Date::constant(2026, 7, 28), "x")), "").contains("</svg>"));
        assert!(lines(&months[..1], &[], None, "").contains("2026-01"));
    }
}
