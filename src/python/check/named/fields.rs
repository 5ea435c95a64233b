//! The fields that a pydantic model is made with: by keyword, from an unpacked dictionary, or by `model_validate` of one.

use ruff_python_ast::Expr;

use super::super::callee::callees;
use super::super::context::Context;
use super::super::uses::{At, CallUse};
use super::super::value::string;

/// What a call that makes a model passes.
pub(super) struct Fields<'t> {
    /// Each field with its value.
    pub(super) known: Vec<(&'t str, &'t Expr)>,
    /// Whether fields may come from something that cannot be told.
    pub(super) is_open: bool,
}

impl<'t> Fields<'t> {
    /// The value of `name`; through a name that is assigned once.
    pub(super) fn value(&self, context: &Context<'_, 't>, name: &str, at: At) -> Option<&'t Expr> {
        let found = self.known.iter().rev().find(|(field, _)| *field == name);
        found.map(|(_, value)| assigned(context, value, at))
    }
}

/// The fields of the model that `call` makes, when that is one of `classes`.
pub(super) fn fields<'t>(context: &Context<'_, 't>, call: &CallUse<'t>, classes: &[&str]) -> Option<Fields<'t>> {
    let wanted: Vec<String> = classes.iter().flat_map(|class| context.canonical(class)).collect();
    let mut fields = Fields { known: Vec::new(), is_open: false };
    if let Expr::Attribute(callee) = &*call.node.func
        && callee.attr.as_str() == "model_validate"
    {
        let is_meant = context.paths_of(&callee.value, call.at).iter().any(|path| wanted.contains(path));
        let (true, Some(value)) = (is_meant, call.node.arguments.args.first()) else { return None };
        fields.unpack(context, value, call.at);
        return Some(fields);
    }
    if !callees(context, call.node, call.at).iter().any(|callee| wanted.contains(&callee.path)) {
        return None;
    }
    for keyword in &call.node.arguments.keywords {
        match &keyword.arg {
            Some(name) => fields.known.push((name.as_str(), &keyword.value)),
            None => fields.unpack(context, &keyword.value, call.at),
        }
    }
    Some(fields)
}

impl<'t> Fields<'t> {
    fn unpack(&mut self, context: &Context<'_, 't>, value: &'t Expr, at: At) {
        let Expr::Dict(dict) = assigned(context, value, at) else {
            self.is_open = true;
            return;
        };
        for item in &dict.items {
            match item.key.as_ref().and_then(string) {
                Some(key) => self.known.push((key, &item.value)),
                None => self.is_open = true,
            }
        }
    }
}

/// What a name stands for that is assigned once in its function or its module; the expression itself otherwise.
pub(super) fn assigned<'t>(context: &Context<'_, 't>, value: &'t Expr, at: At) -> &'t Expr {
    let Expr::Name(name) = value else { return value };
    let all = context.uses.assigned_to(name.id.as_str());
    let mut all = all.filter(|(.., place)| place.scope == at.scope || place.scope == 0);
    match (all.next(), all.next()) {
        (Some((_, only, _)), None) => only,
        _ => value,
    }
}
