//! `sync-handler-in-thread`: functions written with `def` that a server calls, and that need the event loop's thread.

use std::collections::HashSet;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtAugAssign};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::uses::At;
use super::super::value::literal;
use super::registered::registered;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

const SERVER: &str = "mcp.server.fastmcp.FastMCP";
const METHODS: &[(&str, &str)] =
    &[(SERVER, "tool"), (SERVER, "add_tool"), (SERVER, "resource"), (SERVER, "prompt")];
/// Functions that ask for the loop of the thread they are called in.
const LOOP: &[&str] = &[
    "asyncio.get_running_loop", "asyncio.get_event_loop", "asyncio.create_task", "asyncio.ensure_future",
    "asyncio.current_task",
];

/// What a name of the module or of `self` holds that is bound to a thread.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    Sqlite,
    Local,
    Variable,
}

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let handlers = registered(context, METHODS);
    if handlers.iter().all(|one| one.function.is_async) {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for one in handlers.iter().filter(|one| !one.function.is_async) {
        let mut walk = Walk { context, at: one.at, globals: HashSet::new(), found: Vec::new(), is_locked: false };
        walk.visit_body(&one.function.body);
        let made = walk.found.into_iter().map(|(at, advice)| {
            Hit::new(rule, at).with("name", one.function.name.as_str()).with("advice", advice)
        });
        hits.extend(made);
    }
    hits
}

struct Walk<'c, 'r, 't> {
    context: &'c Context<'r, 't>,
    at: At,
    globals: HashSet<&'c str>,
    found: Vec<(Span, &'static str)>,
    /// Within a `with`, which may hold a lock.
    is_locked: bool,
}

impl Walk<'_, '_, '_> {
    /// What `expression`, a name or an attribute of `self`, was made as.
    fn bound(&self, expression: &Expr) -> Option<Bound> {
        let context = self.context;
        let of_module = |name: &str| {
            // A parameter or local of that name hides the module's.
            context.scopes.lookup(name, self.at.scope).map(<[_]>::len) == context.scopes.lookup(name, 0).map(<[_]>::len)
        };
        context.uses.assignments.iter().find_map(|(target, value, at)| {
            let is_target = match (target, expression) {
                (Expr::Name(target), Expr::Name(name)) => {
                    at.scope == 0 && target.id == name.id && of_module(name.id.as_str())
                }
                (Expr::Attribute(target), Expr::Attribute(name)) => {
                    target.attr == name.attr && is_self(&target.value) && is_self(&name.value) && at.class == self.at.class
                }
                _ => false,
            };
            if !is_target {
                return None;
            }
            let Expr::Call(call) = value else { return None };
            context.paths_of(&call.func, *at).iter().find_map(|path| match path.as_str() {
                "sqlite3.connect" | "sqlite3.dbapi2.connect" => {
                    let check = call.arguments.find_keyword("check_same_thread");
                    let is_free = check.is_some_and(|keyword| literal(&keyword.value).as_deref() == Some("False"));
                    (!is_free).then_some(Bound::Sqlite)
                }
                "threading.local" => Some(Bound::Local),
                "contextvars.ContextVar" => Some(Bound::Variable),
                _ => None,
            })
        })
    }

    fn changes_global(&self, assign: &StmtAugAssign) -> bool {
        !self.is_locked && matches!(&*assign.target, Expr::Name(name) if self.globals.contains(name.id.as_str()))
    }
}

fn is_self(expression: &Expr) -> bool {
    matches!(expression, Expr::Name(name) if name.id.as_str() == "self")
}

impl<'t: 'c, 'c> SourceOrderVisitor<'t> for Walk<'c, '_, '_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            // What is defined here may be called where it belongs.
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Global(global) => self.globals.extend(global.names.iter().map(|name| name.as_str())),
            Stmt::With(_) => {
                let outer = std::mem::replace(&mut self.is_locked, true);
                walk_stmt(self, statement);
                self.is_locked = outer;
            }
            Stmt::AugAssign(assign) => {
                if self.changes_global(assign) {
                    self.found.push((span(&*assign.target), "changes a value of the module without a lock"));
                }
                walk_stmt(self, statement);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        match expression {
            Expr::Lambda(_) => return,
            Expr::Call(call) => {
                if self.context.paths_of(&call.func, self.at).iter().any(|path| LOOP.contains(&path.as_str())) {
                    self.found.push((span(&*call.func), "asks for the running event loop, of which that thread has none"));
                }
                if let Expr::Attribute(method) = &*call.func
                    && method.attr.as_str() == "set"
                    && self.bound(&method.value) == Some(Bound::Variable)
                {
                    self.found.push((span(expression), "sets a `ContextVar`, which nobody sees afterwards"));
                }
            }
            Expr::Name(_) | Expr::Attribute(_) => match self.bound(expression) {
                Some(Bound::Sqlite) => {
                    self.found.push((span(expression), "uses a `sqlite3` connection that another thread has opened"));
                }
                Some(Bound::Local) => {
                    self.found.push((span(expression), "reads a `threading.local()` that another thread has filled"));
                }
                _ => {}
            },
            _ => {}
        }
        walk_expr(self, expression);
    }
}
