//! What a move from one SDK to another breaks as far as types can see it: the difference of two lists of diagnostics.

use std::collections::BTreeMap;

use super::Diagnostic;

/// The diagnostics of one file against the new SDK that the old SDK does not give.
///
/// Two diagnostics are the same when rule and span agree; their messages may name a type that moved. Where a rule speaks
/// several times at one span, as many are new as there are more of them than before. The answer is in the order of
/// `v2`, and depends on nothing else.
pub fn broken_by(v1: &[Diagnostic], v2: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut known: BTreeMap<(&str, crate::source::Span), usize> = BTreeMap::new();
    for diagnostic in v1 {
        *known.entry((&diagnostic.rule, diagnostic.span)).or_default() += 1;
    }
    let new = v2.iter().filter(|diagnostic| match known.get_mut(&(diagnostic.rule.as_str(), diagnostic.span)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    });
    new.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn diagnostic(rule: &str, start: usize, message: &str) -> Diagnostic {
        Diagnostic { rule: rule.to_owned(), span: Span::new(start, start + 4), message: message.to_owned() }
    }

    #[test]
    fn what_was_broken_before_is_not_broken_by_the_move() {
        let v1 = [diagnostic("a", 0, "old words"), diagnostic("b", 5, ""), diagnostic("gone", 9, "")];
        let v2 =
            [diagnostic("a", 0, "new words"), diagnostic("a", 5, ""), diagnostic("b", 5, ""), diagnostic("b", 5, "2")];
        assert_eq!(broken_by(&v1, &v2), [v2[1].clone(), v2[3].clone()]);
        assert_eq!(broken_by(&v2, &v2), []);
        assert_eq!(broken_by(&[], &v1), v1);
    }
}
