//! One line for each dependent, for spreadsheets (RFC 4180, with a heading).
//!
//! A spreadsheet runs a cell that begins like a formula, and whoever uploads a package chooses its version, so such a
//! cell gets a `'` in front, which spreadsheets take for "text". No name, class, time or readable version begins so.

use csv::Writer;

use crate::dependents::{Dependent, Survey};
use crate::report::escaped;

const HEADING: [&str; 7] = ["package", "version", "uploaded", "class", "optional", "downloads", "requirements"];

/// The dependents in order of name; several requirements of one stand in one cell, with ` | ` between them.
///
/// # Errors
/// Never for a survey; the signature is the writer's.
pub fn render(survey: &Survey) -> Result<String, csv::Error> {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(HEADING)?;
    for dependent in &survey.dependents {
        writer.write_record(row(dependent))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn row(dependent: &Dependent) -> [String; 7] {
    [
        dependent.name.to_string(),
        harmless(&dependent.version),
        dependent.uploaded.map(|at| at.to_string()).unwrap_or_default(),
        dependent.class.name().to_owned(),
        dependent.optional.to_string(),
        dependent.downloads.map(|downloads| downloads.to_string()).unwrap_or_default(),
        harmless(&dependent.requirements.join(" | ")),
    ]
}

/// Control characters are written out before the beginning is looked at, so that none hides one.
fn harmless(text: &str) -> String {
    let text = escaped(text);
    if text.trim_start().starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_run_nothing() {
        assert_eq!(harmless("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(harmless(" +1"), "' +1");
        assert_eq!(harmless("1.0"), "1.0");
        assert_eq!(harmless("\t=1"), "\\t=1");
    }
}
