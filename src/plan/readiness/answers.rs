//! The answers, each read off what the code shows, what a scan finds in it, and which releases can be installed.

use std::collections::BTreeSet;
use std::str::FromStr;

use pep440_rs::Version;

use super::{Answer, Entry, Evidence, MAX_EVIDENCE, Readiness};
use crate::finding::Finding;
use crate::plan::Versions;
use crate::portrait::{Fact, Kind, Placed, Transport};

/// An answer on its way.
type Found = (Answer, String, Vec<Evidence>);

/// What the answers are read off.
pub(super) struct Tree<'p> {
    pub(super) shown: Vec<&'p Placed>,
    pub(super) findings: Vec<&'p Finding>,
    pub(super) versions: &'p Versions,
    /// Whether Python code uses the SDK at all.
    pub(super) has_python: bool,
}

fn placed(one: &&Placed) -> Evidence {
    let fact = &one.fact;
    let called = fact.name.as_deref().map(|name| format!(" `{name}`")).unwrap_or_default();
    let set: Vec<String> = fact.settings.iter().take(3).map(|(name, value)| format!("{name}={value}")).collect();
    let set = if set.is_empty() { String::new() } else { format!(" ({})", set.join(", ")) };
    Evidence { path: one.path.clone(), line: one.start.line, what: format!("`{}`{called}{set}", fact.by) }
}

fn evidence(places: &[&Placed]) -> Vec<Evidence> {
    places.iter().map(placed).collect()
}

fn found(one: &&Finding) -> Evidence {
    Evidence { path: one.path.clone(), line: one.start.line, what: format!("{} {}", one.rule, one.name) }
}

impl Tree<'_> {
    pub(super) fn answered(&self, entry: Entry) -> Readiness {
        let (answer, why, mut evidence) = match entry.id.as_str() {
            "oauth-2.1" => self.oauth(),
            "client-metadata-documents" => self.metadata_documents(),
            "issuer" => self.issuer(&entry),
            "resource-client" => self.resource_client(&entry),
            "resource-server" => self.resource_server(),
            "resource-metadata" => self.resource_metadata(),
            "stateless" => self.stateless(),
            "request-headers" => self.headers(&entry),
            "discovery" => self.discovery(&entry),
            _ => (Answer::Unknown, "nothing is known of it".to_owned(), Vec::new()),
        };
        let mut known = BTreeSet::new();
        evidence.retain(|one| known.insert((one.path.clone(), one.line)));
        evidence.truncate(MAX_EVIDENCE);
        Readiness {
            id: entry.id,
            title: entry.title,
            answer,
            why,
            evidence,
            floor: entry.floor.map(|floor| format!(">={floor}")),
            newer: format!(">={}", entry.newer),
            note: entry.note,
            told_by: (entry.symbol, entry.module),
        }
    }

    fn facts(&self, is_it: impl Fn(&Fact) -> bool) -> Vec<&Placed> {
        self.shown.iter().copied().filter(|one| is_it(&one.fact)).collect()
    }

    fn places(&self, is_it: impl Fn(&Fact) -> bool) -> Vec<Evidence> {
        evidence(&self.facts(is_it))
    }

    fn findings(&self, names: &[&str]) -> Vec<Evidence> {
        self.findings.iter().filter(|one| names.contains(&one.name.as_str())).map(found).collect()
    }

    /// Servers and clients that talk over HTTP, or may.
    fn over_http(&self, side: Kind) -> Vec<Evidence> {
        self.places(|fact| fact.kind == side && fact.transport.is_some_and(Transport::may_be_http))
    }

    fn made(&self, name: &str) -> Vec<&Placed> {
        self.facts(|fact| fact.kind == Kind::AuthConfiguration && fact.by.ends_with(name))
    }

    /// Where clients authenticate by the SDK.
    fn providers(&self) -> Vec<&Placed> {
        const ALL: [&str; 3] = ["OAuthClientProvider", "ClientCredentialsOAuthProvider", "PrivateKeyJWTOAuthProvider"];
        self.facts(|fact| fact.kind == Kind::AuthConfiguration && ALL.iter().any(|name| fact.by.ends_with(name)))
    }

    /// No client of this tree authenticates by Python's SDK.
    fn without_provider(&self) -> Found {
        let rust = self.facts(|fact| fact.kind == Kind::AuthConfiguration && fact.by.starts_with("rmcp::"));
        if !rust.is_empty() {
            let why = "clients use the OAuth of the Rust SDK, and what its releases do is not known here";
            return (Answer::Unknown, why.to_owned(), evidence(&rust));
        }
        self.unprotected(Kind::ClientTransport, "client", "OAuth")
    }

    /// No server of this tree is protected by the SDK.
    fn without_settings(&self) -> Found {
        self.unprotected(Kind::ServerTransport, "server", "authorization")
    }

    fn unprotected(&self, side: Kind, who: &str, what: &str) -> Found {
        let http = self.over_http(side);
        if http.is_empty() {
            return (Answer::NotNeeded, format!("no {who} in Python or Rust talks over HTTP here"), http);
        }
        (Answer::Unknown, format!("{who}s talk over HTTP without the SDK's {what}"), http)
    }

    /// Both sides that talk over HTTP, or may.
    fn http(&self) -> Vec<Evidence> {
        [Kind::ServerTransport, Kind::ClientTransport].into_iter().flat_map(|side| self.over_http(side)).collect()
    }

    fn oauth(&self) -> Found {
        // What is merely handed on by `auth=` may be anything that signs requests.
        let is_handed_on = |fact: &Fact| fact.name.as_deref() == Some("auth");
        let set = self.places(|fact| fact.kind == Kind::AuthConfiguration && !is_handed_on(fact));
        let handed_on = self.places(|fact| fact.kind == Kind::AuthConfiguration && is_handed_on(fact));
        if !set.is_empty() {
            return (Answer::Yes, "authorization is set up through the SDK".to_owned(), set);
        }
        if !handed_on.is_empty() {
            return (Answer::Unknown, "whatever is handed on by `auth=` signs the requests".to_owned(), handed_on);
        }
        let http = self.http();
        if http.is_empty() {
            return (Answer::NotNeeded, "nothing in Python or Rust talks over HTTP here".to_owned(), http);
        }
        (Answer::Unknown, "HTTP without the SDK's authorization: open, or protected by something else".to_owned(), http)
    }

    fn metadata_documents(&self) -> Found {
        // The other providers' clients are registered by somebody.
        let (with, without): (Vec<&Placed>, Vec<&Placed>) = self
            .made(".OAuthClientProvider")
            .into_iter()
            .partition(|one| one.fact.setting("client_metadata_url").is_some());
        // A subclass passes what it is given.
        let without: Vec<&Placed> = without.into_iter().filter(|one| one.fact.name.is_none()).collect();
        if !without.is_empty() {
            let why = "clients register themselves: `client_metadata_url` is not passed";
            return (Answer::No, why.to_owned(), evidence(&without));
        }
        if !with.is_empty() {
            return (Answer::Yes, "clients name their metadata document".to_owned(), evidence(&with));
        }
        let registering = self.findings(&["oauth-registration"]);
        if !registering.is_empty() {
            return (Answer::No, "a registration is made by hand".to_owned(), registering);
        }
        let allowed = self.made("ClientRegistrationOptions");
        if !allowed.is_empty() {
            return (Answer::Unknown, "the server registers clients itself".to_owned(), evidence(&allowed));
        }
        let providers = self.providers();
        if !providers.is_empty() {
            return (
                Answer::Unknown,
                "how these clients are registered is not seen here".to_owned(),
                evidence(&providers),
            );
        }
        self.without_provider()
    }

    fn issuer(&self, entry: &Entry) -> Found {
        let pairs = self.findings(&["callback-returns-pair"]);
        if !pairs.is_empty() {
            return (Answer::No, "the callback hands on the code and the state alone".to_owned(), pairs);
        }
        self.by_provider(entry, "the SDK checks what the callback hands on")
    }

    fn resource_client(&self, entry: &Entry) -> Found {
        self.by_provider(entry, "the SDK's client names the resource")
    }

    /// What the SDK's clients do by themselves, from some release on.
    fn by_provider(&self, entry: &Entry, what: &str) -> Found {
        let providers = self.providers();
        if providers.is_empty() {
            return self.without_provider();
        }
        self.by_release(entry, what, evidence(&providers))
    }

    /// What the SDK does by itself, from some release on.
    fn by_release(&self, entry: &Entry, what: &str, evidence: Vec<Evidence>) -> Found {
        let first = entry.floor.as_deref().unwrap_or(&entry.newer);
        let Ok(floor) = Version::from_str(first) else { return (Answer::Unknown, String::new(), evidence) };
        match self.versions.reaches(&floor) {
            Some(true) => (Answer::Yes, format!("{what}, and the release is {first} or later"), evidence),
            Some(false) => (Answer::No, format!("{what} from {first} on; the release here is older"), evidence),
            None => {
                (Answer::Unknown, format!("{what} from {first} on; older releases can be installed here"), evidence)
            }
        }
    }

    fn resource_server(&self) -> Found {
        let settings = self.made("AuthSettings");
        let (checked, unchecked): (Vec<&Placed>, Vec<&Placed>) = settings
            .into_iter()
            .partition(|one| one.fact.setting("validate_token_resource").is_some_and(|value| value == "True"));
        if !unchecked.is_empty() {
            let why = "`validate_token_resource` is not set: tokens for others are taken";
            return (Answer::No, why.to_owned(), evidence(&unchecked));
        }
        if !checked.is_empty() {
            return (Answer::Yes, "tokens for others are refused".to_owned(), evidence(&checked));
        }
        self.without_settings()
    }

    fn resource_metadata(&self) -> Found {
        let settings = self.made("AuthSettings");
        let is_served = |one: &&Placed| one.fact.setting("resource_server_url").is_some_and(|value| value != "None");
        let (served, not): (Vec<&Placed>, Vec<&Placed>) = settings.into_iter().partition(is_served);
        let routes = self.made("create_protected_resource_routes");
        if !not.is_empty() && routes.is_empty() {
            return (Answer::No, "`resource_server_url` is not set, so nothing is served".to_owned(), evidence(&not));
        }
        let served: Vec<&Placed> = served.into_iter().chain(routes).collect();
        if !served.is_empty() {
            return (Answer::Yes, "the server names its authorization server".to_owned(), evidence(&served));
        }
        let providers = self.providers();
        if !providers.is_empty() {
            return (Answer::Yes, "the SDK's client reads them".to_owned(), evidence(&providers));
        }
        self.without_settings()
    }

    fn stateless(&self) -> Found {
        let set_to = |fact: &Fact, wanted: &str| {
            let values = ["stateless_http", "stateless"].iter().filter_map(|name| fact.setting(name));
            fact.kind == Kind::SessionState && values.into_iter().any(|value| value == wanted)
        };
        // Rust says the opposite: whether there are sessions.
        let sessions = |fact: &Fact, wanted: &str| {
            let values =
                ["with_stateful_mode", "with_legacy_session_mode"].iter().filter_map(|name| fact.setting(name));
            values.into_iter().any(|value| value == wanted)
        };
        let on = self.places(|fact| set_to(fact, "True") || sessions(fact, "false"));
        let off = self.places(|fact| set_to(fact, "False") || sessions(fact, "true"));
        let kept = self.findings(&["session-header", "sticky-routing", "session-as-key", "state-per-request"]);
        let http = self.over_http(Kind::ServerTransport);
        if !(kept.is_empty() && off.is_empty()) {
            let why = "something here is kept or routed by session";
            return (Answer::No, why.to_owned(), kept.into_iter().chain(off).collect());
        }
        if !on.is_empty() {
            return (Answer::Yes, "sessions are switched off".to_owned(), on);
        }
        if http.is_empty() {
            return (Answer::NotNeeded, "no server in Python or Rust talks over HTTP here".to_owned(), http);
        }
        let set = self.places(|fact| {
            let is_named = fact.name.as_deref().is_some_and(|name| name.starts_with("stateless"));
            fact.kind == Kind::SessionState && is_named
        });
        if !set.is_empty() {
            return (Answer::Unknown, "whether sessions are kept is told when it runs".to_owned(), set);
        }
        let switch = if self.has_python { "`stateless_http` is not set" } else { "nothing switches them off" };
        (Answer::No, format!("the server keeps sessions: {switch}"), http)
    }

    fn headers(&self, entry: &Entry) -> Found {
        let stopped = self.findings(&["cors-allow-list", "forwarded-headers", "new-headers"]);
        if !stopped.is_empty() {
            return (Answer::No, "a list of headers leaves them out".to_owned(), stopped);
        }
        let http = self.http();
        if http.is_empty() {
            return (Answer::NotNeeded, "nothing in Python or Rust talks over HTTP here".to_owned(), http);
        }
        self.by_newer(entry, "no list of headers here leaves them out; the SDK sends and reads them", http)
    }

    fn discovery(&self, entry: &Entry) -> Found {
        let by_hand = self.findings(&["handshake"]);
        if !by_hand.is_empty() {
            return (Answer::No, "a handshake is made by hand".to_owned(), by_hand);
        }
        let ends = self.places(|fact| matches!(fact.kind, Kind::Server | Kind::Client));
        if ends.is_empty() {
            return (Answer::NotNeeded, "no server and no client in Python or Rust is made here".to_owned(), ends);
        }
        self.by_newer(entry, "the SDK answers it and asks it", ends)
    }

    /// The same for what only the newer SDK does; another SDK than Python's is not known here.
    fn by_newer(&self, entry: &Entry, what: &str, evidence: Vec<Evidence>) -> Found {
        if self.has_python {
            return self.by_release(entry, what, evidence);
        }
        (Answer::Unknown, "which release of this SDK does so is not known here".to_owned(), evidence)
    }
}
