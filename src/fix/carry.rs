//! Carries a fix of decoded text (a cell of a notebook, a string that holds a program) over to the file it came from.

use super::{Applicability, Edit, Fix};
use crate::source::{Fragment, Span};

/// `fix`, an edit of the text of `code`, as one of the file at `path`. `encode` writes text as the file has it in place
/// of some bytes, and refuses what it cannot write there. `at` is the place in the text that the fix is about.
///
/// `None` when an edit touches what the file does not hold, or text that cannot be written in its place.
pub fn carried(
    fix: &Fix,
    code: &Fragment<'_>,
    path: &str,
    at: usize,
    encode: &dyn Fn(Span, &str) -> Option<String>,
) -> Option<Fix> {
    let mut edits = Vec::with_capacity(fix.edits.len());
    let mut applicability = fix.applicability;
    for edit in &fix.edits {
        let span = code.edited(edit.span.start..edit.span.end)?;
        edits.push(Edit { path: path.to_owned(), span, content: encode(span, &edit.content)? });
        // A line that is added to another cell runs only if that cell is run again.
        if edit.span.is_empty() && edit.content.contains('\n') && !code.is_one_piece(edit.span.start, at) {
            applicability = applicability.min(Applicability::Unsafe);
        }
    }
    Some(Fix { title: fix.title.clone(), applicability, edits })
}
