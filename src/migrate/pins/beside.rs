//! What Python code asks for itself once it has moved: declared beside the SDK.

use std::collections::BTreeSet;

use super::Run;
use crate::fix::{self, Fix};
use crate::inventory::{FileFacts, is_python};
use crate::packages::Package;
use crate::project::Projects;
use crate::python;
use crate::requirement::{Requirement, Scope};
use crate::source::Span;

/// The packages that the code of a project imports now and does not declare: what the older SDK alone brought, and what
/// this migration was the first to import.
pub(super) fn needed<'p>(
    run: &Run<'_>,
    projects: &Projects<'_>,
    folder: &str,
    package: &'p Package,
) -> BTreeSet<&'p str> {
    let mut needed = BTreeSet::new();
    let in_project = run.inventory.files.iter().filter(|facts| projects.folder_of(facts.file.path()) == folder);
    let declared: BTreeSet<&str> = in_project.clone().flat_map(|facts| &facts.declared).map(String::as_str).collect();
    let missing: BTreeSet<&str> = missing(run, folder).map(|(name, _)| name).collect();
    let mut introduced: BTreeSet<String> = BTreeSet::new();
    for (path, before) in run.originals().filter(|(path, _)| is_python(path) && projects.folder_of(path) == folder) {
        let Some(now) = run.inventory.file(path) else { continue };
        let before = python::imported_packages(&String::from_utf8_lossy(before));
        introduced.extend(python::imported_packages(now.text()).difference(&before).cloned());
    }
    for one in &package.needed {
        let is_new = introduced.contains(&one.module);
        if (missing.contains(one.name.as_str()) || is_new) && !declared.contains(one.name.as_str()) {
            needed.insert(one.name.as_str());
        }
    }
    needed
}

/// The packages that only the older SDK brought and the code of a project imports without asking for them, each with the
/// places that say so: file, rule and span.
pub(super) fn missing<'a>(run: &'a Run<'_>, folder: &str) -> impl Iterator<Item = (&'a str, (&'a str, &'a str, Span))> {
    let breakages = run.breakages.by_project.get(folder).into_iter().flatten();
    let missing = breakages.filter(|one| one.hit.rule.checks.iter().any(|it| it.name.starts_with("undeclared-")));
    missing.filter_map(|one| {
        let name = one.hit.values.get("name")?.as_str();
        Some((name, (one.path.as_str(), one.hit.rule.id.as_str(), one.hit.span)))
    })
}

/// Declares a package beside the SDK, in lists that are installed to run the code. Whether it is declared.
pub(super) fn declare(
    facts: &FileFacts,
    beside: &Requirement,
    (name, package): (&str, &Package),
    fixes: &mut Vec<Fix>,
    declared: &mut BTreeSet<String>,
) -> bool {
    let scope = &beside.place.scope;
    let is_list = matches!(
        scope,
        Scope::Runtime
            | Scope::Extra(_)
            | Scope::Group(_)
            | Scope::Requirements
            | Scope::Environment(_)
            | Scope::Script
    );
    let Some(needed) = package.needed.iter().find(|one| one.name == name).filter(|_| is_list) else { return false };
    let shown = format!("{name}{} in {}", needed.specifier, facts.file.path());
    match fix::declare(&facts.file, beside, name, &needed.specifier) {
        Ok(fix) => {
            fixes.push(fix);
            declared.insert(shown);
            true
        }
        // What says that it is missing stays, and says what to do.
        Err(_) => false,
    }
}
