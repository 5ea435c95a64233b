//! `package.json`: what a package asks for, and what npm, yarn and pnpm let it replace.

use jsonc_parser::ast::{Object, ObjectProp, ObjectPropName, Value};

use super::{Declarations, Format, Path, ProjectTable};
use crate::requirement::{Dialect, Ecosystem, GitReference, Hold, Place, Requirement, Scope, Specifier, VersionPart};
use crate::source::{Fragment, SourceFile, Span};
use crate::syntax::json;

/// How deep `overrides` may nest; npm's own go one level per package on a path, which nobody writes long.
const MAX_DEPTH: usize = 20;

/// npm's manifest.
#[derive(Debug)]
pub(super) struct PackageJson;

impl Format for PackageJson {
    fn name(&self) -> &'static str {
        "package.json"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "package.json"
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let value = match json::parse(file.text()) {
            Ok(value) => value,
            Err(error) => return found.syntax_error(error),
        };
        let Some(root) = value.as_ref().and_then(Value::as_object) else { return };
        let text = |key| root.get_string(key).map(|literal| literal.value.clone().into_owned());
        let (name, private) = (text("name"), root.get_boolean("private").is_some_and(|flag| flag.value));
        // npm publishes nothing without a version.
        let publishes = name.is_some() && !private && root.get_string("version").is_some();
        found.project = Some(ProjectTable { ecosystem: Ecosystem::Npm, name, publishes });

        let mut reader = Reader { file, found };
        for (key, scope) in [
            ("dependencies", Scope::Runtime),
            ("devDependencies", Scope::Group("dev".to_owned())),
            // Whoever installs the package gets these too, unless that fails (optional) or is forbidden (peer).
            ("peerDependencies", Scope::Runtime),
            ("optionalDependencies", Scope::Runtime),
            ("resolutions", Scope::Override),
        ] {
            reader.list(root.get_object(key), &Place::new(scope, key));
        }
        reader.overrides(root.get_object("overrides"), &Place::new(Scope::Override, "overrides"), 0);
        let pnpm = root.get_object("pnpm").and_then(|pnpm| pnpm.get_object("overrides"));
        reader.list(pnpm, &Place::new(Scope::Override, "pnpm.overrides"));
        reader.catalogs(root, "");
        if let Some(workspaces) = root.get_object("workspaces") {
            reader.catalogs(workspaces, "workspaces.");
        }
    }
}

struct Reader<'f, 'd> {
    file: &'f SourceFile,
    found: &'d mut Declarations,
}

impl Reader<'_, '_> {
    /// Ranges for the members of a workspace to refer to as `catalog:` and `catalog:name`.
    fn catalogs(&mut self, holder: &Object<'_>, prefix: &str) {
        self.list(holder.get_object("catalog"), &Place::new(Scope::Workspace, format!("{prefix}catalog")));
        for named in holder.get_object("catalogs").into_iter().flat_map(|named| &named.properties) {
            let table = format!("{prefix}catalogs.{}", named.name.as_str());
            self.list(named.value.as_object(), &Place::new(Scope::Workspace, table));
        }
    }

    fn list(&mut self, list: Option<&Object<'_>>, place: &Place) {
        for entry in list.into_iter().flat_map(|list| &list.properties) {
            self.entry(entry, target(entry.name.as_str(), &place.scope), place);
        }
    }

    /// npm's form: a package's entry is its range, or an object of what is replaced below that package, where `"."`
    /// is the package itself.
    fn overrides(&mut self, list: Option<&Object<'_>>, place: &Place, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for entry in list.into_iter().flat_map(|list| &list.properties) {
            let Some(inner) = entry.value.as_object() else {
                self.entry(entry, target(entry.name.as_str(), &place.scope), place);
                continue;
            };
            let own = target(entry.name.as_str(), &place.scope);
            if let Some(itself) = inner.get(".") {
                self.entry(itself, own, place);
            }
            let below = Place::new(Scope::Override, format!("{}.{own}", place.table));
            self.overrides(Some(inner), &below, depth + 1);
        }
    }

    fn entry(&mut self, entry: &ObjectProp<'_>, name: &str, place: &Place) {
        let Value::StringLit(literal) = &entry.value else { return };
        // `"."` was recorded under the name of the package it stands for.
        if name.is_empty() || name == "." {
            return;
        }
        let Some(value) = json::string(self.file.text(), literal) else { return };
        let (alias, version) = read(&value);
        let whole = Span::new(entry.range.start, entry.range.end);
        let text = self.file.slice(whole);
        let one_line = !text.contains(['\n', '\r']);
        let verbatim = value.is_verbatim(0..value.text().len());
        let hold = (!verbatim).then_some(Hold::Form("the range is written with escapes; edit it by hand"));
        self.found.requirements.push(Requirement {
            ecosystem: Ecosystem::Npm,
            dialect: Dialect::Npm,
            name: alias.unwrap_or_else(|| name.to_owned()),
            import_name: read(&value).0.filter(|alias| alias != name).map(|_| name.to_owned()),
            text: if one_line { text.to_owned() } else { format!("\"{name}\": \"{}\"", value.text()) },
            span: if one_line { whole } else { key_span(entry) },
            extras: Vec::new(),
            version,
            marker: None,
            place: place.clone(),
            hold,
            bare_word: None,
        });
    }
}

fn key_span(entry: &ObjectProp<'_>) -> Span {
    let range = match &entry.name {
        ObjectPropName::String(literal) => literal.range,
        ObjectPropName::Word(word) => word.range,
    };
    Span::new(range.start, range.end)
}

/// The package that a key names. Keys of overrides may name a path to it (`a>b`, `a/b`, `**/b`) and the releases
/// that are replaced (`b@^1`).
fn target<'a>(key: &'a str, scope: &Scope) -> &'a str {
    if *scope != Scope::Override {
        return key;
    }
    let key = key.rsplit('>').next().unwrap_or(key).trim();
    let last = without_range(key);
    let start = last.rfind('/').map_or(0, |slash| {
        let before = last[..slash].rfind('/').map_or(0, |at| at + 1);
        // The last part is preceded by its scope, if it has one.
        if last[before..].starts_with('@') { before } else { slash + 1 }
    });
    &last[start..]
}

/// Cuts the range off `name@range`; the `@` of a scope stands at the start of a part.
fn without_range(key: &str) -> &str {
    let at = key.char_indices().find(|(at, c)| *c == '@' && *at > 0 && !key[..*at].ends_with('/'));
    at.map_or(key, |(at, _)| &key[..at])
}

/// The package's real name, when the value gives one, and what is said about the version.
fn read(value: &Fragment<'_>) -> (Option<String>, VersionPart) {
    let text = value.text();
    let specifier = |start: usize| {
        let span = value.span(start..text.len());
        VersionPart::Specifier(Specifier { text: text[start..].to_owned(), span })
    };
    // npm's `$name` is the range of a direct dependency, pnpm's `-` takes the dependency away.
    if text.starts_with('$') || text == "-" {
        return (None, VersionPart::Computed(text.to_owned()));
    }
    let Some((protocol, rest)) = text.split_once(':') else {
        // `user/repository` is GitHub's; a range holds no `/`.
        let version = if text.contains('/') { repository(text, "github") } else { specifier(0) };
        return (None, version);
    };
    let version = match protocol {
        "npm" => {
            let start = text.len() - rest.len();
            let name = without_range(rest);
            // Yarn also writes a bare range or tag behind `npm:`.
            let named = name.starts_with('@') || (rest.len() > name.len() && !name.is_empty()) || is_name(name);
            if !named {
                return (None, specifier(start));
            }
            let behind = (start + name.len() + 1).min(text.len());
            return (Some(name.to_owned()), specifier(behind));
        }
        "workspace" | "file" | "link" | "portal" => VersionPart::Path(text.to_owned()),
        "catalog" => VersionPart::Inherited,
        "github" | "gitlab" | "bitbucket" | "gist" => repository(rest, protocol),
        "http" | "https" if !is_repository(rest) => VersionPart::Url(text.to_owned()),
        _ if protocol.starts_with("git") || matches!(protocol, "http" | "https" | "ssh") => repository(text, ""),
        // `patch:`, `jsr:`, `exec:`: what is installed is not said by a range.
        _ => VersionPart::Computed(text.to_owned()),
    };
    (None, version)
}

/// Whether what follows `npm:` without a range is a package rather than a range or tag.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && !matches!(text, "latest" | "next" | "beta" | "alpha" | "canary" | "x")
        && !text.starts_with(|c: char| c == 'v' && text[1..].starts_with(|next: char| next.is_ascii_digit()))
}

fn is_repository(address: &str) -> bool {
    address.split('#').next().is_some_and(|path| path.ends_with(".git"))
}

/// A repository and, behind `#`, a commit, tag or branch. npm does not say which; what looks like a commit or a
/// version stays what it is, anything else may move.
fn repository(text: &str, host: &str) -> VersionPart {
    let (address, reference) = text.split_once('#').map_or((text, None), |(address, rest)| (address, Some(rest)));
    let url = match host {
        "" => address.trim_start_matches("git+").to_owned(),
        "bitbucket" => format!("https://bitbucket.org/{address}"),
        "gist" => format!("https://gist.github.com/{address}"),
        host => format!("https://{host}.com/{address}"),
    };
    let fixed = reference.is_some_and(|reference| {
        let commit = reference.len() >= 7 && reference.bytes().all(|byte| byte.is_ascii_hexdigit());
        commit || reference.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit())
    });
    let reference = reference.map(str::to_owned);
    let (revision, branch) = if fixed { (reference, None) } else { (None, reference) };
    VersionPart::Git(GitReference { url, revision, branch })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str) -> (SourceFile, Declarations) {
        let file = SourceFile::in_memory("package.json", text);
        let mut found = Declarations::default();
        PackageJson.locate(&file, &mut found);
        (file, found)
    }

    #[test]
    fn lists_are_read_where_they_stand() {
        let text = "\u{feff}{\r\n  \"name\": \"@x/y\", \"version\": \"1.0.0\", // why\r\n  \"dependencies\": {\"@modelcontextprotocol/sdk\": \"^1.10.0\", \"mcp\":\r\n \"npm:@modelcontextprotocol/sdk@>=1\"},\r\n  \"devDependencies\": {\"a\": \"*\"}, \"peerDependencies\": {\"b\": \"\"}, \"optionalDependencies\": {\"c\": \"latest\"},\r\n  \"resolutions\": {\"**/@s/d@npm:^1\": \"2\"}, \"pnpm\": {\"overrides\": {\"a@^1>@s/e@<2\": \"1\"}},\r\n  \"workspaces\": {\"catalog\": {\"f\": \"1\"}, \"catalogs\": {\"z\": {\"g\": \"2\"}}},\r\n  \"overrides\": {\"h\": \"$h\", \"@s/i@^1\": {\".\": \"3\", \"j\": {\"k\": \"4\"}}}}";
        let (file, found) = located(text);
        assert_eq!(found.problems, []);
        let shown: Vec<_> = found
            .requirements
            .iter()
            .map(|one| {
                let specifier = one.specifier().map_or("", |specifier| file.slice(specifier.span));
                (one.name.as_str(), file.slice(one.span), specifier, one.place.table.as_str())
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("@modelcontextprotocol/sdk", "\"@modelcontextprotocol/sdk\": \"^1.10.0\"", "^1.10.0", "dependencies"),
                ("@modelcontextprotocol/sdk", "\"mcp\"", ">=1", "dependencies"),
                ("a", "\"a\": \"*\"", "*", "devDependencies"),
                ("b", "\"b\": \"\"", "", "peerDependencies"),
                ("c", "\"c\": \"latest\"", "latest", "optionalDependencies"),
                ("@s/d", "\"**/@s/d@npm:^1\": \"2\"", "2", "resolutions"),
                ("h", "\"h\": \"$h\"", "", "overrides"),
                ("@s/i", "\".\": \"3\"", "3", "overrides"),
                ("k", "\"k\": \"4\"", "4", "overrides.@s/i.j"),
                ("@s/e", "\"a@^1>@s/e@<2\": \"1\"", "1", "pnpm.overrides"),
                ("f", "\"f\": \"1\"", "1", "workspaces.catalog"),
                ("g", "\"g\": \"2\"", "2", "workspaces.catalogs.z"),
            ]
        );
        assert_eq!(found.requirements[1].import_name.as_deref(), Some("mcp"));
        assert_eq!(found.requirements[1].text, "\"mcp\": \"npm:@modelcontextprotocol/sdk@>=1\"");
        assert_eq!(
            found.project,
            Some(ProjectTable { ecosystem: Ecosystem::Npm, name: Some("@x/y".into()), publishes: true })
        );
    }

    #[test]
    fn values_say_what_they_are() {
        let range = |text: &str| format!("⟨{text}⟩");
        for (value, expected) in [
            ("^1", range("^1")),
            ("1.x || >=2", range("1.x || >=2")),
            ("npm:^1", range("^1")),
            ("npm:latest", range("latest")),
            ("npm:other", "other ".to_owned() + &range("")),
            ("npm:@s/p@1", "@s/p ".to_owned() + &range("1")),
            ("npm:p@next", "p ".to_owned() + &range("next")),
            ("workspace:^", "path workspace:^".to_owned()),
            ("file:../x", "path file:../x".to_owned()),
            ("link:x", "path link:x".to_owned()),
            ("catalog:", "inherited".to_owned()),
            ("catalog:next", "inherited".to_owned()),
            ("u/r", "git https://github.com/u/r None None".to_owned()),
            ("github:u/r#main", "git https://github.com/u/r None Some(\"main\")".to_owned()),
            ("git+https://h/r.git#v1.2", "git https://h/r.git Some(\"v1.2\") None".to_owned()),
            ("https://h/r.git#0a1b2c3d", "git https://h/r.git Some(\"0a1b2c3d\") None".to_owned()),
            ("git@h:u/r.git", "git git@h:u/r.git None None".to_owned()),
            ("https://h/x.tgz", "url https://h/x.tgz".to_owned()),
            ("$a", "computed $a".to_owned()),
            ("patch:a@npm%3A1#x", "computed patch:a@npm%3A1#x".to_owned()),
        ] {
            let (name, version) = read(&Fragment::verbatim(value, 0));
            let version = match version {
                VersionPart::Specifier(specifier) => format!("⟨{}⟩", specifier.text),
                VersionPart::Git(git) => format!("git {} {:?} {:?}", git.url, git.revision, git.branch),
                VersionPart::Url(url) => format!("url {url}"),
                VersionPart::Path(path) => format!("path {path}"),
                VersionPart::Inherited => "inherited".to_owned(),
                VersionPart::Computed(text) => format!("computed {text}"),
            };
            let shown = name.map_or_else(String::new, |name| name + " ") + &version;
            assert_eq!(shown, expected, "{value}");
        }
    }

    #[test]
    fn odd_files_are_no_trouble() {
        assert!(located("{\"dependencies\": {\"mcp\": }").1.problems[0].whole_file);
        assert!(located("").1.project.is_none());
        let (_, found) = located("{\"dependencies\": [\"mcp\"], \"overrides\": {\"\": \"1\", \"@\": \"1\", \"a\": 3}}");
        assert_eq!(found.requirements.len(), 1);
        let (_, found) = located("{\"dependencies\": {\"mcp\": \"\\u003e=1\"}, \"private\": true, \"name\": \"n\"}");
        assert!(matches!(found.requirements[0].hold, Some(Hold::Form(_))));
        assert!(!found.project.is_some_and(|project| project.publishes));
    }
}
