//! Where the releases are taken from: the one place that knows which sources there are.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::dependents::sources::{Ecosystems, Names, Registry, Snapshot};
use crate::dependents::{Coverage, Source};
use crate::report::escaped;

/// The source and what it needs.
#[derive(Debug, Args)]
pub(super) struct From {
    /// Ask this source.
    #[arg(long, value_enum, conflicts_with = "from", required_unless_present = "from")]
    source: Option<Kind>,
    /// Replay releases from this file, one JSON object a line (`-` reads standard input); no network is used.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The file holds a choice of packages only: shares then have an interval.
    #[arg(long, requires = "from")]
    sample: bool,
    /// The packages to look at with --source registry, one name a line, `#` begins a comment (`-` reads standard input).
    #[arg(long, value_name = "FILE", required_if_eq("source", "registry"), conflicts_with = "from")]
    names: Option<PathBuf>,
    /// The names are all packages there are, not a choice of them: shares then have no interval.
    #[arg(long, requires = "names")]
    complete: bool,
}

/// A source that is asked over the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// The package index that pip or uv is configured for, asked for the newest release of each of --names.
    Registry,
    /// packages.ecosyste.ms, which collects what packages ask for: rather a cross-check than an authority.
    Ecosystems,
}

impl From {
    /// The source that was asked for.
    ///
    /// # Errors
    /// When it cannot be had.
    pub(super) fn open(&self) -> anyhow::Result<Box<dyn Source>> {
        match self.source {
            Some(Kind::Registry) => {
                let path = self.names.as_deref().context("say which packages to look at: --names FILE")?;
                let coverage = if self.complete { Coverage::All } else { Coverage::Sample };
                Ok(Box::new(Registry::configured(names(path)?, coverage)?))
            }
            Some(Kind::Ecosystems) => Ok(Box::new(Ecosystems::new(false)?)),
            None => {
                let path = self.from.as_deref().context("say where the releases are: --source or --from FILE")?;
                let coverage = if self.sample { Coverage::Sample } else { Coverage::All };
                if path.as_os_str() == "-" {
                    return Ok(Box::new(Snapshot::held(std::io::stdin().lock(), "standard input", coverage)?));
                }
                Ok(Box::new(Snapshot::file(path, coverage)?))
            }
        }
    }
}

/// The list in the file at `path`.
fn names(path: &Path) -> anyhow::Result<Names> {
    if path.as_os_str() == "-" {
        return Ok(Names::read(std::io::stdin().lock(), "standard input")?);
    }
    let shown = escaped(&path.display().to_string());
    let file = File::open(path).with_context(|| format!("cannot read the names in `{shown}`"))?;
    Ok(Names::read(file, &path.display().to_string())?)
}
