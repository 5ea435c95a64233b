//! One file per dependency format. A format only *locates*: it says what is declared and where it stands, in the
//! file's own bytes. It judges nothing, resolves nothing, opens no other file, and never fails: what it cannot read
//! becomes a [`Problem`].

mod cargo_features;
pub mod cargo_metadata;
mod cargo_toml;
mod client_config;
mod codex;
mod declarations;
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
mod pip;
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

use crate::requirement::Hold;
use crate::source::{Encoding, Fragment, Interest, SourceFile};
pub(crate) use cargo_features::renamed_features;
pub use declarations::{
    Ask, Computed, Declarations, Include, IncludeKind, Launch, Lock, LockedPackage, Problem, ProjectTable,
};
pub(crate) use notebook::cells as notebook_cells;

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

/// Everything the formats that claim `file` find in it.
pub fn locate(file: &SourceFile) -> Declarations {
    let path = Path::new(file.path());
    let mut found = Declarations::default();
    for format in FORMATS.iter().filter(|format| format.claims(&path)) {
        format.locate(file, &mut found);
    }
    hold_encoded(file, &mut found);
    found
}

/// Reads `file` as a requirements file, whatever its name.
pub fn locate_requirements(file: &SourceFile, found: &mut Declarations) {
    requirements::Requirements.locate(file, found);
    hold_encoded(file, found);
}

/// Holds back every edit of a file whose bytes cannot take one: the offsets are those of the decoded text.
fn hold_encoded(file: &SourceFile, found: &mut Declarations) {
    if file.encoding() == Encoding::Utf16 {
        for requirement in &mut found.requirements {
            requirement.hold = Some(Hold::Encoding);
        }
        found.launches.clear();
    }
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
    fn utf_16_is_read_and_held() {
        for (path, text) in [
            ("requirements.txt", "mcp>=1\r\n"),
            ("pyproject.toml", "[project]\r\ndependencies = [\"mcp\"]"),
            ("package.json", "{\"dependencies\": {\"mcp\": \"1\"}}"),
            ("a.ps1", "pip install mcp\r\nuvx mcp-x"),
        ] {
            let bytes = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
            let found = locate(&SourceFile::new(path, path, bytes));
            assert_eq!(found.requirements[0].hold, Some(Hold::Encoding), "{path}");
            assert!(found.launches.is_empty());
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
