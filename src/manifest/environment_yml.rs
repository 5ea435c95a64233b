//! Conda's environment files, with the list for pip that they may hold.

use super::workflow::in_flow;
use super::{Declarations, Format, Path, requirements};
use crate::command::match_spec;
use crate::requirement::{Place, Requirement, Scope};
use crate::source::SourceFile;
use crate::syntax::yaml::{self, Node};

/// `environment*.yml`, `conda*.yml`, `*_env.yml`.
#[derive(Debug)]
pub(super) struct EnvironmentYml;

impl Format for EnvironmentYml {
    fn name(&self) -> &'static str {
        "environment.yml"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        if !matches!(path.extension, "yml" | "yaml") {
            return false;
        }
        let name = path.name.to_ascii_lowercase();
        let stem = name.trim_end_matches(".yaml").trim_end_matches(".yml");
        !stem.contains("lock")
            && !path.is_below(".github")
            && (stem.contains("environment")
                || stem.starts_with("conda")
                || stem == "env"
                || stem.ends_with("_env")
                || stem.ends_with("-env"))
    }

    fn only_if_mentioned(&self) -> bool {
        false
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let documents = match yaml::parse(file.text()) {
            Ok(documents) => documents,
            Err(error) => return found.syntax_error(error),
        };
        for document in &documents {
            if let Some(Node::Sequence { items, flow }) = document.get("dependencies") {
                dependencies(items, *flow, found);
            }
        }
    }
}

fn dependencies(items: &[Node<'_>], flow: bool, found: &mut Declarations) {
    let place = Place::new(Scope::Requirements, "dependencies");
    for item in items {
        if let Some(scalar) = item.as_scalar() {
            if let Some(one) = match_spec(&scalar.fragment(), &place) {
                found.requirements.push(in_flow(one, scalar, flow));
            }
            continue;
        }
        let Some(Node::Sequence { items, flow }) = item.get("pip") else { continue };
        for scalar in items.iter().filter_map(Node::as_scalar) {
            let known = found.requirements.len();
            requirements::read_line(&scalar.fragment(), &Scope::Requirements, None, found);
            for one in found.requirements.drain(known..).collect::<Vec<_>>() {
                let place = Place::new(Scope::Requirements, "dependencies.pip");
                found.requirements.push(Requirement { place, ..in_flow(one, scalar, *flow) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requirement::Dialect;

    #[test]
    fn match_specs_and_the_list_for_pip_are_read() {
        let file = SourceFile::in_memory(
            "environment.yml",
            "name: mcp\r\ndependencies:\r\n  - python=3.11 # x\r\n  - mcp\r\n  - mcp >=1,<2\r\n  - conda-forge::mcp=1.9=py_0\r\n  - \"mcp[version='>=1']\"\r\n  - mcp 1.9.4 py_0\r\n  - pip:\r\n    - mcp[cli]>=1.2\r\n    - -r r.txt\r\n    - -e .[x]\r\n",
        );
        let mut found = Declarations::default();
        EnvironmentYml.locate(&file, &mut found);
        let shown: Vec<_> = found
            .requirements
            .iter()
            .map(|one| (file.slice(one.span), file.slice(one.specifier().unwrap().span), one.dialect == Dialect::Conda))
            .collect();
        assert_eq!(
            shown,
            [
                ("python=3.11", "=3.11", true),
                ("mcp", "", true),
                ("mcp >=1,<2", ">=1,<2", true),
                ("mcp=1.9", "=1.9", true),
                ("mcp[version='>=1']", ">=1", true),
                ("mcp 1.9.4", "1.9.4", true),
                ("mcp[cli]>=1.2", ">=1.2", false),
            ]
        );
        let targets: Vec<_> = found.includes.iter().map(|one| one.target.as_str()).collect();
        assert_eq!(targets, ["r.txt", "."]);
        assert_eq!(found.requirements[6].place.table, "dependencies.pip");
        assert!(found.requirements.iter().all(|one| one.hold.is_none() && one.bare_word.is_none()));
    }

    #[test]
    fn flow_lists_need_quotes() {
        let file = SourceFile::in_memory("env.yml", "dependencies: [mcp>=1, {pip: [mcp]}]");
        let mut found = Declarations::default();
        EnvironmentYml.locate(&file, &mut found);
        let shown: Vec<_> =
            found.requirements.iter().map(|one| one.bare_word.map(|word| file.slice(word.span))).collect();
        assert_eq!(shown, [Some("mcp>=1"), Some("mcp")]);
    }
}
