//! Every finding as something to do, what breaks first in front. A finding stands in exactly one stage, so that the stages
//! together are what a scan finds.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::finding::{Confidence, Fails, Finding, Severity};
use crate::fix::Applicability;
use crate::inventory::parent;
use crate::judge::Row;
use crate::migrate::Migration;
use crate::report::Report;
use crate::requirement::Bound;
use crate::rule::{Family, Rules};

/// What breaks when, and who mends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// It breaks with the next install, or is broken already.
    Live,
    /// Nothing will say so when it breaks.
    Silent,
    /// It breaks with the move, and the program mends it.
    Safe,
    /// It breaks with the move, and somebody has to decide or to look.
    Person,
    /// Nothing breaks for sure: worth knowing.
    Known,
}

impl Step {
    /// The stages, what breaks first in front.
    pub const ALL: [Self; 5] = [Self::Live, Self::Silent, Self::Safe, Self::Person, Self::Known];

    /// The name in headings.
    pub fn title(self) -> &'static str {
        match self {
            Self::Live => "Breaks today",
            Self::Silent => "Breaks without a word",
            Self::Safe => "Mended by the program",
            Self::Person => "Needs a person",
            Self::Known => "Worth knowing",
        }
    }

    /// What it means, in a sentence or two.
    pub fn lead(self) -> &'static str {
        match self {
            Self::Live => {
                "The next fresh install takes these hazards, or code runs on a release that it is not written for. A bound \
                 buys the time for everything below."
            }
            Self::Silent => {
                "It imports, runs, and means something else on the newer SDK or protocol. No test fails unless it looks for \
                 this."
            }
            Self::Safe => "Fails loudly on the newer SDK; fixes that change nothing but what was asked are at hand.",
            Self::Person => {
                "Fails on the newer SDK or protocol, and somebody has to decide, or to look at what a less trusted fix makes \
                 of it."
            }
            Self::Known => {
                "Deprecations, guesses of low confidence, and remarks: nothing here stands in the way of the move."
            }
        }
    }
}

/// Who mends a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// A fix that changes nothing but what was asked.
    Safe,
    /// A fix that is right in most cases, and wants a look.
    Unsafe,
    /// A person.
    Hand,
}

/// A finding with its place in the plan.
#[derive(Debug)]
pub(super) struct Weighed<'r> {
    pub(super) finding: &'r Finding,
    pub(super) step: Step,
    pub(super) way: Way,
}

/// One stage of the list.
#[derive(Debug, Serialize)]
pub struct Stage {
    /// Which.
    pub stage: Step,
    /// Its heading.
    pub title: &'static str,
    /// How many places, over all items.
    pub places: usize,
    /// In how many files.
    pub files: usize,
    /// What is to be done, a rule each.
    pub items: Vec<Item>,
}

/// One stage's places of one rule.
#[derive(Debug, Serialize)]
pub struct Item {
    /// The rule.
    pub rule: String,
    /// Its name.
    pub name: String,
    /// What it is about, in a clause.
    pub summary: String,
    /// The worst severity here.
    pub severity: Severity,
    /// When it breaks.
    pub fails: Fails,
    /// How many places.
    pub places: usize,
    /// In how many files.
    pub files: usize,
    /// How many places the program mends without a second look.
    pub safe: usize,
    /// How many it mends when asked to, and somebody looks.
    pub with_a_look: usize,
    /// How many are left to a person.
    pub by_hand: usize,
    /// What to run: what mends it or, where nothing does, what explains it.
    pub command: String,
    /// What to do, where the rule says so.
    pub advice: Option<String>,
    /// The places, by file and line.
    pub spots: Vec<Spot>,
}

/// One place.
#[derive(Debug, Serialize)]
pub struct Spot {
    /// The file, as shown.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// Who mends it.
    pub way: Way,
    /// What is wrong there.
    pub message: String,
}

/// Gives every finding of `report` its place.
pub(super) fn weighed<'r>(report: &'r Report, safe: &Migration, all: &Migration) -> Vec<Weighed<'r>> {
    let refused: BTreeSet<(&str, Option<&str>)> =
        safe.bugs.iter().chain(&all.bugs).map(|bug| (bug.path.as_str(), bug.rule.as_deref())).collect();
    let left_behind = left_behind(report);
    let weigh = |finding: &'r Finding| {
        let is_refused = finding.is_code()
            && (refused.contains(&(finding.path.as_str(), None))
                || refused.contains(&(finding.path.as_str(), Some(finding.rule.as_str()))));
        let way = match finding.fix.as_ref().map(|fix| fix.applicability) {
            _ if is_refused => Way::Hand,
            Some(Applicability::Safe) => Way::Safe,
            Some(Applicability::Unsafe) => Way::Unsafe,
            Some(Applicability::Manual) | None => Way::Hand,
        };
        Weighed { finding, step: step(finding, way, &left_behind), way }
    };
    report.findings.iter().map(weigh).collect()
}

/// The files whose project asks for nothing but the newer Python SDK: what its code still does by the older one is broken
/// already, and no bound helps.
fn left_behind(report: &Report) -> BTreeSet<&str> {
    let requires_newer =
        |row: &Row| matches!(row.effective, Bound::RequiresNext | Bound::RequiresNextOpen | Bound::ExactNext);
    let folders: BTreeSet<&str> = report.projects.iter().map(|project| project.folder.as_str()).collect();
    let nearest = |path: &str| {
        let above = std::iter::successors(Some(parent(path)), |folder| (!folder.is_empty()).then(|| parent(folder)));
        above.into_iter().find_map(|folder| folders.get(folder).copied())
    };
    let mut has_moved: BTreeMap<&str, bool> = BTreeMap::new();
    for row in report.declarations.iter().filter(|row| row.package == "mcp" && row.scope != "documentation") {
        if let Some(folder) = nearest(&row.path) {
            *has_moved.entry(folder).or_insert(true) &= requires_newer(row);
        }
    }
    let is_left = |path: &&str| nearest(path).is_some_and(|folder| has_moved.get(folder) == Some(&true));
    report.findings.iter().map(|finding| finding.path.as_str()).filter(is_left).collect()
}

fn step(finding: &Finding, way: Way, left_behind: &BTreeSet<&str>) -> Step {
    if !finding.is_code() {
        return if finding.severity >= Severity::Warning { Step::Live } else { Step::Known };
    }
    // Once the move is made it matters as much as the rule says, however well the older SDK is held today.
    if finding.at_most < Severity::Warning || finding.confidence == Confidence::Low {
        return Step::Known;
    }
    if finding.is_silent() {
        Step::Silent
    } else if finding.severity == Severity::Error
        && finding.family == Family::Python
        && left_behind.contains(finding.path.as_str())
    {
        Step::Live
    } else if way == Way::Safe {
        Step::Safe
    } else {
        Step::Person
    }
}

/// The list: by stage, then what is worst and fails first, then what is most.
pub(super) fn stages(findings: &[Weighed<'_>], rules: &Rules, arguments: &str) -> Vec<Stage> {
    let stage = |step: Step| {
        let own: Vec<&Weighed<'_>> = findings.iter().filter(|one| one.step == step).collect();
        let mut by_rule: BTreeMap<&str, Vec<&Weighed<'_>>> = BTreeMap::new();
        for one in &own {
            by_rule.entry(one.finding.rule.as_str()).or_default().push(one);
        }
        let mut items: Vec<Item> = by_rule.into_values().filter_map(|group| item(&group, rules, arguments)).collect();
        items.sort_by_key(|item| (Reverse(item.severity), when(item.fails), Reverse(item.places), item.rule.clone()));
        Stage { stage: step, title: step.title(), places: own.len(), files: files(&own), items }
    };
    Step::ALL.map(stage).into_iter().collect()
}

/// In which order things fail.
fn when(fails: Fails) -> u8 {
    match fails {
        Fails::Install => 0,
        Fails::Import => 1,
        Fails::Call => 2,
        Fails::Attribute => 3,
        Fails::Silent => 4,
        Fails::Never => 5,
    }
}

fn files(findings: &[&Weighed<'_>]) -> usize {
    findings.iter().map(|one| one.finding.path.as_str()).collect::<BTreeSet<_>>().len()
}

/// What to do, as the first place is told; of several that are told different things, as an example.
fn advice(group: &[&Weighed<'_>]) -> Option<String> {
    let all: BTreeSet<&String> = group.iter().filter_map(|one| one.finding.help.first()).collect();
    let first = group.iter().find_map(|one| one.finding.help.first())?;
    Some(if all.len() > 1 { format!("for example: {first}") } else { first.clone() })
}

fn item(group: &[&Weighed<'_>], rules: &Rules, arguments: &str) -> Option<Item> {
    let first = group.first()?.finding;
    let count = |way: Way| group.iter().filter(|one| one.way == way).count();
    let (safe, with_a_look, by_hand) = (count(Way::Safe), count(Way::Unsafe), count(Way::Hand));
    let spot = |one: &&Weighed<'_>| Spot {
        path: one.finding.path.clone(),
        line: one.finding.start.line,
        column: one.finding.start.column,
        way: one.way,
        message: one.finding.message.clone(),
    };
    let command = match (first.is_code(), safe, with_a_look) {
        (true, 1.., 0) => format!("mcp-audit migrate{arguments}"),
        (true, _, 1..) => format!("mcp-audit migrate --unsafe-fixes{arguments}"),
        (false, 1.., 0) => format!("mcp-audit scan --fix{arguments}"),
        (false, _, 1..) => format!("mcp-audit scan --fix --unsafe-fixes{arguments}"),
        (_, 0, 0) => format!("mcp-audit explain {}", first.rule),
    };
    Some(Item {
        rule: first.rule.clone(),
        name: first.name.clone(),
        summary: rules.get(&first.rule).map_or_else(|| first.message.clone(), |rule| rule.summary.clone()),
        severity: group.iter().map(|one| one.finding.severity).max()?,
        fails: first.fails,
        places: group.len(),
        files: files(group),
        safe,
        with_a_look,
        by_hand,
        command,
        advice: advice(group),
        spots: group.iter().map(spot).collect(),
    })
}
