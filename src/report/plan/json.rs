//! A plan for programs. The shape is versioned by `schema_version`: a field may be added under the same number, and is never
//! renamed, retyped or removed.

use serde::Serialize;

use crate::plan::Plan;

/// The number of the shape.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'p> {
    schema_version: u32,
    tool: Tool,
    #[serde(flatten)]
    plan: &'p Plan,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// The whole plan as one JSON document, with a line end.
///
/// # Errors
/// Never for a plan; the signature is the serialiser's.
pub fn render(plan: &Plan) -> serde_json::Result<String> {
    let tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    serde_json::to_string_pretty(&Output { schema_version: SCHEMA_VERSION, tool, plan }).map(|text| text + "\n")
}
