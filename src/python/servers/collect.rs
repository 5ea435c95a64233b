//! One walk over a module that collects what it says of servers.

use std::collections::HashMap;

use ruff_python_ast::visitor::source_order::SourceOrderVisitor;
use ruff_python_ast::{Expr, ExprCall, Stmt};
use ruff_text_size::Ranged;

use super::super::names::{Scopes, chain_of};
use super::passed::is_above;
use super::value::seen;
use super::{Key, Made, Place, Servers, Store, Value};
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
        constructor: None,
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
    Position(usize, usize),
    Store(usize),
}

/// Such a value, with its names, the scope they are looked up from, and the function that its parameters are those of.
pub(super) type Pending = (Holder, Vec<(String, Span)>, usize, Option<String>);

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
    /// The scope of the `__init__` around.
    pub(super) constructor: Option<usize>,
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
    pub(super) pending: Vec<Pending>,
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
            Expr::Name(_) if self.is_own(expression) => self.key_of_class(),
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

    /// What the object of a method is known by.
    pub(super) fn key_of_class(&self) -> Key {
        self.class.iter().map(|class| format!("{}.{class}#", self.path)).collect()
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

    pub(super) fn arguments(call: &ExprCall) -> Vec<(Span, Option<String>)> {
        let by_position = call.arguments.args.iter().map(|one| (span(one), None));
        let by_name = call.arguments.keywords.iter();
        let by_name = by_name.map(|one| (span(one), one.arg.as_ref().map(|name| name.as_str().to_owned())));
        let mut all: Vec<_> = by_position.chain(by_name).collect();
        all.sort();
        all
    }

    pub(super) fn value(&mut self, expression: &Expr, holder: Holder) -> Value {
        let found = seen(expression);
        let mut value = found.value;
        if let Expr::Name(name) = expression
            && self.scopes.scope_of(name.id.as_str(), self.scope) == Some(0)
        {
            value.module_name = Some(name.id.as_str().to_owned());
        }
        self.pending.push((holder, found.names, self.scope, self.within()));
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
        self.made_at(key, of_self, call, span(statement).start);
    }

    pub(super) fn made_at(&mut self, key: Key, of_self: Option<String>, call: &ExprCall, statement: usize) {
        let callee = chain_of(&call.func, self.scopes, self.scope, self.path);
        let callee: Vec<String> = callee.map_or_else(Vec::new, |one| one.whole().collect());
        let is_super = is_above(&call.func, "__init__");
        if key.is_empty() || callee.is_empty() && !is_super {
            return;
        }
        let number = self.out.made.len();
        let keywords = call.arguments.keywords.iter().filter_map(|one| Some((one.arg.as_ref()?, &one.value)));
        let mut values = Vec::new();
        for (at, (name, value)) in keywords.enumerate() {
            values.push((name.as_str().to_owned(), self.value(value, Holder::Made(number, at))));
        }
        let positions = call.arguments.args.iter().enumerate();
        let positions: Vec<Value> =
            positions.map(|(at, value)| self.value(value, Holder::Position(number, at))).collect();
        self.out.made.push(Made {
            key,
            of_self,
            callee,
            call: span(call),
            arguments: Self::arguments(call),
            is_open: call.arguments.keywords.iter().any(|one| one.arg.is_none()),
            values,
            positions,
            is_starred: call.arguments.args.iter().any(Expr::is_starred_expr),
            within: self.within(),
            is_super,
            place: self.place(statement),
        });
    }

    pub(super) fn function(&mut self, function: &'t ruff_python_ast::StmtFunctionDef) {
        function.decorator_list.iter().for_each(|one| self.visit_expr(&one.expression));
        self.visit_parameters(&function.parameters);
        let outer = (self.scope, self.own.clone(), std::mem::take(&mut self.loops), self.function.take());
        let constructor = self.constructor;
        let is_of_module = self.scope == 0;
        let is_method = self.class.is_some() && self.own.is_none();
        self.scope = self.scopes.opened_by(function.range()).unwrap_or(outer.0);
        self.parameters(&function.parameters);
        self.function = is_of_module.then(|| format!("{}.{}", self.path, function.name.as_str()));
        if is_method {
            self.own = function.parameters.iter().next().map(|one| one.name().as_str().to_owned());
        }
        self.constructor = (is_method && function.name.as_str() == "__init__").then_some(self.scope);
        if let Some(path) = self.within() {
            self.signature(path, function, usize::from(is_method));
        }
        self.suite(&function.body, None);
        (self.scope, self.own, self.loops, self.function) = outer;
        self.constructor = constructor;
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
}
