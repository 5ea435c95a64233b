//! The older release with the newer one's names for what is merely called otherwise there. Code of which a part has moved
//! names both, and rules know what its values are as the older release calls them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::index::Kind;
use super::{Surface, is_package, module_of};

/// Where what is called otherwise gets its other name: a stub hands on nothing under a name that is not its own.
const RENAMED: &str = "mcp/_renamed_later.py";

impl Surface {
    /// This release, in which what `new` merely calls otherwise is found under both names. `moves` are paths of this
    /// release with those of the newer one; one that ends with `.*` stands for everything below.
    pub fn bridged<'m>(&self, new: &Self, moves: impl Iterator<Item = (&'m str, &'m str)>) -> Self {
        let meant = meant(self, new, moves);
        let mut additions: BTreeMap<&str, String> = BTreeMap::new();
        let (mut renamed, mut renamed_names) = (String::new(), BTreeSet::new());
        for path in new.index().names().filter(|path| self.index().canonical(path).is_none()) {
            let found = new.index().canonical(path).and_then(|canonical| meant.get(&canonical));
            let (Some(old), Some((module, name))) = (found, path.rsplit_once('.')) else { continue };
            let Some((home, old_name)) = old.rsplit_once('.') else { continue };
            let line = if old_name == name {
                format!("from {home} import {name} as {name}\n")
            } else {
                if renamed_names.insert(name) {
                    renamed.push_str(&format!("from {home} import {old_name} as {name}\n"));
                }
                format!("from mcp._renamed_later import {name} as {name}\n")
            };
            additions.entry(module).or_default().push_str(&line);
        }
        let mut files: Vec<(Cow<'static, str>, Cow<'static, str>)> = Vec::new();
        for (path, text) in &self.files {
            match additions.remove(&*module_of(path)) {
                Some(more) => files.push((path.clone(), Cow::Owned(format!("{text}\n{more}")))),
                None => files.push((path.clone(), text.clone())),
            }
        }
        for (path, _) in new.own() {
            let module = module_of(path);
            if let Some(text) = additions.remove(&*module).filter(|_| self.takes(&module, is_package(path))) {
                files.push((Cow::Owned(path.to_owned()), Cow::Owned(text)));
            }
        }
        files.push((Cow::Borrowed(RENAMED), Cow::Owned(renamed)));
        Self::new(self.version.clone(), files)
    }

    /// Whether a file for `module` can be added: what is a module here has none below it.
    fn takes(&self, module: &str, is_package: bool) -> bool {
        let Some((above, _)) = module.rsplit_once('.') else { return is_package };
        !self.own().any(|(path, _)| !super::is_package(path) && module_of(path) == above)
    }
}

/// By what the newer release calls them at home: the names of this one that stand for the same.
fn meant<'m>(
    old: &Surface,
    new: &Surface,
    moves: impl Iterator<Item = (&'m str, &'m str)>,
) -> BTreeMap<String, String> {
    let (old, new) = (old.index(), new.index());
    let mut meant = BTreeMap::new();
    let mut below: Vec<(&str, &str)> = Vec::new();
    for (from, to) in moves {
        match from.strip_suffix(".*") {
            Some(from) => below.push((from, to)),
            None if old.canonical(from).is_some() => {
                meant.extend(new.canonical(to).map(|to| (to, from.to_owned())));
            }
            None => {}
        }
    }
    for path in new.names().filter(|path| new.kind(path) != Some(Kind::Module)) {
        let moved = below.iter().find_map(|(from, to)| {
            let rest = path.strip_prefix(to)?;
            rest.starts_with('.').then(|| format!("{from}{rest}"))
        });
        let from = moved.as_deref().unwrap_or(path);
        if old.canonical(from).is_some()
            && let Some(canonical) = new.canonical(path)
        {
            meant.entry(canonical).or_insert_with(|| from.to_owned());
        }
    }
    meant
}
