//! A plan for programs. The shape is versioned by `schema_version`: a field may be added under the same number, and is never
//! renamed, retyped or removed.

use crate::plan::Plan;
use crate::report::json::document;

/// The number of the shape.
pub const SCHEMA_VERSION: u32 = 1;

/// The whole plan as one JSON document, with a line end.
///
/// # Errors
/// Never for a plan; the signature is the serialiser's.
pub fn render(plan: &Plan) -> serde_json::Result<String> {
    document(SCHEMA_VERSION, plan)
}
