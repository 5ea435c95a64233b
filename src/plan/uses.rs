//! What the code of a tree does with the SDK, by kind: the inventory.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::telling;
use crate::portrait::{Kind, Placed, Transport};
use crate::report::Report;

/// What the code does with the SDK.
#[derive(Debug, Serialize)]
pub struct Uses {
    /// How many places of each kind, in the order of the kinds.
    pub counts: Vec<Count>,
    /// How many transports of each kind there are on either side.
    pub transports: Vec<TransportCount>,
    /// The places, by kind, file and line.
    pub places: Vec<Use>,
}

/// How many places of one kind.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Count {
    /// The kind.
    pub kind: Kind,
    /// In code.
    pub code: usize,
    /// In tests.
    pub tests: usize,
}

/// How many transports.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TransportCount {
    /// [`Kind::ServerTransport`] or [`Kind::ClientTransport`].
    pub side: Kind,
    /// Which.
    pub transport: Transport,
    /// In code.
    pub code: usize,
    /// In tests.
    pub tests: usize,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Use {
    /// What it is.
    pub kind: Kind,
    /// What it is called, where the text tells.
    pub name: Option<String>,
    /// What of the SDK is used or, where a rule knows of the place, the rule.
    pub by: String,
    /// How messages travel, for transports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transport: Option<Transport>,
    /// The arguments that say how, as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<(String, String)>,
    /// The file, as shown.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// Whether it stands in tests.
    pub in_tests: bool,
}

/// The rules that tell of something that lives as long as a session.
const SESSION_RULES: [&str; 11] = [
    "endpoint-methods",
    "handshake-state",
    "lifespan-over-http",
    "resumability",
    "session-as-key",
    "session-header",
    "session-id-callback",
    "state-per-request",
    "stateful-mode",
    "sticky-routing",
    "progress-token-gate",
];

/// Parts of the names of variables that authorization is set up with.
const HINTS: [&str; 10] =
    ["OAUTH", "OIDC", "CLIENT_ID", "CLIENT_SECRET", "ISSUER", "JWKS", "JWT", "AUDIENCE", "REDIRECT_URI", "AUTH_"];

impl Uses {
    /// The places of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Use> {
        self.places.iter().filter(move |place| place.kind == kind)
    }

    /// How many places of one kind stand in code, and how many in tests.
    pub fn count(&self, kind: Kind) -> (usize, usize) {
        self.counts.iter().find(|count| count.kind == kind).map_or((0, 0), |count| (count.code, count.tests))
    }
}

/// Whether a file is one of tests, by its path.
pub(super) fn is_test(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    folders.split('/').any(|folder| matches!(folder, "tests" | "test" | "testing" | "__tests__"))
        || stem == "conftest"
        || stem.starts_with("test_")
        || stem.ends_with("_test")
}

/// Whether a file is prose, which shows how something may be done and does nothing.
pub(super) fn is_prose(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    matches!(ending.to_ascii_lowercase().as_str(), "md" | "mdx" | "rst" | "adoc" | "txt")
}

/// Where a server keeps sessions because nobody told it otherwise.
fn kept_in_memory(shown: &[Placed]) -> Vec<Use> {
    let set = |one: &Placed| ["stateless_http", "stateless"].iter().any(|name| one.fact.setting(name).is_some());
    if shown.iter().any(|one| !is_test(&one.path) && set(one)) {
        return Vec::new();
    }
    let keeps = |one: &&Placed| {
        let over = one.fact.transport.filter(|_| one.fact.kind == Kind::ServerTransport);
        matches!(over, Some(Transport::Http | Transport::Sse)) && one.path.ends_with(".py")
    };
    let kept = |one: &Placed| Use {
        kind: Kind::SessionState,
        name: Some("sessions in the memory of the process".to_owned()),
        ..of_code(one)
    };
    shown.iter().filter(keeps).map(kept).collect()
}

/// What `shown` and the findings about sessions amount to.
pub(super) fn uses(shown: &[Placed], report: &Report) -> Uses {
    let with_auth: BTreeSet<&str> = shown
        .iter()
        .filter(|one| matches!(one.fact.kind, Kind::AuthImport | Kind::AuthConfiguration))
        .map(|one| one.path.as_str())
        .collect();
    let is_about = |one: &&Placed| {
        one.fact.kind != Kind::Environment
            || with_auth.contains(one.path.as_str())
            || one.fact.name.as_ref().is_some_and(|name| HINTS.iter().any(|hint| name.to_uppercase().contains(hint)))
    };
    let mut places: Vec<Use> = shown.iter().filter(is_about).map(of_code).collect();
    places.extend(kept_in_memory(shown));
    let about_sessions =
        telling(report).filter(|one| SESSION_RULES.contains(&one.name.as_str()) && !is_prose(&one.path));
    places.extend(about_sessions.map(|finding| Use {
        kind: Kind::SessionState,
        name: None,
        by: format!("{} {}", finding.rule, finding.name),
        transport: None,
        settings: Vec::new(),
        path: finding.path.clone(),
        line: finding.start.line,
        in_tests: is_test(&finding.path),
    }));
    places.sort_by(|one, other| {
        (one.kind, one.in_tests, &one.path, one.line).cmp(&(other.kind, other.in_tests, &other.path, other.line))
    });
    places.dedup();
    let mut counts: BTreeMap<Kind, (usize, usize)> = BTreeMap::new();
    let mut transports: BTreeMap<(Kind, Transport), (usize, usize)> = BTreeMap::new();
    for place in &places {
        let add = |count: &mut (usize, usize)| if place.in_tests { count.1 += 1 } else { count.0 += 1 };
        add(counts.entry(place.kind).or_default());
        let is_transport = matches!(place.kind, Kind::ServerTransport | Kind::ClientTransport);
        if let Some(transport) = place.transport.filter(|_| is_transport) {
            add(transports.entry((place.kind, transport)).or_default());
        }
    }
    let transports = transports.into_iter();
    let transport = |((side, transport), (code, tests)): ((Kind, Transport), (usize, usize))| TransportCount {
        side,
        transport,
        code,
        tests,
    };
    Uses {
        counts: counts.into_iter().map(|(kind, (code, tests))| Count { kind, code, tests }).collect(),
        transports: transports.map(transport).collect(),
        places,
    }
}

fn of_code(one: &Placed) -> Use {
    Use {
        kind: one.fact.kind,
        name: one.fact.name.clone(),
        by: one.fact.by.clone(),
        transport: one.fact.transport,
        settings: one.fact.settings.clone(),
        path: one.path.clone(),
        line: one.start.line,
        in_tests: is_test(&one.path),
    }
}

#[cfg(test)]
mod tests {
    use super::is_test;

    #[test]
    fn tests_are_told_by_their_paths() {
        for path in ["tests/a.py", "src/x/test_a.py", "a/conftest.py", "crates/x/tests/y.rs"] {
            assert!(is_test(path), "{path}");
        }
        for path in ["src/testimony.py", "src/a.py", "latest/a.py"] {
            assert!(!is_test(path), "{path}");
        }
    }
}
