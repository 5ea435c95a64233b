//! `resource-extra-keyword` and `file-resource-is-text`: keywords of the server's resource classes.

use ruff_python_ast::{Expr, Keyword, Stmt};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::rewrite;
use super::super::uses::{CallUse, ClassUse};
use super::super::value::{literal, string};
use crate::fix::Applicability;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

const PACKAGE: &str = "mcp.server.fastmcp.resources";
/// The fields of every resource class of mcp 2.3.0.
const COMMON: &[&str] = &["uri", "name", "title", "description", "mime_type", "icons", "annotations", "meta"];
/// What each class adds. `is_binary` is among them, because another check speaks of it.
const OWN: &[(&str, &[&str])] = &[
    ("Resource", &[]),
    ("TextResource", &["text"]),
    ("BinaryResource", &["data"]),
    ("FunctionResource", &["fn"]),
    ("FileResource", &["path", "encoding", "is_binary"]),
    ("HttpResource", &["url"]),
    ("DirectoryResource", &["path", "recursive", "pattern"]),
];

/// Keywords that no resource class has.
pub(super) fn extra_keyword<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        if call.node.arguments.keywords.is_empty() {
            continue;
        }
        for path in context.paths_of(&call.node.func, call.at) {
            let Some(fields) = fields(context, &path) else { continue };
            for keyword in &call.node.arguments.keywords {
                let Some(name) = keyword.arg.as_ref().filter(|name| !fields.contains(&name.as_str())) else { continue };
                let shown = path.rsplit('.').next().unwrap_or(&path);
                hits.push(Hit::new(rule, span(name)).with("class", shown).with("argument", name.as_str()).with("name", shown));
            }
        }
    }
    hits
}

/// The fields that the constructor of the class at `path` takes; `None` when it is no resource class, or when it cannot
/// be told.
fn fields<'t>(context: &Context<'_, 't>, path: &str) -> Option<Vec<&'t str>> {
    let own = |path: &str| {
        OWN.iter().find(|(class, _)| context.canonical(&format!("{PACKAGE}.{class}")).iter().any(|one| one == path))
    };
    if let Some((_, own)) = own(path) {
        return Some(COMMON.iter().chain(*own).copied().collect());
    }
    let ancestors = context.ancestors(path).split_off(1);
    let (_, inherited) = ancestors.iter().find_map(|ancestor| own(ancestor))?;
    let mut fields: Vec<&str> = COMMON.iter().chain(*inherited).copied().collect();
    let of_project = |path: &String| context.module.modules.methods(path).is_some();
    for class in std::iter::once(path.to_owned()).chain(ancestors.iter().filter(|path| of_project(path)).cloned()) {
        let class = context.uses.classes.iter().find(|one| one.path == class)?;
        fields.extend(declared(class)?);
    }
    // A base from elsewhere may declare fields, too.
    let is_known = |path: &String| of_project(path) || own(path).is_some() || path.starts_with("pydantic.") || path.starts_with("abc.");
    ancestors.iter().all(is_known).then_some(fields)
}

/// The fields that a class declares itself; `None` when it takes more than it declares.
fn declared<'t>(class: &ClassUse<'t>) -> Option<Vec<&'t str>> {
    let mut names = Vec::new();
    for statement in &class.node.body {
        match statement {
            Stmt::AnnAssign(assign) => match &*assign.target {
                Expr::Name(name) if !is_aliased(assign.value.as_deref()) => names.push(name.id.as_str()),
                _ => return None,
            },
            Stmt::Assign(assign) => {
                let sets_config = |target: &Expr| matches!(target, Expr::Name(name) if name.id.as_str() == "model_config");
                if assign.targets.iter().any(sets_config) {
                    return None;
                }
            }
            Stmt::FunctionDef(function) if function.name.as_str() == "__init__" => return None,
            Stmt::ClassDef(_) => return None,
            _ => {}
        }
    }
    Some(names)
}

fn is_aliased(value: Option<&Expr>) -> bool {
    let Some(Expr::Call(call)) = value else { return false };
    ["alias", "validation_alias"].iter().any(|name| call.arguments.find_keyword(name).is_some())
}

/// `is_binary` of a file resource where it says that the file is text, or says nothing definite.
pub(super) fn is_text<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let classes = context.canonical(&format!("{PACKAGE}.FileResource"));
    let is_file = |call: &CallUse<'_>| {
        let paths = context.paths_of(&call.node.func, call.at);
        paths.iter().flat_map(|path| context.ancestors(path)).any(|path| classes.contains(&path))
    };
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let Some(keyword) = call.node.arguments.find_keyword("is_binary") else { continue };
        let shown = literal(&keyword.value);
        if shown.as_deref() == Some("True") || !is_file(call) {
            continue;
        }
        let is_text = shown.as_deref() == Some("False") && is_text_type(call);
        let advice = match (is_text, shown.as_deref()) {
            (true, _) => "a file of a text type is served as text without being told",
            (false, Some("False")) => "mcp 1 did not heed `False` for a type that is no text; say with `encoding=` which it shall be",
            _ => "say with `encoding=` which it shall be",
        };
        let fix = || {
            let at = rewrite::removed(context, call.node, span(keyword))?;
            Some(rewrite::replaced(context, at, "", Applicability::Safe))
        };
        let at = keyword.arg.as_ref().map_or_else(|| span(keyword), span);
        let hit = Hit::new(rule, at).with("argument", "is_binary").with("advice", advice);
        hits.push(Hit { fix: is_text.then(fix).flatten(), ..hit });
    }
    hits
}

/// Whether the MIME type that the call passes, or leaves at `text/plain`, is a text type.
fn is_text_type(call: &CallUse<'_>) -> bool {
    let keywords = &call.node.arguments.keywords;
    if keywords.iter().any(|keyword| keyword.arg.is_none()) {
        return false;
    }
    let is_mime = |keyword: &&Keyword| keyword.arg.as_ref().is_some_and(|name| name.as_str() == "mime_type");
    keywords.iter().find(is_mime).is_none_or(|keyword| string(&keyword.value).is_some_and(|mime| mime.starts_with("text/")))
}
