//! The modules of a project, and where a path leads through them: imports of imports, packages that hand on what their
//! modules define, and the ancestors of classes.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use super::summary::Summary;
use crate::python::http::{Http, Moves, moves};
use crate::python::servers::{Linked, Servers, link, makes_server};

/// How many re-exports are followed before a path is taken as it is: more than anybody chains, and an end to circles.
const MAX_STEPS: usize = 16;

/// The modules of one project.
#[derive(Debug, Default)]
pub struct Modules {
    by_path: HashMap<String, Summary>,
    /// The modules' dotted paths by their last part, to find what an absolute import means.
    by_name: HashMap<String, Vec<String>>,
    /// The classes that declare a name in camelCase, by the name.
    by_camel: HashMap<String, Vec<String>>,
    /// What the modules say of servers, brought together when it is first asked for.
    linked: OnceLock<Linked>,
    /// The same of httpx.
    moves: OnceLock<Moves>,
}

/// How a file is called as a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectModule {
    /// Its dotted path from where everything is shown from, beginning with a colon: `:src.app.server`.
    pub path: String,
    /// The package that its relative imports start from: `:src.app`.
    pub package: String,
}

impl ProjectModule {
    /// The module that the file shown as `path` is.
    pub fn of_file(path: &str) -> Self {
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let dotted = format!(":{}", stem.trim_start_matches(['.', '/']).replace('/', "."));
        match dotted.strip_suffix(".__init__").or_else(|| (dotted == ":__init__").then_some(":")) {
            Some(package) => Self { path: package.to_owned(), package: package.to_owned() },
            None => {
                let package = dotted.rsplit_once('.').map_or(":", |(package, _)| package).to_owned();
                Self { path: dotted, package }
            }
        }
    }
}

impl Modules {
    /// Adds a module.
    pub fn add(&mut self, module: &ProjectModule, summary: Summary) {
        let name = module.path.rsplit(['.', ':']).next().unwrap_or_default().to_owned();
        let known = self.by_name.entry(name).or_default();
        if !known.contains(&module.path) {
            known.push(module.path.clone());
        }
        for (class, found) in &summary.classes {
            for name in &found.camel {
                self.by_camel.entry(name.clone()).or_default().push(format!("{}.{class}", module.path));
            }
        }
        self.by_path.insert(module.path.clone(), summary);
    }

    /// Whether a class of the project that is none of the SDK's declares `name`, which is in camelCase.
    pub fn declares(&self, name: &str) -> bool {
        let mut classes = self.by_camel.get(name).into_iter().flatten();
        classes.any(|class| !self.ancestors(class).iter().any(|base| crate::packages::is_sdk_path(base)))
    }

    /// The project's module that the longest beginning of `path` names, and the rest. `from` is the module that asks:
    /// of several modules of one name the nearest is meant.
    pub(crate) fn split<'p>(&self, path: &'p str, from: &str) -> Option<(&str, &'p str)> {
        let mut end = path.len();
        loop {
            let head = &path[..end];
            if let Some(module) = self.find(head, from) {
                return Some((module, path[end..].trim_start_matches('.')));
            }
            end = head.rfind('.')?;
        }
    }

    fn find(&self, path: &str, from: &str) -> Option<&str> {
        // Files that the repository itself calls `mcp` were set aside before anybody asks.
        if crate::packages::is_sdk_path(path) {
            return None;
        }
        if path.starts_with(':') {
            return self.by_path.get_key_value(path).map(|(path, _)| path.as_str());
        }
        let last = path.rsplit('.').next()?;
        let candidates = self.by_name.get(last)?.iter();
        let suffix = |candidate: &&String| {
            let rest = candidate.strip_suffix(path);
            rest.is_some_and(|rest| rest.ends_with([':', '.']))
        };
        let shared =
            |candidate: &str| candidate.bytes().zip(from.bytes()).take_while(|(one, other)| one == other).count();
        candidates
            .filter(suffix)
            .max_by_key(|candidate| (shared(candidate), std::cmp::Reverse(candidate.len())))
            .map(String::as_str)
    }

    /// The paths that `path`, as the module `from` says it, ends up at outside the project's re-exports. A path that
    /// stays within the project comes back beginning with a colon.
    pub fn canonical(&self, path: &str, from: &str) -> Vec<String> {
        let mut open = vec![(path.to_owned(), from.to_owned())];
        let mut found = BTreeSet::new();
        let mut steps = 0;
        while let Some((path, from)) = open.pop() {
            steps += 1;
            let Some((module, rest)) = (steps <= MAX_STEPS).then(|| self.split(&path, &from)).flatten() else {
                found.insert(path);
                continue;
            };
            let summary = &self.by_path[module];
            let (name, members) = rest.split_once('.').map_or((rest, ""), |(name, members)| (name, members));
            let own = format!("{module}.{name}");
            match summary.names.get(name) {
                _ if name.is_empty() => {
                    found.insert(module.to_owned());
                }
                Some(targets) if targets.iter().any(|target| *target != own) => {
                    for target in targets.iter().filter(|target| **target != own) {
                        let dot = if members.is_empty() { "" } else { "." };
                        open.push((format!("{target}{dot}{members}"), module.to_owned()));
                    }
                }
                Some(_) => {
                    found.insert(format!("{module}.{rest}"));
                }
                None if !summary.stars.is_empty() => {
                    open.extend(summary.stars.iter().map(|star| (format!("{star}.{rest}"), module.to_owned())));
                }
                None => {
                    found.insert(format!("{module}.{rest}"));
                }
            }
        }
        found.into_iter().collect()
    }

    /// The module of the project that `path`, as `from` says it, takes a name of, and the name.
    pub fn owner_of(&self, path: &str, from: &str) -> Option<(String, String)> {
        let (module, rest) = self.split(path, from)?;
        let name = rest.split('.').next().filter(|name| !name.is_empty())?;
        (module != from).then(|| (module.to_owned(), name.to_owned()))
    }

    /// The module of the project that an import of `path` by the module `from` loads, if it is another.
    pub fn loaded_by(&self, path: &str, from: &str) -> Option<&str> {
        self.split(path, from).map(|(module, _)| module).filter(|module| *module != from)
    }

    /// Whether a module of the project that the one at `module` imports, or that those import, may say what tools answer.
    pub(crate) fn imports_output_schema(&self, module: &str) -> bool {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> =
            self.by_path.get_key_value(module).map(|(path, _)| path.as_str()).into_iter().collect();
        while let Some(from) = open.pop() {
            let summary = &self.by_path[from];
            if summary.says_output_schema && from != module {
                return true;
            }
            let imports = summary.imports.iter().chain(&summary.stars);
            let next = imports.filter_map(|path| self.split(path, from)).map(|(module, _)| module);
            open.extend(next.filter(|next| *next != module && seen.insert(next)));
        }
        false
    }

    /// What every module says of servers, in no order.
    pub(crate) fn servers(&self) -> impl Iterator<Item = (&str, &Servers)> {
        self.by_path.iter().map(|(path, summary)| (path.as_str(), &summary.servers))
    }

    /// Whether the project makes a server that is known by `path`, which is canonical.
    pub(crate) fn makes_server(&self, path: &str) -> bool {
        makes_server(self, path)
    }

    /// The rewrites of the project's servers.
    pub(crate) fn linked(&self) -> &Linked {
        self.linked.get_or_init(|| link(self))
    }

    /// What every module says of httpx, in no order.
    pub(crate) fn http(&self) -> impl Iterator<Item = (&str, &Http)> {
        self.by_path.iter().map(|(path, summary)| (path.as_str(), &summary.http))
    }

    /// What every module imports, in no order.
    pub(crate) fn imports(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.by_path.iter().map(|(path, summary)| (path.as_str(), summary.imports.as_slice()))
    }

    /// Whether `name` is bound by the project's module at `module`, and the paths it stands for.
    pub(crate) fn bound_in(&self, module: &str, name: &str) -> Option<&[String]> {
        self.by_path.get(module)?.names.get(name).map(Vec::as_slice)
    }

    /// Whether the project's module at `module` may have `name`: it binds it, or binds names that are not known.
    pub(crate) fn may_bind(&self, module: &str, name: &str) -> bool {
        self.by_path.get(module).is_none_or(|summary| {
            !summary.stars.is_empty() || [name, "__getattr__"].iter().any(|name| summary.names.contains_key(*name))
        })
    }

    /// What becomes of httpx in the modules.
    pub(crate) fn moves(&self) -> &Moves {
        self.moves.get_or_init(|| moves(self))
    }

    /// The methods that the project's class at `class` defines itself; `None` when it is no class of the project.
    pub fn methods(&self, class: &str) -> Option<&[String]> {
        let (module, name) = self.split(class, class)?;
        self.by_path[module].classes.get(name).map(|class| class.methods.as_slice())
    }

    /// The classes that the project's class at `class` derives from, nearest first, itself left out. They end with
    /// classes from outside the project.
    pub fn ancestors(&self, class: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut at = 0;
        let mut next = Some(class.to_owned());
        while let Some(class) = next {
            if let Some((module, name)) = self.split(&class, &class)
                && let Some(summary) = self.by_path[module].classes.get(name)
            {
                for base in summary.bases.iter().flat_map(|base| self.canonical(base, module)) {
                    if base != class && !found.contains(&base) && found.len() < 64 {
                        found.push(base);
                    }
                }
            }
            next = found.get(at).cloned();
            at += 1;
        }
        found
    }

    /// Whether a class of the project derives from the class at `class`.
    pub(crate) fn has_derived(&self, class: &str) -> bool {
        let mut all =
            self.by_path.iter().flat_map(|(module, summary)| summary.classes.keys().map(move |name| (module, name)));
        all.any(|(module, name)| self.ancestors(&format!("{module}.{name}")).iter().any(|base| base == class))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::names::summary;

    fn modules(files: &[(&str, &str)]) -> Modules {
        let mut modules = Modules::default();
        for (path, text) in files {
            let module = ProjectModule::of_file(path);
            modules.add(&module, summary(text, &module.path, &module.package));
        }
        modules
    }

    #[test]
    fn re_exports_are_followed_through_packages_stars_and_circles() {
        let modules = modules(&[
            ("src/app/__init__.py", "from .compat import *\nfrom . import loop\n"),
            ("src/app/compat.py", "from mcp.server.fastmcp import FastMCP as Server\nfrom mcp import types as t\n"),
            ("src/app/loop.py", "from .loop2 import X\n"),
            ("src/app/loop2.py", "from .loop import X\n"),
            ("other/compat.py", "from fastmcp import FastMCP as Server\n"),
        ]);
        let one = |path: &str| modules.canonical(path, ":src.app.main");
        assert_eq!(one("app.Server"), ["mcp.server.fastmcp.FastMCP"]);
        assert_eq!(one(":src.app.compat.t.Tool"), ["mcp.types.Tool"]);
        assert_eq!(one("compat.Server"), ["mcp.server.fastmcp.FastMCP"]);
        assert_eq!(modules.canonical("compat.Server", ":other.main"), ["fastmcp.FastMCP"]);
        assert_eq!(one("json.dumps"), ["json.dumps"]);
        assert!(!one("app.loop.X").is_empty());
    }

    #[test]
    fn classes_know_their_ancestors() {
        let modules = modules(&[
            ("base.py", "import mcp.types\nclass Base(mcp.types.Tool): ...\n"),
            ("more.py", "from base import Base\nclass More(Base):\n    def __init__(self): ...\n"),
        ]);
        assert_eq!(modules.ancestors(":more.More"), [":base.Base", "mcp.types.Tool"]);
        assert_eq!(modules.methods(":more.More").unwrap(), ["__init__"]);
    }
}
