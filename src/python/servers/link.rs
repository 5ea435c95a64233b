//! Brings together what the modules of a project say of one server: where it is made, where it is started, and what
//! happens to its settings in between.

use std::collections::{BTreeMap, HashMap};

use super::passed::is_of_its_own;
use super::settle::settle;
use super::{Key, Made, Read, Servers, Start, Store};
use crate::fix::Fix;
use crate::python::names::Modules;
use crate::source::Span;

/// What a server is made with, by any public path of either major.
const CLASSES: [&str; 6] = [
    "mcp.server.FastMCP",
    "mcp.server.fastmcp.FastMCP",
    "mcp.server.fastmcp.server.FastMCP",
    "mcp.server.MCPServer",
    "mcp.server.mcpserver.MCPServer",
    "mcp.server.mcpserver.server.MCPServer",
];

/// A module that says something of servers.
#[derive(Clone, Copy)]
pub(super) struct Home<'m> {
    pub(super) path: &'m str,
    pub(super) says: &'m Servers,
}

/// One server, with all that the project does with it. The numbers are those of the modules.
pub(super) struct Server<'m> {
    pub(super) home: usize,
    pub(super) made: &'m Made,
    pub(super) starts: Vec<(usize, &'m Start)>,
    pub(super) stores: Vec<(usize, &'m Store)>,
    pub(super) reads: Vec<(usize, &'m Read)>,
    /// The call of the project's own function or class that gave the server, for a receiver of a start or a read, or the
    /// target of a store, by the module.
    pub(super) via: HashMap<(usize, Span), (usize, &'m Made)>,
    /// It may be started by somebody who cannot be seen.
    pub(super) is_elsewhere: bool,
    /// If so, then as an app alone: nothing in the project runs a server over HTTP that could be this one.
    pub(super) is_only_app: bool,
}

impl<'m> Server<'m> {
    fn new(home: usize, made: &'m Made) -> Self {
        let (starts, stores, reads) = (Vec::new(), Vec::new(), Vec::new());
        Self { home, made, starts, stores, reads, via: HashMap::new(), is_elsewhere: false, is_only_app: false }
    }
}

/// The rewrites of a project's servers, by the places that they are about.
#[derive(Debug, Default)]
pub(crate) struct Linked {
    fixes: Vec<Fix>,
    /// By the file, and the bytes of a keyword, of a setting's name, or of the name of the method that starts.
    places: HashMap<(String, Span), usize>,
    /// The settings that a call must be given whose server another module makes, by the file and the method's name.
    lost: BTreeMap<(String, Span), Vec<String>>,
}

impl Linked {
    /// The rewrite that is about the name at `span` of `file`.
    pub(crate) fn fix(&self, file: &str, span: Span) -> Option<&Fix> {
        self.fixes.get(*self.places.get(&(file.to_owned(), span))?)
    }

    /// The calls of `file` that start servers of other modules, with the settings that they must be given.
    pub(crate) fn lost(&self, file: &str) -> impl Iterator<Item = (Span, &[String])> {
        let start = (file.to_owned(), Span::empty(0));
        let found = self.lost.range(start..).take_while(move |((of, _), _)| of == file);
        found.map(|((_, span), names)| (*span, names.as_slice()))
    }
}

/// Brings together what the modules say.
pub(crate) fn link(modules: &Modules) -> Linked {
    let mut homes: Vec<Home<'_>> =
        modules.servers().map(|(path, says)| Home { path, says }).filter(|home| !home.says.text.is_empty()).collect();
    homes.sort_by_key(|home| home.path);
    let canonical = |home: usize, key: &Key| -> Vec<String> {
        let of = |one: &String| {
            if one.contains('#') { vec![one.clone()] } else { modules.canonical(one, homes[home].path) }
        };
        key.iter().flat_map(of).collect()
    };
    let mut by_key: HashMap<String, Option<usize>> = HashMap::new();
    // How often each is bound.
    let mut of_one: HashMap<String, usize> = HashMap::new();
    let mut servers: Vec<Server<'_>> = Vec::new();
    for (home, of) in homes.iter().enumerate() {
        for made in &of.says.made {
            let is_server = is_server(modules, of.path, made);
            for key in canonical(home, &made.key) {
                *of_one.entry(key.clone()).or_default() += 1;
                match by_key.get(&key) {
                    // Of what is bound twice it cannot be told which is meant.
                    Some(_) => {
                        by_key.insert(key, None);
                    }
                    None => {
                        by_key.insert(key, is_server.then_some(servers.len()));
                    }
                }
            }
            if is_server {
                servers.push(Server::new(home, made));
            }
        }
    }
    // What a function makes and returns is known to its callers by what they bind it to.
    let mut returned: HashMap<&str, Option<usize>> = HashMap::new();
    for (home, of) in homes.iter().enumerate() {
        for (function, key) in &of.says.returns {
            let found = canonical(home, key).iter().find_map(|key| by_key.get(key).copied().flatten());
            let known = returned.entry(function).or_insert(found);
            *known = known.filter(|known| Some(*known) == found);
        }
    }
    // So is what the project's own class hands to the constructor above its own.
    for (at, server) in servers.iter().enumerate().filter(|(_, server)| server.made.is_super) {
        if let Some(class) = &server.made.within {
            returned.entry(class).and_modify(|known| *known = None).or_insert(Some(at));
        }
    }
    let mut through: HashMap<String, (usize, &Made)> = HashMap::new();
    for (home, of) in homes.iter().enumerate() {
        for made in &of.says.made {
            let paths = made.callee.iter().flat_map(|path| modules.canonical(path, of.path));
            let Some(server) = paths.filter_map(|path| returned.get(path.as_str()).copied().flatten()).next() else {
                continue;
            };
            let mut keys = canonical(home, &made.key).into_iter();
            if keys.clone().all(|key| of_one.get(&key) == Some(&1)) {
                keys.by_ref().for_each(|key| {
                    through.insert(key.clone(), (home, made));
                    by_key.insert(key, Some(server));
                });
            } else {
                servers[server].is_elsewhere = true;
            }
        }
    }
    let find = |home: usize, key: &Key| canonical(home, key).iter().find_map(|key| by_key.get(key).copied().flatten());
    let via = |home: usize, key: &Key| canonical(home, key).iter().find_map(|key| through.get(key).copied());
    let (mut is_unknown, mut is_run, mut is_app) = (false, false, false);
    for (at, home) in homes.iter().enumerate() {
        is_unknown |= home.says.starts_unknown;
        is_run |= home.says.starts_unknown;
        for start in &home.says.starts {
            match find(at, &start.key) {
                Some(server) => {
                    servers[server].starts.push((at, start));
                    servers[server].via.extend(via(at, &start.key).map(|via| ((at, start.receiver), via)));
                }
                None => {
                    is_unknown |= start.is_certain;
                    is_app |= start.is_app;
                    is_run |= start.is_certain && !start.is_app;
                }
            }
        }
        for store in &home.says.stores {
            if let Some(server) = find(at, &store.key) {
                servers[server].stores.push((at, store));
                servers[server].via.extend(via(at, &store.key).map(|via| ((at, store.target), via)));
            }
        }
        for read in &home.says.reads {
            if let Some(server) = find(at, &read.key) {
                servers[server].reads.push((at, read));
                servers[server].via.extend(via(at, &read.key).map(|via| ((at, read.receiver), via)));
            }
        }
    }
    for (at, home) in homes.iter().enumerate().filter(|_| is_unknown) {
        for key in &home.says.handed {
            if let Some(server) = find(at, key) {
                servers[server].is_elsewhere = true;
            }
        }
    }
    servers.iter_mut().for_each(|server| server.is_only_app = is_app && !is_run);
    let mut linked = Linked::default();
    for server in &servers {
        if server.made.is_super && server.made.within.as_deref().is_none_or(|class| is_of_its_own(modules, class)) {
            continue;
        }
        // What is bound twice is not rewritten.
        if !canonical(server.home, &server.made.key).iter().all(|key| by_key.get(key).copied().flatten().is_some()) {
            continue;
        }
        let settled = settle(modules, &homes, server);
        for (home, start, names) in settled.lost {
            let is_passed_on =
                server.made.is_super || server.made.values.iter().any(|(_, value)| !value.parameters.is_empty());
            if home != server.home || is_passed_on {
                linked.lost.insert((homes[home].says.file.clone(), start), names);
            }
        }
        for (fix, places) in settled.fixes {
            for (home, span) in places {
                linked.places.insert((homes[home].says.file.clone(), span), linked.fixes.len());
            }
            linked.fixes.push(fix);
        }
    }
    linked
}

/// Whether the call makes a server: its class, or one of the project below it that has no constructor of its own.
/// Whether the project makes a server that is known by `path`, which is canonical.
pub(crate) fn makes_server(modules: &Modules, path: &str) -> bool {
    modules.servers().any(|(home, says)| {
        let mut made = says.made.iter().filter(|made| is_known_by(modules, home, &made.key, path));
        made.any(|made| is_server(modules, home, made))
    })
}

/// Whether what the module `home` knows by `key` is what is at `path`.
fn is_known_by(modules: &Modules, home: &str, key: &Key, path: &str) -> bool {
    let mut keys = key.iter().filter(|one| !one.contains('#'));
    keys.any(|one| modules.canonical(one, home).iter().any(|known| known == path))
}

impl Servers {
    /// What the module `home` gives the server at `path`: the keywords it is made with, and the settings assigned to.
    pub(crate) fn given<'s>(&'s self, modules: &Modules, home: &str, path: &str) -> Vec<&'s str> {
        let made = self.made.iter().filter(|made| is_known_by(modules, home, &made.key, path));
        let keywords = made.flat_map(|made| made.values.iter().map(|(name, _)| name.as_str()));
        let stores = self.stores.iter().filter(|store| is_known_by(modules, home, &store.key, path));
        keywords.chain(stores.map(|store| store.field.as_str())).collect()
    }
}

fn is_server(modules: &Modules, from: &str, made: &Made) -> bool {
    let is_class = |path: &str| CLASSES.contains(&path);
    if made.is_super {
        let above = made.within.as_ref().map(|class| modules.ancestors(class)).unwrap_or_default();
        let own = |class: &String| modules.methods(class).is_some_and(|all| all.iter().any(|name| name == "__init__"));
        return above.iter().any(|one| is_class(one)) && !above.iter().any(own);
    }
    made.callee.iter().flat_map(|path| modules.canonical(path, from)).any(|path| {
        let own = |class: &str| modules.methods(class).is_some_and(|all| all.iter().any(|name| name == "__init__"));
        let above = modules.ancestors(&path);
        is_class(&path) || (above.iter().any(|one| is_class(one)) && !own(&path) && !above.iter().any(|one| own(one)))
    })
}
