//! Resolves dotted names to the paths they may stand for within one module.

use std::collections::HashSet;

use ruff_python_ast::Expr;

use super::super::parse::span;
use super::scopes::{Binding, Scopes};
use crate::source::Span;

/// How many other spellings of a name are followed, one behind the other.
const MAX_ALIASES: usize = 8;

/// How many bindings are looked at for one name: each alias may lead to several others.
const MAX_BINDINGS: usize = 256;

/// A dotted name, `types.Tool`, and what its first part stands for.
#[derive(Debug, Clone)]
pub(crate) struct Chain<'t> {
    /// The parts, each with its bytes.
    pub(crate) parts: Vec<(&'t str, Span)>,
    /// The paths the first part may stand for; more than one where branches import differently. A name that nothing
    /// binds stands for itself: it is a builtin, or comes from a star import.
    pub(crate) roots: Vec<String>,
    /// Whether the first part was imported by exactly its own name: `Tool`, not `types`.
    pub(crate) is_bound: bool,
}

impl Chain<'_> {
    /// The paths that the first `count` parts may stand for.
    pub(crate) fn paths(&self, count: usize) -> impl Iterator<Item = String> {
        let rest: String = self.parts[1..count].iter().flat_map(|(part, _)| [".", part]).collect();
        self.roots.iter().map(move |root| format!("{root}{rest}"))
    }

    /// The paths of the whole.
    pub(crate) fn whole(&self) -> impl Iterator<Item = String> {
        self.paths(self.parts.len())
    }
}

/// The dotted name that `expression` is, as seen from `scope`; `None` when it is no dotted name, or when its first
/// part is bound to something that no path leads to.
pub(crate) fn chain_of<'t>(expression: &'t Expr, scopes: &Scopes, scope: usize, module: &str) -> Option<Chain<'t>> {
    let mut parts = Vec::new();
    let mut at = expression;
    let root = loop {
        match at {
            Expr::Attribute(attribute) if parts.len() < 32 => {
                parts.push((attribute.attr.as_str(), span(&attribute.attr)));
                at = &attribute.value;
            }
            Expr::Name(name) => break name,
            _ => return None,
        }
    };
    parts.push((root.id.as_str(), span(root)));
    parts.reverse();
    let (roots, is_bound) = roots_of(root.id.as_str(), scopes, scope, module);
    (!roots.is_empty()).then_some(Chain { parts, roots, is_bound })
}

/// What a single name may stand for, and whether anything binds it.
fn roots_of(name: &str, scopes: &Scopes, scope: usize, module: &str) -> (Vec<String>, bool) {
    let Some(bindings) = scopes.lookup(name, scope) else {
        let mut roots = vec![name.to_owned()];
        roots.extend(scopes.star_imports().map(|from| format!("{from}.{name}")));
        return (roots, false);
    };
    let mut roots = Vec::new();
    follow(bindings, scopes, scope, module, &mut roots);
    (roots, true)
}

/// The paths that `bindings` lead to, each once.
pub(super) fn follow(bindings: &[Binding], scopes: &Scopes, scope: usize, module: &str, out: &mut Vec<String>) {
    let mut left = MAX_BINDINGS;
    follow_on(bindings, (scopes, scope, module), MAX_ALIASES, &mut left, out);
    let mut known = HashSet::new();
    out.retain(|path| known.insert(path.clone()));
}

fn follow_on(
    bindings: &[Binding],
    (scopes, scope, module): (&Scopes, usize, &str),
    aliases: usize,
    left: &mut usize,
    out: &mut Vec<String>,
) {
    for binding in bindings {
        let Some(next) = left.checked_sub(1) else { return };
        *left = next;
        match binding {
            Binding::Import { path, .. } => out.push(path.clone()),
            Binding::Class(name) | Binding::Function(name) => out.push(format!("{module}.{name}")),
            Binding::Alias(parts) if aliases > 0 => {
                let Some((first, rest)) = parts.split_first() else { continue };
                let mut roots = Vec::new();
                if let Some(bindings) = scopes.lookup(first, scope) {
                    follow_on(bindings, (scopes, scope, module), aliases - 1, left, &mut roots);
                }
                let rest: String = rest.iter().flat_map(|part| [".", part]).collect();
                out.extend(roots.into_iter().map(|root| format!("{root}{rest}")));
            }
            Binding::Alias(_) | Binding::Absent | Binding::Other => {}
        }
    }
}
