//! The named checks a rule's condition may call for what its data cannot say. Each is asked of one requirement whose
//! other conditions hold, and answers with what it found.

use pep440_rs::Version;

use super::subject::Subject;
use super::template::Values;
use crate::requirement::{Requirement, VersionPart};
use crate::source::Span;

/// What a check found, where it differs from the requirement itself.
#[derive(Debug, Default)]
pub(super) struct Hit<'a> {
    /// Another requirement the finding is about.
    pub(super) requirement: Option<&'a Requirement>,
    /// Another place to underline.
    pub(super) span: Option<Span>,
    /// Another boundary for the fix.
    pub(super) next: Option<Version>,
    /// More placeholders.
    pub(super) values: Values,
}

/// Runs the check `name`; a name that is none matches nothing, and a test holds every rule to the names here.
pub(super) fn check<'a>(name: &str, subject: &Subject<'a>) -> Option<Hit<'a>> {
    let (_, run) = CHECKS.iter().find(|(known, _)| *known == name)?;
    run(subject)
}

type Check = for<'s, 'a> fn(&'s Subject<'a>) -> Option<Hit<'a>>;

/// Every check, by the name rule files call it.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("removed-extra", removed_extra),
    ("companion", companion),
    ("below-floor", below_floor),
    ("literal-pin", literal_pin),
    ("git-without-revision", git_without_revision),
    ("floating-pin", floating_pin),
    ("removed-feature", removed_feature),
    ("old-schemars", old_schemars),
];

fn hit<const N: usize>(values: [(&'static str, String); N]) -> Hit<'static> {
    Hit { values: Values::from(values), ..Hit::default() }
}

/// An extra that the newest series dropped, where that series can be taken.
fn removed_extra<'a>(subject: &Subject<'a>) -> Option<Hit<'a>> {
    let versions = subject.versions.as_ref()?;
    let extra = subject
        .requirement
        .extras
        .iter()
        .find(|extra| subject.package.removed_extras.iter().any(|removed| removed.eq_ignore_ascii_case(extra)))?;
    versions.reaches(&subject.package.series.newest()).then(|| hit([("extra", extra.clone())]))
}

/// A package that the older series brought along, declared beside it without an end of its own.
fn companion<'a>(subject: &Subject<'a>) -> Option<Hit<'a>> {
    for companion in &subject.package.companions {
        let beside = subject.beside(&companion.name).find(|other| other.place == subject.requirement.place);
        let Some(other) = beside else { continue };
        if other.versions().ok().flatten().is_some_and(|versions| versions.is_open()) {
            let values = Values::from([("companion", other.text.clone()), ("why", companion.why.clone())]);
            return Some(Hit {
                requirement: Some(other),
                next: companion.before.parse().ok(),
                values,
                ..Hit::default()
            });
        }
    }
    None
}

/// A package beside it that is held below what the newest series asks for, so that both cannot be installed.
fn below_floor<'a>(subject: &Subject<'a>) -> Option<Hit<'a>> {
    subject.package.floors.iter().find_map(|floor| {
        let from: Version = floor.from.parse().ok()?;
        let other = subject.beside(&floor.name).find(|other| {
            other.ecosystem == subject.requirement.ecosystem
                && other.versions().ok().flatten().is_some_and(|held| !held.reaches(&from))
        })?;
        let values = Values::from([("companion", other.text.clone()), ("from", floor.from.clone())]);
        Some(Hit { requirement: Some(other), values, ..Hit::default() })
    })
}

/// `===1.9` compares strings: it fits no release that is published as `1.9.0`.
fn literal_pin<'a>(subject: &Subject<'a>) -> Option<Hit<'a>> {
    let versions = subject.versions.as_ref().filter(|versions| versions.literal)?;
    let pinned = versions.exact.as_ref()?;
    (pinned.release().len() < 3).then(|| hit([("pinned", pinned.to_string())]))
}

/// A repository without a commit or tag: whatever its branch holds when somebody installs.
fn git_without_revision<'a>(subject: &Subject<'a>) -> Option<Hit<'a>> {
    let VersionPart::Git(git) = &subject.requirement.version else { return None };
    // A short name that looks like a branch moves like one.
    let moves = match (&git.revision, &git.branch) {
        (Some(revision), _) => matches!(revision.as_str(), "main" | "master" | "dev" | "develop" | "HEAD"),
        (None, _) => true,
    };
    moves.then(|| hit([("repository", git.url.clone())]))
}

/// An exact pin that does not hold, because something it needs floats.
fn floating_pin<'a>(subject: &Subject<'a>) -> Option<Hit<'a>> {
    let pinned = subject.versions.as_ref()?.exact.clone()?;
    let floating = subject.package.floating.iter().find(|range| {
        let ends = range.from.parse::<Version>().ok().zip(range.to.parse::<Version>().ok());
        ends.is_some_and(|(from, to)| from <= pinned && pinned <= to)
    })?;
    let held = subject
        .beside(&floating.with)
        .any(|other| other.versions().ok().flatten().is_some_and(|versions| versions.exact.as_ref() == Some(&pinned)));
    (!held).then(|| hit([("with", floating.with.clone()), ("pinned", pinned.to_string())]))
}

/// A feature that some admitted version no longer has.
fn removed_feature<'a>(subject: &Subject<'a>) -> Option<Hit<'a>> {
    let versions = subject.versions.as_ref()?;
    for feature in &subject.requirement.extras {
        let Some(removed) = subject.package.removed_features.iter().find(|removed| removed.name == *feature) else {
            continue;
        };
        let Ok(from) = removed.from.parse::<Version>() else { continue };
        if versions.reaches(&from) {
            let instead = removed.instead.clone().unwrap_or_default();
            return Some(hit([("feature", feature.clone()), ("from", removed.from.clone()), ("instead", instead)]));
        }
    }
    None
}

/// rmcp from 0.2 on speaks schemars 1; types derived with 0.8 do not fit.
fn old_schemars<'a>(subject: &Subject<'a>) -> Option<Hit<'a>> {
    let from: Version = "0.2".parse().ok()?;
    let versions = subject.versions.as_ref()?;
    if !versions.reaches(&from) {
        return None;
    }
    let other = subject.beside("schemars").find(|other| other.ecosystem == subject.requirement.ecosystem)?;
    let old = other.versions().ok().flatten()?;
    let one: Version = "1".parse().ok()?;
    (!old.reaches(&one)).then(|| Hit {
        requirement: Some(other),
        values: Values::from([("companion", other.text.clone())]),
        ..Hit::default()
    })
}
