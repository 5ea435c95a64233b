//! The engine's copy of a file, with return annotations in it, and the way between the two. The copy differs in a few
//! places of a whole module, so these are kept, and not, as a [`crate::source::Fragment`] does, where every byte is from.

use std::collections::BTreeSet;

use super::hints::{Hint, alias};
use crate::source::Span;

/// From places in a file to those in the engine's copy of it, and back.
#[derive(Debug)]
pub(super) struct Shift {
    /// Where hints were put, with their lengths, ascending.
    hints: Vec<(usize, usize)>,
    /// The length of the file.
    length: usize,
}

impl Shift {
    /// That of a file without hints.
    pub(super) fn none() -> Self {
        Self { hints: Vec::new(), length: usize::MAX }
    }

    /// The copy of `text` with `hints`, which are ascending, and the way between the two.
    pub(super) fn of(text: &str, hints: &[Hint]) -> (String, Self) {
        let (mut copy, mut at) = (String::with_capacity(text.len() + 64 * hints.len()), 0);
        for hint in hints {
            copy.push_str(text.get(at..hint.offset).unwrap_or_default());
            copy.push_str(&hint.text);
            at = hint.offset;
        }
        copy.push_str(text.get(at..).unwrap_or_default());
        let modules: BTreeSet<&String> = hints.iter().flat_map(|hint| &hint.modules).collect();
        for module in modules {
            copy.push_str(&format!("\nimport {module} as {}", alias(module)));
        }
        let hints = hints.iter().map(|hint| (hint.offset, hint.text.len())).collect();
        (copy, Self { hints, length: text.len() })
    }

    /// The span in the copy.
    pub(super) fn inward(&self, span: Span) -> Span {
        let before = |offset: usize| {
            self.hints.iter().take_while(|(at, _)| *at < offset).map(|(_, length)| length).sum::<usize>()
        };
        // What begins where a hint stands, or holds it, is moved or stretched by it.
        Span::new(span.start + before(span.start + 1), span.end + before(span.end))
    }

    /// The span in the file; none for what is in the copy alone.
    pub(super) fn outward(&self, span: Span) -> Option<Span> {
        let back = |offset: usize| {
            let mut shift = 0;
            for (at, length) in &self.hints {
                if at + shift >= offset {
                    break;
                }
                if offset < at + shift + length {
                    return None;
                }
                shift += length;
            }
            (offset - shift <= self.length).then_some(offset - shift)
        };
        Some(Span::new(back(span.start)?, back(span.end)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_go_in_and_come_back() {
        let text = "def f():\n    pass\ndef g():\n    pass\n";
        let hint =
            |offset, text: &str| Hint { offset, text: text.to_owned(), modules: BTreeSet::from(["a.b".to_owned()]) };
        let (copy, shift) = Shift::of(text, &[hint(7, " -> 'x'"), hint(25, " -> 'yy'")]);
        assert_eq!(copy, "def f() -> 'x':\n    pass\ndef g() -> 'yy':\n    pass\n\nimport a.b as _mcp_audit_a_b");
        for (start, end) in [(4, 5), (5, 7), (13, 17), (22, 23), (31, 35), (0, 17)] {
            let inward = shift.inward(Span::new(start, end));
            if end - start < 10 {
                assert_eq!(copy[inward.start..inward.end], text[start..end]);
            }
            assert_eq!(shift.outward(inward), Some(Span::new(start, end)));
        }
        let added = copy.find("import").unwrap();
        assert_eq!(shift.outward(Span::new(added, added + 6)), None);
        assert_eq!(shift.outward(Span::new(12, 13)), None);
    }
}
