//! What became of the packages that were asked for: the releases that answer, and sentences about all others.

use std::collections::BTreeMap;

use super::lookup::Outcome;
use crate::dependents::name::about;
use crate::dependents::{Error, Name, Question, Release};

/// How many reasons are told apart.
const REASONS: usize = 10;

/// Sorts what became of `names`.
///
/// # Errors
/// When nothing became of any of them, because the server could not be asked.
pub(super) fn sorted(
    names: &[Name],
    outcomes: Vec<Option<Outcome>>,
    question: &Question,
) -> Result<(Vec<Release>, Vec<String>), Error> {
    let (mut releases, mut others) = (Vec::new(), 0);
    let (mut missing, mut unreleased, mut undated, mut left) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut unknown: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    let mut failed: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    for (name, outcome) in names.iter().zip(outcomes) {
        match outcome {
            Some(Outcome::Found { release, undated: is_undated }) => {
                let targets = release.requires_dist.iter().filter_map(|line| Name::of_requirement(line));
                if targets.into_iter().any(|target| question.targets.contains(&target)) {
                    if is_undated {
                        undated.push(name.clone());
                    }
                    releases.push(release);
                } else {
                    others += 1;
                }
            }
            Some(Outcome::Missing) => missing.push(name.clone()),
            Some(Outcome::Unreleased) => unreleased.push(name.clone()),
            Some(Outcome::Unknown(why)) => unknown.entry(why).or_default().push(name.clone()),
            Some(Outcome::Failed(why)) => failed.entry(why).or_default().push(name.clone()),
            None => left.push(name.clone()),
        }
    }
    let is_answer = others > 0 || !(releases.is_empty() && missing.is_empty() && unreleased.is_empty());
    if let (false, Some((why, _))) = (is_answer || !unknown.is_empty(), failed.first_key_value()) {
        return Err(Error(why.clone()));
    }
    let mut notes = vec![format!(
        "{} of {} named packages ask for it in their newest release and {others} do not",
        releases.len(),
        names.len()
    )];
    let day = if question.before.is_some() { " before that day" } else { "" };
    notes.extend(about("not on the index, and so not in the numbers", &missing));
    notes.extend(about(&format!("without a release{day}, and so not in the numbers"), &unreleased));
    notes.extend(about(
        "counted by a release that may be younger than that day, for the index does not say when it was uploaded",
        &undated,
    ));
    for (reasons, kind) in [(unknown, "what they require is unknown"), (failed, "the index could not be asked")] {
        let rest: Vec<_> = reasons.values().skip(REASONS).flatten().cloned().collect();
        for (why, names) in reasons.into_iter().take(REASONS) {
            notes.extend(about(&format!("not in the numbers, because {kind} ({why})"), &names));
        }
        notes.extend(about(&format!("not in the numbers, because {kind} for further reasons"), &rest));
    }
    notes.extend(about(
        "not in the numbers, because the server was left alone when it could not be asked several times in a row; the \
         same command goes on from the cache",
        &left,
    ));
    Ok((releases, notes))
}
