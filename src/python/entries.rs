//! Follows dictionaries to their entries, however they are put together: literals, `dict(…)`, `**`, `|`, and items that
//! are set one by one.

use super::outline::StatementKind;
use super::resolve::{Leaf, Names};
use super::value::{Kind, Value};

/// An entry of a dictionary that was followed.
#[derive(Debug)]
pub struct Entry<'o, 'a> {
    /// The key, when it is a string that is known.
    pub key: Option<String>,
    /// The value.
    pub value: &'o Value<'a>,
    /// Whether the value is one element more of the list below the key, not the list.
    pub element: bool,
}

impl<'o, 'a> Names<'o, 'a> {
    /// The entries of a dictionary, whatever it is put together from; what is no dictionary is given to `computed`.
    pub fn entries(&self, value: &'o Value<'a>, computed: &mut Vec<Leaf<'o>>) -> Vec<Entry<'o, 'a>> {
        let mut found = Vec::new();
        self.collect_entries(value, &mut found, computed);
        found
    }

    fn collect_entries(&self, value: &'o Value<'a>, found: &mut Vec<Entry<'o, 'a>>, computed: &mut Vec<Leaf<'o>>) {
        if self.tired() {
            return;
        }
        match &value.kind {
            Kind::Dict(entries) => {
                if self.spend(entries.len()) {
                    return;
                }
                for (key, value) in entries {
                    match key {
                        Some(key) => {
                            let key = self.text(key).map(|key| key.text().to_owned());
                            found.push(Entry { key, value, element: false });
                        }
                        None => self.collect_entries(value, found, computed),
                    }
                }
            }
            Kind::Sum(values) | Kind::Choice(values) => {
                for value in values {
                    self.collect_entries(value, found, computed);
                }
            }
            // An `or []` or `None` beside the dictionary.
            Kind::List(values) if values.is_empty() => {}
            Kind::Call(call) if call.path == "dict" => {
                for value in &call.arguments {
                    self.collect_entries(value, found, computed);
                }
                for (key, value) in &call.keywords {
                    match key {
                        Some(key) => found.push(Entry { key: Some(key.clone()), value, element: false }),
                        None => self.collect_entries(value, found, computed),
                    }
                }
            }
            Kind::Name(name) => {
                let bound = self.bound(name);
                if bound.is_empty() {
                    computed.push(self.computed(value));
                    return;
                }
                self.follow(name, || {
                    for statement in bound {
                        match &statement.target.kind {
                            Kind::Item(_, key) => found.push(Entry {
                                key: self.text(key).map(|key| key.text().to_owned()),
                                value: &statement.value,
                                element: statement.kind == StatementKind::Append,
                            }),
                            _ => self.collect_entries(&statement.value, found, computed),
                        }
                    }
                });
            }
            _ => computed.push(self.computed(value)),
        }
    }
}
