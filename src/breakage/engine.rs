//! The type engines over the projects' code: made when the first question is asked, one for each SDK, shared by all
//! threads, and by projects whose modules cannot be mistaken for each other's.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::Builder;

use super::code::Code;
use super::{Surfaces, parallel};
use crate::python::check::Typing;
use crate::python::surface::Surface;
use crate::python::types::{Diagnostic, Engine, GivenUp, Hints, Type};
use crate::source::Span;

/// More text than this, in bytes, makes no engine share: what is inferred stays in memory as long as the engine.
const SHARED: usize = 4 << 20;

/// Less text than this, in bytes, and both engines are kept: asking one after the other saves memory, and costs the
/// questions to the one that the other's answer would have spared.
const SMALL: usize = 1 << 20;

/// After about so much text, in bytes, engines are made anew: what they know grows with every module, without end.
const PART: usize = 1536 << 10;

/// How often functions are asked again what they return, with what the others return known.
const MAX_ROUNDS: usize = 3;

/// The same where it takes long: what a part finds helps those after it in the first round already.
const MAX_ROUNDS_OF_MANY: usize = 2;

/// Projects that share engines, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) codes: Vec<usize>,
    tops: HashSet<String>,
    imported: HashSet<String>,
    size: usize,
    /// The modules that are checked, by the numbers of their project's code and their own, laid together up to the size of
    /// a part.
    parts: Vec<Vec<(usize, usize)>>,
    /// What functions return that do not say so.
    hints: OnceLock<Hints>,
}

impl Group {
    /// Leaves out what functions return that do not say so: finding that takes a third of the time.
    pub(super) fn without_hints(&self) {
        let _ = self.hints.set(Hints::new());
    }

    /// The parts of the group, in the order of its modules.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        self.parts.iter().map(|units| Part { group: self, units })
    }
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
    for group in &mut groups {
        group.parts = parts(group, codes);
    }
    groups
}

/// Modules that are asked about with the same engines.
pub(super) struct Part<'g> {
    group: &'g Group,
    pub(super) units: &'g [(usize, usize)],
}

fn parts(group: &Group, codes: &[Code<'_>]) -> Vec<Vec<(usize, usize)>> {
    let mut parts: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
    let mut size = 0;
    for code in &group.codes {
        for unit in codes[*code].checked() {
            let length = codes[*code].units[unit].text().len();
            size += length;
            match parts.last_mut() {
                Some(part) if size <= PART || part.is_empty() => part.push((*code, unit)),
                _ => {
                    size = length;
                    parts.push(vec![(*code, unit)]);
                }
            }
        }
    }
    parts
}

/// The engines of a part: against the older SDK and the newer one.
pub(super) struct Engines<'c> {
    part: &'c Part<'c>,
    codes: &'c [Code<'c>],
    surfaces: Surfaces<'c>,
    given_up: &'c GivenUp,
    old: Mutex<Option<Result<Engine, String>>>,
    new: Mutex<Option<Result<Engine, String>>>,
    left: AtomicUsize,
    is_small: bool,
}

/// A thread's own handles on the engines of a part.
pub(super) struct Own<'c> {
    shared: &'c Engines<'c>,
    old: Mutex<Option<Engine>>,
    new: Mutex<Option<Engine>>,
}

impl<'c> Engines<'c> {
    /// The engines of `part`, of which `asked` modules will be asked about.
    pub(super) fn new(
        part: &'c Part<'c>,
        codes: &'c [Code<'c>],
        surfaces: Surfaces<'c>,
        given_up: &'c GivenUp,
        asked: usize,
    ) -> Self {
        let (left, is_small) = (AtomicUsize::new(asked), part.group.size <= SMALL);
        Self { part, codes, surfaces, given_up, old: Mutex::default(), new: Mutex::default(), left, is_small }
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

    /// Whether there are modules left to ask about, and memory enough for both engines at a time.
    pub(super) fn is_open_to_both(&self) -> bool {
        self.is_small && self.left.load(Ordering::Acquire) > 0
    }

    /// An engine that knows what functions return from `hints`.
    fn engine(&self, surface: &Surface, hints: &Hints) -> Result<Engine, String> {
        let codes: Vec<&Code<'_>> = self.part.group.codes.iter().map(|code| &self.codes[*code]).collect();
        let units = codes.iter().flat_map(|code| &code.units).filter(|unit| unit.is_typed);
        let files = units.map(|unit| (&*unit.path, unit.text()));
        let mut roots: Vec<String> = codes.iter().flat_map(|code| code.roots.iter().cloned()).collect();
        roots.sort();
        roots.dedup();
        Ok(Engine::new(surface.files(), files, &roots, None, hints)?.sharing(self.given_up))
    }

    /// The engine of the older SDK, which knows what functions return that do not say so.
    fn older(&self) -> Result<Engine, String> {
        if let Some(hints) = self.part.group.hints.get() {
            return self.engine(self.surfaces.old, hints);
        }
        let mut hints = Hints::new();
        let engine = self.search(&mut hints)?;
        let hints = self.part.group.hints.get_or_init(|| hints);
        engine.map_or_else(|| self.engine(self.surfaces.old, hints), Ok)
    }

    /// The engine of the newer SDK, which is told what functions return by the older one's.
    fn newer(&self) -> Result<Engine, String> {
        let none = Hints::new();
        self.engine(self.surfaces.new, self.part.group.hints.get().unwrap_or(&none))
    }

    /// Finds what the functions of the whole group return, part by part: an engine that was told less knows nothing of what
    /// another finds. The last engine, if all is known to it.
    fn search(&self, hints: &mut Hints) -> Result<Option<Engine>, String> {
        let parts = &self.part.group.parts;
        let rounds = if parts.len() > 1 { MAX_ROUNDS_OF_MANY } else { MAX_ROUNDS };
        // What one function returns another one returns in turn.
        for _ in 0..rounds {
            let mut is_more = false;
            for part in parts {
                let engine = self.engine(self.surfaces.old, hints)?;
                is_more |= self.missing(&engine, part, hints);
                if parts.len() == 1 && !is_more {
                    return Ok(Some(engine));
                }
                if self.is_small {
                    release(engine);
                }
            }
            if !is_more {
                break;
            }
        }
        Ok(None)
    }

    /// Adds what the functions of `units` are found to return, and tells whether there was anything.
    fn missing(&self, engine: &Engine, units: &[(usize, usize)], hints: &mut Hints) -> bool {
        // An engine can be sent to a thread and not be shared by two.
        let engine = Mutex::new(engine.clone());
        let found = parallel::each(
            units,
            || engine.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            |engine, (code, unit)| {
                let path = &*self.codes[*code].units[*unit].path;
                (path.to_owned(), engine.hints(path))
            },
        );
        let mut is_any = false;
        for (path, more) in found.into_iter().filter(|(_, more)| !more.is_empty()) {
            let known = hints.entry(path).or_default();
            known.extend(more);
            known.sort();
            is_any = true;
        }
        is_any
    }
}

/// Stack to free an engine on, whose trees are freed from the inside out.
const STACK: usize = 16 << 20;

/// Lets go of engines. What they have inferred takes as long to free as a few modules take to check, so it is freed beside
/// what is done next, and not at all once the program has said everything.
fn release(engines: impl Send + 'static) {
    // Where there is no thread to be had, the closure is dropped here with all that it holds.
    let _ = Builder::new().stack_size(STACK).spawn(move || drop(engines));
}

impl Drop for Own<'_> {
    fn drop(&mut self) {
        // Large engines are freed before the next ones are made: there is no memory for both.
        if self.shared.is_small {
            let engines = [&mut self.old, &mut self.new];
            release(engines.map(|engine| engine.get_mut().unwrap_or_else(PoisonError::into_inner).take()));
        }
    }
}

impl Own<'_> {
    fn with<T>(&self, is_new: bool, work: impl FnOnce(&Engine) -> T) -> Option<T> {
        if is_new && self.shared.part.group.hints.get().is_none() {
            self.prepare(false);
        }
        self.prepare(is_new).lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(work)
    }

    /// The handle, with the engine at the other end; the first thread to ask makes that.
    fn prepare(&self, is_new: bool) -> &Mutex<Option<Engine>> {
        let (own, shared) = match is_new {
            true => (&self.new, &self.shared.new),
            false => (&self.old, &self.shared.old),
        };
        let mut handle = own.lock().unwrap_or_else(PoisonError::into_inner);
        if handle.is_none() {
            let make = || match is_new {
                true => self.shared.newer(),
                false => self.shared.older(),
            };
            let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
            *handle = shared.get_or_insert_with(make).as_ref().ok().cloned();
        }
        own
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
