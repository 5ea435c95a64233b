//! The index's own record of every upload in BigQuery: the authority, for no row of it is ever removed. It asks for a
//! project that is billed and for a token; what a question would read is asked first, and a limit is kept to twice, here
//! and by the server.
//!
//! Answers are kept for the day, for every question costs. One that was interrupted while its rows were fetched is
//! answered from BigQuery's own cache the next time, which costs nothing.

mod job;
mod sql;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use self::job::{Access, Row};
use self::sql::Query;
use super::super::http::{Client, Url, shown};
use super::super::newest::newest_final;
use super::super::{Answer, Coverage, Error, Name, Origin, Question, Release, Source, Told};
use super::kept::Kept;

/// Where the interface is, unless [`ENDPOINT_VARIABLE`] says otherwise.
pub const ENDPOINT: &str = "https://bigquery.googleapis.com/";

/// Names another place of the interface, such as an emulator's.
pub const ENDPOINT_VARIABLE: &str = "MCP_AUDIT_BIGQUERY_ENDPOINT";

/// Holds an OAuth access token: what `gcloud auth print-access-token` prints.
pub const TOKEN: &str = "MCP_AUDIT_BIGQUERY_TOKEN";

/// Names the project that is billed; after it, the variable that Google's own tools read.
pub const PROJECT: [&str; 2] = ["MCP_AUDIT_BIGQUERY_PROJECT", "GOOGLE_CLOUD_PROJECT"];

/// Bytes that one question may read unless more is allowed.
pub const MOST: u64 = 50_000_000_000;

/// BigQuery, asked on a project's account.
pub struct BigQuery {
    access: Access,
    kept: Kept,
}

/// What is asked of BigQuery beside the question.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where the interface is; the variable's or the public one where not said.
    pub endpoint: Option<String>,
    /// Bytes that one question may read; [`MOST`] where not said.
    pub most: Option<u64>,
    /// Whether answers that are kept from before are asked for anew.
    pub refresh: bool,
}

/// What is kept of an answer about releases.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Found {
    /// Name, version, second of the first upload, and requirements.
    releases: Vec<(String, String, i64, Vec<String>)>,
    files: u64,
    improper: usize,
    cost: String,
}

impl BigQuery {
    /// BigQuery with the token and the project of the environment.
    ///
    /// # Errors
    /// When one of them is missing, or the endpoint is no place to send a token to.
    pub fn new(client: Client, options: &Options) -> Result<Self, Error> {
        let variable = |name: &str| std::env::var(name).ok().map(|value| value.trim().to_owned());
        let set = |names: &[&str]| names.iter().filter_map(|name| variable(name)).find(|value| !value.is_empty());
        let Some(token) = set(&[TOKEN]) else {
            return Err(Error(format!(
                "BigQuery wants a token: put what `gcloud auth print-access-token` prints into {TOKEN}, or ask another \
                 source"
            )));
        };
        let Some(project) = set(&PROJECT) else {
            return Err(Error(format!(
                "BigQuery bills a project: put its id into {}, or ask another source",
                PROJECT[0]
            )));
        };
        let endpoint = options.endpoint.clone().or_else(|| set(&[ENDPOINT_VARIABLE]));
        let kept = Kept::new(crate::cache::folder(), "bigquery", options.refresh);
        let most = options.most.unwrap_or(MOST);
        Self::with(client, endpoint.as_deref().unwrap_or(ENDPOINT), (project, token), most, kept)
    }

    fn with(
        client: Client,
        endpoint: &str,
        (project, token): (String, String),
        most: u64,
        kept: Kept,
    ) -> Result<Self, Error> {
        let endpoint = endpoint.parse().ok().filter(is_safe).ok_or_else(|| {
            let why = "a token is only sent to an https address, or to this machine; check the endpoint of BigQuery";
            Error(why.to_owned())
        })?;
        Ok(Self { access: Access { client, endpoint, project, token, most }, kept })
    }

    fn place(&self) -> String {
        format!("{} ({})", shown(&self.access.endpoint), sql::FILES)
    }

    /// The answer to `query`, read by `read`: the one that was kept today, else the server's.
    fn ask<T: Serialize + for<'d> Deserialize<'d>>(
        &self,
        step: &str,
        query: &Query,
        told: &dyn Told,
        read: impl FnOnce(Vec<Row>, String) -> Result<T, Error>,
    ) -> Result<(T, Timestamp), Error> {
        let now = self.access.client.clock().now();
        let work = format!("{} {} {step} {}", self.place(), self.access.project, query.parameters);
        let question = format!("{work}\n{}", query.text);
        if let Some(entry) = self.kept.get(&work, step, &question, now)
            && let Ok(answer) = serde_json::from_str(&entry.body)
        {
            return Ok((answer, entry.retrieved));
        }
        let found = self.access.rows(query, told)?;
        let answer = read(found.rows, found.cost)?;
        if let Ok(body) = serde_json::to_string(&answer) {
            self.kept.put(&work, step, question, body, now);
        }
        Ok((answer, now))
    }
}

/// Whether a token may be sent there.
fn is_safe(address: &Url) -> bool {
    let host = address.host_str().unwrap_or_default();
    let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    address.scheme() == "https" || (address.scheme() == "http" && is_here)
}

/// Reads the rows about releases.
fn found(rows: Vec<Row>, cost: String) -> Result<Found, Error> {
    let mut found = Found { cost, ..Found::default() };
    for row in rows {
        let all = (row.text(0), row.text(1), row.number(2), row.number(4));
        let (Some(name), Some(version), Some(uploaded), Some(files)) = all else {
            found.improper += 1;
            continue;
        };
        found.files = found.files.max(u64::try_from(files).unwrap_or(0));
        let mut requirements = row.list(3);
        requirements.sort();
        requirements.dedup();
        found.releases.push((name.to_owned(), version.to_owned(), uploaded, requirements));
    }
    if found.releases.is_empty() && found.improper > 0 {
        return Err(Error("the answer of BigQuery holds no release that is one; check the endpoint".to_owned()));
    }
    Ok(found)
}

impl Source for BigQuery {
    fn releases(&self, question: &Question, told: &dyn Told) -> Result<Answer, Error> {
        told.begin("rows", None);
        let query = sql::releases(question.targets.iter(), question.before);
        let (mut found, retrieved) = self.ask("releases", &query, told, found)?;
        let mut releases = Vec::with_capacity(found.releases.len());
        for (name, version, uploaded, requires_dist) in found.releases {
            let proper = Name::new(&name).filter(|_| Release::is_version(&version));
            match (proper, Timestamp::from_second(uploaded)) {
                (Some(name), Ok(uploaded)) => {
                    let uploaded = Some(uploaded);
                    releases.push(Release { name, version, uploaded, requires_dist, downloads: None });
                }
                _ => found.improper += 1,
            }
        }
        releases.sort_by(|one, other| one.name.cmp(&other.name));
        let mut notes: BTreeSet<_> = BTreeSet::from([found.cost]);
        if found.improper > 0 {
            let count = found.improper;
            notes.insert(format!(
                "{count} releases are left out: their names, versions or dates are not such as registries give"
            ));
        }
        let origin =
            Origin { source: "bigquery", place: self.place(), retrieved, rows: found.files, coverage: Coverage::All };
        Ok(Answer { releases, origin, notes: notes.into_iter().collect() })
    }

    fn newest(&self, name: &Name, before: Option<Timestamp>) -> Result<Option<String>, Error> {
        let query = sql::versions(name, before);
        let read = |rows: Vec<Row>, _| -> Result<Vec<String>, Error> {
            Ok(rows.iter().filter_map(|row| row.text(0).map(str::to_owned)).collect())
        };
        let (versions, _) = self.ask("versions", &query, &super::super::Silent, read)?;
        Ok(newest_final(versions.iter().map(String::as_str)).map(str::to_owned))
    }
}
