//! What pip-compile, `uv pip compile` and `uv export` write: a requirements file that is a lock, with its edges in `# via`
//! comments. The same file is read as requirements too; this reading tells who asked for what.

use std::collections::HashMap;

use super::merged;
use crate::manifest::requirements::{Requirements, compiled_by};
use crate::manifest::{Declarations, Format, Lock, LockedPackage, Path};
use crate::requirement::{Ecosystem, normalized, split};
use crate::source::{SourceFile, Span};

/// A compiled requirements file.
#[derive(Debug)]
pub(in crate::manifest) struct Compiled;

impl Format for Compiled {
    fn name(&self) -> &'static str {
        "compiled requirements"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        Requirements.claims(path)
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let Some(relock) = compiled_by(file.text()) else { return };
        let tool = if relock.starts_with("uv") { "uv" } else { "pip-compile" };
        let packages = packages(file.text());
        found.lock = Some(Lock { tool, relock, ecosystem: Ecosystem::Python, packages });
    }
}

/// The packages that a compiled file's text without its header names, each with what it asks for.
pub(super) fn packages(text: &str) -> Vec<LockedPackage> {
    merged(read(text))
}

/// Who asked for a package, as an annotation has it.
struct Parent {
    name: String,
    span: Span,
    /// An input file or the project itself.
    is_root: bool,
}

fn read(text: &str) -> Vec<LockedPackage> {
    let mut packages: Vec<LockedPackage> = Vec::new();
    let mut parents: Vec<(Parent, usize)> = Vec::new();
    // The package whose lines these are, and whether its annotation goes on.
    let (mut current, mut in_via) = (None, false);
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let (offset, line) = (at, raw.trim_end());
        at += raw.len();
        let content = line.trim_start_matches([' ', '\t', '\u{feff}']);
        let start = offset + line.len() - content.len();
        let indented = line.starts_with([' ', '\t']);
        if !indented && !content.is_empty() && !content.starts_with('#') {
            in_via = false;
            current = package(content, start).map(|package| {
                packages.push(package);
                packages.len() - 1
            });
        } else if !indented {
            // A comment about the file, or what pip-compile leaves out as unsafe.
            (current, in_via) = (None, false);
        }
        let (Some(child), Some((comment, place))) = (current, comment(content, start)) else { continue };
        let annotation = match comment.strip_prefix("via") {
            Some(rest) if rest.is_empty() || rest.starts_with(' ') => {
                in_via = true;
                Some((rest, place + "via".len()))
            }
            _ => in_via.then_some((comment, place)),
        };
        if let Some((list, place)) = annotation {
            parents.extend(named(list, place).into_iter().map(|parent| (parent, child)));
        }
    }
    connected(packages, parents)
}

/// The text behind `#`, and where it begins.
fn comment(content: &str, start: usize) -> Option<(&str, usize)> {
    let hash = if content.starts_with('#') { 0 } else { content.find(" #")? + 1 };
    let behind = content.get(hash + 1..)?;
    let text = behind.trim_start();
    Some((text, start + hash + 1 + behind.len() - text.len()))
}

/// `mcp[cli]==1.9.4 ; marker \`; `None` for options and for projects by their path.
fn package(line: &str, start: usize) -> Option<LockedPackage> {
    let length = split::name_length(line);
    let name = line.get(..length).filter(|name| !name.is_empty())?;
    let body = line.find(" #").map_or(line, |hash| &line[..hash]);
    let body = body.find(" --").map_or(body, |option| &body[..option]).trim_end_matches(['\\', ' ']);
    let (body, marker) = body.split_once(';').map_or((body, None), |(body, marker)| (body, Some(marker.trim())));
    let version = body.split_once("==").map_or("", |(_, version)| version.trim_start_matches('=').trim());
    Some(LockedPackage {
        name: normalized(name),
        version: version.to_owned(),
        span: Span::new(start, start + length),
        marker: marker.filter(|marker| !marker.is_empty()).map(str::to_owned),
        is_member: false,
        dependencies: Vec::new(),
        asks: Vec::new(),
    })
}

/// The parents in `foo, -r x.in, app (pyproject.toml)`. A constraint (`-c`) limits and asks for nothing.
fn named(list: &str, at: usize) -> Vec<Parent> {
    let mut found = Vec::new();
    let mut from = at;
    for part in list.split(',') {
        let place = from + part.len() - part.trim_start().len();
        from += part.len() + 1;
        let part = part.trim();
        if let Some(rest) = part.strip_prefix("-r ").map(str::trim_start) {
            let name = rest.split(" (").next().unwrap_or(rest);
            let start = place + part.len() - rest.len();
            let span = Span::new(start, start + name.len());
            found.push(Parent { name: name.to_owned(), span, is_root: true });
        } else {
            let length = split::name_length(part);
            let Some(name) = part.get(..length).filter(|name| !name.is_empty()) else { continue };
            found.push(Parent {
                name: normalized(name),
                span: Span::new(place, place + length),
                is_root: part.get(length..).is_some_and(|rest| rest.contains(" (")),
            });
        }
    }
    found
}

/// Gives each parent its children. A parent that is not locked here is where the asking began: an input file, the
/// project, or an environment; it becomes a member, named as the annotation names it.
fn connected(mut packages: Vec<LockedPackage>, parents: Vec<(Parent, usize)>) -> Vec<LockedPackage> {
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, package) in packages.iter().enumerate() {
        places.entry(package.name.clone()).or_insert(place);
    }
    for (parent, child) in parents {
        let Some(child) = packages.get(child).map(|child| child.name.clone()) else { continue };
        let place = *places.entry(parent.name.clone()).or_insert_with(|| {
            packages.push(LockedPackage {
                name: parent.name,
                version: String::new(),
                span: parent.span,
                marker: None,
                is_member: true,
                dependencies: Vec::new(),
                asks: Vec::new(),
            });
            packages.len() - 1
        });
        if let Some(package) = packages.get_mut(place) {
            package.is_member |= parent.is_root;
            package.dependencies.push(child);
        }
    }
    packages
}

#[cfg(test)]
mod tests {
    use super::super::graph::paths_to;
    use super::super::tests::shown;
    use super::*;

    const SPLIT: &str = "#\r\n# This file is autogenerated by pip-compile with Python 3.12\r\n# by the following command:\r\n#\r\n#    pip-compile --generate-hashes --output-file=r.txt r.in\r\n#\r\nanyio==4.9.0 \\\r\n    --hash=sha256:00 \\\r\n    --hash=sha256:01\r\n    # via mcp\r\nlang_chain==0.1 ; python_version > '3' \\\r\n    --hash=sha256:00\r\n    # via -r r.in\r\nmcp[cli]==1.9.4 \\\r\n    --hash=sha256:00\r\n    # via\r\n    #   -c limits.txt\r\n    #   -r r.in (line 3)\r\n    #   Lang.Chain\r\n    #   app (pyproject.toml)\r\n-e ./own\r\n    # via x\r\n\r\n# The following packages are considered to be unsafe in a requirements file:\r\n# setuptools\r\n";
    const LINE: &str = "\u{feff}# This file was autogenerated by uv via the following command:\n#    uv pip compile --annotation-style line r.in\nanyio==4.9.0              # via mcp, starlette\nmcp==1.9.4                # via fastmcp, -c limits.txt\nfastmcp==2.0              # via -r r.in\nstarlette @ https://h/x.whl#sha256=00\n";

    #[test]
    fn annotations_are_edges() {
        assert_eq!(
            shown(&Compiled, "requirements.txt", SPLIT),
            [
                "anyio 4.9.0: ",
                "lang-chain 0.1 [python_version > '3']: mcp",
                "mcp 1.9.4: anyio",
                "r.in  (member): lang-chain mcp",
                "app  (member): mcp",
            ]
        );
        assert_eq!(
            shown(&Compiled, "requirements.txt", LINE),
            ["anyio 4.9.0: ", "mcp 1.9.4: anyio", "fastmcp 2.0: mcp", "starlette : anyio", "r.in  (member): fastmcp"]
        );
    }

    #[test]
    fn ways_begin_at_the_input() {
        let mut found = Declarations::default();
        Compiled.locate(&SourceFile::in_memory("requirements.txt", LINE), &mut found);
        let lock = found.lock.unwrap();
        assert_eq!((lock.tool, lock.relock.as_str()), ("uv", "uv pip compile --annotation-style line r.in"));
        assert_eq!(paths_to(&lock, "mcp", 5), [["r.in", "fastmcp", "mcp"]]);
    }

    #[test]
    fn files_written_by_hand_are_no_lock() {
        let mut found = Declarations::default();
        Compiled.locate(&SourceFile::in_memory("requirements.txt", "mcp==1.9.4  # via me\n"), &mut found);
        assert!(found.lock.is_none());
    }
}
