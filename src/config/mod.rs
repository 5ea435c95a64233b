//! What a project says about its own audit: `.mcp-audit.toml`, `[tool.mcp-audit]` of `pyproject.toml`, or
//! `[workspace.metadata.mcp-audit]` and `[package.metadata.mcp-audit]` of `Cargo.toml`. It is read as data: it can leave findings
//! out and add rules and packages, and can neither run anything nor reach out of its repository or to the network.

mod discover;
mod given;
mod merge;
mod own;
mod schema;

use std::path::PathBuf;

use pep440_rs::Version;

use crate::finding::Severity;
use crate::packages::Packages;
pub use discover::{discover, may_be_one, read};
pub use given::{Given, Settled, Which};
pub use merge::{Asked, Merged, merge};
pub use own::rules_with;

/// Something a configuration says, and the line, from 1, that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said<T> {
    /// What it says.
    pub value: T,
    /// Where.
    pub line: usize,
}

/// A list of texts.
pub type List = Vec<Said<String>>;

/// One configuration, as its file says it. What is not said is empty.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The file, as shown.
    pub path: String,
    /// The folder that its paths are meant from.
    pub folder: PathBuf,
    /// The folder that its paths must not leave: that of the repository.
    pub root: PathBuf,
    /// The rules that count.
    pub select: Option<List>,
    /// The rules that do not.
    pub ignore: Option<List>,
    /// The rules that do not count in some files: a pattern and its rules.
    pub per_file_ignores: Option<Vec<(Said<String>, List)>>,
    /// Folders of further rule files.
    pub rules: List,
    /// The release of the newer SDK to check against.
    pub target: Option<Said<String>>,
    /// Packages to audit beside those that the program knows.
    pub packages: Vec<Said<Packages>>,
    /// The least severity that makes the gate fail; inside, `None` where nothing does.
    pub fail_on: Option<Said<Option<Severity>>>,
    /// Files and folders that are not looked at.
    pub exclude: Option<List>,
    /// The lower bound for requirements that have none.
    pub floor: Option<Said<Version>>,
}

impl Config {
    /// `problem` with the place that has it.
    pub fn at(&self, line: usize, problem: &str) -> String {
        format!("{}:{line}: {problem}", self.path)
    }
}
