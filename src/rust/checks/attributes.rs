//! Words in the attributes of the crate's macros: `#[tool(tool_box)]`, `#[tool(execution(…))]`. An entry of `of` is the
//! attribute, or the attribute and a word in it: `tool.param`.

use proc_macro2::TokenTree;
use syn::visit::{self, Visit};
use syn::{Attribute, ItemImpl, Meta};

use super::super::context::Context;
use crate::fix::Fix;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;
use crate::source::Span;

/// What stands on an `impl` of the tools, and on that of the handler.
const BOX: &str = "tool_box";

pub(super) fn hits<'r>(context: &Context<'_, '_>, rule: &'r Rule, entry: &'r RustCheck) -> Vec<Hit<'r>> {
    let mut reader = Reader { context, rule, entry, out: Vec::new() };
    reader.visit_file(&context.source.file);
    reader.out
}

struct Reader<'c, 'x, 't, 'r> {
    context: &'c Context<'x, 't>,
    rule: &'r Rule,
    entry: &'r RustCheck,
    out: Vec<Hit<'r>>,
}

impl Reader<'_, '_, '_, '_> {
    /// Where the attribute says what the rule looks for.
    fn found(&self, attribute: &Attribute) -> Option<Span> {
        let source = self.context.source;
        let last = &attribute.path().segments.last()?.ident;
        for of in self.entry.of.as_slice() {
            let (name, word) = of.split_once('.').map_or((of.as_str(), None), |(name, word)| (name, Some(word)));
            if last != name {
                continue;
            }
            let Some(word) = word else { return Some(source.span(attribute.path())) };
            let Meta::List(list) = &attribute.meta else { continue };
            let is_word = |token: &TokenTree| matches!(token, TokenTree::Ident(one) if one == word);
            if let Some(token) = list.tokens.clone().into_iter().find(is_word) {
                return Some(source.span_of(token.span()));
            }
        }
        None
    }

    /// The whole argument whose word stands at `word`, with the comma that goes with it.
    fn argument(&self, attribute: &Attribute, word: Span) -> Option<Span> {
        let Meta::List(list) = &attribute.meta else { return None };
        let source = self.context.source;
        let tokens: Vec<TokenTree> = list.tokens.clone().into_iter().collect();
        let at = |token: &TokenTree| source.span_of(token.span());
        let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',');
        let first = tokens.iter().position(|token| at(token) == word)?;
        let end = tokens[first..].iter().position(is_comma).map_or(tokens.len(), |behind| first + behind);
        let (last, next) = (at(tokens.get(end.checked_sub(1)?)?).end, tokens.get(end + 1));
        let before = first.checked_sub(1).map(|before| at(&tokens[before]).start);
        let gone = match (next, before) {
            (Some(next), _) => Span::new(word.start, at(next).start),
            // The last one: the comma in front of it goes too.
            (None, Some(comma)) => Span::new(comma, tokens.get(end).map_or(last, |comma| at(comma).end)),
            (None, None) => Span::new(word.start, last),
        };
        (!source.at(gone).contains("//") && !source.at(gone).contains("/*")).then_some(gone)
    }

    fn hit(&mut self, span: Span, fix: Option<Fix>) {
        let mut hit = Hit::new(self.rule, span).with("name", self.context.source.at(span));
        hit = self.entry.advice.iter().fold(hit, |hit, advice| hit.with("advice", advice));
        hit.fix = fix;
        self.out.push(hit);
    }
}

impl<'ast> Visit<'ast> for Reader<'_, '_, '_, '_> {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        for attribute in &item.attrs {
            let Some(span) = self.found(attribute) else { continue };
            let source = self.context.source;
            let fix = (source.at(span) == BOX).then(|| {
                let name = if item.trait_.is_some() { "tool_handler" } else { "tool_router" };
                let path = format!("#[{}::{name}]", self.context.crate_name());
                Fix {
                    title: format!("write `{path}`"),
                    applicability: self.entry.applicability,
                    edits: vec![self.context.edit(source.span(attribute), &path)],
                }
            });
            self.hit(span, fix);
        }
        // What stands within it has attributes of its own.
        item.items.iter().for_each(|one| visit::visit_impl_item(self, one));
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let Some(span) = self.found(attribute) {
            let gone = self.entry.becomes.as_ref().filter(|becomes| becomes.is_empty());
            let fix = gone.and_then(|_| self.argument(attribute, span)).map(|at| Fix {
                title: format!("leave `{}` out", self.context.source.at(span)),
                applicability: self.entry.applicability,
                edits: vec![self.context.edit(at, "")],
            });
            self.hit(span, fix);
        }
    }
}
