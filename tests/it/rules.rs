//! Every rule's examples, run by one function: what must be found is found, what must not be is not, and the fix
//! makes of the one text the other.

use mcp_audit::fix::{self, PinOptions};
use mcp_audit::report::Report;
use mcp_audit::rule::{self, Example, Rule, Rules};
use mcp_audit::source::SourceFile;
use mcp_audit::{inventory, report};

fn scanned(example: &Example, text: &str, rules: &Rules) -> Report {
    let mut files = vec![SourceFile::in_memory(&example.path, text)];
    files.extend(example.beside.iter().map(|(path, text)| SourceFile::in_memory(path, text)));
    report(inventory::of_files(files, &rules.packages), rules, &PinOptions::default())
}

fn check(rule: &Rule, example: &Example, rules: &Rules) -> Result<(), String> {
    if let Some(text) = &example.untouched {
        let report = scanned(example, text, rules);
        return match report.findings.iter().find(|finding| finding.rule == rule.id) {
            Some(finding) => Err(format!("finds `{}` in what must stay untouched", finding.message)),
            None => Ok(()),
        };
    }
    let before = example.before.as_deref().unwrap_or_default();
    let report = scanned(example, before, rules);
    let found: Vec<_> = report.findings.iter().filter(|finding| finding.rule == rule.id).collect();
    if found.is_empty() {
        return Err(format!(
            "finds nothing; other findings: {:?}",
            report.findings.iter().map(|one| &one.rule).collect::<Vec<_>>()
        ));
    }
    let fixes: Vec<_> = found.iter().filter_map(|finding| finding.fix.as_ref()).collect();
    match &example.after {
        None if fixes.is_empty() || rule.fix.is_some() => Ok(()),
        None => Err("offers a fix the example does not show".to_owned()),
        Some(after) => {
            let file = SourceFile::in_memory(&example.path, before);
            let sound = fix::verify(&file, &fixes);
            let chosen: Vec<_> = sound.iter().map(|index| fixes[*index]).collect();
            let (bytes, _) = fix::apply(file.bytes(), &chosen);
            let made = String::from_utf8(bytes).map_err(|error| error.to_string())?;
            if made != *after {
                return Err(format!(
                    "makes\n{made}\ninstead of\n{after}\n({} fixes, {} sound; help: {:?})",
                    fixes.len(),
                    sound.len(),
                    found[0].help
                ));
            }
            let again = scanned(example, after, rules);
            match again.findings.iter().any(|finding| finding.rule == rule.id && finding.fix.is_some()) {
                true => Err("finds the same again after its own fix".to_owned()),
                false => Ok(()),
            }
        }
    }
}

#[test]
fn every_example_behaves() {
    let rules = rule::embedded().unwrap();
    let mut failures = Vec::new();
    for rule in rules.iter() {
        for example in &rule.examples {
            if let Err(problem) = check(rule, example, &rules) {
                failures.push(format!("{} in {}: {problem}", rule.id, example.path));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
