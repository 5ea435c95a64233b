//! What a client reads of the server: `peer_info().server_info` may be missing, as a server need not say who it is.

use std::collections::HashSet;

use syn::visit::{self, Visit};
use syn::{Expr, ExprLet, Local, Pat};

use super::super::context::Context;
use crate::finding::Confidence;
use crate::fix::Fix;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;
use crate::source::{Span, line_end, line_start};

pub(super) fn hits<'r>(context: &Context<'_, '_>, rule: &'r Rule, entry: &'r RustCheck) -> Vec<Hit<'r>> {
    let is_asked = |name: &str| context.members.iter().any(|member| member.name == name);
    if !is_asked("peer_info") {
        return Vec::new();
    }
    let mut reader = Reader { names: HashSet::new() };
    reader.visit_file(&context.source.file);
    let mut hits = Vec::new();
    for member in context.members.iter().filter(|member| entry.of.as_slice().contains(&member.name)) {
        let receiver = context.end_of(member.receiver);
        let is_bound = reader.names.contains(receiver);
        if is_bound || receiver.contains("peer_info()") {
            let mut hit = Hit::new(rule, member.span).with("name", &member.name);
            hit.fix = printed(context, member.span, entry);
            hits.push(if is_bound { hit.at_most(Confidence::Medium) } else { hit });
        }
    }
    hits
}

/// The rewrite where what is read is only printed for a developer: `{:?}` takes an `Option` as well as what is in it.
fn printed(context: &Context<'_, '_>, at: Span, entry: &RustCheck) -> Option<Fix> {
    let text = context.source.text;
    let line = &text[line_start(text, at.start)..line_end(text, at.end)];
    let field = text.get(at.end..)?.strip_prefix('.')?;
    let length = field.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let is_field = length > 0 && !field[length..].trim_start().starts_with(['(', '.', '=', '?']);
    if !is_field || !line.contains("!(") || !line.contains("{:?}") || line.contains("{}") {
        return None;
    }
    let dot = Span::new(at.end, at.end + 1);
    let edits =
        vec![context.edit(dot, ".as_ref().map(|server| &server."), context.edit(Span::empty(at.end + 1 + length), ")")];
    Some(Fix { title: "print what there is".to_owned(), applicability: entry.applicability, edits })
}

/// The names that what `peer_info()` says is bound to.
struct Reader {
    names: HashSet<String>,
}

impl Reader {
    fn bound(&mut self, pattern: &Pat, to: &Expr) {
        let mut asks = Asks(false);
        asks.visit_expr(to);
        // What was bound is bound again: `if let Some(info) = info`.
        let again =
            |path: &syn::ExprPath| path.path.get_ident().is_some_and(|name| self.names.contains(&name.to_string()));
        if asks.0 || matches!(to, Expr::Path(path) if again(path)) {
            self.pattern(pattern);
        }
    }

    fn pattern(&mut self, pattern: &Pat) {
        match pattern {
            Pat::Ident(one) => {
                self.names.insert(one.ident.to_string());
            }
            Pat::TupleStruct(one) => one.elems.iter().for_each(|one| self.pattern(one)),
            Pat::Reference(one) => self.pattern(&one.pat),
            _ => {}
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_local(&mut self, one: &'ast Local) {
        if let Some(init) = &one.init {
            self.bound(&one.pat, &init.expr);
        }
        visit::visit_local(self, one);
    }

    fn visit_expr_let(&mut self, one: &'ast ExprLet) {
        self.bound(&one.pat, &one.expr);
        visit::visit_expr_let(self, one);
    }
}

/// Whether a chain of calls ends in what `peer_info()` says, and not in a part of it.
struct Asks(bool);

impl<'ast> Visit<'ast> for Asks {
    fn visit_expr(&mut self, one: &'ast Expr) {
        match one {
            Expr::MethodCall(call) if call.method == "peer_info" => self.0 = true,
            Expr::MethodCall(call) => self.visit_expr(&call.receiver),
            Expr::Try(inner) => self.visit_expr(&inner.expr),
            Expr::Await(inner) => self.visit_expr(&inner.base),
            Expr::Reference(inner) => self.visit_expr(&inner.expr),
            Expr::Paren(inner) => self.visit_expr(&inner.expr),
            _ => {}
        }
    }
}
