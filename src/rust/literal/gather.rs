//! The struct literals of a file, in code and in what macros are given, with where each stands.

use std::collections::HashMap;

use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprStruct, Local, Macro, Member, Pat, Stmt, Token};

use super::value::{Value, value};
use crate::rust::source::Source;
use crate::source::Span;

/// Macros within macros are followed so deep: every level is read once more.
const DEEPEST: usize = 8;
/// Literals within literals are looked at so deep: the values of each are read as a whole.
const DEEPEST_LITERAL: usize = 16;
/// Macros that take patterns, which look like literals.
const OF_PATTERNS: &[&str] = &["matches", "assert_matches", "debug_assert_matches"];

/// A struct literal.
#[derive(Debug)]
pub(super) struct Literal {
    /// The path of its type, with type arguments.
    pub(super) path: Span,
    /// Where the path begins, a leading `::` apart.
    pub(super) start: usize,
    pub(super) whole: Span,
    pub(super) fields: Vec<Field>,
    /// What fills the other fields.
    pub(super) base: Option<Base>,
    pub(super) place: Place,
    /// Whether it has to be a constant.
    pub(super) is_constant: bool,
    /// Whether it can be taken apart: no attributes, no fields by number.
    pub(super) is_plain: bool,
}

/// A field of a literal.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) whole: Span,
    pub(super) value: Value,
}

/// What stands behind the two dots.
#[derive(Debug)]
pub(super) struct Base {
    pub(super) value: Value,
    /// Whether it is the default of the type.
    pub(super) is_default: bool,
}

/// Where a literal stands, which decides how several statements can stand in its place.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// It is the value of a block; what is between the braces, where there is nothing else.
    Tail(Option<Span>),
    /// It is what a variable is set to: the variable, whether it may change, and the whole statement.
    Let { name: Span, is_mut: bool, statement: Span },
    /// It is a part of an expression that a block cannot begin.
    Operand,
    /// Anywhere else.
    Other,
}

/// A pattern that names every field of a struct.
#[derive(Debug)]
pub(super) struct Whole {
    /// Where the path of the struct begins.
    pub(super) start: usize,
    /// Its last field, and the comma behind that.
    pub(super) last: Option<Span>,
    pub(super) comma: Option<Span>,
    /// What is between its braces.
    pub(super) inner: Span,
}

/// What a file shows of structs.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) literals: Vec<Literal>,
    pub(super) patterns: Vec<Whole>,
    /// The macros whose tokens are none that can be read.
    pub(super) unread: Vec<Span>,
}

/// The literals of a file, and the patterns without two dots.
pub(super) fn gathered(source: &Source<'_>) -> Gathered {
    let out = Gathered::default();
    let mut reader = Reader { source, places: HashMap::new(), out, depth: 0, literals: 0, constant: 0 };
    reader.visit_file(&source.file);
    reader.out
}

struct Reader<'s, 't> {
    source: &'s Source<'t>,
    /// The places of literals by where they begin, noted when what is around them is met.
    places: HashMap<usize, Place>,
    out: Gathered,
    depth: usize,
    /// How many literals this is within.
    literals: usize,
    /// How many constants this is within.
    constant: usize,
}

impl Reader<'_, '_> {
    fn place(&mut self, expr: &Expr, place: impl FnOnce(&Self) -> Place) {
        if let Expr::Struct(one) = expr {
            let place = place(self);
            self.places.insert(self.source.span(one).start, place);
        }
    }

    fn operand(&mut self, expr: &Expr) {
        self.place(expr, |_| Place::Operand);
    }

    fn constant(&mut self, visit: impl FnOnce(&mut Self)) {
        self.constant += 1;
        visit(self);
        self.constant -= 1;
    }

    fn local(&mut self, local: &Local) {
        let Some(init) = local.init.as_ref().filter(|init| init.diverge.is_none()) else { return };
        let pattern = match &local.pat {
            Pat::Type(typed) => typed.pat.as_ref(),
            other => other,
        };
        if let Pat::Ident(name) = pattern
            && name.by_ref.is_none()
            && name.subpat.is_none()
            && local.attrs.is_empty()
        {
            let place = |reader: &Self| Place::Let {
                name: reader.source.span(&name.ident),
                is_mut: name.mutability.is_some(),
                statement: reader.source.span(local),
            };
            self.place(&init.expr, place);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_, '_> {
    fn visit_block(&mut self, block: &'ast Block) {
        for (index, statement) in block.stmts.iter().enumerate() {
            match statement {
                Stmt::Expr(expr, None) if index + 1 == block.stmts.len() => {
                    let is_alone = block.stmts.len() == 1;
                    self.place(expr, |reader| {
                        let open = reader.source.span_of(block.brace_token.span.open());
                        let close = reader.source.span_of(block.brace_token.span.close());
                        Place::Tail(is_alone.then(|| Span::new(open.end, close.start)))
                    });
                }
                Stmt::Local(local) => self.local(local),
                _ => {}
            }
        }
        visit::visit_block(self, block);
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::MethodCall(one) => self.operand(&one.receiver),
            Expr::Field(one) => self.operand(&one.base),
            Expr::Try(one) => self.operand(&one.expr),
            Expr::Await(one) => self.operand(&one.base),
            Expr::Cast(one) => self.operand(&one.expr),
            Expr::Index(one) => self.operand(&one.expr),
            Expr::Binary(one) => {
                self.operand(&one.left);
                self.operand(&one.right);
            }
            _ => {}
        }
        visit::visit_expr(self, expr);
    }

    fn visit_expr_struct(&mut self, one: &'ast ExprStruct) {
        let whole = self.source.span(one);
        let place = self.places.remove(&whole.start).unwrap_or(Place::Other);
        let is_pattern = one.dot2_token.is_some() && one.rest.is_none();
        if let Some(first) =
            one.path.segments.first().filter(|_| !is_pattern && one.qself.is_none() && self.literals < DEEPEST_LITERAL)
        {
            let is_named = |member: &Member| matches!(member, Member::Named(_));
            let is_plain = one.attrs.is_empty()
                && one.fields.iter().all(|field| field.attrs.is_empty() && is_named(&field.member));
            let field = |field: &syn::FieldValue| Field {
                name: match &field.member {
                    Member::Named(name) => name.to_string().trim_start_matches("r#").to_owned(),
                    Member::Unnamed(index) => index.index.to_string(),
                },
                whole: self.source.span(field),
                value: value(self.source, &field.expr),
            };
            let fields = one.fields.iter().map(field).collect();
            let base =
                one.rest.as_ref().map(|rest| Base { value: value(self.source, rest), is_default: is_default(rest) });
            self.out.literals.push(Literal {
                path: self.source.span(&one.path),
                start: self.source.span(&first.ident).start,
                whole,
                fields,
                base,
                place,
                is_constant: self.constant > 0,
                is_plain,
            });
        }
        self.literals += 1;
        visit::visit_expr_struct(self, one);
        self.literals -= 1;
    }

    fn visit_pat_struct(&mut self, one: &'ast syn::PatStruct) {
        if let Some(first) = one.path.segments.first().filter(|_| one.rest.is_none() && one.qself.is_none()) {
            let open = self.source.span_of(one.brace_token.span.open());
            let close = self.source.span_of(one.brace_token.span.close());
            let comma =
                one.fields.pairs().next_back().and_then(|pair| pair.punct().map(|mark| self.source.span(*mark)));
            self.out.patterns.push(Whole {
                start: self.source.span(&first.ident).start,
                last: one.fields.last().map(|field| self.source.span(field)),
                comma,
                inner: Span::new(open.end, close.start),
            });
        }
        visit::visit_pat_struct(self, one);
    }

    fn visit_item_const(&mut self, one: &'ast syn::ItemConst) {
        self.constant(|reader| visit::visit_item_const(reader, one));
    }

    fn visit_impl_item_const(&mut self, one: &'ast syn::ImplItemConst) {
        self.constant(|reader| visit::visit_impl_item_const(reader, one));
    }

    fn visit_item_static(&mut self, one: &'ast syn::ItemStatic) {
        // What a lazy cell is given is a closure, and no constant.
        let is_closure = self.source.at(self.source.span(&*one.expr)).contains('|');
        if is_closure {
            return visit::visit_item_static(self, one);
        }
        self.constant(|reader| visit::visit_item_static(reader, one));
    }

    fn visit_expr_const(&mut self, one: &'ast syn::ExprConst) {
        self.constant(|reader| visit::visit_expr_const(reader, one));
    }

    fn visit_item_fn(&mut self, one: &'ast syn::ItemFn) {
        match one.sig.constness {
            Some(_) => self.constant(|reader| visit::visit_item_fn(reader, one)),
            None => visit::visit_item_fn(self, one),
        }
    }

    fn visit_impl_item_fn(&mut self, one: &'ast syn::ImplItemFn) {
        match one.sig.constness {
            Some(_) => self.constant(|reader| visit::visit_impl_item_fn(reader, one)),
            None => visit::visit_impl_item_fn(self, one),
        }
    }

    fn visit_macro(&mut self, one: &'ast Macro) {
        let name = one.path.segments.last().map(|part| part.ident.to_string()).unwrap_or_default();
        if OF_PATTERNS.contains(&name.as_str()) {
            return;
        }
        let tokens = one.tokens.clone();
        let read = match name.as_str() {
            _ if self.depth >= DEEPEST => None,
            "vec" => repeated.parse2(tokens).ok(),
            _ => Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens).map(Vec::from_iter).ok(),
        };
        match read {
            Some(expressions) => {
                self.depth += 1;
                expressions.iter().for_each(|expr| self.visit_expr(expr));
                self.depth -= 1;
            }
            None => self.out.unread.push(self.source.span(&one.tokens)),
        }
    }
}

/// What `vec!` takes: a list, or a value and how often.
fn repeated(input: syn::parse::ParseStream<'_>) -> syn::Result<Vec<Expr>> {
    let mut all = Vec::new();
    while !input.is_empty() {
        all.push(input.parse()?);
        if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
        } else if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(all)
}

/// Whether it calls the default of a type.
pub(super) fn is_default(expr: &Expr) -> bool {
    let Expr::Call(call) = expr else { return false };
    let Expr::Path(path) = call.func.as_ref() else { return false };
    call.args.is_empty() && path.path.segments.last().is_some_and(|last| last.ident == "default")
}
