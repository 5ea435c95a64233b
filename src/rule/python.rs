//! What a rule about Python code looks for: a small closed set of matchers. Paths are dotted and name what the older
//! SDK exports, by any of its public spellings; `rules/README.md` shows each matcher once.

use serde::Deserialize;

use super::braces::paths;
use crate::fix::Applicability;

/// One value or a list of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    /// No value.
    #[default]
    #[serde(skip)]
    None,
    /// A single value, written without brackets.
    One(T),
    /// A list.
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    /// The values.
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }

    /// Whether nothing was named.
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

/// Where a name of the SDK stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// An import statement, or the string of `import_module`.
    Import,
    /// `from module import *`.
    Star,
    /// Any use in an expression, the more particular ones below included.
    Reference,
    /// The callee of a call.
    Call,
    /// The value of a subscript: `Context[A, B]`.
    Subscript,
    /// A base of a class.
    Base,
    /// The second argument of `isinstance` or `issubclass`.
    InstanceCheck,
    /// A class pattern of a `match`.
    Pattern,
    /// The exception of a handler.
    Except,
    /// Part of an annotation, quoted ones included.
    Annotation,
    /// A decorator.
    Decorator,
    /// A dotted path in a string that is patched or looked up: `mock.patch("mcp.…")`.
    Text,
    /// Stored to: `module.NAME = value`, or `sys.modules["mcp"] = value`.
    Store,
}

/// A name that the SDK exports, however it is imported, aliased, re-exported, quoted or patched.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SymbolMatch {
    /// The dotted path; `mcp.server.websocket.*` is the module and everything below it.
    #[serde(deserialize_with = "paths")]
    pub path: OneOrMany<String>,
    /// Paths below `path` that other entries or rules speak of.
    #[serde(default, deserialize_with = "paths")]
    pub except: OneOrMany<String>,
    /// Only this spelling is meant, not every path to what it leads to: a name that a module merely handed on.
    #[serde(default)]
    pub as_written: bool,
    /// Where it must stand; anywhere, when not said.
    #[serde(default)]
    pub role: OneOrMany<Role>,
    /// With `role = "subscript"`: how many items stand in the brackets.
    #[serde(default)]
    pub items: OneOrMany<usize>,
    /// The path that serves instead; of a `.*` path, the prefix that does.
    pub becomes: Option<String>,
    /// Source text that stands for each use instead, when it is no name of its own: `str`, `"required"`.
    pub becomes_text: Option<String>,
    /// Imports that `becomes-text` needs: `from typing import Any`.
    #[serde(default)]
    pub imports: OneOrMany<String>,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// How far the rewrite may be trusted.
    #[serde(default = "safe")]
    pub applicability: Applicability,
    /// A named rewrite for what data cannot say.
    pub transform: Option<String>,
}

fn safe() -> Applicability {
    Applicability::Safe
}

/// How a member is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// `value.name`, in any expression.
    Read,
    /// `value.name = …`, `del value.name`.
    Store,
    /// `value.name(…)`.
    Call,
    /// The string in `getattr(value, "name")`, `hasattr`, `setattr`, `delattr`.
    Getattr,
    /// A keyword of a class pattern: `case Tool(name=x)`.
    Pattern,
    /// A key of the dictionary in `value.model_copy(update={…})`.
    Update,
    /// An entry of `include=` or `exclude=` of a dump.
    Include,
    /// A field that a subclass declares again.
    Field,
    /// A subscript of, or membership test in, `Class.model_fields`.
    ModelFields,
    /// A subscript of what `value.model_dump()` gives, directly or through one local name.
    DumpKey,
}

/// A member of the instances of a class, by the type of the receiver.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MemberMatch {
    /// The classes; instances of their subclasses are meant as well. `mcp.types.*` is every class below the module.
    #[serde(default, deserialize_with = "paths")]
    pub of: OneOrMany<String>,
    /// The member's name. With `like`, the names of that rule.
    #[serde(default)]
    pub name: OneOrMany<String>,
    /// Another rule whose classes, names and `becomes` are taken.
    pub like: Option<String>,
    /// Whether the receiver is the class itself and not an instance: `ClientRequest.model_validate`.
    #[serde(default)]
    pub on_class: bool,
    /// The receiver must itself be one of these members: `mcp.types.Resource.uri` for `resource.uri.host`.
    #[serde(default, deserialize_with = "paths")]
    pub through: OneOrMany<String>,
    /// How it is reached; `read`, `store` and `call`, when not said.
    #[serde(default)]
    pub access: OneOrMany<Access>,
    /// What a receiver whose type is not known means.
    #[serde(default)]
    pub unknown: OnUnknown,
    /// The member's new name; empty when the access itself goes (`.root`).
    pub becomes: Option<String>,
    /// The call's parentheses go, because the method became a property.
    #[serde(default)]
    pub uncall: bool,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// How far the rewrite may be trusted where the type is known. Never safe where it is not.
    #[serde(default = "safe")]
    pub applicability: Applicability,
    /// A named rewrite for what data cannot say.
    pub transform: Option<String>,
}

/// What an unknown receiver means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnUnknown {
    /// Nothing: the name is too common.
    #[default]
    Skip,
    /// A finding of low confidence, in files that import the SDK.
    Report,
    /// The same, with a rewrite that is never safe, unless the project has something of that name itself: hardly anything
    /// but the SDK calls a member so.
    Rename,
}

/// What an argument must be.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ValueTest {
    /// Instances of one of these classes, by type or by the constructor that is called.
    #[serde(default, deserialize_with = "paths", rename = "type")]
    pub type_: OneOrMany<String>,
    /// Not instances of these, and not unknown.
    #[serde(default, deserialize_with = "paths")]
    pub not_type: OneOrMany<String>,
    /// This literal, as Python prints it: `None`, `True`, `"ws"`, `408`.
    #[serde(default)]
    pub literal: OneOrMany<String>,
    /// Not this literal.
    #[serde(default)]
    pub not_literal: OneOrMany<String>,
    /// A string in which this regular expression is found.
    pub matches: Option<String>,
    /// A dictionary display without this key, or with it.
    pub without_key: Option<String>,
    /// A dictionary display with this key.
    pub with_key: Option<String>,
}

/// An argument of a call.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ArgumentMatch {
    /// The functions, methods (`mcp.ClientSession.call_tool`) or classes (their constructors, `super().__init__` of
    /// subclasses and `functools.partial` included). `mcp.types.*.model_dump` is the method of every class below.
    #[serde(default, deserialize_with = "paths")]
    pub of: OneOrMany<String>,
    /// The parameter, by its keyword.
    #[serde(default)]
    pub keyword: OneOrMany<String>,
    /// The parameter's place among the positional arguments, from 0, without `self`. With `keyword`, either counts.
    pub position: Option<usize>,
    /// More positional arguments than this.
    pub more_than: Option<usize>,
    /// The parameter is not passed in any way, and nothing is unpacked that might pass it.
    #[serde(default)]
    pub missing: bool,
    /// What the value must be.
    #[serde(default)]
    pub value: Option<ValueTest>,
    /// A second parameter that must be passed (or, with `missing`, must not be) for the rule to apply.
    #[serde(default)]
    pub beside: OneOrMany<String>,
    /// Nothing is said in a project that imports this module or name.
    pub unless_imported: Option<String>,
    /// Nothing is said but in a project that imports one of these modules or names.
    #[serde(default)]
    pub if_imported: OneOrMany<String>,
    /// Parameters of which one must be passed by keyword, and not as a literal `None`.
    #[serde(default)]
    pub given: OneOrMany<String>,
    /// The keyword's new name.
    pub becomes: Option<String>,
    /// The argument goes.
    #[serde(default)]
    pub remove: bool,
    /// The value's new text; `{value}` is the old one: `str({value})`.
    pub becomes_value: Option<String>,
    /// With `more-than`: the keywords that positional arguments become, from the first that is too many.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// An argument to add: `by_alias=True`.
    pub insert: Option<String>,
    /// With `insert`: an argument to add in front of it, unless the call passes it already: `arguments=None`.
    pub insert_first: Option<String>,
    /// Imports that the new text needs.
    #[serde(default)]
    pub imports: OneOrMany<String>,
    /// Another rule about members: its names, passed by keyword to the constructors of its classes, are meant.
    pub like: Option<String>,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// How far the rewrite may be trusted.
    #[serde(default = "safe")]
    pub applicability: Applicability,
    /// A named rewrite for what data cannot say.
    pub transform: Option<String>,
}

/// A function registered by a decorator, also when the decorator is called with the function.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DecoratorMatch {
    /// The decorating methods: `mcp.server.lowlevel.Server.call_tool`.
    #[serde(deserialize_with = "paths")]
    pub of: OneOrMany<String>,
    /// The first string passed to the decorator matches this regular expression.
    pub text: Option<String>,
    /// And does not match this one.
    pub not_text: Option<String>,
    /// The body raises one of these, by path (`ValueError` for a builtin, `*` for any exception).
    #[serde(default)]
    pub raises: OneOrMany<String>,
    /// What a receiver whose type is not known means.
    #[serde(default)]
    pub unknown: OnUnknown,
    /// The return annotation mentions one of these classes.
    #[serde(default, deserialize_with = "paths")]
    pub returns: OneOrMany<String>,
    /// A parameter is annotated with one of these classes.
    #[serde(default, deserialize_with = "paths")]
    pub takes: OneOrMany<String>,
    /// The decorator passes none of these keywords.
    #[serde(default)]
    pub without: OneOrMany<String>,
    /// The function's body calls one of these, by path.
    #[serde(default, deserialize_with = "paths")]
    pub calls: OneOrMany<String>,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// How far the rewrite may be trusted.
    #[serde(default = "safe")]
    pub applicability: Applicability,
    /// A named rewrite for what data cannot say.
    pub transform: Option<String>,
}

/// What a subclass of an SDK class defines.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OverrideMatch {
    /// The base classes.
    #[serde(deserialize_with = "paths")]
    pub of: OneOrMany<String>,
    /// The methods or fields; any subclass at all, when empty.
    #[serde(default)]
    pub name: OneOrMany<String>,
    /// The method must have this parameter.
    pub parameter: Option<String>,
    /// The new name.
    pub becomes: Option<String>,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// How far the rewrite may be trusted.
    #[serde(default = "safe")]
    pub applicability: Applicability,
}

/// A constant in a place where its meaning changed. Only in files that import the SDK or handle its values.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LiteralMatch {
    /// The constant, as Python prints it: `408`, `-32002`, `"server-error"`; or the dotted path of a named constant:
    /// `http.HTTPStatus.REQUEST_TIMEOUT`.
    #[serde(default)]
    pub value: OneOrMany<String>,
    /// A string that contains this.
    pub contains: Option<String>,
    /// A string in which this regular expression is found.
    pub matches: Option<String>,
    /// Compared (`==`, `!=`, `in`, `is`, `case`) with one of these members: `mcp.types.ErrorData.code`.
    #[serde(default, deserialize_with = "paths")]
    pub compared_to: OneOrMany<String>,
    /// Passed to one of these: `logging.getLogger`.
    #[serde(default, deserialize_with = "paths")]
    pub argument_of: OneOrMany<String>,
    /// With `argument-of`: the place among the positional arguments, from 0; any place or keyword, when not said.
    pub position: Option<usize>,
    /// Compared or asserted anywhere in a file that imports the SDK: a guess, of low confidence.
    #[serde(default)]
    pub anywhere: bool,
    /// The text that stands for it instead.
    pub becomes: Option<String>,
    /// Imports that `becomes` needs.
    #[serde(default)]
    pub imports: OneOrMany<String>,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// How far the rewrite may be trusted.
    #[serde(default = "safe")]
    pub applicability: Applicability,
}

/// An exception handler, `pytest.raises` or `contextlib.suppress` around calls of the SDK.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HandlerMatch {
    /// What is caught, by path: `httpx.ConnectError`, `httpx.*`, `ValueError`.
    #[serde(deserialize_with = "paths")]
    pub catches: OneOrMany<String>,
    /// What the guarded body calls, or enters with `async with`: `mcp.client.streamable_http.*`, `mcp.ClientSession.*`.
    #[serde(deserialize_with = "paths")]
    pub around: OneOrMany<String>,
    /// Whether the exception must be looked at: bound by `as`, or held against `match=`.
    #[serde(default)]
    pub text_used: bool,
    /// The new exception's path; of a `.*`, the prefix.
    pub becomes: Option<String>,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
    /// How far the rewrite may be trusted.
    #[serde(default = "safe")]
    pub applicability: Applicability,
}

/// A check written in code, for what data cannot say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CheckMatch {
    /// Its name, in the table of `src/python/check/named/`.
    pub name: String,
    /// What to do, for the placeholder `{advice}`.
    pub advice: Option<String>,
}
