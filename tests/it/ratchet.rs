//! Nothing of the older SDK goes missing unnoticed: each public module and name of its surface is there in the newer one,
//! or a rule speaks of it. A release that drops one more name fails here until a rule does.

use std::collections::BTreeSet;

use mcp_audit::fix::PinOptions;
use mcp_audit::inventory;
use mcp_audit::python::check::Compiled;
use mcp_audit::python::surface::Surface;
use mcp_audit::rule::{self, Rules};
use mcp_audit::source::SourceFile;

/// Every public module and every public name of `surface`, by path.
fn public(surface: &Surface) -> BTreeSet<&str> {
    let with_modules =
        |path| std::iter::successors(Some(path), |path: &&str| path.rsplit_once('.').map(|(above, _)| above));
    surface.index().names().flat_map(with_modules).collect()
}

/// Those of `paths` that are found when they are imported, each in a line of its own: some rules speak through a check.
fn found<'s>(paths: &[&'s str], rules: &Rules) -> BTreeSet<&'s str> {
    let import = |path: &&str| path.rsplit_once('.').map(|(module, name)| format!("from {module} import {name}\n"));
    let text: String = paths.iter().filter_map(import).collect();
    let files = vec![SourceFile::in_memory("server.py", &text)];
    let inventory = inventory::of_files(files, &rules.packages);
    let report = mcp_audit::report(inventory, rules, &PinOptions::default()).unwrap();
    let code = report.findings.iter().filter(|finding| finding.is_code());
    code.filter_map(|finding| paths.get(finding.start.line - 1)).copied().collect()
}

/// The names of `old` that `new` has not and no rule speaks of.
fn lost<'s>(old: &'s Surface, new: &Surface, rules: &Rules) -> Vec<&'s str> {
    let compiled = Compiled::new(rules, (old.index(), new.index())).unwrap();
    let is_lost = |path: &&str| new.index().canonical(path).is_none() && !compiled.speaks_of(path, old.index());
    let unspoken: Vec<&str> = public(old).into_iter().filter(is_lost).collect();
    let found = found(&unspoken, rules);
    unspoken.into_iter().filter(|path| !found.contains(path)).collect()
}

#[test]
fn every_name_of_the_older_major_is_there_or_spoken_of() {
    assert!(public(Surface::v1()).len() > 800, "the surface is not what it was");
    let lost = lost(Surface::v1(), Surface::v2(), &rule::embedded().unwrap());
    assert!(lost.is_empty(), "{} names are gone and no rule says so:\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn a_name_that_a_release_drops_is_noticed() {
    let without_implementation =
        |(path, text): (&str, &str)| (path.to_owned(), text.replace("class Implementation(", "class Gone("));
    let next = Surface::of_stubs("2.99.0", Surface::v2().own().map(without_implementation));
    let rules = rule::embedded().unwrap();
    let known: BTreeSet<&str> = lost(Surface::v1(), Surface::v2(), &rules).into_iter().collect();
    let noticed: Vec<&str> =
        lost(Surface::v1(), &next, &rules).into_iter().filter(|path| !known.contains(path)).collect();
    assert!(noticed.contains(&"mcp.types.Implementation"), "{noticed:?}");
    assert!(noticed.iter().all(|path| path.ends_with(".Implementation")), "{noticed:?}");
}
