//! What a client reads of the server: `peer_info().server_info` may be missing, as a server need not say who it is.

use std::collections::HashSet;

use syn::visit::{self, Visit};
use syn::{Expr, ExprLet, Local, Pat};

use super::super::context::Context;
use crate::finding::Confidence;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;

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
            let hit = Hit::new(rule, member.span).with("name", &member.name);
            hits.push(if is_bound { hit.at_most(Confidence::Medium) } else { hit });
        }
    }
    hits
}

/// The names that what `peer_info()` says is bound to.
struct Reader {
    names: HashSet<String>,
}

impl Reader {
    fn bound(&mut self, pattern: &Pat, to: &Expr) {
        let mut asks = Asks(false);
        asks.visit_expr(to);
        if asks.0 {
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
