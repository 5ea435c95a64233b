//! Calls of a client's session, told by the type of the receiver.

use ruff_python_ast::{Expr, ExprCall};

use super::super::callee::methods;
use super::super::context::Context;
use super::super::uses::At;

/// The client's session.
const SESSION: &str = "mcp.client.session.ClientSession";

/// The method that `call` calls of a `ClientSession`; `None` for any other call.
pub(super) fn method<'t>(context: &Context<'_, '_>, call: &'t ExprCall, at: At) -> Option<&'t str> {
    let Expr::Attribute(attribute) = &*call.func else { return None };
    let name = attribute.attr.as_str();
    let of_session = |path: &String| {
        path.strip_suffix(name).and_then(|class| class.strip_suffix('.')).is_some_and(|class| class == SESSION)
    };
    methods(context, &attribute.value, name, at).iter().any(of_session).then_some(name)
}
