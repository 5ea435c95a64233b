//! The scopes of a module and what each binds, collected before anything is resolved, because a function may use a
//! name that the module binds further down.

use std::collections::{HashMap, HashSet};

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprContext, Parameters, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::super::parse::span;
use crate::source::Span;

/// What binds a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Binding {
    /// An import; the dotted path it stands for. A path of the project's own begins with a colon.
    Import {
        /// The dotted path.
        path: String,
        /// The bound name, or the imported one when there is no `as`.
        span: Span,
    },
    /// Another spelling of a dotted name: `Server = lowlevel.Server`.
    Alias(Vec<String>),
    /// A class, by its name within the module.
    Class(String),
    /// A function, by its name within the module.
    Function(String),
    /// `None`, which stands for what could not be imported.
    Absent,
    /// Anything else.
    Other,
}

impl Binding {
    /// Whether both lead to the same, wherever they stand.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Import { path, .. }, Self::Import { path: known, .. }) => path == known,
            _ => self == other,
        }
    }
}

/// How many ways in which a scope binds one name are told apart, and how many modules of which everything is imported:
/// more than anybody writes by hand. What a generator writes beyond that would take every use of the name as long.
const MAX_BINDINGS: usize = 64;

/// One scope.
#[derive(Debug, Default)]
struct Scope {
    parent: Option<usize>,
    /// Names of a class body are not seen from the functions in it.
    is_class: bool,
    names: HashMap<String, Vec<Binding>>,
    /// Names that `global` hands to the module.
    globals: HashSet<String>,
}

/// The scopes of a module. Number 0 is the module's own.
#[derive(Debug)]
pub(crate) struct Scopes {
    scopes: Vec<Scope>,
    by_node: HashMap<TextRange, usize>,
    /// The modules of which everything is imported, by scope.
    stars: Vec<(usize, String)>,
    /// Every name that some scope binds.
    bound: HashSet<String>,
    package: String,
}

impl Scopes {
    /// Collects the scopes of `body`. `package` is the dotted path of the package that relative imports start from,
    /// beginning with a colon.
    pub(crate) fn of(body: &[Stmt], package: &str) -> Self {
        let mut walk = Walk {
            out: Self {
                scopes: vec![Scope::default()],
                by_node: HashMap::new(),
                stars: Vec::new(),
                bound: HashSet::new(),
                package: package.to_owned(),
            },
            at: 0,
            package,
            qualname: Vec::new(),
        };
        for statement in body {
            walk.visit_stmt(statement);
        }
        let names = walk.out.scopes.iter().flat_map(|scope| scope.names.keys());
        walk.out.bound = names.cloned().collect();
        walk.out
    }

    /// The scope that the node at `range` opens.
    pub(crate) fn opened_by(&self, range: TextRange) -> Option<usize> {
        self.by_node.get(&range).copied()
    }

    /// The names of the module's own scope.
    pub(crate) fn exports(&self) -> impl Iterator<Item = (&str, &[Binding])> {
        self.scopes[0].names.iter().map(|(name, bindings)| (name.as_str(), bindings.as_slice()))
    }

    /// The paths of everything that is imported, in any scope.
    pub(crate) fn imported(&self) -> impl Iterator<Item = &str> {
        let bindings = self.scopes.iter().flat_map(|scope| scope.names.values().flatten());
        bindings.filter_map(|binding| match binding {
            Binding::Import { path, .. } => Some(path.as_str()),
            _ => None,
        })
    }

    /// What is imported whole into the module's own scope.
    pub(crate) fn star_imports(&self) -> impl Iterator<Item = &str> {
        self.stars.iter().filter(|(scope, _)| *scope == 0).map(|(_, path)| path.as_str())
    }

    /// What binds `name` as seen from `scope`; `None` when nothing does.
    pub(crate) fn lookup(&self, name: &str, scope: usize) -> Option<&[Binding]> {
        let scope = self.scopes.get(self.scope_of(name, scope)?)?;
        scope.names.get(name).map(Vec::as_slice)
    }

    /// The scope whose binding `name` means as seen from `scope`.
    pub(crate) fn scope_of(&self, name: &str, scope: usize) -> Option<usize> {
        let mut at = Some(scope);
        let mut is_first = true;
        while let Some(index) = at {
            let scope = self.scopes.get(index)?;
            let visible = is_first || !scope.is_class;
            if visible && scope.globals.contains(name) {
                return self.scopes[0].names.contains_key(name).then_some(0);
            }
            if visible && scope.names.contains_key(name) {
                return Some(index);
            }
            is_first = false;
            at = scope.parent;
        }
        None
    }

    /// Every name that some scope binds.
    pub(crate) fn bound_anywhere(&self) -> impl Iterator<Item = &str> {
        self.bound.iter().map(String::as_str)
    }

    /// The package that relative imports start from.
    pub(crate) fn package(&self) -> &str {
        &self.package
    }

    /// Whether any scope binds `name`.
    pub(crate) fn binds_anywhere(&self, name: &str) -> bool {
        self.bound.contains(name)
    }
}

struct Walk<'p> {
    out: Scopes,
    at: usize,
    package: &'p str,
    qualname: Vec<String>,
}

/// The absolute path of what `from <dots><module> import …` names, from within `package`.
pub(crate) fn absolute(package: &str, level: u32, module: Option<&str>) -> String {
    if level == 0 {
        return module.unwrap_or_default().to_owned();
    }
    let mut from = package;
    for _ in 1..level {
        from = from.rsplit_once('.').map_or(":", |(above, _)| above);
    }
    match module {
        Some(module) if from == ":" => format!(":{module}"),
        Some(module) => format!("{from}.{module}"),
        None => from.to_owned(),
    }
}

/// The parts of `a.b.c`.
pub(super) fn dotted(expression: &Expr) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut at = expression;
    loop {
        match at {
            Expr::Attribute(attribute) if parts.len() < 32 => {
                parts.push(attribute.attr.as_str().to_owned());
                at = &attribute.value;
            }
            Expr::Name(name) => {
                parts.push(name.id.as_str().to_owned());
                parts.reverse();
                return Some(parts);
            }
            _ => return None,
        }
    }
}

impl Walk<'_> {
    fn bind(&mut self, name: &str, binding: Binding) {
        let scope = &mut self.out.scopes[self.at];
        let scope = if scope.globals.contains(name) { &mut self.out.scopes[0] } else { scope };
        let bindings = scope.names.entry(name.to_owned()).or_default();
        if bindings.len() < MAX_BINDINGS && !bindings.iter().any(|known| known.is_like(&binding)) {
            bindings.push(binding);
        }
    }

    fn within(&mut self, range: TextRange, is_class: bool, work: impl FnOnce(&mut Self)) {
        let index = self.out.scopes.len();
        self.out.scopes.push(Scope { parent: Some(self.at), is_class, ..Scope::default() });
        self.out.by_node.insert(range, index);
        let outer = std::mem::replace(&mut self.at, index);
        work(self);
        self.at = outer;
    }

    fn parameters(&mut self, parameters: &Parameters) {
        for parameter in parameters {
            self.bind(parameter.name().as_str(), Binding::Other);
        }
    }

    /// Binds the targets of an assignment of `value`.
    fn assign(&mut self, target: &Expr, value: Option<&Expr>) {
        let binding = match value {
            Some(Expr::NoneLiteral(_)) => Binding::Absent,
            Some(value) => dotted(value).map_or(Binding::Other, Binding::Alias),
            None => Binding::Other,
        };
        match target {
            // An alias of itself leads nowhere.
            Expr::Name(name) if binding == Binding::Alias(vec![name.id.as_str().to_owned()]) => {}
            Expr::Name(name) => self.bind(name.id.as_str(), binding),
            Expr::Tuple(_) | Expr::List(_) | Expr::Starred(_) => self.visit_expr(target),
            _ => {}
        }
    }

    fn import_from(&mut self, import: &ruff_python_ast::StmtImportFrom) {
        let module = absolute(self.package, import.level, import.module.as_ref().map(|name| name.as_str()));
        for alias in &import.names {
            let name = alias.name.as_str();
            if name == "*" {
                let star = (self.at, module.clone());
                if self.out.stars.len() < MAX_BINDINGS && !self.out.stars.contains(&star) {
                    self.out.stars.push(star);
                }
                continue;
            }
            let path = if module == ":" { format!(":{name}") } else { format!("{module}.{name}") };
            let bound = alias.asname.as_ref().unwrap_or(&alias.name);
            self.bind(bound.as_str(), Binding::Import { path, span: span(bound) });
        }
    }
}

impl<'t> SourceOrderVisitor<'t> for Walk<'_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::Import(import) => {
                for alias in &import.names {
                    let path = alias.name.as_str();
                    let (bound, path) = match &alias.asname {
                        Some(name) => (name.as_str(), path),
                        None => {
                            let top = path.split('.').next().unwrap_or(path);
                            (top, top)
                        }
                    };
                    let span = span(alias.asname.as_ref().unwrap_or(&alias.name));
                    self.bind(bound, Binding::Import { path: path.to_owned(), span });
                }
            }
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::FunctionDef(function) => {
                self.qualname.push(function.name.as_str().to_owned());
                self.bind(function.name.as_str(), Binding::Function(self.qualname.join(".")));
                function.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
                self.within(function.range(), false, |walk| {
                    walk.parameters(&function.parameters);
                    walk.visit_parameters(&function.parameters);
                    walk.visit_body(&function.body);
                });
                self.qualname.pop();
            }
            Stmt::ClassDef(class) => {
                self.qualname.push(class.name.as_str().to_owned());
                self.bind(class.name.as_str(), Binding::Class(self.qualname.join(".")));
                class.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
                if let Some(arguments) = &class.arguments {
                    self.visit_arguments(arguments);
                }
                self.within(class.range(), true, |walk| walk.visit_body(&class.body));
                self.qualname.pop();
            }
            Stmt::Assign(assign) => {
                self.visit_expr(&assign.value);
                for target in &assign.targets {
                    self.assign(target, Some(&assign.value));
                }
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.visit_expr(value);
                }
                self.assign(&assign.target, assign.value.as_deref());
            }
            Stmt::TypeAlias(alias) => self.assign(&alias.name, Some(&alias.value)),
            Stmt::Global(global) => {
                let names = global.names.iter().map(|name| name.as_str().to_owned());
                self.out.scopes[self.at].globals.extend(names);
            }
            Stmt::Try(attempt) => {
                for handler in &attempt.handlers {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                    if let Some(name) = &handler.name {
                        self.bind(name.as_str(), Binding::Other);
                    }
                }
                walk_stmt(self, statement);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        match expression {
            Expr::Name(name) if name.ctx == ExprContext::Store => self.bind(name.id.as_str(), Binding::Other),
            Expr::Lambda(lambda) => self.within(lambda.range(), false, |walk| {
                if let Some(parameters) = &lambda.parameters {
                    walk.parameters(parameters);
                }
                walk.visit_expr(&lambda.body);
            }),
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.within(expression.range(), false, |walk| walk_expr(walk, expression));
            }
            Expr::Named(named) => self.assign(&named.target, Some(&named.value)),
            _ => walk_expr(self, expression),
        }
    }

    fn visit_pattern(&mut self, pattern: &'t ruff_python_ast::Pattern) {
        use ruff_python_ast::Pattern;
        let name = match pattern {
            Pattern::MatchAs(captured) => captured.name.as_ref(),
            Pattern::MatchStar(captured) => captured.name.as_ref(),
            Pattern::MatchMapping(mapping) => mapping.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.bind(name.as_str(), Binding::Other);
        }
        ruff_python_ast::visitor::source_order::walk_pattern(self, pattern);
    }
}
