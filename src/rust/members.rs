//! Every method and field behind a dot, in code and in macros alike, and the rules that name them.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use regex::Regex;
use syn::visit::{self, Visit};
use syn::{ImplItem, ItemImpl};

use super::context::Context;
use super::source::Source;
use crate::fix::Fix;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::{RustAccess, RustMember};
use crate::source::Span;

/// What stands behind a dot, or what an `impl` of a trait defines.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) access: RustAccess,
    /// What stands in front of the dot, as far back as the same expression goes.
    pub(crate) receiver: Span,
    /// What is passed, with the parentheses.
    pub(crate) passed: Option<Span>,
    /// How many arguments are passed.
    pub(crate) arguments: usize,
    /// The trait whose `impl` defines it, as written.
    pub(crate) of: Option<Span>,
}

impl Member {
    /// The dot, the name and what is passed, with the white space in front.
    pub(crate) fn access_span(&self) -> Span {
        Span::new(self.receiver.end, self.passed.unwrap_or(self.span).end)
    }
}

/// The members that a file uses and defines, in their order.
pub(crate) fn members(source: &Source<'_>) -> Vec<Member> {
    let mut reader = Reader { source, out: Vec::new() };
    reader.tokens(source.tokens.clone());
    reader.visit_file(&source.file);
    reader.out.sort_by_key(|member| member.span);
    reader.out
}

struct Reader<'s, 't> {
    source: &'s Source<'t>,
    out: Vec<Member>,
}

impl Reader<'_, '_> {
    fn tokens(&mut self, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        // Where the expression began that the next token may continue, and where it ends so far.
        let mut chain: Option<Span> = None;
        let mut colons = 0;
        for (at, token) in tokens.iter().enumerate() {
            let span = self.source.span_of(token.span());
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '.' => {
                    if let (Some(receiver), Some(TokenTree::Ident(name))) = (chain, tokens.get(at + 1)) {
                        let passed = passed(&tokens[at + 2..]);
                        self.out.push(Member {
                            name: name.to_string(),
                            span: self.source.span_of(name.span()),
                            access: if passed.is_some() { RustAccess::Call } else { RustAccess::Field },
                            receiver,
                            passed: passed.map(|group| self.source.span_of(group.span())),
                            arguments: passed.map_or(0, |group| arguments(group.stream())),
                            of: None,
                        });
                    }
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == '?' => {
                    chain = chain.map(|of| Span::new(of.start, span.end))
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' && chain.is_some() => colons += 1,
                TokenTree::Punct(_) => (chain, colons) = (None, 0),
                TokenTree::Ident(name) if is_keyword(&name.to_string()) => (chain, colons) = (None, 0),
                TokenTree::Ident(_) | TokenTree::Literal(_) => {
                    let follows = colons == 2
                        || matches!(at.checked_sub(1).map(|at| &tokens[at]), Some(TokenTree::Punct(mark)) if mark.as_char() == '.');
                    let start = chain.filter(|_| follows).map_or(span.start, |of| of.start);
                    (chain, colons) = (Some(Span::new(start, span.end)), 0);
                }
                TokenTree::Group(group) => {
                    let is_block = group.delimiter() == Delimiter::Brace;
                    let start = chain.filter(|_| !is_block).map_or(span.start, |of| of.start);
                    (chain, colons) = (Some(Span::new(start, span.end)), 0);
                    self.tokens(group.stream());
                }
            }
        }
    }
}

/// What is passed to the method whose name ends right before `tokens`; nothing to a field.
fn passed(tokens: &[TokenTree]) -> Option<&Group> {
    let mut depth = 0_usize;
    for token in tokens.iter().take(MOST_OF_TYPES) {
        match token {
            TokenTree::Group(group) if depth == 0 => {
                return (group.delimiter() == Delimiter::Parenthesis).then_some(group);
            }
            TokenTree::Punct(mark) if mark.as_char() == '<' => depth += 1,
            TokenTree::Punct(mark) if mark.as_char() == '>' => depth = depth.saturating_sub(1),
            TokenTree::Punct(mark) if mark.as_char() == ':' => {}
            _ if depth > 0 => {}
            _ => return None,
        }
    }
    None
}

/// Type arguments of a method that are longer than this, in tokens, are not read.
const MOST_OF_TYPES: usize = 100;

fn arguments(stream: TokenStream) -> usize {
    let mut tokens = stream.into_iter().peekable();
    let (mut count, mut is_closed) = (0, true);
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == ',' => is_closed = true,
            // The parameters of a closure are no arguments.
            TokenTree::Punct(mark) if mark.as_char() == '|' && is_closed => {
                (count, is_closed) = (count + 1, false);
                let ends = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '|');
                while tokens.next().is_some_and(|token| !ends(&token)) {}
            }
            _ if is_closed => (count, is_closed) = (count + 1, false),
            _ => {}
        }
    }
    count
}

fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "return"
            | "match"
            | "if"
            | "else"
            | "in"
            | "let"
            | "mut"
            | "ref"
            | "move"
            | "async"
            | "while"
            | "for"
            | "loop"
            | "break"
            | "as"
    )
}

impl<'ast> Visit<'ast> for Reader<'_, '_> {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if let Some((of, _)) = &item.trait_ {
            let of = self.source.span(of);
            for one in &item.items {
                let ImplItem::Fn(one) = one else { continue };
                let span = self.source.span(&one.sig.ident);
                self.out.push(Member {
                    name: one.sig.ident.to_string(),
                    span,
                    access: RustAccess::Definition,
                    receiver: span,
                    passed: None,
                    arguments: one.sig.inputs.len(),
                    of: Some(of),
                });
            }
        }
        visit::visit_item_impl(self, item);
    }
}

/// The places of what `entry` names. `receiver` is its regular expression, read.
pub(super) fn hits<'r>(
    context: &Context<'_, '_>,
    rule: &'r Rule,
    entry: &'r RustMember,
    receiver: Option<&Regex>,
) -> Vec<Hit<'r>> {
    let is_any_of = |all: &[String]| all.is_empty() || all.iter().any(|path| context.names(path));
    let is_named = is_any_of(entry.named.as_slice()) && is_any_of(entry.beside.as_slice());
    let is_used = |access| entry.access.is_empty() && access != RustAccess::Definition;
    let is_meant = |member: &&Member| {
        entry.name.as_slice().contains(&member.name)
            && (is_used(member.access) || entry.access.as_slice().contains(&member.access))
            && entry.arguments.is_none_or(|count| count == member.arguments)
            && receiver.is_none_or(|receiver| receiver.is_match(context.end_of(member.receiver)))
            && (member.of.is_none()
                || entry.of.as_slice().iter().any(|path| member.of.is_some_and(|of| context.leads_to(of, path))))
    };
    let found = context.members.iter().filter(|_| is_named).filter(is_meant);
    found.map(|member| made(context, rule, entry, member)).collect()
}

fn made<'r>(context: &Context<'_, '_>, rule: &'r Rule, entry: &'r RustMember, member: &Member) -> Hit<'r> {
    let mut hit = Hit::new(rule, member.span).with("name", &member.name);
    hit = entry.advice.iter().fold(hit, |hit, advice| hit.with("advice", advice));
    hit = entry.becomes.iter().fold(hit, |hit, becomes| hit.with("becomes", becomes));
    hit = entry.confidence.iter().fold(hit, |hit, confidence| hit.at_most(*confidence));
    hit.fix = entry.becomes.as_ref().map(|becomes| {
        let (title, edit) = if becomes.is_empty() {
            (format!("drop `.{}`", member.name), context.edit(member.access_span(), ""))
        } else {
            (format!("write `{becomes}`"), context.edit(member.span, becomes))
        };
        Fix { title, applicability: entry.applicability, edits: vec![edit] }
    });
    hit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_seen_in_code_and_in_macros() {
        let text = "impl T for X { fn d(&self) {} }\n\
            fn f() { a.b.c(1, |x, y| x)?.d::<Vec<u8>>(); vec![A::x(1).e(), y[0].f]; { g() }.h(); 0.5.i(); }\n";
        let source = Source::parse("a.rs", text).unwrap();
        let found: Vec<_> = members(&source)
            .into_iter()
            .map(|one| (one.name, one.access, source.at(one.receiver).to_owned(), one.arguments))
            .collect();
        let expected = [
            ("d", RustAccess::Definition, "d", 1),
            ("b", RustAccess::Field, "a", 0),
            ("c", RustAccess::Call, "a.b", 2),
            ("d", RustAccess::Call, "a.b.c(1, |x, y| x)?", 0),
            ("e", RustAccess::Call, "A::x(1)", 0),
            ("f", RustAccess::Field, "y[0]", 0),
            ("h", RustAccess::Call, "{ g() }", 0),
            ("i", RustAccess::Call, "0.5", 0),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(name, access, of, count)| (name.to_owned(), access, of.to_owned(), count))
            .collect();
        assert_eq!(found, expected);
    }
}
