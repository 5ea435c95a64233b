//! One JSON object for each dependent, one a line, for programs that stream.

use crate::dependents::Survey;

/// The dependents in order of name, as they stand in the JSON document.
///
/// # Errors
/// Never for a survey; the signature is the serialiser's.
pub fn render(survey: &Survey) -> Result<String, serde_json::Error> {
    survey.dependents.iter().map(|dependent| Ok(serde_json::to_string(dependent)? + "\n")).collect()
}
