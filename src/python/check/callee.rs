//! What a call calls: functions by their path, constructors by their class, methods by the type of the receiver.

use ruff_python_ast::{Expr, ExprCall};

use super::super::types::Part;
use super::context::Context;
use super::quoted::is_named;
use super::uses::At;
use crate::packages::is_sdk_path;

/// Something that a call may call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Callee {
    /// The function's path, canonical; a constructor's is its class's.
    pub(crate) path: String,
    /// How many of the call's first arguments are not the callee's: an explicit `self`, or what `partial` is given.
    pub(crate) skip: usize,
}

/// What `call` may call.
pub(crate) fn callees(context: &Context<'_, '_>, call: &ExprCall, at: At) -> Vec<Callee> {
    if is_named(&call.func, "partial")
        && let Some(first) = call.arguments.args.first()
    {
        let of_partial = paths(context, first, at);
        return of_partial.into_iter().map(|one| Callee { skip: one.skip + 1, ..one }).collect();
    }
    paths(context, &call.func, at)
}

/// What `call` may call, whether or not a rule names the method.
pub(crate) fn all_callees(context: &Context<'_, '_>, call: &ExprCall, at: At) -> Vec<Callee> {
    let mut found = callees(context, call, at);
    if let Expr::Attribute(attribute) = &*call.func
        && !context.rules.callable_names.contains(attribute.attr.as_str())
    {
        let methods = methods(context, &attribute.value, attribute.attr.as_str(), at);
        found.extend(methods.into_iter().map(|path| Callee { path, skip: 0 }));
    }
    found
}

/// The functions that `expression` may be.
pub(crate) fn paths(context: &Context<'_, '_>, expression: &Expr, at: At) -> Vec<Callee> {
    let plain = |path: String| Callee { path, skip: 0 };
    if let Expr::Subscript(subscript) = expression {
        return paths(context, &subscript.value, at);
    }
    if let Expr::Attribute(attribute) = expression
        && attribute.attr.as_str() == "__init__"
    {
        if is_super(&attribute.value) {
            return inherited(context, at).into_iter().map(plain).collect();
        }
        let classes = context.paths_of(&attribute.value, at);
        return classes.into_iter().map(|path| Callee { path, skip: 1 }).collect();
    }
    let mut found = Vec::new();
    for path in context.paths_of(expression, at) {
        found.extend(constructors(context, &path).into_iter().map(plain));
        found.push(plain(path));
    }
    if found.iter().any(|callee| is_sdk_path(&callee.path)) {
        return found;
    }
    if let Expr::Attribute(attribute) = expression
        && context.rules.callable_names.contains(attribute.attr.as_str())
    {
        found.extend(methods(context, &attribute.value, attribute.attr.as_str(), at).into_iter().map(plain));
    }
    found
}

/// The methods `name` that a receiver may have, by every class it may be of.
pub(crate) fn methods(context: &Context<'_, '_>, receiver: &Expr, name: &str, at: At) -> Vec<String> {
    let mut found = Vec::new();
    if is_super(receiver) {
        found.extend(inherited(context, at).into_iter().map(|class| format!("{class}.{name}")));
        return found;
    }
    for part in context.type_of(receiver).parts {
        match part {
            Part::Instance(class) | Part::Class(class) => {
                let classes = std::iter::once(&class.path).chain(&class.ancestors);
                found.extend(classes.map(|class| format!("{class}.{name}")));
            }
            Part::Module(module) => found.extend(context.canonical(&format!("{module}.{name}"))),
            _ => {}
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The classes outside the project whose constructor runs when the project's class at `path` is called.
fn constructors(context: &Context<'_, '_>, path: &str) -> Vec<String> {
    let modules = context.module.modules;
    let Some(methods) = modules.methods(path) else { return Vec::new() };
    let has_own = |methods: &[String]| methods.iter().any(|name| name == "__init__");
    let ancestors = modules.ancestors(path);
    let own = has_own(methods) || ancestors.iter().any(|class| modules.methods(class).is_some_and(has_own));
    if own { Vec::new() } else { context.ancestors(path) }
}

/// The classes that the class around `at` derives from.
fn inherited(context: &Context<'_, '_>, at: At) -> Vec<String> {
    let class = at.class.and_then(|index| context.uses.classes.get(index));
    class.map_or_else(Vec::new, |class| context.ancestors(&class.path).split_off(1))
}

fn is_super(expression: &Expr) -> bool {
    matches!(expression, Expr::Call(call) if matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "super"))
}
