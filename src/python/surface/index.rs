//! What a dotted path means in a surface: where it is defined, what it is, and how it is called.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::budget;
use super::facts::At;
use super::module::{Binding, Class, Module, module};
use super::text::Source;
use super::{is_package, module_of};
use crate::python::parse::with_module;

/// Longer chains of re-exports or base classes are circles.
const MAX_DEPTH: usize = 32;

/// What a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A module or package.
    Module,
    /// A class.
    Class,
    /// A function or method.
    Function,
    /// Anything else: a constant, a type alias, a field, a property.
    Value,
}

/// One parameter of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// As it is passed by keyword.
    pub name: String,
    /// How it may be passed.
    pub kind: ParameterKind,
    /// Its annotation as the stub has it.
    pub annotation: Option<String>,
    /// Its default as the stub has it; `...` where there is one that is no simple constant.
    pub default: Option<String>,
}

/// How a parameter may be passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// Before `/`.
    PositionalOnly,
    /// By position or keyword.
    Positional,
    /// `*args`.
    Rest,
    /// After `*`.
    KeywordOnly,
    /// `**kwargs`.
    Keywords,
}

/// The modules of a surface, each read when it is first asked about.
#[derive(Debug)]
pub struct Index {
    modules: BTreeMap<String, Entry>,
    names: OnceLock<Vec<String>>,
}

#[derive(Debug)]
struct Entry {
    text: Cow<'static, str>,
    is_package: bool,
    /// Whether it belongs to the release itself and not to a package that it refers to.
    is_own: bool,
    read: OnceLock<Module>,
}

/// Where a path leads.
enum Found<'i> {
    Module(&'i str),
    Symbol {
        module: &'i str,
        path: String,
        kind: Kind,
    },
    /// Out of what is known: to the standard library, mostly.
    Elsewhere(String),
}

impl Index {
    /// An index over stubs given as path, text, and whether they are the release's own.
    pub(super) fn new<'p>(files: impl Iterator<Item = (&'p str, Cow<'static, str>, bool)>) -> Self {
        let entry = |(path, text, is_own): (&str, _, _)| {
            (module_of(path), Entry { text, is_package: is_package(path), is_own, read: OnceLock::new() })
        };
        Self { modules: files.map(entry).collect(), names: OnceLock::new() }
    }

    /// Where `path` is defined: `mcp.ClientSession` in `mcp.client.session.ClientSession`, and a member in the class
    /// that has it. None if there is no such thing at run time. What leads out of the surface ends where it leaves it.
    pub fn canonical(&self, path: &str) -> Option<String> {
        budget::begin();
        Some(match self.find(path, 0)? {
            Found::Module(module) => module.to_owned(),
            Found::Symbol { module, path, .. } => format!("{module}.{path}"),
            // What the surface never mentions is not in it.
            Found::Elsewhere(found) if found == path => return None,
            Found::Elsewhere(found) => found,
        })
    }

    /// What `path` names; none if it does not exist, or is defined outside of the surface.
    pub fn kind(&self, path: &str) -> Option<Kind> {
        budget::begin();
        match self.find(path, 0)? {
            Found::Module(_) => Some(Kind::Module),
            Found::Symbol { kind, .. } => Some(kind),
            Found::Elsewhere(_) => None,
        }
    }

    /// Every public path `module.name` that can be imported and is the release's own, in order. The first call reads
    /// every module.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.names.get_or_init(|| {
            let mut names = Vec::new();
            let is_public = |path: &str| !path.split('.').any(|part| part.starts_with('_'));
            for (name, entry) in self.modules.iter().filter(|(name, entry)| entry.is_own && is_public(name)) {
                let module = self.read(name, entry);
                let starred = module.stars.iter().filter_map(|star| Some(self.module(star)?.1));
                let starred = starred.flat_map(|star| star.all.iter().flatten());
                for symbol in module.bindings.keys().chain(starred).filter(|symbol| is_public(symbol)) {
                    let path = format!("{name}.{symbol}");
                    budget::begin();
                    let is_ours = match self.find(&path, 0) {
                        Some(Found::Module(found)) => self.modules.get(found).is_some_and(|entry| entry.is_own),
                        Some(Found::Symbol { module, .. }) => {
                            self.modules.get(module).is_some_and(|entry| entry.is_own)
                        }
                        _ => false,
                    };
                    if is_ours {
                        names.push(path);
                    }
                }
            }
            names.sort_unstable();
            names.dedup();
            names
        });
        names.iter().map(String::as_str)
    }

    /// The parameters of a function, a method or the constructor of a class, in order and without the receiver. The
    /// longest of several overloads; for a class made from its fields, those that it declares itself.
    pub fn parameters(&self, callable: &str) -> Option<&[Parameter]> {
        budget::begin();
        let Found::Symbol { module, path, kind } = self.find(callable, 0)? else { return None };
        let (_, read) = self.module(module)?;
        if kind == Kind::Function {
            return read.functions.get(&path).map(Vec::as_slice);
        }
        for class in std::iter::once(format!("{module}.{path}")).chain(self.bases(callable)) {
            let Some(Found::Symbol { module, path, kind: Kind::Class }) = self.find(&class, 0) else { continue };
            let (_, read) = self.module(module)?;
            let made = || read.classes.get(&path)?.fields.as_ref();
            let written = ["__init__", "__new__"].iter().find_map(|name| read.functions.get(&format!("{path}.{name}")));
            if let Some(found) = written.or_else(made) {
                return Some(found);
            }
        }
        None
    }

    /// The ancestors of a class by canonical path, nearer ones before those they share.
    pub fn bases(&self, class: &str) -> Vec<String> {
        budget::begin();
        let mut all = Vec::new();
        self.collect_bases(class, &mut all, 0);
        let mut seen = std::collections::BTreeSet::new();
        let mut last: Vec<_> = all.into_iter().rev().filter(|base| seen.insert(base.clone())).collect();
        last.reverse();
        last
    }

    fn collect_bases(&self, class: &str, all: &mut Vec<String>, depth: usize) {
        let Some(Found::Symbol { module, path, kind: Kind::Class }) = self.find(class, depth) else { return };
        let Some(found) = self.class(module, &path) else { return };
        for base in &found.bases {
            let base = self.base(module, base, depth + 1);
            all.push(base.clone());
            if depth < MAX_DEPTH && all.len() < 1_000 {
                self.collect_bases(&base, all, depth + 1);
            }
        }
    }

    /// The canonical path of a base as a class in `module` writes it.
    fn base(&self, module: &str, written: &str, depth: usize) -> String {
        let found = self.module(module).and_then(|(name, read)| self.symbol(name, read, written, false, depth));
        match found {
            Some(Found::Symbol { module, path, .. }) => format!("{module}.{path}"),
            Some(Found::Elsewhere(path)) => path,
            Some(Found::Module(_)) | None => written.to_owned(),
        }
    }

    fn class(&self, module: &str, path: &str) -> Option<&Class> {
        self.module(module)?.1.classes.get(path)
    }

    fn module(&self, name: &str) -> Option<(&str, &Module)> {
        let (name, entry) = self.modules.get_key_value(name)?;
        Some((name, self.read(name, entry)))
    }

    fn read<'i>(&'i self, name: &str, entry: &'i Entry) -> &'i Module {
        entry.read.get_or_init(|| {
            let at = At { module: name, is_package: entry.is_package };
            let read = with_module(&entry.text, |parsed| {
                module(Source::new(&entry.text, parsed.tokens()), &at, &parsed.syntax().body)
            });
            // A stub that cannot be read binds nothing; embedded ones are all read by a test.
            read.unwrap_or_default()
        })
    }

    fn find(&self, path: &str, depth: usize) -> Option<Found<'_>> {
        if depth > MAX_DEPTH || !budget::step() {
            return None;
        }
        let first = path.split('.').next().unwrap_or_default();
        if !self.modules.contains_key(first) {
            // Packages without a file of their own have modules below them.
            let below = format!("{first}.");
            let is_known = self.modules.range(below.clone()..).next().is_some_and(|(name, _)| name.starts_with(&below));
            return if is_known { self.longest_module(path, depth) } else { Some(Found::Elsewhere(path.to_owned())) };
        }
        self.within(first, path.get(first.len() + 1..), depth)
    }

    fn longest_module(&self, path: &str, depth: usize) -> Option<Found<'_>> {
        let mut cuts = std::iter::once(path.len()).chain(path.rmatch_indices('.').map(|(at, _)| at));
        let at = cuts.find(|at| self.modules.contains_key(&path[..*at]))?;
        self.within(&path[..at], path.get(at + 1..), depth)
    }

    /// `rest` as an attribute of `module`: what it binds, or else a module below it.
    fn within(&self, module: &str, rest: Option<&str>, depth: usize) -> Option<Found<'_>> {
        let (name, read) = self.module(module)?;
        let Some(rest) = rest else { return Some(Found::Module(name)) };
        let (head, tail) = rest.split_once('.').map_or((rest, None), |(head, tail)| (head, Some(tail)));
        let below = format!("{module}.{head}");
        let is_itself = matches!(read.bindings.get(head), Some(Binding::Import { target, .. }) if *target == below);
        let bound = if is_itself { None } else { self.symbol(name, read, rest, true, depth) };
        bound.or_else(|| if self.modules.contains_key(&below) { self.within(&below, tail, depth + 1) } else { None })
    }

    /// `path` as a name in `module`, seen from outside or from within.
    fn symbol<'i>(
        &'i self,
        module: &'i str,
        read: &'i Module,
        path: &str,
        outside: bool,
        depth: usize,
    ) -> Option<Found<'i>> {
        let (head, tail) = path.split_once('.').map_or((path, None), |(head, tail)| (head, Some(tail)));
        match read.bindings.get(head) {
            Some(Binding::Import { target, is_exported }) if *is_exported || !outside => {
                let target = tail.map_or_else(|| target.clone(), |tail| format!("{target}.{tail}"));
                self.find(&target, depth + 1)
            }
            Some(Binding::Own(Kind::Class)) => self.member(module, head, tail, depth),
            Some(Binding::Own(kind)) if tail.is_none() => {
                Some(Found::Symbol { module, path: head.to_owned(), kind: *kind })
            }
            Some(_) => None,
            None => read.stars.iter().filter(|_| depth < MAX_DEPTH).find_map(|star| {
                let (name, starred) = self.module(star)?;
                let is_taken =
                    starred.all.as_ref().map_or(!head.starts_with('_'), |all| all.iter().any(|one| one == head));
                if is_taken { self.symbol(name, starred, path, true, depth + 1) } else { None }
            }),
        }
    }

    /// A member of a class, or of the first of its bases that has it.
    fn member<'i>(&'i self, module: &'i str, class: &str, rest: Option<&str>, depth: usize) -> Option<Found<'i>> {
        let Some(rest) = rest else { return Some(Found::Symbol { module, path: class.to_owned(), kind: Kind::Class }) };
        if depth > MAX_DEPTH || !budget::step() {
            return None;
        }
        let found = self.class(module, class)?;
        let (head, tail) = rest.split_once('.').map_or((rest, None), |(head, tail)| (head, Some(tail)));
        let path = format!("{class}.{head}");
        match (found.members.get(head), tail) {
            (Some(Kind::Class), tail) => self.member(module, &path, tail, depth + 1),
            (Some(kind), None) => Some(Found::Symbol { module, path, kind: *kind }),
            (Some(_), Some(_)) => None,
            (None, _) => found.bases.iter().find_map(|base| {
                let base = self.base(module, base, depth + 1);
                match self.find(&format!("{base}.{rest}"), depth + 1)? {
                    Found::Elsewhere(_) => None,
                    found => Some(found),
                }
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_and_thickets_end() {
        let mut text =
            String::from("from p import b as c\nfrom p import c as b\nfrom p import *\nclass A(A.x, A.y, A.z): ...\n");
        text.push_str("class C0: ...\n");
        for level in 1..30 {
            let below = format!("C{}", level - 1);
            text.push_str(&format!(
                "class L{level}({below}): ...\nclass R{level}({below}): ...\nclass C{level}(L{level}, R{level}): ...\n"
            ));
        }
        let index = Index::new([("p/__init__.pyi", Cow::Owned(text), true)].into_iter());
        for path in ["p.b", "p.c.d", "p.A.w", "p.C29.nothing", "p.nothing"] {
            assert_eq!(index.canonical(path), None, "{path}");
        }
        assert!(!index.bases("p.C29").is_empty() && index.parameters("p.C29").is_none());
        assert!(index.names().count() > 80);
    }
}
