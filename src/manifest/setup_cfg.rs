//! `setup.cfg`: setuptools' declarative lists, the lists of distutils2 and pbr before them, and tox where it is
//! configured here.

use std::ops::Range;

use super::{Declarations, Format, Include, IncludeKind, Path, ProjectTable, tox};
use crate::requirement::{Ecosystem, Place, Requirement, Scope, split};
use crate::source::{Fragment, SourceFile};
use crate::syntax::ini::{Entry, Ini};

/// `setup.cfg`.
#[derive(Debug)]
pub(super) struct SetupCfg;

impl Format for SetupCfg {
    fn name(&self) -> &'static str {
        "setup.cfg"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "setup.cfg"
    }

    fn only_if_mentioned(&self) -> bool {
        false
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let source = Fragment::verbatim(file.text(), 0);
        let ini = Ini::parse(&source);
        for (span, message) in &ini.problems {
            found.problem(*span, *message);
        }
        let name = ini.get("metadata", "name").filter_map(|entry| entry.lines.first()).next();
        if let Some(name) = name.map(|name| split::normalized(name.text())) {
            let name = (!name.starts_with("attr:") && !name.starts_with("file:")).then_some(name);
            found.project = Some(ProjectTable { ecosystem: Ecosystem::Python, publishes: name.is_some(), name });
        }
        let lists = [
            ("options", "install_requires", Scope::Runtime),
            ("options", "setup_requires", Scope::Build),
            ("options", "tests_require", Scope::Group("tests".to_owned())),
            ("metadata", "requires_dist", Scope::Runtime),
            ("metadata", "setup_requires_dist", Scope::Build),
        ];
        for (section, key, scope) in lists {
            for entry in ini.get(section, key) {
                read_list(entry, &Place::new(scope.clone(), format!("{section}.{}", entry.key)), found);
            }
        }
        for section in &ini.sections {
            let table = section.name;
            if !matches!(table, "options.extras_require" | "extras") {
                continue;
            }
            for entry in &section.entries {
                read_list(entry, &Place::new(Scope::Extra(entry.key.to_owned()), table), found);
            }
        }
        if ini.sections.iter().any(|section| section.name == "tox:tox") {
            tox::read(&ini, found);
        }
    }
}

/// A list of requirements, or the directive that names files of them.
fn read_list(entry: &Entry<'_>, place: &Place, found: &mut Declarations) {
    if entry.lines.first().is_some_and(|line| line.text().starts_with("file:")) {
        for line in &entry.lines {
            read_files(line, found);
        }
        return;
    }
    for line in &entry.lines {
        // setuptools splits a value of one line at semicolons, and only that; a `;` in a longer list is a marker.
        for range in at_semicolons(line.text(), entry.multiline) {
            let part = line.part(range);
            let body = part.part(0..without_comment(part.text()).len());
            let span = body.span(0..body.text().len());
            let (end, marker) = old_marker(body.text());
            let read = Requirement::from_pep508(&body.part(0..end), place.clone());
            let read = read.map(|read| {
                read.map(|mut requirement| {
                    requirement.marker = requirement.marker.take().or_else(|| marker.map(str::to_owned));
                    requirement
                })
            });
            found.requirement(read, span);
        }
    }
}

/// `file: requirements.txt, other.txt`, the lines below it included.
fn read_files(line: &Fragment<'_>, found: &mut Declarations) {
    let text = without_comment(line.text());
    let mut at = if text.starts_with("file:") { "file:".len() } else { 0 };
    for part in text[at..].split(',') {
        let target = part.trim();
        let start = at + part.len() - part.trim_start().len();
        at += part.len() + 1;
        if !target.is_empty() {
            let span = line.span(start..start + target.len());
            found.includes.push(Include { kind: IncludeKind::Requirements, target: target.to_owned(), span });
        }
    }
}

/// A comment behind a value begins with a blank and `#`.
pub(super) fn without_comment(text: &str) -> &str {
    let end = text.match_indices('#').find(|(at, _)| *at == 0 || text[..*at].ends_with([' ', '\t']));
    text[..end.map_or(text.len(), |(at, _)| at)].trim_end()
}

/// The parts between semicolons, except that a part which is plainly a marker stays with its requirement: setuptools
/// would refuse it, so its writer meant one line of a longer list.
fn at_semicolons(text: &str, multiline: bool) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for part in text.split(';') {
        let end = at + part.len();
        match ranges.last_mut() {
            Some(last) if multiline || is_marker(part.trim()) => last.end = end,
            _ => ranges.push(at..end),
        }
        at = end + 1;
    }
    ranges
}

/// Where a requirement ends before a marker behind a colon, as pbr wrote it before there was PEP 508, and that marker.
fn old_marker(text: &str) -> (usize, Option<&str>) {
    let colon = text.match_indices(':').find(|(at, _)| is_marker(text[at + 1..].trim_start()));
    match colon {
        Some((at, _)) if !text[..at].contains([';', '@']) => (at, Some(text[at + 1..].trim())),
        _ => (text.len(), None),
    }
}

fn is_marker(text: &str) -> bool {
    const VARIABLES: [&str; 8] =
        ["python_", "sys_platform", "platform_", "os_name", "implementation_", "extra ", "extra=", "("];
    VARIABLES.iter().any(|variable| text.starts_with(variable)) && text.contains(['=', '<', '>', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str) -> (SourceFile, Declarations) {
        let file = SourceFile::in_memory("setup.cfg", text);
        let mut found = Declarations::default();
        SetupCfg.locate(&file, &mut found);
        (file, found)
    }

    fn shown(text: &str) -> Vec<String> {
        let (file, found) = located(text);
        let one = |requirement: &Requirement| {
            format!(
                "{} {:?} {} | {}",
                requirement.place.table,
                requirement.place.scope,
                file.slice(requirement.span),
                requirement.marker.as_deref().unwrap_or("-")
            )
        };
        found.requirements.iter().map(one).collect()
    }

    #[test]
    fn lists_are_read() {
        let text = "[metadata]\r\nname = My.Server\r\n[options]\r\ninstall_requires =\r\n    # why\r\n    mcp[cli]>=1.2,<2; python_version >= '3.10'  # note\r\n\r\n    httpx\r\n\
                    setup_requires = wheel; setuptools-scm\r\ntests_require = pytest; python_version > '3'\r\n[options.extras_require]\r\nmcp = mcp>=1\r\nall: %(mcp)s\r\n  a\r\n";
        assert_eq!(
            shown(text),
            [
                "options.install_requires Runtime mcp[cli]>=1.2,<2 | python_version >= '3.10'",
                "options.install_requires Runtime httpx | -",
                "options.setup_requires Build wheel | -",
                "options.setup_requires Build setuptools-scm | -",
                "options.tests_require Group(\"tests\") pytest | python_version > '3'",
                "options.extras_require Extra(\"mcp\") mcp>=1 | -",
                "options.extras_require Extra(\"all\") a | -",
            ]
        );
        let (file, found) = located(text);
        assert_eq!(file.slice(found.requirements[0].specifier().unwrap().span), ">=1.2,<2");
        let project = found.project.unwrap();
        assert_eq!((project.name.as_deref(), project.publishes), (Some("my-server"), true));
        assert!(found.problems.is_empty());
    }

    #[test]
    fn older_tools_lists_are_read() {
        let text = "[metadata]\nrequires-dist =\n  mcp (>=1.0)\n[extras]\ncli =\n  mcp[cli]\n  mcp<2:python_version<'3.3' # c\n";
        assert_eq!(
            shown(text),
            [
                "metadata.requires-dist Runtime mcp (>=1.0) | -",
                "extras Extra(\"cli\") mcp[cli] | -",
                "extras Extra(\"cli\") mcp<2 | python_version<'3.3'"
            ]
        );
    }

    #[test]
    fn files_are_included() {
        let text = "[options]\ninstall_requires = file: requirements.txt, req/b.txt # c\n[options.extras_require]\ndev = file:\n  dev.txt\n";
        let (file, found) = located(text);
        let targets: Vec<_> =
            found.includes.iter().map(|include| (include.target.as_str(), file.slice(include.span))).collect();
        assert_eq!(
            targets,
            [("requirements.txt", "requirements.txt"), ("req/b.txt", "req/b.txt"), ("dev.txt", "dev.txt")]
        );
        assert!(found.requirements.is_empty());
    }

    #[test]
    fn tox_may_be_configured_here() {
        let text = "[tox:tox]\nenvlist = py\n[testenv]\ndeps =\n  mcp<2\n";
        assert_eq!(shown(text), ["testenv.deps Environment(\"testenv\") mcp<2 | -"]);
        assert!(shown("[testenv]\ndeps =\n  mcp<2\n").is_empty());
    }

    #[test]
    fn broken_lines_are_problems() {
        let (file, found) = located("[options\ninstall_requires = mcp\n[options]\ninstall_requires =\nmcp\n  a[\n");
        let problems: Vec<_> = found.problems.iter().map(|problem| file.slice(problem.span)).collect();
        assert_eq!(problems, ["[options", "install_requires = mcp", "mcp", "a["]);
    }
}
