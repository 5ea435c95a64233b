//! One question to BigQuery's REST interface (v2, `jobs.query` and `jobs.getQueryResults`): what it would read, then,
//! if that is not too much, its rows to the last.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::sql::Query;
use crate::dependents::http::{Client, Request, Response, Url, excerpt};
use crate::dependents::{Error, Told};

/// Rows asked for at once; the server sends fewer when they are long.
const ROWS: u32 = 10_000;

/// Bytes of a page.
const BODY: u64 = 64 << 20;

/// How long the server holds a question that is not done; the client waits a little longer.
const HELD: Duration = Duration::from_secs(30);

/// How often it is asked whether it is done: no question of ours takes BigQuery ten minutes.
const POLLS: u32 = 20;

/// Who asks whom.
pub(super) struct Access {
    pub(super) client: Client,
    /// Where the interface is, without a path.
    pub(super) endpoint: Url,
    /// The project that is billed.
    pub(super) project: String,
    pub(super) token: String,
    /// Bytes that one question may read.
    pub(super) most: u64,
}

/// What the server says, of which only this is of interest.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Said {
    job_complete: bool,
    job_reference: Option<Reference>,
    rows: Vec<Row>,
    total_rows: Option<String>,
    page_token: Option<String>,
    total_bytes_processed: Option<String>,
    cache_hit: bool,
    errors: Vec<Problem>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Reference {
    job_id: String,
    location: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Problem {
    message: String,
}

/// A row: its fields in the order of the query, each a text, nothing, or a list of such.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Row {
    f: Vec<Field>,
}

#[derive(Debug, Clone, Deserialize)]
struct Field {
    v: Value,
}

impl Row {
    /// The field at `position` as a text.
    pub(super) fn text(&self, position: usize) -> Option<&str> {
        self.f.get(position)?.v.as_str()
    }

    /// The field at `position` as a number, which the interface writes as a text.
    pub(super) fn number(&self, position: usize) -> Option<i64> {
        self.text(position)?.parse().ok()
    }

    /// The field at `position` as a list of texts; empty where there is nothing.
    pub(super) fn list(&self, position: usize) -> Vec<String> {
        let items = self.f.get(position).and_then(|field| field.v.as_array());
        let texts = items.into_iter().flatten().filter_map(|item| item.get("v")?.as_str());
        texts.map(str::to_owned).collect()
    }
}

/// What a question brought.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// What was read for it, in one sentence.
    pub(super) cost: String,
}

impl Access {
    /// All rows that answer `query`.
    pub(super) fn rows(&self, query: &Query, told: &dyn Told) -> Result<Rows, Error> {
        let bytes = self.would_read(query)?;
        if bytes > self.most {
            let (would, most) = (size(bytes), size(self.most));
            return Err(Error(format!(
                "BigQuery would read {would} for this question and bill it to `{}`, more than the {most} allowed; allow \
                 more with --max-bytes, or ask another source",
                excerpt(self.project.as_bytes())
            )));
        }
        told.note(&format!("BigQuery will read {} for this question", size(bytes)));
        let mut said = self.begun(query)?;
        let Some(job) = said.job_reference.take() else { return Err(strange("names no job")) };
        let mut polls = 0;
        while !said.job_complete {
            polls += 1;
            if polls > POLLS {
                return Err(Error("BigQuery is still busy with the question; try again later".to_owned()));
            }
            self.client.clock().sleep(Duration::from_secs(1));
            said = self.results(&job, None)?;
        }
        let Some(total) = said.total_rows.as_deref().and_then(|total| total.parse::<u64>().ok()) else {
            let why = said.errors.first().map(|problem| excerpt(problem.message.as_bytes()));
            return Err(why.map_or_else(|| strange("says of no number of rows"), |why| refused(&why)));
        };
        let processed = said.total_bytes_processed.as_deref().and_then(|bytes| bytes.parse().ok()).unwrap_or(bytes);
        let cost = match said.cache_hit {
            true => "BigQuery answered from its own cache and billed nothing".to_owned(),
            false => format!("BigQuery read {} for one question", size(processed)),
        };
        told.begin("rows", Some(total));
        let mut rows = Vec::new();
        for page in 0_u64.. {
            let before = rows.len();
            rows.append(&mut said.rows);
            told.advance((rows.len() - before) as u64);
            match said.page_token.take().filter(|token| !token.is_empty()) {
                // Pages without rows would come for ever; the first may be one.
                Some(_) if rows.len() == before && page > 0 => return Err(strange("sends pages without rows")),
                Some(token) => said = self.results(&job, Some(&token))?,
                None => break,
            }
            if rows.len() as u64 > total {
                return Err(strange("sends more rows than it counted"));
            }
        }
        if rows.len() as u64 != total {
            return Err(Error(format!("BigQuery sent {} of the {total} rows it counted; run again", rows.len())));
        }
        Ok(Rows { rows, cost })
    }

    /// Bytes that `query` would read.
    fn would_read(&self, query: &Query) -> Result<u64, Error> {
        let said = self.post(query, json!({ "dryRun": true }))?;
        let bytes = said.total_bytes_processed.as_deref().and_then(|bytes| bytes.parse().ok());
        bytes.ok_or_else(|| strange("does not say what the question would read"))
    }

    fn begun(&self, query: &Query) -> Result<Said, Error> {
        // One that is sent twice because the connection broke is run and billed once.
        let request: String = std::iter::repeat_with(fastrand::alphanumeric).take(32).collect();
        let more = json!({
            "dryRun": false,
            "maximumBytesBilled": self.most.to_string(),
            "maxResults": ROWS,
            "timeoutMs": HELD.as_millis() as u64,
            "requestId": request,
        });
        self.post(query, more)
    }

    fn post(&self, query: &Query, more: Value) -> Result<Said, Error> {
        let mut body = json!({
            "query": query.text,
            "useLegacySql": false,
            "parameterMode": "NAMED",
            "queryParameters": query.parameters,
        });
        if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
            body.extend(more);
        }
        self.send(Request::post(self.address(None)?, "application/json", body.to_string().into_bytes()))
    }

    fn results(&self, job: &Reference, token: Option<&str>) -> Result<Said, Error> {
        let mut address = self.address(Some(&job.job_id))?;
        let mut pairs = address.query_pairs_mut();
        pairs.append_pair("maxResults", &ROWS.to_string());
        pairs.append_pair("timeoutMs", &HELD.as_millis().to_string());
        if let Some(location) = &job.location {
            pairs.append_pair("location", location);
        }
        if let Some(token) = token {
            pairs.append_pair("pageToken", token);
        }
        drop(pairs);
        self.send(Request::get(address))
    }

    fn address(&self, job: Option<&str>) -> Result<Url, Error> {
        let mut address = self.endpoint.clone();
        match address.path_segments_mut() {
            Ok(mut path) => {
                let parts = ["bigquery", "v2", "projects", &self.project, "queries"];
                path.pop_if_empty().extend(parts).extend(job);
            }
            Err(()) => return Err(strange("has no address")),
        }
        Ok(address)
    }

    fn send(&self, request: Request) -> Result<Said, Error> {
        let Some(request) = request.longest(BODY).patience(HELD * 6).bearer(&self.token) else {
            return Err(Error(format!("the token in {} is none: it holds more than one line", super::TOKEN)));
        };
        let response = self.client.send(&request)?;
        if !response.is_success() {
            return Err(refusal(&response));
        }
        if !response.media_type().ends_with("json") {
            return Err(response.unexpected("JSON").into());
        }
        serde_json::from_slice(&response.body).map_err(|error| strange(&format!("is not understood: {error}")))
    }
}

/// The server's own words about why it does not answer, and what to do about it.
fn refusal(response: &Response) -> Error {
    #[derive(Deserialize)]
    struct Refusal {
        error: Problem,
    }
    match serde_json::from_slice::<Refusal>(&response.body) {
        Ok(refusal) if response.status == 401 => Error(format!(
            "BigQuery does not accept the token: {}; make a new one, as with `gcloud auth print-access-token`, and put it \
             into {}",
            excerpt(refusal.error.message.as_bytes()),
            super::TOKEN
        )),
        Ok(refusal) => refused(&excerpt(refusal.error.message.as_bytes())),
        Err(_) => response.refusal().into(),
    }
}

fn refused(why: &str) -> Error {
    Error(format!("BigQuery refused the question: {why}; check the project and its rights, or ask another source"))
}

fn strange(what: &str) -> Error {
    Error(format!("the answer of BigQuery {what}; check the endpoint"))
}

/// Bytes as people say them, in the units BigQuery bills in.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "KB", "MB", "GB", "TB"];
    let power = (bytes.max(1).ilog10() / 3).min(4);
    match power {
        0 => format!("{bytes} bytes"),
        _ => format!("{:.1} {}", bytes as f64 / 1000_f64.powi(power as i32), UNITS[power as usize]),
    }
}
