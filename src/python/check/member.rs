//! Attributes by the type of their receiver, and the other ways by which code reaches a field by its name.

use std::collections::HashSet;

use ruff_python_ast::{Expr, ExprCall};

use super::super::parse::span;
use super::super::types::Part;
use super::compiled::{MemberEntry, is_class_of};
use super::context::{Context, Hit};
use super::quoted::is_named;
use super::rewrite;
use super::uses::At;
use super::value::string;
use crate::finding::{Confidence, Fails};
use crate::fix::Applicability;
use crate::rule::python::{Access, OnUnknown};
use crate::source::Span;

/// How sure it is that a receiver is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Receiver {
    /// It is an instance of this class.
    Is(String),
    /// It may be one, or something else of which as much is known.
    MayBe(String),
    /// Nothing is known of it.
    Unknown,
    /// It is something else.
    IsNot,
}

pub(super) fn hits<'a>(context: &Context<'a, '_>) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for member in &context.uses.members {
        let Some(entries) = context.rules.members.get(member.name()) else { continue };
        let is_stored = !member.node.ctx.is_load();
        let access = match (is_stored, member.call.is_some()) {
            (true, _) => Access::Store,
            (false, true) => Access::Call,
            (false, false) => Access::Read,
        };
        for entry in entries.iter().filter(|entry| entry.access.contains(&access)) {
            if serves_both(context, entry, &member.node.value, member.at) {
                continue;
            }
            let receiver = stand_in(context, entry, &member.node.value, member.at)
                .unwrap_or_else(|| receiver(context, entry, &member.node.value));
            let name = span(&member.node.attr);
            hits.extend(hit(context, entry, receiver, name, member.name()).map(|mut hit| {
                let whole = span(member.node);
                let dot = Span::new(span(&*member.node.value).end, whole.end);
                hit.0.fix = match &entry.entry.transform {
                    Some(transform) if transform == rewrite::lowlevel::TRANSFORM => context.lowlevel().fix(name),
                    Some(transform) => rewrite::transform::run_member(transform, context, name),
                    None => hit.1.then(|| rewrite::member(context, entry, name, dot, member.call)).flatten(),
                };
                if entry.entry.transform.as_deref() == Some(rewrite::lowlevel::TRANSFORM)
                    && let Some(advice) = context.lowlevel().advice(name)
                {
                    hit.0 = hit.0.with("advice", advice);
                }
                if let Some(fix) = hit.0.fix.as_mut().filter(|_| hit.0.confidence == Confidence::Low) {
                    fix.applicability = fix.applicability.min(Applicability::Unsafe);
                }
                hit.0
            }));
        }
    }
    for call in &context.uses.calls {
        by_string(context, call.node, call.at, &mut hits);
        in_dictionary(context, call.node, call.at, &mut hits);
    }
    patterns(context, &mut hits);
    fields(context, &mut hits);
    subscripts(context, &mut hits);
    hits
}

/// A mock that has one of the classes as its `spec` lacks what the class lacks.
fn stand_in(context: &Context<'_, '_>, entry: &MemberEntry<'_>, receiver: &Expr, at: At) -> Option<Receiver> {
    if entry.rule.fails != Fails::Attribute || entry.entry.on_class || !entry.through.is_empty() {
        return None;
    }
    let classes = context.stand_ins().classes(context, receiver, at);
    classes.iter().find(|class| is_class_of(class, &entry.of)).cloned().map(Receiver::MayBe)
}

fn receiver(context: &Context<'_, '_>, entry: &MemberEntry<'_>, receiver: &Expr) -> Receiver {
    if !entry.through.is_empty() {
        let Expr::Attribute(attribute) = receiver else { return Receiver::IsNot };
        let mut through = entry.through.iter().filter(|(_, name)| name == attribute.attr.as_str());
        let Some((class, _)) = through
            .clone()
            .find(|(class, _)| context.is_instance(&attribute.value, std::slice::from_ref(class)) == Some(true))
        else {
            let is_unknown = |(class, _): &(String, String)| {
                context.is_instance(&attribute.value, std::slice::from_ref(class)).is_none()
            };
            return if through.any(is_unknown) { Receiver::Unknown } else { Receiver::IsNot };
        };
        return Receiver::Is(class.clone());
    }
    let found = context.type_of(receiver);
    let (mut meant, mut others, mut unknown) = (None, 0, found.parts.is_empty());
    for part in &found.parts {
        let class = match part {
            Part::Instance(class) if !entry.entry.on_class => class,
            Part::Class(class) if entry.entry.on_class => class,
            // `Optional` says nothing against the rest; nobody reads a field of `None` on purpose.
            Part::None => continue,
            Part::Unknown => {
                unknown = true;
                continue;
            }
            _ => {
                others += 1;
                continue;
            }
        };
        if class.ancestors.iter().any(|path| is_class_of(path, &entry.of)) {
            meant.get_or_insert_with(|| class.path.clone());
        } else if class.ancestors.iter().any(|path| path.ends_with(".Mock") || path.ends_with(".NonCallableMock")) {
            unknown = true;
        } else {
            others += 1;
        }
    }
    match (meant, others, unknown) {
        (Some(class), 0, false) => Receiver::Is(class),
        (Some(class), ..) => Receiver::MayBe(class),
        (None, 0, true) => Receiver::Unknown,
        (None, ..) => Receiver::IsNot,
    }
}

/// The hit for a receiver, and whether a rewrite may be offered.
fn hit<'a>(
    context: &Context<'a, '_>,
    entry: &MemberEntry<'a>,
    receiver: Receiver,
    name: Span,
    written: &str,
) -> Option<(Hit<'a>, bool)> {
    let (class, confidence) = match receiver {
        Receiver::Is(class) => (class, Confidence::High),
        Receiver::MayBe(class) => (class, Confidence::Medium),
        Receiver::Unknown if entry.entry.unknown != OnUnknown::Skip && context.module.imports_sdk => {
            (entry.of.first().cloned().unwrap_or_default(), Confidence::Low)
        }
        Receiver::Unknown | Receiver::IsNot => return None,
    };
    let shown = class.rsplit('.').next().unwrap_or_default().to_owned();
    let mut hit = Hit::new(entry.rule, name);
    if confidence == Confidence::Low {
        hit.help.push(format!(
            "What this is read from is not known here: there is nothing to do if it can be no `{shown}`, nor another class \
             of the SDK with this member."
        ));
    }
    let hit = hit
        .with("name", written)
        .with("class", shown)
        .with("path", format!("{class}.{written}"))
        .with("becomes", entry.becomes.unwrap_or_default())
        .with("advice", entry.entry.advice.clone().unwrap_or_default())
        .at_most(confidence);
    // Where nothing is known, a name that hardly anything else uses is the SDK's, unless the project has it too.
    let may =
        confidence > Confidence::Low || (context.rules.distinctive.contains(written) && !context.declares(written));
    Some((hit, may))
}

/// The applicability of an entry's rewrite where its receiver is this sure.
pub(super) fn applicability(entry: &MemberEntry<'_>, confidence: Confidence) -> Applicability {
    if confidence == Confidence::High {
        entry.entry.applicability
    } else {
        entry.entry.applicability.min(Applicability::Unsafe)
    }
}

/// `getattr(value, "name")` and its like.
fn by_string<'a>(context: &Context<'a, '_>, call: &ExprCall, at: At, hits: &mut Vec<Hit<'a>>) {
    let named = ["getattr", "hasattr", "setattr", "delattr"].iter().any(|name| is_named(&call.func, name));
    let [receiver_of, name, ..] = &*call.arguments.args else { return };
    if !named {
        return;
    }
    reached(context, (receiver_of, at), name, Access::Getattr, hits);
}

/// A name that is reached on something, by its scope, the receiver as written, and the name.
pub(super) type Reached = HashSet<(usize, String, String)>;

/// What the module reaches by one of the names that members become.
pub(super) fn reached_by_new_name(module: &Context<'_, '_>) -> Reached {
    let mut found = Reached::new();
    let mut add = |scope: usize, of: &Expr, name: &str| {
        if module.rules.new_names.contains(name) {
            found.insert((scope, module.source(of).to_owned(), name.to_owned()));
        }
    };
    for member in &module.uses.members {
        add(member.at.scope, &member.node.value, member.name());
    }
    for call in &module.uses.calls {
        if ["getattr", "hasattr"].iter().any(|name| is_named(&call.node.func, name))
            && let [of, name, ..] = &*call.node.arguments.args
            && let Some(name) = string(name)
        {
            add(call.at.scope, of, name);
        }
    }
    found
}

/// Whether the same function also reaches the new name on the same receiver: then it serves both SDKs.
fn serves_both(context: &Context<'_, '_>, entry: &MemberEntry<'_>, of: &Expr, at: At) -> bool {
    let Some(new) = entry.becomes.filter(|becomes| !becomes.is_empty()) else { return false };
    context.reached_by_new_name().contains(&(at.scope, context.source(of).to_owned(), new.to_owned()))
}

/// A member reached by a string: the string is rewritten where the receiver is known.
fn reached<'a>(context: &Context<'a, '_>, (of, at): (&Expr, At), name: &Expr, access: Access, hits: &mut Vec<Hit<'a>>) {
    let Some(text) = string(name) else { return };
    let Some(entries) = context.rules.members.get(text) else { return };
    for entry in entries.iter().filter(|entry| entry.access.contains(&access)) {
        if serves_both(context, entry, of, at) {
            continue;
        }
        let receiver = receiver(context, entry, of);
        hits.extend(hit(context, entry, receiver, span(name), text).map(|(mut hit, may)| {
            hit.fix = may.then(|| rewrite::member_text(context, entry, name, hit.confidence)).flatten();
            hit
        }));
    }
}

/// `value.model_copy(update={"name": …})` and `value.model_dump(include={"name"})`.
fn in_dictionary<'a>(context: &Context<'a, '_>, call: &ExprCall, at: At, hits: &mut Vec<Hit<'a>>) {
    let Expr::Attribute(callee) = &*call.func else { return };
    for keyword in &call.arguments.keywords {
        let access = match (callee.attr.as_str(), keyword.arg.as_ref().map(|name| name.as_str())) {
            ("model_copy" | "copy", Some("update")) => Access::Update,
            ("model_dump" | "model_dump_json" | "dict" | "json" | "copy", Some("include" | "exclude")) => {
                Access::Include
            }
            _ => continue,
        };
        let names: Vec<&Expr> = match &keyword.value {
            Expr::Dict(dict) => dict.items.iter().filter_map(|item| item.key.as_ref()).collect(),
            Expr::Set(set) => set.elts.iter().collect(),
            Expr::List(list) => list.elts.iter().collect(),
            Expr::Tuple(tuple) => tuple.elts.iter().collect(),
            _ => continue,
        };
        for name in names {
            reached(context, (&callee.value, at), name, access, hits);
        }
    }
}

/// Keywords of class patterns.
fn patterns<'a>(context: &Context<'a, '_>, hits: &mut Vec<Hit<'a>>) {
    for (pattern, at) in &context.uses.patterns {
        let classes = context.paths_of(&pattern.cls, *at);
        let all: Vec<String> = classes.iter().flat_map(|class| context.ancestors(class)).collect();
        for keyword in &pattern.arguments.keywords {
            let entries = context.rules.members.get(keyword.attr.as_str()).into_iter().flatten();
            for entry in entries.filter(|entry| entry.access.contains(&Access::Pattern)) {
                let Some(class) = all.iter().find(|class| is_class_of(class, &entry.of)) else { continue };
                let name = span(&keyword.attr);
                let found = hit(context, entry, Receiver::Is(class.clone()), name, keyword.attr.as_str());
                hits.extend(found.map(|(mut hit, _)| {
                    hit.fix = rewrite::renamed(context, entry, name);
                    hit
                }));
            }
        }
    }
}

/// Fields that a subclass declares again.
fn fields<'a>(context: &Context<'a, '_>, hits: &mut Vec<Hit<'a>>) {
    for class in &context.uses.classes {
        if class.node.bases().is_empty() {
            continue;
        }
        let mut ancestors = None;
        for statement in &class.node.body {
            let target = match statement {
                ruff_python_ast::Stmt::AnnAssign(assign) => &*assign.target,
                ruff_python_ast::Stmt::Assign(assign) => match assign.targets.as_slice() {
                    [target] => target,
                    _ => continue,
                },
                _ => continue,
            };
            let Expr::Name(name) = target else { continue };
            let entries = context.rules.members.get(name.id.as_str()).into_iter().flatten();
            for entry in entries.filter(|entry| entry.access.contains(&Access::Field)) {
                let ancestors = ancestors.get_or_insert_with(|| context.ancestors(&class.path).split_off(1));
                let Some(base) = ancestors.iter().find(|class| is_class_of(class, &entry.of)) else { continue };
                let found = hit(context, entry, Receiver::Is(base.clone()), span(name), name.id.as_str());
                hits.extend(found.map(|(mut hit, _)| {
                    hit.fix = rewrite::renamed(context, entry, span(name));
                    hit
                }));
            }
        }
    }
}

/// `Class.model_fields["name"]`, and keys of what `model_dump()` gave.
fn subscripts<'a>(context: &Context<'a, '_>, hits: &mut Vec<Hit<'a>>) {
    for (subscript, at) in &context.uses.subscripts {
        reached_by_key(context, &subscript.value, &subscript.slice, *at, hits);
    }
    for (compare, at) in &context.uses.compares {
        use ruff_python_ast::CmpOp;
        if let ([CmpOp::In | CmpOp::NotIn], [container]) = (&*compare.ops, &*compare.comparators) {
            reached_by_key(context, container, &compare.left, *at, hits);
        }
    }
    for call in &context.uses.calls {
        if let Expr::Attribute(callee) = &*call.node.func
            && matches!(callee.attr.as_str(), "get" | "pop")
            && let Some(name) = call.node.arguments.args.first()
        {
            reached_by_key(context, &callee.value, name, call.at, hits);
        }
    }
}

fn reached_by_key<'a>(context: &Context<'a, '_>, container: &Expr, name: &Expr, at: At, hits: &mut Vec<Hit<'a>>) {
    let Some(text) = string(name) else { return };
    let Some(entries) = context.rules.members.get(text) else { return };
    for entry in entries {
        let class = if entry.access.contains(&Access::ModelFields) {
            fields_of(context, container, at, entry)
        } else if entry.access.contains(&Access::DumpKey) {
            dump_of(context, container, at).and_then(|dumped| match receiver(context, entry, dumped) {
                Receiver::Is(class) | Receiver::MayBe(class) => Some(class),
                Receiver::Unknown | Receiver::IsNot => None,
            })
        } else {
            None
        };
        let Some(class) = class else { continue };
        hits.extend(hit(context, entry, Receiver::Is(class), span(name), text).map(|(mut hit, _)| {
            hit.fix = rewrite::member_text(context, entry, name, hit.confidence);
            hit
        }));
    }
}

/// The class whose `model_fields` the container is.
fn fields_of(context: &Context<'_, '_>, container: &Expr, at: At, entry: &MemberEntry<'_>) -> Option<String> {
    let Expr::Attribute(attribute) = container else { return None };
    if attribute.attr.as_str() != "model_fields" {
        return None;
    }
    let classes = context.paths_of(&attribute.value, at);
    let found = classes.iter().flat_map(|class| context.ancestors(class)).find(|class| is_class_of(class, &entry.of));
    found.or_else(|| match receiver(context, entry, &attribute.value) {
        Receiver::Is(class) => Some(class),
        _ => None,
    })
}

/// What was dumped into the container: `x` of `x.model_dump()`, directly or through one name.
fn dump_of<'e>(context: &Context<'_, 'e>, container: &'e Expr, at: At) -> Option<&'e Expr> {
    match container {
        Expr::Call(call) => {
            let Expr::Attribute(callee) = &*call.func else { return None };
            let by_alias = call
                .arguments
                .keywords
                .iter()
                .any(|keyword| keyword.arg.as_ref().is_none_or(|name| name.as_str() == "by_alias"));
            (matches!(callee.attr.as_str(), "model_dump" | "dict") && !by_alias).then_some(&*callee.value)
        }
        Expr::Name(name) => {
            let assigned = context.uses.assigned_to(name.id.as_str());
            let mut assigned = assigned.filter(|(.., place)| place.scope == at.scope);
            let (_, value, _) = assigned.next()?;
            let is_call = matches!(value, Expr::Call(_));
            (assigned.next().is_none() && is_call).then(|| dump_of(context, value, at)).flatten()
        }
        _ => None,
    }
}
