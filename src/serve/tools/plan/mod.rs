//! `plan`: the inventory and the checklist of a migration, as much of it as an agent reads. What breaks first gets the room.

mod inventory;
mod stages;

use rmcp::schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::migrate::PinOutcome;
use crate::plan;
use crate::report::plan::{lead, not_counted};
use crate::report::{count, cut, escaped};
use crate::serve::offer::{Answer, LISTED, NotCounted, Offer, State, asked, describe};
use inventory::{Ready, Transport, UseKind, Versions};
use stages::Stage;

/// How many characters of one sentence are shown.
const SENTENCE: usize = 300;

/// How many characters of a name or a path are shown.
const NAME: usize = 160;

pub(super) const OFFER: Offer = Offer {
    name: "plan",
    title: "Plan a migration",
    description: "Writes the inventory and the checklist of moving to mcp 2: which SDK versions are declared, locked and \
        installed; servers, clients and their transports; authorization, session state, tools and other uses of the SDK; what \
        of the protocol revision 2026-07-28 the code is ready for; and every finding as something to do, what breaks first in \
        front, with who mends it and the command that does. Use it to lay out the work or to tell the user how much there is; \
        use `scan` for the findings themselves. It takes longer than `scan`. Answers are bounded: give `paths` to see the rest.",
    describe: describe::<Asked, Planned>,
    run,
};

#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
#[schemars(crate = "rmcp::schemars")]
struct Asked {
    /// Files or folders, relative to the root folder; all of it when absent.
    paths: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Planned {
    /// The release of the Python SDK that the code is held against.
    target: String,
    /// The numbers that the stages add up to.
    summary: Summary,
    /// What is to be done, what breaks first in front.
    stages: Vec<Stage>,
    /// What a migration does by itself, and what it leaves.
    moves: Moves,
    /// Which versions are declared, locked and installed.
    versions: Versions,
    /// How many servers and clients speak over which transport.
    transports: Vec<Transport>,
    /// What the code does with the SDK, by kind; what is absent is not done.
    uses: Vec<UseKind>,
    /// What of the newer protocol is there already.
    readiness: Vec<Ready>,
    /// What could not be checked, and why.
    unchecked: Vec<String>,
    /// How many more such remarks there are.
    more_unchecked: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Summary {
    /// How many files were looked at.
    files_seen: usize,
    /// How many findings there are, over all stages.
    findings: usize,
    /// How many of them fail nothing when they break.
    silent: usize,
    /// How many the program mends without a second look.
    safe: usize,
    /// How many it mends when asked to, and somebody looks.
    with_a_look: usize,
    /// How many are left to a person.
    by_hand: usize,
    /// How many declarations admit the next major.
    exposed: usize,
    /// How many findings are in no stage, because they do not count.
    not_counted: NotCounted,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Moves {
    /// By fixes that change nothing but what was asked: `mcp-audit migrate`.
    safe: Made,
    /// By all fixes: `mcp-audit migrate --unsafe-fixes`.
    all: Made,
    /// What becomes of each declaration of an SDK when all fixes are made.
    pins: Vec<String>,
    /// How many more declarations there are.
    more_pins: usize,
    /// Commands that bring locks up to date afterwards.
    relock: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Made {
    /// How many places are fixed, with those that only show themselves on the way.
    fixed: usize,
    /// In how many files something changes.
    files: usize,
    /// How many places are left for a person.
    for_you: usize,
    /// How many of these say nothing when they break.
    silent: usize,
}

impl From<plan::Made> for Made {
    fn from(made: plan::Made) -> Self {
        let plan::Made { fixed, files, for_you, silent } = made;
        Self { fixed, files, for_you, silent }
    }
}

fn run(state: &State, arguments: Value) -> Result<Answer, String> {
    let asked: Asked = asked(arguments)?;
    let (options, rules) = state.settled(&asked.paths)?;
    let made = crate::plan(&options, &rules, &|| ()).map_err(|error| format!("failed to plan: {error}"))?;
    let unchecked = made.notes.iter().take(LISTED);
    let unchecked: Vec<String> =
        unchecked.map(|note| cut(&format!("{}: {}", note.path, note.message), SENTENCE)).collect();
    let planned = Planned {
        target: escaped(&made.target),
        summary: summary(&made.summary),
        stages: stages::stages(&made),
        moves: moves(&made.moves),
        versions: inventory::versions(&made.versions),
        transports: inventory::transports(&made.uses),
        uses: inventory::uses(&made.uses),
        readiness: inventory::readiness(&made),
        more_unchecked: made.notes.len() - unchecked.len(),
        unchecked,
    };
    Answer::new(planned.text(&made), &planned)
}

fn summary(summary: &plan::Summary) -> Summary {
    let plan::Summary { files_seen, findings, silent, safe, with_a_look, by_hand, exposed, not_counted, .. } = *summary;
    Summary { files_seen, findings, silent, safe, with_a_look, by_hand, exposed, not_counted: not_counted.into() }
}

fn moves(moves: &plan::Moves) -> Moves {
    let said = |pin: &crate::migrate::Pin| {
        let place = format!("`{}` in {}:{}", pin.before, pin.path, pin.line);
        match &pin.outcome {
            PinOutcome::Moved(after) => cut(&format!("{place} becomes `{after}`"), SENTENCE),
            PinOutcome::Left(reason) => cut(&format!("{place} stays: {reason}"), SENTENCE),
        }
    };
    let pins: Vec<String> = moves.pins.iter().take(LISTED).map(said).collect();
    Moves {
        safe: moves.safe.into(),
        all: moves.all.into(),
        more_pins: moves.pins.len() - pins.len(),
        pins,
        relock: moves.relock.iter().take(LISTED).map(|command| cut(command, SENTENCE)).collect(),
    }
}

impl Planned {
    /// The same for people.
    fn text(&self, plan: &plan::Plan) -> String {
        let mut text = format!("{}\n", lead(plan));
        for stage in &self.stages {
            text += &stage.text();
        }
        text += &self.moves.text(&cut(&plan.arguments, SENTENCE));
        text += &self.versions.text();
        text += &inventory::text(plan, &self.uses, &self.readiness);
        for note in &self.unchecked {
            text += &format!("not checked: {note}\n");
        }
        if self.more_unchecked > 0 {
            text += &format!("{} more not checked, narrow the paths to see them.\n", self.more_unchecked);
        }
        let not_counted = cut(&not_counted(plan), SENTENCE);
        if !not_counted.is_empty() {
            text += &format!("{not_counted}\n");
        }
        text + &format!("{} looked at; nothing was written.\n", count(self.summary.files_seen, "file"))
    }
}

impl Moves {
    fn text(&self, arguments: &str) -> String {
        let mut text = "\nWhat the program does\n".to_owned();
        for (command, made) in [("migrate", &self.safe), ("migrate --unsafe-fixes", &self.all)] {
            let (places, files) = (count(made.fixed, "place"), count(made.files, "file"));
            text += &format!(
                "  `mcp-audit {command}{arguments}` fixes {places} in {files} and leaves {} to you\n",
                made.for_you
            );
        }
        for pin in &self.pins {
            text += &format!("  {pin}\n");
        }
        if self.more_pins > 0 {
            text += &format!("  {} more declarations\n", self.more_pins);
        }
        text + &self.relock.iter().map(|command| format!("  then `{command}`\n")).collect::<String>()
    }
}

/// How many bytes of an answer one part of it may still take.
struct Room(usize);

impl Room {
    /// The first of what is `shown` of `all`, as many as are listed and fit, and how many are left out.
    fn fill<T, S: Serialize>(
        &mut self,
        all: impl ExactSizeIterator<Item = T>,
        shown: impl Fn(T) -> S,
    ) -> (Vec<S>, usize) {
        let (mut taken, many) = (Vec::new(), all.len());
        for one in all.take(LISTED).map(shown) {
            let length = serde_json::to_string(&one).map_or(usize::MAX, |text| text.len());
            if length > self.0 {
                // What comes after is of less weight, so it does not slip through because it is short.
                self.0 = 0;
                break;
            }
            self.0 -= length;
            taken.push(one);
        }
        let more = many - taken.len();
        (taken, more)
    }
}

/// The name under which programs know a kind or a stage.
fn name(kind: &impl Serialize) -> String {
    serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_takes_no_more_than_its_room() {
        let mut room = Room(20);
        let all = ["four", "five!", "a long one that does not fit", "x"];
        assert_eq!(room.fill(all.iter(), |one| (*one).to_owned()), (vec!["four".to_owned(), "five!".to_owned()], 2));
        assert_eq!(room.fill(["x"].iter(), |one| (*one).to_owned()), (Vec::new(), 1));
        let (listed, more) = Room(usize::MAX).fill(vec![1; LISTED + 3].into_iter(), |one| one);
        assert_eq!((listed.len(), more), (LISTED, 3));
    }
}
