//! Decides where each transport setting of a server goes: which start takes it, what its value is there, and how that can
//! be said where the start stands.

use std::collections::{BTreeMap, BTreeSet};

use super::link::{Home, Server};
use super::write::{self, Added, Edits, Pending};
use super::{Place, Reached, Start, Started, Store, Value};
use crate::fix::{Applicability, Fix};
use crate::python::names::Modules;
use crate::source::Span;

/// What both HTTP transports take.
pub(crate) const BOTH: [&str; 4] = ["host", "port", "transport_security", "max_request_body_size"];
/// What only the transport by server-sent events takes.
pub(crate) const SSE: [&str; 2] = ["sse_path", "message_path"];
/// What only streamable HTTP takes.
pub(crate) const HTTP: [&str; 7] = [
    "streamable_http_path",
    "json_response",
    "stateless_http",
    "event_store",
    "retry_interval",
    "session_idle_timeout",
    "max_sessions",
];
/// Hosts for which both majors protect against DNS rebinding.
pub(crate) const LOCAL: [&str; 3] = ["127.0.0.1", "localhost", "::1"];

/// What the settings are that nobody sets, where that is one word.
const DEFAULTS: [(&str, &str); 7] = [
    ("host", "\"127.0.0.1\""),
    ("port", "8000"),
    ("sse_path", "\"/sse\""),
    ("message_path", "\"/messages/\""),
    ("streamable_http_path", "\"/mcp\""),
    ("json_response", "False"),
    ("stateless_http", "False"),
];

pub(super) fn is_setting(name: &str) -> bool {
    BOTH.iter().chain(&SSE).chain(&HTTP).any(|known| *known == name)
}

fn default(name: &str) -> Option<&'static str> {
    DEFAULTS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Where a setting stands among those of a call.
pub(super) fn rank(name: &str) -> usize {
    const ORDER: [&str; 2] = ["host", "port"];
    let all = ORDER.iter().chain(&SSE).chain(&HTTP).chain(&BOTH);
    all.take_while(|known| **known != name).count()
}

/// What was decided on one server.
#[derive(Default)]
pub(super) struct Settled {
    /// The rewrites, each with the modules and bytes it is about.
    pub(super) fixes: Vec<(Fix, Vec<(usize, Span)>)>,
    /// The starts with the settings that they must be given.
    pub(super) lost: Vec<(usize, Span, Vec<String>)>,
}

/// Where a value comes from.
#[derive(Clone, Copy)]
pub(super) enum Source<'m> {
    /// The constructor.
    Made(&'m Value),
    /// An assignment to the settings, in the module of this number.
    Store(usize, &'m Store),
}

/// What a setting is at some place.
enum Effective<'m> {
    Unset,
    Is(Source<'m>),
    /// Assignments that may or may not have run.
    Mixed(Option<Source<'m>>, Vec<(usize, &'m Store)>),
    Unknown,
}

/// Whether the start takes the setting, in the module that the server was given it: of an app the web server has the port.
pub(super) fn takes(start: &Start, name: &str) -> bool {
    let both = BOTH.contains(&name) && !(start.is_app && name == "port");
    match start.started {
        Started::Stdio => false,
        Started::Sse => both || SSE.contains(&name),
        Started::Http => both || HTTP.contains(&name),
        Started::Either { .. } | Started::Unknown => is_setting(name),
    }
}

fn effective<'m>(server: &Server<'m>, name: &str, (home, place): (usize, &Place)) -> Effective<'m> {
    let made = server.made.values.iter().find(|(known, _)| known == name).map(|(_, value)| Source::Made(value));
    let mut now = made;
    let mut mixed: Vec<(usize, &Store)> = Vec::new();
    let mut stores: Vec<_> = server.stores.iter().filter(|(_, store)| store.field == name).copied().collect();
    stores.sort_by_key(|(of, store)| (*of, store.place.at));
    for (of, store) in stores {
        let is_outermost = store.place.scope == 0 && store.place.blocks.len() == 1;
        let made = &server.made.place;
        let is_beside = of == server.home && store.place.scope == made.scope && store.place.blocks == made.blocks;
        let reached = match of == home {
            // What is set where the server is made is set whenever somebody else has it.
            _ if is_beside && (of != home || store.place.scope != place.scope) => Reached::Always,
            // A function that sets something and starts the server does so for itself.
            true if store.place.scope != place.scope && !is_outermost && is_for_itself(server, (of, store)) => {
                Reached::Never
            }
            true => store.place.reaches(place),
            false if is_outermost => Reached::Always,
            false => Reached::Sometimes,
        };
        match reached {
            Reached::Always => {
                now = Some(Source::Store(of, store));
                mixed.clear();
            }
            Reached::Sometimes => mixed.push((of, store)),
            Reached::Never => {}
        }
    }
    if mixed.is_empty() {
        return now.map_or(Effective::Unset, Effective::Is);
    }
    let is_near = |(of, store): &(usize, &Store)| *of == home && store.place.scope == place.scope && !place.is_repeated;
    if mixed.iter().all(is_near) { Effective::Mixed(now, mixed) } else { Effective::Unknown }
}

/// Whether what the store sets is taken by a start of the same function.
fn is_for_itself(server: &Server<'_>, (home, store): (usize, &Store)) -> bool {
    let is_own = |(of, start): &(usize, &Start)| {
        *of == home && start.place.scope == store.place.scope && store.place.reaches(&start.place) != Reached::Never
    };
    server.starts.iter().any(is_own)
}

/// Decides on all settings of `server`.
pub(super) fn settle(modules: &Modules, homes: &[Home<'_>], server: &Server<'_>) -> Settled {
    let mut settled = Settled::default();
    let given = server.made.values.iter().map(|(name, _)| name.as_str());
    let stored = server.stores.iter().map(|(_, store)| store.field.as_str());
    let names: BTreeSet<&str> = given.chain(stored).filter(|name| is_setting(name)).collect();
    let mut edits = Edits::new(modules, homes, server);
    let mut places: Vec<(usize, Span)> = Vec::new();
    let mut added: BTreeMap<(usize, usize), Vec<Added>> = BTreeMap::new();
    let mut lost: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    let mut applicability = if server.is_elsewhere { Applicability::Unsafe } else { Applicability::Safe };
    for name in names {
        let Some(moved) = of_setting(server, name, &mut edits, &mut lost) else { continue };
        for (at, one) in moved.added {
            added.entry(at).or_default().push(one);
        }
        places.extend(moved.places);
        edits.keep(moved.edits);
        if name == "host" && moved.is_stored {
            applicability = Applicability::Unsafe;
        }
    }
    for (at, (home, start)) in server.starts.iter().enumerate() {
        if let Some(names) = lost.remove(&(*home, at)) {
            settled.lost.push((*home, start.name, names));
        }
        if let Some(mut all) = added.remove(&(*home, at)) {
            all.sort_by_key(|one| rank(&one.name));
            edits.start(*home, start, &all);
            places.push((*home, start.name));
        }
    }
    // Without any start in sight the settings would only be thrown away.
    if !places.is_empty() && !server.starts.is_empty() {
        let title = "give the transport its settings where the server is started".to_owned();
        settled.fixes.extend(edits.fix(title, applicability).map(|fix| (fix, places)));
    }
    settled.fixes.extend(unused_port(modules, homes, server));
    settled.fixes.extend(defaults(modules, homes, server));
    settled
}

/// The rewrite of a port that nothing uses: the server is only ever made an app of, somewhere it cannot be followed to, and of
/// an app the web server alone has the port.
fn unused_port(modules: &Modules, homes: &[Home<'_>], server: &Server<'_>) -> Option<(Fix, Vec<(usize, Span)>)> {
    let is_used = !server.starts.is_empty() || !server.stores.is_empty() || !server.reads.is_empty();
    if is_used || !server.is_only_app {
        return None;
    }
    let (port, _) = server.made.arguments.iter().find(|(_, keyword)| keyword.as_deref() == Some("port"))?;
    let mut edits = Edits::new(modules, homes, server);
    let mut pending = Pending::default();
    pending.gone.push(*port);
    edits.keep(pending);
    let title = "drop `port`, which the web server of an app has to itself".to_owned();
    let fix = edits.fix(title, Applicability::Unsafe)?;
    Some((fix, vec![(server.home, Span::new(port.start, port.start + "port".len()))]))
}

/// One setting, moved.
struct Moved {
    added: Vec<((usize, usize), Added)>,
    places: Vec<(usize, Span)>,
    edits: write::Pending,
    is_stored: bool,
}

/// Where one setting goes; `None` when it has to stay.
fn of_setting<'m>(
    server: &Server<'m>,
    name: &str,
    edits: &mut Edits<'_, 'm>,
    lost: &mut BTreeMap<(usize, usize), Vec<String>>,
) -> Option<Moved> {
    let mut moved = Moved { added: Vec::new(), places: Vec::new(), edits: Pending::default(), is_stored: false };
    let mut wanted: Vec<((usize, usize), &Start, Effective<'m>)> = Vec::new();
    let mut fails = false;
    for (at, (home, start)) in server.starts.iter().enumerate() {
        if !takes(start, name) || start.arguments.iter().any(|(_, keyword)| keyword.as_deref() == Some(name)) {
            continue;
        }
        // Whether an app is protected was decided when the server was made.
        let found = match effective(server, name, (*home, &start.place)) {
            Effective::Unset => continue,
            _ if name == "host" && start.is_app => match host_of_app(server, edits, start) {
                Some(source) => Effective::Is(source),
                None => continue,
            },
            found => found,
        };
        lost.entry((*home, at)).or_default().push(name.to_owned());
        fails |= start.is_open || !write::is_writable(start, name) || matches!(found, Effective::Unknown);
        wanted.push(((*home, at), start, found));
    }
    if fails {
        return None;
    }
    let mixed: Vec<&Store> = wanted
        .iter()
        .flat_map(|(.., found)| match found {
            Effective::Mixed(_, stores) => stores.iter().map(|(_, store)| *store).collect(),
            _ => Vec::new(),
        })
        .collect();
    let is_mixed = |store: &Store| mixed.iter().any(|one| std::ptr::eq(*one, store));
    let read: Vec<_> = server.reads.iter().filter(|(_, read)| read.field == name).collect();
    let count = wanted.len() + read.len();
    let said = |found: &Effective<'m>, place: (usize, &Place, Span), moved: &mut Moved| match found {
        // An assignment that becomes one of a variable no longer has a value to give.
        Effective::Is(Source::Store(_, store)) if is_mixed(store) => None,
        Effective::Is(source) => edits.said(*source, name, place, count, &mut moved.edits),
        Effective::Mixed(before, stores) => {
            let before = match before {
                Some(source) => edits.said(*source, name, place, count, &mut moved.edits)?,
                None => default(name)?.to_owned(),
            };
            edits.variable(name, &before, (place.0, place.1), stores, &mut moved.edits)
        }
        Effective::Unset | Effective::Unknown => None,
    };
    let mut comments = edits.comments(name);
    for ((home, at), start, found) in &wanted {
        let text = said(found, (*home, &start.place, start.receiver), &mut moved)?;
        let (above, beside) = comments.take().unwrap_or_default();
        moved.added.push(((*home, *at), Added { name: name.to_owned(), text, above, beside }));
    }
    // What is read of it afterwards could no longer be told.
    for (home, read) in read {
        let found = effective(server, name, (*home, &read.place));
        let text = said(&found, (*home, &read.place, read.receiver), &mut moved)?;
        let (at, text) = write::read(read, &text)?;
        moved.edits.plain.push((*home, at, text));
        moved.places.push((*home, read.name));
    }
    moved.is_stored = server.stores.iter().any(|(_, store)| store.field == name);
    for (argument, keyword) in &server.made.arguments {
        if keyword.as_deref() == Some(name) {
            moved.edits.gone.push(*argument);
            moved.places.push((server.home, Span::new(argument.start, argument.start + name.len())));
        }
    }
    for (home, store) in server.stores.iter().filter(|(_, store)| store.field == name) {
        moved.places.push((*home, store.name));
        if !moved.edits.renames(*home, store.target) {
            moved.edits.stores.push((*home, store.statement));
        }
    }
    Some(moved)
}

/// The host that decides on the protection of an app; none where that is the default, or something else decides.
fn host_of_app<'m>(server: &Server<'m>, edits: &Edits<'_, 'm>, start: &Start) -> Option<Source<'m>> {
    let given = |wanted: &str| server.made.values.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
    let passes = start.arguments.iter().any(|(_, keyword)| keyword.as_deref() == Some("transport_security"));
    let host = given("host").filter(|_| given("transport_security").is_none() && !passes)?;
    let text = edits.text(server.home, host.span);
    let is_local = host.is_literal && LOCAL.contains(&text.trim_matches(['"', '\'']));
    (!is_local).then_some(Source::Made(host))
}

/// The rewrites of what reads a setting that nobody sets: its default instead.
fn defaults(modules: &Modules, homes: &[Home<'_>], server: &Server<'_>) -> Vec<(Fix, Vec<(usize, Span)>)> {
    let mut fixes = Vec::new();
    let is_given = |name: &str| {
        let mut passed = server.starts.iter().flat_map(|(_, start)| &start.arguments);
        server.made.values.iter().any(|(known, _)| known == name)
            || server.made.is_open
            || server.stores.iter().any(|(_, store)| store.field == name)
            || passed.any(|(_, keyword)| keyword.as_deref() == Some(name))
            || server.starts.iter().any(|(_, start)| start.is_open)
    };
    for (home, read) in server.reads.iter().filter(|(_, read)| !is_given(&read.field)) {
        let Some(text) = default(&read.field) else { continue };
        let Some((at, text)) = write::read(read, text) else { continue };
        let mut edits = Edits::new(modules, homes, server);
        let mut pending = Pending::default();
        pending.plain.push((*home, at, text));
        edits.keep(pending);
        let title = format!("write what `{}` was by default", read.field);
        let applicability = if server.is_elsewhere { Applicability::Unsafe } else { Applicability::Safe };
        fixes.extend(edits.fix(title, applicability).map(|fix| (fix, vec![(*home, read.name)])));
    }
    fixes
}
