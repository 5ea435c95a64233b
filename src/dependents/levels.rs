//! Who depends on a package through others: level by level through the source, with reach and exposure apart.
//!
//! A package is *reached* at the smallest number of requirements between it and the one asked about. It is *exposed*
//! when its newest release asks for an exposed package, under a requirement that admits that one's newest release, and
//! nothing else that it asks for keeps the new major out. A package that asks for the target itself is what its own
//! requirement makes of it. Extras are left out: nobody who installs the package gets them unasked.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use pep440_rs::Version;
use version_ranges::Ranges;

use super::classify::is_optional;
use super::newest::{History, Rank};
use super::{Dependent, Error, Exposed, Level, Name, Origin, Question, Release, Source, Told};
use crate::requirement::Requirement;

/// Deeper than this, everything depends on everything.
pub const DEEPEST: usize = 6;

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Nearest first; level 1 are the direct dependents.
    pub(super) levels: Vec<Level>,
    /// Where the further levels are from.
    pub(super) origins: Vec<Origin>,
    /// What sources said was missing.
    pub(super) notes: Vec<String>,
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
pub(super) fn walk(
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
    protect(&mut reached);
    expose(&mut reached, depth);
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
        let requirement = Requirement::of_line(line);
        if is_optional(line, requirement.as_ref()) {
            continue;
        }
        is_dependent = true;
        if let (Some(node), Some(requirement)) = (reached.get_mut(&asked), requirement)
            && admits(&requirement, node.newest.as_ref())
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

/// Whether a fresh install takes `newest`. A version that is none is only taken where any is.
fn admits(requirement: &Requirement, newest: Option<&Version>) -> bool {
    let Ok(Some(versions)) = requirement.versions() else { return false };
    match newest {
        Some(version) if versions.exact.is_some() => versions.exact.as_ref() == Some(version),
        Some(version) => versions.set.contains(&version.only_release().with_epoch(version.epoch())),
        None => versions.set == Ranges::full(),
    }
}

/// What asks for a package that keeps the new major out keeps it out too. What asks for the target itself is judged by
/// that, whatever else it asks for.
fn protect(reached: &mut BTreeMap<Name, Reached>) {
    let mut open: Vec<Name> = reached.iter().filter(|(_, node)| node.keeps_out).map(|(name, _)| name.clone()).collect();
    while let Some(name) = open.pop() {
        let asked_by = reached.get(&name).map(|node| node.asked_by.clone()).unwrap_or_default();
        for name in asked_by {
            if let Some(node) = reached.get_mut(&name)
                && node.depth > 1
                && !std::mem::replace(&mut node.keeps_out, true)
            {
                open.push(name);
            }
        }
    }
}

/// Carries exposure from the direct dependents outwards, along the shortest ways, at most `depth` requirements long. What asks
/// for the target itself is judged by that here too.
fn expose(reached: &mut BTreeMap<Name, Reached>, depth: usize) {
    let mut front: Vec<Name> =
        reached.iter().filter(|(_, node)| node.through.is_some()).map(|(name, _)| name.clone()).collect();
    for _ in 1..depth {
        let mut next = BTreeSet::new();
        for through in front {
            let asked_by = reached.get(&through).map(|node| node.asked_by.clone()).unwrap_or_default();
            for name in asked_by {
                if let Some(node) = reached.get_mut(&name)
                    && node.depth > 1
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dependents::{Answer, Coverage, Silent};
    use crate::requirement::Bound;

    /// Packages as `name version: requirement, requirement`, each asked for like a source does.
    struct Listed(&'static [&'static str]);

    impl Source for Listed {
        fn releases(&self, question: &Question, _told: &dyn Told) -> Result<Answer, Error> {
            let all = self.0.iter().map(|row| release(row));
            let asks = |line: &String| question.targets.contains(&Name::of_requirement(line).unwrap());
            let releases = all.filter(|release| release.requires_dist.iter().any(asks)).collect();
            let retrieved = Timestamp::UNIX_EPOCH;
            let place = "here".to_owned();
            let origin = Origin { source: "listed", place, retrieved, rows: 1, coverage: Coverage::All };
            Ok(Answer { releases, origin, notes: Vec::new() })
        }
    }

    fn release(row: &str) -> Release {
        let (head, lines) = row.split_once(": ").unwrap();
        let (name, version) = head.split_once(' ').unwrap();
        Release {
            name: Name::new(name).unwrap(),
            version: version.to_owned(),
            uploaded: None,
            requires_dist: lines.split(", ").map(str::to_owned).collect(),
            downloads: None,
        }
    }

    fn direct(name: &str, class: Bound) -> Dependent {
        Dependent {
            name: Name::new(name).unwrap(),
            version: "1.5".to_owned(),
            uploaded: None,
            class,
            optional: name == "extra",
            requirements: Vec::new(),
            downloads: None,
        }
    }

    /// The levels as `depth: reached, exposed, name<through …`.
    fn walked(rows: &'static [&'static str], depth: usize) -> Vec<String> {
        let direct = [
            direct("open", Bound::Unbounded),
            direct("wide", Bound::Spans),
            direct("capped", Bound::Below),
            direct("next", Bound::RequiresNextOpen),
            direct("extra", Bound::Unbounded),
        ];
        let target = Name::new("mcp").unwrap();
        let walk = walk(&Listed(rows), (&target, None), &direct, depth, &mut |_| (), &Silent).unwrap();
        let shown = walk.levels.iter().map(|level| {
            let packages = level.packages.iter().map(|one| format!(" {}<{}", one.name, one.through));
            format!("{}: {}, {}{}", level.depth, level.reached, level.exposed, packages.collect::<String>())
        });
        shown.collect()
    }

    #[test]
    fn exposure_goes_on_only_where_the_newest_release_is_admitted() {
        assert_eq!(walked(&[], 6), ["1: 4, 2 open<mcp wide<mcp"]);
        let rows = &[
            "taker 1: open>=1",
            "older 1: open<1.5",
            "user 1: taker, httpx",
            "ofolder 1: older",
            "optional 1: open; extra == 'x'",
            "marked 1: open<1; sys_platform == 'x', wide~=1.0; sys_platform == 'y'",
            "linked 1: open @ https://files.example/open-1.5.zip",
        ];
        assert_eq!(
            walked(rows, 6),
            ["1: 4, 2 open<mcp wide<mcp", "2: 4, 2 marked<wide taker<open", "3: 2, 1 user<taker"]
        );
        assert_eq!(walked(rows, 2).len(), 2);
    }

    #[test]
    fn what_keeps_the_new_major_out_protects_whoever_asks_for_it() {
        let rows = &["both 1: open, capped", "above 1: both, open", "aside 1: next, open", "older 1: capped<1, open"];
        assert_eq!(
            walked(rows, 3),
            ["1: 4, 2 open<mcp wide<mcp", "2: 4, 2 aside<open older<open"],
            "a requirement that does not admit the capped release is not protected by it"
        );
    }

    #[test]
    fn what_asks_for_the_target_itself_is_judged_by_that() {
        let rows = &["next 1.5: mcp>=2, open", "capped 1.5: mcp<2, wide"];
        assert_eq!(walked(rows, 3), ["1: 4, 2 open<mcp wide<mcp"]);
    }

    #[test]
    fn circles_and_direct_dependents_are_counted_once() {
        let rows = &[
            "a 1: b, open",
            "b 1: a",
            "capped 1.5: mcp<2, a",
            "mcp 2.0: open",
            "open 1.5: mcp, b, open",
            "far 1: capped<1, b",
        ];
        assert_eq!(
            walked(rows, 6),
            ["1: 4, 2 open<mcp wide<mcp", "2: 2, 2 a<open far<b", "3: 1, 1 b<a"],
            "`far` is reached over a nearer package than the one that exposes it"
        );
    }
}
