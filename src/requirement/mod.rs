//! A requirement: one declaration that a project needs a package, wherever and in whatever grammar it was written.

pub mod bound;
pub mod comparator;
pub mod dialect;
pub mod split;

use serde::Serialize;

use crate::source::{Fragment, Span};
pub use bound::{Bound, Series, Versions};
pub use dialect::{Dialect, Target};
pub use split::normalized;

/// The registry a package comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ecosystem {
    /// Python packages, from the Python index or from Conda channels.
    Python,
    /// Rust crates.
    Rust,
    /// npm packages.
    Npm,
}

/// One declaration that a project needs a package.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Where the package comes from.
    pub ecosystem: Ecosystem,
    /// The grammar of the specifier.
    pub dialect: Dialect,
    /// The package, in its ecosystem's one spelling.
    pub name: String,
    /// The name it has in code, when that differs: `x = { package = "rmcp" }`, `"x": "npm:…"`.
    pub import_name: Option<String>,
    /// The declaration as written, for people to read: name, extras and specifier, escapes undone.
    pub text: String,
    /// Where it stands: what is underlined.
    pub span: Span,
    /// Extras or features asked for, as written.
    pub extras: Vec<String>,
    /// What is said about the version.
    pub version: VersionPart,
    /// The environment marker, as written, without its `;`.
    pub marker: Option<String>,
    /// In which list it stands, and what that list is for.
    pub place: Place,
    /// Why it must not be edited in place.
    pub hold: Option<Hold>,
    /// The whole word as it stands in a shell command, when it is bare there: `<` in an edit must then be quoted.
    pub bare_word: Option<BareWord>,
}

/// A word without quotes in a shell command or a YAML flow list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BareWord {
    /// The whole word in the file.
    pub span: Span,
    /// The quote to put around it that clashes with nothing around.
    pub quote: char,
}

/// What a requirement says about the version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionPart {
    /// A specifier, perhaps empty.
    Specifier(Specifier),
    /// A direct reference to an archive: `https:…`, `file:…`.
    Url(String),
    /// A version-control reference.
    Git(GitReference),
    /// A folder or file of the project's own.
    Path(String),
    /// Taken from the workspace's root (`workspace = true`), where it is reported and fixed.
    Inherited,
    /// Written, but with a value only running the build could know.
    Computed(String),
}

/// A text that begins with the name of a package and goes on as no requirement does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The package, normalised.
    pub name: String,
    /// What is wrong, in one line.
    pub message: String,
}

/// A specifier in its dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Specifier {
    /// The text, escapes undone; blank when nothing is said.
    pub text: String,
    /// Where it stands; empty, at the place to insert one, when nothing is written.
    pub span: Span,
}

/// A version-control reference and what fixes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GitReference {
    /// The repository.
    pub url: String,
    /// A commit or tag, which stays what it is.
    pub revision: Option<String>,
    /// A branch, which moves.
    pub branch: Option<String>,
}

/// In which list a requirement stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// What the list is for.
    pub scope: Scope,
    /// The list as its file names it: `project.dependencies`, `RUN`, `mcpServers.github.args`. May be empty.
    pub table: String,
}

impl Place {
    /// A place in the list `table` that serves `scope`.
    pub fn new(scope: Scope, table: impl Into<String>) -> Self {
        Self { scope, table: table.into() }
    }
}

/// What a list of requirements is for, which decides who is exposed by it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", content = "name", rename_all = "kebab-case")]
pub enum Scope {
    /// Needed to run; published with the project, so its users are exposed too.
    Runtime,
    /// An extra or optional feature of the project; published.
    Extra(String),
    /// A development group, seen by those who work on the project.
    Group(String),
    /// Needed to build the project.
    Build,
    /// A tool's environment: tox, nox, Hatch, pixi.
    Environment(String),
    /// A file of requirements for an environment; not published.
    Requirements,
    /// Limits what others ask for, asks for nothing itself.
    Constraint,
    /// Replaces what others ask for, their bounds included.
    Override,
    /// A script's own dependencies (PEP 723).
    Script,
    /// A command that installs without a manifest.
    Command,
    /// A server started by an MCP client's configuration.
    ClientConfig,
    /// Prose: copied by readers, run by nobody here.
    Documentation,
    /// The root of a workspace, for its members to inherit.
    Workspace,
}

impl Scope {
    /// Whether the requirement leaves with the package, so that installing the package meets it.
    pub fn is_published(&self) -> bool {
        matches!(self, Self::Runtime | Self::Extra(_) | Self::Workspace)
    }

    /// Whether it asks for the package at all, rather than limiting what others ask for.
    pub fn asks(&self) -> bool {
        !matches!(self, Self::Constraint | Self::Override)
    }
}

/// Why a requirement is left as it is by `--fix`; each says what to do instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hold {
    /// Pinned with `--hash`: a new version needs new hashes.
    Hashed,
    /// The file is made by a tool; `by` is the command that makes it, as the file itself or the tool names it.
    Generated {
        /// The command to run instead of editing.
        by: String,
    },
    /// The value is put together by code or a template.
    Computed,
    /// The file's encoding has no byte-exact way back.
    Encoding,
    /// The bytes around it cannot take the edit as they stand: an escape inside the specifier, a form that is not known.
    Form(&'static str),
}

impl Hold {
    /// The reason, as the end of a sentence that begins with "left alone: ".
    pub fn reason(&self) -> String {
        match self {
            Self::Hashed => "the line is pinned with --hash, and another version needs other hashes; compile the file again from its input".to_owned(),
            Self::Generated { by } => format!("the file is generated; change its input and run `{by}`"),
            Self::Computed => "the value is computed; change it where it is put together".to_owned(),
            Self::Encoding => "the file is UTF-16; save it as UTF-8 first".to_owned(),
            Self::Form(what) => (*what).to_owned(),
        }
    }
}

/// Bytes of a line of metadata: a longer one is nothing that anybody wrote, and reading it would take as long as its author
/// likes.
const LONGEST_LINE: usize = 4 << 10;

impl Requirement {
    /// The requirement that a line of a package's metadata is; `None` where it is none.
    pub fn of_line(line: &str) -> Option<Self> {
        let place = Place::new(Scope::Runtime, "");
        let is_short = line.len() <= LONGEST_LINE;
        is_short.then(|| Self::from_pep508(&Fragment::verbatim(line, 0), place))??.ok()
    }

    /// Reads a PEP 508 requirement from `fragment`; `None` when it does not start with a project name.
    pub fn from_pep508(fragment: &Fragment<'_>, place: Place) -> Option<Result<Self, Unreadable>> {
        let text = fragment.text();
        let named = text.trim_start();
        let name = match split::name_length(named) {
            0 => return None,
            length => normalized(&named[..length]),
        };
        let parts = match split::split(text) {
            Ok(parts) => parts,
            Err(message) => return Some(Err(Unreadable { name, message })),
        };
        let version = match &parts.version {
            split::Version::Specifier(range) => VersionPart::Specifier(Specifier {
                text: text[range.clone()].to_owned(),
                span: fragment.span(range.clone()),
            }),
            split::Version::Url(range) => VersionPart::from_url(&text[range.clone()]),
        };
        Some(Ok(Self {
            ecosystem: Ecosystem::Python,
            dialect: Dialect::Pep508,
            name,
            import_name: None,
            text: text[parts.range.clone()].to_owned(),
            span: fragment.span(parts.range),
            extras: parts.extras.into_iter().map(|range| text[range].to_owned()).collect(),
            version,
            marker: parts.marker.map(|range| text[range].to_owned()),
            place,
            hold: None,
            bare_word: None,
        }))
    }

    /// The declaration on one line, cut where nobody would read on: a hostile one is megabytes long.
    pub fn shown(&self) -> String {
        const LONGEST: usize = 200;
        let mut shown = String::new();
        for word in self.text.split_whitespace() {
            if !shown.is_empty() {
                shown.push(' ');
            }
            match word.char_indices().nth(LONGEST + 1) {
                Some((at, _)) => shown.push_str(&word[..at]),
                None => shown.push_str(word),
            }
            if shown.len() > LONGEST {
                return shown.chars().take(LONGEST).chain(['…']).collect();
            }
        }
        shown
    }

    /// The specifier, when the version part is one.
    pub fn specifier(&self) -> Option<&Specifier> {
        match &self.version {
            VersionPart::Specifier(specifier) => Some(specifier),
            _ => None,
        }
    }

    /// The set of versions asked for.
    ///
    /// # Errors
    /// `Ok(None)` when it is no range at all; a sentence when the specifier cannot be read.
    pub fn versions(&self) -> Result<Option<Versions>, String> {
        self.specifier().map(|specifier| self.dialect.versions(&specifier.text)).transpose()
    }

    /// The verdict, given where the package's majors break.
    pub fn bound(&self, series: &Series) -> Bound {
        match self.versions() {
            Ok(Some(versions)) => Bound::of(&versions, series),
            Ok(None) => Bound::NotARange,
            Err(_) => Bound::Unparsable,
        }
    }
}

impl VersionPart {
    /// Tells version control from archives and paths in a direct reference.
    pub fn from_url(url: &str) -> Self {
        if let Some(git) = url.strip_prefix("git+") {
            let address = git.split('#').next().unwrap_or(git);
            // The `@` of a login stands before the host's first `/`, the one of a reference behind it.
            let path = address.find("://").map_or(0, |at| at + 3);
            let path = address[path..].find('/').map_or(address.len(), |at| path + at);
            let (repository, revision) = match address[path..].rfind('@') {
                Some(at) => (&address[..path + at], Some(address[path + at + 1..].to_owned())),
                None => (address, None),
            };
            return Self::Git(GitReference { url: repository.to_owned(), revision, branch: None });
        }
        if url.starts_with("file:") || !url.contains("://") {
            return Self::Path(url.to_owned());
        }
        Self::Url(url.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_one_line_and_not_endless() {
        let shown = |text: &str| {
            let place = Place::new(Scope::Requirements, "");
            Requirement::from_pep508(&Fragment::verbatim(text, 0), place).unwrap().unwrap().shown()
        };
        assert_eq!(shown("mcp \n >=1.2"), "mcp >=1.2");
        for text in [format!("mcp=={}", "1.".repeat(100_000)), "mcp ".repeat(100_000)] {
            assert!(shown(&text).chars().count() <= 201 && shown(&text).ends_with('…'));
        }
    }
}
