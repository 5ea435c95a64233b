//! Pieces of a module's text as a stub holds them: on one line, without comments, exact in everything that types mean.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr};
use ruff_python_ast::{Expr, Number, Operator, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

/// A longer string is prose more often than it is a name, a version or a key.
const LONGEST_STRING: usize = 64;

/// What stands for a type that the source does not say.
pub(super) const UNKNOWN: &str = "Incomplete";

/// The text of a module with its tokens.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens }
    }

    /// The bytes of a node.
    pub(super) fn raw(&self, range: TextRange) -> &'a str {
        self.text.get(range.start().to_usize()..range.end().to_usize()).unwrap_or_default()
    }

    /// An expression on one line. `Annotated[T, ...]` is `T`: what else it holds is for other programs than a type
    /// checker, and mostly prose.
    pub(super) fn code(&self, expr: &Expr) -> String {
        let mut shorter = Shorter { source: *self, replaced: Vec::new() };
        shorter.visit_expr(expr);
        self.joined(expr.range(), &shorter.replaced)
    }

    /// The tokens of `range` on one line, with some ranges replaced.
    fn joined(&self, range: TextRange, replaced: &[(TextRange, String)]) -> String {
        let first = self.tokens.partition_point(|token| token.start() < range.start());
        let mut out = String::new();
        let mut end = range.start();
        let mut replaced = replaced.iter().peekable();
        for token in self.tokens[first..].iter().take_while(|token| token.end() <= range.end()) {
            if matches!(token.kind(), TokenKind::Comment | TokenKind::NonLogicalNewline | TokenKind::Newline)
                || token.range().is_empty()
                || token.start() < end
            {
                continue;
            }
            let between = self.raw(TextRange::new(end, token.start()));
            let closes = matches!(token.kind(), TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace);
            if !between.contains(['\n', '\r', '\\', '#']) {
                out.push_str(between);
            } else if !closes && !out.ends_with(['(', '[', '{']) {
                out.push(' ');
            }
            if token.kind() == TokenKind::Rsqb && out.ends_with(',') {
                out.pop();
            }
            while replaced.next_if(|(range, _)| range.start() < token.start()).is_some() {}
            if let Some((range, by)) = replaced.next_if(|(range, _)| range.start() == token.start()) {
                out.push_str(by);
                end = range.end();
            } else {
                // A quoted annotation may span lines, where white space means nothing.
                let text = self.raw(token.range());
                if token.kind() == TokenKind::String && text.contains('\n') {
                    out.push_str(&text.split_whitespace().collect::<Vec<_>>().join(" "));
                } else {
                    out.push_str(text);
                }
                end = token.end();
            }
        }
        out
    }

    /// A value that may stay in a stub because its kind is API: a constant that is short.
    pub(super) fn literal(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::NoneLiteral(_) | Expr::BooleanLiteral(_) | Expr::NumberLiteral(_) | Expr::EllipsisLiteral(_) => {}
            Expr::UnaryOp(unary) if unary.op == UnaryOp::USub && unary.operand.is_number_literal_expr() => {}
            Expr::StringLiteral(string) => {
                let value = string.value.to_str();
                let short = value.len() <= LONGEST_STRING && value.matches(' ').count() < 3;
                if !short || string.value.is_implicit_concatenated() || value.contains('\n') {
                    return None;
                }
            }
            _ => return None,
        }
        Some(self.raw(expr.range()).to_owned())
    }

    /// A default as a stub holds it.
    pub(super) fn default(&self, expr: &Expr) -> String {
        self.literal(expr).unwrap_or_else(|| "...".to_owned())
    }

    /// Whether an expression may be a type, or makes one: such a value is the meaning of its name.
    pub(super) fn is_type(expr: &Expr) -> bool {
        match expr {
            Expr::Name(_) => true,
            Expr::Attribute(attribute) => Self::is_type(&attribute.value),
            Expr::Subscript(subscript) => Self::is_type(&subscript.value) && !subscript.slice.is_unary_op_expr(),
            Expr::BinOp(union) => {
                let side =
                    |expr: &Expr| expr.is_none_literal_expr() || expr.is_string_literal_expr() || Self::is_type(expr);
                union.op == Operator::BitOr && side(&union.left) && side(&union.right)
            }
            Expr::Call(call) => matches!(
                last_name(&call.func),
                Some(
                    "TypeVar"
                        | "ParamSpec"
                        | "TypeVarTuple"
                        | "NewType"
                        | "TypeAliasType"
                        | "NamedTuple"
                        | "namedtuple"
                        | "TypedDict"
                )
            ),
            _ => false,
        }
    }

    /// The type that a value shows by its form, as an annotation.
    pub(super) fn type_of(&self, expr: &Expr, names: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let of = |expr: &Expr| self.type_of(expr, names);
        let plain = |name: &str| Some(name.to_owned());
        match expr {
            Expr::StringLiteral(_) | Expr::FString(_) => plain("str"),
            Expr::BytesLiteral(_) => plain("bytes"),
            Expr::BooleanLiteral(_) | Expr::Compare(_) => plain("bool"),
            Expr::NoneLiteral(_) => plain("None"),
            Expr::NumberLiteral(number) => plain(match number.value {
                Number::Int(_) => "int",
                Number::Float(_) => "float",
                Number::Complex { .. } => "complex",
            }),
            Expr::UnaryOp(unary) if unary.op == UnaryOp::Not => plain("bool"),
            Expr::UnaryOp(unary) => of(&unary.operand),
            Expr::BinOp(binary) => {
                let (left, right) = (of(&binary.left)?, of(&binary.right)?);
                match (left.as_str(), right.as_str()) {
                    ("int", "int") if binary.op == Operator::Div => plain("float"),
                    ("int" | "float", "float") | ("float", "int") => plain("float"),
                    ("int", "int") | ("str", "str") => Some(left),
                    _ => None,
                }
            }
            Expr::BoolOp(either) => union(either.values.iter().map(of).collect::<Option<Vec<_>>>()?),
            Expr::If(either) => union(vec![of(&either.body)?, of(&either.orelse)?]),
            Expr::List(list) => Some(format!("list[{}]", same(list.elts.iter().map(of)))),
            Expr::Set(set) => Some(format!("set[{}]", same(set.elts.iter().map(of)))),
            Expr::Dict(dict) => {
                let keys = dict.items.iter().map(|item| item.key.as_ref().and_then(of));
                let values = dict.items.iter().map(|item| of(&item.value));
                Some(format!("dict[{}, {}]", same(keys), same(values)))
            }
            Expr::Tuple(tuple) if !tuple.elts.is_empty() => {
                let items: Vec<_> = tuple.elts.iter().map(of).collect::<Option<_>>()?;
                Some(format!("tuple[{}]", items.join(", ")))
            }
            Expr::Name(name) => names(name.id.as_str()),
            Expr::Call(call) => self.type_of_call(&call.func, &call.arguments.args),
            _ => None,
        }
    }

    fn type_of_call(&self, callee: &Expr, arguments: &[Expr]) -> Option<String> {
        let bare = match callee {
            Expr::Subscript(subscript) => &subscript.value,
            other => other,
        };
        let name = last_name(bare)?;
        let beside = |name: &str| match bare {
            Expr::Attribute(attribute) => Some(format!("{}.{name}", self.code(&attribute.value))),
            _ => None,
        };
        match name {
            "getLogger" => beside("Logger"),
            "compile" if self.code(bare) == "re.compile" => beside("Pattern[str]"),
            "str" | "int" | "float" | "bool" | "bytes" if bare.is_name_expr() => Some(name.to_owned()),
            "list" | "set" | "frozenset" if bare.is_name_expr() => Some(format!("{name}[{UNKNOWN}]")),
            "dict" if bare.is_name_expr() => Some(format!("dict[{UNKNOWN}, {UNKNOWN}]")),
            "TypeAdapter" if !callee.is_subscript_expr() => match arguments {
                [only] if Self::is_type(only) => Some(format!("{}[{}]", self.code(callee), self.code(only))),
                _ => None,
            },
            // Functions that stand in a default's place and are written like classes.
            "Field" | "PrivateAttr" | "Depends" => None,
            _ => {
                let mut letters = name.trim_start_matches('_').chars();
                let is_class = letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase);
                is_class.then(|| self.code(callee))
            }
        }
    }
}

/// The union of types, each once; of what may be `None` only where all may be.
pub(super) fn union(types: Vec<String>) -> Option<String> {
    let mut seen: Vec<String> = Vec::new();
    for one in
        types.iter().flat_map(|one| if one.contains('[') { vec![one.as_str()] } else { one.split(" | ").collect() })
    {
        if !seen.iter().any(|other| other == one) {
            seen.push(one.to_owned());
        }
    }
    (!seen.is_empty()).then(|| seen.join(" | "))
}

fn same(mut types: impl Iterator<Item = Option<String>>) -> String {
    let unknown = || UNKNOWN.to_owned();
    let Some(first) = types.next().flatten() else { return unknown() };
    if types.all(|other| other.as_ref() == Some(&first)) { first } else { unknown() }
}

/// `c` of `a.b.c`.
pub(super) fn last_name(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }
}

/// `a.b.c`, if an expression is nothing else.
pub(super) fn dotted(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Name(name) => Some(name.id.to_string()),
        Expr::Attribute(attribute) => Some(format!("{}.{}", dotted(&attribute.value)?, attribute.attr)),
        _ => None,
    }
}

/// Finds what is written shorter, from left to right and never one within another.
struct Shorter<'a> {
    source: Source<'a>,
    replaced: Vec<(TextRange, String)>,
}

impl<'a> SourceOrderVisitor<'a> for Shorter<'_> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Subscript(subscript) = expr
            && last_name(&subscript.value) == Some("Annotated")
            && let Expr::Tuple(tuple) = &*subscript.slice
            && let Some(first) = tuple.elts.first()
        {
            let kept = self.source.code(first);
            self.replaced.push((expr.range(), if first.is_bin_op_expr() { format!("({kept})") } else { kept }));
        } else {
            walk_expr(self, expr);
        }
    }
}
