//! Which of a project's own dependencies would bring the next major of the SDK in: from its lock, else from a resolver,
//! else by a walk over what a registry says, which is an estimate and says so.
//!
//! A lock tells what is installed today and, where it holds the specifiers, whether renewing it may move that. What it
//! leaves open is asked of the resolver. Nothing of the scanned tree is executed, and the resolver never sees its folder.

mod fresh;
mod index;
mod locked;
mod means;
mod uv;
mod walk;
mod wants;

#[cfg(test)]
mod tests;

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;

use crate::inventory::FileFacts;
use crate::packages::{Package, Packages};
use crate::project::{Project, Projects};
use crate::requirement::Ecosystem;
pub use index::Index;
pub use means::{Means, Metadata, Published, Resolution, Resolve, Task};
pub use uv::Uv;
pub(crate) use wants::requirements;
pub use wants::{Located, Want, Wants};

/// The package whose next major is asked about.
pub const PACKAGE: &str = "mcp";

/// Ways that are told of one project.
const WAYS: usize = 20;

/// More resolvers than this at a time gain nothing: they wait for the same index.
const THREADS: usize = 4;

/// What is known of one project, by one of its locks where it has several.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// The project's name or folder.
    pub project: String,
    /// Its folder, as shown.
    pub folder: String,
    /// The package that is asked about.
    pub package: String,
    /// The first version of its next major.
    pub next: String,
    /// What the outcome rests on.
    pub basis: Basis,
    /// What becomes of a fresh install.
    pub outcome: Outcome,
    /// The lock, where there is one that holds the package.
    pub lock: Option<Held>,
    /// The version that a fresh install takes, where a resolver or the walk told.
    pub takes: Option<String>,
    /// Where a fresh install takes the next major: whether a bound below it leaves a solution.
    pub can_be_held: Option<bool>,
    /// The ways by which the package comes in, the project first, shorter ones before longer ones.
    pub ways: Vec<Vec<Step>>,
    /// Whether there may be more ways than these.
    pub more_ways: bool,
    /// The packages that keep it below the next major.
    pub holders: Vec<Step>,
    /// What a resolver moves to make room when the next major is asked for: packages of the ways alone.
    pub moved: Vec<Moved>,
    /// What else to know, a sentence each.
    pub notes: Vec<String>,
}

/// What an answer rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The specifiers in a lock.
    Lock,
    /// A resolver.
    Uv,
    /// The newest admitted release of each package, without a search: not a solution, a guess at one.
    Estimate,
    /// Nothing that could tell.
    Nothing,
}

/// What becomes of a fresh install.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It takes the next major, or nothing in the lock keeps it from doing so.
    TakesNext,
    /// It stays below, and could take the next major if that were asked for.
    StaysBelow,
    /// No choice of releases has the next major.
    NextImpossible,
    /// The package does not come in at all.
    NotReached,
    /// It could not be told.
    Unknown,
}

/// What a lock holds today.
#[derive(Debug, Clone, Serialize)]
pub struct Held {
    /// The lock, as shown.
    pub path: String,
    /// The tool that wrote it.
    pub tool: &'static str,
    /// The versions of the package in it.
    pub versions: Vec<String>,
    /// The command that renews it.
    pub relock: String,
    /// Whether it says who asks for whom; Pipenv's and pip's locks do not.
    pub has_edges: bool,
}

/// One package of a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its name; `…` where a long way is cut.
    pub name: String,
    /// Its version, where known.
    pub version: Option<String>,
    /// Which versions of the next step it asks for, where known; blank is any.
    pub asks: Option<String>,
}

/// A package that has another version when the next major is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Its name.
    pub name: String,
    /// Its version in a fresh install.
    pub from: String,
    /// Its version beside the next major; `None` where it is gone.
    pub to: Option<String>,
}

/// What is known of each Python project of the tree, in order of folder.
pub fn trace(projects: &Projects<'_>, packages: &Packages, means: &Means<'_>) -> Vec<Answer> {
    let Some(package) = packages.get(Ecosystem::Python, PACKAGE) else { return Vec::new() };
    let (mut open, located) = (Vec::new(), Located::default());
    for project in projects.iter().filter(|one| one.ecosystem.is_none_or(|it| it == Ecosystem::Python)) {
        // The SDK's own repository has nothing to ask about itself.
        if project.name.as_deref() == Some(PACKAGE) {
            continue;
        }
        let wants = Wants::of(project, projects, &located);
        let locks = locks(project, projects);
        if locks.is_empty() {
            if !wants.is_empty() {
                open.push(Open { answer: Answer::new(project, package), wants });
            }
            continue;
        }
        for lock in locks {
            open.push(Open { answer: locked::answer(project, lock, &wants, package), wants: wants.clone() });
        }
    }
    settle(&mut open, package, means);
    open.into_iter().map(|one| one.answer).collect()
}

/// An answer that may still be completed, with what the project asks for.
struct Open {
    answer: Answer,
    wants: Wants,
}

/// Asks what the locks left open, a few projects at a time.
fn settle(open: &mut [Open], package: &Package, means: &Means<'_>) {
    let asked: Vec<&mut Open> = open.iter_mut().filter(|one| one.answer.outcome == Outcome::Unknown).collect();
    let (next, count) = (AtomicUsize::new(0), asked.len());
    let cells: Vec<Mutex<&mut Open>> = asked.into_iter().map(Mutex::new).collect();
    std::thread::scope(|scope| {
        for _ in 0..THREADS.min(count) {
            scope.spawn(|| {
                while let Some(cell) = cells.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let mut one = cell.lock().unwrap_or_else(PoisonError::into_inner);
                    let Open { answer, wants } = &mut **one;
                    fresh::complete(answer, wants, package, means);
                }
            });
        }
    });
}

impl Answer {
    fn new(project: &Project<'_>, package: &Package) -> Self {
        Self {
            project: project.shown().to_owned(),
            folder: project.folder.clone(),
            package: package.name.clone(),
            next: package.series.newest().to_string(),
            basis: Basis::Nothing,
            outcome: Outcome::Unknown,
            lock: None,
            takes: None,
            can_be_held: None,
            ways: Vec::new(),
            more_ways: false,
            holders: Vec::new(),
            moved: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Whether the project asks for the package itself, by one of the ways.
    pub fn is_direct(&self) -> bool {
        self.ways.iter().any(|way| way.len() == 2)
    }

    /// The package by which the first way leaves the project.
    pub fn first_step(&self) -> Option<&str> {
        self.ways.first().filter(|way| way.len() > 2).map(|way| way[1].name.as_str())
    }
}

/// The locks that speak for `project`: the one of its own tool, else every compiled file of its folder, else one of a
/// workspace around it of which it is a member.
fn locks<'a>(project: &Project<'a>, projects: &Projects<'a>) -> Vec<&'a FileFacts> {
    let of = |one: &Project<'a>| -> Vec<&'a FileFacts> {
        // A script's lock is the script's alone.
        let speaks = |facts: &&&FileFacts| {
            !facts.file.name().ends_with(".py.lock")
                && facts.declarations.lock.as_ref().is_some_and(|lock| lock.ecosystem == Ecosystem::Python)
        };
        let mut all: Vec<&'a FileFacts> = one.files.iter().filter(speaks).copied().collect();
        all.sort_by_key(|facts| rank(facts));
        all
    };
    let own = of(project);
    let is_tools = |facts: &&FileFacts| rank(facts) < COMPILED;
    if let Some(first) = own.iter().copied().find(is_tools) {
        return vec![first];
    }
    if !own.is_empty() {
        return own;
    }
    let is_member = |facts: &&FileFacts| {
        let packages = facts.declarations.lock.iter().flat_map(|lock| &lock.packages);
        packages.filter(|one| one.is_member).any(|one| Some(&one.name) == project.name.as_ref())
    };
    let around = projects.around(project).filter(|around| around.folder != project.folder);
    around.flat_map(of).filter(is_tools).find(is_member).into_iter().collect()
}

/// The first of a list, and how many more there are.
fn few(list: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown = list.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if list.len() > SHOWN { format!("{shown} and {} more", list.len() - SHOWN) } else { shown }
}

/// The rank of pip-compile's files, of which a folder may hold several.
const COMPILED: usize = 9;

/// Which of several locks in one folder decides: those that hold edges and members first.
fn rank(facts: &FileFacts) -> usize {
    match facts.file.name() {
        "uv.lock" => 0,
        "poetry.lock" => 1,
        "pixi.lock" => 3,
        "Pipfile.lock" => 4,
        name if name.starts_with("pdm.") => 2,
        name if name.starts_with("pylock.") => 5,
        _ => COMPILED,
    }
}
