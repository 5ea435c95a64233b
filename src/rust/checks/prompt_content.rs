//! The variants of `PromptMessageContent` had fields with names; those of `ContentBlock` have one value each.

use syn::visit::{self, Visit};
use syn::{Expr, ExprStruct, FieldPat, FieldValue, Member, Pat, PatStruct, Path};

use super::super::context::Context;
use crate::fix::Fix;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;
use crate::source::Span;

/// The variants, and the field of each.
const VARIANTS: &[(&str, &str)] =
    &[("Text", "text"), ("Image", "image"), ("Resource", "resource"), ("ResourceLink", "link")];
/// The names of the enum, before and after the rename.
const ENUMS: &[&str] = &["rmcp::model::PromptMessageContent", "rmcp::model::ContentBlock"];

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
    /// The variant that a path leads to, with the name of its field.
    fn variant(&self, path: &Path) -> Option<(&'static str, &'static str)> {
        let span = self.context.source.span(path);
        let is_one = |variant: &str| ENUMS.iter().any(|one| self.context.leads_to(span, &format!("{one}::{variant}")));
        VARIANTS.iter().copied().find(|(variant, _)| is_one(variant))
    }

    /// The braces at the end of `whole` become what `written` says, the variant's name `named`.
    fn found(&mut self, path: &Path, whole: Span, named: Option<&str>, written: Option<String>) {
        let source = self.context.source;
        let path_span = source.span(path);
        let mut hit = Hit::new(self.rule, path_span).with("name", source.at(path_span));
        let last = path.segments.last().map(|last| source.span(&last.ident));
        hit.fix = written.zip(last).map(|(written, last)| {
            let braces = self.context.edit(Span::new(path_span.end, whole.end), &written);
            let name = named.map(|named| self.context.edit(last, named));
            Fix {
                title: "write the variant of `ContentBlock`".to_owned(),
                applicability: self.entry.applicability,
                edits: name.into_iter().chain([braces]).collect(),
            }
        });
        self.out.push(hit);
    }

    /// The text of the one field that is called `name`; nothing where there is anything else.
    fn value(&self, fields: &[&FieldValue], name: &str) -> Option<String> {
        match fields {
            [one] if is_called(&one.member, name) => {
                let value = match &one.expr {
                    // The constructor does that itself, and could not tell into what.
                    Expr::MethodCall(call) if call.method == "into" && name == "text" => &*call.receiver,
                    other => other,
                };
                Some(self.context.source.at(self.context.source.span(value)).to_owned())
            }
            _ => None,
        }
    }

    fn bound<'p>(&self, fields: &[&'p FieldPat], name: &str) -> Option<&'p Pat> {
        match fields {
            [one] if is_called(&one.member, name) => Some(&one.pat),
            _ => None,
        }
    }
}

fn is_called(member: &Member, name: &str) -> bool {
    matches!(member, Member::Named(one) if one == name)
}

impl<'ast> Visit<'ast> for Reader<'_, '_, '_, '_> {
    fn visit_expr_struct(&mut self, one: &'ast ExprStruct) {
        if let Some((variant, field)) = self.variant(&one.path) {
            let fields: Vec<&FieldValue> = one.fields.iter().collect();
            let value = self.value(&fields, field).filter(|_| one.rest.is_none()).map(|value| format!("({value})"));
            let constructor = (variant == "Text").then_some("text");
            self.found(&one.path, self.context.source.span(one), constructor, value);
        }
        visit::visit_expr_struct(self, one);
    }

    fn visit_pat_struct(&mut self, one: &'ast PatStruct) {
        if let Some((variant, field)) = self.variant(&one.path) {
            let fields: Vec<&FieldPat> = one.fields.iter().collect();
            let bound = self.bound(&fields, field).map(|bound| self.context.source.at(self.context.source.span(bound)));
            let written = match (variant, bound, fields.is_empty()) {
                (_, None, true) => Some("(..)".to_owned()),
                ("Text", Some("text"), _) => {
                    Some(format!("({}::model::TextContent {{ text, .. }})", self.context.crate_name()))
                }
                ("Text", Some(bound), _) => {
                    Some(format!("({}::model::TextContent {{ text: {bound}, .. }})", self.context.crate_name()))
                }
                (_, Some(bound), _) => Some(format!("({bound})")),
                _ => None,
            };
            self.found(&one.path, self.context.source.span(one), None, written);
        }
        visit::visit_pat_struct(self, one);
    }
}
