//! What stands in for the SDK's objects in tests: mocks made with a class as their `spec`, held by a name or an attribute,
//! and mocks that a patch puts in the place of something of the project.

use std::collections::HashMap;

use ruff_python_ast::{Expr, ExprCall, Stmt, StmtFunctionDef};

use super::super::names::Scopes;
use super::context::Context;
use super::quoted::is_named;
use super::uses::{At, CallUse, FunctionUse};
use super::value::string;
use crate::packages::is_sdk_path;

/// What makes a mock.
const MAKERS: [&str; 6] =
    ["Mock", "MagicMock", "AsyncMock", "NonCallableMock", "NonCallableMagicMock", "create_autospec"];

/// What of a mock tells how it was called.
const ASSERTIONS: [&str; 6] = [
    "assert_called_with",
    "assert_called_once_with",
    "assert_any_call",
    "assert_awaited_with",
    "assert_awaited_once_with",
    "assert_any_await",
];

/// Whether a method is one of a mock's that compares what the mock was given.
pub(crate) fn is_assertion(method: &str) -> bool {
    ASSERTIONS.contains(&method)
}

/// What a name or an attribute is held by: the scope that binds the name, or the class whose methods share `self.name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Owner {
    Scope(usize),
    Class(usize),
}

/// What holds a stand-in, as written, and whose it is.
type Holder = (String, Owner);

/// The stand-ins of a module.
#[derive(Debug, Default)]
pub(crate) struct StandIns {
    /// The classes of the SDK that mocks have as their `spec`, by what holds the mock as written.
    held: HashMap<Holder, Vec<String>>,
    /// The same of what fixtures give, by the fixture's name.
    fixtures: HashMap<String, Vec<String>>,
    /// The paths that are patched, by the name of the mock.
    patched: HashMap<Holder, Vec<String>>,
}

impl StandIns {
    /// Collects those of the module.
    pub(crate) fn of(context: &Context<'_, '_>) -> Self {
        let mut found = Self::default();
        for (target, value, at) in &context.uses.assignments {
            let classes = spec(context, value, *at);
            if let Some(holder) = holder(context, target, *at).filter(|_| !classes.is_empty()) {
                found.held.entry(holder).or_default().extend(classes);
            }
            // `mocker.patch("…")`, `patch("…").start()`, `stack.enter_context(patch("…"))`.
            if let Some(holder) = holder(context, target, *at)
                && let Some(patch) = started(value)
            {
                found.patched.entry(holder).or_default().extend(target_of(context, patch, *at));
            }
        }
        for (items, _, at) in &context.uses.withs {
            for item in *items {
                let Some(target) = item.optional_vars.as_deref() else { continue };
                if let (Expr::Call(call), Some(holder)) = (&item.context_expr, holder(context, target, *at)) {
                    found.patched.entry(holder).or_default().extend(target_of(context, call, *at));
                }
            }
        }
        for function in &context.uses.functions {
            found.injected(context, function);
            if function.node.decorator_list.iter().any(|one| is_fixture(&one.expression)) {
                let classes = found.given(context, function);
                if !classes.is_empty() {
                    found.fixtures.insert(function.node.name.as_str().to_owned(), classes);
                }
            }
        }
        context.uses.calls.iter().for_each(|call| found.replaced(context, call));
        found
    }

    /// The classes of the SDK that `expression` is a mock of; none for anything else.
    pub(crate) fn classes(&self, context: &Context<'_, '_>, expression: &Expr, at: At) -> &[String] {
        if self.held.is_empty() && self.fixtures.is_empty() {
            return &[];
        }
        let Some(holder) = holder(context, expression, at) else { return &[] };
        if let Some(classes) = self.held.get(&holder) {
            return classes;
        }
        // A parameter has the name of the fixture that gives it.
        let (name, owner) = holder;
        let is_parameter = matches!(owner, Owner::Scope(scope) if scope != 0 && !is_assigned(context, &name, scope));
        self.fixtures.get(&name).filter(|_| is_parameter).map_or(&[], Vec::as_slice)
    }

    /// The paths in whose place a patch has put `expression`.
    pub(crate) fn patched(&self, context: &Context<'_, '_>, expression: &Expr, at: At) -> &[String] {
        let holder = holder(context, expression, at).filter(|_| !self.patched.is_empty());
        holder.and_then(|holder| self.patched.get(&holder)).map_or(&[], Vec::as_slice)
    }

    /// The mocks that `@patch("…")` gives to the parameters of a function: the last decorator gives the first.
    fn injected(&mut self, context: &Context<'_, '_>, function: &FunctionUse<'_>) {
        let patches = function.node.decorator_list.iter().rev().filter_map(|one| one.expression.as_call_expr());
        let patches: Vec<Vec<String>> = patches
            .filter(|call| is_patch(call) && replacement(call).is_none())
            .map(|call| target_of(context, call, function.at))
            .collect();
        let Some(scope) = opened(context.scopes, function.node).filter(|_| !patches.is_empty()) else { return };
        let names = function.node.parameters.iter().map(|one| one.name().as_str());
        let names = names.filter(|name| !matches!(*name, "self" | "cls"));
        for (name, target) in names.zip(patches) {
            self.patched.entry((name.to_owned(), Owner::Scope(scope))).or_default().extend(target);
        }
    }

    /// A mock that a patch is given: `patch("…", fake)`, `monkeypatch.setattr(module, "name", fake)`.
    fn replaced(&mut self, context: &Context<'_, '_>, call: &CallUse<'_>) {
        if !is_patch(call.node) && !is_named(&call.node.func, "setattr") {
            return;
        }
        let holder = replacement(call.node).and_then(|fake| holder(context, fake, call.at));
        if let Some(holder) = holder {
            self.patched.entry(holder).or_default().extend(target_of(context, call.node, call.at));
        }
    }

    /// What a fixture gives: a mock that is made where it is returned, or the name of one.
    fn given(&self, context: &Context<'_, '_>, function: &FunctionUse<'_>) -> Vec<String> {
        let Some(scope) = opened(context.scopes, function.node) else { return Vec::new() };
        let at = At { scope, ..function.at };
        let values = function.node.body.iter().filter_map(|statement| match statement {
            Stmt::Return(one) => one.value.as_deref(),
            Stmt::Expr(one) => match &*one.value {
                Expr::Yield(given) => given.value.as_deref(),
                _ => None,
            },
            _ => None,
        });
        let mut found = Vec::new();
        for value in values {
            found.extend(spec(context, value, at));
            if let Some(holder) = holder(context, value, at) {
                found.extend(self.held.get(&holder).into_iter().flatten().cloned());
            }
        }
        found
    }
}

fn opened(scopes: &Scopes, function: &StmtFunctionDef) -> Option<usize> {
    scopes.opened_by(function.range)
}

fn is_fixture(decorator: &Expr) -> bool {
    match decorator {
        Expr::Call(call) => is_named(&call.func, "fixture"),
        _ => is_named(decorator, "fixture"),
    }
}

fn is_assigned(context: &Context<'_, '_>, name: &str, scope: usize) -> bool {
    context.uses.assigned_to(name).any(|(.., at)| context.scopes.scope_of(name, at.scope) == Some(scope))
}

/// A name, or an attribute of `self`, with what it belongs to.
fn holder(context: &Context<'_, '_>, expression: &Expr, at: At) -> Option<Holder> {
    match expression {
        Expr::Name(name) => {
            let scope = context.scopes.scope_of(name.id.as_str(), at.scope)?;
            Some((context.source(expression).to_owned(), Owner::Scope(scope)))
        }
        Expr::Attribute(attribute) if attribute.value.is_name_expr() => {
            Some((context.source(expression).to_owned(), Owner::Class(at.class?)))
        }
        _ => None,
    }
}

/// The classes of the SDK that a mock has as its `spec`.
fn spec(context: &Context<'_, '_>, value: &Expr, at: At) -> Vec<String> {
    let Expr::Call(call) = value else { return Vec::new() };
    if !MAKERS.iter().any(|maker| is_named(&call.func, maker)) {
        return Vec::new();
    }
    let named = call.arguments.keywords.iter();
    let named = named.filter(|one| one.arg.as_ref().is_some_and(|name| matches!(name.as_str(), "spec" | "spec_set")));
    let given = named.map(|one| &one.value).chain(call.arguments.args.first());
    let paths = given.flat_map(|class| context.paths_of(class, at)).flat_map(|path| context.ancestors(&path));
    paths.filter(|path| is_sdk_path(path)).collect()
}

/// Whether a call is `patch(…)` or `patch.object(…)`, of whatever object: `mock.patch`, `mocker.patch.object`.
fn is_patch(call: &ExprCall) -> bool {
    match &*call.func {
        Expr::Attribute(callee) if callee.attr.as_str() == "object" => is_named(&callee.value, "patch"),
        callee => is_named(callee, "patch"),
    }
}

/// The patch whose mock `value` is.
fn started(value: &Expr) -> Option<&ExprCall> {
    let call = value.as_call_expr()?;
    if is_patch(call) {
        return Some(call);
    }
    let Expr::Attribute(callee) = &*call.func else { return None };
    let inner = match callee.attr.as_str() {
        "start" => callee.value.as_call_expr(),
        "enter_context" | "enterContext" => call.arguments.args.first()?.as_call_expr(),
        _ => None,
    };
    inner.filter(|call| is_patch(call))
}

/// How many arguments say what is patched: `"module.name"`, or an object and the name of its attribute.
fn words(call: &ExprCall) -> usize {
    if call.arguments.args.first().and_then(string).is_some() { 1 } else { 2 }
}

/// What a patch puts in the place of its target, where it is told.
fn replacement(call: &ExprCall) -> Option<&Expr> {
    let named = |name: &str| matches!(name, "new" | "new_callable" | "value");
    let mut keywords = call.arguments.keywords.iter();
    let keyword = keywords.find(|one| one.arg.as_ref().is_some_and(|name| named(name.as_str())));
    keyword.map(|one| &one.value).or_else(|| call.arguments.args.get(words(call)))
}

/// The paths that a patch replaces, through the project's modules.
fn target_of(context: &Context<'_, '_>, call: &ExprCall, at: At) -> Vec<String> {
    if !is_patch(call) && !is_named(&call.func, "setattr") {
        return Vec::new();
    }
    match &*call.arguments.args {
        [target, ..] if words(call) == 1 => string(target).map_or_else(Vec::new, |path| context.canonical(path)),
        [of, name, ..] => {
            let Some(name) = string(name) else { return Vec::new() };
            let of = context.paths_of(of, at).into_iter();
            of.flat_map(|path| context.canonical(&format!("{path}.{name}"))).collect()
        }
        _ => Vec::new(),
    }
}
