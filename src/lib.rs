//! mcp-audit: finds, explains and fixes what the next major of a Model Context Protocol SDK breaks.
//!
//! The way data flows, one direction and no way back: files are discovered and read ([`source`]), formats say what
//! they declare ([`manifest`]), the inventory follows their references, code that uses the SDK is checked ([`breakage`]),
//! rules are weighed ([`judge`]), and the report
//! is printed ([`report`]) or its fixes are made, verified and written ([`fix`]).

pub mod breakage;
mod cache;
pub mod cli;
pub mod command;
pub mod cross_check;
pub mod dependents;
pub mod finding;
pub mod fix;
pub mod hit;
pub mod inventory;
pub mod judge;
pub mod manifest;
pub mod migrate;
pub mod packages;
pub mod plan;
pub mod portrait;
mod process;
pub mod project;
pub mod protocol;
pub mod prove;
pub mod python;
pub mod report;
pub mod requirement;
pub mod rule;
pub mod rust;
pub mod source;
pub mod syntax;
pub mod transitive;

use std::io;
use std::path::PathBuf;

use breakage::{Asked, Surfaces};
use fix::Applicability;
use fix::PinOptions;
use inventory::Inventory;
use migrate::Migration;
use plan::Plan;
use project::Projects;
use python::surface::Surface;
use report::Report;
use rule::Rules;
use source::Limits;
use transitive::{Index, Means, Resolve, Uv};

/// What a scan is asked for.
#[derive(Debug, Clone, Default)]
pub struct ScanOptions {
    /// Files and folders to start from.
    pub paths: Vec<PathBuf>,
    /// Bounds on the walk.
    pub limits: Limits,
    /// What pins are written with.
    pub pin: PinOptions,
    /// Whether to ask cargo what it makes of the `Cargo.toml` files.
    pub ask_cargo: bool,
    /// Whether to trace which dependencies bring the next major in, by asking uv where locks do not tell.
    pub trace: bool,
    /// The release of the newer SDK to check code against; the newest that the program carries, when not said.
    pub target: Option<String>,
}

/// Scans `options.paths` against `rules`; `seen` is told of every file.
///
/// # Errors
/// A path that cannot be opened, a rule that cannot be used, or a target whose API cannot be had.
pub fn scan(options: &ScanOptions, rules: &Rules, seen: &(dyn Fn() + Sync)) -> io::Result<Report> {
    // First, because it may fail, and nothing else is worth waiting for then.
    let target = target(options)?;
    let mut inventory = read(options, rules, seen)?;
    if options.ask_cargo {
        let agreement = cross_check::cross_check(&inventory, &rules.packages);
        inventory.notes.extend(agreement.notes);
        inventory.agreed_with_cargo = Some((agreement.agreed, agreement.asked));
    }
    let uv = if options.trace { Uv::at_hand() } else { None };
    let index = Index::default();
    let means = Means { resolver: uv.as_ref().map(|uv| uv as &dyn Resolve), metadata: Some(&index) };
    let means = options.trace.then_some(&means);
    traced(inventory, rules, &options.pin, surfaces(target.as_ref()), means).map_err(io::Error::other)
}

/// Migrates `options.paths` in memory; `seen` is told of every file.
///
/// # Errors
/// As [`scan`].
pub fn migrate(
    options: &ScanOptions,
    rules: &Rules,
    how: migrate::Options,
    seen: &(dyn Fn() + Sync),
) -> io::Result<Migration> {
    let target = target(options)?;
    let inventory = read(options, rules, seen)?;
    migrate::migrate(inventory, rules, how, surfaces(target.as_ref())).map_err(io::Error::other)
}

/// Plans the migration of `options.paths`; `seen` is told of every file.
///
/// # Errors
/// As [`scan`].
pub fn plan(options: &ScanOptions, rules: &Rules, seen: &(dyn Fn() + Sync)) -> io::Result<Plan> {
    let target = target(options)?;
    let surfaces = surfaces(target.as_ref());
    let inventory = read(options, rules, seen)?;
    let shown = breakage::portraits(&inventory, &Projects::group(&inventory));
    // Each of these makes something else of the tree, and reading it costs little beside that.
    let again = || read(options, rules, &|| {});
    let report = report_between(again()?, rules, &options.pin, surfaces).map_err(io::Error::other)?;
    let migrated = |least| {
        let how = migrate::Options { least, mark: false };
        migrate::migrate(again()?, rules, how, surfaces).map_err(io::Error::other)
    };
    let (safe, all) = (migrated(Applicability::Safe)?, migrated(Applicability::Unsafe)?);
    let parts = plan::Parts {
        inventory: &inventory,
        shown: &shown,
        report: &report,
        safe: &safe,
        all: &all,
        paths: &options.paths,
    };
    Ok(plan::plan(&parts, rules))
}

fn target(options: &ScanOptions) -> io::Result<Option<Surface>> {
    options.target.as_deref().map(Surface::at).transpose().map_err(io::Error::other)
}

fn surfaces(target: Option<&Surface>) -> Surfaces<'_> {
    Surfaces { old: Surface::v1(), new: target.unwrap_or_else(|| Surface::v2()) }
}

fn read(options: &ScanOptions, rules: &Rules, seen: &(dyn Fn() + Sync)) -> io::Result<Inventory> {
    let names = breakage::names(rules);
    let mut inventory = inventory::take(&options.paths, &options.limits, &rules.packages, names.as_ref(), seen)?;
    breakage::follow(&mut inventory, &options.limits);
    Ok(inventory)
}

/// Judges what was read, code against the releases that the program carries.
///
/// # Errors
/// A rule that cannot be used, with its identifier.
pub fn report(inventory: Inventory, rules: &Rules, pin: &PinOptions) -> Result<Report, String> {
    report_between(inventory, rules, pin, surfaces(None))
}

/// Judges what was read, code by what breaks from one API to the other.
///
/// # Errors
/// A rule that cannot be used, with its identifier.
pub fn report_between(
    inventory: Inventory,
    rules: &Rules,
    pin: &PinOptions,
    surfaces: Surfaces<'_>,
) -> Result<Report, String> {
    traced(inventory, rules, pin, surfaces, None)
}

/// As [`report`], and traces which dependencies bring the next major in, by `means` where locks do not tell.
///
/// # Errors
/// A rule that cannot be used, with its identifier.
pub fn report_traced(
    inventory: Inventory,
    rules: &Rules,
    pin: &PinOptions,
    means: &Means<'_>,
) -> Result<Report, String> {
    traced(inventory, rules, pin, surfaces(None), Some(means))
}

fn traced(
    inventory: Inventory,
    rules: &Rules,
    pin: &PinOptions,
    surfaces: Surfaces<'_>,
    means: Option<&Means<'_>>,
) -> Result<Report, String> {
    let projects = Projects::group(&inventory);
    let breakages = breakage::find(&inventory, &projects, rules, surfaces, Asked::default())?;
    let mut verdicts = judge::judge(&projects, rules, pin, &breakages);
    let answers = means.map(|means| transitive::trace(&projects, &rules.packages, means));
    if let Some(answers) = &answers {
        judge::judge_transitive(&projects, rules, &breakages, answers, &mut verdicts);
    }
    drop(projects);
    let mut inventory = inventory;
    inventory.notes.extend(breakages.notes);
    let mut report = Report::new(verdicts, inventory);
    report.transitive = answers;
    Ok(report)
}
