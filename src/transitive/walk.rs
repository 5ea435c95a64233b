//! A static walk over what a registry says: the newest release that each requirement admits, and what that asks for, and so
//! on. No search: where two requirements on one package disagree, the first one met decides, markers but those of extras
//! are taken to hold, and nothing is ever taken back. So what comes of it is an estimate.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use pep440_rs::Version;

use super::locked::{steps, weigh};
use super::means::{Metadata, Published};
use super::wants::Wants;
use super::{Answer, Basis, Outcome, WAYS};
use crate::dependents::Name;
use crate::manifest::lock::graph::Graph;
use crate::manifest::{Ask, Lock, LockedPackage};
use crate::packages::Package;
use crate::requirement::split::asks_for_extra;
use crate::requirement::{Dialect, Ecosystem, Requirement, Versions};
use crate::source::Span;

/// Steps from the project beyond which nothing is looked up.
const DEPTH: usize = 6;

/// Packages that are looked up for one project.
const MOST: usize = 300;

/// Requirements of one release that are read.
const MOST_REQUIREMENTS: usize = 2_000;

/// A requirement that is to be followed.
struct Edge {
    name: Name,
    extras: BTreeSet<String>,
    versions: Versions,
    depth: usize,
}

/// Estimates what a fresh install of the project takes.
pub(super) fn estimate(answer: &mut Answer, wants: &Wants, package: &Package, metadata: &dyn Metadata) {
    let own = answer.project.clone();
    let mut walk = Walk { metadata, releases: BTreeMap::new(), problems: Vec::new(), is_cut: false };
    let mut packages = vec![locked(own.clone(), String::new())];
    packages[0].is_member = true;
    let mut queue = VecDeque::new();
    for want in &wants.asks {
        let Some(one) = Requirement::of_line(&want.line) else { continue };
        queue.extend(asked(&one, &BTreeSet::new(), 1, &mut packages[0]));
    }
    walk.follow(queue, &mut packages, package);
    if packages.iter().flat_map(|one| &one.dependencies).any(|name| *name == package.name) {
        packages.push(locked(package.name.clone(), String::new()));
    }
    let lock = Lock { tool: "estimate", relock: String::new(), ecosystem: Ecosystem::Python, packages };
    let graph = Graph::of(&lock).only(&own);
    let ways = graph.ways(&package.name, WAYS);
    answer.basis = Basis::Estimate;
    answer.notes.extend(walk.problems.iter().take(3).cloned());
    if walk.is_cut {
        answer.notes.push(format!("no further than {DEPTH} steps and {MOST} packages were looked at"));
    }
    if ways.ways.iter().all(|way| way.len() < 2) {
        let is_whole = walk.problems.is_empty() && !walk.is_cut;
        answer.outcome = if is_whole { Outcome::NotReached } else { Outcome::Unknown };
        return;
    }
    if answer.ways.is_empty() {
        answer.ways = steps(&lock, &ways.ways, (&own, wants));
        answer.more_ways = ways.more;
    }
    let weighed = weigh(&lock, &graph, (&own, wants), package);
    answer.holders = weighed.holders;
    let next = package.series.newest();
    let admitted = weighed.admitted;
    if admitted.set.is_empty() {
        answer
            .notes
            .push(format!("what is asked of {} contradicts itself: a resolver looks for older releases", package.name));
        return;
    }
    let Some(name) = Name::new(&package.name) else { return };
    match metadata.newest(&name, &|version| admits(&admitted, version)) {
        Ok(Some(release)) => {
            answer.outcome = if release.version >= next { Outcome::TakesNext } else { Outcome::StaysBelow };
            let version = release.version.to_string();
            let ends = answer.ways.iter_mut().filter_map(|way| way.last_mut()).filter(|_| answer.lock.is_none());
            ends.for_each(|end| end.version = Some(version.clone()));
            answer.takes = Some(version);
        }
        Ok(None) => answer.notes.push(format!("no release of {} is admitted by all that ask for it", package.name)),
        Err(why) => answer.notes.push(why),
    }
}

struct Walk<'m> {
    metadata: &'m dyn Metadata,
    /// What was taken of each package, and the extras that were followed.
    releases: BTreeMap<Name, (Option<Published>, BTreeSet<String>, usize)>,
    problems: Vec<String>,
    is_cut: bool,
}

impl Walk<'_> {
    fn follow(&mut self, mut queue: VecDeque<Edge>, packages: &mut Vec<LockedPackage>, package: &Package) {
        while let Some(edge) = queue.pop_front() {
            // What the SDK itself asks for brings it in no further.
            if edge.name.as_str() == package.name {
                continue;
            }
            if !self.releases.contains_key(&edge.name) {
                if edge.depth > DEPTH || self.releases.len() >= MOST {
                    self.is_cut = true;
                    continue;
                }
                let found = self.metadata.newest(&edge.name, &|version| admits(&edge.versions, version));
                let release = match found {
                    Ok(Some(release)) => Some(release),
                    Ok(None) => {
                        self.problems.push(format!("no release of {} is admitted", edge.name));
                        None
                    }
                    Err(why) => {
                        self.problems.push(format!("{}: {why}", edge.name));
                        None
                    }
                };
                let version = release.as_ref().map(|one| one.version.to_string()).unwrap_or_default();
                packages.push(locked(edge.name.as_str().to_owned(), version));
                self.releases.insert(edge.name.clone(), (release, BTreeSet::from([String::new()]), packages.len() - 1));
                queue.extend(self.below(&edge, &BTreeSet::new(), packages));
            }
            let Some((_, known, _)) = self.releases.get_mut(&edge.name) else { continue };
            let new: BTreeSet<String> = edge.extras.difference(known).cloned().collect();
            if !new.is_empty() {
                known.extend(new.iter().cloned());
                queue.extend(self.below(&edge, &new, packages));
            }
        }
    }

    /// What the release taken of a package asks for under one of `extras`; under none of them where that is empty.
    fn below(&self, edge: &Edge, extras: &BTreeSet<String>, packages: &mut [LockedPackage]) -> Vec<Edge> {
        let Some((Some(release), _, at)) = self.releases.get(&edge.name) else { return Vec::new() };
        let mut edges = Vec::new();
        for text in release.requires_dist.iter().take(MOST_REQUIREMENTS) {
            let Some(one) = Requirement::of_line(text) else { continue };
            edges.extend(asked(&one, extras, edge.depth + 1, &mut packages[*at]));
        }
        edges
    }
}

/// The edge that a requirement makes when `extras` are asked for, recorded in the package that has it.
fn asked(one: &Requirement, extras: &BTreeSet<String>, depth: usize, from: &mut LockedPackage) -> Option<Edge> {
    let name = Name::new(&one.name)?;
    let marker = one.marker.as_deref();
    let is_meant = match marker.and_then(extra_of) {
        Some(extra) => extras.contains(&extra),
        // Under an extra that cannot be told, nothing is promised.
        None => extras.is_empty() && !marker.is_some_and(asks_for_extra),
    };
    let versions = one.versions().ok()??;
    if !is_meant {
        return None;
    }
    from.dependencies.push(name.as_str().to_owned());
    from.asks.push(Ask {
        name: name.as_str().to_owned(),
        specifier: one.specifier().map(|specifier| specifier.text.trim().to_owned()).unwrap_or_default(),
        dialect: Dialect::Pep508,
    });
    let extras = one.extras.iter().filter_map(|extra| Name::new(extra)).map(|extra| extra.as_str().to_owned());
    Some(Edge { extras: extras.collect(), name, versions, depth })
}

/// The extra that a marker asks for: `cli` of `python_version > "3" and extra == 'CLI'`.
fn extra_of(marker: &str) -> Option<String> {
    let at = marker.find("extra")?;
    let value = marker[at + "extra".len()..].trim_start().strip_prefix("==")?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Name::new(value[1..].split(quote).next()?).map(|extra| extra.as_str().to_owned())
}

fn admits(versions: &Versions, version: &Version) -> bool {
    match &versions.exact {
        Some(exact) => version == exact,
        None => versions.set.contains(version),
    }
}

fn locked(name: String, version: String) -> LockedPackage {
    LockedPackage {
        name,
        version,
        span: Span::empty(0),
        marker: None,
        is_member: false,
        dependencies: Vec::new(),
        asks: Vec::new(),
    }
}
