//! Finds callbacks of a client that await something and after that write to what they share: in mcp 2 several run at
//! the same time.

use std::collections::HashSet;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Keyword, Stmt, StmtFunctionDef};

use super::super::super::parse::span;
use super::super::callee::callees;
use super::super::context::{Context, Hit};
use super::super::uses::CallUse;
use super::session;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// The arguments that take a callback for what the server sends unasked.
const CALLBACKS: [&str; 3] = ["progress_callback", "logging_callback", "message_handler"];

/// What else than a session's methods takes one.
const TAKERS: [&str; 4] = [
    "mcp.client.session.ClientSession",
    "mcp.client.session_group.ClientSessionParameters",
    "mcp.client.session_group.ClientSessionGroup.call_tool",
    "mcp.shared.memory.create_connected_server_and_client_session",
];

/// Methods that change what they are called on.
const CHANGES: [&str; 10] =
    ["append", "extend", "add", "update", "pop", "remove", "clear", "insert", "setdefault", "discard"];

pub(super) fn run<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        for keyword in &call.node.arguments.keywords {
            let name = keyword.arg.as_ref().map_or("", |name| name.as_str());
            if CALLBACKS.contains(&name)
                && let Some(function) = callback(context, call, keyword)
                && writes_after_await(function)
                && takes_callbacks(context, call)
            {
                let hit = Hit::new(rule, span(&keyword.value)).with("argument", name);
                hits.push(hit.with("name", function.name.as_str()));
            }
        }
    }
    hits
}

fn takes_callbacks(context: &Context<'_, '_>, call: &CallUse<'_>) -> bool {
    let known = |path: &str| TAKERS.contains(&path);
    session::method(context, call.node, call.at).is_some()
        || callees(context, call.node, call.at).iter().any(|callee| known(&callee.path))
}

/// The function of this file that is passed: by its name, or as a method of the class around the call.
fn callback<'t>(context: &Context<'_, 't>, call: &CallUse<'t>, keyword: &Keyword) -> Option<&'t StmtFunctionDef> {
    let functions = context.uses.functions.iter();
    let mut found = match &keyword.value {
        Expr::Name(name) => functions
            .filter(|one| one.node.name.as_str() == name.id.as_str())
            .filter(|one| one.at.class.is_none() || one.at.function.is_some())
            .filter(|one| one.at.function.is_none() || one.at.function == call.at.function)
            .map(|one| one.node)
            .collect::<Vec<_>>(),
        Expr::Attribute(attribute) if matches!(&*attribute.value, Expr::Name(name) if name.id.as_str() == "self") => {
            functions
                .filter(|one| one.node.name.as_str() == attribute.attr.as_str() && one.at.class == call.at.class)
                .map(|one| one.node)
                .collect()
        }
        _ => Vec::new(),
    };
    // Of several definitions nobody can say which is meant.
    let one = found.pop()?;
    found.is_empty().then_some(one)
}

/// Whether `function` changes what is not its own behind an `await`.
fn writes_after_await(function: &StmtFunctionDef) -> bool {
    let mut walk = Body { own: HashSet::new(), shared: HashSet::new(), has_awaited: false, found: false };
    for parameter in &*function.parameters {
        let name = parameter.name().as_str();
        if name != "self" {
            walk.own.insert(name);
        }
    }
    let mut names = Names { out: &mut walk };
    function.body.iter().for_each(|statement| names.visit_stmt(statement));
    function.body.iter().for_each(|statement| walk.visit_stmt(statement));
    walk.found
}

struct Body<'t> {
    /// Names of the function's own.
    own: HashSet<&'t str>,
    /// Names it declares to be somebody else's.
    shared: HashSet<&'t str>,
    has_awaited: bool,
    found: bool,
}

/// Collects the names that a body binds.
struct Names<'b, 't> {
    out: &'b mut Body<'t>,
}

impl<'t> SourceOrderVisitor<'t> for Names<'_, 't> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::Nonlocal(one) => self.out.shared.extend(one.names.iter().map(|name| name.as_str())),
            Stmt::Global(one) => self.out.shared.extend(one.names.iter().map(|name| name.as_str())),
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        if let Expr::Name(name) = expression
            && name.ctx.is_store()
        {
            self.out.own.insert(name.id.as_str());
        }
        walk_expr(self, expression);
    }
}

impl Body<'_> {
    fn is_shared(&self, name: &str) -> bool {
        self.shared.contains(name) || !self.own.contains(name)
    }

    /// Whether a store to `target` changes what others see.
    fn changes(&self, target: &Expr) -> bool {
        match target {
            Expr::Name(name) => self.shared.contains(name.id.as_str()),
            Expr::Attribute(attribute) => root(&attribute.value).is_some_and(|name| self.is_shared(name)),
            Expr::Subscript(subscript) => root(&subscript.value).is_some_and(|name| self.is_shared(name)),
            Expr::Tuple(tuple) => tuple.elts.iter().any(|one| self.changes(one)),
            _ => false,
        }
    }
}

/// The first name of a dotted or indexed one.
fn root(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => root(&attribute.value),
        Expr::Subscript(subscript) => root(&subscript.value),
        _ => None,
    }
}

impl<'t> SourceOrderVisitor<'t> for Body<'t> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            // What holds a lock is in order.
            Stmt::With(with) if with.is_async => return,
            _ => {}
        }
        walk_stmt(self, statement);
        // The value is evaluated before it is stored, so an `await` in it counts.
        let changes = match statement {
            Stmt::Assign(assign) => assign.targets.iter().any(|target| self.changes(target)),
            Stmt::AugAssign(assign) => self.changes(&assign.target),
            Stmt::AnnAssign(assign) => assign.value.is_some() && self.changes(&assign.target),
            _ => false,
        };
        self.found |= changes && self.has_awaited;
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        if expression.is_lambda_expr() {
            return;
        }
        walk_expr(self, expression);
        match expression {
            Expr::Await(_) => self.has_awaited = true,
            Expr::Call(call) => {
                if let Expr::Attribute(attribute) = &*call.func
                    && CHANGES.contains(&attribute.attr.as_str())
                    && root(&attribute.value).is_some_and(|name| self.is_shared(name))
                {
                    self.found |= self.has_awaited;
                }
            }
            _ => {}
        }
    }
}
