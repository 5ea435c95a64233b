//! The modules of a wheel together: what a name in one of them means in another, which submodules an import loads, and
//! the constructors of pydantic models.
//!
//! A type checker builds a model's constructor from its fields and knows nothing of alias generators, so that it
//! would refuse spellings that pydantic takes. The stubs therefore spell constructors out. A field with two accepted
//! spellings is optional under both, since "one of the two" cannot be written down: that it is missing is not noticed.

use std::collections::{BTreeMap, BTreeSet};

use super::budget;
use super::facts::{ClassFacts, Config, Field, ModuleFacts};

/// Deeper chains of re-exports or base classes are circles.
const MAX_DEPTH: usize = 32;

/// The modules of one or more wheels.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub(super) modules: BTreeMap<String, ModuleFacts>,
}

/// What a name means.
enum Meaning<'p> {
    Class { module: &'p str, name: String, facts: &'p ClassFacts },
    Elsewhere(String),
}

/// A field with the module that declares it.
struct Inherited<'p> {
    field: Field,
    module: &'p str,
}

impl Package {
    /// Follows `path` as written in `module`.
    fn resolve(&self, module: &str, path: &str, depth: usize) -> Option<Meaning<'_>> {
        if !budget::step() {
            return None;
        }
        let (module, facts) = self.modules.get_key_value(module)?;
        if let Some(class) = facts.classes.get(path) {
            return Some(Meaning::Class { module, name: path.to_owned(), facts: class });
        }
        if depth > MAX_DEPTH {
            return None;
        }
        let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
        if let Some(target) = facts.imports.get(head) {
            let absolute = rest.map_or_else(|| target.clone(), |rest| format!("{target}.{rest}"));
            return self.resolve_absolute(&absolute, depth + 1);
        }
        facts.stars.iter().find_map(|star| self.resolve(star, path, depth + 1))
    }

    fn resolve_absolute(&self, path: &str, depth: usize) -> Option<Meaning<'_>> {
        let cuts = path.rmatch_indices('.').map(|(at, _)| at);
        for at in cuts {
            if self.modules.contains_key(&path[..at]) {
                return self.resolve(&path[..at], &path[at + 1..], depth);
            }
        }
        Some(Meaning::Elsewhere(path.to_owned()))
    }

    /// The names of the direct submodules of the package `module` that importing it loads.
    pub(super) fn loaded_submodules(&self, module: &str) -> BTreeSet<String> {
        let mut loaded: BTreeSet<&str> = BTreeSet::new();
        let mut open = vec![module];
        while let Some(next) = open.pop() {
            // Loading `a.b.c` loads `a` and `a.b` first.
            for (at, _) in next.match_indices('.').chain([(next.len(), "")]) {
                let Some((name, facts)) = self.modules.get_key_value(&next[..at]) else { continue };
                if loaded.insert(name) {
                    open.extend(facts.loads.iter().map(String::as_str));
                }
            }
        }
        let below = loaded.iter().filter_map(|name| name.strip_prefix(module)?.strip_prefix('.'));
        below.filter(|name| !name.contains('.')).map(str::to_owned).collect()
    }

    /// Whether a class is a pydantic model.
    pub(super) fn is_model(&self, module: &str, class: &str) -> bool {
        budget::begin();
        self.root_of(module, class, 0).is_some()
    }

    /// The name of the class of pydantic that a class descends from.
    fn root_of(&self, module: &str, path: &str, depth: usize) -> Option<String> {
        match self.resolve(module, path, depth)? {
            Meaning::Elsewhere(path) => {
                let root = path.rsplit('.').next().unwrap_or_default();
                (path.starts_with("pydantic") && matches!(root, "BaseModel" | "RootModel" | "BaseSettings"))
                    .then(|| root.to_owned())
            }
            Meaning::Class { module, facts, .. } if depth < MAX_DEPTH => {
                facts.bases.iter().find_map(|base| self.root_of(module, &base.path, depth + 1))
            }
            Meaning::Class { .. } => None,
        }
    }

    /// The parameters of the constructor that the stub of a class needs; none if its authors wrote one, or it is no model.
    pub(super) fn constructor(&self, module: &str, class: &str) -> Option<String> {
        budget::begin();
        let Meaning::Class { module, .. } = self.resolve(module, class, 0)? else { return None };
        let root = self.root_of(module, class, 0).filter(|root| root != "RootModel")?;
        // One that inherits everything needs its own too: a checker would make one that takes nothing else.
        if self.has_own_constructor(module, class, 0) {
            return None;
        }
        let (fields, config) = self.fields(module, class, 0);
        let mut required = Vec::new();
        let mut optional = Vec::new();
        for Inherited { field, module: from } in fields {
            let kind = self.seen_from(module, from, &field.kind);
            let generated = (config.camel == Some(true)).then(|| camel(&field.name));
            let alias = field.alias.clone().or(generated).filter(|alias| *alias != field.name);
            let by_name = alias.is_none() || config.by_name == Some(true);
            let spellings: Vec<&str> = alias
                .as_deref()
                .into_iter()
                .chain(by_name.then_some(field.name.as_str()))
                .filter(|name| is_name(name))
                .collect();
            match spellings.as_slice() {
                [only] if field.is_required && root != "BaseSettings" => required.push(format!("{only}: {kind}")),
                some => optional.extend(some.iter().map(|name| format!("{name}: {kind} = ..."))),
            }
        }
        let mut parts = vec!["self".to_owned()];
        if !(required.is_empty() && optional.is_empty()) {
            parts.push("*".to_owned());
        }
        parts.extend(required.into_iter().chain(optional));
        if config.forbids_extra != Some(true) {
            // Pydantic ignores or keeps what is not declared; only models that forbid it fail.
            parts.push("**extra: Any".to_owned());
        }
        Some(parts.join(", "))
    }

    fn has_own_constructor(&self, module: &str, path: &str, depth: usize) -> bool {
        match self.resolve(module, path, depth) {
            Some(Meaning::Class { module, facts, .. }) if depth < MAX_DEPTH => {
                facts.has_init || facts.bases.iter().any(|base| self.has_own_constructor(module, &base.path, depth + 1))
            }
            _ => false,
        }
    }

    /// The fields of a class in the order of its ancestors, the furthest first, and its configuration.
    fn fields(&self, module: &str, path: &str, depth: usize) -> (Vec<Inherited<'_>>, Config) {
        let mut fields: Vec<Inherited<'_>> = Vec::new();
        let mut config = Config::default();
        let Some(Meaning::Class { module, facts, .. }) = self.resolve(module, path, depth) else {
            return (fields, config);
        };
        if depth > MAX_DEPTH {
            return (fields, config);
        }
        for base in facts.bases.iter().rev() {
            let (inherited, from) = self.fields(module, &base.path, depth + 1);
            config = merged(config, from);
            let variables = self.variables(module, &base.path, depth + 1);
            let inner = match self.resolve(module, &base.path, depth + 1) {
                Some(Meaning::Class { name, facts, .. }) => Some((name, &facts.inner)),
                _ => None,
            };
            for Inherited { mut field, module: mut declared } in inherited {
                let mut written_here = false;
                field.kind = rewritten(&field.kind, &mut |word| {
                    let at = variables.iter().position(|variable| variable == word);
                    if let Some(argument) = at.and_then(|at| base.arguments.get(at)) {
                        written_here = argument.contains(|c: char| c.is_alphabetic());
                        return Some(argument.clone());
                    }
                    let (class, inner) = inner.as_ref()?;
                    inner.contains(word).then(|| format!("{class}.{word}"))
                });
                if written_here {
                    declared = module;
                }
                put(&mut fields, Inherited { field, module: declared });
            }
        }
        for field in &facts.fields {
            put(&mut fields, Inherited { field: field.clone(), module });
        }
        (fields, merged(config, facts.config))
    }

    /// The type variables of a generic class, in order.
    fn variables(&self, module: &str, path: &str, depth: usize) -> Vec<String> {
        match self.resolve(module, path, depth) {
            Some(Meaning::Class { facts, .. }) => {
                let generic = facts
                    .bases
                    .iter()
                    .find(|base| matches!(base.path.rsplit('.').next(), Some("Generic" | "Protocol")));
                generic.map(|base| base.arguments.clone()).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// A type of `from` as it reads in `module`: unknown where that lacks a name of it.
    fn seen_from(&self, module: &str, from: &str, kind: &str) -> String {
        if module == from {
            return kind.to_owned();
        }
        let Some(here) = self.modules.get(module) else { return "Any".to_owned() };
        let mut is_missing = false;
        rewritten(kind, &mut |word| {
            is_missing |= !here.bound.contains(word) && !BUILTINS.contains(&word);
            None
        });
        if is_missing { "Any".to_owned() } else { kind.to_owned() }
    }
}

/// Adds a field, in the place of one of its name that an ancestor declares.
fn put<'p>(fields: &mut Vec<Inherited<'p>>, one: Inherited<'p>) {
    match fields.iter_mut().find(|other| other.field.name == one.field.name) {
        Some(other) => *other = one,
        None => fields.push(one),
    }
}

/// Names of types that need no import.
const BUILTINS: [&str; 17] = [
    "None",
    "True",
    "False",
    "bool",
    "bytes",
    "complex",
    "dict",
    "float",
    "frozenset",
    "int",
    "list",
    "object",
    "set",
    "str",
    "tuple",
    "type",
    "Exception",
];

fn merged(one: Config, other: Config) -> Config {
    Config {
        camel: other.camel.or(one.camel),
        by_name: other.by_name.or(one.by_name),
        forbids_extra: other.forbids_extra.or(one.forbids_extra),
    }
}

/// A type with the first names of its paths replaced where `by` says so; strings stay.
fn rewritten(kind: &str, by: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = kind;
    let mut quote = None;
    while let Some(next) = rest.chars().next() {
        let is_start = next.is_alphabetic() || next == '_';
        if quote.is_none() && is_start && !out.ends_with(|c: char| c == '.' || c.is_alphanumeric()) {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let word = &rest[..end];
            out.push_str(by(word).as_deref().unwrap_or(word));
            rest = &rest[end..];
            continue;
        }
        match quote {
            Some(open) if open == next => quote = None,
            None if next == '"' || next == '\'' => quote = Some(next),
            _ => {}
        }
        out.push(next);
        rest = &rest[next.len_utf8()..];
    }
    out
}

/// pydantic's `to_camel`: `input_schema` becomes `inputSchema`.
pub(super) fn camel(snake: &str) -> String {
    let mut out = String::new();
    let mut upper = false;
    for c in snake.chars() {
        if c == '_' && !out.is_empty() {
            upper = true;
        } else if upper {
            out.extend(c.to_uppercase());
            upper = false;
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a parameter can be called so.
fn is_name(name: &str) -> bool {
    let keywords = [
        "from", "class", "import", "in", "is", "if", "for", "not", "or", "and", "def", "async", "await", "global",
        "pass", "self",
    ];
    name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !keywords.contains(&name)
}
