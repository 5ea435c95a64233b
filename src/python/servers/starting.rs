//! The calls that start a server or make an app of it, and what they start as far as their text tells.

use ruff_python_ast::visitor::source_order::SourceOrderVisitor;
use ruff_python_ast::{Expr, ExprCall, Parameters};

use super::collect::Walk;
use super::passed::is_above;
use super::{Start, Started};
use crate::python::parse::span;
use crate::source::Span;

impl<'t> Walk<'_> {
    fn started(&self, call: &ExprCall, name: &str) -> Option<(Started, bool)> {
        Some(match name {
            "run_stdio_async" => (Started::Stdio, false),
            "run_sse_async" => (Started::Sse, false),
            "run_streamable_http_async" => (Started::Http, false),
            "sse_app" => (Started::Sse, true),
            "streamable_http_app" => (Started::Http, true),
            "run" => {
                let is_transport = |name: &str| name == "transport";
                let keyword = call.arguments.keywords.iter();
                let mut keyword =
                    keyword.filter(|one| one.arg.as_ref().is_some_and(|name| is_transport(name.as_str())));
                let transport = keyword.next().map(|one| &one.value).or_else(|| call.arguments.args.first());
                match transport {
                    None => (Started::Stdio, false),
                    Some(Expr::StringLiteral(text)) => match text.value.to_str() {
                        "stdio" => (Started::Stdio, false),
                        "sse" => (Started::Sse, false),
                        "streamable-http" => (Started::Http, false),
                        _ => return None,
                    },
                    Some(other) => (
                        Started::Either {
                            by: self.source(span(other)).to_owned(),
                            is_plain: matches!(other, Expr::Name(_) | Expr::Attribute(_)),
                            values: self.values_of(other),
                        },
                        false,
                    ),
                }
            }
            _ => return None,
        })
    }

    fn source(&self, at: Span) -> &str {
        self.text.get(at.start..at.end).unwrap_or_default()
    }

    /// The values that a parameter is declared to have.
    fn values_of(&self, expression: &Expr) -> Vec<String> {
        let Expr::Name(name) = expression else { return Vec::new() };
        let scope = self.scopes.scope_of(name.id.as_str(), self.scope);
        let found = self.declared.iter().find(|(at, known, _)| Some(*at) == scope && known == name.id.as_str());
        found.map_or_else(Vec::new, |(.., values)| values.clone())
    }

    pub(super) fn parameters(&mut self, parameters: &Parameters) {
        for parameter in parameters {
            let Some(Expr::Subscript(of)) = parameter.annotation() else { continue };
            let is_literal = match &*of.value {
                Expr::Name(name) => name.id.as_str() == "Literal",
                Expr::Attribute(attribute) => attribute.attr.as_str() == "Literal",
                _ => false,
            };
            let items = match &*of.slice {
                Expr::Tuple(tuple) => tuple.elts.as_slice(),
                one => std::slice::from_ref(one),
            };
            let values = items.iter().filter_map(|item| match item {
                Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
                _ => None,
            });
            if is_literal {
                self.declared.push((self.scope, parameter.name().as_str().to_owned(), values.collect()));
            }
        }
    }

    /// A call of a method that starts what it is called on; whether it was one.
    pub(super) fn start(&mut self, call: &'t ExprCall, is_statement: bool) -> bool {
        let Expr::Attribute(callee) = &*call.func else { return false };
        let name = callee.attr.as_str();
        let Some((started, is_app)) = self.started(call, name) else { return false };
        let key = match &*callee.value {
            Expr::Call(_) if is_above(&call.func, name) => self.key_of_class(),
            // What is made where it is started has no name.
            Expr::Call(made) => {
                let key = vec![format!("{}#@{}", self.path, span(made).start)];
                self.made_at(key.clone(), None, made, self.statements.last().copied().unwrap_or_default());
                key
            }
            other => self.key(other),
        };
        let is_certain = name != "run"
            || matches!(&started, Started::Sse | Started::Http)
            || call.arguments.keywords.iter().any(|one| one.arg.as_ref().is_some_and(|name| name == "transport"));
        if key.is_empty() {
            self.out.starts_unknown |= is_certain;
            return false;
        }
        let has_open = call.arguments.keywords.iter().any(|one| one.arg.is_none());
        self.out.starts.push(Start {
            key,
            started,
            is_called: true,
            is_app,
            is_certain,
            receiver: span(&*callee.value),
            name: span(&callee.attr),
            call: span(call),
            arguments: Self::arguments(call),
            is_open: has_open || call.arguments.args.iter().any(Expr::is_starred_expr),
            is_statement,
            place: self.place(span(call).start),
        });
        if callee.value.is_call_expr() {
            self.visit_expr(&callee.value);
        }
        call.arguments.args.iter().for_each(|one| self.visit_expr(one));
        call.arguments.keywords.iter().for_each(|one| self.visit_expr(&one.value));
        true
    }
}
