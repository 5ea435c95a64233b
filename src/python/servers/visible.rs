//! The end of the walk over a module: where the names of each value mean the same, told when every place is known.

use super::Servers;
use super::collect::{Holder, Walk};

impl Walk<'_> {
    /// What was collected; nothing where the module says nothing of servers.
    pub(super) fn finish(mut self) -> Servers {
        let places: Vec<(usize, usize)> = {
            let starts = self.out.starts.iter().map(|one| &one.place);
            starts.chain(self.out.reads.iter().map(|one| &one.place)).map(|one| (one.at, one.scope)).collect()
        };
        for (holder, names, scope, within) in std::mem::take(&mut self.pending) {
            let signature = self.out.signatures.iter().find(|one| Some(&one.path) == within.as_ref());
            let value = match holder {
                Holder::Made(at, number) => {
                    self.out.made.get_mut(at).and_then(|one| one.values.get_mut(number)).map(|one| &mut one.1)
                }
                Holder::Position(at, number) => self.out.made.get_mut(at).and_then(|one| one.positions.get_mut(number)),
                Holder::Store(at) => self.out.stores.get_mut(at).map(|one| &mut one.value),
            };
            let Some(value) = value else { continue };
            let is_parameter = |name: &str| {
                let bound = self.scopes.scope_of(name, scope);
                signature.is_some_and(|one| one.parameters.iter().any(|parameter| parameter.name == name))
                    && bound == Some(scope)
                    && !self.stored.iter().any(|(known, scope, _)| known == name && Some(*scope) == bound)
            };
            let (passed, other): (Vec<_>, Vec<_>) = names.into_iter().partition(|(name, _)| is_parameter(name));
            let is_same = |name: &str, (at, from): &(usize, usize)| {
                let bound = self.scopes.scope_of(name, scope);
                let is_kept = self.stored.iter().all(|(known, scope, stored)| {
                    known != name || Some(*scope) != bound || *stored <= value.span.start || *stored > *at
                });
                self.scopes.scope_of(name, *from) == bound && is_kept
            };
            let open = places.iter().filter(|place| other.iter().all(|(name, _)| is_same(name, place)));
            let seen = open.clone().filter(|place| passed.iter().all(|(name, _)| is_same(name, place)));
            let seen_from = seen.map(|(at, _)| *at).collect();
            value.open_from = open.map(|(at, _)| *at).collect();
            value.is_closed = other.iter().all(|(name, _)| self.scopes.scope_of(name, scope).is_none());
            value.seen_from = seen_from;
            value.parameters = passed.into_iter().map(|(name, at)| (at, name)).collect();
        }
        let has_any = !self.out.made.is_empty() || !self.out.starts.is_empty() || !self.out.stores.is_empty();
        if !has_any && !self.out.starts_unknown {
            return Servers::default();
        }
        let made = &self.out.made;
        self.out.signatures.retain(|one| made.iter().any(|made| made.within.as_ref() == Some(&one.path)));
        self.out.handed.sort_unstable();
        self.out.handed.dedup();
        self.out.bound = self.scopes.bound_anywhere().map(str::to_owned).collect();
        self.out.bound.sort_unstable();
        self.out.text = self.text.to_owned();
        self.out
    }
}
