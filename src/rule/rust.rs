//! What a rule about Rust code looks for. Paths begin with the crate's own name, `rmcp::model::Content`, whatever a
//! manifest calls it, and mean every public spelling of what they lead to.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::braces::paths;
use super::python::OneOrMany;
use crate::finding::Confidence;
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

/// How a member is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RustAccess {
    /// A method is called.
    Call,
    /// A field is read or written.
    Field,
    /// An `impl` of one of the traits defines a method.
    Definition,
}

/// A method or a field, by its name: no types are known, so the name must say enough, or the file what it is about.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RustMember {
    /// Its names.
    pub name: OneOrMany<String>,
    /// How it is used; called or taken, when not said.
    #[serde(default)]
    pub access: OneOrMany<RustAccess>,
    /// Where it is defined: the traits that the `impl` is of.
    #[serde(default, deserialize_with = "paths")]
    pub of: OneOrMany<String>,
    /// The file must name one of these paths.
    #[serde(default, deserialize_with = "paths")]
    pub named: OneOrMany<String>,
    /// And one of these.
    #[serde(default, deserialize_with = "paths")]
    pub beside: OneOrMany<String>,
    /// How many arguments the call has, where that tells.
    pub arguments: Option<usize>,
    /// A regular expression for all that stands in front of the dot.
    pub receiver: Option<String>,
    /// What it is called instead; nothing, where the whole access goes: `x.no_annotation()` becomes `x`.
    pub becomes: Option<String>,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// How far the rewrite may be trusted.
    #[serde(default = "safe")]
    pub applicability: Applicability,
    /// How sure it is, where that is less than the rule says.
    pub confidence: Option<Confidence>,
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

/// A struct that code outside of the crate can no longer write as a literal, and what says the same.
///
/// Several entries of one path are several ways to say it; the one that leaves least to assign is taken.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct RustLiteral {
    /// The paths of the type, aliases too.
    #[serde(deserialize_with = "paths")]
    pub path: OneOrMany<String>,
    /// The function that makes one: `new` unless said otherwise.
    pub constructor: Option<String>,
    /// The fields that it takes, in its order: what is inside of `Some` where they are optional.
    pub new: OneOrMany<String>,
    /// What fields it sets, and to what, that the type's default leaves empty.
    pub sets: BTreeMap<String, String>,
    /// The fields that are `None` unless they are given.
    pub optional: OneOrMany<String>,
    /// The other fields.
    pub plain: OneOrMany<String>,
    /// The fields of `new` that it takes within `Some(…)`.
    pub wrapped: OneOrMany<String>,
    /// The fields that a method `with_FIELD`, or `NAME` in `FIELD=NAME`, gives: what is inside of `Some` where they are
    /// only optional, and the whole where they are plain as well.
    pub with: OneOrMany<String>,
    /// The fields that `new` and `with_FIELD` take as `impl Into<…>`.
    pub into: OneOrMany<String>,
    /// Whether the type has a default.
    pub default: bool,
    /// Whether it may still be written as a literal over what the constructor makes: it only has more fields.
    pub update: bool,
}

impl RustLiteral {
    /// Whether the type has a field of this name.
    pub fn knows(&self, field: &str) -> bool {
        [&self.new, &self.optional, &self.plain].iter().any(|names| names.as_slice().iter().any(|name| name == field))
            || self.sets.contains_key(field)
    }
}

fn safe() -> Applicability {
    Applicability::Safe
}
