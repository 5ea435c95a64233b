//! `content.raw`: what `Annotated` held is the content itself in rmcp 2. No types are known, so what stands behind the
//! field, or the patterns it is held against, must say that it is content.

use std::collections::HashSet;

use syn::parse::{Parse, ParseStream};
use syn::visit::{self, Visit};
use syn::{Expr, ExprClosure, ExprLet, ExprMatch, Local, Macro, Pat, Token};

use super::super::context::Context;
use super::super::members::Member;
use crate::finding::Confidence;
use crate::fix::{Applicability, Edit, Fix};
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::{RustAccess, RustCheck};
use crate::source::Span;

/// Methods of content, of no other thing that is likely to be called `raw`.
const METHODS: &[&str] = &["as_text", "as_image", "as_audio", "as_resource", "as_resource_link"];
/// What was reached without `raw` as well, as the wrapper lends it.
const FIELDS: &[&str] =
    &["text", "data", "mime_type", "resource", "uri", "uri_template", "name", "title", "description"];
/// Enums whose variants were held against it.
const ENUMS: &[&str] = &["rmcp::model::RawContent", "rmcp::model::ContentBlock"];
/// What a file names that has to do with content.
const NAMED: &[&str] = &[
    "rmcp::model::Content",
    "rmcp::model::ContentBlock",
    "rmcp::model::RawContent",
    "rmcp::model::Annotated",
    "rmcp::model::Resource",
    "rmcp::model::RawResource",
    "rmcp::model::CallToolResult",
];

pub(super) fn hits<'r>(context: &Context<'_, '_>, rule: &'r Rule, entry: &'r RustCheck) -> Vec<Hit<'r>> {
    let is_raw = |member: &&Member| member.name == "raw" && member.access == RustAccess::Field;
    let raw: Vec<&Member> = context.members.iter().filter(is_raw).collect();
    if raw.is_empty() {
        return Vec::new();
    }
    let mut reader = Reader { context, matched: HashSet::new(), lent: HashSet::new() };
    reader.visit_file(&context.source.file);
    let behind = |names: &'static [&'static str]| -> HashSet<usize> {
        let is_one = |member: &&Member| names.contains(&member.name.as_str());
        context.members.iter().filter(is_one).map(|member| member.receiver.end).collect()
    };
    let (methods, fields) = (behind(METHODS), behind(FIELDS));
    let speaks_of_content = NAMED.iter().any(|path| context.names(path));
    let hit = |member: &Member| {
        let end = member.span.end;
        let is_sure = methods.contains(&end) || reader.matched.contains(&end);
        if !is_sure && !speaks_of_content {
            return None;
        }
        let mut hit = Hit::new(rule, member.span).with("name", "raw");
        let drop = |edits: Vec<Edit>, applicability: Applicability| {
            Some(Fix { title: "drop `.raw`".to_owned(), applicability, edits })
        };
        let edit = context.edit(member.access_span(), "");
        hit.fix = if is_sure {
            drop(vec![edit], entry.applicability)
        } else if reader.lent.contains(&end) {
            // The closure lends what it was lent.
            let start = context.source.text[..member.receiver.start].rfind('&')?;
            drop(vec![context.edit(Span::new(start, start + 1), ""), edit], Applicability::Unsafe)
        } else if fields.contains(&end) {
            drop(vec![edit], Applicability::Unsafe)
        } else {
            None
        };
        Some(if is_sure { hit } else { hit.at_most(Confidence::Medium) })
    };
    raw.into_iter().filter_map(hit).collect()
}

/// Where the fields end that patterns of content are held against, and those that a closure lends on.
struct Reader<'c, 'x, 't> {
    context: &'c Context<'x, 't>,
    matched: HashSet<usize>,
    lent: HashSet<usize>,
}

impl Reader<'_, '_, '_> {
    fn held_against(&mut self, of: &Expr, mut patterns: impl Iterator<Item = impl std::borrow::Borrow<Pat>>) {
        if let Some(end) = self.raw_end(of)
            && patterns.any(|pattern| self.is_content(pattern.borrow()))
        {
            self.matched.insert(end);
        }
    }

    /// Where the name `raw` ends, if that is what an expression comes to.
    fn raw_end(&self, of: &Expr) -> Option<usize> {
        match of {
            Expr::Reference(one) => self.raw_end(&one.expr),
            Expr::Paren(one) => self.raw_end(&one.expr),
            Expr::Field(one) if matches!(&one.member, syn::Member::Named(name) if name == "raw") => {
                Some(self.context.source.span(&one.member).end)
            }
            _ => None,
        }
    }

    fn is_content(&self, pattern: &Pat) -> bool {
        let is_variant = |span: Span| {
            let leads = |written: &super::super::paths::Written| {
                let folder = |full: &String| full.rsplit_once("::").map(|(folder, _)| folder.to_owned());
                let folders: Vec<String> = written.leads_to.iter().filter_map(folder).collect();
                ENUMS.iter().any(|of| folders.iter().any(|folder| self.context.is(folder, of)))
            };
            self.context.written(span).is_some_and(leads)
        };
        match pattern {
            Pat::TupleStruct(one) => is_variant(self.context.source.span(&one.path)),
            Pat::Struct(one) => is_variant(self.context.source.span(&one.path)),
            Pat::Reference(one) => self.is_content(&one.pat),
            Pat::Paren(one) => self.is_content(&one.pat),
            Pat::Or(all) => all.cases.iter().any(|one| self.is_content(one)),
            Pat::Ident(one) => one.subpat.as_ref().is_some_and(|(_, pattern)| self.is_content(pattern)),
            _ => false,
        }
    }
}

/// What `matches!` is given.
struct Matches(Expr, Pat);

impl Parse for Matches {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let of = input.parse()?;
        input.parse::<Token![,]>()?;
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        input.parse::<proc_macro2::TokenStream>()?;
        Ok(Self(of, pattern))
    }
}

impl<'ast> Visit<'ast> for Reader<'_, '_, '_> {
    fn visit_expr_match(&mut self, one: &'ast ExprMatch) {
        self.held_against(&one.expr, one.arms.iter().map(|arm| &arm.pat));
        visit::visit_expr_match(self, one);
    }

    fn visit_expr_let(&mut self, one: &'ast ExprLet) {
        self.held_against(&one.expr, std::iter::once(&*one.pat));
        visit::visit_expr_let(self, one);
    }

    fn visit_local(&mut self, one: &'ast Local) {
        if let Some(init) = &one.init {
            self.held_against(&init.expr, std::iter::once(&one.pat));
        }
        visit::visit_local(self, one);
    }

    fn visit_macro(&mut self, one: &'ast Macro) {
        if one.path.segments.last().is_some_and(|last| last.ident == "matches")
            && let Ok(Matches(of, pattern)) = one.parse_body()
        {
            self.held_against(&of, std::iter::once(&pattern));
        }
        visit::visit_macro(self, one);
    }

    fn visit_expr_closure(&mut self, one: &'ast ExprClosure) {
        if let Expr::Reference(body) = &*one.body
            && let Expr::Field(field) = &*body.expr
            && matches!(&*field.base, Expr::Path(_))
            && let Some(end) = self.raw_end(&body.expr)
        {
            self.lent.insert(end);
        }
        visit::visit_expr_closure(self, one);
    }
}
