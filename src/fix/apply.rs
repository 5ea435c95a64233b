//! Applies edits to bytes, and shows what that changes.

use std::collections::BTreeMap;

use similar::TextDiff;

use super::{Edit, Fix};
use crate::source::Span;

/// Applies `fixes` to `bytes`. A fix whose edits touch those of an earlier one is left for the next run, whole; the
/// second value holds the indices of the fixes that were applied.
pub fn apply(bytes: &[u8], fixes: &[&Fix]) -> (Vec<u8>, Vec<usize>) {
    let mut chosen: BTreeMap<Span, &Edit> = BTreeMap::new();
    let mut applied = Vec::new();
    for (index, fix) in fixes.iter().enumerate() {
        if fix.edits.iter().all(|edit| edit.span.end <= bytes.len() && fits(edit, &chosen)) {
            chosen.extend(fix.edits.iter().map(|edit| (edit.span, edit)));
            applied.push(index);
        }
    }
    let mut out = Vec::with_capacity(bytes.len() + 64);
    let mut at = 0;
    for edit in chosen.into_values() {
        out.extend_from_slice(&bytes[at..edit.span.start]);
        out.extend_from_slice(edit.content.as_bytes());
        at = edit.span.end;
    }
    out.extend_from_slice(&bytes[at..]);
    (out, applied)
}

/// Two edits may meet, but neither may reach into the other, and two insertions at one place have no order. Those that
/// were chosen are apart, so only the neighbours need a look. The very same edit may be part of several fixes.
fn fits(edit: &Edit, chosen: &BTreeMap<Span, &Edit>) -> bool {
    if chosen.get(&edit.span).is_some_and(|other| other.content == edit.content) {
        return true;
    }
    let before = chosen.range(..edit.span).next_back();
    let after = chosen.range(edit.span..).next();
    before.is_none_or(|(other, _)| other.end <= edit.span.start)
        && after.is_none_or(|(other, _)| *other != edit.span && edit.span.end <= other.start)
}

/// A patch from `old` to `new` in the form `git apply` takes; empty when nothing differs.
pub fn diff(path: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    if old == new {
        return Vec::new();
    }
    // An absolute path is none in a patch; without its root it applies from there.
    let path = path.trim_start_matches('/');
    let mut out = format!("--- a/{path}\n+++ b/{path}\n").into_bytes();
    let diff = TextDiff::configure().diff_lines(old, new);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        out.extend_from_slice(hunk.header().to_string().trim_end().as_bytes());
        out.push(b'\n');
        for change in hunk.iter_changes() {
            out.push(match change.tag() {
                similar::ChangeTag::Equal => b' ',
                similar::ChangeTag::Delete => b'-',
                similar::ChangeTag::Insert => b'+',
            });
            out.extend_from_slice(change.value());
            if !change.value().ends_with(b"\n") {
                out.extend_from_slice(b"\n\\ No newline at end of file\n");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::Applicability;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edits = edits.iter().map(|(start, end, content)| Edit {
            path: "a".into(),
            span: Span::new(*start, *end),
            content: (*content).into(),
        });
        Fix { title: String::new(), applicability: Applicability::Safe, edits: edits.collect() }
    }

    #[test]
    fn edits_that_clash_wait() {
        let (one, two, three) = (fix(&[(1, 1, "X"), (4, 5, "")]), fix(&[(4, 5, "Y")]), fix(&[(5, 5, "Z")]));
        let (out, applied) = apply(b"abcdef", &[&one, &two, &three]);
        assert_eq!((out.as_slice(), applied), (b"aXbcdZf".as_slice(), vec![0, 2]));
    }

    #[test]
    fn a_patch_says_when_the_last_line_has_no_end() {
        let patch = String::from_utf8(diff("r.txt", b"a\r\nmcp", b"a\r\nmcp<2")).unwrap();
        assert_eq!(
            patch,
            "--- a/r.txt\n+++ b/r.txt\n@@ -1,2 +1,2 @@\n a\r\n-mcp\n\\ No newline at end of file\n+mcp<2\n\\ No newline at end of file\n"
        );
    }
}
