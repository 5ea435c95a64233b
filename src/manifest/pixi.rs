//! `pixi.toml`: the same tables as `[tool.pixi]`, and the name of the workspace.

use toml_edit::Item;

use super::pyproject::pixi;
use super::{Declarations, Format, Path, ProjectTable, tables};
use crate::requirement::{Ecosystem, normalized};
use crate::source::SourceFile;
use crate::syntax::toml;

/// `pixi.toml`.
#[derive(Debug)]
pub(super) struct Pixi;

impl Format for Pixi {
    fn name(&self) -> &'static str {
        "pixi.toml"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "pixi.toml"
    }

    fn only_if_mentioned(&self) -> bool {
        false
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        tables::read(file, found, |reader, root| {
            pixi::read(reader, root, "");
            // The table of the workspace was called `project` before pixi could build packages.
            let name = ["package", "workspace", "project"]
                .iter()
                .find_map(|table| toml::at(root, &[table, "name"]).and_then(Item::as_str));
            reader.found.project = Some(ProjectTable {
                ecosystem: Ecosystem::Python,
                publishes: name.is_some() && root.get("package").is_some(),
                name: name.map(normalized),
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables::testing::{located, rows};
    use super::*;
    use crate::requirement::Dialect;

    const TABLES: &str = "[#dependencies]\npython = '>=3.10'\n'conda-forge::mcp' = \">=1.2\"\nmcp = { version = '*', channel = 'c' }\n\
        [#pypi-dependencies]\nmcp = '*'\nMcp_X = { version = \">=1\", extras = ['cli'] }\nme = { path = '.', editable = true }\n\
        [#feature.test.dependencies]\nmcp = '1.9.*'\n[#feature.test.target.linux-64.pypi-dependencies]\nmcp = { git = 'g', rev = 'r' }\n\
        [#target.win-64.dependencies]\nmcp = '<2.0a0'\n[#pypi-options.dependency-overrides]\nmcp = '>=2'\n[#constraints]\nmcp = '<3'\n";

    #[test]
    fn the_same_tables_stand_alone_and_in_pyproject() {
        for (format, prefix) in [(&Pixi as &dyn Format, ""), (&super::super::pyproject::Pyproject, "tool.pixi.")] {
            let expected = [
                "Environment(\"default\") #dependencies: python = '>=3.10' | <>=3.10>",
                "Environment(\"default\") #dependencies: 'conda-forge::mcp' = \">=1.2\" | <>=1.2>",
                "Environment(\"default\") #dependencies: mcp = { version = '*', channel = 'c' } | <*>",
                "Constraint #constraints: mcp = '<3' | <<3>",
                "Environment(\"default\") #pypi-dependencies: mcp = '*' | <*>",
                "Environment(\"default\") #pypi-dependencies: Mcp_X = { version = \">=1\", extras = ['cli'] } | <>=1> | cli",
                "Environment(\"default\") #pypi-dependencies: me = { path = '.', editable = true } | Path(\".\")",
                "Override #pypi-options.dependency-overrides: mcp = '>=2' | <>=2>",
                "Environment(\"default\") #target.win-64.dependencies: mcp = '<2.0a0' | <<2.0a0>",
                "Environment(\"test\") #feature.test.dependencies: mcp = '1.9.*' | <1.9.*>",
                "Environment(\"test\") #feature.test.target.linux-64.pypi-dependencies: mcp = { git = 'g', rev = 'r' } | Git(GitReference { url: \"g\", revision: Some(\"r\"), branch: None })",
            ];
            let text = TABLES.replace('#', prefix);
            assert_eq!(rows(format, &text), expected.map(|row| row.replace('#', prefix)));
            let (_, found) = located(format, &text);
            assert_eq!((found.requirements[1].dialect, found.requirements[1].name.as_str()), (Dialect::Conda, "mcp"));
            assert_eq!(found.requirements[5].dialect, Dialect::Pep508);
            assert!(found.problems.is_empty());
        }
    }

    #[test]
    fn a_package_of_pixis_own_is_published() {
        let text = "[workspace]\nname = 'w'\n[package]\nname = 'My_Pkg'\n[package.run-dependencies]\nmcp = '>=1'\n\
                    [package.target.linux.host-dependencies]\nmcp = '*'\n";
        assert_eq!(
            rows(&Pixi, text),
            [
                "Runtime package.run-dependencies: mcp = '>=1' | <>=1>",
                "Build package.target.linux.host-dependencies: mcp = '*' | <*>"
            ]
        );
        let project = located(&Pixi, text).1.project.unwrap();
        assert_eq!((project.name.as_deref(), project.publishes), (Some("my-pkg"), true));
        let project = located(&Pixi, "[project]\nname = 'p'\n").1.project.unwrap();
        assert_eq!((project.name.as_deref(), project.publishes), (Some("p"), false));
    }
}
