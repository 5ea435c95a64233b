//! `tool.owner`, `tool.owner = "me"`, `result.model_extra`: attributes of a model that it declares no field for.

use super::super::super::parse::span;
use super::super::super::types::{ClassRef, Part};
use super::super::context::{Context, Hit};
use super::models::{has_attribute, is_model};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for member in &context.uses.members {
        let name = member.name();
        let is_extra = matches!(name, "model_extra" | "__pydantic_extra__");
        // Every other name of this kind is pydantic's own or nobody's, and needs no type to be told.
        if !is_extra && name.starts_with(['_']) || name.starts_with("model_") && !is_extra {
            continue;
        }
        let Some(class) = model(context, member.node, is_extra) else { continue };
        let shown = class.path.rsplit('.').next().unwrap_or(&class.path);
        hits.push(
            Hit::new(rule, span(&member.node.attr))
                .with("name", name)
                .with("class", shown)
                .with("path", format!("{}.{name}", class.path)),
        );
    }
    hits
}

/// The model whose attribute is taken, if nothing that the receiver may be has such a one.
fn model(context: &Context<'_, '_>, node: &ruff_python_ast::ExprAttribute, is_extra: bool) -> Option<ClassRef> {
    let name = node.attr.as_str();
    let found = context.type_of(&node.value);
    let mut model = None;
    for part in &found.parts {
        match part {
            Part::None => {}
            Part::Instance(class) if is_model(context.old, &class.path) => {
                let has = has_attribute(context.old, class, name) || has_attribute(context.new, class, name);
                if has && !is_extra || is_renamed(context, class, name) {
                    return None;
                }
                model.get_or_insert_with(|| class.clone());
            }
            _ => return None,
        }
    }
    model
}

/// Whether another rule says what became of the attribute.
fn is_renamed(context: &Context<'_, '_>, class: &ClassRef, name: &str) -> bool {
    let entries = context.rules.members.get(name).into_iter().flatten();
    entries.into_iter().any(|entry| entry.of.iter().any(|of| class.is(of)))
}
