//! What a scan says, and one file per way to print it. A printer is a pure function of the report: it reads no file,
//! judges nothing, and escapes whatever came from the scanned tree.

mod bounded;
pub mod coverage;
pub mod dependents;
mod escape;
pub mod explanation;
mod fingerprint;
mod fold;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
pub mod migration;
mod page;
pub mod plan;
pub mod sarif;
mod settled;
mod snippet;
mod state;
pub mod table;
pub mod text;
mod transitive;

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity};
use crate::inventory::Inventory;
use crate::judge::{ProjectState, Row, Verdicts};
use crate::settle::Settled;
use crate::source::{Note, SourceFile};
use crate::transitive::Answer;
#[cfg(any(feature = "lsp", feature = "serve"))]
pub(crate) use escape::cut;
pub use escape::escaped;
#[cfg(feature = "serve")]
pub(crate) use settled::reasons;
#[cfg(feature = "serve")]
pub(crate) use text::count;

/// Everything a scan found out.
#[derive(Debug)]
pub struct Report {
    /// The findings, by file and place.
    pub findings: Vec<Finding>,
    /// Every declaration of an audited package.
    pub declarations: Vec<Row>,
    /// The projects and what their code shows.
    pub projects: Vec<ProjectState>,
    /// What was found and does not count.
    pub settled: Settled,
    /// What could not be read.
    pub notes: Vec<Note>,
    /// How many files were looked at.
    pub files_seen: usize,
    /// With `--cargo`: how many requirements cargo reads alike, in how many manifests.
    pub agreed_with_cargo: Option<(usize, usize)>,
    /// With `--transitive`: which dependencies bring the next major of the SDK into each project.
    pub transitive: Option<Vec<Answer>>,
    files: BTreeMap<String, SourceFile>,
}

impl Report {
    /// Puts the verdicts and the files they speak of together.
    pub fn new(verdicts: Verdicts, settled: Settled, inventory: Inventory) -> Self {
        let wanted: std::collections::BTreeSet<&str> =
            verdicts.findings.iter().map(|finding| finding.path.as_str()).collect();
        let files = inventory.files.into_iter().map(|facts| facts.file).chain(inventory.modules).chain(inventory.texts);
        let files = files.filter(|file| wanted.contains(file.path()));
        Self {
            files: files.map(|file| (file.path().to_owned(), file)).collect(),
            findings: verdicts.findings,
            declarations: verdicts.declarations,
            projects: verdicts.projects,
            settled,
            notes: inventory.notes,
            files_seen: inventory.seen,
            agreed_with_cargo: inventory.agreed_with_cargo,
            transitive: None,
        }
    }

    /// The file of a finding.
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        self.files.get(path)
    }

    /// The files that findings stand in.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.values()
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// How many declarations a fresh install can take the next major through.
    pub fn exposed(&self) -> usize {
        self.declarations.iter().filter(|row| row.is_exposed()).count()
    }

    /// How many findings say nothing by themselves when they break.
    pub fn silent(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_silent()).count()
    }

    /// The most severe finding, if there is one.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}
