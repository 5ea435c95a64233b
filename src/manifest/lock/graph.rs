//! The ways from a project to a package, through the edges of a lock.

use std::collections::{BTreeSet, HashMap, VecDeque};

use crate::manifest::Lock;

/// More steps than this are not followed when every way is asked for; the shortest is told whatever its length.
const LONGEST: usize = 16;

/// How many beginnings of ways are looked at: their number can double with every package.
const MOST_BEGUN: usize = 50_000;

/// Packages by name with those that ask for them.
#[derive(Debug)]
pub struct Graph<'l> {
    // One node for each name: a lock with two releases of one name does not tell which of them an edge means.
    nodes: HashMap<&'l str, usize>,
    names: Vec<&'l str>,
    /// Where ways begin whoever else asks for it: the members of the repository.
    is_member: Vec<bool>,
    parents: Vec<Vec<usize>>,
    /// Whether ways begin at one project alone.
    is_alone: bool,
}

/// Ways to a package, shorter ones first.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Ways {
    /// Each begins with a member, or a package that nothing else asks for, and ends with the package.
    pub ways: Vec<Vec<String>>,
    /// Whether there may be more.
    pub more: bool,
}

impl<'l> Graph<'l> {
    /// The graph of `lock`. The cost is linear in its size.
    pub fn of(lock: &'l Lock) -> Self {
        let mut graph = Self {
            nodes: HashMap::new(),
            names: Vec::new(),
            is_member: Vec::new(),
            parents: Vec::new(),
            is_alone: false,
        };
        for package in &lock.packages {
            let node = graph.node(&package.name);
            graph.is_member[node] |= package.is_member;
        }
        for package in &lock.packages {
            let from = graph.node(&package.name);
            for dependency in &package.dependencies {
                graph.edge(from, dependency);
            }
        }
        graph.tidy();
        graph
    }

    /// The same below a project that the lock does not name and that asks for `wanted`.
    #[must_use]
    pub fn below(mut self, project: &'l str, wanted: &BTreeSet<String>) -> Self {
        let from = self.node(project);
        self.is_member[from] = true;
        for name in wanted {
            self.edge(from, name);
        }
        self.tidy();
        self
    }

    /// The same with ways that begin at `project` and nowhere else, also where they lead through other members.
    #[must_use]
    pub fn only(mut self, project: &str) -> Self {
        self.is_alone = true;
        for (name, is_member) in self.names.iter().zip(&mut self.is_member) {
            *is_member = *name == project;
        }
        self
    }

    /// Whether ways begin at one project alone.
    pub fn is_alone(&self) -> bool {
        self.is_alone
    }

    fn node(&mut self, name: &'l str) -> usize {
        *self.nodes.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.is_member.push(false);
            self.parents.push(Vec::new());
            self.names.len() - 1
        })
    }

    fn edge(&mut self, from: usize, to: &str) {
        if let Some(&to) = self.nodes.get(to)
            && to != from
        {
            self.parents[to].push(from);
        }
    }

    fn tidy(&mut self) {
        for parents in &mut self.parents {
            parents.sort_unstable();
            parents.dedup();
        }
    }

    fn is_start(&self, node: usize) -> bool {
        self.is_member[node] || (self.parents[node].is_empty() && !self.is_alone)
    }

    /// The packages that ask for `name` themselves, in the order of the lock.
    pub fn askers(&self, name: &str) -> Vec<&'l str> {
        let Some(&target) = self.nodes.get(name) else { return Vec::new() };
        self.parents[target].iter().map(|parent| self.names[*parent]).collect()
    }

    /// The shortest ways to `name`, at most `limit` of them: one from each start that reaches it. A way stops at the first
    /// member it meets, for that is where the requirement can be changed.
    ///
    /// `[[name]]` when nothing leads to it, as in a lock without edges; empty when it is not locked. The cost is linear
    /// in the size of the lock, and cycles do no harm.
    pub fn shortest(&self, name: &str, limit: usize) -> Vec<Vec<String>> {
        let Some(&target) = self.nodes.get(name) else { return Vec::new() };
        // From the target outwards: each node keeps the step that leads back.
        let mut next: Vec<Option<usize>> = vec![None; self.names.len()];
        let mut queue = VecDeque::from([target]);
        let mut found = Vec::new();
        while let Some(node) = queue.pop_front() {
            if found.len() >= limit {
                break;
            }
            if self.is_start(node) {
                let way = std::iter::successors(Some(node), |node| next[*node]);
                found.push(way.map(|node| self.names[node].to_owned()).collect());
                continue;
            }
            for &parent in &self.parents[node] {
                if parent != target && next[parent].is_none() {
                    next[parent] = Some(node);
                    queue.push_back(parent);
                }
            }
        }
        if found.is_empty() && limit > 0 {
            // Only a cycle leads here.
            found.push(vec![name.to_owned()]);
        }
        found
    }

    /// Every way to `name` that meets no package twice, as far as `limit` and the bounds above let it. The shortest one
    /// from each start is told before longer ones are cut off.
    pub fn ways(&self, name: &str, limit: usize) -> Ways {
        let Some(&target) = self.nodes.get(name) else { return Ways::default() };
        // Each beginning is its node and the beginning it goes on from, with their number.
        let mut begun: Vec<(usize, Option<usize>, usize)> = vec![(target, None, 1)];
        let (mut ways, mut more, mut at) = (Vec::new(), false, 0);
        while let Some(&(node, _, steps)) = begun.get(at) {
            let chain = || std::iter::successors(Some(at), |at| begun[*at].1).map(|at| begun[at].0);
            if self.is_start(node) {
                if ways.len() >= limit {
                    more = true;
                    break;
                }
                ways.push(chain().map(|node| self.names[node].to_owned()).collect::<Vec<_>>());
            } else if steps >= LONGEST {
                more = true;
            } else {
                let known: Vec<usize> = chain().collect();
                for &parent in self.parents[node].iter().filter(|parent| !known.contains(parent)) {
                    if begun.len() >= MOST_BEGUN {
                        more = true;
                        break;
                    }
                    begun.push((parent, Some(at), steps + 1));
                }
            }
            at += 1;
        }
        if more || ways.is_empty() {
            // What was cut off may be all that leads from some start.
            let missing: Vec<_> = self.shortest(name, limit).into_iter().filter(|way| !ways.contains(way)).collect();
            let kept = limit.saturating_sub(missing.len());
            ways.truncate(kept.max(1).min(limit));
            ways.extend(missing);
            ways.truncate(limit);
            ways.sort_by_key(Vec::len);
        }
        Ways { ways, more }
    }
}

/// As [`Graph::shortest`] of the graph of `lock`.
pub fn paths_to(lock: &Lock, name: &str, limit: usize) -> Vec<Vec<String>> {
    Graph::of(lock).shortest(name, limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::LockedPackage;
    use crate::requirement::Ecosystem;
    use crate::source::Span;

    /// A lock of `name: dependencies`, members marked with `*`.
    fn lock(lines: &[&str]) -> Lock {
        let packages = lines.iter().map(|line| {
            let (name, dependencies) = line.split_once(':').unwrap();
            LockedPackage {
                name: name.trim_end_matches('*').to_owned(),
                version: "1".to_owned(),
                span: Span::empty(0),
                marker: None,
                is_member: name.ends_with('*'),
                dependencies: dependencies.split_whitespace().map(str::to_owned).collect(),
                asks: Vec::new(),
            }
        });
        Lock { tool: "", relock: String::new(), ecosystem: Ecosystem::Python, packages: packages.collect() }
    }

    fn ways(lines: &[&str], limit: usize) -> Vec<String> {
        paths_to(&lock(lines), "mcp", limit).iter().map(|way| way.join(">")).collect()
    }

    #[test]
    fn shortest_ways_come_first() {
        let lines = ["app*: a b", "other*: mcp", "a: c", "b: mcp", "c: b mcp", "lone: c", "mcp: x", "x:"];
        assert_eq!(ways(&lines, 9), ["other>mcp", "app>b>mcp", "lone>c>mcp"]);
        assert_eq!(ways(&lines, 1), ["other>mcp"]);
        assert!(ways(&lines, 0).is_empty());
    }

    #[test]
    fn cycles_twins_and_bare_lists_end() {
        assert_eq!(ways(&["mcp: a", "a: mcp"], 9), ["mcp"]);
        assert_eq!(ways(&["mcp: mcp", "app*: mcp", "mcp:"], 9), ["app>mcp"]);
        assert_eq!(ways(&["app*: a", "a: b", "b: a mcp", "mcp: a"], 9), ["app>a>b>mcp"]);
        assert_eq!(ways(&["mcp:", "x:"], 9), ["mcp"]);
        assert_eq!(ways(&["app*: inner", "inner*: mcp", "mcp:"], 9), ["inner>mcp"]);
        assert!(ways(&["x: mcp"], 9).is_empty());
    }

    #[test]
    fn a_long_chain_is_walked_once() {
        let mut lines: Vec<String> = (0..20_000).map(|at| format!("p{at}: p{} p{}", at + 1, at + 2)).collect();
        lines.push("p20000: mcp".to_owned());
        lines.push("mcp: p0".to_owned());
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert_eq!(ways(&lines, 9), ["mcp"]);
    }

    fn every(lines: &[&str], limit: usize) -> (Vec<String>, bool) {
        let lock = lock(lines);
        let found = Graph::of(&lock).ways("mcp", limit);
        (found.ways.iter().map(|way| way.join(">")).collect(), found.more)
    }

    #[test]
    fn every_way_is_told() {
        let lines = ["app*: a b", "a: c", "b: mcp c", "c: b mcp", "mcp: x", "x:"];
        let all = ["app>b>mcp", "app>a>c>mcp", "app>b>c>mcp", "app>a>c>b>mcp"].map(str::to_owned).to_vec();
        assert_eq!(every(&lines, 9), (all.clone(), false));
        assert_eq!(every(&lines, 2), (all[..2].to_vec(), true));
        assert_eq!(every(&["x: mcp"], 9), (Vec::new(), false));
        assert_eq!(every(&["mcp: a", "a: mcp"], 9), (vec!["mcp".to_owned()], false));
    }

    #[test]
    fn a_project_that_is_not_locked_stands_above() {
        let lock = lock(&["a: mcp", "b: a", "mcp:", "other: mcp"]);
        let wanted = BTreeSet::from(["a".to_owned(), "b".to_owned(), "gone".to_owned()]);
        let graph = Graph::of(&lock).below("app", &wanted);
        let ways: Vec<_> = graph.ways("mcp", 9).ways.iter().map(|way| way.join(">")).collect();
        assert_eq!(ways, ["other>mcp", "app>a>mcp", "app>b>a>mcp"]);
        assert_eq!(graph.askers("mcp"), ["a", "other"]);
    }

    /// Ten layers of a hundred packages that all ask for the whole next one hold a hundred to the tenth ways.
    #[test]
    fn too_many_ways_are_bounded() {
        let name = |layer: usize, at: usize| if layer == 10 { "mcp".to_owned() } else { format!("p{layer}-{at}") };
        let mut lines = Vec::new();
        for layer in 0..10 {
            let next: Vec<String> = (0..100).map(|at| name(layer + 1, at)).collect();
            lines.extend((0..100).map(|at| format!("{}: {}", name(layer, at), next.join(" "))));
        }
        lines.push("mcp:".to_owned());
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let (ways, more) = every(&lines, 20);
        assert_eq!((ways.len(), more), (20, true));
        assert!(ways.iter().all(|way| way.starts_with("p0-") && way.ends_with(">mcp")));
    }

    #[test]
    fn a_chain_longer_than_is_followed_is_told_once() {
        let mut lines: Vec<String> = (0..100_000).map(|at| format!("p{at}: p{}", at + 1)).collect();
        lines.push("p100000: mcp".to_owned());
        lines.push("mcp:".to_owned());
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let (ways, more) = every(&lines, 9);
        assert!(more && ways.len() == 1 && ways[0].starts_with("p0>p1>"));
    }
}
