//! What the names of a module hold, as far as its text tells: a server, a session, what a tool is handed, or something else.

use std::collections::HashMap;

use ruff_python_ast::{Expr, Operator};

use super::super::names::{Modules, Scopes, chain_of};
use super::known::{self, Role};
use crate::python::check::string;

/// What names hold, with what is needed to tell.
pub(super) struct Roles<'a> {
    pub(super) scopes: &'a Scopes,
    pub(super) path: &'a str,
    pub(super) modules: &'a Modules,
    by_name: HashMap<(usize, String), Option<Role>>,
    by_attribute: HashMap<(String, String), Option<Role>>,
    returned: HashMap<String, Role>,
    /// The texts that names of the module and of its classes stand for; nothing where there are several.
    texts: HashMap<String, Option<String>>,
}

impl<'a> Roles<'a> {
    pub(super) fn new(scopes: &'a Scopes, path: &'a str, modules: &'a Modules) -> Self {
        let (by_name, by_attribute) = (HashMap::new(), HashMap::new());
        let (returned, texts) = (HashMap::new(), HashMap::new());
        Self { scopes, path, modules, by_name, by_attribute, returned, texts }
    }

    /// The paths that an expression stands for, through the project's own modules.
    pub(super) fn paths(&self, expression: &Expr, scope: usize) -> Vec<String> {
        let Some(chain) = chain_of(expression, self.scopes, scope, self.path) else { return Vec::new() };
        chain.whole().flat_map(|path| self.modules.canonical(&path, self.path)).collect()
    }

    /// The same for what is called or derived from, with what classes of the project derive from.
    pub(super) fn classes(&self, expression: &Expr, scope: usize) -> Vec<String> {
        let mut all = self.paths(expression, scope);
        let above: Vec<String> =
            all.iter().filter(|path| path.starts_with(':')).flat_map(|path| self.modules.ancestors(path)).collect();
        all.extend(above);
        all
    }

    /// Remembers that `target` holds what `role` says. What holds several things holds the first of the SDK's.
    pub(super) fn bind(&mut self, target: &Expr, (scope, class): (usize, Option<&str>), role: Option<Role>) {
        match target {
            Expr::Name(name) => {
                if let Some(scope) = self.scopes.scope_of(name.id.as_str(), scope) {
                    let known = self.by_name.entry((scope, name.id.as_str().to_owned())).or_insert(role);
                    *known = better(*known, role);
                }
            }
            Expr::Attribute(attribute) if attribute.value.is_name_expr() => {
                if let Some(class) = class {
                    let key = (class.to_owned(), attribute.attr.as_str().to_owned());
                    let known = self.by_attribute.entry(key).or_insert(role);
                    *known = better(*known, role);
                }
            }
            _ => {}
        }
    }

    /// Remembers a parameter of the function whose scope is `scope`.
    pub(super) fn bind_parameter(&mut self, name: &str, scope: usize, role: Option<Role>) {
        self.by_name.insert((scope, name.to_owned()), role);
    }

    /// Remembers what the function of this path says that it returns.
    pub(super) fn returns(&mut self, path: String, role: Role) {
        self.returned.insert(path, role);
    }

    /// Remembers that a name of the module, or of the class that is said, stands for what it is assigned.
    pub(super) fn bind_text(&mut self, class: Option<&str>, target: &Expr, value: &Expr) {
        let Expr::Name(name) = target else { return };
        let name = name.id.as_str();
        let known = class.map_or_else(|| name.to_owned(), |class| format!("{class}.{name}"));
        let text = string(value).map(str::to_owned);
        self.texts.entry(known).and_modify(|known| *known = None).or_insert(text);
    }

    /// The text that is all of `expression`, or that the name it is stands for: a constant, or the member of an enumeration.
    pub(super) fn text(&self, expression: &Expr) -> Option<String> {
        let key = match expression {
            Expr::StringLiteral(text) => return Some(text.value.to_str().to_owned()),
            Expr::Name(name) => name.id.as_str().to_owned(),
            Expr::Attribute(attribute) => match &*attribute.value {
                inner @ Expr::Attribute(_) if attribute.attr.as_str() == "value" => return self.text(inner),
                Expr::Name(class) => format!("{}.{}", class.id.as_str(), attribute.attr.as_str()),
                _ => return None,
            },
            _ => return None,
        };
        self.texts.get(&key).cloned().flatten()
    }

    /// What `expression` holds; `None` when that cannot be told.
    pub(super) fn of(&self, expression: &Expr, scope: usize, class: Option<&str>) -> Option<Role> {
        match expression {
            Expr::Name(name) => {
                let bound = self.scopes.scope_of(name.id.as_str(), scope);
                if let Some(role) = bound.and_then(|scope| self.by_name.get(&(scope, name.id.as_str().to_owned()))) {
                    return *role;
                }
                self.named(expression, scope)
            }
            Expr::Attribute(attribute) => {
                let name = attribute.attr.as_str();
                if let (Expr::Name(_), Some(class)) = (&*attribute.value, class)
                    && let Some(role) = self.by_attribute.get(&(class.to_owned(), name.to_owned()))
                {
                    return *role;
                }
                match self.of(&attribute.value, scope, class) {
                    Some(Role::Context) => match name {
                        "session" => Some(Role::Session),
                        "request_context" => Some(Role::Context),
                        "fastmcp" | "mcp_server" => Some(Role::Server),
                        _ => None,
                    },
                    Some(Role::Server) if matches!(name, "_mcp_server" | "_lowlevel_server") => Some(Role::Lowlevel),
                    Some(Role::Session) if name == "session" => Some(Role::Session),
                    Some(Role::Foreign) => Some(Role::Foreign),
                    _ => self.named(expression, scope),
                }
            }
            Expr::Call(call) => {
                if let Expr::Attribute(method) = &*call.func
                    && method.attr.as_str() == "get_context"
                {
                    return Some(Role::Context);
                }
                let classes = self.classes(&call.func, scope);
                let roles = classes.iter().filter_map(|path| self.of_path(path));
                roles.fold(None, |known, role| better(known, Some(role)))
            }
            Expr::Await(inner) => self.of(&inner.value, scope, class),
            Expr::Named(inner) => self.of(&inner.value, scope, class),
            Expr::StringLiteral(_) | Expr::Dict(_) | Expr::List(_) => Some(Role::Foreign),
            _ => None,
        }
    }

    fn of_path(&self, path: &str) -> Option<Role> {
        if let Some(role) = self.returned.get(path) {
            return Some(*role);
        }
        // What a function or a class of the project gives is not known by its name.
        if path.starts_with(':') { None } else { known::role(path) }
    }

    /// What a name from elsewhere holds: a server that another module makes, or something of another package.
    fn named(&self, expression: &Expr, scope: usize) -> Option<Role> {
        let paths = self.paths(expression, scope);
        if paths.iter().any(|path| self.modules.makes_server(path)) {
            return Some(Role::Server);
        }
        let is_bound = |expression: &Expr| match expression {
            Expr::Name(name) => self.scopes.scope_of(name.id.as_str(), scope).is_some(),
            _ => true,
        };
        let is_foreign = |path: &String| !path.starts_with(':') && !known::is_ours(path);
        (is_bound(expression) && !paths.is_empty() && paths.iter().all(is_foreign)).then_some(Role::Foreign)
    }

    /// What a value of this annotation is asked through.
    pub(super) fn annotated(&self, annotation: &Expr, scope: usize) -> Option<Role> {
        match annotation {
            Expr::BinOp(either) if either.op == Operator::BitOr => {
                better(self.annotated(&either.left, scope), self.annotated(&either.right, scope))
            }
            Expr::Subscript(subscript) => {
                let name = match &*subscript.value {
                    Expr::Name(name) => name.id.as_str(),
                    Expr::Attribute(attribute) => attribute.attr.as_str(),
                    _ => "",
                };
                match (name, &*subscript.slice) {
                    ("Optional" | "Union" | "Annotated", Expr::Tuple(items)) => {
                        items.elts.iter().fold(None, |known, one| better(known, self.annotated(one, scope)))
                    }
                    ("Optional" | "Union" | "Annotated", one) => self.annotated(one, scope),
                    _ => self.annotated(&subscript.value, scope),
                }
            }
            Expr::StringLiteral(text) => {
                let parsed = ruff_python_parser::parse_expression(text.value.to_str()).ok()?;
                match parsed.expr() {
                    Expr::StringLiteral(_) => None,
                    inner => self.annotated(inner, scope),
                }
            }
            Expr::NoneLiteral(_) => None,
            _ => {
                let classes = self.classes(annotation, scope);
                let is_open = |path: &&String| path.starts_with("typing.") || path.starts_with(':');
                let roles = classes.iter().filter(|path| !is_open(path)).filter_map(|path| known::role(path));
                roles.fold(None, |known, role| better(known, Some(role)))
            }
        }
    }
}

/// Of two things that a name may hold, the one of the SDK.
fn better(one: Option<Role>, other: Option<Role>) -> Option<Role> {
    match (one, other) {
        (Some(Role::Foreign) | None, Some(role)) if role != Role::Foreign => Some(role),
        _ => one.or(other),
    }
}
