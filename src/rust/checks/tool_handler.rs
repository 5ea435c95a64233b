//! A bare `#[tool_handler]` beside a router that is a field: from rmcp 1.4 on it asks the type for a router, not the value.

use std::collections::HashMap;

use syn::visit::{self, Visit};
use syn::{Attribute, ItemImpl, ItemStruct, Meta, Type};

use super::super::context::Context;
use crate::fix::Fix;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;
use crate::source::Span;

/// The attributes, and the type of the router each of them calls.
const HANDLERS: &[(&str, &str)] = &[("tool_handler", "ToolRouter"), ("prompt_handler", "PromptRouter")];

pub(super) fn hits<'r>(context: &Context<'_, '_>, rule: &'r Rule, entry: &'r RustCheck) -> Vec<Hit<'r>> {
    let mut fields = Fields { found: HashMap::new() };
    fields.visit_file(&context.source.file);
    let mut reader = Reader { context, rule, entry, fields: fields.found, out: Vec::new() };
    reader.visit_file(&context.source.file);
    reader.out
}

/// The fields that hold routers, by the type and the router's; nothing where there are several.
struct Fields {
    found: HashMap<(String, &'static str), Option<String>>,
}

impl<'ast> Visit<'ast> for Fields {
    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        for field in &item.fields {
            let (Type::Path(of), Some(name)) = (&field.ty, &field.ident) else { continue };
            let Some(last) = of.path.segments.last() else { continue };
            let Some((_, router)) = HANDLERS.iter().find(|(_, router)| last.ident == router) else { continue };
            let known = self.found.entry((item.ident.to_string(), router));
            known.and_modify(|one| *one = None).or_insert_with(|| Some(name.to_string()));
        }
        visit::visit_item_struct(self, item);
    }
}

struct Reader<'c, 'x, 't, 'r> {
    context: &'c Context<'x, 't>,
    rule: &'r Rule,
    entry: &'r RustCheck,
    fields: HashMap<(String, &'static str), Option<String>>,
    out: Vec<Hit<'r>>,
}

impl Reader<'_, '_, '_, '_> {
    fn attribute(&mut self, attribute: &Attribute, of: &str) {
        let Some(last) = attribute.path().segments.last() else { return };
        let Some((name, router)) = HANDLERS.iter().find(|(name, _)| last.ident == name) else { return };
        let source = self.context.source;
        let span = source.span(attribute.path());
        // What the attribute is given already, if anything.
        let (at, written) = match &attribute.meta {
            Meta::Path(_) => (span.end, None),
            Meta::List(list) => {
                (source.span_of(list.delimiter.span().open()).end, Some(source.at(source.span(&list.tokens))))
            }
            Meta::NameValue(_) => return,
        };
        let is_said =
            written.is_some_and(|written| written.split(',').any(|one| one.trim_start().starts_with("router")));
        let Some(field) = self.fields.get(&(of.to_owned(), *router)).filter(|_| !is_said) else { return };
        let mut hit = Hit::new(self.rule, span).with("name", *name);
        hit = hit.with("value", field.clone().unwrap_or_else(|| "field".to_owned()));
        hit.fix = field.as_ref().map(|field| {
            let content = match written.map(|written| written.trim().is_empty()) {
                None => format!("(router = self.{field})"),
                Some(true) => format!("router = self.{field}"),
                Some(false) => format!("router = self.{field}, "),
            };
            Fix {
                title: format!("name the router: `self.{field}`"),
                applicability: self.entry.applicability,
                edits: vec![self.context.edit(Span::empty(at), &content)],
            }
        });
        self.out.push(hit);
    }
}

impl<'ast> Visit<'ast> for Reader<'_, '_, '_, '_> {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if let Type::Path(of) = &*item.self_ty
            && let Some(last) = of.path.segments.last()
        {
            let of = last.ident.to_string();
            item.attrs.iter().for_each(|attribute| self.attribute(attribute, &of));
        }
        visit::visit_item_impl(self, item);
    }
}
