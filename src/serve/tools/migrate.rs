//! `migrate_preview`: what a migration would write, as a diff. It is made in memory and never written.

use rmcp::schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::finding::{Finding, Severity};
use crate::fix::{self, Applicability};
use crate::migrate;
use crate::migrate::{Migration, Options, PinOutcome};
use crate::report::{self, count, cut, escaped};
use crate::serve::offer::{Answer, LISTED, Offer, Place, State, asked, describe, places};

/// How many bytes of diffs an answer holds.
const DIFF_BYTES: usize = 60_000;

pub(super) const OFFER: Offer = Offer {
    name: "migrate_preview",
    title: "Preview a migration",
    description: "Shows as a diff what `mcp-audit migrate` would write: code and pins moved from mcp 1 to mcp 2 and to the \
        newest rmcp, verified against the newer API, and the list of what is left for you. It writes nothing: apply the \
        diff, or run the command, once the user wants it. Use it after `scan` has found code on v1, before you rewrite \
        anything by hand. With `unsafe_fixes` it also makes the rewrites that are right in most cases and want a look. \
        Answers are bounded: give `paths` to see the rest.",
    describe: describe::<Asked, Previewed>,
    run,
};

#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
#[schemars(crate = "rmcp::schemars")]
struct Asked {
    /// Files or folders, relative to the root folder; all of it when absent. Code and its manifest belong together: pins
    /// move only with the code that they are for.
    paths: Vec<String>,
    /// Make rewrites too that are right in most cases.
    unsafe_fixes: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Previewed {
    /// The release of the Python SDK that the new text was held against.
    target: String,
    /// How many places would be fixed.
    fixed: usize,
    /// The files that would change.
    changed: Vec<Change>,
    /// How many more files would change.
    more_changed: usize,
    /// What needs a person, silent ones first.
    left: Vec<Place>,
    /// How many more places need a person.
    more_left: usize,
    /// How many of those `unsafe_fixes` would rewrite.
    fixable_with_unsafe_fixes: usize,
    /// What becomes of each declaration of an SDK.
    pins: Vec<String>,
    /// How many more declarations there are.
    more_pins: usize,
    /// Commands that bring locks up to date afterwards.
    relock: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Change {
    /// The file, from the root.
    path: String,
    /// A unified diff; whole unless `is_cut`.
    diff: String,
    /// Whether the diff was too long and ends early, so that it cannot be applied.
    is_cut: bool,
}

fn run(state: &State, arguments: Value) -> Result<Answer, String> {
    let asked: Asked = asked(arguments)?;
    let (options, rules) = state.settled(&asked.paths)?;
    let least = if asked.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    let made = migrate(&options, &rules, Options { least, mark: false }, &|| ())
        .map_err(|error| format!("failed to migrate: {error}"))?;
    let changed = changes(&made);
    let more_changed = made.changed.len() - changed.len();
    let mut text: String = changed.iter().map(|change| change.diff.as_str()).collect();
    if more_changed > 0 {
        text += &format!("{more_changed} more files change, narrow the paths to see their diffs.\n");
    }
    let left: Vec<&Finding> = made.left.iter().filter(|finding| finding.severity >= Severity::Warning).collect();
    let (left, said, more_left) = places(&left);
    if !left.is_empty() {
        text += &format!("\nLeft for you:\n{said}");
    }
    let pins: Vec<String> = made.pins.iter().take(LISTED).map(pin).collect();
    text += &format!("\n{}{}", pins.iter().map(|pin| format!("{pin}\n")).collect::<String>(), summary(&made));
    let previewed = Previewed {
        target: made.target.clone(),
        fixed: made.fixed.len(),
        changed,
        more_changed,
        left,
        more_left,
        fixable_with_unsafe_fixes: if asked.unsafe_fixes { 0 } else { made.waiting },
        more_pins: made.pins.len() - pins.len(),
        pins,
        relock: made.relock.iter().take(LISTED).map(|command| cut(command, 400)).collect(),
    };
    Answer::new(text, &previewed)
}

/// The diffs that fit. The first is shown in any case, as far as it fits: there may be no narrower path.
fn changes(made: &Migration) -> Vec<Change> {
    let (mut changes, mut room) = (Vec::new(), DIFF_BYTES);
    for one in &made.changed {
        let diff = fix::diff(&one.path, &one.before, &one.after);
        let mut diff = String::from_utf8_lossy(&diff).into_owned();
        let is_cut = diff.len() > room;
        if is_cut {
            if !changes.is_empty() {
                break;
            }
            let end = diff.as_bytes()[..room].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let more = diff.len() - end;
            diff.truncate(end);
            diff += &format!("({more} more bytes of this diff are not shown)\n");
        }
        room = room.saturating_sub(diff.len());
        changes.push(Change { path: escaped(&one.path), diff, is_cut });
    }
    changes
}

fn pin(pin: &crate::migrate::Pin) -> String {
    let place = format!("`{}` in {}:{}", pin.before, pin.path, pin.line);
    let said = match &pin.outcome {
        PinOutcome::Moved(after) => format!("{place} becomes `{after}`"),
        PinOutcome::Left(reason) => format!("{place} stays: {reason}"),
    };
    cut(&said, 400)
}

fn summary(made: &Migration) -> String {
    let (places, files) = (count(made.fixed.len(), "place"), count(made.changed.len(), "file"));
    let proof = report::migration::proof(made).map(|proof| format!("{proof}; ")).unwrap_or_default();
    format!("{places} would be fixed in {files}; {proof}nothing was written.\n")
}
