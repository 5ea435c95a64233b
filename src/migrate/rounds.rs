//! Makes the fixes of a tree in rounds: those that can be made together are, the new text is looked at, and what waited or
//! showed itself is next. Every place that matters is followed through the edits.

use std::collections::{BTreeMap, BTreeSet};

use super::{Bug, Fixed, Options, folders_of};
use crate::breakage::{self, Asked, Breakages, Keep, Surfaces, Told};
use crate::finding::{Fails, Finding};
use crate::fix::{self, Applicability, Chosen, Edit, Fix, PinOptions, Trail};
use crate::inventory::{Inventory, is_python};
use crate::judge::{self, Verdicts};
use crate::project::Projects;
use crate::python;
use crate::rule::{Rule, Rules};
use crate::settle::{self, Settings, Taken};
use crate::source::{Encoding, Span};

/// How often fixes are made on top of those before: more than any file needs.
const MAX_ROUNDS: usize = 10;

/// A tree on its way.
pub(super) struct Run<'r> {
    pub(super) inventory: Inventory,
    pub(super) rules: &'r Rules,
    pub(super) options: Options,
    settings: &'r Settings,
    pub(super) surfaces: Surfaces<'r>,
    /// What changed files held.
    pub(super) originals: BTreeMap<String, Vec<u8>>,
    pub(super) breakages: Breakages<'r>,
    pub(super) verdicts: Verdicts,
    /// What the last look found and nobody wants changed.
    pub(super) left_alone: Vec<Taken>,
    /// The first look, to begin anew from.
    first: Option<(Breakages<'r>, Verdicts, Vec<Taken>)>,
    /// What a checker said of each file before, where that stands now.
    pub(super) before: BTreeMap<String, Told>,
    /// What was found at first and not fixed, where it stands now.
    pub(super) open: Vec<Finding>,
    pub(super) fixed: Vec<Fixed>,
    /// What was written where, by file, and by the fixes of which rule.
    pub(super) written: BTreeMap<String, Vec<(Span, String)>>,
    /// The fixes that are not made: of a rule in a file, or of all rules.
    pub(super) banned: BTreeSet<(String, Option<String>)>,
    pub(super) bugs: BTreeSet<Bug>,
}

impl<'r> Run<'r> {
    pub(super) fn new(
        inventory: Inventory,
        rules: &'r Rules,
        (options, settings): (Options, &'r Settings),
        surfaces: Surfaces<'r>,
    ) -> Self {
        Self {
            inventory,
            rules,
            options,
            settings,
            surfaces,
            originals: BTreeMap::new(),
            breakages: Breakages::default(),
            verdicts: Verdicts::default(),
            left_alone: Vec::new(),
            first: None,
            before: BTreeMap::new(),
            open: Vec::new(),
            fixed: Vec::new(),
            written: BTreeMap::new(),
            banned: BTreeSet::new(),
            bugs: BTreeSet::new(),
        }
    }

    /// Looks at the tree as it is.
    pub(super) fn first_look(&mut self) -> Result<(), String> {
        let projects = Projects::group(&self.inventory);
        let asked = Asked { folders: None, keep: Keep::Both };
        self.breakages = breakage::find(&self.inventory, &projects, self.rules, self.surfaces, asked)?;
        drop(projects);
        self.judge_again();
        self.begin();
        Ok(())
    }

    fn begin(&mut self) {
        self.open = self.verdicts.findings.iter().filter(|finding| finding.is_code()).cloned().collect();
        self.before = self.breakages.told.clone();
        self.first = Some((self.breakages.clone(), self.verdicts.clone(), self.left_alone.clone()));
    }

    /// Begins anew, without the fixes that were banned meanwhile.
    pub(super) fn restart(&mut self) -> Result<(), String> {
        for (path, bytes) in std::mem::take(&mut self.originals) {
            self.inventory.replace(&path, bytes, &self.rules.packages);
        }
        (self.fixed, self.written) = (Vec::new(), BTreeMap::new());
        match self.first.take() {
            Some(first) => (self.breakages, self.verdicts, self.left_alone) = first,
            None => return self.first_look(),
        }
        self.begin();
        Ok(())
    }

    /// Makes fixes until there are none.
    pub(super) fn rounds(&mut self) -> Result<(), String> {
        for _ in 0..MAX_ROUNDS {
            let changed = self.round();
            if changed.is_empty() {
                break;
            }
            let projects = Projects::group(&self.inventory);
            let folders = folders_of(&projects, changed.iter().map(String::as_str));
            let asked = Asked { folders: Some(&folders), keep: Keep::Against(&self.before) };
            let found = breakage::find(&self.inventory, &projects, self.rules, self.surfaces, asked)?;
            for folder in &folders {
                self.breakages.by_project.remove(folder);
            }
            self.breakages.by_project.extend(found.by_project);
            self.breakages.told.extend(found.told);
            self.breakages.taken.extend(found.taken);
            drop(projects);
            self.judge_again();
        }
        Ok(())
    }

    /// Makes the fixes that can be made together. The paths of the files they changed.
    fn round(&mut self) -> BTreeSet<String> {
        let mut findings = std::mem::take(&mut self.verdicts.findings);
        for finding in &mut findings {
            if finding.fix.as_mut().is_some_and(|fix| !settle::keeps(fix, |path| self.inventory.file(path))) {
                finding.fix = None;
            }
        }
        let mut candidates: Vec<(&Finding, &Fix)> = findings
            .iter()
            .filter(|finding| finding.is_code())
            .filter_map(|finding| Some((finding, finding.fix.as_ref()?)))
            .filter(|(finding, fix)| fix.applicability >= self.options.least && !self.is_banned(finding, fix))
            .collect();
        candidates.sort_by_key(|(_, fix)| fix.extent());
        let mut changed = BTreeSet::new();
        loop {
            let chosen = self.choose(&mut candidates);
            let unsound = self.unsound(&chosen, &candidates);
            if unsound.is_empty() {
                self.apply(&chosen, &candidates);
                changed.extend(chosen.paths().map(str::to_owned));
                break;
            }
            let (mut late, mut waiting) = (BTreeSet::new(), BTreeSet::new());
            for index in unsound {
                let (finding, fix) = candidates[index];
                if self.is_sound_alone(fix) {
                    // With others it is not: it waits for the next round, and so do the imports that give it its types.
                    waiting.insert((&finding.path, &finding.rule, finding.span));
                    late.insert(&finding.path);
                } else {
                    let language = if finding.path.ends_with(".rs") { "Rust" } else { "Python" };
                    let reason = format!("`{}` makes text that is no {language} any more", fix.title);
                    self.ban(&finding.path, Some(&finding.rule), reason);
                }
            }
            candidates.retain(|(finding, fix)| {
                let is_late = finding.fails == Fails::Import && late.contains(&finding.path);
                let waits = waiting.contains(&(&finding.path, &finding.rule, finding.span));
                !is_late && !waits && !self.is_banned(finding, fix)
            });
        }
        self.verdicts.findings = findings;
        changed
    }

    /// The fixes to make now. Where some must wait for others, imports wait for them too: as long as a file imports what
    /// the older SDK has, its types are known.
    fn choose<'f>(&self, candidates: &mut Vec<(&'f Finding, &'f Fix)>) -> Chosen<'f> {
        let length = |path: &str| self.inventory.file(path).map(|file| file.bytes().len());
        let of = |candidates: &[(&'f Finding, &'f Fix)]| {
            let fixes: Vec<&Fix> = candidates.iter().map(|(_, fix)| *fix).collect();
            Chosen::of(&fixes, &length)
        };
        let all = of(candidates);
        let crowded: BTreeSet<&str> = all.waiting.iter().map(|index| candidates[*index].0.path.as_str()).collect();
        if crowded.is_empty() {
            return all;
        }
        let is_late = |finding: &Finding| finding.fails == Fails::Import && crowded.contains(finding.path.as_str());
        let early: Vec<_> = candidates.iter().copied().filter(|(finding, _)| !is_late(finding)).collect();
        let chosen = of(&early);
        if chosen.applied.is_empty() {
            return all;
        }
        *candidates = early;
        chosen
    }

    /// The candidates after which a file is no Python any more.
    fn unsound(&self, chosen: &Chosen<'_>, candidates: &[(&Finding, &Fix)]) -> Vec<usize> {
        let mut unsound = Vec::new();
        for path in chosen.paths() {
            let Some(file) = self.inventory.file(path) else { continue };
            let own = chosen.applied.iter().copied();
            let own: Vec<usize> =
                own.filter(|index| candidates[*index].1.edits.iter().any(|edit| edit.path == path)).collect();
            let fixes: Vec<&Fix> = own.iter().map(|index| candidates[*index].1).collect();
            let sound = fix::verify(file, &fixes);
            unsound.extend(own.iter().enumerate().filter(|(at, _)| !sound.contains(at)).map(|(_, index)| *index));
        }
        unsound
    }

    fn is_sound_alone(&self, fix: &Fix) -> bool {
        let paths: BTreeSet<&str> = fix.edits.iter().map(|edit| edit.path.as_str()).collect();
        paths.iter().filter_map(|path| self.inventory.file(path)).all(|file| !fix::verify(file, &[fix]).is_empty())
    }

    fn apply(&mut self, chosen: &Chosen<'_>, candidates: &[(&Finding, &Fix)]) {
        let applied: Vec<(&Finding, &Fix)> = chosen.applied.iter().map(|index| candidates[*index]).collect();
        let done: BTreeSet<(&str, &str, Span)> =
            applied.iter().map(|(one, _)| (one.path.as_str(), one.rule.as_str(), one.span)).collect();
        self.open.retain(|one| {
            let is_done = done.contains(&(one.path.as_str(), one.rule.as_str(), one.span));
            !is_done && !applied.iter().any(|(by, fix)| is_taken(one, by, fix))
        });
        for path in chosen.paths() {
            let Some(file) = self.inventory.file(path) else { continue };
            let (old, trail) = (file.bytes().to_vec(), chosen.trail(path));
            let new = chosen.text(path, &old);
            self.follow(path, &trail);
            let by = |span: Span| {
                let wrote = |fix: &Fix| fix.edits.iter().any(|edit| edit.path == path && edit.span == span);
                applied.iter().find(|(_, fix)| wrote(fix)).map_or(String::new(), |(finding, _)| finding.rule.clone())
            };
            let written = trail.written().map(|(old, new)| (new, by(old)));
            self.written.entry(path.to_owned()).or_default().extend(written);
            for (finding, fix) in applied.iter().filter(|(finding, _)| finding.path == path) {
                self.fixed.push(Fixed {
                    rule: finding.rule.clone(),
                    name: finding.name.clone(),
                    fails: finding.fails,
                    path: path.to_owned(),
                    span: trail.forward(finding.span),
                    start: finding.start,
                    title: fix.title.clone(),
                });
            }
            self.replace(path, old, new);
        }
    }

    /// Moves everything that is known of places of a file to where they stand after edits.
    fn follow(&mut self, path: &str, trail: &Trail) {
        if let Some(told) = self.before.get_mut(path) {
            told.old.iter_mut().chain(&mut told.new).for_each(|one| one.span = trail.forward(one.span));
        }
        self.open.iter_mut().filter(|one| one.path == path).for_each(|one| one.span = trail.forward(one.span));
        self.fixed.iter_mut().filter(|one| one.path == path).for_each(|one| one.span = trail.forward(one.span));
        self.written.get_mut(path).into_iter().flatten().for_each(|(span, _)| *span = trail.forward(*span));
        let found = self.verdicts.findings.iter_mut().filter(|one| one.path == path);
        found.for_each(|one| one.span = trail.forward(one.span));
        let breakages = self.breakages.by_project.values_mut().flatten().filter(|one| one.path == path);
        breakages.for_each(|one| one.hit.span = trail.forward(one.hit.span));
    }

    /// Puts `new` in the place of what a file holds.
    pub(super) fn replace(&mut self, path: &str, old: Vec<u8>, new: Vec<u8>) {
        self.originals.entry(path.to_owned()).or_insert(old);
        self.inventory.replace(path, new, &self.rules.packages);
    }

    /// What changed files held.
    pub(super) fn originals(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.originals.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    fn is_banned(&self, finding: &Finding, fix: &Fix) -> bool {
        let paths = fix.edits.iter().map(|edit| &edit.path).chain([&finding.path]);
        let mut both = paths.flat_map(|path| [(path.clone(), None), (path.clone(), Some(finding.rule.clone()))]);
        both.any(|one| self.banned.contains(&one))
    }

    /// Leaves the fixes of `rule`, or of all rules, out in a file.
    pub(super) fn ban(&mut self, path: &str, rule: Option<&str>, reason: String) {
        let rule = rule.map(str::to_owned);
        self.banned.insert((path.to_owned(), rule.clone()));
        self.bugs.insert(Bug { path: path.to_owned(), rule, reason });
    }

    /// Takes the imports away that the fixes have left without a use.
    pub(super) fn tidy(&mut self) {
        let taken = |path: &str, name: &str| self.breakages.taken.contains(&(path.to_owned(), name.to_owned()));
        let changed: Vec<(String, Vec<Span>)> = self
            .originals
            .iter()
            .filter(|(path, _)| is_python(path))
            .filter_map(|(path, before)| {
                let file = self.inventory.file(path).filter(|file| file.encoding() == Encoding::Utf8)?;
                // What a package imports, others may take of it that nobody sees here.
                if file.name() == "__init__.py" {
                    return None;
                }
                let before = String::from_utf8_lossy(before);
                let gone = python::left_unused(&before, file.text(), &|name| taken(path, name));
                (!gone.is_empty()).then(|| (path.clone(), gone))
            })
            .collect();
        for (path, gone) in changed {
            let edit = |span: &Span| Edit { path: path.clone(), span: *span, content: String::new() };
            let edits = gone.iter().map(edit).collect();
            let fix = Fix { title: String::new(), applicability: Applicability::Safe, edits };
            self.rewrite(&path, &fix);
        }
    }

    /// Makes one more fix in a file, which is sound by itself.
    pub(super) fn rewrite(&mut self, path: &str, fix: &Fix) {
        let Some(file) = self.inventory.file(path) else { return };
        let old = file.bytes().to_vec();
        let chosen = Chosen::of(&[fix], &|_| Some(old.len()));
        let (new, trail) = (chosen.text(path, &old), chosen.trail(path));
        self.follow(path, &trail);
        self.replace(path, old, new);
    }

    /// Weighs what is known of the tree as it is now, but for what nobody wants changed.
    pub(super) fn judge_again(&mut self) {
        let projects = Projects::group(&self.inventory);
        self.verdicts = judge::judge(&projects, self.rules, &PinOptions::default(), &self.breakages);
        let findings = &mut self.verdicts.findings;
        self.left_alone = settle::leave_alone(findings, &self.inventory, self.rules, self.settings);
    }
}

/// Whether `fix`, made because of `by`, has rewritten the whole of what `one` stands in, so that it is not there any more.
fn is_taken(one: &Finding, by: &Finding, fix: &Fix) -> bool {
    one.rule != by.rule
        && fix.edits.iter().any(|edit| {
            edit.path == one.path
                && edit.span != one.span
                && edit.span.start <= one.span.start
                && one.span.end <= edit.span.end
        })
}

/// Whether two spans share a place.
pub(super) fn meets(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// Whether a rule is the net under the others.
pub(super) fn is_net(rules: &Rules, id: &str) -> bool {
    rules.get(id).is_some_and(Rule::is_net)
}
