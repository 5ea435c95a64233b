//! Where the releases are taken from: the one place that knows which sources there are.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::dependents::http::{Client, Limits};
use crate::dependents::sources::bigquery::{self, BigQuery};
use crate::dependents::sources::clickhouse::ClickHouse;
use crate::dependents::sources::{Ecosystems, Names, Registry, Snapshot};
use crate::dependents::{Coverage, Source};
use crate::report::escaped;

/// The source and what it needs.
#[derive(Debug, Args)]
pub(super) struct From {
    /// Whom to ask.
    #[arg(long, value_enum, default_value_t = Place::Clickhouse, value_name = "SOURCE", conflicts_with = "from")]
    source: Place,
    /// Ask the source at this address; credentials may stand before the host.
    #[arg(long, value_name = "URL", conflicts_with = "from")]
    endpoint: Option<String>,
    /// Ask anew what was answered earlier today.
    #[arg(long, conflicts_with = "from")]
    pub(super) refresh: bool,
    /// Bytes that BigQuery may read, and bill, for one question: `800MB`, `1.5TB` [default: 50GB].
    #[arg(long, value_name = "SIZE", value_parser = bytes, conflicts_with = "from")]
    max_bytes: Option<u64>,
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
enum Place {
    /// The public copy of the index's upload records in ClickHouse: no account, a day old at most.
    Clickhouse,
    /// The upload records themselves in BigQuery: wants a project that is billed and a token.
    Bigquery,
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
        let coverage = if self.sample { Coverage::Sample } else { Coverage::All };
        if let Some(path) = &self.from {
            if path.as_os_str() == "-" {
                return Ok(Box::new(Snapshot::held(std::io::stdin().lock(), "standard input", coverage)?));
            }
            return Ok(Box::new(Snapshot::file(path, coverage)?));
        }
        if self.max_bytes.is_some() && self.source != Place::Bigquery {
            anyhow::bail!("--max-bytes is for --source bigquery: nobody else bills what is read");
        }
        if self.endpoint.is_some() && !matches!(self.source, Place::Clickhouse | Place::Bigquery) {
            anyhow::bail!("--endpoint is for --source clickhouse and bigquery");
        }
        if self.names.is_some() && self.source != Place::Registry {
            anyhow::bail!("--names is for --source registry: every other source tells the names itself");
        }
        if self.refresh && self.source == Place::Registry {
            anyhow::bail!("--refresh is not for --source registry, which is asked anew every hour as it is");
        }
        let (endpoint, refresh) = (self.endpoint.clone(), self.refresh);
        let client = || Client::new(Limits::default());
        Ok(match self.source {
            Place::Clickhouse => Box::new(ClickHouse::new(client()?, endpoint.as_deref(), refresh)?),
            Place::Bigquery => {
                let options = bigquery::Options { endpoint, most: self.max_bytes, refresh };
                Box::new(BigQuery::new(client()?, &options)?)
            }
            Place::Registry => {
                let path = self.names.as_deref().context("say which packages to look at: --names FILE")?;
                let coverage = if self.complete { Coverage::All } else { Coverage::Sample };
                Box::new(Registry::configured(names(path)?, coverage)?)
            }
            Place::Ecosystems => Box::new(Ecosystems::new(refresh)?),
        })
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

/// A size as people write it, in the decimal units that BigQuery bills in.
fn bytes(text: &str) -> Result<u64, String> {
    let units = [("TB", 12), ("GB", 9), ("MB", 6), ("KB", 3), ("B", 0), ("", 0)];
    let upper = text.trim().to_ascii_uppercase();
    let read = units.into_iter().find_map(|(unit, power)| {
        let number: f64 = upper.strip_suffix(unit)?.trim_end().parse().ok()?;
        Some(number * 10_f64.powi(power))
    });
    match read {
        Some(bytes) if (0.0..1e18).contains(&bytes) => Ok(bytes as u64),
        _ => Err("not a size: write it as 800MB, 50GB or 1.5TB".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!(bytes("50GB"), Ok(50_000_000_000));
        assert_eq!(bytes("1.5 tb"), Ok(1_500_000_000_000));
        assert_eq!([bytes("1000"), bytes("7 B"), bytes("0")], [Ok(1000), Ok(7), Ok(0)]);
        for wrong in ["", "GB", "-1", "ten", "1e30", "NaN", "inf", "5 GiB"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
