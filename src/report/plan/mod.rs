//! A plan on paper: for people as Markdown and as a page, for programs as JSON. Pure functions of the plan.

pub mod html;
pub mod json;
pub mod markdown;

use super::text::count;
use crate::plan::{Item, Plan, Step, Use};
use crate::portrait::{Kind, Transport};

/// The heading under which places of a kind are listed.
pub(crate) fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Server => "Servers",
        Kind::ServerTransport => "Server transports",
        Kind::Client => "Clients",
        Kind::ClientTransport => "Client transports",
        Kind::AuthImport => "Imports of `mcp.server.auth` and `mcp.client.auth`",
        Kind::AuthConfiguration => "OAuth configuration",
        Kind::Environment => "Environment variables around it",
        Kind::SessionState => "Session state and where it lives",
        Kind::Tool => "Tools",
        Kind::Resource => "Resources",
        Kind::Prompt => "Prompts",
        Kind::Handler => "Request handlers",
        Kind::Roots => "Roots",
        Kind::Sampling => "Sampling",
        Kind::Logging => "Logging",
        Kind::Elicitation => "Elicitation",
        Kind::Tasks => "Tasks",
        Kind::Progress => "Progress",
        Kind::Subscriptions => "Change notifications and subscriptions",
    }
}

/// Every kind, in the order of the lists.
pub(crate) const KINDS: [Kind; 19] = [
    Kind::Server,
    Kind::ServerTransport,
    Kind::Client,
    Kind::ClientTransport,
    Kind::AuthImport,
    Kind::AuthConfiguration,
    Kind::Environment,
    Kind::SessionState,
    Kind::Tool,
    Kind::Resource,
    Kind::Prompt,
    Kind::Handler,
    Kind::Roots,
    Kind::Sampling,
    Kind::Logging,
    Kind::Elicitation,
    Kind::Tasks,
    Kind::Progress,
    Kind::Subscriptions,
];

/// How many places of one item, bars of one picture and rows of one list are shown.
const SHOWN: usize = 40;

/// What to say under a list of `all` things of which [`SHOWN`] are shown.
fn more(all: usize) -> Option<String> {
    (all > SHOWN).then(|| format!("{} more; `--format json` has them all.", all - SHOWN))
}

/// How much there is to do for an item, and who does it.
pub(crate) fn effort(item: &Item) -> String {
    let mut said = format!("{} in {}", count(item.places, "place"), count(item.files, "file"));
    let by: Vec<String> =
        [(item.safe, "by the program"), (item.with_a_look, "by the program, with a look"), (item.by_hand, "by hand")]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, who)| format!("{number} {who}"))
            .collect();
    if !by.is_empty() {
        said.push_str(&format!(": {}", by.join(", ")));
    }
    said
}

/// What a place says beside its name: how messages travel, and its settings.
pub(crate) fn remark(place: &Use) -> String {
    let mut parts: Vec<String> = place.transport.map(|one| one.name().to_owned()).into_iter().collect();
    let settings =
        place.settings.iter().filter(|(name, _)| name != "transport" || place.transport == Some(Transport::Unknown));
    parts.extend(settings.map(|(name, value)| format!("{name}={value}")));
    parts.join(", ")
}

/// Places that differ by their lines alone, as one: `a.py:3,7`.
pub(crate) fn grouped<'p>(places: &[&'p Use]) -> Vec<(&'p Use, String)> {
    let is_like = |one: &&Use, other: &&Use| {
        (&one.path, &one.by, &one.name, &one.settings) == (&other.path, &other.by, &other.name, &other.settings)
    };
    let group = |group: &[&'p Use]| {
        let lines: Vec<String> = group.iter().map(|place| place.line.to_string()).collect();
        group.first().map(|first| (*first, format!("{}:{}", first.path, lines.join(","))))
    };
    places.chunk_by(is_like).filter_map(group).collect()
}

/// The kinds of which there is nothing, in a sentence; nothing where there is something of each.
fn absent(plan: &Plan) -> String {
    let none = KINDS.iter().filter(|kind| plan.uses.count(**kind) == (0, 0));
    let named: Vec<String> = none.map(|kind| heading(*kind).to_owned()).collect();
    if named.is_empty() { String::new() } else { format!("None found: {}.", named.join(", ")) }
}

/// How the transports of one side divide: `stdio 2, streamable HTTP 1`.
pub(crate) fn split(plan: &Plan, side: Kind) -> String {
    let of_side = plan.uses.transports.iter().filter(|one| one.side == side);
    let said: Vec<String> = of_side
        .map(|one| match (one.code, one.tests) {
            (code, 0) => format!("{} {code}", one.transport.name()),
            (0, tests) => format!("{} {tests} in tests", one.transport.name()),
            (code, tests) => format!("{} {code} (and {tests} in tests)", one.transport.name()),
        })
        .collect();
    if said.is_empty() { "none".to_owned() } else { said.join(", ") }
}

/// What a scan finds and this leaves out, in a sentence; nothing where that is nothing.
pub(crate) fn not_counted(plan: &Plan) -> String {
    let said = super::settled::reasons(plan.summary.not_counted);
    let command = format!("mcp-audit scan -v{}", plan.arguments);
    said.map(|said| format!("Not counted: {said} (`{command}` shows them).")).unwrap_or_default()
}

/// The one sentence at the top.
pub(crate) fn lead(plan: &Plan) -> String {
    let of = |step: Step| Step::ALL.iter().position(|one| *one == step).map_or(0, |at| plan.summary.by_stage[at]);
    if plan.summary.findings == 0 {
        let here = if not_counted(plan).is_empty() { "here" } else { "that counts" };
        return format!("Nothing {here} breaks on mcp {}, as far as its text tells.", plan.target);
    }
    format!(
        "Against mcp {}: {} today, {} silently; the program mends {} by itself and {} with a look, {} are left to a person.",
        plan.target,
        format_args!("{} break{}", of(Step::Live), if of(Step::Live) == 1 { "s" } else { "" }),
        of(Step::Silent),
        plan.summary.safe,
        plan.summary.with_a_look,
        plan.summary.by_hand
    )
}
