//! Rust code that uses `rmcp`: what its majors break. The only folder that names the parser of Rust.

mod checks;
mod context;
mod members;
mod names;
mod packages;
mod paths;
mod scopes;
mod source;
mod spellings;

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use semver::Version;

use self::context::Context;
use self::source::Source;
use crate::finding::Fails;
use crate::hit::Hit;
use crate::rule::rust::{RustCheck, RustMember};
use crate::rule::{Family, Rule, Rules};
use crate::source::{Note, SourceFile};
pub(crate) use packages::Packages;

pub(crate) use source::is_sound;

/// The rules about Rust, ready to be asked.
pub(crate) struct Compiled<'r> {
    rules: Vec<Ready<'r>>,
    renamed: BTreeMap<&'r str, BTreeSet<&'r str>>,
}

/// A rule, with what its entries stand for.
struct Ready<'r> {
    rule: &'r Rule,
    breaks: Option<Version>,
    since: Option<Version>,
    members: Vec<(&'r RustMember, Option<Regex>)>,
    checks: Vec<(&'r RustCheck, checks::Check)>,
}

impl<'r> Compiled<'r> {
    /// Arranges `rules`.
    ///
    /// # Errors
    /// A release that is none, or a check that does not exist, with the rule's identifier.
    pub(crate) fn new(rules: &'r Rules) -> Result<Self, String> {
        let of_rust = || rules.iter().filter(|rule| rule.family() == Family::Rust);
        let ready = |rule| Ready::of(rule).map_err(|problem| format!("{}: {problem}", rule.id));
        Ok(Self { rules: of_rust().map(ready).collect::<Result<_, _>>()?, renamed: names::renamed(of_rust()) })
    }
}

impl<'r> Ready<'r> {
    fn of(rule: &'r Rule) -> Result<Self, String> {
        let version = |text: &String| Version::parse(text).map_err(|error| format!("`{text}` is no release: {error}"));
        let member = |entry: &'r RustMember| {
            let receiver = entry.receiver.as_ref().map(|receiver| Regex::new(receiver)).transpose();
            receiver.map(|receiver| (entry, receiver)).map_err(|error| error.to_string())
        };
        let check = |entry: &'r RustCheck| {
            let found = checks::named(&entry.name).map(|check| (entry, check));
            found.ok_or_else(|| format!("there is no check called `{}`", entry.name))
        };
        Ok(Self {
            rule,
            breaks: rule.breaks.as_ref().map(version).transpose()?,
            since: rule.since.as_ref().map(version).transpose()?,
            members: rule.rust_members.iter().map(member).collect::<Result<_, _>>()?,
            checks: rule.rust_checks.iter().map(check).collect::<Result<_, _>>()?,
        })
    }

    fn hits(&self, context: &Context<'_, '_>, package: &packages::Package) -> Vec<Hit<'r>> {
        if self.since.as_ref().is_some_and(|since| !package.has(since)) {
            return Vec::new();
        }
        let is_ahead = self.breaks.as_ref().is_none_or(|breaks| package.is_before(breaks));
        let mut hits = Vec::new();
        // A name that is gone is wrong in code for the newer release as well: it was left behind.
        if is_ahead || self.rule.fails == Fails::Import {
            self.rule.rust_names.iter().for_each(|entry| hits.extend(names::hits(context, self.rule, entry)));
        }
        if is_ahead {
            for (entry, receiver) in &self.members {
                hits.extend(members::hits(context, self.rule, entry, receiver.as_ref()));
            }
            self.checks.iter().for_each(|(entry, run)| hits.extend(run(context, self.rule, entry)));
        }
        hits
    }
}

/// What a file shows.
pub(crate) struct Found<'r> {
    pub(crate) hits: Vec<Hit<'r>>,
    pub(crate) note: Option<Note>,
}

/// What the rules find in `file`, which may use the crate under one of `names`, at `version` of it.
pub(crate) fn check<'r>(file: &SourceFile, package: &packages::Package, rules: &Compiled<'r>) -> Found<'r> {
    let mentions = |name: &String| file.text().contains(name.as_str());
    if !package.names.iter().any(mentions) {
        return Found { hits: Vec::new(), note: None };
    }
    let found = match Source::parse(file.path(), file.text()) {
        Ok(source) => {
            let context = Context::new(&source, &package.names, &rules.renamed);
            Found { hits: hits(&context, package, rules), note: None }
        }
        Err((at, problem)) => {
            Found { hits: Vec::new(), note: Some(Note::at(file, at, format!("not checked as Rust: {problem}"))) }
        }
    };
    source::forget();
    found
}

fn hits<'r>(context: &Context<'_, '_>, package: &packages::Package, rules: &Compiled<'r>) -> Vec<Hit<'r>> {
    let mut hits: Vec<Hit<'r>> = rules.rules.iter().flat_map(|rule| rule.hits(context, package)).collect();
    hits.sort_by(|one, other| (one.span, &one.rule.id).cmp(&(other.span, &other.rule.id)));
    hits.dedup_by(|one, other| one.span == other.span && one.rule.id == other.rule.id);
    hits
}
