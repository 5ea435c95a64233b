//! The inventory of a plan, within bounds: versions, transports, uses, and what the tree is ready for.

use std::fmt::Write;

use rmcp::schemars::JsonSchema;
use serde::Serialize;

use super::{NAME, Room, SENTENCE, name};
use crate::plan::{self, Plan, Use};
use crate::portrait::Kind;
use crate::report::cut;
use crate::report::plan::{KINDS, grouped, heading, remark, split};

/// How many bytes of versions an answer holds.
const VERSION_BYTES: usize = 12_000;

/// How many bytes of uses an answer holds.
const USE_BYTES: usize = 16_000;

/// How many of the places of one kind stand in the text.
const NAMED: usize = 5;

/// The versions of the SDKs in the tree.
#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Versions {
    /// The declarations of an SDK.
    declared: Vec<Declared>,
    /// How many more there are.
    more_declared: usize,
    /// What locks hold.
    locked: Vec<Held>,
    /// How many more there are.
    more_locked: usize,
    /// What environments in the tree hold.
    installed: Vec<Held>,
    /// How many more there are.
    more_installed: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Declared {
    /// The package.
    package: String,
    /// As written.
    declared: String,
    /// The file and the line.
    place: String,
    /// The newest release that it admits.
    admits: Option<String>,
    /// Whether it admits the next major.
    exposed: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Held {
    /// The package.
    package: String,
    /// The version.
    version: String,
    /// The lock and its line, or the folder of the environment.
    place: String,
}

/// One transport of one side.
#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Transport {
    /// server or client.
    side: &'static str,
    /// stdio, http, sse, websocket, memory, or unknown until it runs.
    transport: String,
    /// How many in code.
    code: usize,
    /// How many in tests.
    tests: usize,
}

/// What the code does of one kind.
#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct UseKind {
    /// Such as server, client-transport, auth-import, session-state, tool, sampling.
    kind: String,
    /// How many places in code, listed or not.
    code: usize,
    /// How many in tests, which are not listed.
    tests: usize,
    /// The places in code.
    places: Vec<Place>,
    /// How many more there are.
    more_places: usize,
    /// The heading.
    #[serde(skip)]
    heading: &'static str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Place {
    /// What it is called, where the text tells.
    name: Option<String>,
    /// What of the SDK is used or, where a rule knows of the place, the rule.
    by: String,
    /// The file and its lines.
    place: String,
    /// How messages travel, and the arguments that say how.
    remark: String,
}

/// One thing of the newer protocol.
#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Ready {
    /// Short and stable: `resource-server`.
    id: String,
    /// What is asked.
    title: String,
    /// yes, no, unknown, or not needed.
    answer: &'static str,
    /// Why.
    why: String,
    /// The places that say so.
    evidence: Vec<String>,
    /// The lower bound on the Python SDK that brings it to 1.x; absent where nothing does.
    floor: Option<String>,
    /// The lower bound within 2.x.
    newer: String,
}

pub(super) fn versions(versions: &plan::Versions) -> Versions {
    let mut room = Room(VERSION_BYTES);
    let (declared, more_declared) = room.fill(versions.declared.iter(), |row| Declared {
        package: cut(&row.package, NAME),
        declared: cut(&row.declared, NAME),
        place: format!("{}:{}", cut(&row.path, NAME), row.line),
        admits: row.admits.as_ref().map(|newest| cut(newest, NAME)),
        exposed: row.is_exposed(),
    });
    let held = |package: &str, version: &str, place: String| Held {
        package: cut(package, NAME),
        version: cut(version, NAME),
        place,
    };
    let (locked, more_locked) = room.fill(versions.locked.iter(), |one| {
        held(&one.package, &one.version, format!("{}:{}", cut(&one.path, NAME), one.line))
    });
    let (installed, more_installed) =
        room.fill(versions.installed.iter(), |one| held(&one.package, &one.version, cut(&one.environment, NAME)));
    Versions { declared, more_declared, locked, more_locked, installed, more_installed }
}

pub(super) fn transports(uses: &plan::Uses) -> Vec<Transport> {
    let of = |one: &plan::TransportCount| Transport {
        side: if one.side == Kind::ClientTransport { "client" } else { "server" },
        transport: name(&one.transport),
        code: one.code,
        tests: one.tests,
    };
    uses.transports.iter().map(of).collect()
}

pub(super) fn uses(uses: &plan::Uses) -> Vec<UseKind> {
    let mut room = Room(USE_BYTES);
    let of = |kind: Kind| {
        let (code, tests) = uses.count(kind);
        let places: Vec<&Use> = uses.of(kind).filter(|place| !place.in_tests).collect();
        let (places, more_places) = room.fill(grouped(&places).into_iter(), |(place, at)| Place {
            name: place.name.as_ref().map(|name| cut(name, NAME)),
            by: cut(&place.by, NAME),
            place: cut(&at, NAME),
            remark: cut(&remark(place), SENTENCE),
        });
        UseKind { kind: name(&kind), code, tests, places, more_places, heading: heading(kind) }
    };
    KINDS.into_iter().filter(|kind| uses.count(*kind) != (0, 0)).map(of).collect()
}

pub(super) fn readiness(plan: &Plan) -> Vec<Ready> {
    let of = |one: &plan::Readiness| Ready {
        id: one.id.clone(),
        title: one.title.clone(),
        answer: one.answer.name(),
        why: cut(&one.why, SENTENCE),
        evidence: one.evidence.iter().map(|at| format!("{}:{}", cut(&at.path, NAME), at.line)).collect(),
        floor: one.floor.clone(),
        newer: one.newer.clone(),
    };
    plan.readiness.iter().map(of).collect()
}

impl Versions {
    pub(super) fn text(&self) -> String {
        let mut text = "\nVersions\n".to_owned();
        for one in &self.declared {
            let admits = one.admits.as_ref().map(|newest| format!(", admits up to {newest}")).unwrap_or_default();
            let _ = writeln!(text, "  declared: `{}` in {}{admits}", one.declared, one.place);
        }
        for (how, held) in [("locked", &self.locked), ("installed", &self.installed)] {
            for one in held {
                let _ = writeln!(text, "  {how}: {} {} in {}", one.package, one.version, one.place);
            }
        }
        let more = self.more_declared + self.more_locked + self.more_installed;
        if more > 0 {
            let _ = writeln!(text, "  {more} more, narrow the paths to see them.");
        }
        text
    }
}

/// What the code does and what it is ready for, for people.
pub(super) fn text(plan: &Plan, uses: &[UseKind], readiness: &[Ready]) -> String {
    let mut text = format!(
        "\nInventory\n  servers speak {}; clients speak {}\n",
        split(plan, Kind::ServerTransport),
        split(plan, Kind::ClientTransport)
    );
    for one in uses {
        let in_tests = if one.tests > 0 { format!(", {} in tests", one.tests) } else { String::new() };
        let place = |place: &Place| {
            let name = place.name.as_deref().unwrap_or(&place.by);
            format!("`{name}` in {}", place.place)
        };
        let places: Vec<String> = one.places.iter().take(NAMED).map(place).collect();
        let colon = if places.is_empty() { "" } else { ": " };
        let more = if one.places.len() > NAMED || one.more_places > 0 { ", …" } else { "" };
        let _ = writeln!(text, "  {} ({}{in_tests}){colon}{}{more}", one.heading, one.code, places.join(", "));
    }
    text.push_str("\nReadiness for 2026-07-28\n");
    for one in readiness {
        let floor = one.floor.as_deref().unwrap_or("never in 1.x");
        let _ = writeln!(text, "  {}: {}: {} ({floor}; {} in 2.x)", one.answer, one.title, one.why, one.newer);
    }
    text
}
