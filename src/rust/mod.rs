//! Rust code that uses `rmcp`: what its majors break. The only folder that names the parser of Rust.

mod checks;
mod context;
mod imports;
mod literal;
mod members;
mod names;
mod packages;
mod paths;
mod portrait;
mod scopes;
mod source;
mod spellings;
mod statement;

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use semver::Version;

use self::context::Context;
use self::source::Source;
use crate::finding::{Confidence, Fails};
use crate::hit::Hit;
use crate::rule::rust::{RustCheck, RustMember};
use crate::rule::{Family, Rule, Rules};
use crate::source::{Note, SourceFile};
pub(crate) use packages::{Packages, is_inherited_from};
pub(crate) use portrait::portrait;

pub(crate) use source::is_sound;
pub(crate) use statement::statement_lines;

/// The rules about Rust, ready to be asked.
pub(crate) struct Compiled<'r> {
    rules: Vec<Ready<'r>>,
    literals: literal::Table<'r>,
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
        let rules: Vec<Ready<'r>> = of_rust().map(ready).collect::<Result<_, _>>()?;
        let mut literals = literal::Table::default();
        rules.iter().for_each(|ready| literals.add(ready.rule, ready.breaks.as_ref()));
        Ok(Self { rules, literals, renamed: names::renamed(of_rust()) })
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
        if !is_ahead {
            // What may be another's is not, where the code is for a release that has no such name.
            hits.retain(|hit| hit.confidence > Confidence::Low);
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
    hits.extend(literal::hits(context, &rules.literals, package));
    hits.sort_by(|one, other| (one.span, &one.rule.id).cmp(&(other.span, &other.rule.id)));
    hits.dedup_by(|one, other| one.span == other.span && one.rule.id == other.rule.id);
    hits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule;

    /// A little of all that the checks look at.
    const CODE: &str = r#"
use rmcp::{Error as E, ServerHandler, RoleServer, RoleClient, model::{Content, RawContent, Meta, *}, transport::*};
pub use rmcp::model::{RawResource};
#[derive(Clone)] struct X { tool_router: ToolRouter<Self>, n: u8 }
#[tool_router] impl X { #[tool(meta = Meta(a), execution(b))] fn t(&self, m: Meta) -> Content { Content::text("é") } }
#[tool_handler(meta = 1)] impl ServerHandler for X { fn on_initialized(&self) {} }
fn f(c: Content) { match &c.raw { RawContent::Text(t) => vec![Content::text(t)], RawContent::Image(..) => g!(c.raw) };
    matches!(c.raw, RawContent::Text(_)); a.map(|c| &c.raw); RawResource::new(1, 2).no_annotation();
    let Some(i) = p.peer_info() else { return }; i.server_info.name; Annotated::<RawResource>::new(x, None);
    PromptMessageContent::Text { text: "a".into() }; if let PromptMessageContent::Image { image } = d {}
    StreamableHttpService::new(|| { Ok(X::new()?) }, s, StreamableHttpServerConfig::default().with_stateful_mode(true));
    if e.code == ErrorCode::RESOURCE_NOT_FOUND {} "0.0.0.0"; peer.list_roots().await?; Tool::new(1).with_meta(Meta::new()); }
mod tests { use super::*; fn g() -> Vec<Content> { vec![] } }
"#;

    #[test]
    fn no_text_makes_a_check_panic() {
        let rules = rule::embedded().unwrap();
        let compiled = Compiled::new(&rules).unwrap();
        let mut package = packages::Package::default();
        package.names.insert("rmcp".to_owned());
        let found = |text: &str| check(&SourceFile::in_memory("a.rs", text), &package, &compiled);
        let all = found(CODE);
        assert!(all.note.is_none() && all.hits.len() > 20, "{:?} {}", all.note, all.hits.len());
        for (at, _) in CODE.char_indices() {
            found(&CODE[..at]);
        }
        // Most beginnings are no Rust; most lines without one of their words still are.
        let words: Vec<&str> = CODE.split_inclusive([' ', '(', ')', ':', '.', ',']).collect();
        for without in 0..words.len() {
            let kept = words.iter().enumerate().filter(|(at, _)| *at != without);
            let text: String = kept.map(|(_, word)| *word).collect();
            for hit in found(&text).hits {
                let edits = hit.fix.iter().flat_map(|fix| &fix.edits);
                assert!(edits.clone().all(|edit| text.get(edit.span.start..edit.span.end).is_some()), "{text}");
            }
        }
    }
}
