//! What a rule about Rust code looks for. Paths begin with the crate's own name, `rmcp::model::Content`, whatever a
//! manifest calls it, and mean every public spelling of what they lead to.

use serde::Deserialize;

use super::braces::paths;
use super::python::OneOrMany;
use crate::fix::Applicability;

/// A name that the crate exports, however it is imported, renamed, globbed, or used within a macro.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RustName {
    /// The path: of a type, a function, a module, or of what belongs to one (`rmcp::model::ErrorCode::X`).
    #[serde(deserialize_with = "paths")]
    pub path: OneOrMany<String>,
    /// The path that serves instead.
    pub becomes: Option<String>,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// How far the rewrite may be trusted.
    #[serde(default = "safe")]
    pub applicability: Applicability,
}

/// A check of Rust code that is written in code, for what names cannot say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RustCheck {
    /// Its name, in the table of `src/rust/checks/`.
    pub name: String,
    /// What it looks for, where one check serves several rules: names of types, methods, or fields.
    #[serde(default)]
    pub of: OneOrMany<String>,
    /// What is written instead, where that is a name.
    pub becomes: Option<String>,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// How far the rewrite may be trusted.
    #[serde(default = "safe")]
    pub applicability: Applicability,
}

fn safe() -> Applicability {
    Applicability::Safe
}
