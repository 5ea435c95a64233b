//! What a matcher sees of a module, and what it answers.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};

use ruff_python_ast::Expr;

use super::super::names::{Modules, ProjectModule, Scopes, chain_of};
use super::super::parse::{span, with_module};
use super::super::surface::Index;
use super::super::types::Type;
use super::compiled::Compiled;
use super::quoted::Quoted;
use super::rewrite::lowlevel;
use super::stand_ins::StandIns;
use super::uses::{At, Uses};
use super::{
    accepted, argument, by_string, by_version, decorator, handler, literal, member, named, overriding, program, symbol,
    walk,
};
use crate::packages::is_sdk_path;
use crate::source::Span;
use crate::syntax::SyntaxError;

pub use crate::hit::Hit;

/// Answers what the types of expressions are.
pub trait Typing {
    /// The type of the expression at exactly `span` of the file shown as `path`.
    fn type_at(&self, path: &str, span: Span) -> Type;

    /// The same with the newer SDK.
    fn newer_type_at(&self, path: &str, span: Span) -> Type;
}

/// A module to be checked.
#[derive(Debug, Clone, Copy)]
pub struct Module<'a> {
    /// The file, as shown.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// How it is called.
    pub module: &'a ProjectModule,
    /// The modules of its project.
    pub modules: &'a Modules,
    /// Whether the SDK is imported by name in it, so that a guess is worth telling.
    pub imports_sdk: bool,
    /// Names of this module that others of the project import: they must not change.
    pub handed_on: &'a dyn Handed,
    /// The Python packages that the project's manifests ask for, normalised.
    pub declared: &'a BTreeSet<String>,
    /// The older SDK, with the newer one's names for what is merely called otherwise there.
    pub bridge: &'a Index,
}

/// Tells which names of a module others use.
pub trait Handed: std::fmt::Debug + Sync {
    /// Whether some other module imports `name` of `module`, or names it in a string.
    fn is_used_elsewhere(&self, module: &str, name: &str) -> bool;

    /// Whether some module of the project imports a package or a name called `name`, from wherever.
    fn is_imported_anywhere(&self, name: &str) -> bool;
}

/// Everything a matcher may ask. `'r` is the life of the rules, `'t` that of the tree and all that was made of it.
pub(crate) struct Context<'r, 't> {
    pub(crate) module: Module<'t>,
    pub(crate) text: &'t str,
    pub(crate) body: &'t [ruff_python_ast::Stmt],
    pub(crate) scopes: &'t Scopes,
    pub(crate) uses: &'t Uses<'t>,
    pub(crate) rules: &'t Compiled<'r>,
    pub(crate) old: &'t Index,
    pub(crate) new: &'t Index,
    typing: &'t dyn Typing,
    canonical: RefCell<HashMap<String, Vec<String>>>,
    types: RefCell<HashMap<Span, Type>>,
    declared: RefCell<HashMap<String, bool>>,
    reached_by_new_name: OnceCell<member::Reached>,
    is_newer: OnceCell<bool>,
    lowlevel: OnceCell<lowlevel::Plan>,
    stand_ins: OnceCell<StandIns>,
}

/// What a module shows.
#[derive(Debug, Clone)]
pub struct Checked<'r> {
    /// The rules' hits, by place.
    pub hits: Vec<Hit<'r>>,
    /// Whether it imports what only the newer SDK has, and nothing that only the older one has.
    pub is_newer: bool,
    /// The branches on the installed major, in which nothing is to be moved.
    pub by_version: Vec<Span>,
}

/// Asks `rules` about `module`. `old` and `new` are the APIs between which they speak.
///
/// # Errors
/// The text is refused by the parser.
pub fn check<'r>(
    module: Module<'_>,
    rules: &Compiled<'r>,
    (old, new): (&Index, &Index),
    typing: &(dyn Typing + Sync),
) -> Result<Checked<'r>, SyntaxError> {
    with_module(module.text, |parsed| {
        let body = &parsed.syntax().body;
        let scopes = Scopes::of(body, &module.module.package);
        let quoted = Quoted::of(module.text, body);
        let uses = walk::uses(body, &scopes, &quoted, (&module.module.path, &module.module.package));
        let context = Context::new(module, body, (&scopes, &uses), rules, (old, new), typing);
        let mut hits = symbol::hits(&context);
        hits.extend(by_string::hits(&context));
        hits.extend(member::hits(&context));
        hits.extend(argument::hits(&context));
        hits.extend(decorator::hits(&context));
        hits.extend(overriding::hits(&context));
        hits.extend(literal::hits(&context));
        hits.extend(handler::hits(&context));
        hits.extend(named::hits(&context));
        hits.extend(program::hits(&context));
        accepted::leave_out(&context, &mut hits);
        let by_version = by_version::branches(body);
        hits.retain(|hit| !by_version::is_within(&by_version, hit.span));
        hits.sort_by(|one, other| (one.span, &one.rule.id).cmp(&(other.span, &other.rule.id)));
        hits.dedup_by(|one, other| one.span == other.span && one.rule.id == other.rule.id);
        Checked { hits, is_newer: context.is_newer(), by_version }
    })
}

fn is_newer(context: &Context<'_, '_>) -> bool {
    let (mut older, mut newer) = (false, false);
    for import in context.uses.imports.iter().filter(|import| is_sdk_path(&import.path)) {
        match (context.old.canonical(&import.path), context.new.canonical(&import.path)) {
            (Some(_), None) => older = true,
            (None, Some(_)) => newer = true,
            _ => {}
        }
    }
    newer && !older
}

impl<'r, 't> Context<'r, 't> {
    pub(super) fn new(
        module: Module<'t>,
        body: &'t [ruff_python_ast::Stmt],
        (scopes, uses): (&'t Scopes, &'t Uses<'t>),
        rules: &'t Compiled<'r>,
        (old, new): (&'t Index, &'t Index),
        typing: &'t dyn Typing,
    ) -> Self {
        Self {
            module,
            text: module.text,
            body,
            scopes,
            uses,
            rules,
            old,
            new,
            typing,
            canonical: RefCell::default(),
            types: RefCell::default(),
            declared: RefCell::default(),
            reached_by_new_name: OnceCell::new(),
            is_newer: OnceCell::new(),
            lowlevel: OnceCell::new(),
            stand_ins: OnceCell::new(),
        }
    }
}

impl<'t> Context<'_, 't> {
    /// The bytes of a node, as written.
    pub(crate) fn source(&self, node: &impl ruff_text_size::Ranged) -> &'t str {
        let span = span(node);
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Where a path leads: through the project's modules, then to what the older SDK calls it.
    pub(crate) fn canonical(&self, path: &str) -> Vec<String> {
        if let Some(known) = self.canonical.borrow().get(path) {
            return known.clone();
        }
        let found: Vec<String> = self.module.modules.canonical(path, &self.module.module.path);
        let found: Vec<String> =
            found.into_iter().map(|path| if is_sdk_path(&path) { self.in_sdk(path) } else { path }).collect();
        self.canonical.borrow_mut().insert(path.to_owned(), found.clone());
        found
    }

    /// What the older SDK calls a path of the SDK's, in its own words or in the newer one's.
    fn in_sdk(&self, path: String) -> String {
        self.module.bridge.canonical(&path).unwrap_or(path)
    }

    /// Where the dotted name `expression` leads; nothing when it is no dotted name.
    pub(crate) fn paths_of(&self, expression: &Expr, at: At) -> Vec<String> {
        let Some(chain) = chain_of(expression, self.scopes, at.scope, &self.module.module.path) else {
            return Vec::new();
        };
        chain.whole().flat_map(|path| self.canonical(&path)).collect()
    }

    /// Whether a class of the project that is none of the SDK's declares `name`.
    pub(crate) fn declares(&self, name: &str) -> bool {
        *self.declared.borrow_mut().entry(name.to_owned()).or_insert_with(|| self.module.modules.declares(name))
    }

    /// What is reached by names that only the newer SDK has.
    pub(crate) fn reached_by_new_name(&self) -> &member::Reached {
        self.reached_by_new_name.get_or_init(|| member::reached_by_new_name(self))
    }

    /// The type of an expression.
    pub(crate) fn type_of(&self, expression: &Expr) -> Type {
        let span = span(expression);
        if let Some(known) = self.types.borrow().get(&span) {
            return known.clone();
        }
        let found = self.typing.type_at(self.module.path, span);
        self.types.borrow_mut().insert(span, found.clone());
        found
    }

    /// The type of a value as the SDK gives it that the module is written for. Only what is of another package than the
    /// SDK can be told by it: rules know the SDK's own classes as the older one calls them.
    pub(crate) fn value_type_of(&self, expression: &Expr) -> Type {
        if self.is_newer() {
            self.typing.newer_type_at(self.module.path, span(expression))
        } else {
            self.type_of(expression)
        }
    }

    /// The type of an expression with the newer SDK.
    pub(crate) fn newer_type_of(&self, expression: &Expr) -> Type {
        self.typing.newer_type_at(self.module.path, span(expression))
    }

    /// Whether the module imports what only the newer SDK has, and nothing that only the older one has.
    pub(crate) fn is_newer(&self) -> bool {
        *self.is_newer.get_or_init(|| is_newer(self))
    }

    /// What becomes of the registrations with lowlevel servers.
    pub(crate) fn lowlevel(&self) -> &lowlevel::Plan {
        self.lowlevel.get_or_init(|| lowlevel::Plan::of(self))
    }

    /// What stands in for objects in tests.
    pub(crate) fn stand_ins(&self) -> &StandIns {
        self.stand_ins.get_or_init(|| StandIns::of(self))
    }

    /// The class at `path` and everything it derives from, canonical.
    pub(crate) fn ancestors(&self, class: &str) -> Vec<String> {
        let mut found = vec![class.to_owned()];
        for ancestor in self.module.modules.ancestors(class) {
            if is_sdk_path(&ancestor) {
                let canonical = self.in_sdk(ancestor);
                found.extend(self.old.bases(&canonical));
                found.push(canonical);
            } else {
                found.push(ancestor);
            }
        }
        if is_sdk_path(class) {
            found.extend(self.old.bases(class));
        }
        found
    }

    /// Whether an instance of one of `classes` is among what `expression` may be; `None` when nothing is known of it.
    pub(crate) fn is_instance(&self, expression: &Expr, classes: &[String]) -> Option<bool> {
        self.type_of(expression).is_instance(classes)
    }
}
