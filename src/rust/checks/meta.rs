//! `Meta`, which rmcp 3 split in three: by where it stands, it is that of a request, of a notification, or of anything
//! else.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{Attribute, ExprMethodCall, ExprStruct, ImplItemFn, ItemFn, Signature};

use super::super::context::Context;
use crate::fix::{Edit, Fix};
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;
use crate::source::Span;

const META: &str = "rmcp::model::Meta";

/// Whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Object,
    Request,
    Notification,
}

const KINDS: &[Kind] = &[Kind::Object, Kind::Request, Kind::Notification];

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Object => "MetaObject",
            Self::Request => "RequestMetaObject",
            Self::Notification => "NotificationMetaObject",
        }
    }

    /// Whose the `_meta` of a type of this name is.
    fn of(name: &str) -> Self {
        match name {
            _ if name.contains("Notification") => Self::Notification,
            "RequestContext" | "PeerRequestOptions" => Self::Request,
            _ if name.ends_with("RequestParams") || name.ends_with("RequestParam") || name.ends_with("Params") => {
                Self::Request
            }
            _ => Self::Object,
        }
    }
}

pub(super) fn hits<'r>(context: &Context<'_, '_>, rule: &'r Rule, entry: &'r RustCheck) -> Vec<Hit<'r>> {
    let leaves: Vec<usize> = (0..context.scopes.leaves.len())
        .filter(|index| context.is(&context.scopes.leaves[*index].path, META))
        .collect();
    // The names that stand for it, imports apart.
    let names: Vec<(Span, Option<usize>, bool)> = context
        .paths
        .iter()
        .filter_map(|written| {
            let at = context.part_of(written, META)?;
            Some((written.parts[at].1, written.leaf.filter(|_| at == 0), written.is_sure))
        })
        .collect();
    if leaves.is_empty() && names.is_empty() {
        return Vec::new();
    }
    let mut reader = Reader { context, within: BTreeMap::new() };
    reader.visit_file(&context.source.file);
    let kind_at = |span: Span| {
        // The smallest of the places around it decides.
        let around = reader.within.iter().filter(|((start, end), _)| *start <= span.start && span.end <= *end);
        around.min_by_key(|((start, end), _)| end - start).map(|(_, kind)| *kind)
    };
    let is_renamed = |leaf: Option<usize>| leaf.is_some_and(|leaf| context.scopes.leaves[leaf].is_renamed);
    let mut edits: Vec<Edit> = Vec::new();
    // What each import has to bring in now; nothing where a place does not say.
    let mut wanted: BTreeMap<usize, Option<BTreeSet<Kind>>> = BTreeMap::new();
    let mut undecided: Vec<Span> = Vec::new();
    for (span, leaf, is_sure) in &names {
        let kind = kind_at(*span).filter(|_| *is_sure);
        match (kind, leaf) {
            (Some(kind), Some(leaf)) => {
                if let Some(kinds) = wanted.entry(*leaf).or_insert_with(|| Some(BTreeSet::new())) {
                    kinds.insert(kind);
                }
            }
            (None, Some(leaf)) => *wanted.entry(*leaf).or_default() = None,
            _ => {}
        }
        match kind {
            Some(kind) if !is_renamed(*leaf) => edits.push(context.edit(*span, kind.name())),
            Some(_) => {}
            None => undecided.push(*span),
        }
    }
    for leaf in &leaves {
        let Some(text) = imported(context, *leaf, wanted.get(leaf)) else {
            undecided.push(context.scopes.leaves[*leaf].name);
            continue;
        };
        edits.push(context.edit(context.scopes.leaves[*leaf].name, &text));
    }
    let is_whole = undecided.is_empty() && !KINDS.iter().any(|kind| context.scopes.has(kind.name()));
    let fix = is_whole.then(|| Fix {
        title: "write the kind of `_meta` that it is".to_owned(),
        applicability: entry.applicability,
        edits: edits.clone(),
    });
    let spans = names.iter().map(|(span, ..)| *span).chain(leaves.iter().map(|leaf| context.scopes.leaves[*leaf].name));
    let mut spans: Vec<Span> = spans.collect();
    spans.sort_unstable();
    let mut hits: Vec<Hit<'r>> = Vec::new();
    for span in spans {
        let mut hit = Hit::new(rule, span).with("name", "Meta");
        hit = kind_at(span).into_iter().fold(hit, |hit, kind| hit.with("becomes", kind.name()));
        // One fix serves them all.
        hit.fix = if hits.is_empty() { fix.clone() } else { None };
        hits.push(hit);
    }
    hits
}

/// What an import of it says now, which stands alone or in braces; nothing where that is not known.
fn imported(context: &Context<'_, '_>, index: usize, wanted: Option<&Option<BTreeSet<Kind>>>) -> Option<String> {
    let leaf = &context.scopes.leaves[index];
    let kinds: Vec<&str> = match wanted {
        Some(kinds) => kinds.as_ref()?.iter().map(|kind| kind.name()).collect(),
        // Nothing uses it here; others may import it from here.
        None if leaf.is_public || leaf.is_renamed => return None,
        None => vec![Kind::Object.name()],
    };
    match kinds.as_slice() {
        [one] => Some((*one).to_owned()),
        _ if leaf.is_renamed => None,
        all => {
            let all = all.join(", ");
            let is_in_braces = leaf.group.len() > 1 || context.source.at(leaf.statement).contains('{');
            let has_path = leaf.whole.start != leaf.name.start;
            Some(if is_in_braces && !has_path { all } else { format!("{{{all}}}") })
        }
    }
}

/// The places that say whose `_meta` it is.
struct Reader<'c, 'x, 't> {
    context: &'c Context<'x, 't>,
    within: BTreeMap<(usize, usize), Kind>,
}

impl Reader<'_, '_, '_> {
    fn says(&mut self, span: Span, kind: Kind) {
        self.within.insert((span.start, span.end), kind);
    }

    /// A tool or a prompt takes what came with the request.
    fn signature(&mut self, signature: &Signature, attributes: &[Attribute]) {
        let is_handler = |attribute: &Attribute| {
            attribute.path().segments.last().is_some_and(|last| last.ident == "tool" || last.ident == "prompt")
        };
        if attributes.iter().any(is_handler) {
            for input in &signature.inputs {
                let span = self.context.source.span(input);
                // `Meta(meta)` would take apart what has another shape.
                if !self.context.source.at(span).contains("Meta(") {
                    self.says(span, Kind::Request);
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_, '_, '_> {
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let of_object = ["tool", "prompt", "tool_handler", "prompt_handler"];
        if attribute.path().segments.last().is_some_and(|last| of_object.iter().any(|name| last.ident == name)) {
            self.says(self.context.source.span(attribute), Kind::Object);
        }
    }

    fn visit_impl_item_fn(&mut self, one: &'ast ImplItemFn) {
        self.signature(&one.sig, &one.attrs);
        visit::visit_impl_item_fn(self, one);
    }

    fn visit_item_fn(&mut self, one: &'ast ItemFn) {
        self.signature(&one.sig, &one.attrs);
        visit::visit_item_fn(self, one);
    }

    fn visit_expr_struct(&mut self, one: &'ast ExprStruct) {
        if let Some(last) = one.path.segments.last() {
            let kind = Kind::of(&last.ident.to_string());
            for field in &one.fields {
                if matches!(&field.member, syn::Member::Named(name) if name == "meta") {
                    self.says(self.context.source.span(&field.expr), kind);
                }
            }
        }
        visit::visit_expr_struct(self, one);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if call.method == "set_meta" || call.method == "with_meta" {
            let source = self.context.source;
            // The type that the chain begins with says what it is of: `Tool::new(…).with_meta(…)`.
            let mut first: &syn::Expr = &call.receiver;
            while let syn::Expr::MethodCall(one) = first {
                first = &one.receiver;
            }
            let of = match first {
                syn::Expr::Call(one) => match &*one.func {
                    syn::Expr::Path(path) => path.path.segments.iter().rev().nth(1).map(|one| one.ident.to_string()),
                    _ => None,
                },
                _ => None,
            };
            let kind = match of {
                Some(of) => Some(Kind::of(&of)),
                None if call.method == "set_meta" => Some(Kind::Request),
                None => None,
            };
            if let (Some(kind), Some(passed)) = (kind, call.args.first()) {
                self.says(source.span(passed), kind);
            }
        }
        visit::visit_expr_method_call(self, call);
    }
}
