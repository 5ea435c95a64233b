//! The checklist of a plan, within bounds.

use rmcp::schemars::JsonSchema;
use serde::Serialize;

use super::{NAME, Room, SENTENCE, name};
use crate::plan::{Item as Planned, Plan, Spot};
use crate::report::plan::effort;
use crate::report::{count, cut, escaped};

/// How many bytes of items an answer holds, over all stages.
const BYTES: usize = 40_000;

/// How many places of one item are named.
const SPOTS: usize = 5;

/// One stage of the list.
#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Stage {
    /// live (breaks today), silent (breaks without a word), safe (mended by the program), person, or known (nothing breaks for
    /// sure).
    stage: String,
    /// Its heading.
    title: &'static str,
    /// What it means.
    meaning: &'static str,
    /// How many places, over all items, listed or not.
    places: usize,
    /// In how many files.
    files: usize,
    /// What is to be done, a rule each, worst first.
    items: Vec<Item>,
    /// How many more rules there are.
    more_items: usize,
}

/// One stage's places of one rule.
#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Item {
    /// The rule's identifier; `explain` says more.
    rule: String,
    /// Its name.
    name: String,
    /// What it is about.
    summary: String,
    /// error, warning, note or info.
    severity: &'static str,
    /// When it breaks: install, import, call, attribute, or SILENT for never by itself.
    fails: &'static str,
    /// How many places.
    places: usize,
    /// In how many files.
    files: usize,
    /// How many places the program mends without a second look.
    safe: usize,
    /// How many it mends when asked to, and somebody looks.
    with_a_look: usize,
    /// How many are left to a person.
    by_hand: usize,
    /// What to run: what mends it or, where nothing does, what explains it.
    command: String,
    /// What to do, where the rule says so.
    advice: Option<String>,
    /// The first places, as `file:line:column` from the root.
    spots: Vec<String>,
    /// How many more places there are.
    more_spots: usize,
    /// The same effort in words.
    #[serde(skip)]
    effort: String,
}

/// The stages of `plan`; what breaks first takes what room there is.
pub(super) fn stages(plan: &Plan) -> Vec<Stage> {
    let mut room = Room(BYTES);
    let stage = |stage: &crate::plan::Stage| {
        let (items, more_items) = room.fill(stage.items.iter(), item);
        Stage {
            stage: name(&stage.stage),
            title: stage.title,
            meaning: stage.stage.lead(),
            places: stage.places,
            files: stage.files,
            items,
            more_items,
        }
    };
    plan.stages.iter().map(stage).collect()
}

fn item(item: &Planned) -> Item {
    let spot = |spot: &Spot| format!("{}:{}:{}", cut(&spot.path, NAME), spot.line, spot.column);
    let spots: Vec<String> = item.spots.iter().take(SPOTS).map(spot).collect();
    Item {
        rule: item.rule.clone(),
        name: item.name.clone(),
        summary: cut(&item.summary, SENTENCE),
        severity: item.severity.name(),
        fails: item.fails.name(),
        places: item.places,
        files: item.files,
        safe: item.safe,
        with_a_look: item.with_a_look,
        by_hand: item.by_hand,
        command: cut(&item.command, SENTENCE),
        advice: item.advice.as_ref().map(|advice| cut(advice, SENTENCE)),
        more_spots: item.spots.len() - spots.len(),
        spots,
        effort: escaped(&effort(item)),
    }
}

impl Stage {
    pub(super) fn text(&self) -> String {
        if self.places == 0 {
            return format!("\n{}: nothing\n", self.title);
        }
        let (places, files) = (count(self.places, "place"), count(self.files, "file"));
        let mut text = format!("\n{}: {places} in {files}\n", self.title);
        for item in &self.items {
            text += &item.text();
        }
        if self.more_items > 0 {
            text += &format!("  {} more rules, narrow the paths to see them.\n", self.more_items);
        }
        text
    }
}

impl Item {
    fn text(&self) -> String {
        let Self { rule, severity, summary, effort, command, .. } = self;
        let mut text = format!("  {severity} {rule}: {summary}\n    {effort}; `{command}`\n");
        if let Some(advice) = &self.advice {
            text += &format!("    {advice}\n");
        }
        let more = if self.more_spots > 0 { format!(", {} more", self.more_spots) } else { String::new() };
        text + &format!("    at {}{more}\n", self.spots.join(", "))
    }
}
