//! Where the releases are taken from: the one place that knows which sources there are.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::dependents::http::{Client, Limits};
use crate::dependents::sources::Snapshot;
use crate::dependents::sources::bigquery::{self, BigQuery};
use crate::dependents::sources::clickhouse::ClickHouse;
use crate::dependents::{Coverage, Source};

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
    refresh: bool,
    /// Bytes that BigQuery may read, and bill, for one question: `800MB`, `1.5TB` [default: 50GB].
    #[arg(long, value_name = "SIZE", value_parser = bytes, conflicts_with = "from")]
    max_bytes: Option<u64>,
    /// Replay releases from this file, one JSON object a line (`-` reads standard input); no network is used.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The file holds a choice of packages only: shares then have an interval.
    #[arg(long, requires = "from")]
    sample: bool,
}

/// A source that is asked over the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Place {
    /// The public copy of the index's upload records in ClickHouse: no account, a day old at most.
    Clickhouse,
    /// The upload records themselves in BigQuery: wants a project that is billed and a token.
    Bigquery,
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
        let client = Client::new(Limits::default())?;
        Ok(match self.source {
            Place::Clickhouse => Box::new(ClickHouse::new(client, self.endpoint.as_deref(), self.refresh)?),
            Place::Bigquery => {
                let (endpoint, most, refresh) = (self.endpoint.clone(), self.max_bytes, self.refresh);
                Box::new(BigQuery::new(client, &bigquery::Options { endpoint, most, refresh })?)
            }
        })
    }
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
