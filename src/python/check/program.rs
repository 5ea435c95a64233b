//! Programs in strings: what a test writes to a file or hands to `python -c`. A string counts as one when it has several
//! lines, parses as a whole and imports the SDK; only the names in it and the arguments of what they call are looked at, for
//! nothing is known of its types.
//!
//! A string that stands as a statement of its own is a comment, whatever it holds.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprFString, ExprStringLiteral, FStringPart, Stmt, StringFlags};

use super::super::names::{ProjectModule, Scopes};
use super::super::parse::{errors, span, with_module};
use super::super::strings::{filled, fragment};
use super::super::types::Type;
use super::context::{Context, Hit, Module, Typing};
use super::quoted::Quoted;
use super::{argument, symbol, walk};
use crate::finding::Confidence;
use crate::fix::{self, Applicability};
use crate::packages::is_sdk_path;
use crate::source::{Fragment, Span};

pub(super) fn hits<'a>(context: &Context<'a, '_>) -> Vec<Hit<'a>> {
    let mut find = Find { text: context.text, found: Vec::new() };
    context.body.iter().for_each(|statement| find.visit_stmt(statement));
    find.found.iter().flat_map(|literal| of_literal(context, *literal)).collect()
}

/// A string that may hold a program.
#[derive(Debug, Clone, Copy)]
enum Literal<'t> {
    Plain(&'t ExprStringLiteral),
    Template(&'t ExprFString),
}

struct Find<'t> {
    text: &'t str,
    found: Vec<Literal<'t>>,
}

impl<'t> Find<'t> {
    fn push(&mut self, literal: Literal<'t>, at: Span) {
        let source = self.text.get(at.start..at.end).unwrap_or_default();
        let has_lines = source.contains('\n') || source.contains("\\n");
        if has_lines && source.contains("mcp") && source.contains("import") {
            self.found.push(literal);
        }
    }
}

impl<'t> SourceOrderVisitor<'t> for Find<'t> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        let is_text = |value: &Expr| value.is_string_literal_expr() || value.is_f_string_expr();
        if !matches!(statement, Stmt::Expr(one) if is_text(&one.value)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        match expression {
            Expr::StringLiteral(literal) => self.push(Literal::Plain(literal), span(literal)),
            Expr::FString(literal) => self.push(Literal::Template(literal), span(literal)),
            _ => walk_expr(self, expression),
        }
    }
}

/// How the file writes a string, as far as an edit within it must fit in.
#[derive(Debug)]
struct Written<'t> {
    /// In one piece, and in triple quotes: a line may be added.
    takes_lines: bool,
    is_template: bool,
    /// What stands in front of every line, and is no part of the program.
    indent: &'t str,
}

impl Written<'_> {
    /// `content` as it stands in place of `source`.
    fn encoded(&self, source: &str, content: &str) -> Option<String> {
        let foreign: &[char] = if self.is_template { &['\\', '"', '\'', '{', '}'] } else { &['\\', '"', '\''] };
        let is_line = source.contains('\n') || content.contains('\n');
        // Without its line end, a line would leave its indentation in front of the next one.
        let joins_lines = !self.indent.is_empty() && source.ends_with('\n');
        if source.contains(foreign) || content.contains(foreign) || (is_line && !self.takes_lines) || joins_lines {
            return None;
        }
        Some(content.replace('\n', &format!("\n{}", self.indent)))
    }
}

fn of_literal<'a>(context: &Context<'a, '_>, literal: Literal<'_>) -> Vec<Hit<'a>> {
    let (whole, takes_lines, is_template) = match literal {
        Literal::Plain(literal) => {
            let is_triple = matches!(literal.value.as_slice(), [part] if part.flags.is_triple_quoted());
            (fragment(context.text, literal), is_triple, false)
        }
        Literal::Template(literal) => {
            let is_triple = |part: &FStringPart| match part {
                FStringPart::Literal(part) => part.flags.is_triple_quoted(),
                FStringPart::FString(part) => part.flags.is_triple_quoted(),
            };
            let parts = literal.value.as_slice();
            (filled(context.text, literal), parts.len() == 1 && parts.iter().all(is_triple), true)
        }
    };
    let indent = common_indent(whole.text());
    let code = dedented(&whole, indent);
    if !code.text().trim().contains('\n') {
        return Vec::new();
    }
    let written = Written { takes_lines, is_template, indent };
    let carried = |mut hit: Hit<'a>| {
        let encode = |at: Span, content: &str| written.encoded(context.text.get(at.start..at.end)?, content);
        let fix = hit.fix.and_then(|fix| fix::carried(&fix, &code, context.module.path, hit.span.start, &encode));
        // Whether anybody runs it, and with which SDK, is not known.
        hit.fix = fix.map(|fix| fix::Fix { applicability: fix.applicability.min(Applicability::Unsafe), ..fix });
        hit.span = code.span(hit.span.start..hit.span.end);
        hit.help.push("It stands in a string that holds a program.".to_owned());
        hit.at_most(Confidence::Medium)
    };
    names(context, code.text()).into_iter().map(carried).collect()
}

/// The hits on names in a program; none when it is no program that imports the SDK.
fn names<'a>(context: &Context<'a, '_>, text: &str) -> Vec<Hit<'a>> {
    let own = ProjectModule {
        path: format!("{} in a string", context.module.module.path),
        package: format!("{} in strings", context.module.module.path),
    };
    let module = Module { text, module: &own, imports_sdk: false, ..context.module };
    let (rules, old, new) = (context.rules, context.old, context.new);
    let found = with_module(text, |parsed| {
        if !errors(parsed).is_empty() {
            return Vec::new();
        }
        let body = &parsed.syntax().body;
        let scopes = Scopes::of(body, &own.package);
        let quoted = Quoted::of(text, body);
        let uses = walk::uses(body, &scopes, &quoted, (&own.path, &own.package));
        if !uses.imports.iter().any(|import| is_sdk_path(&import.path)) {
            return Vec::new();
        }
        let context = Context::new(module, body, (&scopes, &uses), rules, (old, new), &Untyped);
        let mut hits = symbol::hits(&context);
        hits.extend(argument::hits(&context));
        hits
    });
    found.unwrap_or_default()
}

/// Knows no type.
struct Untyped;

impl Typing for Untyped {
    fn newer_type_at(&self, path: &str, span: Span) -> Type {
        self.type_at(path, span)
    }

    fn type_at(&self, _: &str, _: Span) -> Type {
        Type::default()
    }
}

/// The blanks that all lines begin with but those that hold nothing else.
fn common_indent(text: &str) -> &str {
    let indent = |line: &'_ str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next() else { return "" };
    let mut common = &first[..indent(first)];
    for line in lines {
        let shared = common.bytes().zip(line.bytes()).take_while(|(one, other)| one == other).count();
        common = &common[..shared];
    }
    common
}

/// `whole` without `indent` in front of its lines.
fn dedented<'f>(whole: &'f Fragment<'_>, indent: &str) -> Fragment<'f> {
    let text = whole.text();
    if indent.is_empty() {
        return whole.part(0..text.len());
    }
    let mut decoding = Fragment::decoding(whole.span(0..0).start);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let skip = if line.starts_with(indent) {
            indent.len()
        } else {
            line.len() - line.trim_start_matches([' ', '\t']).len()
        };
        decoding.push_part(whole, at + skip..at + line.len());
        at += line.len();
    }
    decoding.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indentation_is_taken_off_with_the_way_back() {
        let text = "\n    from mcp import x\n\n      y\n  ";
        assert_eq!(common_indent(text), "    ");
        let whole = Fragment::verbatim(text, 10);
        let code = dedented(&whole, "    ");
        assert_eq!(code.text(), "\nfrom mcp import x\n\n  y\n");
        assert_eq!(code.span(1..5), Span::new(15, 19));
        assert_eq!(code.edited(1..1), Some(Span::empty(15)));
    }

    #[test]
    fn edits_must_fit_into_the_string() {
        let lines = Written { takes_lines: true, is_template: false, indent: "  " };
        assert_eq!(lines.encoded("a", "b\nc").as_deref(), Some("b\n  c"));
        assert_eq!(lines.encoded("a\n", "").as_deref(), None);
        assert_eq!(lines.encoded("a", "'"), None);
        let line = Written { takes_lines: false, is_template: true, indent: "" };
        assert_eq!(line.encoded("a", "b").as_deref(), Some("b"));
        assert_eq!((line.encoded("a", "b\n"), line.encoded("{x}", "b"), line.encoded("\\n", "")), (None, None, None));
    }
}
