//! `Tool(…, category="math")`: a keyword that no field of the model takes. What older models kept and sent, newer ones
//! drop without a word.

use super::super::super::parse::span;
use super::super::super::surface::{Index, Parameter, ParameterKind};
use super::super::context::{Context, Hit};
use super::models::is_model;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        if call.node.arguments.keywords.is_empty() {
            continue;
        }
        // A subclass may declare what it takes, so only the models themselves are asked.
        let classes = context.paths_of(&call.node.func, call.at);
        let Some(class) = classes.iter().find(|class| is_model(context.old, class)) else { continue };
        let (Some(old), Some(new)) = (parameters(context.old, class), parameters(context.new, class)) else { continue };
        for keyword in &call.node.arguments.keywords {
            let Some(name) = keyword.arg.as_ref() else { continue };
            let is_known = old.iter().chain(new).any(|known| known.name == name.as_str());
            if is_known || name.as_str() == "meta" {
                continue;
            }
            let shown = class.rsplit('.').next().unwrap_or(class);
            hits.push(
                Hit::new(rule, span(name))
                    .with("name", name.as_str())
                    .with("class", shown)
                    .with("path", class.as_str()),
            );
        }
    }
    hits
}

/// The keywords of a model's constructor, if it took others besides.
fn parameters<'i>(index: &'i Index, class: &str) -> Option<&'i [Parameter]> {
    let found = index.parameters(class)?;
    found.iter().any(|parameter| parameter.kind == ParameterKind::Keywords).then_some(found)
}
