//! `pixi.lock`: Conda and PyPI packages in one list, for all platforms. The files run to megabytes of YAML that a
//! machine lays out in one way, so they are read by lines; a test holds this reading against the YAML parser's.

use super::{asked, merged, required_name};
use crate::manifest::{Ask, Declarations, Format, Lock, LockedPackage, Path};
use crate::requirement::{Ecosystem, normalized};
use crate::source::{SourceFile, Span};

/// pixi's lock, of the formats that keep all packages in one list at the end (since version 4).
#[derive(Debug)]
pub(in crate::manifest) struct PixiLock;

impl Format for PixiLock {
    fn name(&self) -> &'static str {
        "pixi.lock"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "pixi.lock"
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let Some(packages) = read(file.text()) else {
            return found.problem(Span::empty(0), "not a pixi lock: it has no list of packages");
        };
        found.lock = Some(Lock {
            tool: "pixi",
            relock: "pixi lock".to_owned(),
            ecosystem: Ecosystem::Python,
            packages: merged(packages),
        });
    }
}

/// A scalar and where it begins in the file.
#[derive(Debug, Clone, Copy)]
struct Value<'a> {
    text: &'a str,
    at: usize,
}

/// One entry of the list while it is read.
#[derive(Debug, Default)]
struct Entry<'a> {
    /// `conda: …` and `pypi: …` of version 6, `url: …` and `path: …` before.
    location: Option<Value<'a>>,
    name: Option<Value<'a>>,
    version: Option<Value<'a>>,
    is_conda: bool,
    dependencies: Vec<String>,
    asks: Vec<Ask>,
}

fn read(text: &str) -> Option<Vec<LockedPackage>> {
    let mut packages = None;
    let mut entry: Option<Entry<'_>> = None;
    let mut in_dependencies = false;
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let (offset, line) = (at, raw.trim_end());
        at += raw.len();
        let content = line.trim_start_matches([' ', '\u{feff}']);
        let indent = line.len() - content.len();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let Some(list) = &mut packages else {
            if line.trim_start_matches('\u{feff}') == "packages:" {
                packages = Some(Vec::new());
            }
            continue;
        };
        if let Some(rest) = content.strip_prefix("- ") {
            if indent == 0 {
                list.extend(entry.take().and_then(finished));
                entry = Some(Entry::default());
                in_dependencies = false;
                field(rest, offset + 2, entry.as_mut(), &mut in_dependencies);
            } else if let Some(entry) = entry.as_mut().filter(|_| in_dependencies) {
                let requirement = scalar(rest, 0).text;
                entry.dependencies.extend(required_name(requirement));
                entry.asks.extend(asked(requirement));
            }
        } else if indent == 0 {
            // Another section.
            break;
        } else if indent == 2 {
            field(content, offset + indent, entry.as_mut(), &mut in_dependencies);
        }
    }
    let mut packages = packages?;
    packages.extend(entry.take().and_then(finished));
    Some(packages)
}

/// Reads `key: value`, or `key:` before a list.
fn field<'a>(line: &'a str, at: usize, entry: Option<&mut Entry<'a>>, in_dependencies: &mut bool) {
    let Some((entry, (key, rest))) = entry.zip(line.split_once(':')) else { return };
    *in_dependencies = matches!(key, "depends" | "requires_dist") && rest.is_empty();
    let value = scalar(rest, at + key.len() + 1);
    match key {
        "conda" => {
            entry.is_conda = true;
            entry.location = Some(value);
        }
        "kind" => entry.is_conda = value.text == "conda",
        "pypi" | "url" | "path" => entry.location = Some(value),
        "name" => entry.name = Some(value),
        "version" => entry.version = Some(value),
        _ => {}
    }
}

/// The value of a scalar on one line; only its quotes are taken off, for names and versions hold no escapes.
fn scalar(text: &str, at: usize) -> Value<'_> {
    let trimmed = text.trim_start();
    let at = at + text.len() - trimmed.len();
    let trimmed = trimmed.trim_end();
    let inner = ['\'', '"'].iter().find_map(|quote| trimmed.strip_prefix(*quote)?.strip_suffix(*quote));
    match inner {
        Some(inner) => Value { text: inner, at: at + 1 },
        None => Value { text: trimmed, at },
    }
}

fn finished(entry: Entry<'_>) -> Option<LockedPackage> {
    let location = entry.location.map_or("", |location| location.text);
    let from_archive = entry.location.filter(|_| entry.is_conda).and_then(archive);
    let name = entry.name.or(from_archive.map(|(name, _)| name))?;
    let version = entry.version.or(from_archive.map(|(_, version)| version));
    let is_file = [".whl", ".gz", ".zip", ".conda", ".bz2"].iter().any(|ending| location.ends_with(ending));
    let is_member = !location.is_empty() && !location.contains("://") && !is_file;
    Some(LockedPackage {
        name: normalized(name.text),
        version: version.filter(|_| !is_member).map_or(String::new(), |version| version.text.to_owned()),
        span: Span::new(name.at, name.at + name.text.len()),
        marker: None,
        is_member,
        dependencies: entry.dependencies,
        // Conda writes its own grammar, and asks for packages of its channels.
        asks: if entry.is_conda { Vec::new() } else { entry.asks },
    })
}

/// Name and version of `…/name-version-build.conda`.
fn archive(location: Value<'_>) -> Option<(Value<'_>, Value<'_>)> {
    let start = location.text.rfind('/').map_or(0, |slash| slash + 1);
    let file = &location.text[start..];
    let stem = file.strip_suffix(".conda").or_else(|| file.strip_suffix(".tar.bz2"))?;
    let (rest, _build) = stem.rsplit_once('-')?;
    let (name, version) = rest.rsplit_once('-')?;
    let at = location.at + start;
    Some((Value { text: name, at }, Value { text: version, at: at + name.len() + 1 }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;
    use crate::syntax::yaml;

    const SIX: &str = "version: 6\r\nenvironments:\r\n  default:\r\n    channels:\r\n    - url: https://c/conda-forge/\r\n    packages:\r\n      linux-64:\r\n      - conda: https://c/conda-forge/noarch/mcp-1.9.4-pyhd8ed1ab_0.conda\r\n      - pypi: ./\r\npackages:\r\n- conda: https://c/conda-forge/noarch/mcp-1.9.4-pyhd8ed1ab_0.conda\r\n  sha256: 00\r\n  md5: 00\r\n  depends:\r\n  - any_io >=4.5\r\n  - __unix\r\n  - python >=3.10\r\n  license: MIT\r\n  size: 3\r\n- conda: https://c/conda-forge/linux-64/Any_IO-4.9-h1_0.tar.bz2\r\n  sha256: 00\r\n- pypi: https://h/fastmcp-2.0-py3-none-any.whl\r\n  name: fastmcp\r\n  version: '2.0'\r\n  sha256: 00\r\n  requires_dist:\r\n  - mcp>=1.9.4,<2.0\r\n  - 'rich ; extra == ''cli'''\r\n  requires_python: '>=3.10'\r\n- pypi: ./\r\n  name: my_app\r\n  version: 0.1.0\r\n  requires_dist:\r\n  - fastmcp[x]>=2 ; python_full_version < '4'\r\n  requires_python: '>=3.11'\r\n  editable: true\r\n";
    const FIVE: &str = "version: 5\nenvironments:\n  default: {}\npackages:\n- kind: conda\n  name: python\n  version: 3.12.3\n  build: h0\n  subdir: linux-64\n  url: https://c/conda-forge/linux-64/python-3.12.3-h0.conda\n  depends:\n  - bzip2 >=1.0.8,<2.0a0\n- kind: pypi\n  name: mcp\n  version: 1.9.4\n  url: https://h/mcp-1.9.4-py3-none-any.whl\n  sha256: 00\n  requires_dist:\n  - anyio>=4.5\n  - typer>=0.12.4 ; extra == 'cli'\n- kind: pypi\n  name: mcp\n  version: 1.9.4\n  url: https://h/mcp-1.9.4.tar.gz\n- kind: pypi\n  name: own\n  version: 0.1.0\n  path: .\n  editable: true\n";

    #[test]
    fn both_layouts_are_read() {
        assert_eq!(
            shown(&PixiLock, "pixi.lock", SIX),
            ["mcp 1.9.4: any-io python", "any-io 4.9: ", "fastmcp 2.0: mcp", "my-app  (member): fastmcp"]
        );
        assert_eq!(
            shown(&PixiLock, "pixi.lock", FIVE),
            ["python 3.12.3: bzip2", "mcp 1.9.4: anyio", "own  (member): "]
        );
        assert_eq!(shown(&PixiLock, "pixi.lock", &format!("\u{feff}{FIVE}")).len(), 3);
    }

    #[test]
    fn lines_say_what_the_yaml_says() {
        for text in [SIX, FIVE] {
            let documents = yaml::parse(text).unwrap();
            let entries = documents[0].get("packages").unwrap().items();
            let read = read(text).unwrap();
            assert_eq!(entries.len(), read.len());
            for (entry, package) in entries.iter().zip(&read) {
                if let Some(name) = entry.get("name").and_then(|name| name.as_str()) {
                    assert_eq!(package.name, normalized(name));
                }
                if let Some(version) = entry.get("version").and_then(|version| version.as_str())
                    && !package.is_member
                {
                    assert_eq!(package.version, version);
                }
                let edges = entry.get("depends").or_else(|| entry.get("requires_dist"));
                let edges = edges.map(|list| list.items()).unwrap_or_default();
                let edges: Vec<_> = edges.iter().filter_map(|edge| required_name(edge.as_str().unwrap())).collect();
                assert_eq!(package.dependencies, edges);
            }
        }
    }

    #[test]
    fn what_is_no_lock_is_a_problem() {
        let mut found = Declarations::default();
        PixiLock.locate(&SourceFile::in_memory("pixi.lock", "a: [mcp"), &mut found);
        assert!(found.lock.is_none() && found.problems.len() == 1);
        let odd = "packages:\n  - x\n- \n- conda:\n- conda: é-1-\n- pypi: 'x\n  name: '\n  - y\n  depends:\n   - \n";
        assert!(read(odd).is_some());
    }
}
