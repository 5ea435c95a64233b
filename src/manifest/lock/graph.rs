//! The way from a project to a package, through the edges of a lock.

use std::collections::{HashMap, VecDeque};

use crate::manifest::Lock;

/// The shortest ways by which `name` comes into `lock`, at most `limit` of them: one from each member of the
/// repository that reaches it, and from each package that nothing else asks for, shorter ones first. Each begins with
/// that member or package and ends with `name`. A way stops at the first member it meets, for that is where the
/// requirement can be changed.
///
/// `[[name]]` when nothing in the lock leads to it, as in a lock without edges; empty when it is not locked. The cost
/// is linear in the size of the lock, and cycles do no harm.
pub fn paths_to(lock: &Lock, name: &str, limit: usize) -> Vec<Vec<String>> {
    // One node for each name: a lock with two releases of one name does not tell which of them an edge means.
    let mut nodes: HashMap<&str, usize> = HashMap::with_capacity(lock.packages.len());
    let mut names: Vec<&str> = Vec::with_capacity(lock.packages.len());
    let mut is_member: Vec<bool> = Vec::with_capacity(lock.packages.len());
    for package in &lock.packages {
        let node = *nodes.entry(&package.name).or_insert_with(|| {
            names.push(&package.name);
            is_member.push(false);
            names.len() - 1
        });
        is_member[node] |= package.is_member;
    }
    let Some(&target) = nodes.get(name) else { return Vec::new() };
    let mut parents: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
    for package in &lock.packages {
        let Some(&from) = nodes.get(package.name.as_str()) else { continue };
        for dependency in &package.dependencies {
            if let Some(&to) = nodes.get(dependency.as_str())
                && to != from
            {
                parents[to].push(from);
            }
        }
    }

    // From the target outwards: each node keeps the step that leads back.
    let mut next: Vec<Option<usize>> = vec![None; names.len()];
    let mut queue = VecDeque::from([target]);
    let mut found = Vec::new();
    while let Some(node) = queue.pop_front() {
        if found.len() >= limit {
            break;
        }
        if is_member[node] || parents[node].is_empty() {
            found.push(way(node, &names, &next));
            continue;
        }
        for &parent in &parents[node] {
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

fn way(from: usize, names: &[&str], next: &[Option<usize>]) -> Vec<String> {
    std::iter::successors(Some(from), |node| next[*node]).map(|node| names[node].to_owned()).collect()
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
}
