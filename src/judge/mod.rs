//! Crosses what is declared with what is known of the project, and says what that means: the rules' conditions are
//! weighed here, and nowhere else. Pure: the same inventory gives the same findings in the same order.

mod breakages;
mod checks;
mod code;
mod effective;
mod locks;
mod subject;
mod template;
mod transitive;
mod units;

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use crate::breakage::Breakages;
use crate::finding::Finding;
use crate::fix::PinOptions;
use crate::inventory::FileFacts;
use crate::project::{Project, Projects};
use crate::requirement::{Ecosystem, Requirement, Scope};
use crate::rule::{Code, Rules, Subject as Kind};
use crate::source::Span;
pub use code::Evidence;
use effective::Surroundings;
pub use subject::Subject;
pub use transitive::judge_transitive;

/// What a scan found out, before anybody printed it.
#[derive(Debug, Clone, Default)]
pub struct Verdicts {
    /// The findings, by file and place.
    pub findings: Vec<Finding>,
    /// Every declaration of an audited package, for the closing table.
    pub declarations: Vec<Row>,
    /// What each project's code shows.
    pub projects: Vec<ProjectState>,
}

/// One declaration in the closing table.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Row {
    /// The project it belongs to.
    pub project: String,
    /// The package.
    pub package: String,
    /// The file, as shown.
    pub path: String,
    /// Its line, from 1.
    pub line: usize,
    /// The list it stands in.
    pub table: String,
    /// What the list is for.
    pub scope: String,
    /// The declaration as written.
    pub declared: String,
    /// The newest known release it admits.
    pub admits: Option<String>,
    /// The verdict on what is declared.
    pub bound: crate::requirement::Bound,
    /// The verdict after constraints and overrides.
    pub effective: crate::requirement::Bound,
    /// What limits or replaces it here.
    pub limited_by: Vec<String>,
    /// The version a lock holds today, with the lock's path.
    pub locked: Option<String>,
    /// The rule that speaks of it, if one does.
    pub rule: Option<String>,
    /// The declaration after its fix.
    pub fixed: Option<String>,
}

impl Row {
    /// Whether an install by this declaration can take the newest series: prose installs nothing, and a constraint asks
    /// for nothing.
    pub fn is_exposed(&self) -> bool {
        self.effective.is_exposed() && !matches!(self.scope.as_str(), "documentation" | "constraint" | "override")
    }
}

/// What a project's code shows about the SDK.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ProjectState {
    /// The project's name or folder.
    pub project: String,
    /// Its folder, as shown.
    pub folder: String,
    /// What its code shows; `None` where only Python's imports would tell and the project is not of Python.
    pub code: Option<crate::rule::Code>,
    /// How many declarations of audited packages it holds.
    pub declarations: usize,
    /// How many of them a fresh install can take the newest major through.
    pub exposed: usize,
    /// What shows it: "imports `mcp.server.fastmcp` in server.py:3".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// How many places of its code the newer SDK breaks.
    pub breakages: usize,
    /// How many of these say nothing when they do.
    pub silent: usize,
}

/// The evidence that decides for the requirements of a project, given its own and that of the projects around it,
/// innermost first. A folder that only installs (`docker/requirements.txt`) does so for the code around it; a project of
/// its own name stands for itself. An example that shows no major goes with code around it that already moved on.
fn deciding<'e>(project: &Project<'_>, own: &'e Evidence, around: &[&'e Evidence]) -> &'e Evidence {
    let mut around = around.iter().copied();
    let found = match own.code {
        Code::NoImports if project.name.is_none() => around.find(|evidence| evidence.code != Code::NoImports),
        Code::NoImports | Code::Either => around.find(|evidence| matches!(evidence.code, Code::NewerOnly | Code::Both)),
        Code::OlderOnly | Code::NewerOnly | Code::Both => None,
    };
    found.unwrap_or(own)
}

/// By the folder of each project: the major its requirements are for, as its code and that around it show, and whether
/// some of that serves both.
pub fn deciding_code(projects: &Projects<'_>, code: &Breakages<'_>) -> BTreeMap<String, (Code, bool)> {
    let shown = evidence(projects, code);
    let of = |project: &Project<'_>| {
        let own = shown.get(project.folder.as_str())?;
        let around: Vec<_> = projects.around(project).filter_map(|around| shown.get(around.folder.as_str())).collect();
        let decides = deciding(project, own, &around);
        Some((project.folder.clone(), (decides.code, decides.serves_both)))
    };
    projects.iter().filter_map(of).collect()
}

fn evidence<'p>(projects: &'p Projects<'_>, code: &Breakages<'_>) -> BTreeMap<&'p str, Evidence> {
    let of = |project: &Project<'_>| Evidence::of(project, projects, code.of(project));
    projects.iter().map(|project| (project.folder.as_str(), of(project))).collect()
}

/// Whether a project named as the SDK asks for an extra of its own: `all = ["mcp[cli,ws]"]`.
fn is_of_itself(requirement: &Requirement, project: &Project<'_>) -> bool {
    let is_listed = matches!(requirement.place.scope, Scope::Runtime | Scope::Extra(_) | Scope::Group(_));
    is_listed && project.name.as_deref() == Some(&requirement.name) && project.ecosystem == Some(requirement.ecosystem)
}

/// The names of the checks that a rule about requirements may call for.
pub fn check_names() -> impl Iterator<Item = &'static str> {
    checks::CHECKS.iter().map(|(name, _)| *name)
}

/// Asks every rule about every requirement of an audited package in one file.
fn judge_requirements<'a>(
    facts: &'a FileFacts,
    project: &'a Project<'a>,
    projects: &'a Projects<'a>,
    evidence: &'a Evidence,
    (rules, options): (&'a Rules, &PinOptions),
    verdicts: &mut Verdicts,
) {
    let mut known: HashMap<_, Rc<Surroundings<'_>>> = HashMap::new();
    let mut by_name = subject::ByName::new();
    for requirement in &facts.declarations.requirements {
        by_name.entry(&requirement.name).or_default().push(requirement);
    }
    let by_name = Rc::new(by_name);
    for requirement in &facts.declarations.requirements {
        let Some(package) = rules.packages.get(requirement.ecosystem, &requirement.name) else { continue };
        if is_of_itself(requirement, project) {
            continue;
        }
        // What applies depends on the list a requirement stands in, but not on its own version.
        let key = (requirement.ecosystem, &requirement.name, std::mem::discriminant(&requirement.place.scope));
        let around =
            known.entry(key).or_insert_with(|| Rc::new(Surroundings::of(facts, requirement, project, projects)));
        let known = (Rc::clone(around), Rc::clone(&by_name));
        let subject = Subject::new(facts, requirement, package, project, known, evidence);
        let before = verdicts.findings.len();
        for rule in rules.iter().filter(|rule| rule.matches.subject == Kind::Requirement) {
            verdicts.findings.extend(subject.judged_by(rule, options));
        }
        verdicts.declarations.push(subject.row(&verdicts.findings[before..]));
    }
}

/// Weighs every declaration of `projects` against `rules`, and every breakage that `code` shows against the declarations.
pub fn judge(projects: &Projects<'_>, rules: &Rules, options: &PinOptions, code: &Breakages<'_>) -> Verdicts {
    let mut verdicts = Verdicts::default();
    let shown = evidence(projects, code);
    for project in projects.iter() {
        let Some(own) = shown.get(project.folder.as_str()) else { continue };
        let around: Vec<_> = projects.around(project).filter_map(|around| shown.get(around.folder.as_str())).collect();
        let evidence = deciding(project, own, &around);
        let first_row = verdicts.declarations.len();
        for facts in &project.files {
            judge_requirements(facts, project, projects, evidence, (rules, options), &mut verdicts);
        }
        verdicts.findings.extend(units::judge(project, projects, own, rules));
        let rows = &verdicts.declarations[first_row..];
        let is_python = project.ecosystem.is_none_or(|ecosystem| ecosystem == Ecosystem::Python);
        verdicts.projects.push(ProjectState {
            project: project.shown().to_owned(),
            folder: project.folder.clone(),
            code: (is_python || own.code != Code::NoImports).then_some(own.code),
            declarations: rows.len(),
            exposed: rows.iter().filter(|row| row.is_exposed()).count(),
            evidence: own.decided_by.as_ref().map(|_| own.shown()),
            breakages: 0,
            silent: 0,
        });
    }
    breakages::judge(projects, code, &shown, &mut verdicts);
    in_order(&mut verdicts);
    for rule in rules.iter().filter(|rule| !rule.once.is_empty()) {
        if let Some(first) = verdicts.findings.iter_mut().find(|finding| finding.rule == rule.id) {
            first.help.extend(rule.once.iter().cloned());
        }
    }
    verdicts.declarations.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    verdicts
}

/// Sorts the findings by file and place, each once.
fn in_order(verdicts: &mut Verdicts) {
    fn key(finding: &Finding) -> (&str, Span, &str) {
        (&finding.path, finding.span, &finding.rule)
    }
    verdicts.findings.sort_by(|one, other| key(one).cmp(&key(other)));
    // A declaration that several others lead to (a companion of each of them) is one finding with one fix.
    let is_one = |one: &Finding, other: &Finding| one.message == other.message || one.requirement.is_some();
    verdicts.findings.dedup_by(|one, other| key(one) == key(other) && is_one(one, other));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;
    use crate::{inventory, rule};

    fn judged(files: &[(&str, &str)]) -> Verdicts {
        let rules = rule::embedded().unwrap();
        let files = files.iter().map(|(path, text)| SourceFile::in_memory(path, text)).collect();
        let inventory = inventory::of_files(files, &rules.packages);
        judge(&Projects::group(&inventory), &rules, &PinOptions::default(), &Breakages::default())
    }

    #[test]
    fn a_row_shows_the_fix_of_its_own_requirement_only() {
        let verdicts = judged(&[("requirements.txt", "mcp>=1.2,<2\nhttpx>=0.27\n")]);
        assert!(verdicts.findings.iter().any(|finding| finding.rule == "DEP011" && finding.fix.is_some()));
        let row = &verdicts.declarations[0];
        assert_eq!((row.rule.as_deref(), row.fixed.as_deref()), (None, None));
    }

    #[test]
    fn an_exact_pin_admits_itself() {
        let verdicts = judged(&[("requirements.txt", "mcp==1.13.1\n")]);
        assert_eq!(verdicts.declarations[0].admits.as_deref(), Some("1.13.1"));
    }

    #[test]
    fn what_readers_copy_exposes_no_project() {
        let verdicts = judged(&[("README.md", "```bash\npip install mcp\n```\n")]);
        assert_eq!((verdicts.projects[0].declarations, verdicts.projects[0].exposed), (1, 0));
    }

    #[test]
    fn a_manifest_far_below_is_not_that_of_a_script_at_the_root() {
        let verdicts = judged(&[("testing/client.py", "import mcp\n"), ("samples/a/requirements.txt", "boto3\n")]);
        let rules: Vec<_> = verdicts.findings.iter().map(|finding| finding.rule.as_str()).collect();
        assert_eq!(rules, ["DEP020"]);
    }
}
