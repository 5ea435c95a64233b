//! Runs a rule's own examples: what must be found is found, what must not be is not, and the fix makes of the one text
//! the other. Rules of the program and rules of users are held to the same.

use std::collections::BTreeMap;

use crate::fix::{self, Applicability, Chosen, Fix, PinOptions};
use crate::inventory;
use crate::report::Report;
use crate::rule::{Example, Rule, Rules, Subject};
use crate::source::SourceFile;
use crate::transitive::Means;

/// How often fixes are applied to the text that the ones before have made: more than any example needs.
const MAX_ROUNDS: usize = 10;

/// Texts by the paths of their files.
type Files = BTreeMap<String, String>;

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

/// The example's files, by path, with `text` in the place of its own.
fn files(example: &Example, text: &str) -> Files {
    let own = std::iter::once((example.path.clone(), text.to_owned()));
    example.beside.clone().into_iter().chain(own).collect()
}

fn scanned(files: &Files, rules: &Rules) -> Result<Report, String> {
    let files = files.iter().map(|(path, text)| SourceFile::in_memory(path, text)).collect();
    // What is traced is traced by locks alone: an example asks nobody.
    let inventory = inventory::of_files(files, &rules.packages);
    crate::report_traced(inventory, rules, &PinOptions::default(), &Means::default())
}

fn check(rule: &Rule, example: &Example, rules: &Rules) -> Result<(), String> {
    if let Some(text) = &example.untouched {
        let report = scanned(&files(example, text), rules)?;
        return match report.findings.iter().find(|finding| finding.rule == rule.id) {
            Some(finding) => {
                Err(format!("finds `{}` in line {} of what must stay untouched", finding.message, finding.start.line))
            }
            None => Ok(()),
        };
    }
    let before = example.before.as_deref().unwrap_or_default();
    let report = scanned(&files(example, before), rules)?;
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
        migrated(files(example, before), &report, rules)?
    } else {
        let fixes: Vec<&Fix> = found.iter().filter_map(|finding| finding.fix.as_ref()).collect();
        (applied(&files(example, before), &fixes)?, None)
    };
    let mut expected = files(example, after);
    expected.extend(example.beside_after.clone());
    for (path, after) in &expected {
        let made = made.get(path).map_or("", String::as_str);
        if made != after {
            let patch = String::from_utf8_lossy(&fix::diff(path, after.as_bytes(), made.as_bytes())).into_owned();
            let found: Vec<_> = report
                .findings
                .iter()
                .map(|one| (&one.rule, one.start.line, one.fix.as_ref().map(|fix| &fix.title)))
                .collect();
            return Err(format!("makes other text; from `after` to what was made:\n{patch}findings: {found:?}"));
        }
    }
    let again = match again {
        Some(again) => again,
        None => scanned(&expected, rules)?,
    };
    match again.findings.iter().find(|finding| finding.rule == rule.id && is_offered(finding.fix.as_ref())) {
        Some(finding) => Err(format!("finds the same again in line {} after its own fix", finding.start.line)),
        None => Ok(()),
    }
}

fn is_offered(fix: Option<&Fix>) -> bool {
    fix.is_some_and(|fix| fix.applicability >= Applicability::Unsafe)
}

/// `files` after those of `fixes` that can be made together.
fn applied(files: &Files, fixes: &[&Fix]) -> Result<Files, String> {
    let chosen = Chosen::of(fixes, &|path| files.get(path).map(String::len));
    let mut out = files.clone();
    for path in chosen.paths() {
        let file = SourceFile::in_memory(path, &files[path]);
        let made: Vec<&Fix> = chosen.applied.iter().map(|index| fixes[*index]).collect();
        let made: Vec<&Fix> = made.into_iter().filter(|fix| fix.edits.iter().any(|edit| edit.path == path)).collect();
        let sound = fix::verify(&file, &made);
        if let Some((_, fix)) = made.iter().enumerate().find(|(index, _)| !sound.contains(index)) {
            return Err(format!("the fix `{}` does not prove itself", fix.title));
        }
        let text = String::from_utf8(chosen.text(path, file.bytes())).map_err(|error| error.to_string())?;
        out.insert(path.to_owned(), text);
    }
    Ok(out)
}

/// What the fixes of all rules make of `files`, of which `report` tells, with the report on it where one was made.
fn migrated(mut files: Files, report: &Report, rules: &Rules) -> Result<(Files, Option<Report>), String> {
    let mut last: Option<Report> = None;
    for _ in 0..MAX_ROUNDS {
        let findings = last.as_ref().unwrap_or(report).findings.iter();
        let fixes = findings.filter(|finding| finding.requirement.is_none());
        let mut fixes: Vec<&Fix> =
            fixes.filter_map(|finding| finding.fix.as_ref()).filter(|fix| is_offered(Some(fix))).collect();
        fixes.sort_by_key(|fix| fix.extent());
        let next = applied(&files, &fixes)?;
        if next == files {
            return Ok((files, last));
        }
        last = Some(scanned(&next, rules)?);
        files = next;
    }
    Err("its fixes never come to an end".to_owned())
}
