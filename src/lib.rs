//! mcp-audit: finds, explains and fixes what the next major of a Model Context Protocol SDK breaks.
//!
//! The way data flows, one direction and no way back: files are discovered and read ([`source`]), formats say what
//! they declare ([`manifest`]), the inventory follows their references, rules are weighed ([`judge`]), and the report
//! is printed ([`report`]) or its fixes are made, verified and written ([`fix`]).

pub mod breakage;
pub mod cli;
pub mod command;
pub mod cross_check;
pub mod finding;
pub mod fix;
pub mod inventory;
pub mod judge;
pub mod manifest;
pub mod packages;
pub mod project;
pub mod python;
pub mod report;
pub mod requirement;
pub mod rule;
pub mod source;
pub mod syntax;

use std::io;
use std::path::PathBuf;

use fix::PinOptions;
use inventory::Inventory;
use report::Report;
use rule::Rules;
use source::Limits;

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
}

/// Scans `options.paths` against `rules`; `seen` is told of every file.
///
/// # Errors
/// A path that cannot be opened.
pub fn scan(options: &ScanOptions, rules: &Rules, seen: &(dyn Fn() + Sync)) -> io::Result<Report> {
    let mut inventory = inventory::take(&options.paths, &options.limits, &rules.packages, seen)?;
    if options.ask_cargo {
        let agreement = cross_check::cross_check(&inventory, &rules.packages);
        inventory.notes.extend(agreement.notes);
        inventory.agreed_with_cargo = Some((agreement.agreed, agreement.asked));
    }
    Ok(report(inventory, rules, &options.pin))
}

/// Judges what was read.
pub fn report(inventory: Inventory, rules: &Rules, pin: &PinOptions) -> Report {
    let verdicts = judge::judge(&inventory, rules, pin);
    Report::new(verdicts, inventory)
}
