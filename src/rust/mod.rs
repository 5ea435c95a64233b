//! Rust code that uses `rmcp`: what its majors break. The only folder that names the parser of Rust.

mod checks;
mod context;
mod imports;
mod literal;
mod names;
mod packages;
mod paths;
mod scopes;
mod source;

use std::collections::{BTreeMap, BTreeSet};

use semver::Version;

use self::context::Context;
use self::source::Source;
use crate::hit::Hit;
use crate::rule::rust::RustCheck;
use crate::rule::{Family, Rule, Rules};
use crate::source::{Note, SourceFile};
pub(crate) use packages::Packages;

pub(crate) use source::is_sound;

/// The rules about Rust, ready to be asked.
pub(crate) struct Compiled<'r> {
    rules: Vec<(&'r Rule, Option<Version>)>,
    checks: Vec<(&'r Rule, Option<Version>, &'r RustCheck, checks::Check)>,
    literals: literal::Table<'r>,
    renamed: BTreeMap<&'r str, BTreeSet<&'r str>>,
}

impl<'r> Compiled<'r> {
    /// Arranges `rules`.
    ///
    /// # Errors
    /// A release that is none, or a check that does not exist, with the rule's identifier.
    pub(crate) fn new(rules: &'r Rules) -> Result<Self, String> {
        let of_rust = || rules.iter().filter(|rule| rule.family() == Family::Rust);
        let mut out = Self {
            rules: Vec::new(),
            checks: Vec::new(),
            literals: literal::Table::default(),
            renamed: names::renamed(of_rust()),
        };
        for rule in of_rust() {
            let version = |text: &String| Version::parse(text).map_err(|error| format!("{}: breaks: {error}", rule.id));
            let breaks = rule.breaks.as_ref().map(version).transpose()?;
            out.rules.push((rule, breaks.clone()));
            out.literals.add(rule, breaks.as_ref());
            for check in &rule.rust_checks {
                let found = checks::named(&check.name)
                    .ok_or_else(|| format!("{}: there is no check called `{}`", rule.id, check.name))?;
                out.checks.push((rule, breaks.clone(), check, found));
            }
        }
        Ok(out)
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
    let is_ahead = |breaks: &Option<Version>| breaks.as_ref().is_none_or(|breaks| package.is_before(breaks));
    let mut hits = Vec::new();
    for (rule, _) in rules.rules.iter().filter(|(_, breaks)| is_ahead(breaks)) {
        for entry in &rule.rust_names {
            hits.extend(names::hits(context, rule, entry));
        }
    }
    for (rule, _, check, run) in rules.checks.iter().filter(|(_, breaks, ..)| is_ahead(breaks)) {
        hits.extend(run(context, rule, check));
    }
    hits.extend(literal::hits(context, &rules.literals, package));
    hits.sort_by(|one, other| (one.span, &one.rule.id).cmp(&(other.span, &other.rule.id)));
    hits.dedup_by(|one, other| one.span == other.span && one.rule.id == other.rule.id);
    hits
}
