//! What one file says about dependencies: the values that every format fills and everything behind the formats reads.
//! Nothing here knows a format.

use crate::requirement::{Dialect, Ecosystem, Place, Requirement, Unreadable};
use crate::source::Span;
use crate::syntax::SyntaxError;

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

impl Declarations {
    /// Records a place that cannot be read while the rest can.
    pub fn problem(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(Problem { span, message: message.into(), package: None, whole_file: false });
    }

    /// Records that the whole file is not of its syntax.
    pub fn syntax_error(&mut self, error: SyntaxError) {
        self.problems.push(Problem {
            span: Span::empty(error.offset),
            message: error.message,
            package: None,
            whole_file: true,
        });
    }

    /// Records what [`Requirement::from_pep508`] made of a string, if anything.
    pub fn requirement(&mut self, read: Option<Result<Requirement, Unreadable>>, span: Span) {
        match read {
            Some(Ok(requirement)) => self.requirements.push(requirement),
            Some(Err(unreadable)) => self.unreadable(unreadable, span),
            None => {}
        }
    }

    /// Forgets what is wrong with declarations of packages that are of no interest: nothing of ours went unread.
    pub fn keep_problems(&mut self, is_of_interest: impl Fn(&str) -> bool) {
        self.problems.retain(|problem| problem.package.as_deref().is_none_or(&is_of_interest));
    }

    /// Records a requirement that cannot be read.
    pub fn unreadable(&mut self, unreadable: Unreadable, span: Span) {
        let Unreadable { name, message } = unreadable;
        self.problems.push(Problem { span, message, package: Some(name), whole_file: false });
    }
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
    /// The Python package that is spoken of, where the place begins with its name: one that nobody asks about has
    /// no problem that matters here. Prose in a file called `constraints.txt` is full of such.
    pub package: Option<String>,
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
    /// Which versions of them it asks for, where the lock says so; several for one package under different markers.
    pub asks: Vec<Ask>,
}

/// What a locked package asks of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The other package, in its one spelling.
    pub name: String,
    /// The versions, as written; may be blank.
    pub specifier: String,
    /// The grammar of the versions.
    pub dialect: Dialect,
}
