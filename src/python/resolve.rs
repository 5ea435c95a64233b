//! Follows values to the strings they are made of, through the names, sums and small calls that set-up scripts use.
//! What reading cannot follow is told as computed, with the requirements files it seems to be computed from.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::outline::{FileName, Outline, Statement, StatementKind};
use super::value::{Call, Kind, Value};
use crate::source::{Fragment, Span};

/// Names that stand for each other many times over are followed only so often, in all of one file.
const MAX_STEPS: usize = 1_000_000;

/// One string that a value is made of, or the end of what can be told.
#[derive(Debug)]
pub enum Leaf<'o> {
    /// A string.
    Text(Fragment<'o>),
    /// The known beginning of a string that is put together.
    Template {
        /// What is known.
        known: Fragment<'o>,
        /// The whole expression.
        span: Span,
    },
    /// What only running the code would tell.
    Computed {
        /// The expression.
        span: Span,
        /// What computes it, for people.
        by: String,
        /// The requirements files it names.
        files: Vec<&'o FileName>,
    },
}

/// The names of one outline.
#[derive(Debug)]
pub struct Names<'o, 'a> {
    pub(super) outline: &'o Outline<'a>,
    /// What each name is bound to: by the module if the module binds it, else by any function.
    bound: HashMap<&'o str, Vec<&'o Statement<'a>>>,
    steps: Cell<usize>,
    told: Cell<bool>,
    followed: RefCell<Vec<String>>,
}

impl<'o, 'a> Names<'o, 'a> {
    /// The names that `outline` binds.
    pub fn new(outline: &'o Outline<'a>) -> Self {
        let mut bound: HashMap<&'o str, Vec<&'o Statement<'a>>> = HashMap::new();
        for statement in &outline.statements {
            let name = match &statement.target.kind {
                Kind::Name(name) => Some(name.as_str()),
                Kind::Item(container, _) => container.name(),
                _ => None,
            };
            if let Some(name) = name {
                bound.entry(name).or_default().push(statement);
            }
        }
        for statements in bound.values_mut() {
            let in_module =
                |statement: &&Statement<'_>| !statement.in_function && matches!(statement.target.kind, Kind::Name(_));
            if statements.iter().any(in_module) {
                statements.retain(|statement| !statement.in_function);
            }
        }
        Self { outline, bound, steps: Cell::new(0), told: Cell::new(false), followed: RefCell::new(Vec::new()) }
    }

    /// Every string that `value` is made of.
    pub fn leaves(&self, value: &'o Value<'a>) -> Vec<Leaf<'o>> {
        let mut found = Vec::new();
        self.collect(value, &mut found);
        found
    }

    /// The string a value is, when it is one string.
    pub fn text(&self, value: &'o Value<'a>) -> Option<&'o Fragment<'a>> {
        match &value.kind {
            Kind::Text(text) => Some(text),
            Kind::Name(name) => {
                let bound = self.bound(name);
                let [statement] = bound else { return None };
                if statement.kind == StatementKind::Assign { statement.value.text() } else { None }
            }
            Kind::Call(call) if is_trim(call) => self.text(trimmed(call)?),
            _ => None,
        }
    }

    /// Whether one more step is one too many.
    pub(super) fn tired(&self) -> bool {
        self.spend(1)
    }

    /// The same for many steps at once.
    pub(super) fn spend(&self, steps: usize) -> bool {
        self.steps.set(self.steps.get() + steps);
        self.steps.get() > MAX_STEPS
    }

    /// Runs `work` unless `name` is being followed already.
    pub(super) fn follow(&self, name: &str, work: impl FnOnce()) {
        if self.followed.borrow().iter().any(|followed| followed == name) || self.followed.borrow().len() > 32 {
            return;
        }
        self.followed.borrow_mut().push(name.to_owned());
        work();
        self.followed.borrow_mut().pop();
    }

    /// What a name is bound to.
    pub(super) fn bound(&self, name: &str) -> &[&'o Statement<'a>] {
        self.bound.get(name).map_or(&[], Vec::as_slice)
    }

    fn collect(&self, value: &'o Value<'a>, found: &mut Vec<Leaf<'o>>) {
        if self.tired() {
            if !self.told.replace(true) {
                let by = "more names than are followed".to_owned();
                found.push(Leaf::Computed { span: value.span, by, files: Vec::new() });
            }
            return;
        }
        match &value.kind {
            Kind::Text(text) => found.push(Leaf::Text(text.part(0..text.text().len()))),
            Kind::Template { text, known } => {
                found.push(Leaf::Template { known: text.part(0..*known), span: value.span });
            }
            Kind::List(values) | Kind::Sum(values) | Kind::Choice(values) => {
                for value in values {
                    self.collect(value, found);
                }
            }
            Kind::Starred(inner) => self.collect(inner, found),
            Kind::Name(name) => self.collect_name(name, value, found),
            Kind::Item(container, key) => self.collect_item(container, key, value, found),
            Kind::Call(call) => self.collect_call(call, value, found),
            // The keys are what a list of a dictionary has.
            Kind::Dict(entries) => {
                for key in entries.iter().filter_map(|(key, _)| key.as_ref()) {
                    self.collect(key, found);
                }
            }
            Kind::Other { .. } => found.push(self.computed(value)),
        }
    }

    fn collect_name(&self, name: &str, value: &'o Value<'a>, found: &mut Vec<Leaf<'o>>) {
        let bound = self.bound(name);
        if bound.is_empty() {
            found.push(self.computed(value));
            return;
        }
        self.follow(name, || {
            for statement in bound {
                if matches!(statement.target.kind, Kind::Name(_)) {
                    self.collect(&statement.value, found);
                }
            }
        });
    }

    fn collect_item(
        &self,
        container: &'o Value<'a>,
        key: &'o Value<'a>,
        value: &'o Value<'a>,
        found: &mut Vec<Leaf<'o>>,
    ) {
        let Some(key) = self.text(key).map(|key| key.text().to_owned()) else {
            found.push(self.computed(value));
            return;
        };
        let entries = self.entries(container, &mut Vec::new());
        let mut known = false;
        for entry in entries.iter().filter(|entry| entry.key.as_deref() == Some(&key)) {
            known = true;
            self.follow(&format!("[{key}]"), || self.collect(entry.value, found));
        }
        if !known {
            found.push(self.computed(value));
        }
    }

    fn collect_call(&self, call: &'o Call<'a>, value: &'o Value<'a>, found: &mut Vec<Leaf<'o>>) {
        let first = call.arguments.first();
        match (call.path.as_str(), first) {
            ("list" | "tuple" | "set" | "frozenset" | "sorted", None) => return,
            ("list" | "tuple" | "set" | "frozenset" | "sorted" | "sum", Some(argument)) => {
                self.collect(argument, found);
                return;
            }
            _ => {}
        }
        if matches!(call.name(), "split" | "splitlines")
            && let Some(text) = call.receiver.as_deref().and_then(|receiver| self.text(receiver))
        {
            let separator = first.and_then(|separator| self.text(separator)).map(Fragment::text);
            found.extend(pieces(text, call.name() == "splitlines", separator).map(Leaf::Text));
            return;
        }
        if let Some((name, "copy" | "split" | "splitlines")) = call.path.rsplit_once('.')
            && call.receiver.is_none()
        {
            let bound = self.bound(name);
            if !bound.is_empty() {
                let lines = call.name() != "copy";
                self.follow(name, || {
                    for statement in bound {
                        match statement.value.text() {
                            Some(text) if lines => {
                                let separator = first.and_then(|separator| self.text(separator)).map(Fragment::text);
                                let split = pieces(text, call.name() == "splitlines", separator);
                                found.extend(split.map(Leaf::Text));
                            }
                            _ => self.collect(&statement.value, found),
                        }
                    }
                });
                return;
            }
        }
        if let Some((name, "values")) = call.path.rsplit_once('.') {
            let mut values = Vec::new();
            for statement in self.bound(name) {
                values.extend(self.entries(&statement.value, &mut Vec::new()));
            }
            self.follow(name, || {
                for entry in &values {
                    self.collect(entry.value, found);
                }
            });
            if !values.is_empty() {
                return;
            }
        }
        let mut returned = Vec::new();
        let function = format!("{}()", call.path);
        self.follow(&function, || {
            for statement in self.bound(&function) {
                self.collect(&statement.value, &mut returned);
            }
        });
        if returned.is_empty() || returned.iter().any(|leaf| matches!(leaf, Leaf::Computed { .. })) {
            found.push(self.computed(value));
        } else {
            found.append(&mut returned);
        }
    }
}

fn is_trim(call: &Call<'_>) -> bool {
    matches!(call.name(), "strip" | "lstrip" | "rstrip" | "dedent" | "cleandoc")
}

fn trimmed<'v, 'a>(call: &'v Call<'a>) -> Option<&'v Value<'a>> {
    call.receiver.as_deref().or(call.arguments.first())
}

/// What `split` and `splitlines` make of a string.
fn pieces<'f>(
    text: &'f Fragment<'_>,
    lines: bool,
    separator: Option<&str>,
) -> impl Iterator<Item = Fragment<'f>> + use<'f> {
    let all = text.text();
    let mut ranges = Vec::new();
    let mut at = 0;
    let parts: Box<dyn Iterator<Item = &str>> = match separator.filter(|separator| !separator.is_empty()) {
        _ if lines => Box::new(all.split('\n')),
        Some(separator) => Box::new(all.split(separator)),
        None => Box::new(all.split(char::is_whitespace)),
    };
    let width = separator.filter(|separator| !lines && !separator.is_empty()).map(str::len);
    for part in parts {
        let end = at + part.len();
        if !part.trim().is_empty() {
            ranges.push(at..end);
        }
        let blank = all[end..].chars().next().map_or(0, char::len_utf8);
        at = end + width.unwrap_or(blank);
    }
    ranges.into_iter().map(|range| text.part(range))
}
