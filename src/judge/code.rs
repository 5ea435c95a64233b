//! What a project's imports show about the major of the SDK it was written for.
//!
//! Only importable paths are weighed here. Fields, keyword arguments and decorators that changed under an unchanged
//! import are invisible to it, so "either" never means "runs on both".

use crate::inventory::FileFacts;
use crate::project::{Project, Projects};
use crate::python::surface::Surface;
use crate::python::{Guard, Import};
use crate::rule::Code;
use crate::source::Span;

/// What the imports of a project show.
#[derive(Debug, Default)]
pub struct Evidence {
    /// The conclusion.
    pub code: Code,
    /// The import that decided it: its path, and its file with line.
    pub decided_by: Option<(String, String)>,
    /// The first import of what only the newer major has, when nothing serves the other one.
    pub newer: Option<(String, String)>,
    /// The first import of the SDK that would fail without it: file and span.
    pub needs: Option<(String, Span)>,
}

/// Which majors have a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Major {
    Older,
    Newer,
    Both,
}

impl Evidence {
    pub(super) fn of(project: &Project<'_>, projects: &Projects<'_>) -> Self {
        let mut evidence = Self::default();
        let mut seen: [Option<(String, String)>; 4] = Default::default();
        for facts in project.files.iter().filter(|facts| !is_tooling(facts.file.path(), &project.folder)) {
            for import in sdk_imports(facts, projects) {
                let place = || {
                    (
                        import.path.clone(),
                        format!("{}:{}", facts.file.path(), facts.file.position(import.span.start).line),
                    )
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
                seen[slot].get_or_insert_with(place);
            }
        }
        evidence.newer = seen[1].clone();
        let order = [Code::OlderOnly, Code::NewerOnly, Code::Both, Code::Either];
        if let Some((code, decided)) = order.into_iter().zip(seen).find_map(|(code, decided)| Some((code, decided?))) {
            evidence.code = code;
            evidence.decided_by = Some(decided);
        }
        evidence
    }

    /// "`mcp.server.fastmcp` in server.py:3", for people.
    pub(super) fn shown(&self) -> String {
        shown(self.decided_by.as_ref())
    }

    /// The same of what only the newer major has.
    pub(super) fn newer_shown(&self) -> String {
        shown(self.newer.as_ref())
    }
}

fn shown(import: Option<&(String, String)>) -> String {
    import.map(|(path, place)| format!("`{path}` in {place}")).unwrap_or_default()
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
        Guard::TryBody { others } => others.iter().any(|other| other.starts_with("mcp")),
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
