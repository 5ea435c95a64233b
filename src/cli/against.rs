//! What the findings are held against: a baseline that knows some of them, and an earlier revision.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::output;
use super::paths::several;
use crate::fix;
use crate::git::Since;
use crate::report::Report;
use crate::settle::{self, Baseline, Settings, Taken, Why};

/// The flags.
#[derive(Debug, Args)]
pub(super) struct Against {
    /// Do not count the findings that this file knows.
    #[arg(long, value_name = "FILE", help_heading = "What counts")]
    baseline: Option<PathBuf>,
    /// Write what is found into the baseline; findings that are there no more leave it.
    #[arg(long, requires = "baseline", conflicts_with_all = ["diff", "changed_since"], help_heading = "What counts")]
    write_baseline: bool,
    /// Count only what changed since the work here branched off this revision: lines of code, whole manifests.
    #[arg(long, value_name = "REV", allow_hyphen_values = true, help_heading = "What counts")]
    changed_since: Option<String>,
}

impl Against {
    /// Reads the baseline and finds the revision, for a scan of `paths`.
    ///
    /// # Errors
    /// A baseline that is none, or a revision that cannot be compared with.
    pub(super) fn add_to(&self, settings: &mut Settings, paths: &[PathBuf]) -> anyhow::Result<()> {
        if let Some(path) = &self.baseline {
            let baseline = Baseline::open(path, paths, self.write_baseline).map_err(anyhow::Error::msg)?;
            settings.baseline = Some(Arc::new(baseline));
        }
        if let Some(revision) = &self.changed_since {
            let since = Since::new(revision, paths).map_err(|problem| anyhow::anyhow!("--changed-since: {problem}"))?;
            settings.since = Some(Arc::new(since));
        }
        Ok(())
    }

    /// Writes what is found into `baseline`, which knows it from now on, if that was asked for.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn write(&self, baseline: &Baseline, report: &mut Report, quiet: bool) -> anyhow::Result<()> {
        if !self.write_baseline {
            return Ok(());
        }
        let text = settle::render_baseline(&report.settled.baseline);
        fix::create(&baseline.folder, &baseline.name, text.as_bytes())
            .map_err(|error| anyhow::anyhow!("failed to write the baseline `{}`: {error}", baseline.name))?;
        let count = |known: &settle::Known| known.values().sum::<usize>();
        let (before, after, dropped) = (count(&baseline.known), count(&report.settled.baseline), report.settled.stale);
        if !quiet {
            let added = (after + dropped).saturating_sub(before);
            output::remark(&format!(
                "The baseline holds {}: {added} added, {dropped} dropped.",
                several(after, "finding")
            ));
        }
        let found = std::mem::take(&mut report.findings);
        report.settled.taken.extend(found.into_iter().map(|finding| Taken { finding, why: Why::Known }));
        report.settled.stale = 0;
        Ok(())
    }
}
