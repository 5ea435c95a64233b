//! One look at a module, taken twice: first for what its names hold, then for what is done with them.

use ruff_python_ast::visitor::source_order::SourceOrderVisitor;
use ruff_python_ast::{Expr, ExprCall, Stmt, StmtClassDef, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::super::names::{Modules, Scopes};
use super::known::{self, HANDLERS, Role, TELLING};
use super::roles::Roles;
use crate::portrait::{Fact, Kind, Transport, shortened};
use crate::python::check::string;
use crate::python::parse::span;
use crate::source::Span;

pub(super) fn walk(body: &[Stmt], scopes: &Scopes, text: &str, path: &str, modules: &Modules) -> Vec<Fact> {
    let roles = Roles::new(scopes, path, modules);
    let mut walk = Walk { roles, text, scope: 0, class: None, depth: 0, is_first: true, out: Vec::new() };
    walk.visit_body(body);
    walk.is_first = false;
    walk.visit_body(body);
    walk.out
}

pub(super) struct Walk<'a> {
    pub(super) roles: Roles<'a>,
    pub(super) text: &'a str,
    pub(super) scope: usize,
    pub(super) class: Option<String>,
    /// How many functions are around.
    pub(super) depth: usize,
    /// Whether this is the look for what names hold.
    pub(super) is_first: bool,
    pub(super) out: Vec<Fact>,
}

/// The text of a string that is all of `expression`.
fn owned(expression: &Expr) -> Option<String> {
    string(expression).map(str::to_owned)
}

fn keyword<'t>(call: &'t ExprCall, name: &str) -> Option<&'t Expr> {
    call.arguments.find_keyword(name).map(|keyword| &keyword.value)
}

impl Walk<'_> {
    pub(super) fn role(&self, expression: &Expr) -> Option<Role> {
        self.roles.of(expression, self.scope, self.class.as_deref())
    }

    pub(super) fn bind(&mut self, target: &Expr, role: Option<Role>) {
        if self.is_first {
            let class = self.class.clone();
            self.roles.bind(target, (self.scope, class.as_deref()), role);
        }
    }

    /// Constants of the module and of its classes; those of functions mean something else in each.
    pub(super) fn bind_text(&mut self, target: &Expr, value: &Expr) {
        if self.is_first && self.depth == 0 {
            let class = self.class.clone();
            self.roles.bind_text(class.as_deref(), target, value);
        }
    }

    fn add(&mut self, fact: Fact) {
        if !self.is_first {
            self.out.push(fact);
        }
    }

    fn written(&self, at: Span) -> String {
        shortened(self.text.get(at.start..at.end).unwrap_or_default())
    }

    fn settings(&self, call: &ExprCall) -> Vec<(String, String)> {
        let telling = call.arguments.keywords.iter().filter_map(|one| {
            let name = one.arg.as_ref()?.as_str();
            TELLING.contains(&name).then(|| (name.to_owned(), self.written(span(&one.value))))
        });
        telling.collect()
    }

    /// The name that a declaration gives: by keyword, or as its first argument.
    fn declared_name(&self, call: &ExprCall, keywords: &[&str]) -> Option<Option<String>> {
        let by_name = keywords.iter().find_map(|name| keyword(call, name));
        by_name.or_else(|| call.arguments.args.first()).map(|value| self.roles.text(value))
    }

    pub(super) fn imported(&mut self, path: &str, at: Span) {
        if path.starts_with("mcp.server.auth") || path.starts_with("mcp.client.auth") {
            self.add(Fact { name: Some(path.to_owned()), ..Fact::new(Kind::AuthImport, path, at) });
        } else if path.starts_with("mcp.") && path.contains(".experimental") {
            self.add(Fact::new(Kind::Tasks, path, at));
        }
    }

    /// What a decorated function declares.
    pub(super) fn decorated(&mut self, function: &StmtFunctionDef) {
        for decorator in &function.decorator_list {
            let (callee, call) = match &decorator.expression {
                Expr::Call(call) => (&*call.func, Some(call)),
                other => (other, None),
            };
            let Expr::Attribute(method) = callee else { continue };
            let (name, role) = (method.attr.as_str(), self.role(&method.value));
            let by = format!("@{}", self.written(span(callee)));
            if let Some(kind) = known::declared(name)
                && matches!(role, Some(Role::Server) | None)
            {
                let named = match (call, kind) {
                    (Some(call), Kind::Resource) => self.declared_name(call, &["uri", "uri_template"]),
                    (Some(call), _) => self.declared_name(call, &["name"]),
                    (None, _) => None,
                };
                let name = named.unwrap_or_else(|| Some(function.name.as_str().to_owned()));
                self.add(Fact { name, ..Fact::new(kind, by, span(&function.name)) });
            } else if HANDLERS.contains(&name) && matches!(role, Some(Role::Lowlevel | Role::Server) | None) {
                let name = Some(name.to_owned());
                self.add(Fact { name, ..Fact::new(Kind::Handler, by, span(&function.name)) });
            }
        }
    }

    pub(super) fn derived(&mut self, class: &StmtClassDef) {
        for base in class.bases() {
            let base = super::super::names::base_name(base);
            let paths = self.roles.classes(base, self.scope);
            if let Some((kind, path)) = paths.iter().find_map(|path| Some((known::derived(path)?, path.clone()))) {
                let name = Some(class.name.as_str().to_owned());
                self.add(Fact { name, ..Fact::new(kind, path, span(&class.name)) });
            }
            if paths.iter().any(|path| path == "pydantic_settings.BaseSettings") {
                self.settings_class(class);
                break;
            }
        }
    }

    /// The variables that the fields of a settings class are read from.
    fn settings_class(&mut self, class: &StmtClassDef) {
        let mut prefix = String::new();
        for statement in &class.body {
            let value = match statement {
                Stmt::Assign(assign) => &*assign.value,
                _ => continue,
            };
            if let Expr::Call(call) = value
                && let Some(found) = keyword(call, "env_prefix").and_then(owned)
            {
                prefix = found;
            }
        }
        for statement in &class.body {
            let Stmt::AnnAssign(field) = statement else { continue };
            let Expr::Name(name) = &*field.target else { continue };
            if name.id.as_str() == "model_config" {
                continue;
            }
            let called = match field.value.as_deref() {
                Some(Expr::Call(call)) => {
                    ["validation_alias", "alias", "env"].iter().find_map(|name| keyword(call, name)).and_then(owned)
                }
                _ => None,
            };
            let variable = called.unwrap_or_else(|| format!("{prefix}{}", name.id.as_str()).to_uppercase());
            let by = "pydantic_settings.BaseSettings";
            self.add(Fact { name: Some(variable), ..Fact::new(Kind::Environment, by, span(name)) });
        }
    }

    /// `receiver.settings.field = value`, which an older server is set up with after it was made.
    pub(super) fn assigned_setting(&mut self, target: &Expr, value: &Expr) {
        let Expr::Attribute(field) = target else { return };
        let Expr::Attribute(settings) = &*field.value else { return };
        let name = field.attr.as_str();
        if settings.attr.as_str() != "settings" || self.role(&settings.value) != Some(Role::Server) {
            return;
        }
        let Some(kind @ (Kind::SessionState | Kind::AuthConfiguration)) = known::passed(name) else { return };
        let settings = vec![(name.to_owned(), self.written(span(value)))];
        let by = self.written(span(target));
        self.add(Fact { name: Some(name.to_owned()), settings, ..Fact::new(kind, by, span(&field.attr)) });
    }

    /// `server.request_handlers[Request] = handler`, with which a lowlevel server of 1.x is given what no decorator takes.
    pub(super) fn assigned_handler(&mut self, target: &Expr) {
        let Expr::Subscript(subscript) = target else { return };
        let Expr::Attribute(handlers) = &*subscript.value else { return };
        let is_it = matches!(handlers.attr.as_str(), "request_handlers" | "notification_handlers");
        if is_it && matches!(self.role(&handlers.value), Some(Role::Lowlevel) | None) {
            let name = Some(self.written(span(&*subscript.slice)));
            let by = self.written(span(&*subscript.value));
            self.add(Fact { name, ..Fact::new(Kind::Handler, by, span(&*subscript.slice)) });
        }
    }

    pub(super) fn subscript(&mut self, subscript: &ruff_python_ast::ExprSubscript) {
        let paths = self.roles.paths(&subscript.value, self.scope);
        if paths.iter().any(|path| path == "os.environ") {
            let name = owned(&subscript.slice);
            self.add(Fact { name, ..Fact::new(Kind::Environment, "os.environ", span(subscript)) });
        }
    }

    pub(super) fn call(&mut self, call: &ExprCall) {
        if self.is_first {
            return;
        }
        let classes = self.roles.classes(&call.func, self.scope);
        if classes.iter().any(|path| matches!(path.as_str(), "os.getenv" | "os.environ.get" | "os.environ.pop")) {
            let name = call.arguments.args.first().and_then(owned);
            self.add(Fact { name, ..Fact::new(Kind::Environment, classes[0].clone(), span(call)) });
            return;
        }
        let found = classes.iter().find_map(|path| Some((known::called(path)?, path.clone())));
        match found {
            Some((known, path)) => {
                let name = match known.kind {
                    Kind::Server => self.declared_name(call, &["name"]).flatten(),
                    _ => None,
                };
                let settings = self.settings(call);
                let transport = known.transport;
                let fact = Fact { name, settings, transport, ..Fact::new(known.kind, path.clone(), span(&*call.func)) };
                self.add(fact);
                self.passed(call, &path);
                if known.kind == Kind::Client && path.ends_with(".Client") {
                    self.reached(call, &path);
                }
            }
            None if classes.iter().any(|path| known::is_ours(path)) => self.model(call, &classes),
            None => self.method(call),
        }
    }

    /// A client that is told at once what to talk to.
    fn reached(&mut self, call: &ExprCall, path: &str) {
        let Some(target) = call.arguments.args.first() else { return };
        let transport = match (string(target), self.role(target)) {
            (Some(text), _) if text.starts_with("http") => Transport::Http,
            (None, Some(Role::Server | Role::Lowlevel)) => Transport::Memory,
            _ => Transport::Unknown,
        };
        let fact = Fact::new(Kind::ClientTransport, path, span(target));
        self.add(Fact { transport: Some(transport), ..fact });
    }

    /// What passing arguments by their names uses.
    fn passed(&mut self, call: &ExprCall, path: &str) {
        for one in &call.arguments.keywords {
            let Some(name) = &one.arg else { continue };
            let Some(kind) = known::passed(name.as_str()).filter(|_| !one.value.is_none_literal_expr()) else {
                continue;
            };
            let settings = vec![(name.as_str().to_owned(), self.written(span(&one.value)))];
            self.add(Fact { name: Some(name.as_str().to_owned()), settings, ..Fact::new(kind, path, span(name)) });
        }
    }

    /// What a lowlevel server declares: by values that it answers with.
    fn model(&mut self, call: &ExprCall, classes: &[String]) {
        let Some(path) = classes.iter().find(|path| known::is_ours(path)) else { return };
        let (kind, by) = match path.rsplit('.').next() {
            Some("Tool") => (Kind::Tool, "name"),
            Some("Prompt") => (Kind::Prompt, "name"),
            Some("Resource") => (Kind::Resource, "uri"),
            Some("ResourceTemplate") => (Kind::Resource, "uriTemplate"),
            _ => return,
        };
        if let Some(value) = keyword(call, by).or_else(|| keyword(call, "uri_template")) {
            // `AnyUrl("…")` is the text within.
            let inner = value.as_call_expr().and_then(|inner| inner.arguments.args.first());
            let name = self.roles.text(value).or_else(|| inner.and_then(owned));
            let written = name.is_none().then(|| (by.to_owned(), self.written(span(value))));
            let settings = written.into_iter().collect();
            self.add(Fact { name, settings, ..Fact::new(kind, path.clone(), span(&*call.func)) });
        }
    }

    /// A method that is called on something.
    fn method(&mut self, call: &ExprCall) {
        let Expr::Attribute(method) = &*call.func else { return };
        let (name, role) = (method.attr.as_str(), self.role(&method.value));
        if role == Some(Role::Foreign) {
            return;
        }
        let (by, at) = (self.written(span(&*call.func)), span(&method.attr));
        let is_server = matches!(role, Some(Role::Server));
        let transport = match name {
            "run_stdio_async" => Some(Transport::Stdio),
            "run_sse_async" | "sse_app" => Some(Transport::Sse),
            "run_streamable_http_async" | "streamable_http_app" => Some(Transport::Http),
            "http_app" | "run_http_async" if is_server => Some(Transport::Http),
            "run" | "run_async" if is_server || role.is_none() && keyword(call, "transport").is_some() => {
                let told = keyword(call, "transport").or_else(|| call.arguments.args.first());
                Some(told.map_or(Transport::Stdio, |told| match string(told) {
                    Some("stdio") => Transport::Stdio,
                    Some("sse") => Transport::Sse,
                    Some("streamable-http" | "http" | "streamable_http") => Transport::Http,
                    _ => Transport::Unknown,
                }))
            }
            _ => None,
        };
        if transport.is_some() {
            let settings = self.settings(call);
            self.add(Fact { transport, settings, ..Fact::new(Kind::ServerTransport, by.clone(), at) });
            self.passed(call, &by);
            return;
        }
        let added = match name {
            "add_tool" => Some(Kind::Tool),
            "add_resource" | "add_template" => Some(Kind::Resource),
            "add_prompt" => Some(Kind::Prompt),
            _ => None,
        };
        if let Some(kind) = added.filter(|_| is_server) {
            let given = keyword(call, "name").map(|value| self.roles.text(value));
            let function = call.arguments.args.first().and_then(Expr::as_name_expr);
            let name = given.unwrap_or_else(|| function.map(|name| name.id.as_str().to_owned()));
            self.add(Fact { name, ..Fact::new(kind, by, at) });
        } else if matches!(name, "add_request_handler" | "add_notification_handler") && role == Some(Role::Lowlevel) {
            let name = call.arguments.args.first().map(|one| self.written(span(one)));
            self.add(Fact { name, ..Fact::new(Kind::Handler, by, at) });
        } else if let Some((kind, is_distinctive)) = known::used(name) {
            let is_logger = kind == Kind::Logging && name != "send_log_message" && name != "set_logging_level";
            let is_ours = match role {
                Some(Role::Context) => true,
                Some(_) => !is_logger,
                None => is_distinctive,
            };
            if is_ours {
                self.add(Fact { name: Some(name.to_owned()), ..Fact::new(kind, by, at) });
            }
        }
    }

    /// What a parameter is asked through; the object of a method is of its class.
    pub(super) fn parameters(&mut self, function: &StmtFunctionDef, scope: usize) {
        if !self.is_first {
            return;
        }
        for parameter in &*function.parameters {
            let role = parameter.annotation().and_then(|annotation| self.roles.annotated(annotation, self.scope));
            self.roles.bind_parameter(parameter.name().as_str(), scope, role);
        }
        let returned = function.returns.as_deref().and_then(|returns| self.roles.annotated(returns, self.scope));
        if let Some(role) = returned.filter(|role| *role != Role::Foreign && self.scope == 0) {
            let path = format!("{}.{}", self.roles.path, function.name.as_str());
            self.roles.returns(path, role);
        }
    }

    pub(super) fn scoped(&mut self, node: &impl Ranged, work: impl FnOnce(&mut Self)) {
        let outer = self.scope;
        self.scope = self.roles.scopes.opened_by(node.range()).unwrap_or(outer);
        work(self);
        self.scope = outer;
    }
}
