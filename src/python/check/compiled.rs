//! The rules about Python code, arranged by what they look for: every path resolved to what the older SDK calls it, so
//! that a place in code finds its rules by one lookup.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use regex_lite::Regex;

use super::super::surface::Index;
use super::named;
use super::rewrite::{lowlevel, transform};
use crate::packages::is_sdk_path;
use crate::rule::python::{
    Access, ArgumentMatch, CheckMatch, DecoratorMatch, HandlerMatch, LiteralMatch, MemberMatch, OnUnknown,
    OverrideMatch, Role, SymbolMatch,
};
use crate::rule::{HandlerStyle, Rule, Rules};

/// An entry of a rule, with the rule.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'r, M: Clone> {
    pub(crate) rule: &'r Rule,
    pub(crate) entry: Cow<'r, M>,
    /// The classes, functions or modules it is about, canonical.
    pub(crate) of: Vec<String>,
}

/// A member entry with its names, its own or those of the rule it is like.
#[derive(Debug, Clone)]
pub(crate) struct MemberEntry<'r> {
    pub(crate) rule: &'r Rule,
    pub(crate) entry: &'r MemberMatch,
    pub(crate) of: Vec<String>,
    pub(crate) through: Vec<(String, String)>,
    pub(crate) becomes: Option<&'r str>,
    pub(crate) access: Vec<Access>,
}

/// The arranged rules.
#[derive(Debug)]
pub struct Compiled<'r> {
    pub(crate) symbols: HashMap<String, Vec<(&'r Rule, &'r SymbolMatch)>>,
    pub(crate) symbols_by_canonical: HashMap<String, Vec<(&'r Rule, &'r SymbolMatch)>>,
    pub(crate) prefixes: HashMap<String, Vec<(&'r Rule, &'r SymbolMatch)>>,
    pub(crate) members: HashMap<&'r str, Vec<MemberEntry<'r>>>,
    /// What members are called in the newer SDK.
    pub(crate) new_names: HashSet<&'r str>,
    /// The names of members that hardly anything but the SDK has.
    pub(crate) distinctive: HashSet<&'r str>,
    pub(crate) arguments: HashMap<String, Vec<Entry<'r, ArgumentMatch>>>,
    /// Those about a method of every class below a module, by the method's name.
    pub(crate) arguments_below: HashMap<String, Vec<(String, Entry<'r, ArgumentMatch>)>>,
    pub(crate) decorators: HashMap<String, Vec<Entry<'r, DecoratorMatch>>>,
    /// The last parts of the callables that rules speak of: other calls need no type.
    pub(crate) callable_names: HashSet<String>,
    pub(crate) overrides: Vec<Entry<'r, OverrideMatch>>,
    pub(crate) literals: Vec<Entry<'r, LiteralMatch>>,
    pub(crate) handlers: Vec<Entry<'r, HandlerMatch>>,
    pub(crate) checks: Vec<(&'r Rule, &'r CheckMatch)>,
    /// How handlers of lowlevel servers are to be registered.
    pub(crate) handler_style: HandlerStyle,
    /// Regular expressions of the rules, by their text.
    patterns: BTreeMap<&'r str, Regex>,
}

impl<'r> Compiled<'r> {
    /// Arranges `rules` for code written against the API of `old` that is to run with `new`.
    ///
    /// # Errors
    /// A regular expression that is none, or a `like` that names no rule, with the rule's identifier.
    pub fn new(rules: &'r Rules, (old, new): (&Index, &Index)) -> Result<Self, String> {
        let mut out = Self {
            symbols: HashMap::new(),
            symbols_by_canonical: HashMap::new(),
            prefixes: HashMap::new(),
            members: HashMap::new(),
            new_names: HashSet::new(),
            distinctive: HashSet::new(),
            arguments: HashMap::new(),
            arguments_below: HashMap::new(),
            decorators: HashMap::new(),
            callable_names: HashSet::new(),
            overrides: Vec::new(),
            literals: Vec::new(),
            handlers: Vec::new(),
            checks: Vec::new(),
            handler_style: rules.handler_style,
            patterns: BTreeMap::new(),
        };
        for rule in rules.iter() {
            known_names(rule).map_err(|problem| format!("{}: {problem}", rule.id))?;
            out.add(rule, rules, (old, new)).map_err(|problem| format!("{}: {problem}", rule.id))?;
        }
        Ok(out)
    }

    fn add(&mut self, rule: &'r Rule, rules: &'r Rules, (old, new): (&Index, &Index)) -> Result<(), String> {
        for entry in &rule.symbols {
            for path in entry.path.as_slice() {
                if let Some(prefix) = path.strip_suffix(".*") {
                    self.prefixes.entry(prefix.to_owned()).or_default().push((rule, entry));
                    continue;
                }
                // A name that a module of the SDK merely imported is another name than its owner's; and where the owner's
                // is still there, a rule about importing it is about the one spelling.
                let is_meant = |canonical: &String| {
                    !entry.as_written
                        && is_sdk_path(canonical)
                        && (!stands_in(entry, &[Role::Import]) || new.canonical(canonical).is_none())
                };
                if let Some(canonical) = old.canonical(path).filter(is_meant) {
                    self.symbols_by_canonical.entry(canonical).or_default().push((rule, entry));
                }
                self.symbols.entry(path.clone()).or_default().push((rule, entry));
            }
        }
        for entry in &rule.members {
            self.member(rule, entry, rules, old)?;
        }
        for entry in &rule.arguments {
            self.pattern(entry.value.as_ref().and_then(|value| value.matches.as_deref()))?;
            match &entry.like {
                Some(other) => {
                    for member in liked(other, rules)? {
                        let mut own = entry.clone();
                        own.keyword = member.name.clone();
                        own.becomes = entry.becomes.clone().or_else(|| member.becomes.clone());
                        self.argument(rule, Cow::Owned(own), canonical_all(member.of.as_slice(), old));
                    }
                }
                None => self.argument(rule, Cow::Borrowed(entry), canonical_all(entry.of.as_slice(), old)),
            }
        }
        for entry in &rule.decorators {
            self.pattern(entry.text.as_deref())?;
            self.pattern(entry.not_text.as_deref())?;
            let of = canonical_all(entry.of.as_slice(), old);
            for callable in &of {
                self.callable_names.insert(last(callable).to_owned());
                let one = Entry { rule, entry: Cow::Borrowed(entry), of: of.clone() };
                self.decorators.entry(callable.clone()).or_default().push(one);
            }
        }
        let of = |paths: &[String]| canonical_all(paths, old);
        self.overrides.extend(rule.overrides.iter().map(|entry| Entry {
            rule,
            entry: Cow::Borrowed(entry),
            of: of(entry.of.as_slice()),
        }));
        self.literals.extend(rule.literals.iter().map(|entry| Entry {
            rule,
            entry: Cow::Borrowed(entry),
            of: of(entry.compared_to.as_slice()),
        }));
        self.handlers.extend(rule.handlers.iter().map(|entry| Entry {
            rule,
            entry: Cow::Borrowed(entry),
            of: of(entry.around.as_slice()),
        }));
        for entry in &rule.literals {
            self.pattern(entry.matches.as_deref())?;
            self.callable_names.extend(entry.argument_of.as_slice().iter().map(|path| last(path).to_owned()));
        }
        for entry in &rule.handlers {
            self.callable_names.extend(entry.around.as_slice().iter().map(|path| last(path).to_owned()));
        }
        for entry in &rule.decorators {
            self.callable_names.extend(entry.calls.as_slice().iter().map(|path| last(path).to_owned()));
        }
        self.checks.extend(rule.checks.iter().map(|entry| (rule, entry)));
        Ok(())
    }

    fn argument(&mut self, rule: &'r Rule, entry: Cow<'r, ArgumentMatch>, of: Vec<String>) {
        for callable in &of {
            let one = Entry { rule, entry: entry.clone(), of: of.clone() };
            self.callable_names.insert(last(callable).to_owned());
            match callable.split_once(".*.") {
                Some((module, method)) => {
                    self.arguments_below.entry(method.to_owned()).or_default().push((module.to_owned(), one));
                }
                None => self.arguments.entry(callable.clone()).or_default().push(one),
            }
        }
    }

    /// The entries about arguments of what is called by any of `paths`.
    pub(crate) fn arguments_of(&self, paths: &[String]) -> Vec<&Entry<'r, ArgumentMatch>> {
        let mut found: Vec<&Entry<'r, ArgumentMatch>> = Vec::new();
        for path in paths {
            found.extend(self.arguments.get(path).into_iter().flatten());
            let Some((class, method)) = path.rsplit_once('.') else { continue };
            let below = self.arguments_below.get(method).into_iter().flatten();
            found.extend(below.filter(|(module, _)| is_below(class, module)).map(|(_, entry)| entry));
        }
        found
    }

    fn member(&mut self, rule: &'r Rule, entry: &'r MemberMatch, rules: &'r Rules, old: &Index) -> Result<(), String> {
        let sources: Vec<&'r MemberMatch> = match &entry.like {
            Some(other) => liked(other, rules)?,
            None => vec![entry],
        };
        for source in sources {
            let through = source.through.as_slice().iter().filter_map(|path| {
                let (class, name) = path.rsplit_once('.')?;
                Some((canonical_one(class, old), name.to_owned()))
            });
            let one = MemberEntry {
                rule,
                entry,
                of: canonical_all(source.of.as_slice(), old),
                through: through.collect(),
                becomes: entry.becomes.as_deref().or(source.becomes.as_deref()),
                access: match entry.access.as_slice() {
                    [] => vec![Access::Read, Access::Store, Access::Call],
                    named => named.to_vec(),
                },
            };
            self.new_names.extend(one.becomes.filter(|becomes| !becomes.is_empty()));
            if one.entry.unknown == OnUnknown::Rename {
                self.distinctive.extend(source.name.as_slice().iter().map(String::as_str));
            }
            for name in source.name.as_slice() {
                self.members.entry(name).or_default().push(one.clone());
            }
        }
        Ok(())
    }

    fn pattern(&mut self, pattern: Option<&'r str>) -> Result<(), String> {
        if let Some(pattern) = pattern
            && !self.patterns.contains_key(pattern)
        {
            let compiled = Regex::new(pattern).map_err(|error| format!("`{pattern}` is no pattern: {error}"))?;
            self.patterns.insert(pattern, compiled);
        }
        Ok(())
    }

    /// Whether the pattern `pattern`, one of a rule's, is found in `text`.
    pub(crate) fn is_found(&self, pattern: &str, text: &str) -> bool {
        self.patterns.get(pattern).is_some_and(|pattern| pattern.is_match(text))
    }

    /// The entries about symbols of which the last part is `name`, each with the path it speaks of, in the order of the
    /// paths.
    pub(crate) fn symbols_called(&self, name: &str) -> impl Iterator<Item = (&str, (&'r Rule, &'r SymbolMatch))> {
        let mut paths: Vec<_> = self.symbols.iter().filter(|(path, _)| path.rsplit('.').next() == Some(name)).collect();
        paths.sort_by_key(|(path, _)| path.as_str());
        paths.into_iter().flat_map(|(path, entries)| entries.iter().map(move |entry| (path.as_str(), *entry)))
    }

    /// The rules about a name at `path` that stands in one of `roles`: those of the path as written, else those of what
    /// the path leads to in the older SDK, else those of a module around it.
    pub(crate) fn symbols_at(&self, path: &str, roles: &[Role], old: &Index) -> Vec<(&'r Rule, &'r SymbolMatch)> {
        let admitted = |entries: Option<&Vec<(&'r Rule, &'r SymbolMatch)>>| -> Vec<_> {
            let entries = entries.into_iter().flatten().copied();
            entries.filter(|(_, entry)| stands_in(entry, roles) && !is_excepted(entry, path)).collect()
        };
        let exact = admitted(self.symbols.get(path));
        if !exact.is_empty() {
            return exact;
        }
        if let Some(canonical) = old.canonical(path) {
            let found = admitted(self.symbols_by_canonical.get(&canonical));
            if !found.is_empty() {
                return found;
            }
        }
        let mut prefix = path;
        loop {
            let found = admitted(self.prefixes.get(prefix));
            if !found.is_empty() {
                return found;
            }
            match prefix.rsplit_once('.') {
                Some((above, _)) => prefix = above,
                None => return Vec::new(),
            }
        }
    }
}

impl Compiled<'_> {
    /// Whether a rule about names speaks of `path`, one of `old`, wherever it is imported or used.
    pub fn speaks_of(&self, path: &str, old: &Index) -> bool {
        !self.symbols_at(path, &[Role::Import, Role::Reference], old).is_empty()
    }
}

/// Whether the checks and rewrites that `rule` calls for exist.
fn known_names(rule: &Rule) -> Result<(), String> {
    let checks = rule.checks.iter().map(|entry| entry.name.as_str());
    if let Some(unknown) = checks.into_iter().find(|name| named::names().all(|known| known != *name)) {
        return Err(format!("there is no check called `{unknown}`"));
    }
    let symbols = rule.symbols.iter().map(|entry| &entry.transform);
    let arguments = rule.arguments.iter().map(|entry| &entry.transform);
    let decorators = rule.decorators.iter().map(|entry| &entry.transform);
    let members = rule.members.iter().map(|entry| &entry.transform);
    let unknown = symbols
        .flatten()
        .find(|name| name.as_str() != lowlevel::TRANSFORM && !transform::names().any(|known| known == *name))
        .or_else(|| arguments.flatten().find(|name| !transform::argument_names().any(|known| known == *name)))
        .or_else(|| decorators.flatten().find(|name| name.as_str() != lowlevel::TRANSFORM))
        .or_else(|| {
            let is_known =
                |name: &str| name == lowlevel::TRANSFORM || transform::member_names().any(|known| known == name);
            members.flatten().find(|name| !is_known(name))
        });
    match unknown {
        Some(unknown) => Err(format!("there is no rewrite called `{unknown}`")),
        None => Ok(()),
    }
}

/// Whether a rule's entry is about names in one of `roles`.
pub(crate) fn stands_in(entry: &SymbolMatch, roles: &[Role]) -> bool {
    let wanted = entry.role.as_slice();
    // A stub of a test that stores under the name imports nothing.
    let default = |role: &Role| !matches!(role, Role::Store | Role::Star);
    if wanted.is_empty() { roles.iter().any(default) } else { roles.iter().any(|role| wanted.contains(role)) }
}

/// The members that the rule `other` names itself.
fn liked<'r>(other: &str, rules: &'r Rules) -> Result<Vec<&'r MemberMatch>, String> {
    let other = rules.get(other).ok_or_else(|| format!("`like` names {other}, which is no rule"))?;
    Ok(other.members.iter().filter(|member| member.like.is_none()).collect())
}

/// Whether `path` lies below the module or class `above`.
pub(crate) fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'))
}

/// Whether the class at `path` is one of `wanted`, of which `a.b.*` is every class below `a.b`.
pub(crate) fn is_class_of(path: &str, wanted: &[String]) -> bool {
    wanted.iter().any(|wanted| match wanted.strip_suffix(".*") {
        Some(module) => is_below(path, module),
        None => path == wanted,
    })
}

fn is_excepted(entry: &SymbolMatch, path: &str) -> bool {
    entry
        .except
        .as_slice()
        .iter()
        .any(|except| path.strip_prefix(except.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}

fn last(path: &str) -> &str {
    path.trim_end_matches(".*").rsplit('.').next().unwrap_or(path)
}

/// What the older SDK calls `path`; of a member, the class is resolved and the member's name kept.
fn canonical_one(path: &str, old: &Index) -> String {
    if let Some((prefix, rest)) = path.split_once(".*") {
        return format!("{}.*{rest}", canonical_one(prefix, old));
    }
    let Some((owner, member)) = path.rsplit_once('.') else { return path.to_owned() };
    match old.canonical(owner) {
        // A class keeps its members' names, whoever defines them; a module hands on what others define.
        Some(class) if last(&class).starts_with(|first: char| first.is_ascii_uppercase() || first == '_') => {
            format!("{class}.{member}")
        }
        _ => old.canonical(path).unwrap_or_else(|| path.to_owned()),
    }
}

fn canonical_all(paths: &[String], old: &Index) -> Vec<String> {
    paths.iter().map(|path| canonical_one(path, old)).collect()
}
