//! One file per dependency format. A format only *locates*: it says what is declared and where it stands, in the
//! file's own bytes. It judges nothing, resolves nothing, opens no other file, and never fails: what it cannot read
//! becomes a [`Problem`].

pub mod cargo_metadata;
mod cargo_toml;
mod client_config;
mod codex;
mod devcontainer;
mod dockerfile;
mod entries;
mod environment_yml;
pub mod lock;
mod makefile;
mod markdown;
mod notebook;
mod noxfile;
mod package_json;
mod pep723;
mod pipfile;
mod pixi;
mod pyproject;
mod python_clients;
mod python_commands;
mod python_words;
mod requirements;
mod setup_cfg;
mod setup_py;
mod shell_script;
mod tables;
mod tox;
mod workflow;

use crate::requirement::{Ecosystem, Hold, Place, Requirement};
use crate::source::{Encoding, Fragment, Interest, SourceFile, Span};
use crate::syntax::SyntaxError;

/// Every format, in the order they are asked. A new format is its own file and one line here.
pub static FORMATS: &[&dyn Format] = &[
    &requirements::Requirements,
    &setup_cfg::SetupCfg,
    &setup_py::SetupPy,
    &tox::Tox,
    &noxfile::Noxfile,
    &pep723::Pep723,
    &python_commands::PythonCommands,
    &pyproject::Pyproject,
    &pyproject::UvToml,
    &pyproject::HatchToml,
    &pyproject::ToxToml,
    &pipfile::Pipfile,
    &pixi::Pixi,
    &cargo_toml::CargoToml,
    &package_json::PackageJson,
    &lock::UvLock,
    &lock::PoetryLock,
    &lock::PdmLock,
    &lock::PipfileLock,
    &lock::Pylock,
    &lock::PixiLock,
    &lock::CargoLock,
    &lock::Compiled,
    &environment_yml::EnvironmentYml,
    &dockerfile::Dockerfile,
    &workflow::Workflow,
    &shell_script::ShellScript,
    &makefile::Makefile,
    &notebook::Notebook,
    &devcontainer::DevContainer,
    &client_config::ClientConfig,
    &codex::Codex,
    &markdown::Markdown,
];

/// A kind of file that may declare requirements.
pub trait Format: Sync {
    /// The format's name, as shown to people.
    fn name(&self) -> &'static str;

    /// Whether a file of this path is of this format; `path` is relative and separated by `/`. Several formats may
    /// claim one file, each for what it understands.
    fn claims(&self, path: &Path<'_>) -> bool;

    /// Whether a file is worth reading only if it mentions MCP. Manifests are read always, because a manifest that
    /// says nothing of MCP says something too; prose, scripts and configuration are not.
    fn only_if_mentioned(&self) -> bool {
        true
    }

    /// Records what `file` declares.
    fn locate(&self, file: &SourceFile, found: &mut Declarations);
}

/// A path split once for all formats.
#[derive(Debug, Clone, Copy)]
pub struct Path<'a> {
    /// The whole, relative, with `/`.
    pub whole: &'a str,
    /// The last component.
    pub name: &'a str,
    /// What follows the last dot of the name; empty without one.
    pub extension: &'a str,
}

impl<'a> Path<'a> {
    /// Splits `whole`.
    pub fn new(whole: &'a str) -> Self {
        let name = whole.rsplit('/').next().unwrap_or(whole);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        Self { whole, name, extension }
    }

    /// The name of the folder the file is in; empty at the root.
    pub fn folder(&self) -> &'a str {
        self.whole.rsplit('/').nth(1).unwrap_or("")
    }

    /// Whether some folder above the file has this name.
    pub fn is_below(&self, folder: &str) -> bool {
        self.whole.split('/').rev().skip(1).any(|part| part == folder)
    }
}

/// What one file says about dependencies.
#[derive(Debug, Default)]
pub struct Declarations {
    /// What it asks for, limits or overrides.
    pub requirements: Vec<Requirement>,
    /// The lock it is, if it is one.
    pub lock: Option<Lock>,
    /// Other files and folders it brings in.
    pub includes: Vec<Include>,
    /// Lists whose content only running code would tell.
    pub computed: Vec<Computed>,
    /// Places that could not be read.
    pub problems: Vec<Problem>,
    /// Servers and tools that are started straight from a registry.
    pub launches: Vec<Launch>,
    /// Set when the file makes its folder a project.
    pub project: Option<ProjectTable>,
}

/// The text of `file` without its byte-order mark.
fn body(file: &SourceFile) -> Fragment<'_> {
    let text = file.text();
    match text.strip_prefix('\u{feff}') {
        Some(rest) => Fragment::verbatim(rest, '\u{feff}'.len_utf8()),
        None => Fragment::verbatim(text, 0),
    }
}

/// The lines of `text` as byte ranges, each with those it is continued in: a line that ends in one of `marks` goes on.
fn continued_lines(text: &str, marks: &[char]) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        at += line.len();
        if !line.trim_end_matches(['\n', '\r']).ends_with(marks) {
            lines.push(start..at);
            start = at;
        }
    }
    if start < at {
        lines.push(start..at);
    }
    lines
}

/// What makes a folder a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectTable {
    /// The ecosystem the project is of.
    pub ecosystem: Ecosystem,
    /// Its name, normalised, when it has one.
    pub name: Option<String>,
    /// Whether it can be installed by others: it has a name and a build.
    pub publishes: bool,
}

/// A reference from one file to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// What the reference means.
    pub kind: IncludeKind,
    /// The target as written; for files, relative to the folder of the file that holds it.
    pub target: String,
    /// Where it is written.
    pub span: Span,
}

/// What a reference means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IncludeKind {
    /// `-r`: the file's requirements are asked for too.
    Requirements,
    /// `-c`: the file's requirements limit those here.
    Constraints,
    /// `-e .[extra]` or `pip install .[extra]`: the project in that folder, with these extras.
    Project {
        /// The extras asked for, as written.
        extras: Vec<String>,
    },
}

/// A list that code or a template puts together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed {
    /// Where the expression stands.
    pub span: Span,
    /// The list, as the file names it.
    pub table: String,
    /// What computes it, for people: `a call of read_requirements()`, `the hook hatch_build.py`.
    pub by: String,
}

/// A tool started by a runner that installs it first: `uvx server`, `pipx run server`, `npx server`. Which version
/// of an SDK comes with it is the tool's affair, unless the runner is told of a second requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// The runner's command: `uvx`, `uv tool run`, `uv tool install`, `pipx run`, `npx`.
    pub runner: &'static str,
    /// The package that is started, normalised where its ecosystem does so; extras and version are left out.
    pub tool: String,
    /// Where the package comes from.
    pub ecosystem: Ecosystem,
    /// The word that names the package.
    pub span: Span,
    /// The empty place right before that word, or before its `--from`, where an option of the runner may stand.
    pub insert: Span,
    /// Whether the words are elements of an array, each an own string of the file; else it is shell text.
    pub argv: bool,
    /// The quote for an inserted word that clashes with nothing around.
    pub quote: char,
    /// The packages named by `--with` and `--from`, normalised.
    pub with: Vec<String>,
    /// In an array, the very text between two elements: `, ` or a comma, a line break and the indentation.
    pub element_gap: String,
    /// Where the command stands.
    pub place: Place,
}

/// A place that could not be read as what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub span: Span,
    /// What is wrong, in one line.
    pub message: String,
    /// Whether the rest of the file was still read.
    pub whole_file: bool,
}

/// What a lock file says.
#[derive(Debug, Clone)]
pub struct Lock {
    /// The tool that wrote it.
    pub tool: &'static str,
    /// The command that renews it, for the user to run.
    pub relock: String,
    /// The ecosystem of its packages.
    pub ecosystem: Ecosystem,
    /// Every package in it.
    pub packages: Vec<LockedPackage>,
}

/// One package of a lock.
#[derive(Debug, Clone)]
pub struct LockedPackage {
    /// In its ecosystem's one spelling.
    pub name: String,
    /// The version, as written; empty for a project of the repository's own.
    pub version: String,
    /// Where it stands.
    pub span: Span,
    /// The markers under which it is installed, when the lock says so.
    pub marker: Option<String>,
    /// Whether it is a project of the repository, not a download.
    pub is_member: bool,
    /// The packages it asks for, in their one spelling.
    pub dependencies: Vec<String>,
}

/// Everything the formats that claim `file` find in it.
pub fn locate(file: &SourceFile) -> Declarations {
    let path = Path::new(file.path());
    let mut found = Declarations::default();
    for format in FORMATS.iter().filter(|format| format.claims(&path)) {
        format.locate(file, &mut found);
    }
    if file.encoding() == Encoding::Utf16 {
        // Offsets are those of the decoded text, so no edit would land where it should.
        for requirement in &mut found.requirements {
            requirement.hold = Some(Hold::Encoding);
        }
        found.launches.clear();
    }
    found
}

/// Reads `file` as a requirements file, whatever its name.
pub fn locate_requirements(file: &SourceFile, found: &mut Declarations) {
    requirements::Requirements.locate(file, found);
}

/// Whether some format wants to see a file of this path.
pub fn interest(path: &str) -> Interest {
    let path = Path::new(path);
    let mut interest = Interest::None;
    for format in FORMATS.iter().filter(|format| format.claims(&path)) {
        if !format.only_if_mentioned() {
            return Interest::Always;
        }
        interest = Interest::IfMentioned;
    }
    interest
}

impl Declarations {
    /// Records a place that cannot be read while the rest can.
    pub fn problem(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(Problem { span, message: message.into(), whole_file: false });
    }

    /// Records that the whole file is not of its syntax.
    pub fn syntax_error(&mut self, error: SyntaxError) {
        self.problems.push(Problem { span: Span::empty(error.offset), message: error.message, whole_file: true });
    }

    /// Holds back edits of what was found since there were `known` requirements, where the file's bytes cannot take
    /// them.
    fn hold_encoded(&mut self, file: &SourceFile, known: usize) {
        if file.encoding() == Encoding::Utf16 {
            for requirement in self.requirements.iter_mut().skip(known) {
                requirement.hold = Some(Hold::Encoding);
            }
        }
    }

    /// Records what [`Requirement::from_pep508`] made of a string, if anything.
    pub fn requirement(&mut self, read: Option<Result<Requirement, String>>, span: Span) {
        match read {
            Some(Ok(requirement)) => self.requirements.push(requirement),
            Some(Err(message)) => self.problem(span, message),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_file_makes_a_reader_panic() {
        for (path, text) in [
            (
                "Dockerfile",
                "RUN --x=y [\"pip\", \"install\", \"mcp\"]\nENV UV_CONSTRAINT é\nONBUILD RUN <<E\nuvx é@1\nE\n",
            ),
            (
                "a.md",
                "```json\n{\"command\": \"uvx\", \"args\": [\"é\"]}\n```\n  $ pip install 'é\n(é) $ uv add é>=1\n",
            ),
            ("a.ipynb", "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"!pip install mcp\\n\", \"é\"]}]}"),
            ("action.yml", "run: >\n  pip install é\n  mcp\nscript: [uvx é]\ncommand: ['uvx', \"a\\u00e9\"]\n"),
            ("environment.yml", "dependencies: ['é::mcp[version=\"é\"]', {pip: [é, mcp]}]\n"),
            (".codex/config.toml", "[mcp_servers.é]\ncommand = 'uvx'\nargs = [\"é\"]\n"),
            ("a.bat", "pip install é^\r\n é>=1 ^"),
            ("Makefile", "\t@pip install \\\n é $$(é)\n"),
        ] {
            let starts = text.char_indices().map(|(at, _)| at);
            for at in starts.clone().chain([text.len()]) {
                for part in [&text[..at], &text[at..]] {
                    let file = SourceFile::in_memory(path, part);
                    for format in FORMATS.iter().filter(|format| format.claims(&Path::new(path))) {
                        format.locate(&file, &mut Declarations::default());
                    }
                }
            }
        }
    }

    #[test]
    fn deep_and_long_files_are_survived() {
        for path in
            ["Dockerfile", "a.md", "a.ipynb", "action.yml", "environment.yml", ".mcp.json", "a.sh", "Makefile", "a.bat"]
        {
            for piece in [
                "[",
                "{\"a\":",
                "<<A\n",
                "\t$(pip ",
                "```\n",
                "  pip install '\n",
                "RUN uvx \\\n",
                "pip install mcp>=1 ",
            ] {
                let file = SourceFile::in_memory(path, &format!("pip {}", piece.repeat(3_000)));
                for format in FORMATS.iter().filter(|format| format.claims(&Path::new(path))) {
                    format.locate(&file, &mut Declarations::default());
                }
            }
        }
    }
}
