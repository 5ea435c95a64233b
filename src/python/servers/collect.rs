//! One walk over a module that collects what it says of servers.

use std::collections::HashMap;

use ruff_python_ast::visitor::source_order::SourceOrderVisitor;
use ruff_python_ast::{Expr, ExprCall, Parameters, Stmt};
use ruff_text_size::Ranged;

use super::super::names::{Scopes, chain_of};
use super::value::seen;
use super::{Key, Made, Place, Servers, Start, Started, Store, Value};
use crate::python::parse::span;
use crate::source::Span;

/// Without one of these, a module neither starts a server nor makes one with settings.
const SIGNS: [&str; 6] = ["FastMCP", "MCPServer", ".settings", "sse_app", "_http_a", "transport"];

/// What the module `path`, with the text `text`, says of servers.
pub(crate) fn servers(body: &[Stmt], scopes: &Scopes, text: &str, path: &str) -> Servers {
    if !SIGNS.iter().any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some()) {
        return Servers::default();
    }
    let mut walk = Walk {
        scopes,
        path,
        text,
        scope: 0,
        class: None,
        own: None,
        function: None,
        blocks: Vec::new(),
        statements: Vec::new(),
        next_block: 0,
        loops: 0,
        in_text: 0,
        braces: HashMap::new(),
        declared: Vec::new(),
        stored: Vec::new(),
        pending: Vec::new(),
        out: Servers::default(),
    };
    walk.suite(body, None);
    walk.finish()
}

/// A value whose visibility is told at the end, when every place is known.
pub(super) enum Holder {
    Made(usize, usize),
    Store(usize),
}

pub(super) struct Walk<'a> {
    pub(super) scopes: &'a Scopes,
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) scope: usize,
    pub(super) class: Option<String>,
    /// What the method calls its object.
    pub(super) own: Option<String>,
    /// The path of the function around, where that is one of the module itself.
    pub(super) function: Option<String>,
    pub(super) blocks: Vec<(usize, Option<usize>)>,
    pub(super) statements: Vec<usize>,
    pub(super) next_block: usize,
    pub(super) loops: usize,
    pub(super) in_text: usize,
    /// The braces of a string around an expression that is all they hold.
    pub(super) braces: HashMap<Span, Span>,
    /// Parameters annotated with a `Literal`, by scope and name.
    pub(super) declared: Vec<(usize, String, Vec<String>)>,
    /// Where names are bound anew: name, scope, place.
    pub(super) stored: Vec<(String, usize, usize)>,
    pub(super) pending: Vec<(Holder, Vec<String>, usize)>,
    pub(super) out: Servers,
}

impl<'t> Walk<'_> {
    pub(super) fn suite(&mut self, body: &'t [Stmt], branch: Option<usize>) {
        self.blocks.push((self.next_block, branch));
        self.out.blocks.insert(self.next_block, body.len());
        self.next_block += 1;
        self.statements.push(0);
        for statement in body {
            if let Some(last) = self.statements.last_mut() {
                *last = span(statement).start;
            }
            self.visit_stmt(statement);
        }
        self.statements.pop();
        self.blocks.pop();
    }

    pub(super) fn place(&self, at: usize) -> Place {
        Place {
            scope: self.scope,
            blocks: self.blocks.clone(),
            statements: self.statements.clone(),
            at,
            is_repeated: self.loops > 0,
        }
    }

    /// What `expression` is known by, if it may be a server.
    pub(super) fn key(&self, expression: &Expr) -> Key {
        match expression {
            Expr::Attribute(attribute) if self.is_own(&attribute.value) => {
                let class = self.class.as_deref().unwrap_or_default();
                vec![format!("{}.{class}#{}", self.path, attribute.attr.as_str())]
            }
            Expr::Name(name) => self.key_of_name(name.id.as_str(), expression),
            Expr::Attribute(_) => chain_of(expression, self.scopes, self.scope, self.path)
                .map_or_else(Vec::new, |one| one.whole().collect()),
            _ => Vec::new(),
        }
    }

    fn is_own(&self, expression: &Expr) -> bool {
        matches!(expression, Expr::Name(name) if Some(name.id.as_str()) == self.own.as_deref()) && self.class.is_some()
    }

    fn key_of_name(&self, name: &str, expression: &Expr) -> Key {
        match self.scopes.scope_of(name, self.scope) {
            None => Vec::new(),
            Some(0) => {
                let chain = chain_of(expression, self.scopes, self.scope, self.path);
                let mut key: Key = chain.map_or_else(Vec::new, |one| one.whole().collect());
                if key.is_empty() {
                    key.push(format!("{}.{name}", self.path));
                }
                key
            }
            Some(scope) => {
                // A name that a function imports stands for what it imports.
                let chain = chain_of(expression, self.scopes, self.scope, self.path);
                let key: Key = chain.map_or_else(Vec::new, |one| one.whole().collect());
                if key.is_empty() { vec![format!("{}#{scope}.{name}", self.path)] } else { key }
            }
        }
    }

    fn arguments(call: &ExprCall) -> Vec<(Span, Option<String>)> {
        let by_position = call.arguments.args.iter().map(|one| (span(one), None));
        let by_name = call.arguments.keywords.iter();
        let by_name = by_name.map(|one| (span(one), one.arg.as_ref().map(|name| name.as_str().to_owned())));
        let mut all: Vec<_> = by_position.chain(by_name).collect();
        all.sort();
        all
    }

    fn value(&mut self, expression: &Expr, holder: Holder) -> Value {
        let found = seen(expression);
        let mut value = found.value;
        if let Expr::Name(name) = expression
            && self.scopes.scope_of(name.id.as_str(), self.scope) == Some(0)
        {
            value.module_name = Some(name.id.as_str().to_owned());
        }
        self.pending.push((holder, found.names, self.scope));
        value
    }

    /// `target = value`, one target of it.
    pub(super) fn assigned(&mut self, target: &'t Expr, value: &'t Expr, statement: &'t Stmt, is_only: bool) {
        match (target, value) {
            (Expr::Attribute(field), _) if matches!(&*field.value, Expr::Attribute(settings) if settings.attr.as_str() == "settings") =>
            {
                let Expr::Attribute(settings) = &*field.value else { return };
                let key = self.key(&settings.value);
                if is_only && !key.is_empty() {
                    let value = self.value(value, Holder::Store(self.out.stores.len()));
                    self.out.stores.push(Store {
                        key,
                        field: field.attr.as_str().to_owned(),
                        name: span(&field.attr),
                        target: span(target),
                        statement: span(statement),
                        value,
                        place: self.place(span(statement).start),
                    });
                }
            }
            (Expr::Name(_) | Expr::Attribute(_), Expr::Call(call)) if is_only => {
                let of_self = target.is_attribute_expr().then(|| self.own.clone()).flatten();
                self.made(self.key(target), of_self, call, statement);
            }
            _ => {}
        }
    }

    /// A call whose value is known by `key` from then on.
    pub(super) fn made(&mut self, key: Key, of_self: Option<String>, call: &ExprCall, statement: &Stmt) {
        let callee = chain_of(&call.func, self.scopes, self.scope, self.path);
        let callee: Vec<String> = callee.map_or_else(Vec::new, |one| one.whole().collect());
        if key.is_empty() || callee.is_empty() {
            return;
        }
        let number = self.out.made.len();
        let keywords = call.arguments.keywords.iter().filter_map(|one| Some((one.arg.as_ref()?, &one.value)));
        let mut values = Vec::new();
        for (at, (name, value)) in keywords.enumerate() {
            values.push((name.as_str().to_owned(), self.value(value, Holder::Made(number, at))));
        }
        self.out.made.push(Made {
            key,
            of_self,
            callee,
            call: span(call),
            arguments: Self::arguments(call),
            is_open: call.arguments.keywords.iter().any(|one| one.arg.is_none()),
            values,
            place: self.place(span(statement).start),
        });
    }

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

    fn parameters(&mut self, parameters: &Parameters) {
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
        let key = self.key(&callee.value);
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
        call.arguments.args.iter().for_each(|one| self.visit_expr(one));
        call.arguments.keywords.iter().for_each(|one| self.visit_expr(&one.value));
        true
    }

    pub(super) fn function(&mut self, function: &'t ruff_python_ast::StmtFunctionDef) {
        function.decorator_list.iter().for_each(|one| self.visit_expr(&one.expression));
        self.visit_parameters(&function.parameters);
        let outer = (self.scope, self.own.clone(), std::mem::take(&mut self.loops), self.function.take());
        let is_of_module = self.scope == 0;
        let is_method = self.class.is_some() && self.own.is_none();
        self.scope = self.scopes.opened_by(function.range()).unwrap_or(outer.0);
        self.parameters(&function.parameters);
        self.function = is_of_module.then(|| format!("{}.{}", self.path, function.name.as_str()));
        if is_method {
            self.own = function.parameters.iter().next().map(|one| one.name().as_str().to_owned());
        }
        self.suite(&function.body, None);
        (self.scope, self.own, self.loops, self.function) = outer;
    }

    pub(super) fn class(&mut self, class: &'t ruff_python_ast::StmtClassDef) {
        class.decorator_list.iter().for_each(|one| self.visit_expr(&one.expression));
        let outer = (self.scope, self.class.clone(), self.own.take());
        self.scope = self.scopes.opened_by(class.range()).unwrap_or(outer.0);
        self.class = Some(match &outer.1 {
            Some(above) => format!("{above}.{}", class.name.as_str()),
            None => class.name.as_str().to_owned(),
        });
        self.suite(&class.body, None);
        (self.scope, self.class, self.own) = outer;
    }

    fn finish(mut self) -> Servers {
        let places: Vec<(usize, usize)> = {
            let starts = self.out.starts.iter().map(|one| &one.place);
            starts.chain(self.out.reads.iter().map(|one| &one.place)).map(|one| (one.at, one.scope)).collect()
        };
        for (holder, names, scope) in std::mem::take(&mut self.pending) {
            let of: Vec<(String, Option<usize>)> =
                names.into_iter().map(|name| (name.clone(), self.scopes.scope_of(&name, scope))).collect();
            let value = match holder {
                Holder::Made(at, number) => {
                    self.out.made.get_mut(at).and_then(|one| one.values.get_mut(number)).map(|one| &mut one.1)
                }
                Holder::Store(at) => self.out.stores.get_mut(at).map(|one| &mut one.value),
            };
            let Some(value) = value else { continue };
            let is_same = |(at, from): &&(usize, usize)| {
                of.iter().all(|(name, bound)| {
                    let is_kept = self.stored.iter().all(|(known, scope, stored)| {
                        known != name || Some(*scope) != *bound || *stored <= value.span.start || *stored > *at
                    });
                    self.scopes.scope_of(name, *from) == *bound && is_kept
                })
            };
            value.seen_from = places.iter().filter(is_same).map(|(at, _)| *at).collect();
        }
        let has_any = !self.out.made.is_empty() || !self.out.starts.is_empty() || !self.out.stores.is_empty();
        if !has_any && !self.out.starts_unknown {
            return Servers::default();
        }
        self.out.handed.sort_unstable();
        self.out.handed.dedup();
        self.out.bound = self.scopes.bound_anywhere().map(str::to_owned).collect();
        self.out.bound.sort_unstable();
        self.out.text = self.text.to_owned();
        self.out
    }
}
