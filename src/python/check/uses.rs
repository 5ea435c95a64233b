//! The places in a module that rules look at, collected in one walk so that no rule walks the tree again.

use std::collections::{BTreeSet, HashMap, HashSet};

use ruff_python_ast::{
    Expr, ExprAttribute, ExprCall, ExprCompare, ExprSubscript, PatternMatchClass, StmtClassDef, StmtFunctionDef,
    StmtTry, StringLiteral, WithItem,
};

use super::super::names::Chain;
use super::super::parse::span;
use super::value::string;
use crate::rule::python::Role;
use crate::source::Span;

/// Everything of interest in one module. `'t` is the life of its tree.
#[derive(Debug, Default)]
pub(crate) struct Uses<'t> {
    pub(crate) imports: Vec<ImportUse<'t>>,
    pub(crate) chains: Vec<ChainUse<'t>>,
    pub(crate) members: Vec<MemberUse<'t>>,
    pub(crate) calls: Vec<CallUse<'t>>,
    pub(crate) classes: Vec<ClassUse<'t>>,
    pub(crate) functions: Vec<FunctionUse<'t>>,
    pub(crate) compares: Vec<(&'t ExprCompare, At)>,
    pub(crate) subscripts: Vec<(&'t ExprSubscript, At)>,
    pub(crate) patterns: Vec<(&'t PatternMatchClass, At)>,
    pub(crate) attempts: Vec<(&'t StmtTry, At)>,
    pub(crate) withs: Vec<(&'t [WithItem], &'t [ruff_python_ast::Stmt], At)>,
    /// Strings that a patch or an import by name takes, or that index `sys.modules`.
    pub(crate) paths_in_text: Vec<(&'t StringLiteral, PathText)>,
    /// The chains whose first part is bound, by that part, as indices into `chains`.
    pub(crate) bound: HashMap<&'t str, Vec<usize>>,
    /// The names that `__all__` lists.
    pub(crate) listed: HashSet<&'t str>,
    /// `target = value`, each target on its own.
    pub(crate) assignments: Vec<Assignment<'t>>,
    /// The assignments to names, by the name, as indices into `assignments`.
    assigned: HashMap<&'t str, Vec<usize>>,
    /// The same by where the value stands.
    values: HashMap<Span, usize>,
}

/// The target, the value, and where they stand.
pub(crate) type Assignment<'t> = (&'t Expr, &'t Expr, At);

impl<'t> Uses<'t> {
    /// Makes what is looked up by name.
    pub(crate) fn index(&mut self) {
        for (index, one) in self.chains.iter().enumerate().filter(|(_, one)| one.chain.is_bound) {
            if let Some((first, _)) = one.chain.parts.first() {
                self.bound.entry(first).or_default().push(index);
            }
        }
        for (index, (target, value, _)) in self.assignments.iter().enumerate() {
            self.values.entry(span(*value)).or_insert(index);
            if let Expr::Name(target) = target {
                self.assigned.entry(target.id.as_str()).or_default().push(index);
            }
            let names = match value {
                Expr::List(list) => &list.elts,
                Expr::Tuple(tuple) => &tuple.elts,
                _ => continue,
            };
            if matches!(target, Expr::Name(target) if target.id.as_str() == "__all__") {
                self.listed.extend(names.iter().filter_map(string));
            }
        }
    }

    /// The assignments to `name` anywhere in the module, in its order.
    pub(crate) fn assigned_to(&self, name: &str) -> impl Iterator<Item = &Assignment<'t>> {
        self.assigned.get(name).into_iter().flatten().filter_map(|index| self.assignments.get(*index))
    }

    /// The first assignment of the value that stands at `span`.
    pub(crate) fn assignment_of(&self, span: Span) -> Option<&Assignment<'t>> {
        self.assignments.get(*self.values.get(&span)?)
    }
}

/// Where a use stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct At {
    /// The scope that names are looked up from.
    pub(crate) scope: usize,
    /// The innermost class around it, as an index into [`Uses::classes`].
    pub(crate) class: Option<usize>,
    /// The innermost function around it, as an index into [`Uses::functions`].
    pub(crate) function: Option<usize>,
}

/// What a path in a string is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathText {
    /// A module that is imported by name.
    Import,
    /// The target of a patch.
    Patch,
    /// A key of `sys.modules`.
    Modules,
}

/// One name of an import statement.
#[derive(Debug)]
pub(crate) struct ImportUse<'t> {
    /// The statement.
    pub(crate) statement: &'t ruff_python_ast::Stmt,
    /// The name among the statement's.
    pub(crate) alias: &'t ruff_python_ast::Alias,
    /// The full path: `mcp.types.Tool` of `from mcp.types import Tool`. Of a star, that of the module.
    pub(crate) path: String,
    /// Whether everything is imported.
    pub(crate) is_star: bool,
    /// What surrounds it.
    pub(crate) guard: GuardUse,
    pub(crate) at: At,
}

impl ImportUse<'_> {
    /// The bytes a finding about it marks: the name as imported.
    pub(crate) fn span(&self) -> Span {
        span(&self.alias.name)
    }

    /// The name it binds, with the bytes that bind it.
    pub(crate) fn bound(&self) -> &str {
        let name = self.alias.asname.as_ref().unwrap_or(&self.alias.name).as_str();
        match self.alias.asname {
            Some(_) => name,
            None => name.split('.').next().unwrap_or(name),
        }
    }
}

/// What decides whether an import that fails does harm.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct GuardUse {
    /// What the other branches of the `try` and `if` statements around it import instead.
    pub(crate) alternatives: Vec<String>,
    /// Its failure is caught.
    pub(crate) is_caught: bool,
    /// It is seen by type checkers only.
    pub(crate) is_typing: bool,
}

/// A dotted name in an expression.
#[derive(Debug)]
pub(crate) struct ChainUse<'t> {
    pub(crate) chain: Chain<'t>,
    /// Where the whole of it stands.
    pub(crate) roles: BTreeSet<RoleKey>,
    /// The subscript it is the value of.
    pub(crate) subscript: Option<&'t ExprSubscript>,
    /// The call it is the callee of.
    pub(crate) call: Option<&'t ExprCall>,
    pub(crate) at: At,
}

/// A role, with an order.
pub(crate) type RoleKey = u8;

/// The key of a role.
pub(crate) fn key(role: Role) -> RoleKey {
    role as RoleKey
}

/// An attribute of an expression.
#[derive(Debug)]
pub(crate) struct MemberUse<'t> {
    pub(crate) node: &'t ExprAttribute,
    /// The call it is the callee of.
    pub(crate) call: Option<&'t ExprCall>,
    pub(crate) at: At,
}

impl<'t> MemberUse<'t> {
    pub(crate) fn name(&self) -> &'t str {
        self.node.attr.as_str()
    }
}

/// A call.
#[derive(Debug)]
pub(crate) struct CallUse<'t> {
    pub(crate) node: &'t ExprCall,
    pub(crate) at: At,
    /// Whether it decorates something.
    pub(crate) is_decorator: bool,
}

/// A class statement.
#[derive(Debug)]
pub(crate) struct ClassUse<'t> {
    pub(crate) node: &'t StmtClassDef,
    /// Its path within the project.
    pub(crate) path: String,
    pub(crate) at: At,
}

/// A function statement.
#[derive(Debug)]
pub(crate) struct FunctionUse<'t> {
    pub(crate) node: &'t StmtFunctionDef,
    pub(crate) at: At,
}
