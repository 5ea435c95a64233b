//! A `match` that names every variant of an enum that the crate may add variants to.

use std::collections::HashSet;

use syn::visit::{self, Visit};
use syn::{Arm, Block, Expr, ExprMatch, Pat, ReturnType, Stmt};

use crate::fix::{Applicability, Fix};
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;
use crate::rust::context::Context;
use crate::source::{Span, line_start};

/// The matches over the enums in `check.of` that have no arm for the rest.
pub(super) fn hits<'r>(context: &Context<'_, '_>, rule: &'r Rule, check: &'r RustCheck) -> Vec<Hit<'r>> {
    let mut reader = Reader { context, rule, check, idle: HashSet::new(), out: Vec::new() };
    reader.visit_file(&context.source.file);
    reader.out
}

struct Reader<'c, 'x, 't, 'r> {
    context: &'c Context<'x, 't>,
    rule: &'r Rule,
    check: &'r RustCheck,
    /// Where the matches begin that have no value for sure.
    idle: HashSet<usize>,
    out: Vec<Hit<'r>>,
}

impl Reader<'_, '_, '_, '_> {
    /// The enum that a pattern names a variant of.
    fn named(&self, pattern: &Pat) -> Option<&str> {
        let path = match pattern {
            Pat::TupleStruct(one) => &one.path,
            Pat::Struct(one) => &one.path,
            Pat::Path(one) => &one.path,
            Pat::Reference(one) => return self.named(&one.pat),
            Pat::Paren(one) => return self.named(&one.pat),
            Pat::Guard(one) => return self.named(&one.pat),
            Pat::Ident(one) => return one.subpat.as_ref().and_then(|(_, inner)| self.named(inner)),
            Pat::Or(all) => return all.cases.iter().find_map(|one| self.named(one)),
            _ => return None,
        };
        let first = self.context.source.span(&path.segments.first()?.ident).start;
        let written = self.context.written_from(first)?;
        let leads_to = written.leads_to.iter().filter_map(|full| self.context.canonical(full));
        let owners: Vec<String> = leads_to.filter_map(|full| Some(full.rsplit_once("::")?.0.to_owned())).collect();
        self.check.of.as_slice().iter().map(String::as_str).find(|of| owners.iter().any(|owner| owner == of))
    }

    fn is_rest(arm: &Arm) -> bool {
        fn takes_all(pattern: &Pat) -> bool {
            match pattern {
                Pat::Wild(_) => true,
                Pat::Ident(one) => match &one.subpat {
                    Some((_, inner)) => takes_all(inner),
                    None => one.ident.to_string().starts_with(|sign: char| sign.is_lowercase() || sign == '_'),
                },
                Pat::Or(all) => all.cases.iter().any(takes_all),
                Pat::Reference(one) => takes_all(&one.pat),
                Pat::Paren(one) => takes_all(&one.pat),
                _ => false,
            }
        }
        takes_all(&arm.pat)
    }

    fn fix(&self, one: &ExprMatch) -> Option<Fix> {
        if self.check.applicability == Applicability::Manual
            || !self.idle.contains(&self.context.source.span(one).start)
        {
            return None;
        }
        let (text, close) = (self.context.source.text, self.context.source.span_of(one.brace_token.span.close()));
        let last = one.arms.last()?;
        let (at, end) = (line_start(text, close.start), self.context.source.span(last).end);
        let is_own_line = text[at..close.start].trim().is_empty();
        let ends = text.get(..end)?.ends_with([',', '}']);
        let indent = self.context.indent(self.context.source.span(last).start);
        if !is_own_line || !ends {
            return None;
        }
        Some(Fix {
            title: "leave out what is not known".to_owned(),
            applicability: self.check.applicability,
            edits: vec![self.context.edit(Span::empty(at), &format!("{indent}_ => {{}}\n"))],
        })
    }

    fn idle(&mut self, expr: &Expr) {
        if let Expr::Match(one) = expr {
            self.idle.insert(self.context.source.span(one).start);
        }
    }

    /// The last expression of a block that has no value.
    fn idle_block(&mut self, block: &Block) {
        if let Some(Stmt::Expr(expr, None)) = block.stmts.last() {
            self.idle(expr);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_, '_, '_, '_> {
    fn visit_expr_match(&mut self, one: &'ast ExprMatch) {
        let named = one.arms.iter().find_map(|arm| self.named(&arm.pat)).map(str::to_owned);
        if let Some(path) = named.filter(|_| !one.arms.iter().any(Self::is_rest)) {
            let span = self.context.source.span(&one.match_token);
            let name = path.rsplit("::").next().unwrap_or_default().to_owned();
            let mut hit = Hit::new(self.rule, span).with("name", name).with("path", path);
            hit = self.check.advice.iter().fold(hit, |hit, advice| hit.with("advice", advice));
            hit.fix = self.fix(one);
            self.out.push(hit);
        }
        visit::visit_expr_match(self, one);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        for statement in block.stmts.iter().rev().skip(1) {
            if let Stmt::Expr(expr, None) = statement {
                self.idle(expr);
            }
        }
        visit::visit_block(self, block);
    }

    fn visit_item_fn(&mut self, one: &'ast syn::ItemFn) {
        if matches!(one.sig.output, ReturnType::Default) {
            self.idle_block(&one.block);
        }
        visit::visit_item_fn(self, one);
    }

    fn visit_impl_item_fn(&mut self, one: &'ast syn::ImplItemFn) {
        if matches!(one.sig.output, ReturnType::Default) {
            self.idle_block(&one.block);
        }
        visit::visit_impl_item_fn(self, one);
    }

    fn visit_expr_for_loop(&mut self, one: &'ast syn::ExprForLoop) {
        self.idle_block(&one.body);
        visit::visit_expr_for_loop(self, one);
    }

    fn visit_expr_while(&mut self, one: &'ast syn::ExprWhile) {
        self.idle_block(&one.body);
        visit::visit_expr_while(self, one);
    }

    fn visit_expr_loop(&mut self, one: &'ast syn::ExprLoop) {
        self.idle_block(&one.body);
        visit::visit_expr_loop(self, one);
    }
}
