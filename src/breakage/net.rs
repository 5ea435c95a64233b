//! What the types say of a module as a whole: what the move breaks and no rule explains, the net under the rules, and
//! whether the move was made already.

use super::code::Unit;
use crate::finding::{Confidence, Fails};
use crate::python::check::{Hit, unexplained};
use crate::python::surface::Surface;
use crate::python::types::{Diagnostic, broken_by};
use crate::rule::{Rule, Rules};
use crate::source::Span;

/// A sentence that names whole union types can take pages.
const MAX_SENTENCE: usize = 400;

/// The rule that speaks for the net.
pub(super) fn rule(rules: &Rules) -> Option<&Rule> {
    rules.iter().find(|rule| rule.is_net())
}

/// The places of `unit` that a checker refuses on the newer SDK alone and that none of `hits` explains.
pub(super) fn hits<'r>(
    rule: &'r Rule,
    unit: &Unit<'_>,
    hits: &[Hit<'r>],
    (on_old, on_new): (&[Diagnostic], &[Diagnostic]),
    new: &Surface,
) -> Vec<Hit<'r>> {
    let mut broken = broken_by(on_old, on_new);
    broken.retain(|diagnostic| !falls_off_the_end(diagnostic));
    if broken.is_empty() {
        return Vec::new();
    }
    let explained: Vec<Span> = hits.iter().map(|hit| hit.span).collect();
    let left = unexplained(unit.text(), &unit.module, broken, &explained, new.index());
    let hit = |diagnostic: Diagnostic| {
        let mut value = diagnostic.message;
        // ty marks code with backticks, as the messages of rules do.
        value.truncate(value.floor_char_boundary(MAX_SENTENCE));
        Hit::new(rule, diagnostic.span).with("value", value).with("name", diagnostic.rule)
    };
    left.into_iter().map(hit).collect()
}

/// Whether what the net caught ends with an error for sure when it runs. The rest may only be a matter of types.
pub fn fails_for_sure(hit: &Hit<'_>) -> bool {
    match hit.values.get("name").map_or("", String::as_str) {
        "unresolved-import" | "unknown-argument" | "missing-argument" | "too-many-positional-arguments" => true,
        // What is set on an object may be new there.
        "unresolved-attribute" => hit.values.get("value").is_some_and(|said| said.contains("has no attribute")),
        _ => false,
    }
}

/// Whether a function is said to end without a `return`: it does so on both SDKs or on none. What a checker can tell of
/// that depends on how much it knows of what is matched on, and no more.
fn falls_off_the_end(diagnostic: &Diagnostic) -> bool {
    diagnostic.rule == "invalid-return-type" && diagnostic.message.contains("implicitly return")
}

/// Whether a module with these hits is written for the newer SDK: it names what only that has, and nothing that ends
/// there with an error. Imports tell that of most modules; a client's may all be of names that both have.
pub(super) fn has_moved(hits: &[Hit<'_>], on_old: &[Diagnostic], on_new: &[Diagnostic]) -> bool {
    let is_sign = |diagnostic: &Diagnostic| match &*diagnostic.rule {
        "unknown-argument" | "unresolved-attribute" => true,
        // The newer transports yield another number of values.
        "invalid-assignment" => diagnostic.message.contains("to unpack"),
        _ => false,
    };
    may_have_moved(hits) && broken_by(on_new, on_old).iter().any(is_sign)
}

/// Whether nothing among the hits says that the module was never run on the newer SDK.
pub(super) fn may_have_moved(hits: &[Hit<'_>]) -> bool {
    let is_older = |hit: &Hit<'_>| hit.rule.fails != Fails::Silent && hit.confidence == Confidence::High;
    !hits.is_empty() && !hits.iter().any(is_older)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_that_ends_is_not_the_sdks_doing() {
        let said = |rule: &str, message: &str| {
            falls_off_the_end(&Diagnostic { span: Span::new(0, 1), rule: rule.to_owned(), message: message.to_owned() })
        };
        let implicit = "Function can implicitly return `None`, which is not assignable to return type `str`";
        assert!(said("invalid-return-type", implicit));
        assert!(!said("invalid-return-type", "Return type does not match returned value: expected `str`, found `int`"));
        assert!(!said("invalid-argument-type", implicit));
    }
}
