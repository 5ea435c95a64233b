//! The user's own package index: what the newest releases of named packages require, asked politely.
//!
//! An index does not know who depends on whom, so the packages are named by the user; what is told of them is as fresh
//! as the index itself. Few requests are under way at once, what was learnt is kept, and a server that cannot be asked
//! is left alone. Nothing is installed, built or run.

mod archive;
mod documents;
mod html;
mod index;
mod json;
mod kept;
mod lookup;
mod metadata;
mod names;
mod notes;
mod project;
mod remote;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use pep440_rs::Version;

use self::documents::Documents;
use self::index::Index;
use self::kept::Shelf;
use self::lookup::{Lookup, Outcome};
pub use self::names::Names;
use super::super::http::{Client, Limits};
use super::super::{Answer, Coverage, Error, Name, Origin, Question, Release, Source, Told};

/// How many requests are under way at once.
const CONNECTIONS: usize = 4;

/// After so many packages in a row that could not be asked for, the server is left alone.
const FAILURES: usize = 8;

/// The index as a source.
pub struct Registry {
    lookup: Lookup,
    names: Names,
    coverage: Coverage,
}

impl Registry {
    /// The index that the user's installers are configured for, to be asked for `names`; `coverage` says whether those
    /// are all the packages there are.
    ///
    /// # Errors
    /// When no index is configured, or the machine has no network.
    pub fn configured(names: Names, coverage: Coverage) -> Result<Self, Error> {
        let index = Index::discover()?;
        let documents = Documents::new(Client::new(Limits::default())?, index, Shelf(crate::cache::folder()));
        Ok(Self { lookup: Lookup::new(documents), names, coverage })
    }

    /// The newest release of `name` that `admits` takes and that was not taken back; `None` when there is none. The names
    /// that the index was to be asked for have no part in it.
    ///
    /// # Errors
    /// When the index cannot be asked, or what the release requires is not known.
    pub fn admitted(&self, name: &Name, admits: &dyn Fn(&Version) -> bool) -> Result<Option<Release>, Error> {
        let found = self.lookup.admitted(name, admits).map_err(|problem| Error(problem.sentence()))?;
        found.transpose().map_err(|why| Error(format!("what {name} requires is not known: {why}")))
    }

    /// What became of each of the names, in their order; `None` where the server was left alone before its turn.
    fn outcomes(&self, before: Option<Timestamp>, told: &dyn Told) -> Vec<Option<Outcome>> {
        let names = &self.names.names;
        let (next, failed, stopped) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
        let mut outcomes: Vec<Option<Outcome>> = Vec::new();
        outcomes.resize_with(names.len(), || None);
        let outcomes = Mutex::new(outcomes);
        let work = || {
            while !stopped.load(Ordering::Relaxed) {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(name) = names.get(at) else { return };
                let outcome = self.lookup.look_up(name, before);
                if matches!(outcome, Outcome::Failed(_)) {
                    let in_a_row = failed.fetch_add(1, Ordering::Relaxed) + 1;
                    stopped.fetch_or(in_a_row >= FAILURES, Ordering::Relaxed);
                } else {
                    failed.store(0, Ordering::Relaxed);
                }
                outcomes.lock().unwrap_or_else(PoisonError::into_inner)[at] = Some(outcome);
                told.advance(1);
            }
        };
        std::thread::scope(|scope| {
            (0..CONNECTIONS.min(names.len())).for_each(|_| drop(scope.spawn(&work)));
        });
        outcomes.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Source for Registry {
    fn releases(&self, question: &Question, told: &dyn Told) -> Result<Answer, Error> {
        told.begin("packages", Some(self.names.names.len() as u64));
        let outcomes = self.outcomes(question.before, told);
        let (releases, said) = notes::sorted(&self.names.names, outcomes, question)?;
        let (rows, retrieved) = self.lookup.documents.read();
        let origin = Origin {
            source: "registry",
            place: self.lookup.documents.index.place().to_owned(),
            retrieved,
            rows,
            coverage: self.coverage,
        };
        let from = &self.lookup.documents.index.from;
        let mut notes = vec![format!("asked the index that {from} names, and none of the additional ones")];
        notes.extend(self.names.notes.iter().cloned().chain(said));
        Ok(Answer { releases, origin, notes })
    }

    fn newest(&self, name: &Name, before: Option<Timestamp>) -> Result<Option<String>, Error> {
        self.lookup.newest_final(name, before).map_err(|problem| Error(problem.sentence()))
    }
}
