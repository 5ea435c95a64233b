//! How a value is said at another place than where it stood: as it is written, where that means the same there, or by a
//! name that is made for it.

use super::settle::Source;
use super::write::{Edits, Pending};
use super::{Key, Place, Store};
use crate::python::layout;
use crate::source::Span;

impl<'m> Edits<'_, 'm> {
    /// What says the value of `source` at a place of the module `home`, for something that is reached by `receiver`.
    pub(super) fn said(
        &self,
        source: Source<'m>,
        name: &str,
        (home, place, receiver): (usize, &Place, Span),
        count: usize,
        pending: &mut Pending,
    ) -> Option<String> {
        let (of, value) = match source {
            Source::Made(value) => (self.server.home, value),
            Source::Store(of, store) => (of, &store.value),
        };
        let text = self.text(of, value.span);
        if value.is_literal {
            return Some(text.to_owned());
        }
        let is_seen = of == home && value.seen_from.contains(&place.at);
        let makes = text.starts_with(|first: char| first.is_uppercase()) && count == 1 && !place.is_repeated;
        if is_seen && ((value.is_pure && (value.is_short || count == 1 || !text.contains('('))) || makes) {
            let from = layout::indentation(self.whole(of), value.span.start);
            let to = format!("{}    ", layout::indentation(self.whole(home), place.at));
            return Some(layout::indented(text, from, &to));
        }
        if let Some(via) = self.via(home, receiver)
            && !value.parameters.is_empty()
            && of == self.server.home
        {
            return self.passed((name, value), via, (home, place), pending);
        }
        let store = match source {
            Source::Made(_) => None,
            // What is assigned beside the constructor goes on being assigned there, to something of another name.
            Source::Store(of, store) if of == self.server.home && store.place.scope == self.server.made.place.scope => {
                Some(store)
            }
            Source::Store(..) => return None,
        };
        if let Some(own) = &self.server.made.of_self {
            return self.of_self(own, (name, text, store), (home, receiver), pending);
        }
        let is_local = self.server.made.key.iter().any(|key| key.contains('#'));
        // A name of a function is none for those that the function returns its server to.
        let made = &self.server.made.key;
        let mut starts = self.server.starts.iter().map(|(at, start)| (*at, start.receiver, &start.key));
        let mut reads = self.server.reads.iter().map(|(at, read)| (*at, read.receiver, &read.key));
        let is_own = |(at, known, key): (usize, Span, &Key)| (at, known) == (home, receiver) && key == made;
        if is_local != (self.server.made.place.scope != 0) || is_local && !(starts.any(is_own) || reads.any(is_own)) {
            return None;
        }
        if home == of {
            return self.hoisted(name, text, store, pending);
        }
        let known = match &value.module_name {
            Some(known) => known.clone(),
            None => self.hoisted(name, text, store, pending)?,
        };
        self.imported(&known, home, receiver, pending)
    }

    /// A name for the value of `name` in the module that makes the server.
    fn hoisted(&self, name: &str, text: &str, store: Option<&Store>, pending: &mut Pending) -> Option<String> {
        let home = self.server.home;
        let key = self.server.made.key.first()?;
        let longer = format!("{}_{name}", key.rsplit(['.', '#']).next()?);
        let is_free = |one: &&str| self.homes.iter().all(|home| !home.says.bound.iter().any(|known| known == one));
        let own = [name, longer.as_str()].into_iter().find(is_free)?.to_owned();
        if let Some(store) = store {
            pending.rename(home, store.target, &own);
            return Some(own);
        }
        let start = self.server.made.place.at;
        let indent = layout::indentation(self.whole(home), start);
        let from = layout::indentation(self.whole(home), self.value_start(text)?);
        pending.hoisted.insert(format!("{own} = {}", layout::indented(text, from, indent)));
        Some(own)
    }

    fn value_start(&self, text: &str) -> Option<usize> {
        let call = self.server.made.call;
        self.text(self.server.home, call).find(text).map(|at| call.start + at)
    }

    /// An attribute beside the one that holds the server.
    fn of_self(
        &self,
        own: &str,
        (name, text, store): (&str, &str, Option<&Store>),
        (home, receiver): (usize, Span),
        pending: &mut Pending,
    ) -> Option<String> {
        let written = self.text(home, receiver);
        let prefix = match self.server.made.is_super {
            false => written.rsplit_once('.')?.0,
            true if home == self.server.home && (written == own || written == "super()") => own,
            true => return None,
        };
        let whole = self.whole(self.server.home);
        let known = [name.to_owned(), format!("_{name}")];
        let is_set = |one: &&String| {
            whole.contains(&format!(" {own}.{one} = {text}\n")) && whole.matches(&format!(".{one} = ")).count() == 1
        };
        if let Some(known) = known.iter().find(is_set) {
            return Some(format!("{prefix}.{known}"));
        }
        let private = format!("_{name}");
        if whole.contains(&format!(".{private}")) || text.contains('\n') {
            return None;
        }
        match store {
            Some(store) => pending.rename(self.server.home, store.target, &format!("{own}.{private}")),
            None => {
                pending.hoisted.insert(format!("{own}.{private} = {text}"));
            }
        }
        Some(format!("{prefix}.{private}"))
    }

    /// What the name `known` of the server's module is called in the module `home`.
    fn imported(&self, known: &str, home: usize, receiver: Span, pending: &mut Pending) -> Option<String> {
        let there = format!("{}.{known}", self.homes[self.server.home].path);
        let from = self.homes[home].path;
        let is_it = |path: &str| self.modules.canonical(path, from).contains(&there);
        if let Some((module, _)) = self.text(home, receiver).rsplit_once('.') {
            return Some(format!("{module}.{known}"));
        }
        let says = self.homes[home].says;
        if says.bound.iter().any(|name| name == known) {
            return None;
        }
        let (_, at) = says.imports.iter().find(|(module, _)| is_it(&format!("{module}.{known}")))?;
        pending.imported.insert((home, *at, known.to_owned()));
        Some(known.to_owned())
    }

    /// A variable for assignments that may or may not run before the start.
    pub(super) fn variable(
        &self,
        name: &str,
        before: &str,
        (home, place): (usize, &Place),
        stores: &[(usize, &Store)],
        pending: &mut Pending,
    ) -> Option<String> {
        let key = self.server.made.key.first()?;
        let longer = format!("{}_{name}", key.rsplit(['.', '#']).next()?);
        let is_free = |one: &&str| !self.homes[home].says.bound.iter().any(|known| known == one);
        let own = [name, longer.as_str()].into_iter().find(is_free)?.to_owned();
        let shared = |store: &Store| {
            store.place.blocks.iter().zip(&place.blocks).take_while(|(one, other)| one.0 == other.0).count()
        };
        let depth = stores.iter().map(|(_, store)| shared(store)).min()?.checked_sub(1)?;
        let at = stores.iter().filter_map(|(_, store)| store.place.statements.get(depth)).min()?;
        let begun = (home, *at, format!("{own} = {before}"));
        if pending.variables.get(name).is_some_and(|known| *known != begun) {
            return None;
        }
        pending.variables.insert(name.to_owned(), begun);
        for (_, store) in stores {
            pending.rename(home, store.target, &own);
        }
        Some(own)
    }
}
