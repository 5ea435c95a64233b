//! `mcp-audit scan`: the audit, its fixes, and the CI gate.

use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use pep440_rs::Version;

use super::against::Against;
use super::filters::Filters;
use super::gate::FailOn;
use super::paths::{relative, several};
use super::{output, progress};
use crate::config::Settled;
use crate::finding::Severity;
use crate::fix::{self, Applicability};
use crate::report::{self, Report};
use crate::rule::Rules;
use crate::{ScanOptions, scan};

/// Audit files and folders for declarations through which an install can reach the next major of an MCP SDK.
///
/// Reads manifests, locks, install commands and client configurations; executes and imports nothing of what it reads,
/// needs no network but for `--transitive` and a `--target` that is not at hand, and follows no link out of the folder.
#[derive(Debug, Args)]
pub(super) struct Scan {
    /// Files or folders to audit.
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write the missing bounds; changes nothing else.
    #[arg(long)]
    fix: bool,
    /// Print the fixes as a patch for `git apply` instead of writing them.
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
    /// Include fixes that change more than the bound, or rest on a guess.
    #[arg(long)]
    unsafe_fixes: bool,
    /// Give requirements without a lower bound this one: `mcp` becomes `mcp>=1.27,<2`.
    #[arg(long, value_name = "VERSION", value_parser = Version::from_str)]
    floor: Option<Version>,
    /// Exit 1 when a finding is at least this severe [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// How to print the findings.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    /// Print findings and nothing else.
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Print findings of every severity, every declaration, and everything that was not checked.
    #[arg(long, short)]
    verbose: bool,
    /// Hold Cargo.toml files against `cargo metadata`, run from an empty folder, offline, without dependencies.
    #[arg(long)]
    cargo: bool,
    /// Also tell which dependencies bring the next major of the Python SDK in, by which ways, and what holds it back.
    ///
    /// Locks answer where they can. What they leave open is asked of the uv on the PATH, which uses the network: it resolves
    /// what each project asks for, as it stands and with a bound on either side of the major, in an empty temporary
    /// folder, from the index that your own configuration names, and builds nothing. Without uv, the newest releases that
    /// the index lists give an estimate.
    #[arg(long)]
    transitive: bool,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    against: Against,
    /// Check code against this release of the Python SDK instead of the one that this program carries.
    ///
    /// A release that is neither carried nor in the cache is downloaded by the pip at hand (its wheel is read, not
    /// installed).
    #[arg(long, value_name = "VERSION")]
    target: Option<String>,
    /// Also scan what .gitignore and .ignore files exclude.
    #[arg(long)]
    no_ignore: bool,
}

/// How to print the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs; the README describes its shape.
    Json,
    /// For code scanning: SARIF 2.1.0, with fixes.
    Sarif,
    /// Annotations in GitHub's workflows.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// For build servers: a case per finding.
    Junit,
}

impl Scan {
    pub(super) fn run(self, color: output::Color) -> anyhow::Result<ExitCode> {
        let paths: Vec<PathBuf> = self.paths.iter().map(|path| relative(path)).collect();
        let Settled { rules, mut options, config } = self.filters.settled(paths, self.target.as_ref())?;
        self.against.add_to(&mut options.settings, &options.paths)?;
        options.limits.respect_ignore_files = !self.no_ignore;
        if let Some(floor) = &self.floor {
            options.pin.floor = Some(floor.clone());
        }
        (options.ask_cargo, options.trace) = (self.cargo, self.transitive);
        let said = config.as_ref().and_then(|config| config.fail_on.as_ref());
        let least = match (self.fail_on, said) {
            (Some(asked), _) => asked.least(),
            (None, Some(said)) => said.value,
            (None, None) => Some(Severity::Error),
        };
        let mut report = self.scanned(&options, &rules)?;
        let mut unwritten = 0;
        if self.diff {
            let patch = self.patch(&report);
            output::answer(&patch)?;
        } else {
            if self.fix {
                let written;
                (written, unwritten) = self.write_fixes(&report);
                if written > 0 {
                    report = self.scanned(&options, &rules)?;
                }
            }
            if let Some(baseline) = &options.settings.baseline {
                self.against.write(baseline, &mut report, self.quiet)?;
            }
            self.print(&report, (&rules, least), color)?;
        }
        if unwritten > 0 {
            anyhow::bail!("{} could not be written; the reasons stand above", several(unwritten, "file"));
        }
        let fails = least.is_some_and(|least| report.worst() >= Some(least));
        Ok(if fails { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }

    fn scanned(&self, options: &ScanOptions, rules: &Rules) -> anyhow::Result<Report> {
        let report = progress::counted(!self.quiet, |seen| scan(options, rules, seen));
        report.map_err(|error| anyhow::anyhow!("failed to scan: {error}"))
    }

    fn print(
        &self,
        report: &Report,
        (rules, least): (&Rules, Option<Severity>),
        color: output::Color,
    ) -> anyhow::Result<()> {
        let text = match self.format {
            Format::Json => report::json::render(report)?,
            Format::Sarif => report::sarif::render(report, rules)?,
            Format::Github => report::github::render(report),
            Format::Gitlab => report::gitlab::render(report)?,
            Format::Junit => report::junit::render(report, least),
            Format::Text => report::text::render(
                report,
                report::text::Style {
                    color: color.is_on(),
                    quiet: self.quiet,
                    verbose: self.verbose,
                    width: output::width(),
                },
            ),
        };
        output::answer(text.as_bytes())?;
        Ok(())
    }

    /// The new bytes of every file that has verified fixes, with how many there are.
    fn fixed<'r>(&self, report: &'r Report) -> Vec<Fixed<'r>> {
        let least = if self.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
        let mut all = Vec::new();
        // The findings are sorted by file.
        for findings in report.findings.chunk_by(|one, other| one.path == other.path) {
            let Some(file) = findings.first().and_then(|finding| report.file(&finding.path)) else { continue };
            let fixes: Vec<_> = findings
                .iter()
                // Code is moved by `migrate`; the gate's own fixes touch pins alone.
                .filter(|finding| finding.requirement.is_some() || !finding.is_code())
                .filter_map(|finding| finding.fix.as_ref())
                .filter(|fix| fix.applicability >= least)
                .collect();
            if fixes.is_empty() {
                continue;
            }
            let sound = fix::verify(file, &fixes);
            let unsound = fixes.iter().enumerate().filter(|(index, _)| sound.binary_search(index).is_err());
            for (_, unsound) in unsound {
                output::remark(&format!(
                    "bug in mcp-audit: the fix `{}` of {} did not prove itself and was not made; please report it",
                    report::escaped(&unsound.title),
                    report::escaped(file.path())
                ));
            }
            let chosen: Vec<_> = sound.iter().map(|index| fixes[*index]).collect();
            let (bytes, applied) = fix::apply(file, &chosen);
            if !applied.is_empty() {
                all.push(Fixed { file, bytes, count: applied.len() });
            }
        }
        all
    }

    fn patch(&self, report: &Report) -> Vec<u8> {
        let mut patch = Vec::new();
        let fixed = self.fixed(report);
        for one in &fixed {
            patch.extend(fix::diff(one.file.path(), one.file.bytes(), &one.bytes));
        }
        let places: usize = fixed.iter().map(|one| one.count).sum();
        if !self.quiet {
            output::remark(&format!(
                "{} in {}; nothing was written.",
                several(places, "fix"),
                several(fixed.len(), "file")
            ));
        }
        patch
    }

    /// Writes what can be written; one file that cannot keeps no other from its fixes. How many files were, and were
    /// not.
    fn write_fixes(&self, report: &Report) -> (usize, usize) {
        let (mut places, mut files, mut unwritten) = (0, 0, 0);
        for one in self.fixed(report) {
            match fix::write(one.file.location(), one.file.bytes(), &one.bytes) {
                Ok(()) => {
                    places += one.count;
                    files += 1;
                }
                Err(error) => {
                    output::error(&format!("failed to write `{}`: {error}", one.file.path()));
                    unwritten += 1;
                }
            }
        }
        if !self.quiet {
            output::remark(&format!("{} fixed in {}.", several(places, "place"), several(files, "file")));
        }
        (files, unwritten)
    }
}

struct Fixed<'r> {
    file: &'r crate::source::SourceFile,
    bytes: Vec<u8>,
    count: usize,
}
