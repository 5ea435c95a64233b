//! A rule for people: what happens, why, what the fix does, with the rule's own examples.

use std::fmt::Write;

use crate::finding::Fails;
use crate::rule::Rule;

/// Everything that is worth reading of `rule`, with a line end.
pub fn text(rule: &Rule) -> String {
    let mut out = format!("{} {}\n\n{}\n\n", rule.id, rule.name, rule.summary);
    let fails = match rule.fails {
        Fails::Silent => "SILENT: it imports, runs, and means something else".to_owned(),
        Fails::Never => "breaks nothing".to_owned(),
        fails => format!("fails: {}", fails.name()),
    };
    let fix = if rule.offers().is_empty() { String::new() } else { format!(", fix: {}", rule.fix_word()) };
    let _ = writeln!(out, "severity: {}{fix}, {fails}\n\n{}", rule.severity, rule.explanation.trim());
    if let Some(guide) = &rule.guide {
        let _ = writeln!(out, "\nIn the SDK's migration guide: #{guide}");
    }
    for example in &rule.examples {
        let (title, body) = match (&example.before, &example.untouched) {
            (Some(before), _) => ("found in", before),
            (None, Some(untouched)) => ("nothing found in", untouched),
            (None, None) => continue,
        };
        let ends = example.fails_with.as_ref().map(|error| format!(" (on mcp 2: {error})")).unwrap_or_default();
        let _ = write!(out, "\n{title} {}{ends}:\n\n{}", example.path, indented(body));
        if let Some(after) = &example.after {
            let _ = write!(out, "\nafter the fix:\n\n{}", indented(after));
        }
    }
    out
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}
