//! One walk over the tree that gathers an [`Outline`].

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprCall, ExprDict, Operator, Stmt};

use super::lower::{Aliases, Lower, path};
use super::outline::{FileName, Outline, Site, Statement, StatementKind, Wanted};
use super::parse::{errors, span, with_module};
use super::strings;
use super::value::{Call, Kind, Value};
use crate::source::{Fragment, Span};
use crate::syntax::SyntaxError;

/// Reads `text`.
///
/// # Errors
/// When the text cannot be read at all; syntax errors are in the outline.
pub fn outline<'a>(text: &'a str, wanted: &Wanted<'_>) -> Result<Outline<'a>, SyntaxError> {
    with_module(text, |parsed| {
        let mut walk = Walk {
            text,
            wanted: *wanted,
            aliases: Aliases::new(),
            found: Outline { errors: errors(parsed), ..Outline::default() },
            asserted: 0,
            functions: Vec::new(),
            calls: Vec::new(),
        };
        walk.visit_body(&parsed.syntax().body);
        walk.found
    })
}

struct Walk<'a, 'w> {
    text: &'a str,
    wanted: Wanted<'w>,
    aliases: Aliases,
    found: Outline<'a>,
    asserted: usize,
    functions: Vec<String>,
    calls: Vec<String>,
}

impl<'a> Walk<'a, '_> {
    fn value(&self, expression: &Expr) -> Value<'a> {
        Lower { text: self.text, aliases: &self.aliases }.value(expression)
    }

    fn bind(&mut self, target: &Expr, kind: StatementKind, value: &Expr) {
        if !self.wanted.statements || !matches!(target, Expr::Name(_) | Expr::Subscript(_)) {
            return;
        }
        let (target, value) = (self.value(target), self.value(value));
        self.found.statements.push(Statement { target, kind, value, in_function: !self.functions.is_empty() });
    }

    fn assignments(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    self.bind(target, StatementKind::Assign, &assign.value);
                }
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.bind(&assign.target, StatementKind::Assign, value);
                }
            }
            Stmt::AugAssign(assign) if matches!(assign.op, Operator::Add | Operator::BitOr) => {
                self.bind(&assign.target, StatementKind::Extend, &assign.value);
            }
            Stmt::With(with) => {
                for item in &with.items {
                    if let Some(target) = &item.optional_vars {
                        self.bind(target, StatementKind::Assign, &item.context_expr);
                    }
                }
            }
            Stmt::Return(returned) => {
                // A function that returns literals is followed as a name of its own, which no other name clashes with.
                if let (Some(function), Some(value)) = (self.functions.last(), &returned.value) {
                    let target = Value { span: span(statement), kind: Kind::Name(format!("{function}()")) };
                    let value = self.value(value);
                    let kind = StatementKind::Assign;
                    self.found.statements.push(Statement { target, kind, value, in_function: true });
                }
            }
            Stmt::For(for_loop) => self.bind(&for_loop.target, StatementKind::Assign, &for_loop.iter),
            Stmt::Expr(expression) => {
                let Expr::Call(call) = &*expression.value else { return };
                let Expr::Attribute(method) = &*call.func else { return };
                let kind = match method.attr.as_str() {
                    "extend" | "update" => StatementKind::Extend,
                    "append" | "add" | "insert" => StatementKind::Append,
                    _ => return,
                };
                if let Some(argument) = call.arguments.args.last() {
                    self.bind(&method.value, kind, argument);
                }
            }
            _ => {}
        }
    }

    fn imports(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Import(import) => {
                for alias in &import.names {
                    if let Some(name) = &alias.asname {
                        self.aliases.insert(name.as_str().to_owned(), alias.name.as_str().to_owned());
                    }
                }
            }
            Stmt::ImportFrom(import) if import.level == 0 => {
                let Some(module) = &import.module else { return };
                for alias in &import.names {
                    let local = alias.asname.as_ref().unwrap_or(&alias.name);
                    let target = format!("{}.{}", module.as_str(), alias.name.as_str());
                    self.aliases.insert(local.as_str().to_owned(), target);
                }
            }
            _ => {}
        }
    }

    fn call(&mut self, call: &ExprCall) -> String {
        let lower = Lower { text: self.text, aliases: &self.aliases };
        let path = lower.resolved(&path(&call.func));
        if (self.wanted.call)(&path) {
            let function = self.functions.last().cloned();
            let call = Call { function, ..lower.call(call, self.asserted > 0) };
            self.found.calls.push(call);
        }
        let arguments: Vec<&Expr> = call.arguments.args.iter().collect();
        self.joined(&arguments);
        path
    }

    /// A file name that `os.path.join`, `joinpath` or `/` puts together from strings at the end.
    fn joined(&mut self, parts: &[&Expr]) {
        let Some(last) = parts.last().filter(|_| parts.len() > 1) else { return };
        let Expr::StringLiteral(literal) = last else { return };
        let name = strings::fragment(self.text, literal);
        let tail = parts.iter().rev().map_while(|part| match part {
            Expr::StringLiteral(literal) => Some(strings::fragment(self.text, literal).text().to_owned()),
            _ => None,
        });
        let mut tail: Vec<String> = tail.take(8).collect();
        tail.reverse();
        if tail.last().is_some_and(|name| is_requirements_file(name)) {
            self.file(&tail.join("/"), name.span(0..name.text().len()));
        }
    }

    fn file(&mut self, target: &str, span: Span) {
        // What a join has told already is told better; outer expressions are met first.
        if self.found.files.iter().rev().take(16).all(|file| file.span != span) {
            let (target, function) = (target.to_owned(), self.functions.last().cloned());
            self.found.files.push(FileName { target, span, function });
        }
    }

    fn list(&mut self, expression: &Expr, elements: &[Expr]) {
        let wanted = elements.iter().take(64).any(|element| match element {
            Expr::StringLiteral(literal) => (self.wanted.list)(strings::fragment(self.text, literal).text()),
            _ => false,
        });
        if wanted {
            let site = self.site(expression);
            self.found.lists.push(site);
        }
    }

    fn dict(&mut self, expression: &Expr, dict: &ExprDict) {
        let has = |wanted: &&str| {
            dict.items.iter().take(64).any(|item| match &item.key {
                Some(Expr::StringLiteral(key)) => key.value.to_str() == *wanted,
                _ => false,
            })
        };
        if !self.wanted.keys.is_empty() && self.wanted.keys.iter().all(has) {
            let site = self.site(expression);
            self.found.dicts.push(site);
        }
    }

    fn site(&self, expression: &Expr) -> Site<'a> {
        Site {
            value: self.value(expression),
            within: self.calls.last().cloned().unwrap_or_default(),
            asserted: self.asserted > 0,
        }
    }
}

/// Whether a string is the name of a file of requirements, by its look.
fn is_requirements_file(text: &str) -> bool {
    let named = text.len() < 200 && !text.contains(['\n', '*', ' ', '%', '{']);
    let name = text.rsplit(['/', '\\']).next().unwrap_or(text).to_ascii_lowercase();
    named && name.len() > 3 && (name.ends_with(".txt") || name.ends_with(".in") && name != "manifest.in")
}

impl<'t> SourceOrderVisitor<'t> for Walk<'_, '_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        self.imports(statement);
        if self.wanted.statements {
            self.assignments(statement);
        }
        match statement {
            Stmt::Assert(_) => {
                self.asserted += 1;
                walk_stmt(self, statement);
                self.asserted -= 1;
            }
            Stmt::FunctionDef(function) => {
                self.functions.push(function.name.as_str().to_owned());
                walk_stmt(self, statement);
                self.functions.pop();
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        match expression {
            Expr::Call(call) => {
                let path = self.call(call);
                // `assertEqual`, `mock.assert_called_with`.
                let asserts = path.rsplit('.').next().is_some_and(|name| name.starts_with("assert"));
                self.asserted += usize::from(asserts);
                self.calls.push(path);
                walk_expr(self, expression);
                self.calls.pop();
                self.asserted -= usize::from(asserts);
            }
            Expr::Compare(_) => {
                self.asserted += 1;
                walk_expr(self, expression);
                self.asserted -= 1;
            }
            Expr::List(list) => {
                self.list(expression, &list.elts);
                walk_expr(self, expression);
            }
            Expr::Tuple(tuple) => {
                self.list(expression, &tuple.elts);
                walk_expr(self, expression);
            }
            Expr::Dict(dict) => {
                self.dict(expression, dict);
                walk_expr(self, expression);
            }
            Expr::BinOp(operation) if operation.op == Operator::Div => {
                let mut parts: Vec<&Expr> = vec![&operation.right];
                let mut left = &operation.left;
                while let Expr::BinOp(inner) = &**left {
                    if inner.op != Operator::Div || parts.len() > 8 {
                        break;
                    }
                    parts.push(&inner.right);
                    left = &inner.left;
                }
                parts.push(left);
                parts.reverse();
                self.joined(&parts);
                walk_expr(self, expression);
            }
            Expr::StringLiteral(literal) => {
                let value: Fragment<'_> = strings::fragment(self.text, literal);
                if is_requirements_file(value.text()) {
                    self.file(value.text(), value.span(0..value.text().len()));
                }
            }
            _ => walk_expr(self, expression),
        }
    }
}
