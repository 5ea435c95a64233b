//! Runs a rule's own examples: what must be found is found, what must not be is not, and the fix makes of the one text
//! the other. Rules of the program and rules of users are held to the same.

use crate::fix::{self, Applicability, Fix, PinOptions};
use crate::inventory;
use crate::report::Report;
use crate::rule::{Example, Rule, Rules, Subject};
use crate::source::SourceFile;

/// How often fixes are applied to the text that the ones before have made: more than any example needs.
const MAX_ROUNDS: usize = 10;

/// Runs every example of `rule`, one of `rules`.
///
/// # Errors
/// What the first example that does not behave does instead, with its number from 0.
pub fn prove(rule: &Rule, rules: &Rules) -> Result<(), (usize, String)> {
    for (index, example) in rule.examples.iter().enumerate() {
        check(rule, example, rules).map_err(|problem| (index, problem))?;
    }
    Ok(())
}

fn scanned(example: &Example, text: &str, rules: &Rules) -> Result<Report, String> {
    let mut files = vec![SourceFile::in_memory(&example.path, text)];
    files.extend(example.beside.iter().map(|(path, text)| SourceFile::in_memory(path, text)));
    crate::report(inventory::of_files(files, &rules.packages), rules, &PinOptions::default())
}

fn check(rule: &Rule, example: &Example, rules: &Rules) -> Result<(), String> {
    if let Some(text) = &example.untouched {
        let report = scanned(example, text, rules)?;
        return match report.findings.iter().find(|finding| finding.rule == rule.id) {
            Some(finding) => {
                Err(format!("finds `{}` in line {} of what must stay untouched", finding.message, finding.start.line))
            }
            None => Ok(()),
        };
    }
    let before = example.before.as_deref().unwrap_or_default();
    let report = scanned(example, before, rules)?;
    let found: Vec<_> = report.findings.iter().filter(|finding| finding.rule == rule.id).collect();
    if found.is_empty() {
        let others: Vec<_> = report.findings.iter().map(|one| &one.rule).collect();
        return Err(format!("finds nothing; other findings: {others:?}"));
    }
    let is_code = rule.matches.subject == Subject::Python;
    let offers = found.iter().any(|finding| is_offered(finding.fix.as_ref()));
    let Some(after) = &example.after else {
        return if offers && rule.fix.is_none() {
            Err("offers a fix that the example does not show in `after`".to_owned())
        } else {
            Ok(())
        };
    };
    // A program runs on the newer SDK only when everything in it has moved, so the fixes of all rules about code are made.
    let (made, again) = if is_code {
        migrated(example, before, &report, rules)?
    } else {
        (applied(&example.path, before, found.iter().filter_map(|finding| finding.fix.as_ref()))?, None)
    };
    if made != *after {
        let patch = String::from_utf8_lossy(&fix::diff("after", after.as_bytes(), made.as_bytes())).into_owned();
        let found: Vec<_> = report
            .findings
            .iter()
            .map(|one| (&one.rule, one.start.line, one.fix.as_ref().map(|fix| &fix.title)))
            .collect();
        return Err(format!("makes other text; from `after` to what was made:\n{patch}findings: {found:?}"));
    }
    let again = match again {
        Some(again) => again,
        None => scanned(example, after, rules)?,
    };
    match again.findings.iter().find(|finding| finding.rule == rule.id && is_offered(finding.fix.as_ref())) {
        Some(finding) => Err(format!("finds the same again in line {} after its own fix", finding.start.line)),
        None => Ok(()),
    }
}

fn is_offered(fix: Option<&Fix>) -> bool {
    fix.is_some_and(|fix| fix.applicability >= Applicability::Unsafe)
}

/// `text` after the sound ones of `fixes`.
fn applied<'f>(path: &str, text: &str, fixes: impl Iterator<Item = &'f Fix>) -> Result<String, String> {
    let file = SourceFile::in_memory(path, text);
    let fixes: Vec<&Fix> = fixes.collect();
    let sound = fix::verify(&file, &fixes);
    if sound.len() < fixes.len() && fixes.iter().enumerate().any(|(index, _)| !sound.contains(&index)) {
        let unsound = fixes.iter().enumerate().find(|(index, _)| !sound.contains(index)).map(|(_, fix)| &fix.title);
        // A fix that waits for another one is no failure; one that cannot stand alone is.
        let alone = unsound.and_then(|title| fixes.iter().find(|fix| fix.title == *title));
        if let Some(fix) = alone.filter(|fix| fix::verify(&file, &[fix]).is_empty()) {
            return Err(format!("the fix `{}` does not prove itself", fix.title));
        }
    }
    let chosen: Vec<_> = sound.iter().map(|index| fixes[*index]).collect();
    let (bytes, _) = fix::apply(file.bytes(), &chosen);
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// What the fixes of all rules make of `before`, of which `report` tells, with the report on it where one was made.
fn migrated(
    example: &Example,
    before: &str,
    report: &Report,
    rules: &Rules,
) -> Result<(String, Option<Report>), String> {
    let (mut text, mut last): (_, Option<Report>) = (before.to_owned(), None);
    for _ in 0..MAX_ROUNDS {
        let findings = last.as_ref().unwrap_or(report).findings.iter();
        let fixes = findings.filter(|finding| finding.path == example.path && finding.requirement.is_none());
        let fixes = fixes.filter_map(|finding| finding.fix.as_ref()).filter(|fix| is_offered(Some(fix)));
        let next = applied(&example.path, &text, fixes)?;
        if next == text {
            return Ok((text, last));
        }
        last = Some(scanned(example, &next, rules)?);
        text = next;
    }
    Err("its fixes never come to an end".to_owned())
}
