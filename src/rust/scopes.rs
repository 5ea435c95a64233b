//! What names mean in a file: its `use` declarations, what it defines itself, and where each of them counts.

use std::collections::HashMap;

use syn::visit::{self, Visit};
use syn::{Block, Item, ItemMod, ItemUse, UseTree, Visibility};

use super::source::Source;
use crate::source::Span;

/// A name that a `use` declaration brings in.
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    /// The full path, as written: `rmcp::model::Content`.
    pub(crate) path: String,
    /// The last name of the path.
    pub(crate) name: Span,
    /// All that goes with it: the part of the path within the braces, and what it is renamed to.
    pub(crate) whole: Span,
    /// What it is called here.
    pub(crate) local: String,
    /// Whether it is renamed.
    pub(crate) is_renamed: bool,
    /// Whether others may import it from here.
    pub(crate) is_public: bool,
    /// The whole declaration.
    pub(crate) statement: Span,
    /// The leaves beside it in the same braces, itself included, in their order; only itself without braces.
    pub(crate) group: Vec<Span>,
    /// The scope it counts in.
    pub(crate) scope: usize,
}

/// A file, a module in it, or a block.
#[derive(Debug)]
struct Scope {
    span: Span,
    parent: Option<usize>,
    is_module: bool,
    /// What is defined or imported here, with the number of the leaf that imports it.
    names: HashMap<String, Option<usize>>,
    /// The paths of which everything is imported.
    globs: Vec<String>,
}

/// The scopes of a file, outermost first.
#[derive(Debug)]
pub(crate) struct Scopes {
    scopes: Vec<Scope>,
    pub(crate) leaves: Vec<Leaf>,
}

/// What the first name of a path stands for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// What this leaf imports.
    Imported(usize),
    /// Perhaps something of one of these modules, of which everything is imported.
    Globbed(Vec<String>),
    /// Something of the file's own.
    Own,
    /// Nothing that the file says: a crate.
    Unbound,
}

impl Scopes {
    pub(crate) fn of(source: &Source<'_>) -> Self {
        let whole = Span::new(0, source.text.len());
        let root = Scope { span: whole, parent: None, is_module: true, names: HashMap::new(), globs: Vec::new() };
        let mut reader =
            Reader { source, out: Self { scopes: vec![root], leaves: Vec::new() }, at: 0, is_public: false };
        reader.visit_file(&source.file);
        reader.out
    }

    /// What `name` means at `offset`.
    pub(crate) fn meaning(&self, name: &str, offset: usize) -> Meaning {
        let mut globs = Vec::new();
        let mut at = Some(self.innermost(offset));
        while let Some(index) = at {
            let scope = &self.scopes[index];
            match scope.names.get(name) {
                Some(Some(leaf)) => return Meaning::Imported(*leaf),
                Some(None) => return Meaning::Own,
                None => {}
            }
            // What is around the file itself is not known.
            let is_known = |path: &&String| *path == "super" && scope.parent.is_some();
            globs.extend(scope.globs.iter().filter(|path| !is_known(path)).cloned());
            // A module sees nothing of what is around it, unless it takes all of that.
            let goes_on = !scope.is_module || scope.globs.iter().any(|path| path == "super");
            at = scope.parent.filter(|_| goes_on);
        }
        if globs.is_empty() { Meaning::Unbound } else { Meaning::Globbed(globs) }
    }

    /// Whether anything in the file is called so.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.scopes.iter().any(|scope| scope.names.contains_key(name))
    }

    /// The innermost scope around `offset`. Scopes stand in the order in which they begin.
    fn innermost(&self, offset: usize) -> usize {
        let mut at = self.scopes.partition_point(|scope| scope.span.start <= offset).saturating_sub(1);
        while self.scopes[at].span.end <= offset {
            match self.scopes[at].parent {
                Some(parent) => at = parent,
                None => return at,
            }
        }
        at
    }
}

struct Reader<'s, 't> {
    source: &'s Source<'t>,
    out: Scopes,
    at: usize,
    is_public: bool,
}

impl Reader<'_, '_> {
    fn within(&mut self, span: Span, is_module: bool, visit: impl FnOnce(&mut Self)) {
        let around = self.at;
        let scope = Scope { span, parent: Some(around), is_module, names: HashMap::new(), globs: Vec::new() };
        self.out.scopes.push(scope);
        self.at = self.out.scopes.len() - 1;
        visit(self);
        self.at = around;
    }

    fn define(&mut self, name: &syn::Ident) {
        self.out.scopes[self.at].names.insert(name.to_string(), None);
    }

    /// `item` is the leaf's place in its braces, `group` what stands there with it.
    fn tree(&mut self, tree: &UseTree, path: &str, statement: Span, (item, group): (Span, &[Span])) {
        let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}::{name}") };
        match tree {
            UseTree::Path(one) => self.tree(&one.tree, &join(&one.ident.to_string()), statement, (item, group)),
            // Braces around a single name go with it.
            UseTree::Group(all) if all.items.len() == 1 && group.len() > 1 => {
                all.items.iter().for_each(|one| self.tree(one, path, statement, (item, group)));
            }
            UseTree::Group(all) => {
                let group: Vec<Span> = all.items.iter().map(|one| self.source.span(one)).collect();
                for (one, item) in all.items.iter().zip(&group) {
                    self.tree(one, path, statement, (*item, &group));
                }
            }
            UseTree::Glob(_) => self.out.scopes[self.at].globs.push(path.to_owned()),
            UseTree::Name(one) if one.ident == "self" => {
                let name = self.source.span(one);
                self.leaf(path.to_owned(), (name, name), statement, (item, group));
            }
            UseTree::Name(one) => {
                let name = self.source.span(&one.ident);
                self.leaf(join(&one.ident.to_string()), (name, name), statement, (item, group));
            }
            UseTree::Rename(one) => {
                let path = if one.ident == "self" { path.to_owned() } else { join(&one.ident.to_string()) };
                let names = (self.source.span(&one.ident), self.source.span(&one.rename));
                self.leaf(path, names, statement, (item, group));
            }
        }
    }

    fn leaf(&mut self, path: String, (name, local): (Span, Span), statement: Span, (whole, group): (Span, &[Span])) {
        let is_renamed = name != local;
        let called = if is_renamed { self.source.at(local) } else { path.rsplit("::").next().unwrap_or_default() };
        let local = called.to_owned();
        let is_public = self.is_public;
        let (group, scope) = (group.to_vec(), self.at);
        let leaf = Leaf { path, name, whole, local: local.clone(), is_renamed, is_public, statement, group, scope };
        self.out.scopes[self.at].names.insert(local, Some(self.out.leaves.len()));
        self.out.leaves.push(leaf);
    }
}

impl<'ast> Visit<'ast> for Reader<'_, '_> {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let statement = self.source.span(item);
        self.is_public = !matches!(item.vis, Visibility::Inherited);
        let whole = self.source.span(&item.tree);
        self.tree(&item.tree, "", statement, (whole, &[whole]));
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.define(&item.ident);
        // What stands between the braces; a module in a file of its own has none.
        let Some((braces, _)) = &item.content else { return };
        let span = self.source.span_of(braces.span.join());
        self.within(span, true, |reader| visit::visit_item_mod(reader, item));
    }

    fn visit_block(&mut self, block: &'ast Block) {
        let span = self.source.span_of(block.brace_token.span.join());
        self.within(span, false, |reader| visit::visit_block(reader, block));
    }

    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Struct(one) => self.define(&one.ident),
            Item::Enum(one) => self.define(&one.ident),
            Item::Union(one) => self.define(&one.ident),
            Item::Type(one) => self.define(&one.ident),
            Item::Trait(one) => self.define(&one.ident),
            Item::TraitAlias(one) => self.define(&one.ident),
            Item::Fn(one) => self.define(&one.sig.ident),
            Item::Const(one) => self.define(&one.ident),
            Item::Static(one) => self.define(&one.ident),
            _ => {}
        }
        visit::visit_item(self, item);
    }
}
