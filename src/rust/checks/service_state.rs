//! `StreamableHttpService::new(|| Ok(X::new()), …)`: the state that the closure makes lives for one request only, for
//! clients of 2026-07-28. What is cloned lives on, if what is behind it is shared.

use std::collections::HashMap;

use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ItemStruct, Stmt, Type};

use super::super::context::Context;
use crate::finding::Confidence;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;

const SERVICE: &str = "rmcp::transport::StreamableHttpService::new";
/// Fields of these types say what the server can do, and nothing of what it has done.
const STATELESS: &[&str] = &["ToolRouter", "PromptRouter", "PhantomData"];

pub(super) fn hits<'r>(context: &Context<'_, '_>, rule: &'r Rule, _: &'r RustCheck) -> Vec<Hit<'r>> {
    let mut structs = Structs { has_state: HashMap::new() };
    structs.visit_file(&context.source.file);
    let mut reader = Reader { context, rule, has_state: structs.has_state, out: Vec::new() };
    reader.visit_file(&context.source.file);
    reader.out
}

/// Whether the file's own types hold anything that could be state.
struct Structs {
    has_state: HashMap<String, bool>,
}

impl<'ast> Visit<'ast> for Structs {
    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        let is_stateless = |of: &Type| match of {
            Type::Path(of) => of.path.segments.last().is_some_and(|last| STATELESS.iter().any(|one| last.ident == one)),
            _ => false,
        };
        let has_state = item.fields.iter().any(|field| !is_stateless(&field.ty));
        self.has_state.insert(item.ident.to_string(), has_state);
        visit::visit_item_struct(self, item);
    }
}

struct Reader<'c, 'x, 't, 'r> {
    context: &'c Context<'x, 't>,
    rule: &'r Rule,
    has_state: HashMap<String, bool>,
    out: Vec<Hit<'r>>,
}

impl<'ast> Visit<'ast> for Reader<'_, '_, '_, '_> {
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(path) = &*call.func
            && self.context.leads_to(self.context.source.span(path), SERVICE)
            && let Some(Expr::Closure(closure)) = call.args.first()
            && let Some(made) = result(&closure.body)
            && let Some((of, is_given)) = constructed(made)
            && self.has_state.get(&of).is_none_or(|has_state| *has_state)
        {
            let hit = Hit::new(self.rule, self.context.source.span(made)).with("name", of);
            // What it is given may be all the state there is.
            self.out.push(if is_given { hit.at_most(Confidence::Medium) } else { hit });
        }
        visit::visit_expr_call(self, call);
    }
}

/// What a body ends with, out of its `Ok(…)`.
fn result(body: &Expr) -> Option<&Expr> {
    match body {
        Expr::Block(block) => match block.block.stmts.last() {
            Some(Stmt::Expr(last, None)) => result(last),
            _ => None,
        },
        Expr::Call(call) if is_path(&call.func, "Ok") => call.args.first(),
        Expr::Paren(one) => result(&one.expr),
        // `X::try_new().map_err(…)`
        other => Some(other),
    }
}

/// The type that an expression makes a new value of, and whether that is given anything.
fn constructed(made: &Expr) -> Option<(String, bool)> {
    match made {
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else { return None };
            let names: Vec<String> = path.path.segments.iter().map(|one| one.ident.to_string()).collect();
            let [.., of, method] = names.as_slice() else { return None };
            let is_made = method != "clone" && of.starts_with(char::is_uppercase);
            is_made.then(|| (of.clone(), !call.args.is_empty()))
        }
        Expr::Struct(one) => {
            let of = one.path.segments.last()?.ident.to_string();
            Some((of, !one.fields.is_empty()))
        }
        Expr::MethodCall(call) if call.method != "clone" && call.method != "cloned" => constructed(&call.receiver),
        Expr::Try(one) => constructed(&one.expr),
        Expr::Paren(one) => constructed(&one.expr),
        _ => None,
    }
}

fn is_path(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}
