//! Pipenv's `Pipfile`: packages by category, and scripts.

use super::entries::Entries;
use super::{Declarations, Format, Path, ProjectTable, tables};
use crate::requirement::{Dialect, Ecosystem, Place, Scope};
use crate::source::SourceFile;

/// `Pipfile`. Its tables are categories of packages, except for a few with names of their own.
#[derive(Debug)]
pub(super) struct Pipfile;

impl Format for Pipfile {
    fn name(&self) -> &'static str {
        "Pipfile"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "Pipfile"
    }

    fn only_if_mentioned(&self) -> bool {
        false
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        tables::read(file, found, |reader, root| {
            for (name, item) in tables::children(Some(root)) {
                let scope = match name {
                    "source" | "requires" | "pipenv" | "build-system" | "tool" => continue,
                    "scripts" => {
                        reader.tasks(item, name);
                        continue;
                    }
                    "packages" => Scope::Requirements,
                    "dev-packages" => Scope::Group("dev".to_owned()),
                    category => Scope::Group(category.to_owned()),
                };
                if item.is_table_like() {
                    reader.entries(item, &Entries::new(Dialect::Pep508, Place::new(scope, name)));
                }
            }
            reader.found.project = Some(ProjectTable { ecosystem: Ecosystem::Python, name: None, publishes: false });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables::testing::{includes, located, rows};
    use super::*;

    #[test]
    fn categories_and_details() {
        let text = "\u{feff}[[source]]\r\nurl = 'https://index.example/simple'\r\nname = \"pypi\"\r\n\r\n[packages]\r\nmcp = \"*\"\r\n\
                    'MCP_x' = {version = \">=1.2\", extras = ['cli'], sys_platform = \"== 'win32'\", index = 'pypi'}\r\n\
                    a = {extras = [\"cli\"]}\r\nb = {git = 'https://h/b', ref = 'v1', editable = true}\r\n\
                    c = {path = '.', editable = true, extras = ['mcp']}\r\nd = {file = \"https://h/d.zip\"}\r\n\"e[x]\" = '<2'\r\n\
                    [dev-packages.mcp]\r\nversion = '~=1.0'\r\nmarkers = \"os_name == 'nt'\"\r\n[docs]\r\nmcp = '==1.9.4'\r\n\
                    [requires]\r\npython_version = '3.12'\r\n[pipenv]\r\nallow_prereleases = true\r\n";
        assert_eq!(
            rows(&Pipfile, text),
            [
                "Requirements packages: mcp = \"*\" | <*>",
                "Requirements packages: 'MCP_x' = {version = \">=1.2\", extras = ['cli'], sys_platform = \"== 'win32'\", index = 'pypi'} | <>=1.2> | cli ; sys_platform == 'win32'",
                "Requirements packages: a = {extras = [\"cli\"]} | <> | cli ! Form(\"the entry names no version; add a `version` key by hand\")",
                "Requirements packages: b = {git = 'https://h/b', ref = 'v1', editable = true} | Git(GitReference { url: \"https://h/b\", revision: Some(\"v1\"), branch: None })",
                "Requirements packages: c = {path = '.', editable = true, extras = ['mcp']} | Path(\".\") | mcp",
                "Requirements packages: d = {file = \"https://h/d.zip\"} | Url(\"https://h/d.zip\")",
                "Requirements packages: \"e[x]\" = '<2' | <<2> | x",
                "Group(\"dev\") dev-packages: ~=1.0 | <~=1.0> ; os_name == 'nt'",
                "Group(\"docs\") docs: mcp = '==1.9.4' | <==1.9.4>",
            ]
        );
        assert_eq!(
            includes(&Pipfile, text),
            ["Project { extras: [\"mcp\"] } . | c = {path = '.', editable = true, extras = ['mcp']}"]
        );
        assert_eq!(located(&Pipfile, text).1.requirements[0].text, "mcp = \"*\"");
    }

    #[test]
    fn odd_files_are_problems() {
        assert!(located(&Pipfile, "[packages\n").1.problems[0].whole_file);
        let (file, found) = located(&Pipfile, "[packages]\nmcp = 1.2\n'' = '*'\nx = '*'\n");
        assert_eq!((file.slice(found.problems[0].span), found.requirements.len()), ("1.2", 1));
        assert!(Pipfile.claims(&Path::new("a/Pipfile")) && !Pipfile.claims(&Path::new("Pipfile.lock")));
    }
}
