//! The rules about something other than one requirement: locks, projects as a whole, servers started by clients,
//! computed lists, places that could not be read.

use super::code::Evidence;
use super::locks;
use super::template::{Values, filled, sentences};
use crate::finding::Finding;
use crate::fix;
use crate::inventory::FileFacts;
use crate::manifest::IncludeKind;
use crate::project::{Project, Projects};
use crate::requirement::{Ecosystem, Scope};
use crate::rule::{FixKind, Rule, Rules, Subject as Kind};
use crate::source::{SourceFile, Span};

/// The findings on `project` of every rule that is not about requirements.
pub(super) fn judge(
    project: &Project<'_>,
    projects: &Projects<'_>,
    evidence: &Evidence,
    rules: &Rules,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules.iter() {
        match rule.matches.subject {
            Kind::Requirement | Kind::Python | Kind::Transitive => {}
            Kind::Launch => findings.extend(project.files.iter().flat_map(|facts| launches(rule, facts, projects))),
            Kind::Computed => findings.extend(project.files.iter().flat_map(|facts| computed(rule, facts))),
            Kind::Problem => findings.extend(project.files.iter().flat_map(|facts| problems(rule, facts))),
            Kind::Project => findings.extend(undeclared(rule, project, projects, evidence)),
            Kind::Lock => findings.extend(
                project.files.iter().flat_map(|facts| locks::judge(rule, facts, project, projects, evidence, rules)),
            ),
        }
    }
    findings
}

pub(super) fn finding(rule: &Rule, facts: &FileFacts, span: Span, values: &Values) -> Finding {
    let file = &facts.file;
    Finding {
        rule: rule.id.clone(),
        name: rule.name.clone(),
        family: rule.family(),
        severity: rule.severity,
        at_most: rule.severity,
        confidence: rule.confidence,
        fails: rule.fails,
        path: file.path().to_owned(),
        span,
        start: file.position(span.start),
        end: file.position(span.end),
        message: filled(&rule.message, values),
        help: sentences(&rule.help, values),
        requirement: None,
        fix: None,
    }
}

/// The runners that install a server anew each time it is started on a machine without it.
const RUNNERS: [&str; 3] = ["uvx", "uv tool run", "pipx run"];

/// Somebody else's server, started by a client: its own requirement cannot be edited here, but what is installed
/// beside it can be named. A server of the repository's own is judged by its manifest.
fn launches(rule: &Rule, facts: &FileFacts, projects: &Projects<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for launch in &facts.declarations.launches {
        if launch.place.scope != Scope::ClientConfig
            || !RUNNERS.contains(&launch.runner)
            || launch.with.iter().any(|name| name == "mcp")
            || projects.holds(launch.ecosystem, &launch.tool)
            || launch.tool == "mcp"
        {
            continue;
        }
        let values = Values::from([("tool", launch.tool.clone()), ("table", launch.place.table.clone())]);
        let mut found = finding(rule, facts, launch.span, &values);
        if let Some(plan) = rule.fix.as_ref().filter(|plan| plan.kind == FixKind::LaunchWith) {
            match fix::launch(&facts.file, launch, "mcp<2", plan.applicability) {
                Ok(fix) => found.fix = Some(fix),
                Err(reason) => found.help.push(format!("left alone: {reason}")),
            }
        }
        findings.push(found);
    }
    findings
}

/// Code that imports the SDK in a project whose manifests do not ask for it. What other lists might hold is not known
/// when one of them is computed, and an extra named after the SDK asks for it by another name.
fn undeclared(rule: &Rule, project: &Project<'_>, projects: &Projects<'_>, evidence: &Evidence) -> Option<Finding> {
    let (path, span) = evidence.needs.as_ref()?;
    let facts = projects.file(path)?;
    let files = asked_by(project, projects);
    let files = || files.iter();
    let asks = |name: &str| {
        files().flat_map(|facts| &facts.declarations.requirements).any(|one| {
            one.name == name
                && one.ecosystem == Ecosystem::Python
                && one.place.scope.asks()
                && one.place.scope != Scope::Documentation
        })
    };
    let is_unknown = files().any(|facts| facts.has_sdk_extra || !facts.declarations.computed.is_empty());
    // A manifest far below says nothing of a script at the root: that one has none.
    let mut around = projects.around(project).flat_map(|project| &project.files);
    let has_manifest = around.any(|facts| facts.is_manifest && facts.speaks_of_python());
    let wanted = match rule.matches.check.as_deref() {
        Some("undeclared") => has_manifest,
        Some("loose-script") => !has_manifest,
        _ => false,
    };
    if !wanted || is_unknown || asks("mcp") || asks("mcp-types") {
        return None;
    }
    let via = if asks("fastmcp") { "fastmcp".to_owned() } else { String::new() };
    Some(finding(rule, facts, *span, &Values::from([("project", project.shown().to_owned()), ("via", via)])))
}

/// The files that say what is installed for the code of `project`: its own, those of the projects around it, and
/// whatever these bring in. For code that no manifest names, also those in the folders below it that hold requirements
/// only (`docker/requirements.txt`).
fn asked_by<'a>(project: &Project<'a>, projects: &Projects<'a>) -> Vec<&'a FileFacts> {
    let below = projects.iter().filter(|other| {
        project.name.is_none()
            && other.name.is_none()
            && project.is_above(&other.folder)
            && other.files.iter().all(|facts| facts.imports.is_empty())
    });
    let mut files: Vec<&FileFacts> =
        projects.around(project).chain(below).flat_map(|project| project.files.iter().copied()).collect();
    let mut at = 0;
    while let Some(facts) = files.get(at) {
        for other in projects.included(facts, &IncludeKind::Requirements) {
            if !files.iter().any(|known| std::ptr::eq(*known, other)) {
                files.push(other);
            }
        }
        at += 1;
    }
    files
}

fn computed(rule: &Rule, facts: &FileFacts) -> Vec<Finding> {
    let lists = facts.declarations.computed.iter();
    lists
        .map(|list| {
            finding(rule, facts, list.span, &Values::from([("table", list.table.clone()), ("by", list.by.clone())]))
        })
        .collect()
}

fn problems(rule: &Rule, facts: &FileFacts) -> Vec<Finding> {
    let problems = facts.declarations.problems.iter().filter(|problem| {
        let kind = match problem.whole_file {
            true if is_template(&facts.file, problem.span) => "template",
            true => "whole-file",
            false => "one-place",
        };
        rule.matches.check.as_deref() == Some(kind)
    });
    problems
        .map(|problem| finding(rule, facts, problem.span, &Values::from([("problem", problem.message.clone())])))
        .collect()
}

/// Whether a file that is not of its syntax is a template of one: its path, or the line at which reading it ended,
/// holds a placeholder of Jinja's, Cookiecutter's, Mustache's or Copier's.
fn is_template(file: &SourceFile, at: Span) -> bool {
    let (before, behind) = file.text().split_at_checked(at.start).unwrap_or((file.text(), ""));
    let before = before.rsplit('\n').next().unwrap_or_default();
    let behind = behind.split('\n').next().unwrap_or_default();
    let holds = |mark: &str| [file.path(), before, behind].iter().any(|text| text.contains(mark));
    (holds("{{") && holds("}}")) || (holds("{%") && holds("%}"))
}
