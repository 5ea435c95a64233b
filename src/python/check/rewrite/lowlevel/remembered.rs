//! The context of the request that is being handled, which code found through the server or through a variable of the
//! SDK. Adapters are given it; a variable of the module's own hands it to whoever asks below them.

use ruff_python_ast::Stmt;

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::imports::{Move, Plan as Imports};
use super::super::{edit, replaced};
use super::names::Names;
use super::registration::Handler;
use crate::fix::{Applicability, Edit};
use crate::source::Span;

/// The variable of the older SDK.
const VARIABLE: &str = "mcp.server.lowlevel.server.request_ctx";

/// How the module asks for its context.
pub(super) struct Remembered {
    /// What the variable is called.
    pub(super) name: String,
    /// The places that ask, by what a finding marks there, with the edits they need.
    pub(super) places: Vec<(Span, Vec<Edit>)>,
    /// Statements that go.
    pub(super) gone: Vec<Span>,
}

impl Remembered {
    /// `None` when the module never asks.
    pub(super) fn of(context: &Context<'_, '_>) -> Option<Self> {
        let is_old = |path: &str| context.canonical(path).iter().any(|path| path == VARIABLE);
        let import = context.uses.imports.iter().find(|import| !import.is_star && is_old(&import.path));
        let name = match import {
            Some(import) => import.bound().to_owned(),
            None => ["request_context", "current_context", "context_of_request"]
                .into_iter()
                .find(|name| !context.scopes.binds_anywhere(name))?
                .to_owned(),
        };
        let mut found = Self { name, places: Vec::new(), gone: Vec::new() };
        if let Some(import) = import {
            // One line alone is the common case; another may be in the way of what is added there.
            let whole = matches!(import.statement, Stmt::ImportFrom(from) if from.names.len() == 1)
                .then(|| line(context, span(import.statement)))
                .flatten();
            let mut imports = Imports::default();
            let moved = Move::Text { text: found.name.clone(), imports: Vec::new() };
            imports.add(import, Some(moved), Applicability::Unsafe);
            let mut fix = imports.fix(context, import, Applicability::Unsafe)?;
            fix.edits.retain(|edit| context.text.get(edit.span.start..edit.span.end) != Some(edit.content.as_str()));
            if let Some(whole) = whole {
                found.gone.push(span(import.statement));
                fix.edits = vec![edit(context, whole, "")];
            }
            found.places.push((import.span(), fix.edits));
        }
        for one in &context.uses.chains {
            let Some(count) =
                (2..=one.chain.parts.len()).find(|count| one.chain.paths(*count).any(|path| is_old(&path)))
            else {
                continue;
            };
            let whole = Span::new(one.chain.parts[0].1.start, one.chain.parts[count - 1].1.end);
            found.add(context, one.chain.parts[count - 1].1, whole, &found.name.clone());
        }
        let servers = context.canonical("mcp.server.lowlevel.Server");
        for member in context.uses.members.iter().filter(|member| member.name() == "request_context") {
            let is_server = context.is_instance(&member.node.value, &servers) == Some(true);
            if is_server && member.node.ctx.is_load() {
                let text = format!("{}.get()", found.name);
                found.add(context, span(&member.node.attr), span(member.node), &text);
            }
        }
        (!found.places.is_empty()).then_some(found)
    }

    fn add(&mut self, context: &Context<'_, '_>, marked: Span, at: Span, text: &str) {
        self.places.push((marked, replaced(context, at, text, Applicability::Unsafe).edits));
    }

    /// Whether the adapter of `handler` must set the variable: some code asks that is not another handler's own.
    pub(super) fn is_asked_below(&self, handler: &Handler<'_>, all: &[Handler<'_>]) -> bool {
        let bodies = || all.iter().filter_map(|one| one.function.map(|(function, _)| span(function)));
        let own = handler.function.map(|(function, _)| span(function));
        let within = |place: Span, body: Span| body.start <= place.start && place.end <= body.end;
        self.places.iter().any(|(place, _)| match own {
            Some(own) if within(*place, own) => true,
            _ => !bodies().any(|body| within(*place, body)),
        })
    }

    /// The line that makes the variable.
    pub(super) fn definition(&self, names: &Names<'_, '_, '_>) -> Option<String> {
        let variable = names.from("contextvars", "ContextVar", 0)?;
        let class = names.context(0)?;
        let name = &self.name;
        Some(format!("{name}: {variable}[{class}] = {variable}(\"{name}\")"))
    }
}

/// The line of a statement of the module's own body with the line break in front of it, so that what is added at its end
/// stays; `None` where it shares its line.
fn line(context: &Context<'_, '_>, statement: Span) -> Option<Span> {
    let before = context.text.get(..statement.start)?.strip_suffix('\n')?;
    let rest = context.text.get(statement.end..)?.lines().next().unwrap_or_default();
    let start = before.strip_suffix('\r').unwrap_or(before).len();
    rest.trim().is_empty().then(|| Span::new(start, statement.end + rest.len()))
}

/// Where the module's own variables go: the end of its last import.
pub(super) fn below_imports(context: &Context<'_, '_>) -> Option<usize> {
    let is_text = |statement: &Stmt| matches!(statement, Stmt::Expr(one) if one.value.is_string_literal_expr());
    let leading = context.body.iter().skip_while(|one| is_text(one));
    let is_import = |statement: &&Stmt| match statement {
        Stmt::Import(_) | Stmt::ImportFrom(_) => true,
        Stmt::Try(attempt) => attempt.body.iter().all(|one| matches!(one, Stmt::Import(_) | Stmt::ImportFrom(_))),
        Stmt::If(one) => one.body.iter().all(|one| matches!(one, Stmt::Import(_) | Stmt::ImportFrom(_))),
        _ => false,
    };
    let last = leading.take_while(is_import).last()?;
    let end = span(last).end;
    let rest = context.text.get(end..)?.lines().next().unwrap_or_default();
    Some(end + rest.trim_end().len())
}
