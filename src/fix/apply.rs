//! Applies edits to bytes, tells where places went, and shows what was changed.

use std::collections::BTreeMap;

use similar::TextDiff;

use super::{Edit, Fix};
use crate::source::{SourceFile, Span};

/// Fixes that can be made together, of any number of files.
#[derive(Debug, Default)]
pub struct Chosen<'f> {
    edits: BTreeMap<&'f str, BTreeMap<Span, Vec<&'f str>>>,
    /// The indices of the fixes that are made.
    pub applied: Vec<usize>,
    /// The indices of those whose edits touch the edits of an earlier one: they are left for the next run, whole.
    pub waiting: Vec<usize>,
}

impl<'f> Chosen<'f> {
    /// Chooses among `fixes`, the earlier before the later. `length` tells how many bytes the file shown as a path has;
    /// a fix of a file that has none, or that is too short for it, is neither applied nor waiting.
    pub fn of(fixes: &[&'f Fix], length: &dyn Fn(&str) -> Option<usize>) -> Self {
        let mut chosen = Self::default();
        for (index, fix) in fixes.iter().enumerate() {
            let is_within = |edit: &Edit| length(&edit.path).is_some_and(|length| edit.span.end <= length);
            // A fix whose own edits reach into each other is a mistake, and stays unmade.
            if !fix.edits.iter().all(is_within) || !are_apart(&fix.edits) {
                continue;
            }
            if !fix.edits.iter().all(|edit| chosen.fits(edit)) {
                chosen.waiting.push(index);
                continue;
            }
            for edit in &fix.edits {
                let contents = chosen.edits.entry(&edit.path).or_default().entry(edit.span).or_default();
                if !contents.contains(&edit.content.as_str()) {
                    contents.push(&edit.content);
                }
            }
            chosen.applied.push(index);
        }
        chosen
    }

    /// Two edits may meet, but neither may reach into the other, and two insertions at one place have no order, unless
    /// both are lines of their own. Those that were chosen are apart, so only the neighbours need a look. The very same
    /// edit may be part of several fixes.
    fn fits(&self, edit: &Edit) -> bool {
        let Some(chosen) = self.edits.get(edit.path.as_str()) else { return true };
        if let Some(others) = chosen.get(&edit.span)
            && (others.contains(&edit.content.as_str()) || is_whole_lines(edit, others))
        {
            return true;
        }
        let before = chosen.range(..edit.span).next_back();
        let after = chosen.range(edit.span..).next();
        before.is_none_or(|(other, _)| other.end <= edit.span.start)
            && after.is_none_or(|(other, _)| *other != edit.span && edit.span.end <= other.start)
    }

    /// The files that are changed.
    pub fn paths(&self) -> impl Iterator<Item = &'f str> {
        self.edits.keys().copied()
    }

    /// `bytes`, those of the file shown as `path`, with the edits made.
    pub fn text(&self, path: &str, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len() + 64);
        let mut at = 0;
        for (span, contents) in self.edits.get(path).into_iter().flatten() {
            out.extend_from_slice(&bytes[at..span.start]);
            contents.iter().for_each(|content| out.extend_from_slice(content.as_bytes()));
            at = span.end;
        }
        out.extend_from_slice(&bytes[at..]);
        out
    }

    /// Where the places of the file shown as `path` go.
    pub fn trail(&self, path: &str) -> Trail {
        let edits = self.edits.get(path).into_iter().flatten();
        Trail(edits.map(|(span, contents)| (*span, contents.iter().map(|content| content.len()).sum())).collect())
    }
}

/// Whether edits of one fix are apart from each other. Insertions at one place are made in their order.
fn are_apart(edits: &[Edit]) -> bool {
    let mut spans: Vec<(&str, Span)> = edits.iter().map(|edit| (edit.path.as_str(), edit.span)).collect();
    spans.sort_unstable();
    spans.windows(2).all(|pair| pair[0].0 != pair[1].0 || pair[0].1 == pair[1].1 || pair[0].1.end <= pair[1].1.start)
}

/// Whether an insertion and the `others` at its place add whole lines each, in whatever order: those of imports.
fn is_whole_lines(edit: &Edit, others: &[&str]) -> bool {
    let starts = |text: &str| text.starts_with(['\n', '\r']);
    let ends = |text: &str| text.ends_with('\n');
    let all = |is: &dyn Fn(&str) -> bool| is(&edit.content) && others.iter().all(|other| is(other));
    edit.span.is_empty() && (all(&|text| starts(text) && !ends(text)) || all(&|text| ends(text) && !starts(text)))
}

/// Where the bytes of a text stand after edits: the spans that were replaced, and how long their new text is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail(Vec<(Span, usize)>);

impl Trail {
    /// Where `span` of the old text stands in the new one. What was replaced as a whole, or in part, is where the new
    /// text for it is; what is inserted in front of it or behind it stays outside.
    pub fn forward(&self, span: Span) -> Span {
        let start = self.at(span.start, true);
        Span::new(start, self.at(span.end, span.is_empty()).max(start))
    }

    fn at(&self, offset: usize, is_start: bool) -> usize {
        let (mut grown, mut shrunk) = (0, 0);
        for (span, length) in &self.0 {
            let is_before = if span.is_empty() {
                span.start < offset || (is_start && span.start == offset)
            } else {
                span.end < offset || (is_start && span.end == offset)
            };
            if is_before {
                grown += length;
                shrunk += span.end - span.start;
                continue;
            }
            if span.start < offset {
                // Within what was replaced: its beginning, or its end.
                return span.start + grown - shrunk + if is_start { 0 } else { *length };
            }
            break;
        }
        offset + grown - shrunk
    }

    /// The spans that were replaced, with those of the new text that was written for them.
    pub fn written(&self) -> impl Iterator<Item = (Span, Span)> {
        let (mut grown, mut shrunk) = (0, 0);
        self.0.iter().map(move |(span, length)| {
            let start = span.start + grown - shrunk;
            grown += length;
            shrunk += span.end - span.start;
            (*span, Span::new(start, start + length))
        })
    }
}

/// Applies `fixes` to `file`. A fix whose edits touch those of an earlier one is left for the next run, whole; the
/// second value holds the indices of the fixes that were applied. What they change in other files is left aside.
pub fn apply(file: &SourceFile, fixes: &[&Fix]) -> (Vec<u8>, Vec<usize>) {
    let bytes = file.bytes();
    let length = |path: &str| Some(if path == file.path() { bytes.len() } else { usize::MAX });
    let chosen = Chosen::of(fixes, &length);
    (chosen.text(file.path(), bytes), chosen.applied)
}

/// A patch from `old` to `new` in the form `git apply` takes; empty when nothing differs.
pub fn diff(path: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    if old == new {
        return Vec::new();
    }
    // An absolute path is none in a patch; without its root it applies from there.
    let path = path.trim_start_matches('/');
    let mut out = format!("--- a/{path}\n+++ b/{path}\n").into_bytes();
    // A line of a patch ends where git says that lines end: at line feeds alone.
    let (old, new): (Vec<&[u8]>, Vec<&[u8]>) = (lines(old).collect(), lines(new).collect());
    let diff = TextDiff::configure().diff_slices(&old, &new);
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

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|byte| *byte == b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::Applicability;

    fn fix_of(path: &str, edits: &[(usize, usize, &str)]) -> Fix {
        let edits = edits.iter().map(|(start, end, content)| Edit {
            path: path.into(),
            span: Span::new(*start, *end),
            content: (*content).into(),
        });
        Fix { title: String::new(), applicability: Applicability::Safe, edits: edits.collect() }
    }

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        fix_of("a", edits)
    }

    #[test]
    fn edits_that_clash_wait() {
        let (one, two, three) = (fix(&[(1, 1, "X"), (4, 5, "")]), fix(&[(4, 5, "Y")]), fix(&[(5, 5, "Z")]));
        let (out, applied) = apply(&SourceFile::in_memory("a", "abcdef"), &[&one, &two, &three]);
        assert_eq!((out.as_slice(), applied), (b"aXbcdZf".as_slice(), vec![0, 2]));
    }

    #[test]
    fn lines_may_be_added_at_one_place_and_other_text_may_not() {
        let (one, two, three) = (fix(&[(3, 3, "\nx")]), fix(&[(3, 3, "\ny")]), fix(&[(3, 3, "\nx")]));
        let (out, applied) = apply(&SourceFile::in_memory("a", "abc\n"), &[&one, &two, &three]);
        assert_eq!((out.as_slice(), applied), (b"abc\nx\ny\n".as_slice(), vec![0, 1, 2]));
        let (one, two) = (fix(&[(3, 3, "x")]), fix(&[(3, 3, "\ny")]));
        assert_eq!(apply(&SourceFile::in_memory("a", "abc\n"), &[&one, &two]).1, [0]);
    }

    #[test]
    fn a_fix_of_two_files_stands_or_falls_as_one() {
        let mut both = fix(&[(0, 1, "X")]);
        both.edits.extend(fix_of("b", &[(0, 1, "Y")]).edits);
        let (other, late) = (fix_of("b", &[(0, 2, "Z")]), fix_of("b", &[(9, 9, "")]));
        let lengths = |path: &str| matches!(path, "a" | "b").then_some(3);
        let chosen = Chosen::of(&[&other, &both, &late], &lengths);
        assert_eq!((chosen.applied.as_slice(), chosen.waiting.as_slice()), ([0].as_slice(), [1].as_slice()));
        assert_eq!(chosen.paths().collect::<Vec<_>>(), ["b"]);
        let chosen = Chosen::of(&[&both], &lengths);
        assert_eq!((chosen.text("a", b"abc"), chosen.text("b", b"abc")), (b"Xbc".to_vec(), b"Ybc".to_vec()));
    }

    #[test]
    fn a_fix_that_reaches_into_itself_is_not_made() {
        let wrong = fix(&[(1, 4, "X"), (3, 5, "Y")]);
        let (out, applied) = apply(&SourceFile::in_memory("a", "abcdef"), &[&wrong]);
        assert_eq!((out.as_slice(), applied.len()), (b"abcdef".as_slice(), 0));
    }

    #[test]
    fn places_are_followed_through_edits() {
        let edits = fix(&[(2, 2, "++"), (4, 6, "X"), (8, 8, "--")]);
        let chosen = Chosen::of(&[&edits], &|_| Some(10));
        let trail = chosen.trail("a");
        assert_eq!(chosen.text("a", b"0123456789"), b"01++23X67--89");
        for (old, new) in [((0, 2), (0, 2)), ((2, 4), (4, 6)), ((4, 6), (6, 7)), ((5, 6), (6, 7)), ((6, 8), (7, 9))] {
            assert_eq!(trail.forward(Span::new(old.0, old.1)), Span::new(new.0, new.1), "{old:?}");
        }
        assert_eq!(trail.forward(Span::new(8, 9)), Span::new(11, 12));
        let written: Vec<Span> = trail.written().map(|(_, new)| new).collect();
        assert_eq!(written, [Span::new(2, 4), Span::new(6, 7), Span::new(9, 11)]);
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
