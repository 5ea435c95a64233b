//! `Annotated`, the wrapper that rmcp 2 took away: `Annotated::new(x, None)` is `x`, and `Annotated<RawResource>` is what
//! it wrapped.

use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, GenericArgument, PathArguments, TypePath};

use super::super::context::Context;
use crate::fix::Fix;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;
use crate::source::Span;

const WRAPPER: &str = "rmcp::model::Annotated";

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
    /// `whole` becomes what stands at `kept` within it.
    fn found(&mut self, whole: Span, kept: Option<Span>) {
        let mut hit = Hit::new(self.rule, whole).with("name", "Annotated");
        hit.fix = kept.map(|kept| Fix {
            title: "drop the wrapper".to_owned(),
            applicability: self.entry.applicability,
            edits: vec![
                self.context.edit(Span::new(whole.start, kept.start), ""),
                self.context.edit(Span::new(kept.end, whole.end), ""),
            ],
        });
        self.out.push(hit);
    }
}

fn is_none(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "None"))
}

impl<'ast> Visit<'ast> for Reader<'_, '_, '_, '_> {
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        let source = self.context.source;
        if let Expr::Path(path) = &*call.func
            && self.context.leads_to(source.span(path), "rmcp::model::Annotated::new")
            && call.args.len() == 2
            && let (Some(wrapped), Some(annotations)) = (call.args.first(), call.args.last())
        {
            let kept = is_none(annotations).then(|| source.span(wrapped));
            self.found(source.span(call), kept);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_type_path(&mut self, one: &'ast TypePath) {
        let source = self.context.source;
        if self.context.leads_to(source.span(&one.path), WRAPPER)
            && let Some(last) = one.path.segments.last()
        {
            let kept = match &last.arguments {
                PathArguments::AngleBracketed(all) => match (all.args.len(), all.args.first()) {
                    (1, Some(GenericArgument::Type(of))) => Some(source.span(of)),
                    _ => None,
                },
                _ => None,
            };
            self.found(source.span(one), kept);
        }
        visit::visit_type_path(self, one);
    }
}
