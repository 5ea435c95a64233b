//! The order in which a module is walked for what it says of servers, with the blocks that statements stand in.

use ruff_python_ast::visitor::source_order::{
    SourceOrderVisitor, walk_expr, walk_interpolated_string_element, walk_stmt,
};
use ruff_python_ast::{ExceptHandler, Expr, ExprAttribute, InterpolatedStringElement, Stmt};
use ruff_text_size::Ranged;

use super::super::names::absolute;
use super::collect::Walk;
use super::passed::is_above;
use super::{Read, Start, Started};
use crate::python::parse::span;

/// What only servers are asked to do, and `run`, which many are.
pub(super) const STARTS: [&str; 5] =
    ["run", "run_sse_async", "run_streamable_http_async", "sse_app", "streamable_http_app"];

impl<'t> SourceOrderVisitor<'t> for Walk<'_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        let here = Some(span(statement).start);
        match statement {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::ImportFrom(import) => {
                let module =
                    absolute(self.scopes.package(), import.level, import.module.as_ref().map(|name| name.as_str()));
                if let Some(last) = import.names.last().filter(|one| one.name.as_str() != "*") {
                    self.out.imports.push((module, span(last).end));
                }
            }
            Stmt::Assign(assign) => {
                let is_only = assign.targets.len() == 1;
                for target in &assign.targets {
                    self.assigned(target, &assign.value, statement, is_only);
                    self.visit_expr(target);
                }
                self.visit_expr(&assign.value);
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.assigned(&assign.target, value, statement, true);
                    self.visit_expr(value);
                }
                self.visit_expr(&assign.target);
            }
            Stmt::Return(one) if self.function.is_some() => {
                let value = one.value.as_deref();
                if let (Some(Expr::Name(_)), Some(function)) = (value, &self.function) {
                    let key = value.map(|value| self.key(value)).unwrap_or_default();
                    self.out.returns.push((function.clone(), key));
                } else if let Some(value) = value {
                    if let Expr::Call(call) = value {
                        let key = vec![format!("{}#", self.function.as_deref().unwrap_or_default())];
                        self.made(key.clone(), None, call, statement);
                        self.out.returns.extend(self.function.clone().map(|function| (function, key)));
                    }
                    self.visit_expr(value);
                }
            }
            Stmt::Expr(one) => match &*one.value {
                Expr::Call(call) if self.start(call, true) => {}
                Expr::Call(call) if self.constructor == Some(self.scope) && is_above(&call.func, "__init__") => {
                    self.made(self.key_of_class(), self.own.clone(), call, statement);
                    self.visit_expr(&one.value);
                }
                other => self.visit_expr(other),
            },
            Stmt::If(conditional) => {
                self.visit_expr(&conditional.test);
                self.suite(&conditional.body, here);
                for clause in &conditional.elif_else_clauses {
                    clause.test.iter().for_each(|test| self.visit_expr(test));
                    self.suite(&clause.body, here);
                }
            }
            Stmt::Match(choice) => {
                self.visit_expr(&choice.subject);
                for case in &choice.cases {
                    self.visit_pattern(&case.pattern);
                    case.guard.iter().for_each(|guard| self.visit_expr(guard));
                    self.suite(&case.body, here);
                }
            }
            Stmt::For(each) => {
                self.visit_expr(&each.target);
                self.visit_expr(&each.iter);
                self.loops += 1;
                self.suite(&each.body, None);
                self.loops -= 1;
                self.suite(&each.orelse, None);
            }
            Stmt::While(again) => {
                self.visit_expr(&again.test);
                self.loops += 1;
                self.suite(&again.body, None);
                self.loops -= 1;
                self.suite(&again.orelse, None);
            }
            Stmt::With(with) => {
                with.items.iter().for_each(|item| self.visit_with_item(item));
                self.suite(&with.body, None);
            }
            Stmt::Try(attempt) => {
                self.suite(&attempt.body, None);
                for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                    self.suite(&handler.body, None);
                }
                self.suite(&attempt.orelse, None);
                self.suite(&attempt.finalbody, None);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_interpolated_string_element(&mut self, element: &'t InterpolatedStringElement) {
        self.in_text += 1;
        if let InterpolatedStringElement::Interpolation(one) = element
            && one.debug_text.is_none()
            && one.format_spec.is_none()
            && one.conversion.is_none()
        {
            self.braces.insert(span(&*one.expression), span(one));
        }
        walk_interpolated_string_element(self, element);
        self.in_text -= 1;
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        match expression {
            Expr::Call(call) if self.start(call, false) => {}
            Expr::Name(name) if name.ctx.is_store() => {
                if let Some(scope) = self.scopes.scope_of(name.id.as_str(), self.scope) {
                    self.stored.push((name.id.as_str().to_owned(), scope, span(name).start));
                }
            }
            Expr::Name(_) => {
                let key = self.key(expression);
                self.out.handed.extend((!key.is_empty()).then_some(key));
            }
            Expr::Attribute(attribute) => self.attribute(attribute, expression),
            Expr::Lambda(_) | Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                let outer = self.scope;
                self.scope = self.scopes.opened_by(expression.range()).unwrap_or(outer);
                walk_expr(self, expression);
                self.scope = outer;
            }
            _ => walk_expr(self, expression),
        }
    }
}

impl<'t> Walk<'_> {
    fn attribute(&mut self, attribute: &'t ExprAttribute, whole: &'t Expr) {
        let name = attribute.attr.as_str();
        if let Expr::Attribute(settings) = &*attribute.value
            && settings.attr.as_str() == "settings"
        {
            let key = self.key(&settings.value);
            if attribute.ctx.is_load() && !key.is_empty() {
                let place = self.place(span(attribute).start);
                self.out.reads.push(Read {
                    key,
                    field: name.to_owned(),
                    receiver: span(&*settings.value),
                    name: span(&attribute.attr),
                    whole: span(attribute),
                    braces: self.braces.get(&span(attribute)).copied(),
                    is_in_text: self.in_text > 0,
                    place,
                });
            }
            return;
        }
        if STARTS.contains(&name) {
            let key = self.key(&attribute.value);
            if !key.is_empty() {
                self.out.starts.push(Start {
                    key,
                    started: match name {
                        "run_sse_async" | "sse_app" => Started::Sse,
                        "run_streamable_http_async" | "streamable_http_app" => Started::Http,
                        _ => Started::Unknown,
                    },
                    is_called: false,
                    is_app: name.ends_with("_app"),
                    is_certain: name != "run",
                    receiver: span(&*attribute.value),
                    name: span(&attribute.attr),
                    call: span(attribute),
                    arguments: Vec::new(),
                    is_open: false,
                    is_statement: false,
                    place: self.place(span(attribute).start),
                });
                return;
            }
        }
        // What is asked of the server by name hands nothing on, and neither does an attribute of something else.
        let is_known = matches!(&*attribute.value, Expr::Name(_)) || !self.key(&attribute.value).is_empty();
        let own = self.key(whole);
        if attribute.ctx.is_load() && !own.is_empty() {
            self.out.handed.push(own);
        }
        if !is_known {
            self.visit_expr(&attribute.value);
        }
    }
}
