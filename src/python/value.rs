//! The few shapes of Python expressions that say something about dependencies, each with its place.

use crate::source::{Fragment, Span};

/// An expression.
#[derive(Debug, Clone)]
pub struct Value<'a> {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'a>,
}

/// What an expression is, as far as reading alone can tell.
#[derive(Debug, Clone)]
pub enum Kind<'a> {
    /// A string.
    Text(Fragment<'a>),
    /// A string with something put into it: an f-string, `%`, `.format`.
    Template {
        /// The string, or as much of it as stands before the first value.
        text: Fragment<'a>,
        /// How much of it is known.
        known: usize,
    },
    /// A list, tuple or set.
    List(Vec<Value<'a>>),
    /// A dictionary; an entry without key is a `**` of another.
    Dict(Vec<(Option<Value<'a>>, Value<'a>)>),
    /// A name, or a dotted path of attributes, as written.
    Name(String),
    /// `a + b`, or the `|` of dictionaries.
    Sum(Vec<Value<'a>>),
    /// One of several: the branches of a conditional expression, the operands of `or`.
    Choice(Vec<Value<'a>>),
    /// `*a`.
    Starred(Box<Value<'a>>),
    /// A call.
    Call(Box<Call<'a>>),
    /// `a["b"]`: the value and its key.
    Item(Box<Value<'a>>, Box<Value<'a>>),
    /// Anything else.
    Other {
        /// What it is called, for people: `a comprehension`.
        what: &'static str,
        /// The names it uses.
        names: Vec<String>,
    },
}

/// A call.
#[derive(Debug, Clone)]
pub struct Call<'a> {
    /// The whole call.
    pub span: Span,
    /// What is called, as a dotted path whose first name is followed through imports: `setuptools.setup`. A call
    /// within it is shown as `()`; of a long chain only the end is kept.
    pub path: String,
    /// What a method is called on, when that is not a plain path.
    pub receiver: Option<Box<Value<'a>>>,
    /// The positional arguments.
    pub arguments: Vec<Value<'a>>,
    /// The keyword arguments; one without name is a `**`.
    pub keywords: Vec<(Option<String>, Value<'a>)>,
    /// Whether it is a part of an assertion or a comparison, and so says what is expected, not what is done.
    pub asserted: bool,
    /// The function it stands in, if it does.
    pub function: Option<String>,
}

impl<'a> Value<'a> {
    /// The string, if it is one.
    pub fn text(&self) -> Option<&Fragment<'a>> {
        if let Kind::Text(text) = &self.kind { Some(text) } else { None }
    }

    /// The name or dotted path it is, if it is one.
    pub fn name(&self) -> Option<&str> {
        if let Kind::Name(name) = &self.kind { Some(name) } else { None }
    }

    /// The elements of a list, tuple or set; none for anything else.
    pub fn elements(&self) -> &[Value<'a>] {
        if let Kind::List(elements) = &self.kind { elements } else { &[] }
    }
}

impl<'a> Call<'a> {
    /// The last part of the path: the function's or method's own name.
    pub fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }

    /// The keyword argument of this name.
    pub fn keyword(&self, name: &str) -> Option<&Value<'a>> {
        self.keywords.iter().find(|(keyword, _)| keyword.as_deref() == Some(name)).map(|(_, value)| value)
    }
}
