//! API surfaces: what a release of a package offers, as stubs, and what a dotted path means in it.

mod attributes;
mod bridge;
mod budget;
mod class;
mod extract;
mod facts;
mod fetch;
mod function;
mod index;
mod module;
mod package;
mod release;
mod text;
mod wheel;

use std::collections::BTreeMap;

use super::parse::{errors, with_module};
pub use index::{Index, Kind, Parameter, ParameterKind};
use package::Package;
pub use release::Surface;
use text::Source;
pub use wheel::Wheel;

/// The stubs of the modules of `wheels`, as `(path, text)` by path: `mcp/types.pyi`. Wheels that refer to one another
/// belong together. The same modules give the same text.
///
/// # Errors
/// The first module that is not Python, with the reason.
pub fn stubs(wheels: &[Wheel]) -> Result<Vec<(String, String)>, String> {
    let mut modules: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    for (path, text) in wheels.iter().flat_map(|wheel| &wheel.modules) {
        // A stub that its authors ship stands before the module; it sorts behind it.
        modules.insert(module_of(path), (path, text));
    }
    let mut package = Package::default();
    for (module, (path, text)) in &modules {
        let read = with_module(text, |parsed| {
            if let Some(error) = errors(parsed).first() {
                return Err(format!("`{path}` is not Python: {}", error.message));
            }
            let body = &parsed.syntax().body;
            // A module that only says why it is gone cannot be imported.
            if body.iter().any(ruff_python_ast::Stmt::is_raise_stmt) {
                return Ok(None);
            }
            Ok(Some(facts::facts(Source::new(text, parsed.tokens()), module, is_package(path), body)))
        });
        if let Some(facts) = read.map_err(|error| format!("`{path}`: {}", error.message))?? {
            package.modules.insert(module.clone(), facts);
        }
    }
    let mut out = Vec::new();
    for (module, (path, text)) in modules.iter().filter(|(module, _)| package.modules.contains_key(*module)) {
        let stub = with_module(text, |parsed| {
            extract::stub(Source::new(text, parsed.tokens()), &package, module, is_package(path), &parsed.syntax().body)
        });
        let path = path.strip_suffix(".pyi").or_else(|| path.strip_suffix(".py")).unwrap_or(path);
        out.push((format!("{path}.pyi"), stub.map_err(|error| format!("`{path}`: {}", error.message))?));
    }
    Ok(out)
}

/// `mcp.server` of `mcp/server/__init__.py`.
fn module_of(path: &str) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    stem.strip_suffix("/__init__").unwrap_or(stem).replace('/', ".")
}

fn is_package(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with("__init__."))
}
