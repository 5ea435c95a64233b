//! `uv.lock`: every package with its edges, and the members of the workspace by their sources.

use toml::de::DeValue;

use super::{merged, tree};
use crate::manifest::{Ask, Declarations, Format, Lock, LockedPackage, Path};
use crate::requirement::{Dialect, Ecosystem, normalized};
use crate::source::SourceFile;

/// uv's lock, of a project or (`script.py.lock`) of a script.
#[derive(Debug)]
pub(in crate::manifest) struct UvLock;

impl Format for UvLock {
    fn name(&self) -> &'static str {
        "uv.lock"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "uv.lock" || path.name.ends_with(".py.lock")
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        // Before version 1 of the format the list had another name.
        let key = if file.text().contains("[[distribution]]") { "distribution" } else { "package" };
        let Some((_, packages)) = tree::packages(file.text(), key, read, found) else { return };
        let relock = match file.name().strip_suffix(".lock") {
            Some(script) if script != "uv" => format!("uv lock --script {script}"),
            _ => "uv lock".to_owned(),
        };
        found.lock = Some(Lock { tool: "uv", relock, ecosystem: Ecosystem::Python, packages: merged(packages) });
    }
}

fn read(text: &str, table: &tree::Table<'_>) -> Option<LockedPackage> {
    let mut package = tree::package(text, table, normalized)?;
    let source = tree::table(table, "source");
    package.is_member =
        source.is_some_and(|source| ["editable", "virtual", "directory"].iter().any(|key| source.contains_key(*key)));
    if package.is_member {
        package.version.clear();
    }
    // Given when the resolution forked and one name is locked twice.
    let markers: Vec<&str> = tree::items(table, "resolution-markers").filter_map(DeValue::as_str).collect();
    package.marker = match markers.as_slice() {
        [] => None,
        [only] => Some((*only).to_owned()),
        several => Some(several.iter().map(|marker| format!("({marker})")).collect::<Vec<_>>().join(" or ")),
    };
    let mut edges: Vec<&tree::Table<'_>> = tree::tables(table, "dependencies").collect();
    // Of a download only the extras that somebody asked for are here, so all of them count. `[package.metadata]`
    // repeats the manifest and is left out.
    for key in ["optional-dependencies", "dev-dependencies", "dependency-groups"] {
        let Some(lists) = tree::table(table, key) else { continue };
        edges.extend(lists.keys().flat_map(|name| tree::tables(lists, name.get_ref())));
    }
    package.dependencies = edges.into_iter().filter_map(|edge| tree::text(edge, "name")).map(normalized).collect();
    package.asks = asks(table);
    Some(package)
}

/// What `[package.metadata]`, which only members have, repeats of the manifest.
fn asks(table: &tree::Table<'_>) -> Vec<Ask> {
    let Some(metadata) = tree::table(table, "metadata") else { return Vec::new() };
    let mut all: Vec<&tree::Table<'_>> = tree::tables(metadata, "requires-dist").collect();
    if let Some(groups) = tree::table(metadata, "requires-dev") {
        all.extend(groups.keys().flat_map(|name| tree::tables(groups, name.get_ref())));
    }
    // A requirement with a place in the stead of versions has no `specifier`, and neither has one that admits all.
    let is_placed = |one: &tree::Table<'_>| {
        ["git", "url", "path", "directory", "editable", "virtual"].iter().any(|key| one.contains_key(*key))
    };
    let all = all.into_iter().filter(|one| !is_placed(one));
    all.filter_map(|one| {
        let specifier = tree::text(one, "specifier").unwrap_or_default().to_owned();
        Some(Ask { name: normalized(tree::text(one, "name")?), specifier, dialect: Dialect::Pep508 })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;

    const TEXT: &str = "version = 1\r\nrevision = 3\r\nrequires-python = \">=3.10\"\r\n\r\n[manifest]\r\nmembers = [\"app\"]\r\n\r\n[[package]]\r\nname = \"app\"\r\nversion = \"0.1.0\"\r\nsource = { editable = \".\" }\r\ndependencies = [\r\n    { name = \"mcp\", version = \"1.9.4\", source = { registry = \"https://index.example/simple\" }, extra = [\"cli\"], marker = \"python_full_version < '3.11'\" },\r\n    { name = \"mcp\", version = \"2.3.0\", source = { registry = \"https://index.example/simple\" } },\r\n]\r\n\r\n[package.optional-dependencies]\r\nx = [\r\n    { name = \"Lang_Chain\" },\r\n]\r\n\r\n[package.dev-dependencies]\r\ndev = [\r\n    { name = \"pytest\" },\r\n]\r\n\r\n[package.metadata]\r\nrequires-dist = [{ name = \"mcp\", extras = [\"cli\"], specifier = \">=1\" }]\r\n\r\n[[package]]\r\nname = \"mcp\"\r\nversion = \"1.9.4\"\r\nsource = { registry = \"https://index.example/simple\" }\r\nresolution-markers = [\r\n    \"python_full_version < '3.11' and sys_platform == 'linux'\",\r\n    \"python_full_version < '3.11' and sys_platform != 'linux'\",\r\n]\r\nsdist = { url = \"https://h/mcp-1.9.4.tar.gz\", hash = \"sha256:00\", size = 1, upload-time = \"2026-01-01T00:00:00Z\" }\r\nwheels = [\r\n    { url = \"https://h/mcp-1.9.4-py3-none-any.whl\", hash = \"sha256:00\", size = 1 },\r\n]\r\n\r\n[[package]]\r\nname = \"mcp\"\r\nversion = \"2.3.0\"\r\nsource = { registry = \"https://index.example/simple\" }\r\nresolution-markers = [\r\n    \"python_full_version >= '3.11'\",\r\n]\r\ndependencies = [{ name = \"mcp-types\" }]\r\n\r\n[package.optional-dependencies]\r\ncli = [\r\n    { name = \"typer\" },\r\n]\r\n";

    #[test]
    fn packages_members_and_forks_are_read() {
        let expected = [
            "app  (member): lang-chain mcp pytest",
            "mcp 1.9.4 [(python_full_version < '3.11' and sys_platform == 'linux') or (python_full_version < '3.11' and sys_platform != 'linux')]: ",
            "mcp 2.3.0 [python_full_version >= '3.11']: mcp-types typer",
        ];
        assert_eq!(shown(&UvLock, "uv.lock", TEXT), expected);
        assert_eq!(
            shown(
                &UvLock,
                "uv.lock",
                &format!(
                    "\u{feff}{}",
                    TEXT.replace("[[package", "[[distribution").replace("[package.", "[distribution.")
                )
            ),
            expected
        );
    }

    #[test]
    fn a_lock_of_a_script_is_renewed_as_one() {
        let file = SourceFile::in_memory("x/serve.py.lock", "version = 1\n");
        let mut found = Declarations::default();
        UvLock.locate(&file, &mut found);
        assert_eq!(found.lock.unwrap().relock, "uv lock --script serve.py");
        assert!(UvLock.claims(&Path::new("x/serve.py.lock")) && !UvLock.claims(&Path::new("poetry.lock")));
    }

    #[test]
    fn a_broken_lock_is_a_problem() {
        let mut found = Declarations::default();
        UvLock.locate(&SourceFile::in_memory("uv.lock", "[[package]]\nname = \"mcp\n"), &mut found);
        assert!(found.lock.is_none() && found.problems[0].whole_file);
    }
}
