//! The type engines over the projects' code: made when the first question is asked, one for each SDK, shared by all
//! threads, and by projects whose modules cannot be mistaken for each other's.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::Surfaces;
use super::code::Code;
use crate::python::check::Typing;
use crate::python::surface::Surface;
use crate::python::types::{Diagnostic, Engine, Type};
use crate::source::Span;

/// More text than this, in bytes, makes no engine share: what is inferred stays in memory as long as the engine.
const SHARED: usize = 4 << 20;

/// Less text than this, in bytes, and both engines are kept: asking one after the other saves memory, and costs the
/// questions to the one that the other's answer would have spared.
const SMALL: usize = 1 << 20;

/// Projects that share engines, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) codes: Vec<usize>,
    tops: HashSet<String>,
    imported: HashSet<String>,
    size: usize,
}

/// Lays projects together whose imports mean the same with the others' modules at hand.
pub(super) fn groups(codes: &[Code<'_>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, code) in codes.iter().enumerate() {
        let tops: HashSet<String> = code.units.iter().flat_map(|unit| code.tops_of(unit.file.path())).collect();
        let size = code.units.iter().map(|unit| unit.file.text().len()).sum::<usize>();
        let fits = |group: &&mut Group| {
            group.size + size <= SHARED && group.imported.is_disjoint(&tops) && code.imported.is_disjoint(&group.tops)
        };
        let group = match groups.iter_mut().find(fits) {
            Some(group) => group,
            None => groups.push_mut(Group::default()),
        };
        group.codes.push(at);
        group.tops.extend(tops);
        group.imported.extend(code.imported.iter().cloned());
        group.size += size;
    }
    groups
}

/// The engines of a group: against the older SDK and the newer one.
pub(super) struct Engines<'c> {
    codes: Vec<&'c Code<'c>>,
    surfaces: Surfaces<'c>,
    old: Mutex<Option<Result<Engine, String>>>,
    new: Mutex<Option<Result<Engine, String>>>,
    left: AtomicUsize,
    is_small: bool,
}

/// A thread's own handles on the engines of a group.
pub(super) struct Own<'c> {
    shared: &'c Engines<'c>,
    old: Mutex<Option<Engine>>,
    new: Mutex<Option<Engine>>,
}

impl<'c> Engines<'c> {
    /// The engines of `group`, of which `asked` modules will be asked about.
    pub(super) fn new(group: &Group, codes: &'c [Code<'c>], surfaces: Surfaces<'c>, asked: usize) -> Self {
        let codes: Vec<&Code<'_>> = group.codes.iter().map(|at| &codes[*at]).collect();
        let left = AtomicUsize::new(asked);
        let is_small = group.size <= SMALL;
        Self { codes, surfaces, old: Mutex::default(), new: Mutex::default(), left, is_small }
    }

    pub(super) fn own(&'c self) -> Own<'c> {
        Own { shared: self, old: Mutex::default(), new: Mutex::default() }
    }

    /// Lets go of the engines after the last module.
    pub(super) fn is_done_with_one(&self) {
        if self.left.fetch_sub(1, Ordering::AcqRel) == 1 {
            for engine in [&self.old, &self.new] {
                *engine.lock().unwrap_or_else(PoisonError::into_inner) = None;
            }
        }
    }

    fn engine(&self, surface: &Surface) -> Result<Engine, String> {
        let units = self.codes.iter().flat_map(|code| &code.units);
        let files = units.map(|unit| (&*unit.path, unit.text()));
        let mut roots: Vec<String> = self.codes.iter().flat_map(|code| code.roots.iter().cloned()).collect();
        roots.sort();
        roots.dedup();
        Engine::new(surface.files(), files, &roots, None)
    }
}

impl Own<'_> {
    fn with<T>(&self, is_new: bool, work: impl FnOnce(&Engine) -> T) -> Option<T> {
        let (own, shared, surface) = match is_new {
            true => (&self.new, &self.shared.new, self.shared.surfaces.new),
            false => (&self.old, &self.shared.old, self.shared.surfaces.old),
        };
        let mut own = own.lock().unwrap_or_else(PoisonError::into_inner);
        if own.is_none() {
            let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
            *own = shared.get_or_insert_with(|| self.shared.engine(surface)).as_ref().ok().cloned();
        }
        own.as_ref().map(work)
    }

    /// Whether there is memory enough to ask both engines about one module after the other.
    pub(super) fn are_small(&self) -> bool {
        self.shared.is_small
    }

    /// What a checker says of the module at `path` against the newer SDK, or else the older one.
    pub(super) fn diagnostics(&self, path: &str, is_new: bool) -> Vec<Diagnostic> {
        self.with(is_new, |engine| engine.diagnostics(path).unwrap_or_default()).unwrap_or_default()
    }
}

impl Typing for Own<'_> {
    fn type_at(&self, path: &str, span: Span) -> Type {
        self.with(false, |engine| engine.type_at(path, span)).unwrap_or_default()
    }

    fn newer_type_at(&self, path: &str, span: Span) -> Type {
        self.with(true, |engine| engine.type_at(path, span)).unwrap_or_default()
    }
}
