//! The questions in BigQuery's SQL. What they ask about are parameters; only the columns that are named are billed, so
//! none is named that is not needed.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::dependents::Name;

/// The table that holds a row per uploaded file, of which none is ever removed.
pub(super) const FILES: &str = "bigquery-public-data.pypi.distribution_metadata";

/// A query and its parameters.
#[derive(Debug, Clone)]
pub(super) struct Query {
    /// The text.
    pub(super) text: String,
    /// Its parameters as the API wants them.
    pub(super) parameters: Value,
}

/// All releases of the packages of which some release asks for a target: rows of name, version, second of the first
/// upload, requirements on the targets, and the number of files there are at all.
pub(super) fn releases<'n>(targets: impl Iterator<Item = &'n Name>, before: Option<Timestamp>) -> Query {
    let cut = cut(before);
    let text = format!(
        r"WITH files AS (
  SELECT REGEXP_REPLACE(LOWER(name), r'[-_.]+', '-') AS pkg, version, upload_time,
    ARRAY(SELECT r FROM UNNEST(requires_dist) AS r WHERE REGEXP_REPLACE(LOWER(
      REGEXP_EXTRACT(r, r'^\s*([A-Za-z0-9._-]+)')), r'[-_.]+', '-') IN UNNEST(@targets)) AS reqs
  FROM `{FILES}`{cut}),
releases AS (
  SELECT pkg, version, UNIX_SECONDS(MIN(upload_time)) AS uploaded, ARRAY_CONCAT_AGG(reqs) AS reqs,
    SUM(ARRAY_LENGTH(reqs)) AS asks
  FROM files GROUP BY pkg, version)
SELECT pkg, version, uploaded, reqs, (SELECT COUNT(*) FROM files) AS files
FROM releases QUALIFY SUM(asks) OVER (PARTITION BY pkg) > 0
ORDER BY pkg, version"
    );
    let values: Vec<_> = targets.map(|target| json!({ "value": target.as_str() })).collect();
    let targets = json!({
        "name": "targets",
        "parameterType": { "type": "ARRAY", "arrayType": { "type": "STRING" } },
        "parameterValue": { "arrayValues": values },
    });
    Query { text, parameters: parameters(targets, before) }
}

/// The versions of one package.
pub(super) fn versions(name: &Name, before: Option<Timestamp>) -> Query {
    let and = if before.is_some() { " AND upload_time < @before" } else { "" };
    let text = format!(
        "SELECT DISTINCT version FROM `{FILES}` \
         WHERE REGEXP_REPLACE(LOWER(name), r'[-_.]+', '-') = @name{and} ORDER BY version"
    );
    let name = json!({
        "name": "name",
        "parameterType": { "type": "STRING" },
        "parameterValue": { "value": name.as_str() },
    });
    Query { text, parameters: parameters(name, before) }
}

fn cut(before: Option<Timestamp>) -> &'static str {
    if before.is_some() { "\n  WHERE upload_time < @before" } else { "" }
}

fn parameters(first: Value, before: Option<Timestamp>) -> Value {
    let before = before.map(|before| {
        json!({
            "name": "before",
            "parameterType": { "type": "TIMESTAMP" },
            "parameterValue": { "value": before.to_string() },
        })
    });
    Value::Array(std::iter::once(first).chain(before).collect())
}
