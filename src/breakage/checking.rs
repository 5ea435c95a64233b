//! Asks the rules and both SDKs' types about every module of the projects, module by module, and holds the answers of the
//! types against each other.

use std::convert::Infallible;

use super::code::{Code, Unit};
use super::engine::{self, Engines, Group, Part};
use super::parallel::{self, Stage};
use super::{Breakage, Keep, Surfaces, Told, fails_for_sure, net};
use crate::python::check::{Compiled, Hit, Module, check, is_by_version};
use crate::python::surface::Surface;
use crate::python::types::{Diagnostic, GivenUp};
use crate::rule::Rule;
use crate::source::{Note, Span};

/// What is asked of every module.
pub(super) struct Checking<'c, 'r> {
    pub(super) codes: &'c [Code<'c>],
    pub(super) rules: &'c Compiled<'r>,
    pub(super) net: Option<&'r Rule>,
    pub(super) surfaces: Surfaces<'c>,
    /// The older SDK, with the newer one's names beside its own.
    pub(super) bridge: Surface,
    /// The modules that have no types.
    pub(super) given_up: GivenUp,
    pub(super) keep: Keep<'c>,
}

/// What is known of a module in the end.
pub(super) struct Outcome<'r> {
    /// The number of its project's code.
    pub(super) code: usize,
    pub(super) breakages: Vec<Breakage<'r>>,
    pub(super) note: Option<Note>,
    pub(super) told: Option<(String, Told)>,
}

/// A module by the numbers of its part, of its project's code, and its own.
type Task = (usize, usize, usize);

/// What the older SDK's types told of a module, before the newer one's are asked.
struct Half<'r> {
    hits: Vec<Hit<'r>>,
    is_newer: bool,
    /// The branches on the installed major.
    by_version: Vec<Span>,
    /// What a checker says of it on the older SDK, where the newer one is to be asked as well.
    on_old: Option<Vec<Diagnostic>>,
    note: Option<Note>,
    told: Option<Told>,
}

impl<'r> Checking<'_, 'r> {
    /// Every module of every project, with the number of the project's code: with the types of the older SDK, then with
    /// those of the newer one. In a large project one after the other, because what an engine has inferred is most of the
    /// memory that a run takes.
    pub(super) fn run(&self, groups: &[Group]) -> Vec<Outcome<'r>> {
        for unit in self.codes.iter().flat_map(|code| &code.units).filter(|unit| !unit.is_typed) {
            self.given_up.give_up(&unit.path, "too many modules import everything of each other in a circle");
        }
        let parts: Vec<Part<'_>> = groups.iter().flat_map(Group::parts).collect();
        let tasks = parts.iter().enumerate();
        let tasks: Vec<Task> =
            tasks.flat_map(|(at, part)| part.units.iter().map(move |(code, unit)| (at, *code, *unit))).collect();
        let mut halves = self.ask(
            &parts,
            &tasks,
            |unit, engines| self.check_unit(unit, engines),
            |(_, unit), engines, half| self.held_against_new(unit, engines, half),
        );
        let mut open: Vec<(Task, &mut Half<'r>, Vec<Diagnostic>)> = Vec::new();
        for (task, half) in tasks.iter().zip(&mut halves) {
            if let Some(on_old) = half.on_old.take() {
                open.push((*task, half, on_old));
            }
        }
        let asked: Vec<Task> = open.iter().map(|(task, ..)| *task).collect();
        let told = self.ask(
            &parts,
            &asked,
            |(_, unit), engines| Stage::Done::<Infallible, _>(engines.diagnostics(&unit.path, true)),
            |_, _, never| match never {},
        );
        for (((_, code, unit), half, on_old), on_new) in open.into_iter().zip(told) {
            self.compare(&self.codes[code].units[unit], half, on_old, on_new);
        }
        let units = tasks.into_iter().map(|(_, code, unit)| (code, &self.codes[code].units[unit]));
        units
            .zip(halves)
            .map(|((code, unit), half)| {
                let note = half.note.or_else(|| self.untyped(unit));
                let told = half.told.map(|told| (unit.path.clone().into_owned(), told));
                Outcome { code, breakages: breakages(unit, half.hits, half.is_newer, self.keep), note, told }
            })
            .collect()
    }

    /// What the two halves of the work make of each of `tasks`, in their order. The tasks of a part follow one another.
    fn ask<M: Send, T: Send>(
        &self,
        parts: &[Part<'_>],
        tasks: &[Task],
        first: impl Fn((&Code<'_>, &Unit<'_>), &engine::Own<'_>) -> Stage<M, T> + Sync,
        second: impl Fn((&Code<'_>, &Unit<'_>), &engine::Own<'_>, M) -> T + Sync,
    ) -> Vec<T> {
        let mut counts = vec![0; parts.len()];
        tasks.iter().for_each(|(part, ..)| counts[*part] += 1);
        let surfaces = Surfaces { old: &self.bridge, new: self.surfaces.new };
        let engines = |(part, count)| Engines::new(part, self.codes, surfaces, &self.given_up, count);
        let shared: Vec<Engines<'_>> = parts.iter().zip(counts).map(engines).collect();
        let unit = |(_, code, unit): &Task| (&self.codes[*code], &self.codes[*code].units[*unit]);
        parallel::in_two(
            tasks,
            || None,
            |handles, task| {
                if shared[task.0].is_open_to_both() && self.is_held_against_new(unit(task).1) {
                    own(handles, &shared, task.0).diagnostics(&unit(task).1.path, true);
                }
            },
            |handles, task| {
                let stage = first(unit(task), own(handles, &shared, task.0));
                if matches!(stage, Stage::Done(_)) {
                    shared[task.0].is_done_with_one();
                }
                stage
            },
            |handles, task, half| {
                let answer = second(unit(task), own(handles, &shared, task.0), half);
                shared[task.0].is_done_with_one();
                answer
            },
        )
    }

    /// Says of a module without types that it has none, and so was not checked for all that others were.
    fn untyped(&self, unit: &Unit<'_>) -> Option<Note> {
        let reason = self.given_up.reason(&unit.path)?;
        let message = format!("checked by names alone, because its types are not known: {reason}");
        Some(Note::file(unit.file.path().to_owned(), message))
    }

    fn check_unit(&self, (code, unit): (&Code<'_>, &Unit<'_>), engines: &engine::Own<'_>) -> Stage<Half<'r>, Half<'r>> {
        let module = Module {
            path: &unit.path,
            text: unit.text(),
            module: &unit.module,
            modules: &code.modules,
            imports_sdk: unit.imports_sdk,
            handed_on: &code.handed,
            declared: &code.declared,
            bridge: self.bridge.index(),
        };
        match check(module, self.rules, (self.surfaces.old.index(), self.surfaces.new.index()), engines) {
            Ok(found) => {
                let is_near = unit.is_near_sdk || !found.hits.is_empty();
                let is_open = is_near && (!found.is_newer || !matches!(self.keep, Keep::Nothing));
                let (is_newer, by_version) = (found.is_newer, found.by_version);
                let mut half = Half { hits: found.hits, is_newer, by_version, on_old: None, note: None, told: None };
                let is_small = engines.are_small();
                half.on_old = match self.keep {
                    _ if !is_open => None,
                    Keep::Against(before) => {
                        Some(before.get(&*unit.path).map(|told| told.old.clone()).unwrap_or_default())
                    }
                    // Most often the newer SDK's types leave nothing to compare.
                    Keep::Nothing if is_small => None,
                    Keep::Nothing | Keep::Both => Some(engines.diagnostics(&unit.path, false)),
                };
                if is_open && is_small { Stage::Half(half) } else { Stage::Done(half) }
            }
            Err(problem) => {
                // The manifests' reader says so already for files that import the SDK by name.
                let note = (!unit.imports_sdk).then(|| Note::at(unit.file, problem.offset, problem.message));
                let (hits, by_version) = (Vec::new(), Vec::new());
                Stage::Done(Half { hits, is_newer: false, by_version, on_old: None, note, told: None })
            }
        }
    }

    /// Whether the newer SDK's types are asked about the module, whatever the rules say of it.
    fn is_held_against_new(&self, unit: &Unit<'_>) -> bool {
        unit.is_near_sdk && !matches!(self.keep, Keep::Nothing)
    }

    /// Adds what the newer SDK's types tell, where both engines are at hand.
    fn held_against_new(&self, unit: &Unit<'_>, engines: &engine::Own<'_>, mut half: Half<'r>) -> Half<'r> {
        let on_new = engines.diagnostics(&unit.path, true);
        let on_old = half.on_old.take().or_else(|| {
            let is_asked = !on_new.is_empty() || net::may_have_moved(&half.hits);
            is_asked.then(|| engines.diagnostics(&unit.path, false))
        });
        if let Some(on_old) = on_old {
            self.compare(unit, &mut half, on_old, on_new);
        }
        half
    }

    /// Adds what the two lists of diagnostics tell.
    fn compare(&self, unit: &Unit<'_>, half: &mut Half<'r>, on_old: Vec<Diagnostic>, on_new: Vec<Diagnostic>) {
        // Code that was rewritten is for the newer SDK, and held against what was said of it before.
        let before = match self.keep {
            Keep::Against(before) => Some(before.get(&*unit.path).is_some_and(|told| told.is_newer)),
            Keep::Nothing | Keep::Both => None,
        };
        if before.is_none() && !half.is_newer {
            half.is_newer = net::has_moved(&half.hits, &on_old, &on_new);
        }
        let was_newer = before.unwrap_or(half.is_newer);
        let is_asked = match self.keep {
            // The places of a notebook's cells are not followed through edits.
            Keep::Against(_) => !unit.is_of_notebook(),
            Keep::Both => true,
            Keep::Nothing => !was_newer,
        };
        if let Some(rule) = self.net.filter(|_| is_asked) {
            let mut caught = net::hits(rule, unit, &half.hits, (&on_old, &on_new), self.surfaces.new);
            caught.retain(|hit| !is_by_version(&half.by_version, hit.span));
            if was_newer {
                caught.retain(net::fails_for_sure);
            }
            half.hits.extend(caught);
        }
        if !matches!(self.keep, Keep::Nothing) {
            half.told = Some(Told { old: on_old, new: on_new, is_newer: was_newer });
        }
    }
}

/// A thread's handles on the engines of `part`.
fn own<'o, 's>(
    handles: &'o mut Option<(usize, engine::Own<'s>)>,
    shared: &'s [Engines<'s>],
    part: usize,
) -> &'o engine::Own<'s> {
    if handles.as_ref().is_some_and(|(of, _)| *of != part) {
        // The handles on the part before go first: its engines are gone with the last of them.
        *handles = None;
    }
    &handles.get_or_insert_with(|| (part, shared[part].own())).1
}

fn breakages<'r>(unit: &Unit<'_>, hits: Vec<Hit<'r>>, is_newer: bool, keep: Keep<'_>) -> Vec<Breakage<'r>> {
    let always_holds = |hit: &Hit<'_>| match keep {
        Keep::Nothing => false,
        Keep::Both => hit.rule.is_net() && fails_for_sure(hit),
        Keep::Against(_) => hit.rule.is_net(),
    };
    let breakage = |hit: Hit<'r>| Breakage {
        path: unit.file.path().to_owned(),
        start: unit.file.position(hit.span.start),
        end: unit.file.position(hit.span.end),
        is_newer,
        always_holds: always_holds(&hit),
        hit,
    };
    hits.into_iter().map(|hit| breakage(unit.in_file(hit))).collect()
}
