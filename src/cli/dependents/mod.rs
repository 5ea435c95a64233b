//! `mcp-audit dependents`: who depends on a package, and how many of them would take its next major.

mod source;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::paths::several;
use super::{output, progress};
use crate::dependents::sources::{Ecosystems, lines};
use crate::dependents::{Coverage, DEEPEST, Extent, Name, Release, Survey, Told, Wanted, compared, take};
use crate::report::dependents::{self as report, Shown};
use crate::report::escaped;
use crate::requirement::{Ecosystem, Series};
use crate::rule;

/// Count the packages that depend on PACKAGE, by what they do about its next major.
///
/// The newest release of each package counts, as the index chooses it: final before pre-release, then by version. The
/// same releases give the same answer, which says where they are from so that it can be quoted.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Dependents {
    /// The package that is depended on.
    #[arg(default_value = "mcp", value_name = "PACKAGE", value_parser = name)]
    package: Name,
    /// The state on this day: only what was uploaded before it began (UTC) counts.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// The major that is new; what is known of the package says it otherwise.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..1_000_000))]
    major: Option<u64>,
    /// Also walk packages that depend on it through others, this many requirements away.
    #[arg(long, value_name = "DEPTH", value_parser = clap::value_parser!(u8).range(1..=DEEPEST as i64))]
    transitive: Option<u8>,
    /// Print one line per package instead: version, class and requirements.
    #[arg(long)]
    list: bool,
    /// How to print the answer.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// How many of the heaviest exposed packages to show, by downloads.
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    #[command(flatten)]
    source: source::From,
    /// Also write a page with the charts to this file; it needs nothing else and asks for nothing from anywhere.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Ask ecosyste.ms as well, and say what only one of the two sources knows.
    #[arg(long)]
    cross_check: bool,
    /// Write the releases that the answer rests on to this file, for --from.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Print the answer and nothing else.
    #[arg(long, short)]
    quiet: bool,
}

/// Enters what ecosyste.ms says beside the survey. The survey stands without it, so that its failure is a note.
fn cross_check(survey: &mut Survey, series: &Series, refresh: bool, told: &dyn Told) {
    let other = Ecosystems::new(refresh)
        .and_then(|other| take(&other, survey.subject.clone(), series, Extent::default(), told))
        .map(|taken| taken.survey);
    match other {
        Ok(other) => {
            let said = compared(survey, &other);
            survey.notes.extend(said.into_iter().chain(other.notes));
            survey.origins.extend(other.origins);
        }
        Err(error) => survey.notes.push(format!("there is no cross-check: {error}")),
    }
}

const EXAMPLES: &str = "Examples:
  mcp-audit dependents --from releases.ndjson --as-of 2026-07-28
                                 the state when mcp 2 was released, from a file
  mcp-audit dependents pydantic --major 3 --from releases.ndjson --list
                                 what each dependent of another package asks for";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One document; the README describes its shape.
    Json,
    /// A line for each dependent, for spreadsheets.
    Csv,
    /// A JSON object for each dependent, one a line.
    Ndjson,
}

fn name(text: &str) -> Result<Name, String> {
    Name::new(text).ok_or_else(|| "not the name of a package".to_owned())
}

impl Dependents {
    pub(super) fn run(self, color: output::Color) -> anyhow::Result<ExitCode> {
        if self.list && self.format != Format::Text {
            anyhow::bail!("--list is for people; --format csv and --format ndjson list every package as they are");
        }
        let rules = rule::embedded().map_err(anyhow::Error::msg)?;
        let source = self.source.open()?;
        let bar = progress::Bar::new(!self.quiet);
        let wanted = Wanted { package: self.package.clone(), major: self.major, as_of: self.as_of };
        let (subject, series) = wanted.subject(source.as_ref(), &rules.packages)?;
        let extent = Extent { depth: self.transitive.unwrap_or(1).into(), keep: self.save.is_some() };
        let taken = take(source.as_ref(), subject, &series, extent, &bar);
        let mut taken = taken.inspect_err(|_| bar.clear())?;
        if self.cross_check {
            cross_check(&mut taken.survey, &series, self.source.refresh, &bar);
        }
        bar.clear();
        let survey = &taken.survey;
        let text = match self.format {
            Format::Text => {
                let shown = Shown { color: color.is_on(), width: output::width(), top: self.top };
                if self.list { report::text::list(survey) } else { report::text::render(survey, shown) }
            }
            Format::Json => report::json::render(survey)?,
            Format::Csv => report::csv::render(survey)?,
            Format::Ndjson => report::ndjson::render(survey)?,
        };
        // What was asked to be kept is kept even where nobody reads the answer to its end.
        if let Some(path) = &self.save {
            let mut with = String::new();
            if survey.origins.iter().any(|origin| origin.coverage == Coverage::Sample) {
                with.push_str(" --sample");
            }
            if rules.packages.get(Ecosystem::Python, self.package.as_str()).is_none() {
                with.push_str(&format!(" --major {}", survey.subject.major));
            }
            self.save(path, taken.releases, &with)?;
        }
        if let Some(path) = &self.html {
            created(path, report::html::render(survey, self.top).as_bytes())?;
        }
        output::answer(text.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }

    /// Writes what the answer rests on; reading it gives the same answer `with` the arguments that no release tells.
    fn save(&self, path: &Path, releases: Vec<Release>, with: &str) -> anyhow::Result<()> {
        let text = lines(releases);
        let count = text.iter().filter(|byte| **byte == b'\n').count();
        let shown = created(path, &text)?;
        if !self.quiet {
            let count = several(count, "release");
            output::remark(&format!("{count} saved; --from {shown}{with} gives this answer again."));
        }
        Ok(())
    }
}

/// Makes a file of `bytes`, and says what it is called.
fn created(path: &Path, bytes: &[u8]) -> anyhow::Result<String> {
    let shown = escaped(&path.display().to_string());
    output::create(path, bytes).with_context(|| format!("failed to save `{shown}`"))?;
    Ok(shown)
}
