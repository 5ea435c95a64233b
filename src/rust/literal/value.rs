//! What a field of a literal is given, as far as it decides where it may stand instead.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Expr, Lit};

use super::gather::is_default;
use crate::rust::source::Source;
use crate::source::Span;

/// Methods without arguments whose result has a type of its own, whatever is asked of it.
const DEFINITE: &[&str] = &["to_string", "to_owned", "clone", "as_str", "trim", "to_uppercase", "to_lowercase"];
/// Functions whose result has one.
const MAKERS: &[&str] = &["String::from", "String::new", "Cow::Borrowed", "Cow::Owned", "Arc::new", "Arc::clone"];
/// Macros whose result has one.
const TEXTS: &[&str] = &["format", "env", "concat", "stringify", "include_str", "object"];

/// What is compared is no longer than this, in bytes.
const SHORT: usize = 32;

/// An expression of a literal.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) span: Span,
    /// As it is written, where that is short: without white space.
    pub(super) text: String,
    pub(super) is_none: bool,
    pub(super) is_default: bool,
    /// What is inside of `Some(…)`.
    pub(super) inside: Option<(Span, Option<Span>)>,
    /// What may be handed to a parameter `impl Into<…>` in its place, if the type of anything can be told there.
    pub(super) as_into: Option<Span>,
    /// The variables that it speaks of.
    pub(super) names: BTreeSet<String>,
    /// Whether it may leave the function, or wait.
    pub(super) may_leave: bool,
}

/// What is known of `expr`.
pub(super) fn value(source: &Source<'_>, expr: &Expr) -> Value {
    let mut names = Names { names: BTreeSet::new(), may_leave: false };
    names.visit_expr(expr);
    let inside = match expr {
        Expr::Call(call) if is_path(&call.func, "Some") && call.args.len() == 1 => {
            call.args.first().map(|inside| (source.span(inside), as_into(source, inside)))
        }
        _ => None,
    };
    let span = source.span(expr);
    let short = source.at(span).get(..SHORT.min(span.end - span.start)).unwrap_or_default();
    Value {
        span,
        text: short.split_whitespace().collect(),
        is_none: is_path(expr, "None"),
        is_default: is_default(expr),
        inside,
        as_into: as_into(source, expr),
        names: names.names,
        may_leave: names.may_leave,
    }
}

fn is_path(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Path(path) if path.path.is_ident(name))
}

/// What stands for `expr` where a parameter converts it: without a conversion of its own, whose type nothing would say.
fn as_into(source: &Source<'_>, expr: &Expr) -> Option<Span> {
    let whole = || Some(source.span(expr));
    match expr {
        Expr::Lit(one) => matches!(one.lit, Lit::Str(_)).then(|| source.span(expr)),
        Expr::Path(_) | Expr::Field(_) => whole(),
        Expr::Reference(one) => as_into(source, &one.expr).and_then(|_| whole()),
        Expr::Paren(one) => as_into(source, &one.expr),
        Expr::Macro(one) => {
            let name = one.mac.path.segments.last()?.ident.to_string();
            TEXTS.contains(&name.as_str()).then(whole).flatten()
        }
        Expr::MethodCall(one) if one.args.is_empty() && one.turbofish.is_none() => {
            let name = one.method.to_string();
            let is_text = matches!(one.receiver.as_ref(), Expr::Lit(_))
                || matches!(one.receiver.as_ref(), Expr::Macro(text) if !text.mac.path.is_ident("format"));
            match name.as_str() {
                "into" => as_into(source, &one.receiver),
                "to_string" | "to_owned" if is_text => as_into(source, &one.receiver),
                "unwrap" | "unwrap_or_default" => as_into(source, &one.receiver).and_then(|_| whole()),
                name if DEFINITE.contains(&name) || is_path(&one.receiver, "self") => whole(),
                _ => None,
            }
        }
        Expr::Call(call) => {
            let Expr::Path(path) = call.func.as_ref() else { return None };
            let written: Vec<String> = path.path.segments.iter().map(|part| part.ident.to_string()).collect();
            let last = written[written.len().saturating_sub(2)..].join("::");
            let mut arguments = call.args.iter().map(|one| as_into(source, one));
            if !MAKERS.contains(&last.as_str()) || !arguments.all(|one| one.is_some()) {
                return None;
            }
            match call.args.first() {
                Some(text @ Expr::Lit(_)) if last == "String::from" => as_into(source, text),
                _ => whole(),
            }
        }
        _ => None,
    }
}

struct Names {
    names: BTreeSet<String>,
    may_leave: bool,
}

impl Names {
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    self.names.insert(name.to_string());
                }
                TokenTree::Group(group) => self.tokens(group.stream()),
                // Text to format names variables within its braces.
                TokenTree::Literal(text) => {
                    let text = text.to_string();
                    let words = text.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
                    self.names.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
                }
                TokenTree::Punct(mark) => self.may_leave |= mark.as_char() == '?',
            }
        }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        self.may_leave |= matches!(
            expr,
            Expr::Try(_) | Expr::Await(_) | Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) | Expr::Yield(_)
        );
        if let Expr::Path(path) = expr
            && let Some(name) = path.path.get_ident()
        {
            self.names.insert(name.to_string());
        }
        visit::visit_expr(self, expr);
    }

    fn visit_macro(&mut self, one: &'ast syn::Macro) {
        self.tokens(one.tokens.clone());
    }
}
