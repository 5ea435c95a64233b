//! Where the trail of a value ends: what computes it, and which requirements files that code seems to read.

use std::collections::HashSet;

use super::outline::FileName;
use super::resolve::{Leaf, Names};
use super::value::{Kind, Value};

/// So many names are followed to files; code that reads one mentions it near.
const MAX_NAMES: usize = 64;

impl<'o, 'a> Names<'o, 'a> {
    /// Tells a value as computed.
    pub fn computed(&self, value: &'o Value<'a>) -> Leaf<'o> {
        let by = match &value.kind {
            Kind::Call(call) => format!("the call `{}()`", call.path),
            Kind::Name(name) => format!("the name `{name}`"),
            Kind::Other { what, .. } => (*what).to_owned(),
            _ => "an expression".to_owned(),
        };
        let mut files = Vec::new();
        let mut seen = HashSet::new();
        self.files(value, &mut seen, &mut files);
        files.sort_by_key(|file| file.span);
        files.dedup();
        Leaf::Computed { span: value.span, by, files }
    }

    /// The requirements files that a value names: within it, in the functions it calls, behind the names it uses.
    fn files(&self, value: &'o Value<'a>, seen: &mut HashSet<String>, found: &mut Vec<&'o FileName>) {
        if self.spend(1 + self.outline.files.len()) {
            return;
        }
        let within = |file: &&FileName| value.span.start <= file.span.start && file.span.end <= value.span.end;
        found.extend(self.outline.files.iter().filter(within));
        let mut names: Vec<&str> = Vec::new();
        match &value.kind {
            Kind::Call(call) => {
                // A file that is passed to a function is what it reads, whatever else it would read without.
                let passed = found.len();
                for argument in call.arguments.iter().chain(call.keywords.iter().map(|(_, value)| value)) {
                    self.files(argument, seen, found);
                }
                if let Some(receiver) = &call.receiver {
                    self.files(receiver, seen, found);
                }
                if passed == 0 && found.is_empty() {
                    names.push(&call.path);
                    names.extend(call.path.split('.').next());
                }
            }
            Kind::Name(name) => names.push(name.as_str()),
            Kind::Other { names: used, .. } => names.extend(used.iter().map(String::as_str)),
            Kind::List(values) | Kind::Sum(values) | Kind::Choice(values) => {
                for value in values {
                    self.files(value, seen, found);
                }
            }
            Kind::Item(inner, _) | Kind::Starred(inner) => self.files(inner, seen, found),
            Kind::Text(_) | Kind::Template { .. } | Kind::Dict(_) => {}
        }
        for name in names {
            if seen.len() > MAX_NAMES || !seen.insert(name.to_owned()) {
                continue;
            }
            found.extend(self.outline.files.iter().filter(|file| file.function.as_deref() == Some(name)));
            for statement in self.bound(name) {
                self.files(&statement.value, seen, found);
            }
        }
    }
}
