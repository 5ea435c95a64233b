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
        self.facts(is_it).iter().map(placed).collect()
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

    fn providers(&self) -> Vec<&Placed> {
        self.facts(|fact| fact.kind == Kind::AuthConfiguration && fact.by.ends_with("OAuthClientProvider"))
    }

    /// No client of this tree authenticates by the SDK.
    fn without_provider(&self) -> Found {
        let http = self.over_http(Kind::ClientTransport);
        if http.is_empty() {
            (Answer::NotNeeded, "no client in Python or Rust talks over HTTP here".to_owned(), Vec::new())
        } else {
            (Answer::Unknown, "clients talk over HTTP without the SDK's OAuth".to_owned(), http)
        }
    }

    /// No server of this tree is protected by the SDK.
    fn without_settings(&self) -> Found {
        let http = self.over_http(Kind::ServerTransport);
        if http.is_empty() {
            (Answer::NotNeeded, "no server in Python or Rust talks over HTTP here".to_owned(), Vec::new())
        } else {
            (Answer::Unknown, "servers talk over HTTP without the SDK's authorization".to_owned(), http)
        }
    }

    fn oauth(&self) -> Found {
        // What is merely handed on by `auth=` may be anything that signs requests.
        let is_handed_on = |fact: &Fact| fact.name.as_deref() == Some("auth");
        let set = self.places(|fact| fact.kind == Kind::AuthConfiguration && !is_handed_on(fact));
        let handed_on = self.places(|fact| fact.kind == Kind::AuthConfiguration && is_handed_on(fact));
        if set.is_empty() && !handed_on.is_empty() {
            return (Answer::Unknown, "whatever is handed on by `auth=` signs the requests".to_owned(), handed_on);
        }
        if !set.is_empty() {
            return (Answer::Yes, "authorization is set up through the SDK".to_owned(), set);
        }
        let mut http = self.over_http(Kind::ServerTransport);
        http.extend(self.over_http(Kind::ClientTransport));
        if http.is_empty() {
            return (Answer::NotNeeded, "nothing in Python or Rust talks over HTTP here".to_owned(), http);
        }
        (Answer::Unknown, "HTTP without the SDK's authorization: open, or protected by something else".to_owned(), http)
    }

    fn metadata_documents(&self) -> Found {
        let providers = self.providers();
        let (with, without): (Vec<&Placed>, Vec<&Placed>) =
            providers.into_iter().partition(|one| one.fact.setting("client_metadata_url").is_some());
        if let Some(first) = without.first()
            && first.fact.name.is_none()
        {
            let evidence = without.iter().map(placed).collect();
            return (
                Answer::No,
                "clients register themselves: `client_metadata_url` is not passed".to_owned(),
                evidence,
            );
        }
        if !with.is_empty() {
            return (Answer::Yes, "clients name their metadata document".to_owned(), with.iter().map(placed).collect());
        }
        let registering = self.findings(&["oauth-registration"]);
        if !registering.is_empty() {
            return (Answer::No, "a registration is made by hand".to_owned(), registering);
        }
        let allowed = self.made("ClientRegistrationOptions");
        if !allowed.is_empty() {
            let evidence = allowed.iter().map(placed).collect();
            return (Answer::Unknown, "the server registers clients itself".to_owned(), evidence);
        }
        self.without_provider()
    }

    fn issuer(&self, entry: &Entry) -> Found {
        let pairs = self.findings(&["callback-returns-pair"]);
        if !pairs.is_empty() {
            return (Answer::No, "the callback hands on the code and the state alone".to_owned(), pairs);
        }
        let providers: Vec<Evidence> = self.providers().iter().map(placed).collect();
        if providers.is_empty() {
            return self.without_provider();
        }
        self.by_release(entry, "the SDK checks what the callback hands on", providers)
    }

    fn resource_client(&self, entry: &Entry) -> Found {
        let providers: Vec<Evidence> = self.providers().iter().map(placed).collect();
        if providers.is_empty() {
            return self.without_provider();
        }
        self.by_release(entry, "the SDK's client names the resource", providers)
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
            let evidence = unchecked.iter().map(placed).collect();
            return (
                Answer::No,
                "`validate_token_resource` is not set: tokens for others are taken".to_owned(),
                evidence,
            );
        }
        if !checked.is_empty() {
            return (Answer::Yes, "tokens for others are refused".to_owned(), checked.iter().map(placed).collect());
        }
        self.without_settings()
    }

    fn resource_metadata(&self) -> Found {
        let settings = self.made("AuthSettings");
        let is_served = |one: &&Placed| one.fact.setting("resource_server_url").is_some_and(|value| value != "None");
        let (served, not): (Vec<&Placed>, Vec<&Placed>) = settings.into_iter().partition(is_served);
        let routes = self.made("create_protected_resource_routes");
        if !not.is_empty() && routes.is_empty() {
            let evidence = not.iter().map(placed).collect();
            return (Answer::No, "`resource_server_url` is not set, so nothing is served".to_owned(), evidence);
        }
        let served: Vec<Evidence> = served.iter().chain(&routes).map(placed).collect();
        if !served.is_empty() {
            return (Answer::Yes, "the server names its authorization server".to_owned(), served);
        }
        let providers: Vec<Evidence> = self.providers().iter().map(placed).collect();
        if !providers.is_empty() {
            return (Answer::Yes, "the SDK's client reads them".to_owned(), providers);
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
        match (on.is_empty(), kept.is_empty() && off.is_empty(), http.is_empty()) {
            (_, false, _) => {
                let evidence = kept.into_iter().chain(off).collect();
                (Answer::No, "something here is kept or routed by session".to_owned(), evidence)
            }
            (false, true, _) => (Answer::Yes, "sessions are switched off".to_owned(), on),
            (true, true, true) => {
                (Answer::NotNeeded, "no server in Python or Rust talks over HTTP here".to_owned(), Vec::new())
            }
            (true, true, false) => {
                let set = self.places(|fact| {
                    fact.kind == Kind::SessionState
                        && fact.name.as_deref().is_some_and(|name| name.starts_with("stateless"))
                });
                if set.is_empty() {
                    (Answer::No, "the server keeps sessions: `stateless_http` is not set".to_owned(), http)
                } else {
                    (Answer::Unknown, "whether sessions are kept is told when it runs".to_owned(), set)
                }
            }
        }
    }

    fn headers(&self, entry: &Entry) -> Found {
        let stopped = self.findings(&["cors-allow-list", "forwarded-headers", "new-headers"]);
        if !stopped.is_empty() {
            return (Answer::No, "a list of headers leaves them out".to_owned(), stopped);
        }
        let mut http = self.over_http(Kind::ServerTransport);
        http.extend(self.over_http(Kind::ClientTransport));
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
