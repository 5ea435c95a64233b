//! What a project's code shows about the major of the SDK it was written for: its imports first and, where these fit
//! both, what it does with them that only the older one can. "Either" says that nothing was seen, never "runs on both".

use crate::breakage::Breakage;
use crate::finding::{Confidence, Fails, Severity};
use crate::inventory::FileFacts;
use crate::project::{Project, Projects};
use crate::python::surface::Surface;
use crate::python::{Guard, Import};
use crate::rule::{Code, Family};
use crate::source::Span;

/// What the code of a project shows.
#[derive(Debug, Default)]
pub struct Evidence {
    /// The conclusion.
    pub code: Code,
    /// What decided it.
    pub decided_by: Option<Sign>,
    /// The first import of what only the newer major has, when nothing serves the other one.
    pub newer: Option<Sign>,
    /// Whether some of it has a guard for each major.
    pub serves_both: bool,
    /// The first import of the SDK that would fail without it: file and span.
    pub needs: Option<(String, Span)>,
}

/// A place in code that tells its major.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// How the code gets at it: `imports` or `uses`.
    verb: &'static str,
    /// A path of the SDK.
    path: String,
    /// File and line.
    place: String,
}

/// Which majors have a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Major {
    Older,
    Newer,
    Both,
}

impl Evidence {
    /// What the imports of `project` show and, where they fit both majors, what in `breakages`, those of the project's
    /// code, does not.
    pub(super) fn of(project: &Project<'_>, projects: &Projects<'_>, breakages: &[Breakage<'_>]) -> Self {
        let mut evidence = Self::of_imports(project, projects);
        // Code that guards an import serves both majors, and does so in branches that breakages do not know.
        if evidence.code == Code::Either
            && let Some(first) = breakages.iter().find(|one| is_of_older(one, &project.folder))
        {
            evidence.code = Code::OlderOnly;
            evidence.decided_by = Some(Sign::of_breakage(first));
        }
        evidence
    }

    fn of_imports(project: &Project<'_>, projects: &Projects<'_>) -> Self {
        let mut evidence = Self::default();
        let mut seen: [Option<Sign>; 4] = Default::default();
        for facts in project.files.iter().filter(|facts| !is_tooling(facts.file.path(), &project.folder)) {
            for import in sdk_imports(facts, projects) {
                let sign = || Sign {
                    verb: "imports",
                    path: import.path.clone(),
                    place: format!("{}:{}", facts.file.path(), facts.file.position(import.span.start).line),
                };
                let guarded = import.guard != Guard::None;
                if !guarded && evidence.needs.is_none() {
                    evidence.needs = Some((facts.file.path().to_owned(), import.span));
                }
                // A type checker's import never fails at run time, and a test that is skipped needs no major: neither
                // says much of what runs.
                let (major, guarded) = if matches!(import.guard, Guard::TypeChecking | Guard::Skipped) {
                    (Major::Both, false)
                } else {
                    (major_of(&import.path), is_served(import))
                };
                let slot = match (major, guarded) {
                    (Major::Older, false) => 0,
                    (Major::Newer, false) => 1,
                    (Major::Older | Major::Newer, true) => 2,
                    (Major::Both, _) => 3,
                };
                seen[slot].get_or_insert_with(sign);
            }
        }
        evidence.newer = seen[1].clone();
        evidence.serves_both = seen[2].is_some();
        let order = [Code::OlderOnly, Code::NewerOnly, Code::Both, Code::Either];
        if let Some((code, decided)) = order.into_iter().zip(seen).find_map(|(code, decided)| Some((code, decided?))) {
            evidence.code = code;
            evidence.decided_by = Some(decided);
        }
        evidence
    }

    /// "imports `mcp.server.fastmcp` in server.py:3", for people.
    pub(super) fn shown(&self) -> String {
        shown(self.decided_by.as_ref())
    }

    /// The same of what only the newer major has.
    pub(super) fn newer_shown(&self) -> String {
        shown(self.newer.as_ref())
    }
}

impl Sign {
    fn of_breakage(breakage: &Breakage<'_>) -> Self {
        let hit = &breakage.hit;
        let named = ["path", "name"].iter().find_map(|key| hit.values.get(key).filter(|value| !value.is_empty()));
        Self {
            verb: "uses",
            path: named.unwrap_or(&hit.rule.name).clone(),
            place: format!("{}:{}", breakage.path, breakage.start.line),
        }
    }
}

fn shown(sign: Option<&Sign>) -> String {
    sign.map(|Sign { verb, path, place }| format!("{verb} `{path}` in {place}")).unwrap_or_default()
}

/// Whether a breakage shows, as plainly as an import, that its code never ran on the newer major: it ends there with an
/// error for sure.
fn is_of_older(breakage: &Breakage<'_>, project: &str) -> bool {
    let rule = breakage.hit.rule;
    !breakage.is_newer
        && rule.family() == Family::Python
        && rule.severity == Severity::Error
        && matches!(rule.fails, Fails::Import | Fails::Call | Fails::Attribute)
        && breakage.hit.confidence == Confidence::High
        && !is_tooling(&breakage.path, project)
}

/// Whether a file stands in a hidden folder of its project: scripts of a CI or an editor, run in environments of their
/// own, say nothing of what the project's code was written for.
fn is_tooling(path: &str, project: &str) -> bool {
    path.strip_prefix(project)
        .unwrap_or(path)
        .split('/')
        .rev()
        .skip(1)
        .any(|part| part.starts_with('.') && part.len() > 1)
}

/// The imports of the SDK in a file: those of its own modules are not the SDK's, whatever they are called.
fn sdk_imports<'a>(facts: &'a FileFacts, projects: &Projects<'_>) -> impl Iterator<Item = &'a Import> {
    let shadowed = projects.of(facts).is_some_and(|project| projects.shadows_sdk(facts.file.path(), project));
    facts.imports.iter().filter(move |import| {
        let package = import.path.split('.').next().unwrap_or_default();
        package == "mcp_types" || (package == "mcp" && !shadowed)
    })
}

/// Whether the failure of an import is caught because something else serves the other major.
fn is_served(import: &Import) -> bool {
    match &import.guard {
        Guard::None | Guard::TypeChecking | Guard::Skipped => false,
        Guard::ExceptImportError => true,
        // `try: import mcp…; except ImportError: mcp = None` makes the SDK optional; it serves no other major.
        Guard::TryBody { others } | Guard::Branch { others } => others.iter().any(|other| other.starts_with("mcp")),
    }
}

/// Which majors have what an import names. What neither has says what the longest part of it says that one has.
fn major_of(path: &str) -> Major {
    let has = |surface: &Surface, path: &str| surface.index().canonical(path).is_some();
    let known = prefixes(path).map(|prefix| (has(Surface::v1(), prefix), has(Surface::v2(), prefix)));
    match known.into_iter().find(|(older, newer)| *older || *newer) {
        Some((true, false)) => Major::Older,
        Some((false, true)) => Major::Newer,
        _ => Major::Both,
    }
}

/// `a.b.c`, `a.b`, `a`.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('.').map(|(before, _)| before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_know_their_major() {
        for (path, major) in [
            ("mcp.server.fastmcp.FastMCP", Major::Older),
            ("mcp.server.fastmcp", Major::Older),
            ("mcp.McpError", Major::Older),
            ("mcp.client.streamable_http.streamablehttp_client", Major::Older),
            ("mcp.server.mcpserver.MCPServer", Major::Newer),
            ("mcp_types.Tool", Major::Newer),
            ("mcp.ClientSession", Major::Both),
            ("mcp.types.Tool", Major::Both),
            ("mcp.server.fastmcp.no_such_name", Major::Older),
            ("mcp.no_such_name", Major::Both),
        ] {
            assert_eq!(major_of(path), major, "{path}");
        }
    }
}
