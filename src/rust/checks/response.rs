//! Handlers of a server that are written by hand, and what they answer with: an enum of responses instead of the result
//! itself. The fix changes the return type and every value that the handler returns, or nothing.

use syn::visit::{self, Visit};
use syn::{GenericArgument, ImplItem, ImplItemFn, Item, ItemImpl, PathArguments, ReturnType, Type, TypeParamBound};

use super::returns;
use crate::fix::{Edit, Fix};
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;
use crate::rust::context::Context;
use crate::rust::imports;
use crate::rust::paths::Written;
use crate::source::Span;

/// The methods, what they returned, and what they return.
const HANDLERS: &[(&str, &str, &str)] = &[
    ("call_tool", "CallToolResult", "CallToolResponse"),
    ("read_resource", "ReadResourceResult", "ReadResourceResponse"),
    ("get_prompt", "GetPromptResult", "GetPromptResponse"),
];
const TRAITS: &[&str] = &["rmcp::ServerHandler", "rmcp::handler::server::ServerHandler"];

/// The handlers named in `check.of` that return what they returned before.
pub(super) fn hits<'r>(context: &Context<'_, '_>, rule: &'r Rule, check: &'r RustCheck) -> Vec<Hit<'r>> {
    let mut reader = Reader { context, rule, check, out: Vec::new() };
    reader.visit_file(&context.source.file);
    reader.out
}

struct Reader<'c, 'x, 't, 'r> {
    context: &'c Context<'x, 't>,
    rule: &'r Rule,
    check: &'r RustCheck,
    out: Vec<Hit<'r>>,
}

impl<'ast> Visit<'ast> for Reader<'_, '_, '_, '_> {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let is_handler = item.trait_.as_ref().is_some_and(|(path, _)| {
            let first = path.segments.first().map(|part| self.context.source.span(&part.ident).start);
            let written = first.and_then(|start| self.context.written_from(start));
            written.is_some_and(|written| TRAITS.iter().any(|name| self.leads_to(written, name)))
        });
        for one in item.items.iter().filter(|_| is_handler) {
            if let ImplItem::Fn(method) = one {
                self.method(method);
            }
        }
        visit::visit_item_impl(self, item);
    }
}

impl Reader<'_, '_, '_, '_> {
    fn leads_to(&self, written: &Written, path: &str) -> bool {
        written.leads_to.iter().any(|full| self.context.is(full, path))
    }

    fn method(&mut self, method: &ImplItemFn) {
        let name = method.sig.ident.to_string();
        let Some((_, old, new)) = HANDLERS.iter().find(|(one, ..)| *one == name) else { return };
        let ReturnType::Type(_, whole) = &method.sig.output else { return };
        if !self.check.of.as_slice().contains(&name) || self.mentions(whole, new) {
            return;
        }
        let span = self.context.source.span(&method.sig.ident);
        let mut hit = Hit::new(self.rule, span).with("name", name).with("value", *old).with("becomes", *new);
        hit.fix = self.fix(method, whole, (old, new)).map(|edits| Fix {
            title: format!("answer with `{new}`"),
            applicability: self.check.applicability,
            edits,
        });
        self.out.push(hit);
    }

    fn mentions(&self, ty: &Type, name: &str) -> bool {
        let text = self.context.source.at(self.context.source.span(ty));
        text.split(|sign: char| !sign.is_alphanumeric() && sign != '_').any(|word| word == name)
    }

    fn fix(&self, method: &ImplItemFn, whole: &Type, (old, new): (&str, &str)) -> Option<Vec<Edit>> {
        let is_async = method.sig.asyncness.is_some();
        let output = if is_async { whole } else { future_output(whole)? };
        let (mut edits, written) = self.return_type(output, (old, new))?;
        let import = match written.leaf.filter(|_| written.parts.len() == 1) {
            Some(leaf) => {
                let uses = self.context.paths.iter().filter(|one| one.leaf == Some(leaf)).count();
                imports::beside(self.context, leaf, new, uses > 1)
            }
            None if written.parts.len() == 1 && self.context.scopes.has(new) => return None,
            None => imports::Import { name: new.to_owned(), edits: Vec::new() },
        };
        let name = if written.leaf.is_some() && written.parts.len() == 1 {
            import.name.clone()
        } else {
            let (last, _) = written.parts.split_last()?;
            let before = self.context.source.at(Span::new(written.parts.first()?.1.start, last.1.start));
            format!("{before}{new}")
        };
        for edit in &mut edits {
            edit.content = edit.content.replace('\0', &name);
        }
        edits.extend(import.edits);
        edits.extend(returns::edits(self.context, &method.block, is_async, &name)?);
        edits.sort_by_key(|edit| edit.span);
        Some(edits)
    }

    /// The edit of the return type, with a zero byte where the new name goes, and how the old name is written. A type of
    /// the file's own stands for what it is another name of.
    fn return_type(&self, output: &Type, (old, _): (&str, &str)) -> Option<(Vec<Edit>, &Written)> {
        if let Some(written) = self.within(output, old) {
            return Some((vec![self.context.edit(whole_of(written), "\0")], written));
        }
        let Type::Path(path) = output else { return None };
        let name = path.path.get_ident()?;
        let own = self.context.source.file.items.iter().find_map(|item| match item {
            Item::Type(one) if one.ident == *name && one.generics.params.is_empty() => Some(&*one.ty),
            _ => None,
        })?;
        let written = self.within(own, old)?;
        let (span, part) = (self.context.source.span(own), whole_of(written));
        let before = self.context.source.at(Span::new(span.start, part.start));
        let behind = self.context.source.at(Span::new(part.end, span.end));
        let text = format!("{before}\0{behind}");
        Some((vec![self.context.edit(self.context.source.span(output), &text)], written))
    }

    /// The one place within a type that names the result.
    fn within(&self, ty: &Type, old: &str) -> Option<&Written> {
        let span = self.context.source.span(ty);
        let path = format!("rmcp::model::{old}");
        let first = self.context.paths.iter().filter(|one| {
            one.parts.first().is_some_and(|(_, at)| at.start >= span.start)
                && one.parts.last().is_some_and(|(_, at)| at.end <= span.end)
        });
        let mut found = first.filter(|one| self.leads_to(one, &path));
        found.next().filter(|_| found.next().is_none())
    }
}

/// From the first name of a path to its last.
fn whole_of(written: &Written) -> Span {
    let start = written.parts.first().map_or(0, |(_, at)| at.start);
    Span::new(start, written.parts.last().map_or(start, |(_, at)| at.end))
}

/// The output of `impl Future<Output = …>`.
fn future_output(ty: &Type) -> Option<&Type> {
    let Type::ImplTrait(bounds) = ty else { return None };
    bounds.bounds.iter().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else { return None };
        let last = bound.path.segments.last().filter(|last| last.ident == "Future")?;
        let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
        arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::AssocType(one) if one.ident == "Output" => Some(&one.ty),
            _ => None,
        })
    })
}
