//! What the checks of the wire models share: which classes they are, and which attributes those have.

use super::super::super::surface::{Index, Kind};
use super::super::super::types::ClassRef;

/// Where the models are.
const MODELS: &str = "mcp.types.";

/// Bases that never kept unknown fields.
const STRICT: [&str; 4] = [
    "mcp.types.BaseMetadata",
    "mcp.types.NotificationParams",
    "mcp.types.PaginatedRequestParams",
    "mcp.types.RequestParams",
];

/// Members of pydantic's models that a stub may leave out.
const OF_PYDANTIC: [&str; 14] = [
    "construct",
    "copy",
    "dict",
    "fields_set",
    "from_orm",
    "json",
    "parse_file",
    "parse_obj",
    "parse_raw",
    "root",
    "schema",
    "schema_json",
    "update_forward_refs",
    "validate",
];

/// Whether `class` is a model of the older SDK that kept fields it does not declare.
pub(super) fn is_model(index: &Index, class: &str) -> bool {
    let is_named = class.strip_prefix(MODELS).is_some_and(|name| !name.contains('.'));
    is_named && !STRICT.contains(&class) && index.kind(class) == Some(Kind::Class) && {
        let bases = index.bases(class);
        let is = |name: &str| bases.iter().any(|base| base.starts_with("pydantic.") && base.ends_with(name));
        is(".BaseModel") && !is(".RootModel")
    }
}

/// Whether a value of `class` has an attribute `name` in the API of `index`: declared, inherited, or one of pydantic's.
pub(super) fn has_attribute(index: &Index, class: &ClassRef, name: &str) -> bool {
    name.starts_with("__")
        || name.starts_with("model_")
        || name.starts_with("_")
        || OF_PYDANTIC.contains(&name)
        || index.canonical(&format!("{}.{name}", class.path)).is_some()
}
