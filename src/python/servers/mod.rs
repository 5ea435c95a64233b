//! What a module says of servers: which it makes with which transport settings, which it starts or makes an app of, and
//! what it does with their settings in between. Owns what it holds, so that one module's fix can speak of another's text.

mod collect;
mod link;
mod said;
mod settle;
mod value;
mod visit;
mod write;

use std::collections::BTreeMap;

use crate::source::Span;

pub(crate) use collect::servers;
pub(crate) use link::{Linked, link};
pub(crate) use settle::{BOTH, HTTP, LOCAL, SSE};

/// What a module says of servers. A server is known by a key: `:app.server.mcp` for a name of a module, which others can
/// import, and something with a `#` for a name of a function or an attribute of `self`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Servers {
    /// The file, as shown.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Whether fixes of other files may hold edits of this one.
    pub is_shared: bool,
    pub(crate) made: Vec<Made>,
    pub(crate) starts: Vec<Start>,
    pub(crate) stores: Vec<Store>,
    pub(crate) reads: Vec<Read>,
    /// The functions that return a server, by their paths, with what it is known by in them.
    pub(crate) returns: Vec<(String, Key)>,
    /// The keys of what is handed to somebody else, returned, or called by another name.
    pub(crate) handed: Vec<Key>,
    /// Whether something is started as only servers are, and it cannot be told which.
    pub(crate) starts_unknown: bool,
    /// How many statements the blocks have, by their numbers.
    pub(crate) blocks: BTreeMap<usize, usize>,
    /// The imports of single names, to which another name can be added: the path of the module and where.
    pub(crate) imports: Vec<(String, usize)>,
    /// The names that the module binds anywhere.
    pub(crate) bound: Vec<String>,
}

/// What a server is known by, in each way its name can be understood.
pub(crate) type Key = Vec<String>;

/// Where something stands: what runs before it, and what runs instead of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The scope that names are looked up from.
    pub(crate) scope: usize,
    /// The blocks around it from the outermost: the number of each, and of the statement it is a branch of.
    pub(crate) blocks: Vec<(usize, Option<usize>)>,
    /// Where the statement around it begins, in each of these blocks.
    pub(crate) statements: Vec<usize>,
    pub(crate) at: usize,
    /// How often it may run for one run of its function: in a loop.
    pub(crate) is_repeated: bool,
}

/// A call that is bound to something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) key: Key,
    /// The attribute of `self` it is bound to, with the name of `self`.
    pub(crate) of_self: Option<String>,
    /// What is called, by its path.
    pub(crate) callee: Vec<String>,
    pub(crate) call: Span,
    /// The arguments in their order, each with its keyword; no keyword for what is passed by position or unpacked.
    pub(crate) arguments: Vec<(Span, Option<String>)>,
    /// Something is unpacked into it.
    pub(crate) is_open: bool,
    pub(crate) values: Vec<(String, Value)>,
    pub(crate) place: Place,
}

/// A value, with what must be known to write it elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) span: Span,
    /// A constant: the same everywhere.
    pub(crate) is_literal: bool,
    /// It costs nothing to say it twice or later: names, attributes, settings from the environment.
    pub(crate) is_pure: bool,
    /// It is a name, an attribute of one, or the like.
    pub(crate) is_short: bool,
    /// A name of the module's own scope, by itself.
    pub(crate) module_name: Option<String>,
    /// The starts and reads of the module, by where they stand, from which all its names mean the same.
    pub(crate) seen_from: Vec<usize>,
}

/// What a call of a server starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Started {
    /// No HTTP.
    Stdio,
    /// Server-sent events.
    Sse,
    /// Streamable HTTP.
    Http,
    /// What the text of an expression tells when it runs; its values where these are declared.
    Either { by: String, is_plain: bool, values: Vec<String> },
    /// It cannot be told.
    Unknown,
}

/// A call that starts a server or makes an app of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Start {
    pub(crate) key: Key,
    pub(crate) started: Started,
    /// Otherwise the method itself is handed to somebody who calls it.
    pub(crate) is_called: bool,
    pub(crate) is_app: bool,
    /// Nothing but a server is started like that.
    pub(crate) is_certain: bool,
    /// The receiver, as written.
    pub(crate) receiver: Span,
    /// The method's name.
    pub(crate) name: Span,
    pub(crate) call: Span,
    pub(crate) arguments: Vec<(Span, Option<String>)>,
    /// Something is unpacked into it.
    pub(crate) is_open: bool,
    /// It is a statement of its own.
    pub(crate) is_statement: bool,
    pub(crate) place: Place,
}

/// `server.settings.port = value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Store {
    pub(crate) key: Key,
    pub(crate) field: String,
    /// The name of the field.
    pub(crate) name: Span,
    pub(crate) target: Span,
    pub(crate) statement: Span,
    pub(crate) value: Value,
    pub(crate) place: Place,
}

/// `server.settings.port`, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) key: Key,
    pub(crate) field: String,
    /// What the settings are those of.
    pub(crate) receiver: Span,
    /// The name of the field.
    pub(crate) name: Span,
    pub(crate) whole: Span,
    /// The braces around it, where it is all that they hold in a string.
    pub(crate) braces: Option<Span>,
    pub(crate) is_in_text: bool,
    pub(crate) place: Place,
}

/// How one place is reached from another that stands above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reached {
    /// It runs before.
    Always,
    /// It may run before.
    Sometimes,
    /// It never runs before.
    Never,
}

impl Place {
    /// Whether what stands here runs before what stands at `other`, in the same module.
    pub(crate) fn reaches(&self, other: &Self) -> Reached {
        let is_outermost = self.scope == 0 && self.blocks.len() == 1;
        if self.scope != other.scope {
            return if is_outermost { Reached::Always } else { Reached::Sometimes };
        }
        let shared = self.blocks.iter().zip(&other.blocks).take_while(|(one, other)| one.0 == other.0).count();
        match (self.blocks.get(shared), other.blocks.get(shared)) {
            // Branches of one statement run instead of each other.
            (Some((_, Some(one))), Some((_, Some(two)))) if one == two && !self.is_repeated => Reached::Never,
            _ if self.at > other.at => {
                if self.is_repeated {
                    Reached::Sometimes
                } else {
                    Reached::Never
                }
            }
            (None, _) => Reached::Always,
            _ => Reached::Sometimes,
        }
    }
}
