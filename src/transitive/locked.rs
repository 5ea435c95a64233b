//! What a lock says: which version is installed today, every way it comes in by, and, as far as the lock holds the
//! specifiers, what keeps it there.

use std::collections::{BTreeSet, HashMap, HashSet};

use pep440_rs::Version;

use super::wants::{Want, Wants};
use super::{Answer, Basis, Held, Outcome, Step, WAYS, few};
use crate::inventory::FileFacts;
use crate::manifest::lock::graph::Graph;
use crate::manifest::{Lock, LockedPackage};
use crate::packages::Package;
use crate::project::Project;
use crate::requirement::{Dialect, Versions};

/// More steps of a way than this are cut in its middle.
const SHOWN_STEPS: usize = 16;

/// More packages that hold another one back are not told: one of them is enough to do so.
const MOST_HOLDERS: usize = 50;

/// What stands in the place of the steps that are cut.
const CUT: &str = "…";

/// What `facts`, which is a lock, says of `project`. [`Outcome::Unknown`] where it does not hold what would tell.
pub(super) fn answer(project: &Project<'_>, facts: &FileFacts, wants: &Wants, package: &Package) -> Answer {
    let mut answer = Answer::new(project, package);
    let Some(lock) = &facts.declarations.lock else { return answer };
    let name = package.name.as_str();
    let has_edges = lock.packages.iter().any(|one| !one.dependencies.is_empty());
    let own = project.shown().to_owned();
    let names = wants.names();
    let graph = match lock.packages.iter().any(|one| one.is_member && one.name == own) {
        true => Graph::of(lock).only(&own),
        // The inputs of compiled files and the members of a workspace are what asks there.
        false if lock.packages.iter().any(|one| one.is_member) => Graph::of(lock),
        false => Graph::of(lock).below(&own, &names),
    };
    let mut versions: Vec<&str> =
        lock.packages.iter().filter(|one| one.name == name && !one.is_member).map(|one| one.version.as_str()).collect();
    versions.dedup();
    let ways = graph.ways(name, WAYS);
    let leads = ways.ways.iter().any(|way| way.len() > 1);
    answer.basis = Basis::Lock;
    if versions.is_empty() || (graph.is_alone() && !leads) {
        answer.outcome = Outcome::NotReached;
        answer.notes.push(format!("`{}` does not install {name} for it", facts.file.path()));
        return answer;
    }
    answer.lock = Some(Held {
        path: facts.file.path().to_owned(),
        tool: lock.tool,
        versions: versions.iter().map(|version| (*version).to_owned()).collect(),
        relock: lock.relock.clone(),
        has_edges,
    });
    if leads {
        answer.ways = steps(lock, &ways.ways, (&own, wants));
        answer.more_ways = ways.more;
    } else if !has_edges {
        answer.notes.push(format!("a lock of {} does not say which package asks for which", lock.tool));
    }
    let next = package.series.newest();
    let newest = versions.iter().filter_map(|version| version.parse::<Version>().ok()).max();
    let weighed = weigh(lock, &graph, (&own, wants), package);
    answer.holders = weighed.holders;
    if let Some(newest) = newest.filter(|newest| *newest >= next) {
        answer.outcome = Outcome::TakesNext;
        answer.takes = Some(newest.to_string());
    } else if !answer.holders.is_empty() {
        answer.outcome = Outcome::StaysBelow;
        // What the project itself asks does not move by itself.
        let others = answer.holders.iter().filter(|one| one.version.is_some());
        let others: Vec<String> = others.map(|one| one.name.clone()).collect();
        if !others.is_empty() {
            let note =
                format!("as the locked releases ask; `{}` may take other releases of {}", lock.relock, few(&others));
            answer.notes.push(note);
        }
    } else if weighed.unknown.is_empty() && leads {
        answer.outcome = Outcome::TakesNext;
    } else {
        answer.basis = Basis::Nothing;
        if leads {
            answer.notes.push(format!(
                "the lock does not say which versions of {name} {} for",
                match weighed.unknown.as_slice() {
                    [one] => format!("{one} asks"),
                    several => format!("{} ask", few(several)),
                }
            ));
        }
    }
    answer
}

/// Who keeps the package below its next major, and of whom that is not known.
pub(super) struct Weighed {
    /// Those that do.
    pub(super) holders: Vec<Step>,
    /// Those of whom it is not known.
    pub(super) unknown: Vec<String>,
    /// What is left of the package's versions by all that is known.
    pub(super) admitted: Versions,
}

/// Weighs what every package of `lock` that `graph` reaches asks of `package`. What the project itself asks is in the lock
/// or, where that does not name the project, in `wants`.
pub(super) fn weigh(lock: &Lock, graph: &Graph<'_>, (own, wants): (&str, &Wants), package: &Package) -> Weighed {
    let next = package.series.newest();
    let mut weighed = Weighed { holders: Vec::new(), unknown: Vec::new(), admitted: Versions::any() };
    let is_it = |want: &&Want| want.name.as_str() == package.name;
    let mut hold = |name: &str, version: Option<String>, asks: &str, versions: &Versions| {
        if !versions.reaches(&next) && weighed.holders.len() < MOST_HOLDERS {
            weighed.holders.push(Step { name: name.to_owned(), version, asks: Some(asks.to_owned()) });
        }
        weighed.admitted = weighed.admitted.and(versions);
    };
    // An override stands in for whatever anybody asks.
    if let Some(one) = wants.overrides.iter().rev().find(is_it) {
        if let Ok(versions) = Dialect::Pep508.versions(&one.specifier) {
            hold("an override", None, &one.specifier, &versions);
        }
        return weighed;
    }
    for one in wants.constraints.iter().filter(is_it) {
        if let Ok(versions) = Dialect::Pep508.versions(&one.specifier) {
            hold("a constraint", None, &one.specifier, &versions);
        }
    }
    let reached = reached(lock, graph, own, wants);
    let mut unknown = Vec::new();
    let mut by_name: HashMap<&str, Vec<&LockedPackage>> = HashMap::with_capacity(lock.packages.len());
    for one in &lock.packages {
        by_name.entry(&one.name).or_default().push(one);
    }
    for name in
        graph.askers(&package.name).into_iter().filter(|name| reached.as_ref().is_none_or(|it| it.contains(name)))
    {
        let of_lock = by_name.get(name).into_iter().flatten();
        let mut asks: Vec<(Dialect, &str)> = of_lock
            .clone()
            .flat_map(|one| &one.asks)
            .filter(|ask| ask.name == package.name)
            .map(|ask| (ask.dialect, ask.specifier.as_str()))
            .collect();
        let is_own =
            name == own || (asks.is_empty() && of_lock.clone().any(|one| one.is_member && one.version.is_empty()));
        if asks.is_empty() && is_own {
            asks.extend(wants.asks.iter().filter(is_it).map(|one| (Dialect::Pep508, one.specifier.as_str())));
        }
        // Several stand under different markers: what one of them admits comes in somewhere.
        let sets = asks.iter().map(|(dialect, text)| dialect.versions(text));
        let union = sets
            .collect::<Result<Vec<_>, _>>()
            .ok()
            .and_then(|sets| sets.into_iter().reduce(|one, other| Versions::range(one.set.union(&other.set))));
        match union {
            Some(versions) => {
                let version = of_lock.clone().map(|one| one.version.clone()).find(|version| !version.is_empty());
                let shown: BTreeSet<&str> = asks.iter().map(|(_, text)| *text).collect();
                let shown: Vec<&str> = shown.into_iter().collect();
                hold(name, version, &shown.join(" or "), &versions);
            }
            None => unknown.push(name.to_owned()),
        }
    }
    weighed.unknown = unknown;
    weighed
}

/// What the project reaches, where the graph is of it alone: a workspace's lock holds what its other members ask too.
fn reached<'l>(lock: &'l Lock, graph: &Graph<'_>, own: &'l str, wants: &Wants) -> Option<HashSet<&'l str>> {
    if !graph.is_alone() {
        return None;
    }
    let mut below: HashMap<&str, Vec<&'l str>> = HashMap::with_capacity(lock.packages.len());
    for package in &lock.packages {
        below.entry(&package.name).or_default().extend(package.dependencies.iter().map(String::as_str));
    }
    let names = wants.names();
    let mut found: HashSet<&'l str> = HashSet::from([own]);
    let mut open: Vec<&'l str> = vec![own];
    open.extend(lock.packages.iter().map(|one| one.name.as_str()).filter(|name| names.contains(*name)));
    while let Some(name) = open.pop() {
        found.insert(name);
        for next in below.remove(name).into_iter().flatten() {
            if !found.contains(next) {
                open.push(next);
            }
        }
    }
    Some(found)
}

/// `ways` with versions and with what each step asks of the next, where the lock says so.
pub(super) fn steps(lock: &Lock, ways: &[Vec<String>], (own, wants): (&str, &Wants)) -> Vec<Vec<Step>> {
    let mut by_name: HashMap<&str, usize> = HashMap::with_capacity(lock.packages.len());
    for (at, package) in lock.packages.iter().enumerate() {
        by_name.entry(&package.name).or_insert(at);
    }
    let step = |name: &String, next: Option<&String>| {
        let package = by_name.get(name.as_str()).map(|at| &lock.packages[*at]);
        let version = package.filter(|one| !one.version.is_empty()).map(|one| one.version.clone());
        let of_lock = |next: &String| {
            let asks = package?.asks.iter().filter(|ask| ask.name == *next).map(|ask| ask.specifier.as_str());
            let all: BTreeSet<&str> = asks.collect();
            let all: Vec<&str> = all.into_iter().collect();
            (!all.is_empty()).then(|| all.join(" or "))
        };
        let of_wants = |next: &String| {
            let mut asks = wants.asks.iter().filter(|want| name == own && want.name.as_str() == next);
            asks.next().map(|want| want.specifier.clone())
        };
        let asks = next.and_then(|next| of_lock(next).or_else(|| of_wants(next)));
        Step { name: name.clone(), version, asks }
    };
    ways.iter()
        .map(|way| {
            let mut steps: Vec<Step> = Vec::with_capacity(way.len().min(SHOWN_STEPS));
            for (at, name) in way.iter().enumerate() {
                if way.len() > SHOWN_STEPS && at >= SHOWN_STEPS / 2 && at + SHOWN_STEPS / 2 <= way.len() {
                    if at == SHOWN_STEPS / 2 {
                        steps.push(Step { name: CUT.to_owned(), version: None, asks: None });
                    }
                    continue;
                }
                steps.push(step(name, way.get(at + 1)));
            }
            steps
        })
        .collect()
}
