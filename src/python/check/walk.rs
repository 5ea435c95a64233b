//! The one walk over a module's tree that collects its [`Uses`].

use std::collections::BTreeSet;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_pattern, walk_stmt};
use ruff_python_ast::{ExceptHandler, Expr, Keyword, Pattern, Stmt};
use ruff_text_size::Ranged;

use super::super::imports::suppresses;
use super::super::names::{Scopes, absolute, chain_of};
use super::guards;
use super::quoted::{Quoted, is_named};
use super::uses::{
    At, CallUse, ChainUse, ClassUse, FunctionUse, GuardUse, ImportUse, MemberUse, PathText, RoleKey, Uses, key,
};
use crate::rule::python::Role;

/// Collects what is of interest in `body`, the module `path` in `package`.
pub(crate) fn uses<'t>(
    body: &'t [Stmt],
    scopes: &Scopes,
    quoted: &'t Quoted,
    (path, package): (&str, &str),
) -> Uses<'t> {
    let mut walk = Walk {
        scopes,
        quoted,
        path,
        package,
        at: At { scope: 0, class: None, function: None },
        qualname: Vec::new(),
        guards: Vec::new(),
        roles: BTreeSet::new(),
        subscript: None,
        call: None,
        in_chain: false,
        is_decorator: false,
        out: Uses::default(),
    };
    body.iter().for_each(|statement| walk.visit_stmt(statement));
    walk.out.index();
    walk.out
}

struct Walk<'a, 't> {
    scopes: &'a Scopes,
    quoted: &'t Quoted,
    path: &'a str,
    package: &'a str,
    at: At,
    qualname: Vec<String>,
    guards: Vec<GuardUse>,
    /// The roles of the expression that is visited next, and of all parts of an annotation.
    roles: BTreeSet<RoleKey>,
    subscript: Option<&'t ruff_python_ast::ExprSubscript>,
    call: Option<&'t ruff_python_ast::ExprCall>,
    /// Whether the parent is a dotted name that was taken already.
    in_chain: bool,
    is_decorator: bool,
    out: Uses<'t>,
}

impl<'t> Walk<'_, 't> {
    fn guard(&self) -> GuardUse {
        let mut all = GuardUse::default();
        for guard in &self.guards {
            all.alternatives.extend(guard.alternatives.iter().cloned());
            all.is_caught |= guard.is_caught;
            all.is_typing |= guard.is_typing;
        }
        all
    }

    fn guarded(&mut self, guard: Option<GuardUse>, body: &'t [Stmt]) {
        let pushed = guard.is_some();
        self.guards.extend(guard);
        body.iter().for_each(|statement| self.visit_stmt(statement));
        if pushed {
            self.guards.pop();
        }
    }

    fn import(&mut self, statement: &'t Stmt, alias: &'t ruff_python_ast::Alias, path: String, is_star: bool) {
        let use_ = ImportUse { statement, alias, path, is_star, guard: self.guard(), at: self.at };
        self.out.imports.push(use_);
    }

    /// Visits `expression` in a place that means `role`; within an annotation that stays meant.
    fn visit_as(&mut self, role: Role, expression: &'t Expr) {
        let mut roles: BTreeSet<RoleKey> = [key(role)].into();
        roles.extend(self.roles.contains(&key(Role::Annotation)).then_some(key(Role::Annotation)));
        let outer = std::mem::replace(&mut self.roles, roles);
        self.visit_expr(expression);
        self.roles = outer;
    }

    /// Visits `expression` as one that stands for nothing in particular.
    fn visit_plain(&mut self, expression: &'t Expr) {
        let annotation = self.roles.contains(&key(Role::Annotation)).then_some(key(Role::Annotation));
        let outer = std::mem::replace(&mut self.roles, annotation.into_iter().collect());
        self.visit_expr(expression);
        self.roles = outer;
    }

    fn scoped(&mut self, node: &impl Ranged, work: impl FnOnce(&mut Self)) {
        let outer = self.at;
        self.at.scope = self.scopes.opened_by(node.range()).unwrap_or(outer.scope);
        work(self);
        self.at = outer;
    }

    fn function(&mut self, function: &'t ruff_python_ast::StmtFunctionDef) {
        self.out.functions.push(FunctionUse { node: function, at: self.at });
        let index = self.out.functions.len() - 1;
        function.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
        for parameter in &*function.parameters {
            if let Some(annotation) = parameter.annotation() {
                self.visit_annotation(annotation);
            }
            if let Some(default) = parameter.default() {
                self.visit_expr(default);
            }
        }
        if let Some(returns) = &function.returns {
            self.visit_annotation(returns);
        }
        self.qualname.push(function.name.as_str().to_owned());
        self.scoped(function, |walk| {
            walk.at.function = Some(index);
            walk.visit_body(&function.body);
        });
        self.qualname.pop();
    }

    fn class(&mut self, class: &'t ruff_python_ast::StmtClassDef) {
        self.qualname.push(class.name.as_str().to_owned());
        let path = format!("{}.{}", self.path, self.qualname.join("."));
        self.out.classes.push(ClassUse { node: class, path, at: self.at });
        let index = self.out.classes.len() - 1;
        class.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
        class.bases().iter().for_each(|base| self.visit_as(Role::Base, base));
        class.keywords().iter().for_each(|keyword| self.visit_expr(&keyword.value));
        self.scoped(class, |walk| {
            walk.at.class = Some(index);
            walk.visit_body(&class.body);
        });
        self.qualname.pop();
    }

    fn call(&mut self, call: &'t ruff_python_ast::ExprCall) {
        let is_decorator = std::mem::take(&mut self.is_decorator);
        self.out.calls.push(CallUse { node: call, at: self.at, is_decorator });
        self.text_path(call);
        let outer = self.call.replace(call);
        let mut roles = vec![Role::Call];
        roles.extend(is_decorator.then_some(Role::Decorator));
        let outer_roles = std::mem::replace(&mut self.roles, roles.into_iter().map(key).collect());
        self.visit_expr(&call.func);
        self.roles = outer_roles;
        self.call = outer;
        let checks = is_named(&call.func, "isinstance") || is_named(&call.func, "issubclass");
        for (index, argument) in call.arguments.args.iter().enumerate() {
            if checks && index == 1 {
                self.alternatives(argument, Role::InstanceCheck);
            } else {
                self.visit_plain(argument);
            }
        }
        call.arguments.keywords.iter().for_each(|keyword: &Keyword| self.visit_plain(&keyword.value));
    }

    /// `A`, `(A, B)` and `A | B`.
    fn alternatives(&mut self, expression: &'t Expr, role: Role) {
        match expression {
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|element| self.alternatives(element, role)),
            Expr::BinOp(union) => {
                self.alternatives(&union.left, role);
                self.alternatives(&union.right, role);
            }
            _ => self.visit_as(role, expression),
        }
    }

    fn text_path(&mut self, call: &'t ruff_python_ast::ExprCall) {
        let imports = ["import_module", "__import__", "importorskip", "find_spec", "import_string", "locate"];
        let patches = ["patch", "setattr", "delattr"];
        let kind = if imports.iter().any(|name| is_named(&call.func, name)) {
            PathText::Import
        } else if patches.iter().any(|name| is_named(&call.func, name)) {
            PathText::Patch
        } else {
            return;
        };
        if let Some(Expr::StringLiteral(string)) = call.arguments.args.first()
            && let [literal] = string.value.as_slice()
        {
            self.out.paths_in_text.push((literal, kind));
        }
    }

    fn subscript(&mut self, subscript: &'t ruff_python_ast::ExprSubscript) {
        self.out.subscripts.push((subscript, self.at));
        if is_named(&subscript.value, "modules")
            && let Expr::StringLiteral(string) = &*subscript.slice
            && let [literal] = string.value.as_slice()
        {
            self.out.paths_in_text.push((literal, PathText::Modules));
        }
        let outer = self.subscript.replace(subscript);
        let mut roles = self.roles.clone();
        roles.insert(key(Role::Subscript));
        let outer_roles = std::mem::replace(&mut self.roles, roles);
        self.visit_expr(&subscript.value);
        self.roles = outer_roles;
        self.subscript = outer;
        self.visit_plain(&subscript.slice);
    }
}

impl<'t> SourceOrderVisitor<'t> for Walk<'_, 't> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::Import(import) => {
                for alias in &import.names {
                    self.import(statement, alias, alias.name.as_str().to_owned(), false);
                }
            }
            Stmt::ImportFrom(import) => {
                let module = absolute(self.package, import.level, import.module.as_ref().map(|name| name.as_str()));
                for alias in &import.names {
                    let is_star = alias.name.as_str() == "*";
                    let path = if is_star { module.clone() } else { format!("{module}.{}", alias.name.as_str()) };
                    self.import(statement, alias, path, is_star);
                }
            }
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::If(conditional) => {
                self.visit_expr(&conditional.test);
                let mut guards = guards::of_if(conditional, self.package, self.guards.len()).into_iter();
                self.guarded(guards.next().flatten(), &conditional.body);
                for (clause, guard) in conditional.elif_else_clauses.iter().zip(guards) {
                    if let Some(test) = &clause.test {
                        self.visit_expr(test);
                    }
                    self.guarded(guard, &clause.body);
                }
            }
            Stmt::Try(attempt) => {
                self.out.attempts.push((attempt, self.at));
                let guards = guards::of_try(attempt, self.package, self.guards.len());
                self.guarded(guards.body, &attempt.body);
                for (ExceptHandler::ExceptHandler(handler), guard) in attempt.handlers.iter().zip(guards.handlers) {
                    if let Some(exception) = &handler.type_ {
                        self.alternatives(exception, Role::Except);
                    }
                    self.guarded(guard, &handler.body);
                }
                self.guarded(None, &attempt.orelse);
                self.guarded(None, &attempt.finalbody);
            }
            Stmt::With(with) => {
                self.out.withs.push((&with.items, &with.body, self.at));
                with.items.iter().for_each(|item| self.visit_with_item(item));
                let caught = with.items.iter().any(|item| suppresses(&item.context_expr));
                let guard = caught.then(|| GuardUse { is_caught: true, ..GuardUse::default() });
                self.guarded(guard, &with.body);
            }
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    self.out.assignments.push((target, &assign.value, self.at));
                }
                walk_stmt(self, statement);
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.out.assignments.push((&assign.target, value, self.at));
                }
                walk_stmt(self, statement);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_decorator(&mut self, decorator: &'t ruff_python_ast::Decorator) {
        self.is_decorator = decorator.expression.is_call_expr();
        self.visit_as(Role::Decorator, &decorator.expression);
        self.is_decorator = false;
    }

    fn visit_annotation(&mut self, expression: &'t Expr) {
        self.visit_as(Role::Annotation, expression);
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        match expression {
            Expr::Name(_) | Expr::Attribute(_) => {
                let call = self.call.filter(|call| std::ptr::eq(&*call.func, expression));
                let outer_chain = self.in_chain;
                if !outer_chain && let Some(chain) = chain_of(expression, self.scopes, self.at.scope, self.path) {
                    let mut roles = self.roles.clone();
                    if is_stored(expression) {
                        roles.insert(key(Role::Store));
                    }
                    let subscript = self.subscript.filter(|subscript| std::ptr::eq(&*subscript.value, expression));
                    self.out.chains.push(ChainUse { chain, roles, subscript, call, at: self.at });
                    self.in_chain = true;
                }
                if let Expr::Attribute(attribute) = expression {
                    self.out.members.push(MemberUse { node: attribute, call, at: self.at });
                    let outer = std::mem::take(&mut self.roles);
                    self.visit_expr(&attribute.value);
                    self.roles = outer;
                }
                self.in_chain = outer_chain;
            }
            _ => {
                let outer_chain = std::mem::replace(&mut self.in_chain, false);
                self.other(expression);
                self.in_chain = outer_chain;
            }
        }
    }

    fn visit_pattern(&mut self, pattern: &'t Pattern) {
        if let Pattern::MatchClass(class) = pattern {
            self.out.patterns.push((class, self.at));
            self.visit_as(Role::Pattern, &class.cls);
            class.arguments.patterns.iter().for_each(|pattern| self.visit_pattern(pattern));
            class.arguments.keywords.iter().for_each(|keyword| self.visit_pattern(&keyword.pattern));
        } else {
            walk_pattern(self, pattern);
        }
    }
}

impl<'t> Walk<'_, 't> {
    fn other(&mut self, expression: &'t Expr) {
        match expression {
            Expr::Call(call) => self.call(call),
            Expr::Subscript(subscript) => self.subscript(subscript),
            Expr::Compare(compare) => {
                self.out.compares.push((compare, self.at));
                self.visit_plain(&compare.left);
                compare.comparators.iter().for_each(|operand| self.visit_plain(operand));
            }
            Expr::StringLiteral(string) => {
                if let [literal] = string.value.as_slice()
                    && let Some(tree) = self.quoted.get(literal.range())
                {
                    self.visit_expr(tree);
                }
            }
            Expr::Lambda(lambda) => self.scoped(lambda, |walk| walk.visit_plain(&lambda.body)),
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.scoped(expression, |walk| {
                    let outer = std::mem::take(&mut walk.roles);
                    walk_expr(walk, expression);
                    walk.roles = outer;
                });
            }
            // `A | B` in an annotation or an `isinstance` keeps its meaning for both sides.
            Expr::BinOp(_) | Expr::Tuple(_) => walk_expr(self, expression),
            _ => {
                let annotation = self.roles.contains(&key(Role::Annotation)).then_some(key(Role::Annotation));
                let outer = std::mem::replace(&mut self.roles, annotation.into_iter().collect());
                walk_expr(self, expression);
                self.roles = outer;
            }
        }
    }
}

fn is_stored(expression: &Expr) -> bool {
    use ruff_python_ast::ExprContext::{Del, Store};
    match expression {
        Expr::Attribute(attribute) => matches!(attribute.ctx, Store | Del),
        _ => false,
    }
}
