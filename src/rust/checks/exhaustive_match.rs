//! A `match` that names variants of an enum of the crate and has no arm for others: it no longer compiles once the enum
//! may grow.

use syn::visit::{self, Visit};
use syn::{ExprMatch, Pat};

use super::super::context::Context;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;
use crate::source::Span;

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
    /// Whether a variant of an enum of the rule stands at `span`.
    fn is_variant_at(&self, span: Span) -> bool {
        let Some(written) = self.context.written(span) else { return false };
        let of = |path: &&String| written.leads_to.iter().any(|full| self.is_variant(full, path));
        self.entry.of.as_slice().iter().any(|path| of(&path))
    }

    fn is_variant(&self, full: &str, of: &str) -> bool {
        full.rsplit_once("::").is_some_and(|(folder, _)| self.context.is(folder, of))
    }

    /// What a pattern is: a variant of an enum that is meant, or anything else that may come.
    fn arm(&self, pattern: &Pat) -> Arm {
        let at = |span: Span| if self.is_variant_at(span) { Arm::Variant } else { Arm::Other };
        match pattern {
            Pat::TupleStruct(one) => at(self.context.source.span(&one.path)),
            Pat::Struct(one) => at(self.context.source.span(&one.path)),
            Pat::Path(one) => at(self.context.source.span(&one.path)),
            Pat::Reference(one) => self.arm(&one.pat),
            Pat::Paren(one) => self.arm(&one.pat),
            Pat::Ident(one) => one.subpat.as_ref().map_or(Arm::All, |(_, pattern)| self.arm(pattern)),
            Pat::Or(all) => all.cases.iter().map(|one| self.arm(one)).max().unwrap_or(Arm::Other),
            Pat::Wild(_) => Arm::All,
            _ => Arm::Other,
        }
    }
}

/// What an arm takes, more of it to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Arm {
    Variant,
    Other,
    All,
}

impl<'ast> Visit<'ast> for Reader<'_, '_, '_, '_> {
    fn visit_expr_match(&mut self, one: &'ast ExprMatch) {
        let takes = |arm: &syn::Arm| self.arm(&arm.pat);
        if !one.arms.is_empty() && one.arms.iter().all(|arm| takes(arm) == Arm::Variant) {
            let keyword = self.context.source.span(&one.match_token);
            let name = match one.arms.first().map(|arm| self.context.source.span(&arm.pat)) {
                Some(span) => {
                    self.context.source.at(span).split("::").next().unwrap_or_default().trim_start_matches('&')
                }
                None => "",
            };
            self.out.push(Hit::new(self.rule, keyword).with("name", name));
        }
        visit::visit_expr_match(self, one);
    }
}
