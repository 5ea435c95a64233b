//! Where the releases are taken from: the one place that knows which sources there are.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::dependents::sources::Snapshot;
use crate::dependents::{Coverage, Source};

/// The source and what it needs.
#[derive(Debug, Args)]
pub(super) struct From {
    /// Replay releases from this file, one JSON object a line (`-` reads standard input); no network is used.
    #[arg(long, value_name = "FILE", required = true)]
    from: Option<PathBuf>,
    /// The file holds a choice of packages only: shares then have an interval.
    #[arg(long, requires = "from")]
    sample: bool,
}

impl From {
    /// The source that was asked for.
    ///
    /// # Errors
    /// When it cannot be had.
    pub(super) fn open(&self) -> anyhow::Result<Box<dyn Source>> {
        let coverage = if self.sample { Coverage::Sample } else { Coverage::All };
        let path = self.from.as_deref().context("say where the releases are: --from FILE")?;
        if path.as_os_str() == "-" {
            return Ok(Box::new(Snapshot::held(std::io::stdin().lock(), "standard input", coverage)?));
        }
        Ok(Box::new(Snapshot::file(path, coverage)?))
    }
}
