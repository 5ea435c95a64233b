//! A server's session where only its identity counts. Every message of mcp 2 has a session object of its own, so what
//! is kept under one is never found again.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{CmpOp, Expr, Stmt};

use super::super::super::parse::span;
use super::super::super::types::Part;
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use crate::finding::Confidence;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// The class, canonical.
const SESSION: &str = "mcp.server.session.ServerSession";

const KEY: &str = "what is kept under it is not found again";
const MEMBER: &str = "a set or list never holds the session of another message";
const SAME: &str = "two of one connection are not the same object";

/// Containers that tell their keys or members apart by identity.
const KEYED: [&str; 8] =
    ["dict", "Dict", "defaultdict", "DefaultDict", "OrderedDict", "Mapping", "MutableMapping", "WeakKeyDictionary"];
const SETS: [&str; 5] = ["set", "Set", "frozenset", "MutableSet", "WeakSet"];

/// Methods that take a key, and those that take a member of a set.
const OF_KEYS: [&str; 3] = ["get", "pop", "setdefault"];
const OF_MEMBERS: [&str; 2] = ["add", "discard"];

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut found = Found { context, rule, hits: Vec::new() };
    for (subscript, at) in &context.uses.subscripts {
        if found.is_session(&subscript.slice) {
            found.hit(&subscript.slice, KEY, Confidence::High);
        }
        // `dict[ServerSession, str]`, in an annotation or as the type of what is made.
        let (first, says) = match &*subscript.slice {
            Expr::Tuple(pair) if is_any(&subscript.value, &KEYED) => (pair.elts.first(), KEY),
            one if is_any(&subscript.value, &SETS) => (Some(one), MEMBER),
            _ => (None, ""),
        };
        if let Some(first) = first.filter(|first| context.paths_of(first, *at).iter().any(|path| path == SESSION)) {
            found.hit(first, says, Confidence::High);
        }
    }
    for (compare, _) in &context.uses.compares {
        let mut left = &*compare.left;
        for (operator, right) in compare.ops.iter().zip(&compare.comparators) {
            let says = match operator {
                CmpOp::In | CmpOp::NotIn => Some(MEMBER),
                CmpOp::Is | CmpOp::IsNot | CmpOp::Eq | CmpOp::NotEq if found.is_session(right) => Some(SAME),
                _ => None,
            };
            if let Some(says) = says.filter(|_| found.is_session(left)) {
                found.hit(left, says, Confidence::High);
            }
            left = right;
        }
    }
    for call in &context.uses.calls {
        let Some(first) = call.node.arguments.args.first().filter(|first| found.is_session(first)) else { continue };
        match &*call.node.func {
            Expr::Name(name) if matches!(name.id.as_str(), "id" | "hash") => found.hit(first, SAME, Confidence::High),
            Expr::Attribute(method) => {
                let name = method.attr.as_str();
                let (says, containers) = if OF_KEYS.contains(&name) {
                    (KEY, KEYED.as_slice())
                } else if OF_MEMBERS.contains(&name) {
                    (MEMBER, SETS.as_slice())
                } else {
                    continue;
                };
                if let Some(confidence) = may_be(context, &method.value, containers) {
                    found.hit(first, says, confidence);
                }
            }
            _ => {}
        }
    }
    context.body.iter().for_each(|statement| found.visit_stmt(statement));
    found.hits
}

fn is_any(expression: &Expr, names: &[&str]) -> bool {
    names.iter().any(|name| is_named(expression, name))
}

/// How sure it is that `expression` is one of these containers; `None` when it is something else.
fn may_be(context: &Context<'_, '_>, expression: &Expr, containers: &[&str]) -> Option<Confidence> {
    let found = context.type_of(expression);
    let mut is_known = false;
    for part in &found.parts {
        match part {
            Part::Instance(class) => {
                let names = class.ancestors.iter().filter_map(|path| path.rsplit('.').next());
                if names.into_iter().any(|name| containers.contains(&name)) {
                    return Some(Confidence::High);
                }
                is_known = true;
            }
            Part::Unknown => {}
            _ => is_known = true,
        }
    }
    (!is_known).then_some(Confidence::Medium)
}

struct Found<'c, 'a, 't> {
    context: &'c Context<'a, 't>,
    rule: &'a Rule,
    hits: Vec<Hit<'a>>,
}

impl Found<'_, '_, '_> {
    fn is_session(&self, expression: &Expr) -> bool {
        let is_name = matches!(expression, Expr::Name(_) | Expr::Attribute(_) | Expr::Named(_));
        is_name && self.context.is_instance(expression, &[SESSION.to_owned()]) == Some(true)
    }

    fn hit(&mut self, at: &Expr, says: &str, confidence: Confidence) {
        let hit = Hit::new(self.rule, span(at)).with("value", self.context.source(at)).with("advice", says);
        self.hits.push(hit.at_most(confidence));
    }
}

/// Displays and comprehensions of sets and dictionaries, which the walk over a module does not collect.
impl<'t> SourceOrderVisitor<'t> for Found<'_, '_, '_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        let (keys, says): (Vec<&Expr>, _) = match expression {
            Expr::Dict(dict) => (dict.items.iter().filter_map(|item| item.key.as_ref()).collect(), KEY),
            Expr::Set(set) => (set.elts.iter().collect(), MEMBER),
            Expr::SetComp(set) => (vec![&*set.elt], MEMBER),
            _ => (Vec::new(), ""),
        };
        for key in keys {
            if self.is_session(key) {
                self.hit(key, says, Confidence::High);
            }
        }
        walk_expr(self, expression);
    }
}
