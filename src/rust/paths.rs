//! Every path that a file writes, in code, in the tokens of macros and of attributes, with what it leads to.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Macro, Meta, Path};

use super::scopes::{Meaning, Scopes};
use super::source::Source;
use crate::source::Span;

/// A path as it is written: `model::Content::text`.
#[derive(Debug)]
pub(crate) struct Written {
    /// Its names and where each stands.
    pub(crate) parts: Vec<(String, Span)>,
    /// What it may lead to, in full: several where everything of several modules is imported.
    pub(crate) leads_to: Vec<String>,
    /// The leaf that imports its first name.
    pub(crate) leaf: Option<usize>,
    /// Whether nothing else that the file does not show could be meant.
    pub(crate) is_sure: bool,
}

/// The paths of a file that may lead into the crate, imports apart.
pub(crate) fn paths(source: &Source<'_>, scopes: &Scopes, is_crate: &dyn Fn(&str) -> bool) -> Vec<Written> {
    let mut reader = Reader { source, scopes, is_crate, out: Vec::new() };
    reader.visit_file(&source.file);
    reader.out
}

struct Reader<'r, 't> {
    source: &'r Source<'t>,
    scopes: &'r Scopes,
    is_crate: &'r dyn Fn(&str) -> bool,
    out: Vec<Written>,
}

impl Reader<'_, '_> {
    fn add(&mut self, parts: Vec<(String, Span)>) {
        let Some((first, at)) = parts.first() else { return };
        let mut is_sure = true;
        let (prefixes, leaf) = match self.scopes.meaning(first, at.start) {
            Meaning::Imported(leaf) => (vec![self.scopes.leaves[leaf].path.clone()], Some(leaf)),
            Meaning::Globbed(globs) => {
                let is_crate = |glob: &String| (self.is_crate)(glob.split("::").next().unwrap_or_default());
                is_sure = (self.is_crate)(first) || globs.iter().all(is_crate);
                (globs.into_iter().map(|glob| format!("{glob}::{first}")).chain([first.clone()]).collect(), None)
            }
            Meaning::Unbound => (vec![first.clone()], None),
            Meaning::Own => return,
        };
        let rest: String = parts[1..].iter().flat_map(|(name, _)| ["::", name.as_str()]).collect();
        let in_crate = |path: &String| (self.is_crate)(path.split("::").next().unwrap_or_default());
        let leads_to: Vec<String> = prefixes.into_iter().filter(in_crate).map(|prefix| prefix + &rest).collect();
        if !leads_to.is_empty() {
            self.out.push(Written { parts, leads_to, leaf, is_sure });
        }
    }

    /// The paths among the tokens of a macro, which no parser knows the meaning of.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut parts: Vec<(String, Span)> = Vec::new();
        // How many colons stand behind the last name; a name behind a dot is a member.
        let (mut colons, mut is_member) = (0, false);
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.add(std::mem::take(&mut parts));
                    }
                    if !is_member || colons == 2 {
                        parts.push((name.to_string(), self.source.span_of(name.span())));
                    }
                    (colons, is_member) = (0, false);
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' && !parts.is_empty() => colons += 1,
                TokenTree::Punct(mark) => {
                    self.add(std::mem::take(&mut parts));
                    (colons, is_member) = (0, mark.as_char() == '.');
                }
                TokenTree::Group(group) => {
                    self.add(std::mem::take(&mut parts));
                    (colons, is_member) = (0, false);
                    self.tokens(group.stream());
                }
                TokenTree::Literal(_) => {
                    self.add(std::mem::take(&mut parts));
                    (colons, is_member) = (0, false);
                }
            }
        }
        self.add(parts);
    }
}

impl<'ast> Visit<'ast> for Reader<'_, '_> {
    fn visit_path(&mut self, path: &'ast Path) {
        let part = |one: &syn::PathSegment| (one.ident.to_string(), self.source.span(&one.ident));
        let parts = path.segments.iter().map(part).collect();
        self.add(parts);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, one: &'ast Macro) {
        visit::visit_macro(self, one);
        self.tokens(one.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        visit::visit_attribute(self, attribute);
        // What is derived are macros, of which types are no namesakes.
        if let Meta::List(list) = &attribute.meta
            && !list.path.is_ident("derive")
        {
            self.tokens(list.tokens.clone());
        }
    }
}
