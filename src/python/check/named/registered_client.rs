//! Records of registered OAuth clients: siblings of the metadata in mcp 2, with methods that the metadata lost, and
//! refused when they promise a secret that they do not hold.

use ruff_python_ast::Expr;

use super::super::super::types::Part;
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::value::string;
use super::fields::fields;
use crate::python::parse::span;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

const METADATA: &str = "mcp.shared.auth.OAuthClientMetadata";
const RECORD: &str = "mcp.shared.auth.OAuthClientInformationFull";

pub(super) fn base<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let (metadata, record) = (context.canonical(METADATA), context.canonical(RECORD));
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let tests = is_named(&call.node.func, "isinstance") || is_named(&call.node.func, "issubclass");
        let [_, tested] = &*call.node.arguments.args else { continue };
        if !tests {
            continue;
        }
        let classes = match tested {
            Expr::Tuple(tuple) => tuple.elts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let find = |wanted: &[String]| {
            classes.iter().find(|class| context.paths_of(class, call.at).iter().any(|path| wanted.contains(path)))
        };
        if let (Some(found), None) = (find(&metadata), find(&record)) {
            hits.push(Hit::new(rule, span(found)));
        }
    }
    for (pattern, at) in &context.uses.patterns {
        if context.paths_of(&pattern.cls, *at).iter().any(|path| metadata.contains(path)) {
            hits.push(Hit::new(rule, span(&*pattern.cls)));
        }
    }
    hits
}

pub(super) fn validators<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let metadata = context.canonical(METADATA);
    let members = context.uses.members.iter();
    let members = members.filter(|member| matches!(member.name(), "validate_scope" | "validate_redirect_uri"));
    let meant = members.filter(|member| {
        // The record is a subclass in mcp 1, and keeps the methods; so does a subclass that brings its own.
        context.type_of(&member.node.value).parts.iter().any(|part| match part {
            Part::Instance(class) => metadata.contains(&class.path),
            _ => false,
        })
    });
    meant.map(|member| Hit::new(rule, span(&member.node.attr)).with("name", member.name())).collect()
}

pub(super) fn without_secret<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let Some(fields) = fields(context, call, &[RECORD]) else { continue };
        let secret = fields.value(context, "client_secret", call.at);
        if fields.is_open || secret.is_some_and(|secret| !secret.is_none_literal_expr()) {
            continue;
        }
        let Some(method) = fields.value(context, "token_endpoint_auth_method", call.at) else { continue };
        if string(method).is_some_and(|method| method.starts_with("client_secret_")) {
            let at = fields.known.iter().find(|(name, _)| *name == "token_endpoint_auth_method");
            hits.extend(at.map(|(_, value)| Hit::new(rule, span(*value)).with("value", context.source(*value))));
        }
    }
    hits
}
