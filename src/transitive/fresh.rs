//! What a fresh install takes: asked of a resolver as the project stands, and again with a bound on either side of the
//! next major. Where there is none, the walk guesses.

use std::collections::BTreeSet;

use pep440_rs::Version;

use super::locked::steps;
use super::means::{Means, Resolution, Resolve, Task};
use super::wants::{Want, Wants};
use super::{Answer, Basis, Moved, Outcome, Step, WAYS, few, walk};
use crate::manifest::lock::graph::Graph;
use crate::manifest::{Lock, LockedPackage};
use crate::packages::Package;
use crate::requirement::{Dialect, Ecosystem};

/// How many of the packages that ask for the SDK are tried one by one.
const TRIED: usize = 6;

/// How much of a resolver's reason is told, in characters.
const REASON: usize = 600;

/// Completes an answer that no lock gave.
pub(super) fn complete(answer: &mut Answer, wants: &Wants, package: &Package, means: &Means<'_>) {
    if wants.is_empty() {
        answer.notes.push("no manifest beside it says what the project asks for".to_owned());
        return;
    }
    if !wants.left_out.is_empty() {
        answer.notes.push(format!("not asked about, because no index has it: {}", few(&wants.left_out)));
    }
    let mut reason = "uv is not on the PATH".to_owned();
    if let Some(resolver) = means.resolver {
        match resolved(answer, wants, package, resolver) {
            Ok(()) => return,
            Err(why) => reason = format!("uv could not tell: {}", clipped(&why)),
        }
    }
    match means.metadata {
        Some(metadata) => {
            answer.notes.push(format!("{reason}; estimated from the newest release of each package"));
            walk::estimate(answer, wants, package, metadata);
        }
        None => answer.notes.push(reason),
    }
}

/// Asks the resolver; what it could not say is an error.
fn resolved(answer: &mut Answer, wants: &Wants, package: &Package, resolver: &dyn Resolve) -> Result<(), String> {
    let mut asks: Vec<&Want> = wants.asks.iter().collect();
    let first = match resolver.resolve(&task(&asks, wants, [None, None])) {
        Resolution::Impossible(_)
            if asks.iter().any(|want| want.is_needed) && !asks.iter().all(|want| want.is_needed) =>
        {
            asks.retain(|want| want.is_needed);
            answer.notes.push("its extras and groups have no solution together and were left out".to_owned());
            resolver.resolve(&task(&asks, wants, [None, None]))
        }
        other => other,
    };
    let packages = match first {
        Resolution::Found(packages) => packages,
        Resolution::Impossible(why) => {
            answer.basis = Basis::Uv;
            answer.notes.push(format!("nothing satisfies what it asks for, as it stands: {}", clipped(&why)));
            return Ok(());
        }
        Resolution::Failed(why) => return Err(why),
    };
    let lock = graphed(packages, &answer.project);
    answer.basis = Basis::Uv;
    let name = package.name.as_str();
    let Some(taken) = lock.packages.iter().find(|one| one.name == name).map(|one| one.version.clone()) else {
        answer.outcome = Outcome::NotReached;
        return Ok(());
    };
    let graph = Graph::of(&lock);
    let own = answer.project.clone();
    let ways = graph.ways(name, WAYS);
    if answer.ways.is_empty() {
        answer.ways = steps(&lock, &ways.ways, (&own, wants));
        answer.more_ways = ways.more;
    }
    let next = package.series.newest();
    let takes_next = taken.parse::<Version>().is_ok_and(|version| version >= next);
    answer.takes = Some(taken);
    if takes_next {
        answer.outcome = Outcome::TakesNext;
        let bound = format!("{name}<{next}");
        answer.can_be_held = match resolver.resolve(&task(&asks, wants, [None, Some(&bound)])) {
            Resolution::Found(_) => Some(true),
            Resolution::Impossible(_) => Some(false),
            Resolution::Failed(_) => None,
        };
        return Ok(());
    }
    let wish = format!("{name}>={next}");
    match resolver.resolve(&task(&asks, wants, [Some(&wish), None])) {
        Resolution::Found(moved) => {
            answer.outcome = Outcome::StaysBelow;
            let on_ways: BTreeSet<&String> = ways.ways.iter().flatten().filter(|step| **step != own).collect();
            answer.moved = changes(&lock.packages, &moved, &on_ways, name);
        }
        Resolution::Impossible(why) => {
            answer.outcome = Outcome::NextImpossible;
            answer.notes.push(clipped(&why));
        }
        Resolution::Failed(why) => {
            answer.outcome = Outcome::StaysBelow;
            answer.notes.push(format!("whether {wish} could be had was not told: {}", clipped(&why)));
        }
    }
    answer.holders = holders(&lock, &graph, (&own, wants), (package, &wish), resolver);
    Ok(())
}

/// Who keeps the package below: those that, in the release taken, have no solution beside the next major.
fn holders(
    lock: &Lock,
    graph: &Graph<'_>,
    (own, wants): (&str, &Wants),
    (package, wish): (&Package, &str),
    resolver: &dyn Resolve,
) -> Vec<Step> {
    let next = package.series.newest();
    let limits = |want: &&Want| {
        let versions = Dialect::Pep508.versions(&want.specifier);
        want.name.as_str() == package.name && versions.is_ok_and(|versions| !versions.reaches(&next))
    };
    let step =
        |name: &str, want: &Want| Step { name: name.to_owned(), version: None, asks: Some(want.specifier.clone()) };
    let mut found: Vec<Step> = Vec::new();
    for (name, list) in [(own, &wants.asks), ("a constraint", &wants.constraints), ("an override", &wants.overrides)] {
        found.extend(list.iter().find(limits).map(|want| step(name, want)));
    }
    let askers = graph.askers(&package.name).into_iter().filter(|name| *name != own);
    for asker in
        askers.filter_map(|name| lock.packages.iter().find(|one| one.name == name && !one.is_member)).take(TRIED)
    {
        let requirements = format!("{}=={}\n{wish}\n", asker.name, asker.version);
        let alone = Task { requirements, ..Task::default() };
        if let Resolution::Impossible(_) = resolver.resolve(&alone) {
            found.push(Step { name: asker.name.clone(), version: Some(asker.version.clone()), asks: None });
        }
    }
    found
}

/// The resolver's inputs, with one more requirement or constraint.
fn task(asks: &[&Want], wants: &Wants, [wish, bound]: [Option<&str>; 2]) -> Task {
    let lines = |list: &mut dyn Iterator<Item = &str>| list.map(|line| format!("{line}\n")).collect::<String>();
    Task {
        requirements: lines(&mut asks.iter().map(|want| want.line.as_str()).chain(wish)),
        constraints: lines(&mut wants.constraints.iter().map(|want| want.line.as_str()).chain(bound)),
        overrides: lines(&mut wants.overrides.iter().map(|want| want.line.as_str())),
    }
}

/// A solution as a lock below the project, which the resolver knows as its input file.
fn graphed(mut packages: Vec<LockedPackage>, project: &str) -> Lock {
    for package in packages.iter_mut().filter(|package| package.is_member) {
        project.clone_into(&mut package.name);
    }
    Lock { tool: "uv", relock: String::new(), ecosystem: Ecosystem::Python, packages }
}

/// The packages among `names` that stand otherwise in the second solution.
fn changes(first: &[LockedPackage], second: &[LockedPackage], names: &BTreeSet<&String>, package: &str) -> Vec<Moved> {
    let of =
        |list: &[LockedPackage], name: &str| list.iter().find(|one| one.name == name).map(|one| one.version.clone());
    let changed = names.iter().filter(|name| ***name != package).filter_map(|name| {
        let (from, to) = (of(first, name)?, of(second, name));
        (to.as_ref() != Some(&from)).then(|| Moved { name: (*name).clone(), from, to })
    });
    changed.collect()
}

/// A reason on one line, and not endless.
fn clipped(reason: &str) -> String {
    let line = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(REASON) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
