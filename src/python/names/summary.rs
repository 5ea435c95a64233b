//! What a module hands on to those that import it: its names and its classes with their bases. Owns its strings, so
//! that it outlives the tree.

use std::collections::HashMap;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{Expr, Stmt};

use super::super::parse::with_module;
use super::resolve::{chain_of, follow};
use super::scopes::Scopes;
use crate::python::http::{Http, http};
use crate::python::servers::{Servers, servers};

/// What a tool's schema of its answers is called in either major.
const OUTPUT_SCHEMA: [&[u8]; 2] = [b"outputSchema", b"output_schema"];

/// What a module hands on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The paths each name of the module may stand for; none for what is no import, class or function.
    pub names: HashMap<String, Vec<String>>,
    /// The modules of which everything is imported.
    pub stars: Vec<String>,
    /// Everything that is imported anywhere in the module, by its path.
    pub imports: Vec<String>,
    /// The classes, by their name within the module.
    pub classes: HashMap<String, ClassSummary>,
    /// The servers it makes and starts.
    pub servers: Servers,
    /// Whether it may say what tools answer.
    pub says_output_schema: bool,
    /// What it does with httpx.
    pub http: Http,
}

/// A class of the project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClassSummary {
    /// The paths of its bases.
    pub bases: Vec<String>,
    /// The methods its body defines.
    pub methods: Vec<String>,
    /// What its body declares in camelCase, as the older SDK's models do.
    pub camel: Vec<String>,
}

/// The summary of a module whose own dotted path is `module`, beginning with a colon, in the package `package`.
/// Empty for a text that is refused.
pub fn summary(text: &str, module: &str, package: &str) -> Summary {
    with_module(text, |parsed| of_body(&parsed.syntax().body, text, module, package)).unwrap_or_default()
}

fn of_body(body: &[Stmt], text: &str, module: &str, package: &str) -> Summary {
    let scopes = Scopes::of(body, package);
    let mut names = HashMap::new();
    for (name, bindings) in scopes.exports() {
        let mut paths = Vec::new();
        follow(bindings, &scopes, 0, module, &mut paths);
        names.insert(name.to_owned(), paths);
    }
    let stars = scopes.star_imports().map(str::to_owned).collect();
    let mut walk = Walk { scopes: &scopes, module, at: 0, qualname: Vec::new(), classes: HashMap::new() };
    for statement in body {
        walk.visit_stmt(statement);
    }
    let classes = walk.classes;
    let servers = servers(body, &scopes, text, module);
    let http = http(body, &scopes, text, module);
    let says_output_schema = OUTPUT_SCHEMA.iter().any(|name| memchr::memmem::find(text.as_bytes(), name).is_some());
    let imports = scopes.imported().map(str::to_owned).collect();
    Summary { names, stars, imports, classes, servers, says_output_schema, http }
}

struct Walk<'a> {
    scopes: &'a Scopes,
    module: &'a str,
    at: usize,
    qualname: Vec<String>,
    classes: HashMap<String, ClassSummary>,
}

/// The expression that names a base: that of `Base[int]` is `Base`.
pub(crate) fn base_name(base: &Expr) -> &Expr {
    match base {
        Expr::Subscript(subscript) => &subscript.value,
        _ => base,
    }
}

fn is_camel(name: &str) -> bool {
    name.starts_with(|first: char| first.is_lowercase()) && name.contains(char::is_uppercase)
}

impl<'t> SourceOrderVisitor<'t> for Walk<'_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        let (name, range) = match statement {
            Stmt::ClassDef(class) => (class.name.as_str(), class.range),
            Stmt::FunctionDef(function) => (function.name.as_str(), function.range),
            _ => return walk_stmt(self, statement),
        };
        self.qualname.push(name.to_owned());
        if let Stmt::ClassDef(class) = statement {
            let mut found = ClassSummary::default();
            for base in class.bases() {
                if let Some(chain) = chain_of(base_name(base), self.scopes, self.at, self.module) {
                    found.bases.extend(chain.whole());
                }
            }
            let methods = class.body.iter().filter_map(|statement| match statement {
                Stmt::FunctionDef(method) => Some(method.name.as_str().to_owned()),
                _ => None,
            });
            found.methods = methods.collect();
            let declared = class.body.iter().filter_map(|statement| match statement {
                Stmt::AnnAssign(assign) => assign.target.as_name_expr(),
                Stmt::Assign(assign) => assign.targets.first().and_then(Expr::as_name_expr),
                _ => None,
            });
            found.camel =
                declared.map(|name| name.id.as_str()).filter(|name| is_camel(name)).map(str::to_owned).collect();
            self.classes.insert(self.qualname.join("."), found);
        }
        let outer = self.at;
        self.at = self.scopes.opened_by(range).unwrap_or(outer);
        match statement {
            Stmt::ClassDef(class) => self.visit_body(&class.body),
            Stmt::FunctionDef(function) => self.visit_body(&function.body),
            _ => {}
        }
        self.at = outer;
        self.qualname.pop();
    }

    /// No expression defines a class that anybody imports.
    fn visit_expr(&mut self, _: &'t Expr) {}
}
