//! The order in which a module is looked at: what binds a name before what is within.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};

use super::super::names::absolute;
use super::walk::Walk;
use crate::python::parse::span;

impl<'t> SourceOrderVisitor<'t> for Walk<'_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                self.decorated(function);
                function.decorator_list.iter().for_each(|one| self.visit_decorator(one));
                self.visit_parameters(&function.parameters);
                let scope = self.roles.scopes.opened_by(function.range).unwrap_or(self.scope);
                self.parameters(function, scope);
                self.depth += 1;
                self.scoped(function, |walk| walk.visit_body(&function.body));
                self.depth -= 1;
            }
            Stmt::ClassDef(class) => {
                self.derived(class);
                class.decorator_list.iter().for_each(|one| self.visit_decorator(one));
                let outer = self.class.replace(class.name.as_str().to_owned());
                self.scoped(class, |walk| walk.visit_body(&class.body));
                self.class = outer;
            }
            Stmt::Import(import) => {
                import.names.iter().for_each(|alias| self.imported(alias.name.as_str(), span(alias)));
            }
            Stmt::ImportFrom(import) => {
                let package = self.roles.scopes.package();
                let module = absolute(package, import.level, import.module.as_ref().map(|name| name.as_str()));
                for alias in &import.names {
                    self.imported(&format!("{module}.{}", alias.name.as_str()), span(&alias.name));
                }
            }
            Stmt::Assign(assign) => {
                let role = self.role(&assign.value);
                for target in &assign.targets {
                    self.bind(target, role);
                    self.bind_text(target, &assign.value);
                    self.assigned_handler(target);
                    self.assigned_setting(target, &assign.value);
                }
                walk_stmt(self, statement);
            }
            Stmt::AnnAssign(assign) => {
                let declared = self.roles.annotated(&assign.annotation, self.scope);
                let role = declared.or_else(|| assign.value.as_deref().and_then(|value| self.role(value)));
                self.bind(&assign.target, role);
                if let Some(value) = assign.value.as_deref() {
                    self.visit_expr(value);
                }
            }
            Stmt::With(with) => {
                for item in &with.items {
                    if let Some(target) = item.optional_vars.as_deref() {
                        let role = self.role(&item.context_expr);
                        self.bind(target, role);
                    }
                }
                walk_stmt(self, statement);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        match expression {
            Expr::Call(call) => {
                self.call(call);
                walk_expr(self, expression);
            }
            Expr::Subscript(subscript) => {
                self.subscript(subscript);
                walk_expr(self, expression);
            }
            Expr::Named(named) => {
                let role = self.role(&named.value);
                self.bind(&named.target, role);
                walk_expr(self, expression);
            }
            Expr::Lambda(_) | Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.scoped(expression, |walk| walk_expr(walk, expression));
            }
            _ => walk_expr(self, expression),
        }
    }
}
