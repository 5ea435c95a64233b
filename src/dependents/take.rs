//! Takes a survey: asks the source, chooses the newest releases, classes what they ask for and counts.

use std::collections::BTreeSet;

use super::classify::Classifier;
use super::levels::{self, Walk};
use super::months::{day, months};
use super::newest::History;
use super::subject::before;
use super::tally::Counts;
use super::{Dependent, Error, Origin, Question, Release, Source, Subject, Survey, Told};
use crate::requirement::Series;

/// What there is beside the survey.
#[derive(Debug)]
pub struct Taken {
    /// The survey.
    pub survey: Survey,
    /// Every release it rests on, to be saved; empty unless asked for.
    pub releases: Vec<Release>,
}

/// How much is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    /// How many levels of dependents to walk, at most [`levels::DEEPEST`]; 0 and 1 are the direct ones alone.
    pub depth: usize,
    /// Whether the releases are wanted too.
    pub keep: bool,
}

/// Surveys who depends on `subject`, whose majors break at `series`.
///
/// # Errors
/// When the source cannot answer.
pub fn take(
    source: &dyn Source,
    subject: Subject,
    series: &Series,
    extent: Extent,
    told: &dyn Told,
) -> Result<Taken, Error> {
    let before = before(subject.as_of);
    let question = Question { targets: BTreeSet::from([subject.package.clone()]), before };
    let answer = source.releases(&question, told)?;
    let coverage = answer.origin.coverage;
    let (mut origins, mut notes) = (vec![answer.origin], answer.notes);
    let mut histories = History::all(answer.releases, before);

    let mut classifier = Classifier::new(&subject.package, series);
    let mut counts = Counts::default();
    let mut dependents = Vec::new();
    for newest in histories.iter().filter_map(History::newest) {
        if let Some(state) = classifier.state(newest) {
            counts.add(state);
            let asks = |line: &&String| classifier.line(line).is_some();
            dependents.push(Dependent {
                name: newest.name.clone(),
                version: newest.version.clone(),
                uploaded: newest.uploaded,
                class: state.class,
                optional: state.optional,
                requirements: newest.requires_dist.iter().filter(asks).cloned().collect(),
                downloads: newest.downloads,
            });
        }
    }
    weigh(source, &mut dependents, &mut histories, &mut notes, told);

    // Sources that know the newest releases only have nothing to tell of months.
    let latest = histories.iter().flat_map(History::by_upload).map(|(_, release)| release.uploaded).max();
    let last = subject.as_of.map_or_else(|| latest.map(day), |as_of| as_of.yesterday().ok());
    let months = match last {
        Some(last) if histories.iter().any(|history| history.by_upload().len() > 1) => {
            months(&histories, &mut classifier, last, coverage)
        }
        _ => Vec::new(),
    };

    let mut releases = Vec::new();
    if extent.keep {
        releases.extend(histories.into_iter().flat_map(History::into_releases));
    }
    let mut levels = Vec::new();
    if extent.depth > 1 {
        let mut kept = |more: Vec<Release>| {
            if extent.keep {
                releases.extend(more)
            }
        };
        let depth = extent.depth.min(levels::DEEPEST);
        let walk = levels::walk(source, (&subject.package, before), &dependents, depth, &mut kept, told)?;
        let Walk { levels: found, origins: further, notes: said } = walk;
        levels = found;
        further.into_iter().for_each(|origin| add(&mut origins, origin));
        notes.extend(said);
    }
    let mut said = BTreeSet::new();
    notes.retain(|note| said.insert(note.clone()));
    let tally = counts.tally(coverage);
    Ok(Taken { survey: Survey { subject, origins, tally, dependents, months, levels, notes }, releases })
}

/// Adds an origin that says something new; a file that was read again for a further level is the same one.
fn add(origins: &mut Vec<Origin>, origin: Origin) {
    let is_known =
        |known: &Origin| (known.source, &known.place, known.rows) == (origin.source, &origin.place, origin.rows);
    if !origins.iter().any(is_known) {
        origins.push(origin);
    }
}

/// Asks for the downloads of packages that came without, and enters them with the releases that are to be saved.
fn weigh(
    source: &dyn Source,
    dependents: &mut [Dependent],
    histories: &mut [History],
    notes: &mut Vec<String>,
    told: &dyn Told,
) {
    let names: BTreeSet<_> =
        dependents.iter().filter(|one| one.downloads.is_none()).map(|one| one.name.clone()).collect();
    if names.is_empty() {
        return;
    }
    // The numbers of packages do not rest on downloads, so their lack is no failure.
    let known = match source.downloads(&names, told) {
        Ok(known) => known.unwrap_or_default(),
        Err(error) => {
            notes.push(format!("downloads are not known: {error}"));
            return;
        }
    };
    for dependent in dependents.iter_mut().filter(|one| one.downloads.is_none()) {
        dependent.downloads = known.get(&dependent.name).copied();
    }
    for history in histories.iter_mut() {
        if let Some(downloads) = known.get(&history.name) {
            history.set_downloads(*downloads);
        }
    }
}
