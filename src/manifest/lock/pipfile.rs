//! `Pipfile.lock`: a flat list per category, without edges: what Pipenv was asked for is told by the Pipfile alone.

use jsonc_parser::ast::{Object, ObjectProp, ObjectPropName, Value};

use super::merged;
use crate::manifest::{Declarations, Format, Lock, LockedPackage, Path};
use crate::requirement::{Ecosystem, normalized};
use crate::source::{SourceFile, Span};
use crate::syntax::json;

/// Pipenv's lock.
#[derive(Debug)]
pub(in crate::manifest) struct PipfileLock;

impl Format for PipfileLock {
    fn name(&self) -> &'static str {
        "Pipfile.lock"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "Pipfile.lock"
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let value = match json::parse(file.text()) {
            Ok(value) => value,
            Err(error) => return found.syntax_error(error),
        };
        let categories = value.as_ref().and_then(Value::as_object).into_iter().flat_map(|root| &root.properties);
        let packages = categories
            // `default`, `develop`, and whatever categories the Pipfile names.
            .filter(|category| category.name.as_str() != "_meta")
            .filter_map(|category| category.value.as_object())
            .flat_map(|category| &category.properties)
            .filter_map(read)
            .collect();
        found.lock = Some(Lock {
            tool: "Pipenv",
            relock: "pipenv lock".to_owned(),
            ecosystem: Ecosystem::Python,
            packages: merged(packages),
        });
    }
}

fn read(entry: &ObjectProp<'_>) -> Option<LockedPackage> {
    let ObjectPropName::String(name) = &entry.name else { return None };
    let package = entry.value.as_object()?;
    let text = |package: &Object<'_>, key: &str| package.get_string(key).map(|literal| literal.value.to_string());
    let is_member = package.get("path").is_some();
    let version = text(package, "version").unwrap_or_default();
    Some(LockedPackage {
        name: normalized(&name.value),
        version: if is_member { String::new() } else { version.trim_start_matches('=').trim().to_owned() },
        span: Span::new(name.range.start + 1, name.range.end.saturating_sub(1).max(name.range.start + 1)),
        marker: text(package, "markers"),
        is_member,
        dependencies: Vec::new(),
        asks: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;

    #[test]
    fn categories_are_read_as_one_list() {
        let text = "{\n    \"_meta\": {\"hash\": {\"sha256\": \"00\"}, \"requires\": {\"mcp\": {}}},\n    \"default\": {\n        \"mcp\": {\n            \"extras\": [\"cli\"],\n            \"hashes\": [\"sha256:00\"],\n            \"markers\": \"python_version >= '3.10'\",\n            \"version\": \"==1.9.4\"\n        },\n        \"own\": {\"editable\": true, \"path\": \".\"}\n    },\n    \"develop\": {\"mcp\": {\"version\": \"==1.9.4\", \"markers\": \"python_version >= '3.10'\"}},\n    \"docs\": {\"Mk_Docs\": {\"version\": \"==1\"}}\n}\n";
        assert_eq!(
            shown(&PipfileLock, "Pipfile.lock", text),
            ["mcp 1.9.4 [python_version >= '3.10']: ", "own  (member): ", "mk-docs 1: "]
        );
    }
}
