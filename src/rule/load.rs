//! Reads the embedded rule files, checks each against the schema, and refuses a set with a duplicate or empty rule.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::{Arc, OnceLock};
use std::thread;

use super::catalogue::Catalogue;
use super::schema::Rule;
use super::style::HandlerStyle;
use crate::packages::Packages;

/// Every file under `rules/`, as `(path, text)`, written by the build script.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Where the table of audited packages stands.
const PACKAGES: &str = "rules/dependencies/packages.toml";

/// More threads than this would be started for less than they cost.
const MAX_THREADS: usize = 4;

/// The number of files that are worth a thread.
const LEAST: usize = 16;

/// The rules by identifier, and the table they speak of.
#[derive(Debug, Clone)]
pub struct Rules {
    by_id: BTreeMap<String, Rule>,
    /// The audited packages.
    pub packages: Packages,
    /// The breaking changes that rules cover.
    pub catalogue: Catalogue,
    /// Which of several right rewrites are offered.
    pub handler_style: HandlerStyle,
    /// Where each rule stands.
    origins: BTreeMap<String, Origin>,
}

/// The file of a rule.
#[derive(Debug, Clone)]
struct Origin {
    path: String,
    text: Arc<str>,
    /// The lines, from 1, at which its examples begin.
    examples: Vec<usize>,
}

impl Rules {
    /// Every rule, by identifier.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.by_id.values()
    }

    /// The rule of this identifier or name, whatever its case.
    pub fn get(&self, id_or_name: &str) -> Option<&Rule> {
        self.by_id
            .get(&id_or_name.to_ascii_uppercase())
            .or_else(|| self.iter().find(|rule| rule.name.eq_ignore_ascii_case(id_or_name)))
    }

    /// Where the example with this number, from 0, of a rule stands: `rules/x.toml:12`.
    pub fn place(&self, id: &str, example: usize) -> String {
        let origin = self.origins.get(id);
        let line = origin.and_then(|origin| origin.examples.get(example)).copied().unwrap_or(1);
        format!("{}:{line}", origin.map_or(id, |origin| &origin.path))
    }

    /// The folder that holds a rule's file: `mcpserver` of `rules/python/mcpserver/x.toml`.
    pub fn area(&self, id: &str) -> &str {
        self.origins.get(id).and_then(|origin| origin.path.rsplit(['/', '\\']).nth(1)).unwrap_or_default()
    }

    /// The same rules and those in `files`, given as `(path, text)`.
    ///
    /// # Errors
    /// The first file that is not a rule, with its path, line and reason; or an identifier that is taken.
    pub fn with(mut self, files: &[(&str, &str)]) -> Result<Self, String> {
        let more = Self::read(files)?;
        for (id, rule) in more.by_id {
            if let Some(known) = self.by_id.get(&id) {
                let path = more.origins.get(&id).map_or("", |origin| &origin.path);
                return Err(format!("{path}: the identifier {id} is taken by `{}`", known.name));
            }
            self.by_id.insert(id, rule);
        }
        self.origins.extend(more.origins);
        self.catalogue.extend(more.catalogue)?;
        self.checked()
    }

    /// Reads rule files given as `(path, text)`.
    ///
    /// # Errors
    /// The first file that is not a rule, with its path, line and reason.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, String> {
        Self::read(files)?.checked()
    }

    /// Holds rules and catalogue against each other.
    fn checked(self) -> Result<Self, String> {
        for rule in self.iter() {
            if let Some(origin) = self.origins.get(&rule.id) {
                self.catalogue.knows(rule, &origin.path, &origin.text)?;
            }
        }
        self.catalogue.check(&self)?;
        Ok(self)
    }

    fn read(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut by_id: BTreeMap<String, Rule> = BTreeMap::new();
        let mut packages = Packages::parse("package = []")?;
        let mut origins = BTreeMap::new();
        let mut catalogue = Catalogue::default();
        let mut texts = Vec::with_capacity(files.len());
        for (path, text) in files {
            if *path == PACKAGES {
                packages = Packages::parse(text).map_err(|error| format!("{path}: {error}"))?;
            } else if path.ends_with("/catalogue.toml") {
                catalogue.read(path, text)?;
            } else if !path.starts_with("rules/api/") {
                texts.push((*path, *text));
            }
        }
        for ((path, text), rule) in texts.iter().zip(parsed(&texts)) {
            let rule = rule?;
            let lines = text.lines().enumerate();
            let examples = lines.filter(|(_, line)| line.trim() == "[[example]]").map(|(index, _)| index + 1);
            let origin = Origin { path: (*path).to_owned(), text: Arc::from(*text), examples: examples.collect() };
            origins.insert(rule.id.clone(), origin);
            if let Some(other) = by_id.insert(rule.id.clone(), rule) {
                return Err(format!("{path}: the identifier {} is taken by `{}`", other.id, other.name));
            }
        }
        Ok(Self { by_id, packages, catalogue, origins, handler_style: HandlerStyle::default() })
    }
}

/// The rule in each of `files`, or what is wrong with it. Every start of the program waits for this, so all processors share
/// it.
fn parsed(files: &[(&str, &str)]) -> Vec<Result<Rule, String>> {
    let parse = |(path, text): &(&str, &str)| {
        let rule: Rule = toml::from_str(text).map_err(|error| located(path, text, &error))?;
        check(&rule).map_err(|problem| format!("{path}: {problem}"))?;
        Ok(rule)
    };
    let threads = thread::available_parallelism().map_or(1, |count| count.get().min(MAX_THREADS));
    let share = files.len().div_ceil(threads).max(LEAST);
    let (first, others) = files.split_at(share.min(files.len()));
    thread::scope(|scope| {
        let read = |share: &[(&str, &str)]| share.iter().map(parse).collect::<Vec<_>>();
        let others: Vec<_> = others.chunks(share).map(|share| scope.spawn(move || read(share))).collect();
        let mut rules = read(first);
        for other in others {
            // A panic of a reader goes on where it would have been.
            rules.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        rules
    })
}

/// The rules this program was built with.
///
/// # Errors
/// Never in a build whose tests passed; the message names the broken file.
pub fn embedded() -> Result<Rules, String> {
    static RULES: OnceLock<Result<Rules, String>> = OnceLock::new();
    RULES.get_or_init(|| Rules::parse(EMBEDDED)).clone()
}

/// The line, from 1, of the byte at `offset`.
pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

pub(super) fn located(path: &str, text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map_or(1, |span| line_at(text, span.start));
    format!("{path}:{line}: {}", error.message())
}

fn check(rule: &Rule) -> Result<(), String> {
    let shape = rule.id.len() >= 5
        && rule.id.starts_with(|c: char| c.is_ascii_uppercase())
        && rule.id.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && rule.id.ends_with(|c: char| c.is_ascii_digit());
    if !shape {
        return Err(format!("`{}` is no identifier: a family in capitals and a number", rule.id.escape_default()));
    }
    // Both are shown as they are, to terminals too.
    if rule.name.is_empty() || !rule.name.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_.".contains(&c)) {
        return Err(format!("`{}` is no name: letters, digits and dashes", rule.name.escape_default()));
    }
    if rule.explanation.trim().is_empty() || rule.summary.trim().is_empty() {
        return Err("summary and explanation must say something".to_owned());
    }
    if !rule.examples.iter().any(|example| example.before.is_some()) {
        return Err("a rule needs an example it finds something in".to_owned());
    }
    for example in &rule.examples {
        example.check()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_rules_are_rules() {
        let rules = embedded().unwrap();
        assert!(rules.iter().count() > 0);
        assert!(rules.get("missing-upper-bound").is_some() && rules.get("dep001").is_some());
    }

    #[test]
    fn a_misspelt_key_is_named_with_its_line() {
        let text = "id = \"DEP900\"\nname = \"x\"\nsevereness = \"error\"\n";
        let error = Rules::parse(&[("rules/dependencies/x.toml", text)]).unwrap_err();
        assert!(error.starts_with("rules/dependencies/x.toml:3: unknown field `severeness`"), "{error}");
    }

    #[test]
    fn an_example_says_why_it_is_an_exception() {
        for (keys, problem) in [
            ("before = 'x'\nnot-run = ' '", "says nothing under `not-run`"),
            ("before = 'x'\nafter = 'y'\ndiffers = ''", "says nothing under `differs`"),
            ("before = 'x'\ndiffers = 'the port'", "has no `after` that could differ"),
            ("untouched = 'x'\nfails-with = 'TypeError'", "has no `before` that could fail"),
        ] {
            let example: super::super::Example = toml::from_str(&format!("path = 'a.py'\n{keys}")).unwrap();
            assert_eq!(example.check(), Err(format!("the example `a.py` {problem}")));
        }
    }
}
