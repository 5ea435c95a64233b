//! Packages that the older SDK installed and the newer does not, imported by a project that does not ask for them itself.

use super::super::context::{Context, Hit};
use super::httpx_module;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// The package in front of a check's name: `undeclared-httpx-sse`.
const PREFIX: &str = "undeclared-";

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, entry: &'a CheckMatch) -> Vec<Hit<'a>> {
    let Some(package) = entry.name.strip_prefix(PREFIX) else { return Vec::new() };
    let declared = context.module.declared;
    // Where the SDK is not asked for, something else brings it, and whatever that brings besides.
    if !declared.contains("mcp") || declared.contains(package) {
        return Vec::new();
    }
    // Nothing of it will be left.
    if package == "httpx" && httpx_module::goes(context) {
        return Vec::new();
    }
    let module = package.replace('-', "_");
    let mut hits = Vec::new();
    for import in &context.uses.imports {
        let is_needed = !import.guard.is_caught && !import.guard.is_typing && import.guard.alternatives.is_empty();
        let is_own = context.module.modules.owner_of(&import.path, &context.module.module.path).is_some();
        if is_needed && !is_own && import.path.split('.').next() == Some(module.as_str()) {
            let hit = Hit::new(rule, import.span())
                .with("name", package)
                .with("path", import.path.as_str())
                .with("advice", entry.advice.clone().unwrap_or_default());
            // One a module says it.
            hits.push(hit);
            break;
        }
    }
    hits
}
