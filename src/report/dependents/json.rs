//! A survey for programs. The shape is versioned by `schema_version`: a field may be added under the same number, and is
//! never renamed, retyped or removed.

use crate::dependents::Survey;
use crate::report::json::document;

/// The number of the shape, which is [`Survey`]'s own.
pub const SCHEMA_VERSION: u32 = 1;

/// The whole survey as one JSON document, with a line end.
///
/// # Errors
/// Never for a survey; the signature is the serialiser's.
pub fn render(survey: &Survey) -> serde_json::Result<String> {
    document(SCHEMA_VERSION, survey)
}
