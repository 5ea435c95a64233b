//! What a call of the old function passes, and the HTTP client that takes it over.

use ruff_python_ast::{Expr, ExprCall, Keyword};

use super::super::super::super::parse::span;
use super::super::super::super::types::Part;
use super::super::super::context::Context;
use super::super::super::quoted::is_named;
use super::super::super::uses::At;
use super::super::super::value::literal;
use super::super::layout;
use super::super::transform::timedelta_seconds;
use crate::fix::Applicability;

/// The parameters in their order.
const PARAMETERS: [&str; 7] =
    ["url", "headers", "timeout", "sse_read_timeout", "terminate_on_close", "httpx_client_factory", "auth"];

/// A call, taken apart.
pub(super) struct Called<'t> {
    /// The arguments of the new call in front of the client, as written: the URL, and what else it still takes.
    pub(super) kept: Vec<String>,
    given: Vec<(&'static str, &'t Expr)>,
    /// How the new call says when to end the session.
    pub(super) ending: Option<String>,
}

/// What the call passes; `None` when it cannot be told.
pub(super) fn taken_apart<'t>(context: &Context<'_, 't>, call: &'t ExprCall, to: &str) -> Option<Called<'t>> {
    let indent = super::super::indentation(context.text, span(call).start);
    let written = |value: &Expr| layout::indented(context.source(value), indent, to);
    let mut out = Called { kept: Vec::new(), given: Vec::new(), ending: None };
    let by_position = call.arguments.args.iter().zip(PARAMETERS).map(|(value, name)| (name, value, true));
    if call.arguments.args.len() > PARAMETERS.len() || call.arguments.args.iter().any(Expr::is_starred_expr) {
        return None;
    }
    let mut all: Vec<(&'static str, &'t Expr, bool)> = by_position.collect();
    for keyword in &call.arguments.keywords {
        let name = keyword.arg.as_ref()?.as_str();
        all.push((PARAMETERS.into_iter().find(|known| *known == name)?, &keyword.value, false));
    }
    for (name, value, is_positional) in all {
        match name {
            "url" if is_positional => out.kept.push(written(value)),
            "url" => out.kept.push(format!("url={}", written(value))),
            "terminate_on_close" => out.ending = Some(format!("terminate_on_close={}", written(value))),
            // What says no more than the default needs no client.
            "headers" | "auth" if value.is_none_literal_expr() => {}
            "timeout" if is_number(value, 30) => {}
            "sse_read_timeout" if is_number(value, 300) => {}
            _ => out.given.push((name, value)),
        }
    }
    (!out.kept.is_empty()).then_some(out)
}

fn is_number(value: &Expr, wanted: u32) -> bool {
    literal(value).is_some_and(|shown| shown == wanted.to_string())
}

/// The expression that makes an HTTP client.
pub(super) struct Client {
    pub(super) maker: String,
    pub(super) arguments: Vec<String>,
    pub(super) applicability: Applicability,
}

impl<'t> Called<'t> {
    fn value(&self, name: &str) -> Option<&'t Expr> {
        self.given.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// Whether anything is passed that belongs to the HTTP client.
    pub(super) fn needs_client(&self) -> bool {
        !self.given.is_empty()
    }

    /// The client for the call at `at`, of which further lines are indented by `to` where they were by `from`.
    pub(super) fn client(&self, context: &Context<'_, '_>, at: At, (from, to): (&str, &str)) -> Option<Client> {
        let mut applicability = Applicability::Safe;
        let mut seconds = |name: &str, default: &str| -> Option<String> {
            let Some(value) = self.value(name) else { return Some(default.to_owned()) };
            let (text, is_sure) = seconds(context, value, at)?;
            if !is_sure {
                applicability = Applicability::Unsafe;
            }
            Some(text)
        };
        let timeout =
            format!("httpx2.Timeout({}, read={})", seconds("timeout", "30")?, seconds("sse_read_timeout", "300")?);
        let written = |name: &str| {
            self.value(name).map(|value| format!("{name}={}", layout::indented(context.source(value), from, to)))
        };
        let (headers, auth) = (written("headers"), written("auth"));
        let timeout = format!("timeout={timeout}");
        match self.value("httpx_client_factory") {
            // The old function passed all three, and a factory may insist on them.
            Some(factory) => {
                let source = context.source(factory);
                let is_plain =
                    matches!(factory, Expr::Name(_) | Expr::Attribute(_) | Expr::Call(_) | Expr::Subscript(_));
                let maker = if is_plain { source.to_owned() } else { format!("({source})") };
                let none = |name: &str| format!("{name}=None");
                let mut arguments =
                    vec![headers.unwrap_or_else(|| none("headers")), timeout, auth.unwrap_or_else(|| none("auth"))];
                if let Some((function, bound)) = of_partial(factory) {
                    arguments.splice(0..0, bound.iter().map(|one| context.source(one).to_owned()));
                    let maker = context.source(function).to_owned();
                    return Some(Client { maker, arguments, applicability: Applicability::Unsafe });
                }
                Some(Client { maker, arguments, applicability: Applicability::Unsafe })
            }
            None => {
                let arguments = headers.into_iter().chain([timeout]).chain(auth).collect();
                Some(Client { maker: "httpx2.AsyncClient".to_owned(), arguments, applicability })
            }
        }
    }
}

/// The function and the keywords of `partial(function, keyword=value)`.
fn of_partial(factory: &Expr) -> Option<(&Expr, &[Keyword])> {
    let Expr::Call(call) = factory else { return None };
    let [function] = &*call.arguments.args else { return None };
    let is_plain = matches!(function, Expr::Name(_) | Expr::Attribute(_));
    let is_partial = is_named(&call.func, "partial") && is_plain;
    is_partial.then_some((function, &call.arguments.keywords))
}

/// The value in seconds, and whether that is sure; `None` when it is a `timedelta` that takes more than its own text.
fn seconds(context: &Context<'_, '_>, value: &Expr, at: At) -> Option<(String, bool)> {
    if let Some(text) = timedelta_seconds::text(context, value, at) {
        return Some((text, true));
    }
    let source = context.source(value).to_owned();
    let parts = context.type_of(value).parts;
    let is_delta = |part: &Part| matches!(part, Part::Instance(class) if class.is("datetime.timedelta"));
    if parts.iter().any(is_delta) {
        let is_atom = matches!(value, Expr::Name(_) | Expr::Attribute(_));
        let has_name = context.scopes.lookup("timedelta", at.scope).is_some();
        return (is_atom && has_name)
            .then(|| (format!("{source}.total_seconds() if isinstance({source}, timedelta) else {source}"), true));
    }
    let is_number = |part: &Part| match part {
        Part::Instance(class) => class.is("builtins.int") || class.is("builtins.float"),
        Part::Literal(_) | Part::None => true,
        _ => false,
    };
    Some((source, !parts.is_empty() && parts.iter().all(is_number)))
}
