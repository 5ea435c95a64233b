//! Handlers as arguments of the constructor: the server is made below the last of them. That is right only where nothing in
//! between could tell: nothing there uses the server, calls anything, or changes what the constructor is given.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprCall, Stmt, StmtFunctionDef};

use super::super::super::super::parse::span;
use super::super::super::callee::callees;
use super::super::super::context::Context;
use super::super::{edit, indentation};
use super::kinds::Shape;
use super::layout::Layout;
use super::place::Places;
use super::registration::Handler;
use crate::fix::Edit;
use crate::source::{Span, line_start};

/// The construction of a server, and the handlers that move into it.
pub(super) struct Construction<'t> {
    /// The handlers, by their number, in their order.
    pub(super) handlers: Vec<usize>,
    call: &'t ExprCall,
    /// Its statement.
    statement: Span,
}

/// The constructions of the module that may move, apart from each other.
pub(super) fn constructions<'t>(
    context: &Context<'_, 't>,
    places: &Places<'t>,
    handlers: &[Handler<'t>],
    left: usize,
) -> Vec<Construction<'t>> {
    // A registration that stays needs the server where it stands.
    if left > 0 {
        return Vec::new();
    }
    let mut found: Vec<Construction<'t>> = Vec::new();
    for (at, handler) in handlers.iter().enumerate() {
        let is_known = |one: &Construction<'_>| one.handlers.contains(&at);
        if handler.is_raw || found.iter().any(is_known) {
            continue;
        }
        let server = context.source(handler.receiver);
        let own: Vec<usize> = (at..handlers.len())
            .filter(|other| {
                let other = &handlers[*other];
                !other.is_raw && other.place.block == handler.place.block && context.source(other.receiver) == server
            })
            .collect();
        let elsewhere = handlers.iter().any(|other| {
            other.place.block != handler.place.block
                && context.source(other.receiver) == server
                && (other.at.function == handler.at.function || other.at.scope == 0 || handler.at.scope == 0)
        });
        if !elsewhere {
            found.extend(movable(context, places.block(handler.place.block), handlers, &own));
        }
    }
    found
}

fn movable<'t>(
    context: &Context<'_, 't>,
    block: &'t [Stmt],
    handlers: &[Handler<'t>],
    own: &[usize],
) -> Option<Construction<'t>> {
    let (first, last) = (&handlers[*own.first()?], &handlers[*own.last()?]);
    // Those would warn, and are registered; two of a kind would be one argument twice.
    let is_taken = |at: &usize| {
        let kind = handlers[*at].kind;
        matches!(kind.shape, Shape::Level | Shape::Progress)
            || own.iter().filter(|other| handlers[**other].kind == kind).count() > 1
    };
    if own.iter().any(is_taken) {
        return None;
    }
    let server = context.source(first.receiver);
    let until = block.iter().position(|statement| span(statement) == last.place.span)?;
    let before = block.iter().position(|statement| span(statement) == first.place.span)?;
    let (made, statement, call) = block[..before].iter().enumerate().rev().find_map(|(at, statement)| {
        let (target, value) = match statement {
            Stmt::Assign(one) => match &*one.targets {
                [target] => (target, &*one.value),
                _ => return None,
            },
            Stmt::AnnAssign(one) => (&*one.target, one.value.as_deref()?),
            _ => return None,
        };
        let Expr::Call(call) = value else { return None };
        (context.source(target) == server).then_some((at, statement, call))
    })?;
    let wanted = context.canonical("mcp.server.lowlevel.Server");
    let is_server = callees(context, call, first.at).iter().any(|callee| wanted.contains(&callee.path));
    let is_plain = |value: &Expr| value.is_literal_expr() || value.is_name_expr() || value.is_attribute_expr();
    let mut values = call.arguments.args.iter().chain(call.arguments.keywords.iter().map(|keyword| &keyword.value));
    let is_unpacked = call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
    if !is_server || is_unpacked || !values.all(is_plain) {
        return None;
    }
    let mut told = Told { context, server, needs: context.source(&call.arguments), is_told: false };
    for statement in &block[made + 1..until] {
        match statement {
            Stmt::FunctionDef(function) => {
                let goes: Vec<Span> = own.iter().filter_map(|at| handlers[*at].decorator).collect();
                told.head(function, &goes);
            }
            _ if own.iter().any(|at| handlers[*at].place.span == span(statement)) => {}
            Stmt::Import(_) | Stmt::ImportFrom(_) | Stmt::Pass(_) => {}
            Stmt::Assign(_) | Stmt::AnnAssign(_) => told.visit_stmt(statement),
            Stmt::Expr(one) if one.value.is_string_literal_expr() => {}
            _ => return None,
        }
    }
    (!told.is_told).then(|| Construction { handlers: own.to_vec(), call, statement: span(statement) })
}

/// Looks for what can tell whether the server is there yet.
struct Told<'c, 'r, 't> {
    context: &'c Context<'r, 't>,
    server: &'c str,
    /// What the constructor is given, as written.
    needs: &'c str,
    is_told: bool,
}

impl<'t> Told<'_, '_, 't> {
    /// Of a function only what runs when it is defined; the decorators in `goes` go.
    fn head(&mut self, function: &'t StmtFunctionDef, goes: &[Span]) {
        let goes = |at: Span| goes.contains(&at);
        self.is_told |= function.decorator_list.iter().any(|one| !goes(span(one)));
        self.is_told |= self.needs.contains(function.name.as_str());
        function.parameters.iter().filter_map(|one| one.default()).for_each(|default| self.visit_expr(default));
    }
}

impl<'t> SourceOrderVisitor<'t> for Told<'_, '_, 't> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        self.is_told |= match expression {
            Expr::Call(_) | Expr::Await(_) | Expr::Yield(_) | Expr::Subscript(_) => true,
            Expr::Name(name) if !name.ctx.is_load() => self.needs.contains(name.id.as_str()),
            Expr::Name(_) | Expr::Attribute(_) => self.context.source(expression) == self.server,
            _ => false,
        };
        walk_expr(self, expression);
    }
}

impl Construction<'_> {
    /// The edit that takes the construction away with the comment above it, and what it read with `arguments` added.
    pub(super) fn moved(
        &self,
        context: &Context<'_, '_>,
        layout: &Layout<'_>,
        arguments: &[String],
    ) -> Option<(Edit, String)> {
        let text = context.text;
        let indent = indentation(text, self.statement.start);
        let mut start = line_start(text, self.statement.start);
        if start + indent.len() != self.statement.start {
            return None;
        }
        let rest = text.get(self.statement.end..)?;
        let line = rest.lines().next().unwrap_or_default();
        let end = self.statement.end + rest.find('\n')? + 1;
        if !line.trim().is_empty() && !line.trim().starts_with('#') {
            return None;
        }
        while let Some(above) = text[..start].strip_suffix('\n') {
            let begin = line_start(above, above.len());
            let comment = &text[begin..start];
            if !comment.trim_start().starts_with('#') || indentation(text, begin) != indent {
                break;
            }
            start = begin;
        }
        let comments = text[start..self.statement.start].trim_end();
        let gone = self.gap(text, start, end);
        let call = span(&self.call.arguments);
        let (head, tail) = (text.get(self.statement.start..call.start + 1)?, text.get(call.end..self.statement.end)?);
        let given = text.get(call.start + 1..call.end - 1)?;
        let given = if given.contains('\n') {
            let deeper = format!("{indent}{}", layout.unit);
            let first = given.trim_end().trim_end_matches(',');
            let added: String = arguments.iter().map(|one| format!(",{}{deeper}{one}", layout.newline)).collect();
            let made = format!("{head}{first}{added},{}{indent}){tail}", layout.newline);
            Some(made)
        } else {
            None
        };
        let statement = given.unwrap_or_else(|| {
            let own = text[call.start + 1..call.end - 1].trim().trim_end_matches(',');
            let all: Vec<&str> = std::iter::once(own)
                .filter(|own| !own.is_empty())
                .chain(arguments.iter().map(String::as_str))
                .collect();
            layout.text(indent, &[(0, format!("{head}{}){tail}", all.join(", ")))]).trim_start().to_owned()
        });
        let comments = if comments.is_empty() { String::new() } else { format!("{comments}{}", layout.newline) };
        Some((edit(context, gone, ""), format!("{comments}{indent}{statement}{}", line.trim_end())))
    }

    /// Whether nothing but comments stands between it and `start`, further down.
    pub(super) fn is_above(&self, context: &Context<'_, '_>, start: usize) -> bool {
        context
            .text
            .get(self.statement.end..start)
            .is_some_and(|gap| gap.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#')))
    }

    /// The lines that go, with the smaller of the gaps around them.
    fn gap(&self, text: &str, start: usize, end: usize) -> Span {
        let after = text[end..].len() - text[end..].trim_start_matches(['\n', '\r']).len();
        let before = text[..start].len() - text[..start].trim_end_matches(['\n', '\r']).len();
        if text[..start].trim_end().ends_with(':') {
            return Span::new(start, end + after);
        }
        // One line break ends the code above.
        if after + 1 >= before {
            Span::new(start - before.saturating_sub(1).min(after), end)
        } else {
            Span::new(start, end + after)
        }
    }
}
