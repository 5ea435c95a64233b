//! `Cargo.toml`, read without cargo: every dependency table, in every form a dependency can be written in, with the
//! bytes it stands in. Inheritance is recorded, not resolved: the root's own entry is found where it is written.

use toml_edit::{Item, TableLike};

use super::{Declarations, Format, Path, ProjectTable};
use crate::requirement::{Dialect, Ecosystem, GitReference, Hold, Place, Requirement, Scope, Specifier, VersionPart};
use crate::source::{Fragment, SourceFile, Span};
use crate::syntax::toml;

/// Cargo's manifest: of a package, of a workspace, or of both.
#[derive(Debug)]
pub(super) struct CargoToml;

impl Format for CargoToml {
    fn name(&self) -> &'static str {
        "Cargo.toml"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "Cargo.toml"
    }

    fn only_if_mentioned(&self) -> bool {
        false
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let document = match toml::parse(file.text()) {
            Ok(document) => document,
            Err(error) => return found.syntax_error(error),
        };
        let root = document.as_item();
        found.project = project(root);
        let mut reader = Reader { file, found };
        reader.lists(root, "");
        for (platform, lists) in entries(root.get("target")) {
            reader.lists(lists, &format!("target.{}.", shown_key(platform)));
        }
        reader.table(toml::at(root, &["workspace", "dependencies"]), &Scope::Workspace, "workspace.dependencies");
        for (source, list) in entries(root.get("patch")) {
            reader.table(Some(list), &Scope::Override, &format!("patch.{}", shown_key(source)));
        }
        reader.table(root.get("replace"), &Scope::Override, "replace");
    }
}

/// A crate's name in one spelling: Cargo takes `_` and `-` for the same.
pub(super) fn crate_name(name: &str) -> String {
    name.replace('_', "-")
}

fn project(root: &Item) -> Option<ProjectTable> {
    let package = root.get("package");
    if package.is_none() && root.get("workspace").is_none() {
        return None;
    }
    let name = package.and_then(|package| package.get("name")).and_then(Item::as_str).map(crate_name);
    let withheld = package.and_then(|package| package.get("publish")).is_some_and(|publish| {
        publish.as_bool() == Some(false) || publish.as_array().is_some_and(toml_edit::Array::is_empty)
    });
    Some(ProjectTable { ecosystem: Ecosystem::Rust, publishes: name.is_some() && !withheld, name })
}

fn entries(item: Option<&Item>) -> impl Iterator<Item = (&str, &Item)> {
    item.and_then(Item::as_table_like).into_iter().flat_map(TableLike::iter)
}

/// A key as it is written in a header: bare where it may be.
fn shown_key(key: &str) -> String {
    if key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        key.to_owned()
    } else {
        format!("'{key}'")
    }
}

/// What stands between the quotes of the string below `key`.
fn field<'a>(item: &'a Item, key: &str) -> Option<&'a str> {
    item.get(key).and_then(Item::as_str)
}

struct Reader<'f, 'd> {
    file: &'f SourceFile,
    found: &'d mut Declarations,
}

impl Reader<'_, '_> {
    /// The three lists of a package or of one of its targets, in their present and their old spelling.
    fn lists(&mut self, item: &Item, prefix: &str) {
        for (name, scope) in [
            ("dependencies", Scope::Runtime),
            ("dev-dependencies", Scope::Group("dev".to_owned())),
            ("dev_dependencies", Scope::Group("dev".to_owned())),
            ("build-dependencies", Scope::Build),
            ("build_dependencies", Scope::Build),
        ] {
            self.table(item.get(name), &scope, &format!("{prefix}{name}"));
        }
    }

    fn table(&mut self, list: Option<&Item>, scope: &Scope, table: &str) {
        let Some(list) = list.and_then(Item::as_table_like) else { return };
        for (name, item) in list.iter() {
            let at = list.get_key_value(name).and_then(|(key, _)| key.span()).map(Span::from);
            let Some(at) = at.or_else(|| toml::span(item)) else { continue };
            self.entry(name, at, item, Place::new(scope.clone(), table));
        }
    }

    fn entry(&mut self, key: &str, at: Span, item: &Item, mut place: Place) {
        let written = if item.is_str() { Some(item) } else { item.get("version") };
        let specifier = written.and_then(|item| toml::string(self.file.text(), item));
        let Some(version) = version_part(item, specifier.as_ref()) else {
            if let Some(problem) = no_version(item) {
                self.found.problem(at, problem);
            }
            return;
        };
        // `[replace]` names the release it replaces: `"rmcp:0.8.5"`, or a URL with `#rmcp@0.8.5`.
        let own = if place.table == "replace" {
            key.rsplit('#').next().unwrap_or(key).split([':', '@']).next().unwrap_or(key)
        } else {
            key
        };
        let package = field(item, "package").unwrap_or(own);
        if item.get("optional").and_then(Item::as_bool) == Some(true) && place.scope == Scope::Runtime {
            place.scope = Scope::Extra(key.to_owned());
        }
        let (span, whole) = self.underlined(at, item, specifier.as_ref());
        let escaped = matches!(&version, VersionPart::Specifier(_))
            && specifier.as_ref().is_some_and(|text| !text.is_verbatim(0..text.text().len()));
        let hold = escaped.then_some(Hold::Form("the specifier is written with escapes; edit it by hand"));
        self.found.requirements.push(Requirement {
            ecosystem: Ecosystem::Rust,
            dialect: Dialect::Cargo,
            name: crate_name(package),
            import_name: (crate_name(own) != crate_name(package)).then(|| own.replace('-', "_")),
            text: if whole { self.file.slice(span).to_owned() } else { composed(key, item) },
            span,
            extras: features(item).map(str::to_owned).collect(),
            version,
            marker: None,
            place,
            hold,
            bare_word: None,
        });
    }

    /// The whole `key = value` when it stands on one line, else the specifier, else the key; and whether it is the
    /// whole.
    fn underlined(&self, at: Span, item: &Item, specifier: Option<&Fragment<'_>>) -> (Span, bool) {
        let inside = specifier.map(|text| text.span(0..text.text().len()));
        let value = match item {
            Item::Value(value) => value.span().map(Span::from),
            _ => None,
        };
        // A dotted key has no value of its own: it reaches to the end of the version's, quote included.
        let end = value.map(|value| value.end).or_else(|| {
            let written = item.get("version").or_else(|| item.get("workspace")).and_then(toml::span);
            written.map(|written| written.end)
        });
        match end.and_then(|end| self.file.text().get(at.start..end).map(|text| (end, text))) {
            Some((end, text)) if !text.contains(['\n', '\r']) => (Span::new(at.start, end), true),
            _ => (inside.filter(|inside| !inside.is_empty()).unwrap_or(at), false),
        }
    }
}

/// What the entry says about the version. Beside `git` and `path` a version only filters what is found there, so it
/// is theirs that decides.
fn version_part(item: &Item, specifier: Option<&Fragment<'_>>) -> Option<VersionPart> {
    if item.get("workspace").and_then(Item::as_bool) == Some(true) {
        return Some(VersionPart::Inherited);
    }
    if let Some(url) = field(item, "git") {
        let revision = field(item, "rev").or_else(|| field(item, "tag"));
        return Some(VersionPart::Git(GitReference {
            url: url.to_owned(),
            revision: revision.map(str::to_owned),
            branch: field(item, "branch").map(str::to_owned),
        }));
    }
    if let Some(path) = field(item, "path") {
        return Some(VersionPart::Path(path.to_owned()));
    }
    let text = specifier?;
    Some(VersionPart::Specifier(Specifier { text: text.text().to_owned(), span: text.span(0..text.text().len()) }))
}

/// Why an entry is none; nothing for what is not meant as one.
fn no_version(item: &Item) -> Option<&'static str> {
    if item.get("version").is_some() {
        return Some("the version is not a string");
    }
    item.as_table_like()
        .is_some()
        .then_some("a dependency needs a version, a git repository, a path, or `workspace = true`")
}

fn features(item: &Item) -> impl Iterator<Item = &str> {
    item.get("features")
        .and_then(Item::as_array)
        .into_iter()
        .flat_map(|list| list.iter().filter_map(toml_edit::Value::as_str))
}

/// An entry that is spread over lines, as it would be written on one.
fn composed(key: &str, item: &Item) -> String {
    let mut parts: Vec<String> = ["version", "package", "git", "rev", "tag", "branch", "path"]
        .into_iter()
        .filter_map(|name| field(item, name).map(|value| format!("{name} = \"{value}\"")))
        .collect();
    if item.get("workspace").is_some() {
        parts.push("workspace = true".to_owned());
    }
    let features: Vec<String> = features(item).map(|feature| format!("\"{feature}\"")).collect();
    if !features.is_empty() {
        parts.push(format!("features = [{}]", features.join(", ")));
    }
    format!("{key} = {{ {} }}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str) -> (SourceFile, Declarations) {
        let file = SourceFile::in_memory("a/Cargo.toml", text);
        let mut found = Declarations::default();
        CargoToml.locate(&file, &mut found);
        (file, found)
    }

    /// Name, what is underlined, and the specifier between `⟨⟩` or what stands in its place.
    fn shown(text: &str) -> Vec<String> {
        let (file, found) = located(text);
        let all = found.requirements.iter().map(|one| {
            let version = match &one.version {
                VersionPart::Specifier(specifier) => {
                    assert_eq!(file.slice(specifier.span), specifier.text);
                    format!("⟨{}⟩", specifier.text)
                }
                VersionPart::Git(git) => format!("git {:?} {:?}", git.revision, git.branch),
                VersionPart::Path(path) => format!("path {path}"),
                VersionPart::Inherited => "inherited".to_owned(),
                other => format!("{other:?}"),
            };
            format!("{} | {} | {version} | {}", one.name, file.slice(one.span), one.place.table)
        });
        all.collect()
    }

    #[test]
    fn every_form_is_read_where_it_stands() {
        let text = "\u{feff}[package]\r\nname = 'my_crate'\r\n\r\n[dependencies]\r\nrmcp = '>=0.8' # why\r\nmacros = { version = \"*\", package = \"rmcp-macros\", features = [\"local\"] }\r\nserde.version = \"1\"\r\nserde.features = [\"derive\"]\r\ntokio.workspace = true\r\nlocal_one = { path = \"../x\", version = \"1\" }\r\nrust-sdk = { git = 'https://h/rust-sdk', version = '3', branch = \"main\" }\r\npinned = { git = 'https://h/x', rev = 'abc' }\r\n\r\n[dependencies.pmcp]\r\nversion = \"2\"\r\noptional = true\r\n\r\n[dependencies.wide]\r\nworkspace = true\r\n";
        assert_eq!(
            shown(text),
            [
                "rmcp | rmcp = '>=0.8' | ⟨>=0.8⟩ | dependencies",
                "rmcp-macros | macros = { version = \"*\", package = \"rmcp-macros\", features = [\"local\"] } | ⟨*⟩ | dependencies",
                "serde | serde.version = \"1\" | ⟨1⟩ | dependencies",
                "tokio | tokio.workspace = true | inherited | dependencies",
                "local-one | local_one = { path = \"../x\", version = \"1\" } | path ../x | dependencies",
                "rust-sdk | rust-sdk = { git = 'https://h/rust-sdk', version = '3', branch = \"main\" } | git None Some(\"main\") | dependencies",
                "pinned | pinned = { git = 'https://h/x', rev = 'abc' } | git Some(\"abc\") None | dependencies",
                "pmcp | 2 | ⟨2⟩ | dependencies",
                "wide | wide | inherited | dependencies",
            ]
        );
        let (_, found) = located(text);
        assert_eq!(found.requirements[1].import_name.as_deref(), Some("macros"));
        assert_eq!(found.requirements[1].extras, ["local"]);
        assert_eq!(found.requirements[0].import_name, None);
        assert_eq!(found.requirements[7].place.scope, Scope::Extra("pmcp".into()));
        assert_eq!(found.requirements[7].text, "pmcp = { version = \"2\" }");
        assert_eq!(
            found.project,
            Some(ProjectTable { ecosystem: Ecosystem::Rust, name: Some("my-crate".into()), publishes: true })
        );
    }

    #[test]
    fn every_table_is_visited() {
        let text = "[workspace]\nmembers = ['a']\n[workspace.dependencies]\nrmcp = '1'\n[dev-dependencies]\na = '1'\n[build_dependencies]\nb = '1'\n[target.'cfg(unix)'.dependencies]\nc = '1'\n[target.x86_64-pc-windows-msvc.dev_dependencies]\nd = '1'\n[patch.crates-io]\ne = { git = 'https://h/e', tag = 'v1' }\n[patch.\"https://h/x\"]\nf = { path = 'f' }\n[replace]\n\"g:0.8.5\" = { path = 'g' }\n\"https://h/index#h@0.1.0\" = { path = 'h' }\n";
        let (_, found) = located(text);
        let places: Vec<_> = found
            .requirements
            .iter()
            .map(|one| (one.name.as_str(), one.place.table.as_str(), one.place.scope.clone()))
            .collect();
        let dev = Scope::Group("dev".into());
        assert_eq!(
            places,
            [
                ("a", "dev-dependencies", dev.clone()),
                ("b", "build_dependencies", Scope::Build),
                ("c", "target.'cfg(unix)'.dependencies", Scope::Runtime),
                ("d", "target.x86_64-pc-windows-msvc.dev_dependencies", dev),
                ("rmcp", "workspace.dependencies", Scope::Workspace),
                ("e", "patch.crates-io", Scope::Override),
                ("f", "patch.'https://h/x'", Scope::Override),
                ("g", "replace", Scope::Override),
                ("h", "replace", Scope::Override),
            ]
        );
        assert_eq!(found.project, Some(ProjectTable { ecosystem: Ecosystem::Rust, name: None, publishes: false }));
    }

    #[test]
    fn values_over_several_lines_are_underlined_at_the_version() {
        let text = "[dependencies]\nrmcp = { version = \">=1\", features = [\n  'server',\n] }\n";
        assert_eq!(shown(text), ["rmcp | >=1 | ⟨>=1⟩ | dependencies"]);
        let (_, found) = located("[dependencies]\nrmcp = { version = '\u{3e}=1',\n features = ['server'] }\n");
        assert_eq!(found.requirements[0].text, "rmcp = { version = \">=1\", features = [\"server\"] }");
        let (_, found) = located("[dependencies]\nrmcp = { git = 'https://h/x',\n features = ['server'] }\n");
        assert_eq!(found.requirements[0].text, "rmcp = { git = \"https://h/x\", features = [\"server\"] }");
        let (_, found) = located("[dependencies]\nrmcp = \"\\u003e=1\"\n");
        assert!(matches!(found.requirements[0].hold, Some(Hold::Form(_))));
    }

    #[test]
    fn what_is_no_dependency_is_a_problem_with_a_place() {
        let (file, found) =
            located("[package]\nname = 'x'\npublish = []\n[dependencies]\nrmcp = {}\nx = { version = 1 }\ny = 3\n");
        let problems: Vec<_> = found.problems.iter().map(|one| file.slice(one.span)).collect();
        assert_eq!(problems, ["rmcp", "x"]);
        assert!(found.requirements.is_empty());
        assert!(found.project.is_some_and(|project| !project.publishes));
        let (_, found) = located("[dependencies\nrmcp = '1'");
        assert!(found.problems[0].whole_file);
        assert!(located("").1.project.is_none());
    }
}
