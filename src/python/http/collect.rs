//! One walk over a module that tells what it does with httpx. Whatever is made of httpx and is not seen to end in the
//! SDK's hands counts as used for something else.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprCall, Parameters, Stmt, StmtClassDef, StmtFunctionDef};

use super::super::names::{Scopes, chain_of};
use super::super::parse::span;
use super::{CLIENT, FOREIGN, Http, is_authentication, sends};
use crate::packages::is_sdk_path;
use crate::source::Span;

const FACTORY: &str = "httpx_client_factory";

/// What may be done with a client that leaves it to whoever is handed it.
const HARMLESS: [&str; 7] = ["aclose", "auth", "event_hooks", "follow_redirects", "headers", "is_closed", "timeout"];

/// What the module does with httpx.
pub(crate) fn http(body: &[Stmt], scopes: &Scopes, text: &str, module: &str) -> Http {
    let mut out = Http::default();
    for path in scopes.imported() {
        let top = path.split('.').next().unwrap_or(path);
        out.uses_httpx |= top == "httpx";
        out.has_foreign |= FOREIGN.contains(&top);
    }
    // Most modules have nothing to do with it.
    if !["http", "auth"].iter().any(|word| text.contains(word)) {
        return out;
    }
    let mut walk = Walk {
        scopes,
        module,
        scope: 0,
        around: Vec::new(),
        seen: HashSet::new(),
        held: BTreeMap::new(),
        touched: BTreeSet::new(),
        out,
    };
    body.iter().for_each(|statement| walk.visit_stmt(statement));
    walk.finish()
}

/// What holds a client: a name of a scope, or an attribute of that name of whatever.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Holder {
    Name(usize, String),
    Attribute(String),
}

struct Walk<'a> {
    scopes: &'a Scopes,
    module: &'a str,
    scope: usize,
    /// The classes and functions around, and which of them are classes.
    around: Vec<(String, bool)>,
    /// The expressions whose use is known.
    seen: HashSet<Span>,
    /// What makes that which is held.
    held: BTreeMap<Holder, BTreeSet<String>>,
    /// What is used for something else.
    touched: BTreeSet<Holder>,
    out: Http,
}

impl Walk<'_> {
    fn finish(mut self) -> Http {
        for (holder, made_by) in self.held {
            if self.touched.contains(&holder) {
                self.out.consumed.extend(made_by);
            }
        }
        self.out
    }

    fn paths(&self, expression: &Expr) -> Vec<String> {
        let chain = chain_of(expression, self.scopes, self.scope, self.module);
        chain.map(|chain| chain.whole().collect()).unwrap_or_default()
    }

    /// The path of the function around, as others call it.
    fn function(&self) -> Option<String> {
        let (name, is_class) = self.around.last()?;
        let is_method = self.around.iter().nth_back(1).is_some_and(|(_, is_class)| *is_class);
        let names: Vec<&str> = self.around.iter().map(|(name, _)| name.as_str()).collect();
        let path = if is_method { self.method(name) } else { format!("{}.{}", self.module, names.join(".")) };
        (!is_class).then_some(path)
    }

    /// The path of a method, whatever it is one of.
    fn method(&self, name: &str) -> String {
        format!("{}#{name}", self.module)
    }

    /// The call that makes the value of `expression`, and what is called.
    fn made<'t>(&self, expression: &'t Expr) -> Option<(&'t ExprCall, Vec<String>)> {
        let call = match expression {
            Expr::Await(awaited) => return self.made(&awaited.value),
            Expr::Call(call) => call,
            _ => return None,
        };
        if last(&call.func) == Some("enter_async_context") {
            return self.made(call.arguments.args.first()?);
        }
        let mut paths = self.paths(&call.func);
        if paths.is_empty()
            && let Expr::Attribute(method) = &*call.func
        {
            paths.push(self.method(method.attr.as_str()));
        }
        Some((call, paths))
    }

    fn holder(&self, expression: &Expr) -> Option<Holder> {
        match expression {
            Expr::Name(name) => {
                let scope = self.scopes.scope_of(name.id.as_str(), self.scope)?;
                Some(Holder::Name(scope, name.id.as_str().to_owned()))
            }
            Expr::Attribute(attribute) => Some(Holder::Attribute(attribute.attr.as_str().to_owned())),
            _ => None,
        }
    }

    /// `target` holds what `value` makes.
    fn bind(&mut self, target: &Expr, value: &Expr) {
        let Some(holder) = self.holder(target) else { return };
        if let Some((call, paths)) = self.made(value) {
            self.seen.insert(span(call));
            self.held.entry(holder).or_default().extend(paths);
        } else if let Some(from) = self.holder(value)
            && let Some(paths) = self.held.get(&from).cloned()
        {
            self.seen.insert(span(value));
            self.held.entry(holder).or_default().extend(paths);
        }
    }

    fn names_client(&self, annotation: &Expr) -> bool {
        let mut found = Names { walk: self, found: false };
        found.visit_expr(annotation);
        found.found
    }

    fn annotated(&mut self, target: Holder, annotation: &Expr) {
        if self.out.uses_httpx && self.names_client(annotation) {
            self.held.entry(target).or_default().insert(CLIENT.to_owned());
        }
    }

    fn parameters(&mut self, parameters: &Parameters) {
        for parameter in parameters {
            if let Some(annotation) = parameter.annotation() {
                self.annotated(Holder::Name(self.scope, parameter.name().as_str().to_owned()), annotation);
            }
        }
    }

    /// What the SDK is handed, or somebody who calls it the same.
    fn hand(&mut self, value: &Expr) {
        match value {
            Expr::Call(call) if last(&call.func) == Some("partial") => {
                call.arguments.args.first().into_iter().for_each(|first| self.hand(first));
            }
            Expr::Lambda(lambda) => {
                if let Some((call, paths)) = self.made(&lambda.body) {
                    self.seen.insert(span(call));
                    self.out.handed.extend(paths);
                }
            }
            _ => {
                let paths = self.paths(value);
                if let (true, Expr::Attribute(method)) = (paths.is_empty(), value) {
                    self.out.handed.insert(self.method(method.attr.as_str()));
                }
                self.out.handed.extend(paths);
            }
        }
    }

    fn hand_factory(&mut self, value: &Expr) {
        let before = self.out.handed.len();
        self.hand(value);
        // A parameter that is passed on names nothing.
        self.out.names_factory |= self.out.handed.len() > before;
    }

    fn call(&mut self, call: &ExprCall) {
        let callees = self.paths(&call.func);
        let name = last(&call.func);
        for keyword in &call.arguments.keywords {
            let Some(argument) = keyword.arg.as_ref().map(|name| name.as_str()) else { continue };
            match argument {
                FACTORY => self.hand_factory(&keyword.value),
                "http_client" if name == Some("streamable_http_client") => {
                    if let Some((made, paths)) = self.made(&keyword.value) {
                        self.seen.insert(span(made));
                        self.out.handed.extend(paths);
                    } else if let Some(holder) = self.holder(&keyword.value) {
                        self.seen.insert(span(&keyword.value));
                        let made_by = self.held.get(&holder).into_iter().flatten().cloned();
                        self.out.handed.extend(made_by);
                    }
                }
                "auth" | "timeout" => {}
                _ => continue,
            }
            if argument != "timeout" || name == Some("create_mcp_http_client") {
                self.out.takers.extend(callees.iter().cloned());
            }
        }
        if name == Some("enter_async_context") {
            for argument in
                call.arguments.args.iter().filter(|argument| argument.is_name_expr() || argument.is_attribute_expr())
            {
                self.seen.insert(span(argument));
            }
        }
        if !self.seen.contains(&span(call)) {
            let counts = |path: &&String| sends(path) || !path.starts_with("httpx.") && !is_sdk_path(path);
            self.out.consumed.extend(callees.iter().filter(counts).cloned());
            if let (true, Expr::Attribute(method)) = (callees.is_empty(), &*call.func) {
                self.out.consumed.insert(self.method(method.attr.as_str()));
            }
        }
    }

    fn function_def(&mut self, function: &StmtFunctionDef) {
        for decorator in &function.decorator_list {
            self.visit_expr(&decorator.expression);
        }
        let outer = self.scope;
        self.scope = self.scopes.opened_by(function.range).unwrap_or(outer);
        self.around.push((function.name.as_str().to_owned(), false));
        self.parameters(&function.parameters);
        self.visit_parameters(&function.parameters);
        function.returns.iter().for_each(|returns| self.visit_annotation(returns));
        self.visit_body(&function.body);
        self.around.pop();
        self.scope = outer;
    }

    fn class_def(&mut self, class: &StmtClassDef) {
        for base in class.bases() {
            let bases = self.paths(base);
            if bases.iter().any(|base| is_authentication(base)) {
                self.out.signers.insert(format!("{}.{}", self.module, class.name.as_str()));
            }
            // Its instances send requests, and who makes them is not followed.
            if bases.iter().any(|base| matches!(base.as_str(), "httpx.AsyncClient" | "httpx.Client")) {
                self.out.consumed.insert(CLIENT.to_owned());
            }
        }
        let outer = self.scope;
        self.scope = self.scopes.opened_by(class.range).unwrap_or(outer);
        self.around.push((class.name.as_str().to_owned(), true));
        class.arguments.iter().for_each(|bases| self.visit_arguments(bases));
        self.visit_body(&class.body);
        self.around.pop();
        self.scope = outer;
    }
}

impl<'t> SourceOrderVisitor<'t> for Walk<'_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::FunctionDef(function) => return self.function_def(function),
            Stmt::ClassDef(class) => return self.class_def(class),
            Stmt::Assign(assign) => assign.targets.iter().for_each(|target| self.bind(target, &assign.value)),
            Stmt::AnnAssign(assign) => {
                let in_class = self.around.last().is_some_and(|(_, is_class)| *is_class);
                if let (true, Expr::Name(name)) = (in_class, &*assign.target) {
                    self.annotated(Holder::Attribute(name.id.as_str().to_owned()), &assign.annotation);
                } else if let Some(holder) = self.holder(&assign.target) {
                    self.annotated(holder, &assign.annotation);
                }
                if let Some(value) = &assign.value {
                    self.bind(&assign.target, value);
                }
            }
            Stmt::With(with) => {
                for item in &with.items {
                    match &item.optional_vars {
                        Some(target) => self.bind(target, &item.context_expr),
                        None => {
                            self.seen.insert(span(&item.context_expr));
                        }
                    }
                }
            }
            Stmt::Return(returned) => {
                if let Some(value) = &returned.value {
                    let holder = self.holder(value).and_then(|holder| self.held.get(&holder));
                    let made_by = match self.made(value) {
                        Some((call, paths)) => {
                            self.seen.insert(span(call));
                            paths
                        }
                        None => holder.into_iter().flatten().cloned().collect(),
                    };
                    if made_by.iter().any(|path| path == CLIENT) {
                        self.seen.insert(span(&**value));
                        self.out.makers.extend(self.function());
                    } else {
                        self.out.consumed.extend(made_by);
                    }
                }
            }
            // What a call on its own line makes is nobody's; a call of a client shows as use of the client.
            Stmt::Expr(alone) => {
                if let Some((call, paths)) = self.made(&alone.value)
                    && !paths.iter().any(|path| path.starts_with("httpx."))
                {
                    self.seen.insert(span(call));
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        let is_known = self.seen.contains(&span(expression));
        match expression {
            Expr::Call(call) => self.call(call),
            Expr::Dict(dict) => {
                for item in &dict.items {
                    let key = item.key.as_ref().and_then(Expr::as_string_literal_expr);
                    if key.is_some_and(|key| key.value.to_str() == FACTORY) {
                        self.hand_factory(&item.value);
                    }
                }
            }
            Expr::Attribute(attribute) => {
                if HARMLESS.contains(&attribute.attr.as_str()) {
                    self.seen.insert(span(&*attribute.value));
                }
                let is_load = attribute.ctx.is_load();
                if let Some(holder) = self.holder(expression).filter(|_| is_load && !is_known) {
                    self.touched.insert(holder);
                }
            }
            Expr::Name(name) if name.ctx.is_load() && !is_known => {
                self.touched.extend(self.holder(expression));
            }
            Expr::Compare(compare) if compare.comparators.iter().all(Expr::is_none_literal_expr) => {
                self.seen.insert(span(&*compare.left));
            }
            _ => {}
        }
        if self.out.uses_httpx && !self.out.gives {
            let gives = |path: &String| {
                let name = path.strip_prefix("httpx.");
                name.is_some_and(|name| !name.ends_with("Error") && !name.ends_with("Exception"))
            };
            self.out.gives = self.paths(expression).iter().any(gives);
        }
        walk_expr(self, expression);
    }
}

/// Looks for the client's class in an annotation.
struct Names<'w, 'a> {
    walk: &'w Walk<'a>,
    found: bool,
}

impl<'t> SourceOrderVisitor<'t> for Names<'_, '_> {
    fn visit_expr(&mut self, expression: &'t Expr) {
        let quoted =
            expression.as_string_literal_expr().is_some_and(|text| text.value.to_str().contains("AsyncClient"));
        self.found |= quoted || self.walk.paths(expression).iter().any(|path| path == CLIENT);
        walk_expr(self, expression);
    }
}

fn last(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }
}
