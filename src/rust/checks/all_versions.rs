//! A server whose code leans on what only older revisions of the protocol have, and that does not say which revisions
//! it speaks: from rmcp 3 on, it speaks all of them.

use syn::visit::{self, Visit};
use syn::{ImplItem, ItemImpl};

use super::super::context::Context;
use super::service_state;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;

const HANDLER: &str = "rmcp::ServerHandler";
const SAYS: &str = "supported_protocol_versions";

pub(super) fn hits<'r>(context: &Context<'_, '_>, rule: &'r Rule, entry: &'r RustCheck) -> Vec<Hit<'r>> {
    let leans =
        |of: &String| context.members.iter().find(|member| member.name == *of).map(|member| member.name.clone());
    let found = entry.of.as_slice().iter().find_map(leans);
    let state = || (!service_state::hits(context, rule, entry).is_empty()).then(|| "state in the closure".to_owned());
    let Some(found) = found.or_else(state) else { return Vec::new() };
    let mut reader = Reader { context, rule, found, out: Vec::new() };
    reader.visit_file(&context.source.file);
    reader.out
}

struct Reader<'c, 'x, 't, 'r> {
    context: &'c Context<'x, 't>,
    rule: &'r Rule,
    found: String,
    out: Vec<Hit<'r>>,
}

impl<'ast> Visit<'ast> for Reader<'_, '_, '_, '_> {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if let Some((of, _)) = &item.trait_
            && self.context.leads_to(self.context.source.span(of), HANDLER)
        {
            let says = |one: &ImplItem| matches!(one, ImplItem::Fn(one) if one.sig.ident == SAYS);
            if !item.items.iter().any(says) {
                let hit = Hit::new(self.rule, self.context.source.span(of)).with("name", "ServerHandler");
                self.out.push(hit.with("value", &self.found));
            }
        }
        visit::visit_item_impl(self, item);
    }
}
