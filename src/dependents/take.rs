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

    // One release of each is what a source that knows the newest alone gives, and says nothing of other months.
    let is_history = histories.iter().any(|history| history.by_upload().len() > 1);
    let latest = histories.iter().flat_map(History::by_upload).filter_map(|(_, release)| release.uploaded).max();
    let last = subject.as_of.map_or_else(|| latest.map(day), |as_of| as_of.yesterday().ok());
    let months = match last {
        Some(last) if is_history => months(&histories, &mut classifier, last, coverage),
        _ => Vec::new(),
    };
    if !is_history && !dependents.is_empty() {
        notes.push("there is one release of each package, so nothing is told by month".to_owned());
    }

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dependents::sources::{Snapshot, lines};
    use crate::dependents::{Coverage, Name, Silent};

    fn releases() -> impl Strategy<Value = Vec<Release>> {
        let names = prop::sample::select(vec!["a", "b", "c", "d", "e", "mcp"]);
        let versions = prop::sample::select(vec!["0.9", "1.0", "1.0.0", "1.1", "2.0rc1", "2.0", "10", "2004-x", "1!0"]);
        let asked = prop::sample::select(vec![
            "mcp",
            "mcp>=1",
            "mcp<2",
            "mcp<3",
            "MCP (>=2)",
            "mcp>=2,<3",
            "mcp==1.9",
            "mcp==2.3",
            "mcp @ file:x",
            "mcp=>1",
            "mcp>2,<1",
            "mcp; extra == 'x'",
            "mcp<2; 'y' in extra",
            "mcp-types",
            "a>=1",
            "b",
            "c<1",
            "d; extra == 'q'",
        ]);
        let release = (names, versions, 0..800_i64, prop::collection::vec(asked, 0..4), prop::option::of(0..9_u64));
        let release = release.prop_map(|(name, version, day, lines, downloads)| Release {
            name: Name::new(name).unwrap(),
            version: version.to_owned(),
            uploaded: Some(jiff::Timestamp::from_second(1_735_689_600 + day * 86_400).unwrap()),
            requires_dist: lines.into_iter().map(str::to_owned).collect(),
            downloads,
        });
        prop::collection::vec(release, 1..40)
    }

    fn surveyed(text: &[u8], as_of: Option<&str>) -> Result<Taken, Error> {
        let major = pep440_rs::Version::new([2]);
        let series = Series { breaks: vec![major], after: pep440_rs::Version::new([3]) };
        let package = Name::new("mcp").unwrap();
        let as_of = as_of.map(|day| day.parse().unwrap());
        let subject = Subject { package, major: 2, released: None, as_of };
        let source = Snapshot::held(text, "text", Coverage::All)?;
        take(&source, subject, &series, Extent { depth: 6, keep: true }, &Silent)
    }

    proptest! {
        #[test]
        fn the_last_month_is_the_tally_and_what_is_saved_replays(
            releases in releases(),
            as_of in prop::sample::select(vec![None, Some("2026-01-01"), Some("2026-08-17")]),
        ) {
            let rows: Vec<u8> = releases.into_iter().flat_map(|one| lines(vec![one])).collect();
            let Ok(taken) = surveyed(&rows, as_of) else { return Ok(()) };
            let survey = &taken.survey;
            if let Some(last) = survey.months.last() {
                prop_assert_eq!(&last.tally, &survey.tally);
            }
            let counted = survey.tally.active + survey.tally.optional_only;
            prop_assert_eq!(counted, survey.dependents.len());
            prop_assert!(survey.dependents.is_sorted_by_key(|one| &one.name));

            let saved = lines(taken.releases);
            let Ok(again) = surveyed(&saved, as_of) else {
                prop_assert!(saved.is_empty());
                return Ok(());
            };
            prop_assert_eq!(&lines(again.releases), &saved);
            let mut replayed = again.survey;
            replayed.origins.clone_from(&survey.origins);
            prop_assert_eq!(&replayed, survey);
        }
    }
}
