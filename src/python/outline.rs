//! What of a Python file the dependency formats ask about: its calls and lists, its assignments, and the names of
//! requirements files it mentions.

use super::value::{Call, Value};
use crate::source::Span;
use crate::syntax::SyntaxError;

/// What to gather; a file has many more calls and lists than matter.
#[derive(Clone, Copy)]
pub struct Wanted<'w> {
    /// Whether a call of this path is wanted.
    pub call: &'w (dyn Fn(&str) -> bool + Sync),
    /// Whether a list is wanted that holds this string.
    pub list: &'w (dyn Fn(&str) -> bool + Sync),
    /// Dictionaries are wanted that have all of these keys; none if there are none.
    pub keys: &'w [&'w str],
    /// Whether assignments are.
    pub statements: bool,
}

/// A Python file in outline, each part in the order of the file.
#[derive(Debug, Default)]
pub struct Outline<'a> {
    /// The wanted calls.
    pub calls: Vec<Call<'a>>,
    /// The wanted lists.
    pub lists: Vec<Site<'a>>,
    /// The wanted dictionaries.
    pub dicts: Vec<Site<'a>>,
    /// What names are bound to.
    pub statements: Vec<Statement<'a>>,
    /// The requirements files that strings name.
    pub files: Vec<FileName>,
    /// What is no Python.
    pub errors: Vec<SyntaxError>,
}

/// A list, tuple or dictionary, where it stands.
#[derive(Debug)]
pub struct Site<'a> {
    /// The value.
    pub value: Value<'a>,
    /// The path of the innermost call it is an argument of; empty outside of calls.
    pub within: String,
    /// As [`Call::asserted`].
    pub asserted: bool,
}

/// A statement that gives a name a value, or changes it.
#[derive(Debug)]
pub struct Statement<'a> {
    /// The name, or the item of a dictionary; for a method call, what it is called on.
    pub target: Value<'a>,
    /// What happens.
    pub kind: StatementKind,
    /// What is assigned or passed.
    pub value: Value<'a>,
    /// Whether it stands within a function, where another name of the same spelling may be meant.
    pub in_function: bool,
}

/// How a statement changes its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementKind {
    /// `a = b`, or another binding: `with b as a`, `for a in b`.
    Assign,
    /// `a += b`, `a.extend(b)`, `a.update(b)`: b's content is added.
    Extend,
    /// `a.append(b)`, `a.add(b)`, `a.insert(0, b)`: b itself is added.
    Append,
}

/// A string that names a requirements file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName {
    /// The file, with the folders that a join puts before it.
    pub target: String,
    /// The string.
    pub span: Span,
    /// The function it stands in, if it does.
    pub function: Option<String>,
}
