//! A survey for programs. The shape is versioned by `schema_version`: a field may be added under the same number, and is
//! never renamed, retyped or removed.

use serde::Serialize;

use crate::dependents::Survey;

/// The number of the shape, which is [`Survey`]'s own.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    schema_version: u32,
    tool: Tool,
    #[serde(flatten)]
    survey: &'a Survey,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// The whole survey as one JSON document, with a line end.
///
/// # Errors
/// Never for a survey; the signature is the serialiser's.
pub fn render(survey: &Survey) -> Result<String, serde_json::Error> {
    let tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    let output = Output { schema_version: SCHEMA_VERSION, tool, survey };
    Ok(serde_json::to_string_pretty(&output)? + "\n")
}
