//! The uses of a name that held a `ClientSession` and holds a `Client` from now on: what both have stays, anything else goes
//! to the client's session.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprAttribute, ExprCall, Stmt, StmtFunctionDef, WithItem};

use super::super::super::parse::span;
use super::super::context::Context;
use super::super::rewrite::edit;
use crate::fix::Edit;
use crate::source::Span;

/// The methods of `Client` that take what those of `ClientSession` took in mcp 1.
const SHARED: [&str; 15] = [
    "call_tool",
    "complete",
    "get_prompt",
    "get_server_capabilities",
    "list_prompts",
    "list_resource_templates",
    "list_resources",
    "list_tools",
    "read_resource",
    "send_ping",
    "send_progress_notification",
    "send_roots_list_changed",
    "set_logging_level",
    "subscribe_resource",
    "unsubscribe_resource",
];
/// Those that ask for a page, for which `Client` takes `cursor=` and no `params=`.
const LISTS: [&str; 4] = ["list_prompts", "list_resource_templates", "list_resources", "list_tools"];

/// A use of the name.
enum Use<'t> {
    /// `name.method(…)`
    Called(&'t ExprAttribute, &'t ExprCall),
    /// `await name.initialize()` as a statement, with the statement.
    Initialized(&'t Stmt),
    /// Anything else.
    Value,
}

/// The edits for the uses of `name` in `function`, where the `bound` items of `with` statements bind it; `None` when it may
/// be something else where it is used.
pub(super) fn uses_of(
    context: &Context<'_, '_>,
    function: &StmtFunctionDef,
    name: &str,
    bound: &[&WithItem],
) -> Option<Vec<Edit>> {
    let mut walk = Walk { name, bound, depth: 0, others: 0, found: Vec::new(), is_unclear: false };
    walk.body(&function.body);
    if walk.is_unclear || function.parameters.iter().any(|one| one.name().as_str() == name) {
        return None;
    }
    let is_elsewhere = walk.found.iter().any(|(one, _)| moves(one));
    // `session.session` would read badly.
    let scope = context.scopes.opened_by(function.range).unwrap_or(0);
    let is_free = context.scopes.lookup("client", scope).is_none();
    let now = if is_elsewhere && name.contains("session") && is_free { "client" } else { name };
    let mut edits = Vec::new();
    if now != name {
        let targets = bound.iter().filter_map(|item| item.optional_vars.as_deref());
        edits.extend(targets.map(|target| edit(context, span(target), now)));
    }
    for (one, at) in &walk.found {
        match one {
            Use::Initialized(statement) => edits.push(without(context, statement)?),
            Use::Called(attribute, call) if !moves(one) => {
                if now != name {
                    edits.push(edit(context, *at, now));
                }
                edits.extend(page(context, attribute, call));
            }
            Use::Called(..) | Use::Value if now == name => edits.push(edit(context, Span::empty(at.end), ".session")),
            Use::Called(..) | Use::Value => edits.push(edit(context, *at, format!("{now}.session"))),
        }
    }
    Some(edits)
}

/// Whether the use goes to the session.
fn moves(one: &Use<'_>) -> bool {
    match one {
        Use::Initialized(_) => false,
        Use::Value => true,
        Use::Called(attribute, call) => {
            let keywords = || call.arguments.keywords.iter().map(|one| one.arg.as_ref().map(|name| name.as_str()));
            let is_open = keywords().any(|one| one.is_none()) || call.arguments.args.iter().any(Expr::is_starred_expr);
            let name = attribute.attr.as_str();
            let is_page = LISTS.contains(&name) && keywords().any(|one| one == Some("params"));
            let is_meta = name == "send_progress_notification" && keywords().any(|one| one == Some("meta"));
            !SHARED.contains(&name) || is_open || is_page || is_meta
        }
    }
}

/// The cursor of a page. It stays where it is: written over with itself, so that it is not made into `params` on the way.
fn page(context: &Context<'_, '_>, attribute: &ExprAttribute, call: &ExprCall) -> Option<Edit> {
    if !LISTS.contains(&attribute.attr.as_str()) {
        return None;
    }
    match (&*call.arguments.args, &*call.arguments.keywords) {
        ([cursor], []) => Some(edit(context, Span::empty(span(cursor).start), "cursor=")),
        ([], [keyword]) if !keyword.value.is_none_literal_expr() => {
            let name = keyword.arg.as_ref()?;
            Some(edit(context, span(name), name.as_str()))
        }
        _ => None,
    }
}

/// The statement gone with its line; `pass` when nothing else would be left around it.
fn without(context: &Context<'_, '_>, statement: &Stmt) -> Option<Edit> {
    let (text, at) = (context.text, span(statement));
    let start = text[..at.start].rfind('\n')? + 1;
    let end = at.end + text[at.end..].find('\n').unwrap_or(text.len() - at.end);
    let is_alone = text[start..at.start].trim().is_empty() && text[at.end..end].trim().is_empty();
    let indent = at.start - start;
    let depth = |line: &str| line.len() - line.trim_start().len();
    let beside = |line: Option<&str>| line.is_some_and(|line| depth(line) == indent);
    let mut above = text[..start].lines().rev().filter(|line| !line.trim().is_empty());
    let mut below = text.get(end..)?.lines().filter(|line| !line.trim().is_empty());
    let is_only = !beside(above.next()) && !beside(below.next());
    Some(if is_alone && !is_only {
        edit(context, Span::new(start, (end + 1).min(text.len())), "")
    } else {
        edit(context, at, "pass")
    })
}

struct Walk<'w, 't> {
    name: &'w str,
    bound: &'w [&'t WithItem],
    /// How many of the bodies around bind the name to the client.
    depth: usize,
    /// How many of them bind it to something else.
    others: usize,
    found: Vec<(Use<'t>, Span)>,
    is_unclear: bool,
}

impl<'t> Walk<'_, 't> {
    fn body(&mut self, body: &'t [Stmt]) {
        body.iter().for_each(|statement| self.visit_stmt(statement));
    }

    fn is_name(&self, expression: &Expr) -> bool {
        matches!(expression, Expr::Name(name) if name.id.as_str() == self.name)
    }

    fn found(&mut self, one: Use<'t>, at: Span) {
        if self.depth > 0 {
            self.found.push((one, at));
        } else if self.others == 0 {
            self.is_unclear = true;
        }
    }
}

impl<'t> SourceOrderVisitor<'t> for Walk<'_, 't> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::FunctionDef(function) if function.parameters.iter().any(|one| one.name().as_str() == self.name) => {}
            Stmt::Global(one) if one.names.iter().any(|name| name.as_str() == self.name) => self.is_unclear = true,
            Stmt::Nonlocal(one) if one.names.iter().any(|name| name.as_str() == self.name) => self.is_unclear = true,
            Stmt::With(with) => {
                let (depth, others) = (self.depth, self.others);
                for item in &with.items {
                    self.visit_expr(&item.context_expr);
                    match item.optional_vars.as_deref() {
                        Some(target) if self.is_name(target) => {
                            let is_client = self.bound.iter().any(|one| std::ptr::eq(*one, item));
                            (self.depth, self.others) = if is_client { (self.depth + 1, 0) } else { (0, 1) };
                        }
                        Some(target) => self.visit_expr(target),
                        None => {}
                    }
                }
                self.body(&with.body);
                (self.depth, self.others) = (depth, others);
            }
            Stmt::Expr(one) => {
                if let Expr::Await(awaited) = &*one.value
                    && let Expr::Call(call) = &*awaited.value
                    && let Expr::Attribute(attribute) = &*call.func
                    && attribute.attr.as_str() == "initialize"
                    && call.arguments.is_empty()
                    && self.is_name(&attribute.value)
                {
                    self.found(Use::Initialized(statement), span(&*attribute.value));
                    return;
                }
                walk_stmt(self, statement);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        match expression {
            Expr::Lambda(lambda) => {
                let mut parameters = lambda.parameters.iter().flat_map(|one| one.iter());
                if parameters.any(|one| one.name().as_str() == self.name) {
                    return;
                }
                walk_expr(self, expression);
            }
            Expr::Call(call) => {
                if let Expr::Attribute(attribute) = &*call.func
                    && self.is_name(&attribute.value)
                {
                    self.found(Use::Called(attribute, call), span(&*attribute.value));
                    self.visit_arguments(&call.arguments);
                    return;
                }
                walk_expr(self, expression);
            }
            Expr::Name(name) if self.is_name(expression) => {
                if name.ctx.is_load() {
                    self.found(Use::Value, span(name));
                } else if self.depth > 0 {
                    self.is_unclear = true;
                } else {
                    // From here on it is something else, until it is bound anew.
                    self.others += 1;
                }
            }
            _ => walk_expr(self, expression),
        }
    }
}
