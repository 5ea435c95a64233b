//! What a function returns, and the edits that convert each value of it: the last expression of its body, what its
//! branches end with, and what it returns early. All of them, or none.

use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprReturn, Stmt};

use crate::fix::Edit;
use crate::rust::context::Context;
use crate::source::{Span, line_start};

/// Macros that never have a value, or leave with an error.
const NEVER: &[&str] = &["panic", "todo", "unimplemented", "unreachable", "bail", "compile_error"];
/// Functions around a future, or that make a finished one.
const AROUND: &[&str] = &["pin", "ready"];
/// Functions and methods whose result is what is asked of them: converted twice, nothing would say what lies between.
const ASKED: &[&str] =
    &["into", "default", "parse", "collect", "from_value", "from_str", "from_slice", "try_into", "from_reader"];

/// The edits that make of every `Result<T, E>` that the body returns a `Result<U, E>`, where `U: From<T>` is called
/// `response` and has a variant `Complete(T)`.
pub(super) fn edits(context: &Context<'_, '_>, body: &Block, is_async: bool, response: &str) -> Option<Vec<Edit>> {
    let mut writer = Writer { context, response, edits: Vec::new(), is_future: !is_async };
    if is_async {
        writer.whole(body)?;
    } else {
        let mut early = Early::default();
        early.visit_block(body);
        if !early.values.is_empty() || early.is_hidden {
            return None;
        }
        writer.tail(body)?;
        if writer.is_future {
            return None;
        }
    }
    Some(writer.edits)
}

struct Writer<'w, 'x, 't> {
    context: &'w Context<'x, 't>,
    response: &'w str,
    edits: Vec<Edit>,
    /// Whether what is looked at is a future yet, whose output is to be converted.
    is_future: bool,
}

impl Writer<'_, '_, '_> {
    /// A body of an async function or block: its value, and what it returns early.
    fn whole(&mut self, body: &Block) -> Option<()> {
        let mut early = Early::default();
        early.visit_block(body);
        if early.is_hidden {
            return None;
        }
        early.values.into_iter().try_for_each(|value| self.value(value))?;
        self.tail(body)
    }

    fn tail(&mut self, block: &Block) -> Option<()> {
        match block.stmts.last()? {
            Stmt::Expr(expr, None) => self.value(expr),
            Stmt::Expr(Expr::Return(_) | Expr::Loop(_) | Expr::Break(_) | Expr::Continue(_), Some(_)) => Some(()),
            Stmt::Macro(one) => self.never(&one.mac),
            _ => None,
        }
    }

    fn never(&self, one: &syn::Macro) -> Option<()> {
        let last = one.path.segments.last()?;
        NEVER.iter().any(|name| last.ident == name).then_some(())
    }

    fn value(&mut self, expr: &Expr) -> Option<()> {
        match expr {
            Expr::Block(one) if one.label.is_none() => self.tail(&one.block),
            Expr::Unsafe(one) => self.tail(&one.block),
            Expr::Paren(one) => self.value(&one.expr),
            Expr::If(one) => {
                self.tail(&one.then_branch)?;
                self.value(&one.else_branch.as_ref()?.1)
            }
            Expr::Match(one) => one.arms.iter().try_for_each(|arm| self.value(&arm.body)),
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => Some(()),
            Expr::Macro(one) => self.never(&one.mac),
            Expr::Async(one) if self.is_future => {
                self.is_future = false;
                self.whole(&one.block)
            }
            Expr::Call(call) => {
                let Expr::Path(path) = call.func.as_ref() else { return self.converted(expr) };
                let last = path.path.segments.last()?;
                match call.args.first().filter(|_| call.args.len() == 1) {
                    Some(inner) if self.is_future && AROUND.iter().any(|name| last.ident == name) => {
                        if last.ident == "ready" {
                            self.is_future = false;
                        }
                        self.value(inner)
                    }
                    Some(inner) if !self.is_future && path.path.is_ident("Ok") && last.arguments.is_none() => {
                        self.wrapped(inner)
                    }
                    Some(_) if !self.is_future && path.path.is_ident("Err") && last.arguments.is_none() => Some(()),
                    _ => self.converted(expr),
                }
            }
            Expr::MethodCall(_) | Expr::Await(_) | Expr::Path(_) | Expr::Field(_) | Expr::Try(_) => {
                self.converted(expr)
            }
            _ => None,
        }
    }

    /// The value within `Ok(…)`.
    fn wrapped(&mut self, inner: &Expr) -> Option<()> {
        let span = self.context.source.span(inner);
        let is_asked = asked(inner);
        match inner {
            Expr::Path(_)
            | Expr::Call(_)
            | Expr::MethodCall(_)
            | Expr::Field(_)
            | Expr::Struct(_)
            | Expr::Await(_)
            | Expr::Try(_)
            | Expr::Paren(_)
                if !is_asked =>
            {
                self.edits.push(self.context.edit(Span::empty(span.end), ".into()"));
            }
            // Whose type is asked of it keeps to be asked for what it was.
            _ => {
                let before = format!("{}::Complete(", self.response);
                self.edits.push(self.context.edit(Span::empty(span.start), &before));
                self.edits.push(self.context.edit(Span::empty(span.end), ")"));
            }
        }
        Some(())
    }

    /// Any other value of type `Result<T, E>`.
    fn converted(&mut self, expr: &Expr) -> Option<()> {
        if self.is_future || asked(expr) {
            return None;
        }
        let span = self.context.source.span(expr);
        let text = self.context.source.text;
        let last = line_start(text, span.end);
        let is_long = last > span.start && text[last..].trim_start_matches([' ', '\t']).starts_with('.');
        let between = if is_long { format!("\n{}", self.context.indent(span.end)) } else { String::new() };
        self.edits.push(self.context.edit(Span::empty(span.end), &format!("{between}.map(Into::into)")));
        Some(())
    }
}

/// Whether the type of an expression may be what is asked of it.
fn asked(expr: &Expr) -> bool {
    let is_asked = |name: &syn::Ident| ASKED.iter().any(|one| name == one);
    match expr {
        Expr::MethodCall(one) => {
            let by_closure = one.args.iter().any(|argument| match argument {
                Expr::Closure(closure) => one.method != "map_err" && asked(&closure.body),
                Expr::Path(path) => {
                    one.method != "map_err" && path.path.segments.last().is_some_and(|last| is_asked(&last.ident))
                }
                _ => false,
            });
            (is_asked(&one.method) && one.turbofish.is_none()) || by_closure || asked(&one.receiver)
        }
        Expr::Call(one) => match one.func.as_ref() {
            Expr::Path(path) => {
                let last = path.path.segments.last();
                let is_typed = last.is_some_and(|last| !last.arguments.is_none());
                let is_own = path.path.segments.len() > 1
                    && path
                        .path
                        .segments
                        .iter()
                        .rev()
                        .nth(1)
                        .is_some_and(|owner| owner.ident.to_string().ends_with("Result"));
                !is_typed && !is_own && last.is_some_and(|last| is_asked(&last.ident))
            }
            _ => false,
        },
        Expr::Await(one) => asked(&one.base),
        Expr::Try(one) => asked(&one.expr),
        Expr::Paren(one) => asked(&one.expr),
        _ => false,
    }
}

/// What a body returns early, without what belongs to functions within it.
#[derive(Default)]
struct Early<'ast> {
    values: Vec<&'ast Expr>,
    /// Whether the tokens of a macro return something.
    is_hidden: bool,
}

impl<'ast> Visit<'ast> for Early<'ast> {
    fn visit_expr_return(&mut self, one: &'ast ExprReturn) {
        self.values.extend(one.expr.as_deref());
        visit::visit_expr_return(self, one);
    }

    fn visit_macro(&mut self, one: &'ast syn::Macro) {
        self.is_hidden |=
            one.tokens.to_string().split(|sign: char| !sign.is_alphanumeric()).any(|word| word == "return");
    }

    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
