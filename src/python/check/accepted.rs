//! Deprecations that the code accepts: a comment beside the place tells type checkers so.

use super::context::{Context, Hit};
use super::statements::Starts;

/// What pyright, mypy and ty call a use of something deprecated.
const CODES: [&str; 2] = ["reportDeprecated", "deprecated"];

/// Leaves out what warns and no more, and of which the code says that it knows.
pub(super) fn leave_out(context: &Context<'_, '_>, hits: &mut Vec<Hit<'_>>) {
    if hits.iter().any(|hit| hit.rule.deprecation) {
        let starts = Starts::of(context.body);
        hits.retain(|hit| {
            let start = starts.start(hit.span.start);
            let end = context
                .text
                .get(hit.span.end..)
                .and_then(|after| after.find('\n'))
                .map_or(context.text.len(), |more| hit.span.end + more);
            let around = context.text.get(start..end).unwrap_or_default();
            !(hit.rule.deprecation && around.lines().any(accepts))
        });
    }
}

/// Whether a comment of this line is `# pyright: ignore[reportDeprecated]` or its like.
fn accepts(line: &str) -> bool {
    line.split('#').skip(1).any(|comment| {
        let listed = comment.split_once("ignore[").and_then(|(_, rest)| rest.split(']').next()).unwrap_or_default();
        listed.split(',').any(|code| CODES.contains(&code.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_comment_about_deprecations_accepts_one() {
        for line in [
            "x()  # pyright: ignore[reportDeprecated]",
            "x()  # noqa: B008  # type: ignore[arg-type, deprecated]",
            "x()  # ty: ignore[deprecated]",
        ] {
            assert!(accepts(line), "{line}");
        }
        for line in
            ["x()  # type: ignore", "x('ignore[deprecated]')", "x()  # pyright: ignore[reportAttributeAccessIssue]"]
        {
            assert!(!accepts(line), "{line}");
        }
    }
}
