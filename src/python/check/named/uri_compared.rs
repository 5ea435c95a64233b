//! `resource.uri == AnyUrl("memo://a")`, `known.get(resource.uri)`: a string that is compared with pydantic's URLs, or
//! looked up among them.

use ruff_python_ast::{CmpOp, Expr};

use super::super::super::parse::span;
use super::super::super::types::Part;
use super::super::context::{Context, Hit};
use super::super::rewrite::replaced;
use super::super::uses::At;
use crate::fix::{Applicability, Fix};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// The classes whose `uri` became a string.
const OWNERS: [&str; 7] = [
    "mcp.types.Resource",
    "mcp.types.ResourceContents",
    "mcp.types.ReadResourceRequestParams",
    "mcp.types.SubscribeRequestParams",
    "mcp.types.UnsubscribeRequestParams",
    "mcp.types.ResourceUpdatedNotificationParams",
    "mcp.server.fastmcp.resources.base.Resource",
];

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for (compare, at) in &context.uses.compares {
        let mut left = &*compare.left;
        for (operator, right) in compare.ops.iter().zip(&compare.comparators) {
            match operator {
                CmpOp::Eq | CmpOp::NotEq => {
                    for (uri, url) in [(left, right), (right, left)] {
                        if is_uri(context, uri) && is_url(context, url, *at) {
                            hits.push(of_urls(context, rule, &[url], span(url)));
                        }
                    }
                }
                CmpOp::In | CmpOp::NotIn if is_uri(context, left) => among(context, rule, right, *at, &mut hits),
                _ => {}
            }
            left = right;
        }
    }
    for (subscript, at) in &context.uses.subscripts {
        if is_uri(context, &subscript.slice) {
            among(context, rule, &subscript.value, *at, &mut hits);
        }
    }
    for call in &context.uses.calls {
        if let (Expr::Attribute(callee), Some(key)) = (&*call.node.func, call.node.arguments.args.first())
            && matches!(callee.attr.as_str(), "get" | "pop" | "setdefault" | "index" | "count")
            && is_uri(context, key)
        {
            among(context, rule, &callee.value, call.at, &mut hits);
        }
    }
    hits
}

/// Whether `expression` is the `uri` of one of the models.
pub(super) fn is_uri(context: &Context<'_, '_>, expression: &Expr) -> bool {
    let Expr::Attribute(attribute) = expression else { return false };
    attribute.attr.as_str() == "uri" && context.is_instance(&attribute.value, &OWNERS.map(str::to_owned)) == Some(true)
}

/// Whether `expression` is one of pydantic's URLs: by the constructor it calls, or by its type.
pub(super) fn is_url(context: &Context<'_, '_>, expression: &Expr, at: At) -> bool {
    let is_named = |path: &str| path.starts_with("pydantic.") && path.ends_with("Url");
    // Another model's `uri` is a string as well by then.
    if is_uri(context, expression) {
        return false;
    }
    if let Expr::Call(call) = expression
        && context.paths_of(&call.func, at).iter().any(|path| is_named(path))
    {
        return true;
    }
    context.value_type_of(expression).parts.iter().any(|part| match part {
        Part::Instance(class) => class.ancestors.iter().any(|path| is_named(path)),
        _ => false,
    })
}

/// Looks for URLs in what is searched: the elements or keys of a display, or the type of anything else.
fn among<'a>(context: &Context<'a, '_>, rule: &'a Rule, container: &Expr, at: At, hits: &mut Vec<Hit<'a>>) {
    let elements: Vec<&Expr> = match container {
        Expr::Set(set) => set.elts.iter().collect(),
        Expr::List(list) => list.elts.iter().collect(),
        Expr::Tuple(tuple) => tuple.elts.iter().collect(),
        Expr::Dict(dict) => dict.items.iter().filter_map(|item| item.key.as_ref()).collect(),
        _ => {
            let shown = context.value_type_of(container).shown;
            if ["[AnyUrl", "[FileUrl", "[HttpUrl", "[AnyHttpUrl"].iter().any(|of_urls| shown.contains(of_urls)) {
                hits.push(of_urls(context, rule, &[], span(container)));
            }
            return;
        }
    };
    let urls: Vec<&Expr> = elements.into_iter().filter(|element| is_url(context, element, at)).collect();
    if !urls.is_empty() {
        hits.push(of_urls(context, rule, &urls, span(container)));
    }
}

fn of_urls<'a>(context: &Context<'a, '_>, rule: &'a Rule, urls: &[&Expr], at: crate::source::Span) -> Hit<'a> {
    let value =
        urls.first().map_or_else(|| context.text.get(at.start..at.end).unwrap_or_default(), |url| context.source(*url));
    let mut hit = Hit::new(rule, at).with("value", value);
    let edits: Vec<_> = urls
        .iter()
        .flat_map(|url| {
            let text = format!("str({})", context.source(*url));
            replaced(context, span(*url), &text, Applicability::Unsafe).edits
        })
        .collect();
    if !edits.is_empty() {
        hit.fix = Some(Fix { title: "compare strings".to_owned(), applicability: Applicability::Unsafe, edits });
    }
    hit
}
