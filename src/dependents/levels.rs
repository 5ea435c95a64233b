//! Who depends on a package through others: level by level through the source, with reach and exposure apart.
//!
//! A package is *reached* at the smallest number of requirements between it and the one asked about. It is *exposed*
//! when its newest release asks for an exposed package, under a requirement that admits that one's newest release, and
//! nothing else that it asks for keeps the new major out. A package that asks for the target itself is what its own
//! requirement makes of it. Extras are left out: nobody who installs the package gets them unasked.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use pep440_rs::Version;

use super::classify::parsed;
use super::newest::{History, Rank};
use super::{Dependent, Error, Exposed, Level, Name, Origin, Question, Release, Source, Told};
use crate::requirement::VersionPart;
use crate::requirement::split::asks_for_extra;

/// Deeper than this, everything depends on everything.
pub const DEEPEST: usize = 6;

/// What the walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// Nearest first; level 1 are the direct dependents.
    pub levels: Vec<Level>,
    /// Where the further levels are from.
    pub origins: Vec<Origin>,
    /// What sources said was missing.
    pub notes: Vec<String>,
}

/// A package that was reached.
#[derive(Debug)]
struct Reached {
    depth: usize,
    /// Its newest release, where that is a version.
    newest: Option<Version>,
    /// Whether it keeps the new major out of every install it is part of.
    keeps_out: bool,
    /// The exposed package it asks for.
    through: Option<Name>,
    /// The packages whose newest release asks for it under a requirement that admits its own newest release.
    asked_by: BTreeSet<Name>,
}

/// Walks `depth` levels up from the `direct` dependents of `target`; `kept` gets every release that was looked at.
///
/// # Errors
/// When the source cannot answer for a level.
pub fn walk(
    source: &dyn Source,
    (target, before): (&Name, Option<Timestamp>),
    direct: &[Dependent],
    depth: usize,
    kept: &mut dyn FnMut(Vec<Release>),
    told: &dyn Told,
) -> Result<Walk, Error> {
    let mut reached: BTreeMap<Name, Reached> = BTreeMap::new();
    for dependent in direct.iter().filter(|dependent| !dependent.optional) {
        let node = Reached {
            depth: 1,
            newest: dependent.version.parse().ok(),
            keeps_out: dependent.class.keeps_out(),
            through: dependent.class.is_exposed().then(|| target.clone()),
            asked_by: BTreeSet::new(),
        };
        reached.insert(dependent.name.clone(), node);
    }
    // What asks for the target itself is judged by that, whatever else it asks for.
    let judged: BTreeSet<Name> = direct.iter().filter(|one| !one.optional).map(|one| one.name.clone()).collect();
    let mut walk = Walk::default();
    for level in 2..=depth {
        let targets: BTreeSet<Name> =
            reached.iter().filter(|(_, node)| node.depth == level - 1).map(|(name, _)| name.clone()).collect();
        if targets.is_empty() {
            break;
        }
        let answer = source.releases(&Question { targets: targets.clone(), before }, told)?;
        walk.origins.push(answer.origin);
        walk.notes.extend(answer.notes);
        for history in History::all(answer.releases, before) {
            if let Some(newest) = history.newest().filter(|newest| newest.name != *target) {
                record(newest, &targets, level, &mut reached);
            }
            kept(history.into_releases().collect());
        }
    }
    protect(&mut reached, &judged);
    expose(&mut reached, &judged, depth);
    walk.levels = levels(&reached, depth);
    Ok(walk)
}

/// Enters what `newest` asks of `targets`, and the package itself when it was not reached before.
fn record(newest: &Release, targets: &BTreeSet<Name>, level: usize, reached: &mut BTreeMap<Name, Reached>) {
    let version = Rank::of(newest).version().cloned();
    let mut is_dependent = false;
    for line in &newest.requires_dist {
        let Some(asked) = Name::of_requirement(line).filter(|name| targets.contains(name) && *name != newest.name)
        else {
            continue;
        };
        if line.split_once(';').is_some_and(|(_, marker)| asks_for_extra(marker)) {
            continue;
        }
        is_dependent = true;
        if let Some(node) = reached.get_mut(&asked)
            && admits(line, node.newest.as_ref())
        {
            node.asked_by.insert(newest.name.clone());
        }
    }
    if is_dependent {
        let node =
            || Reached { depth: level, newest: version, keeps_out: false, through: None, asked_by: BTreeSet::new() };
        reached.entry(newest.name.clone()).or_insert_with(node);
    }
}

/// Whether a fresh install under `line` takes `newest`. A version that is none is only taken where any is.
fn admits(line: &str, newest: Option<&Version>) -> bool {
    let Some(requirement) = parsed(line) else { return false };
    let VersionPart::Specifier(_) = &requirement.version else { return false };
    let Ok(Some(versions)) = requirement.versions() else { return false };
    match newest {
        Some(version) => versions.set.contains(&version.only_release().with_epoch(version.epoch())),
        None => versions.set == version_ranges::Ranges::full(),
    }
}

/// What asks for a package that keeps the new major out keeps it out too.
fn protect(reached: &mut BTreeMap<Name, Reached>, judged: &BTreeSet<Name>) {
    let mut open: Vec<Name> = reached.iter().filter(|(_, node)| node.keeps_out).map(|(name, _)| name.clone()).collect();
    while let Some(name) = open.pop() {
        let asked_by = reached.get(&name).map(|node| node.asked_by.clone()).unwrap_or_default();
        for name in asked_by.into_iter().filter(|name| !judged.contains(name)) {
            if let Some(node) = reached.get_mut(&name)
                && !std::mem::replace(&mut node.keeps_out, true)
            {
                open.push(name);
            }
        }
    }
}

/// Carries exposure from the direct dependents outwards, along the shortest ways, at most `depth` requirements long.
fn expose(reached: &mut BTreeMap<Name, Reached>, judged: &BTreeSet<Name>, depth: usize) {
    let mut front: Vec<Name> =
        reached.iter().filter(|(_, node)| node.through.is_some()).map(|(name, _)| name.clone()).collect();
    for _ in 1..depth {
        let mut next = BTreeSet::new();
        for through in front {
            let asked_by = reached.get(&through).map(|node| node.asked_by.clone()).unwrap_or_default();
            for name in asked_by.into_iter().filter(|name| !judged.contains(name)) {
                if let Some(node) = reached.get_mut(&name)
                    && !node.keeps_out
                    && node.through.is_none()
                {
                    node.through = Some(through.clone());
                    next.insert(name);
                }
            }
        }
        front = next.into_iter().collect();
    }
}

fn levels(reached: &BTreeMap<Name, Reached>, depth: usize) -> Vec<Level> {
    let level = |depth| {
        let here = || reached.iter().filter(move |(_, node)| node.depth == depth);
        let through = |(name, node): (&Name, &Reached)| {
            node.through.clone().map(|through| Exposed { name: name.clone(), through })
        };
        let packages: Vec<Exposed> = here().filter_map(through).collect();
        Level { depth, reached: here().count(), exposed: packages.len(), packages }
    };
    (1..=depth).map(level).take_while(|level| level.depth == 1 || level.reached > 0).collect()
}
