//! What the requirements of one release mean for the new major of the package asked about.

use std::collections::HashMap;

use super::{Name, Release};
use crate::requirement::split::asks_for_extra;
use crate::requirement::{Bound, Requirement, Series};

/// What one release asks of the package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct State {
    /// The worst class of its active requirements; of its optional ones where it has no other.
    pub(super) class: Bound,
    /// Whether all of them stand in extras.
    pub(super) optional: bool,
}

/// Reads requirements on one package. The same few lines stand in thousands of releases, so each is read once.
#[derive(Debug)]
pub(super) struct Classifier<'a> {
    target: &'a Name,
    series: &'a Series,
    seen: HashMap<String, Option<State>>,
}

impl<'a> Classifier<'a> {
    /// For requirements on `target`, whose majors break at `series`.
    pub(super) fn new(target: &'a Name, series: &'a Series) -> Self {
        Self { target, series, seen: HashMap::new() }
    }

    /// What `release` asks; `None` when it does not ask for the package. What it asks of itself, as packages do to join
    /// their extras, is no dependence.
    pub(super) fn state(&mut self, release: &Release) -> Option<State> {
        if release.name == *self.target {
            return None;
        }
        let states = release.requires_dist.iter().filter_map(|line| self.line(line));
        // Active requirements before optional ones, and of these the worst.
        states.min_by_key(|state| (state.optional, state.class))
    }

    /// What one line asks; `None` when it is on another package.
    pub(super) fn line(&mut self, line: &str) -> Option<State> {
        if let Some(known) = self.seen.get(line) {
            return *known;
        }
        let state = (Name::of_requirement(line).as_ref() == Some(self.target)).then(|| self.read(line));
        self.seen.insert(line.to_owned(), state);
        state
    }

    fn read(&self, line: &str) -> State {
        let requirement = Requirement::of_line(line);
        State {
            class: requirement.as_ref().map_or(Bound::Unparsable, |requirement| requirement.bound(self.series)),
            optional: is_optional(line, requirement.as_ref()),
        }
    }
}

/// Whether `line` stands in an extra. What cannot be read as the `requirement` it is may still have a marker.
pub(super) fn is_optional(line: &str, requirement: Option<&Requirement>) -> bool {
    match requirement {
        Some(requirement) => requirement.marker.as_deref().is_some_and(asks_for_extra),
        None => line.split_once(';').is_some_and(|(_, marker)| asks_for_extra(marker)),
    }
}

#[cfg(test)]
mod tests {
    use pep440_rs::Version;

    use super::*;

    fn mcp(lines: &[&str]) -> Option<(Bound, bool)> {
        let series = Series { breaks: vec![Version::new([2])], after: Version::new([3]) };
        let target = Name::new("mcp").unwrap();
        let release = Release {
            name: Name::new("own").unwrap(),
            version: "1".to_owned(),
            uploaded: None,
            requires_dist: lines.iter().map(|line| (*line).to_owned()).collect(),
            downloads: None,
        };
        Classifier::new(&target, &series).state(&release).map(|state| (state.class, state.optional))
    }

    #[test]
    fn lines_are_read_as_the_truth_table_has_them() {
        for (line, class) in [
            ("mcp", Bound::Unbounded),
            ("MCP[CLI,Ws] >=1.6", Bound::Unbounded),
            ("mcp (>=1.0)", Bound::Unbounded),
            ("mcp>=1.2,!=2.*", Bound::Unbounded),
            ("mcp[cli]>=1.2; python_version >= \"3.10\"", Bound::Unbounded),
            ("mcp<=2", Bound::Spans),
            ("mcp>=1.2,<3", Bound::Spans),
            ("mcp>=2", Bound::RequiresNextOpen),
            ("mcp>=1!0", Bound::RequiresNextOpen),
            ("mcp~=1.2", Bound::Below),
            ("mcp>=2,<3", Bound::RequiresNext),
            ("mcp==1.9.4", Bound::Exact),
            ("mcp==2.0.0b1", Bound::ExactNext),
            ("mcp @ git+https://git.example/mcp@v1.30.0", Bound::NotARange),
            ("mcp>2,<1", Bound::Empty),
            ("mcp>=1.0 <2", Bound::Unparsable),
            ("mcp[cli>=1", Bound::Unparsable),
        ] {
            assert_eq!(mcp(&[line]), Some((class, false)), "{line}");
        }
        let long = format!("mcp>=1{}", ",!=1.5".repeat(100_000));
        assert_eq!(mcp(&[&long]), Some((Bound::Unparsable, false)));
    }

    #[test]
    fn other_packages_are_no_lines_of_this_one() {
        for line in
            ["mcp-types>=2", "mcpserver", "mcp_proxy", "mcp2", "mcp.foo", "fastmcp<3", "", "-mcp", "mcp\u{1b}[1m>"]
        {
            let expected = line.starts_with("mcp\u{1b}").then_some((Bound::Unparsable, false));
            assert_eq!(mcp(&[line]), expected, "{line:?}");
        }
    }

    #[test]
    fn the_worst_active_line_decides_and_extras_count_only_alone() {
        let markers = ["mcp<2; python_version < '3.11'", "mcp>=1; python_version >= '3.11'"];
        assert_eq!(mcp(&markers), Some((Bound::Unbounded, false)));
        assert_eq!(mcp(&["mcp<2", "mcp; extra == 'all'"]), Some((Bound::Below, false)));
        assert_eq!(mcp(&["mcp<2; extra == 'a'", "mcp; 'b' == extra"]), Some((Bound::Unbounded, true)));
        assert_eq!(mcp(&["mcp>=1; sys_platform == 'extra'"]), Some((Bound::Unbounded, false)));
        assert_eq!(mcp(&["mcp[cli; extra == 'a'"]), Some((Bound::Unparsable, true)));
    }
}
