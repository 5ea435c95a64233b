//! Holds a fix to leaving the comments alone that leave findings alone: it may neither take one away nor put itself between
//! one and what it speaks for.

use std::collections::BTreeSet;

use super::comments::{self, Place};
use crate::fix::{self, Fix};
use crate::source::{SourceFile, Span};

/// What must be the same before and after: what is asked, whether of a line below, and whether in the head.
fn shape(file: &SourceFile) -> Vec<(String, bool, bool)> {
    let said = |place: &Place| (file.slice(place.directive.span).to_owned(), place.below.is_some(), place.in_head);
    comments::of(file).iter().map(said).collect()
}

/// Whether `fix` may be made as far as such comments go; what it would insert between a comment and its line is inserted above
/// the comment instead. `file` is asked for the files it edits.
pub fn keeps<'f>(fix: &mut Fix, file: impl Fn(&str) -> Option<&'f SourceFile>) -> bool {
    let paths: BTreeSet<String> = fix.edits.iter().map(|edit| edit.path.clone()).collect();
    paths.iter().filter_map(|path| file(path)).all(|file| {
        let places = comments::of(file);
        if places.is_empty() {
            return true;
        }
        for edit in fix.edits.iter_mut().filter(|edit| edit.path == file.path() && edit.span.is_empty()) {
            let at = edit.span.start;
            // One that stands above another moves with it: the uppermost counts.
            let between = places.iter().find(|place| {
                edit.content.ends_with('\n') && place.below.is_some_and(|line| place.covers.start < at && at <= line)
            });
            let mark = if file.text().starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            edit.span = between.map_or(edit.span, |place| Span::empty(place.covers.start.max(mark)));
        }
        fix.edits.sort_by(|one, other| (&one.path, one.span).cmp(&(&other.path, other.span)));
        let (bytes, _) = fix::apply(file, &[fix]);
        shape(&SourceFile::new(file.path(), file.location(), bytes)) == shape(file)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::{Applicability, Edit};

    /// What a fix that puts `content` in the place of `what` makes of `text`, if it may.
    fn made(text: &str, what: &str, content: &str) -> Option<String> {
        let file = SourceFile::in_memory("a.py", text);
        let at = text.find(what).unwrap();
        let span = if content.ends_with('\n') { Span::empty(at) } else { Span::new(at, at + what.len()) };
        let edit = Edit { path: "a.py".to_owned(), span, content: content.to_owned() };
        let mut fix = Fix { title: String::new(), applicability: Applicability::Safe, edits: vec![edit] };
        keeps(&mut fix, |_| Some(&file)).then(|| String::from_utf8(fix::apply(&file, &[&fix]).0).unwrap())
    }

    #[test]
    fn a_comment_stays_beside_its_line() {
        let text = "import x\n# mcp-audit: ignore[PY101]\nimport y\n";
        let after = "import x\nimport z\n# mcp-audit: ignore[PY101]\nimport y\n";
        assert_eq!(made(text, "import y", "import z\n").as_deref(), Some(after));
        assert!(made(text, "import x", "import w").is_some());
        assert_eq!(made(text, "# mcp-audit: ignore[PY101]\nimport y", "import z"), None);
        let beside = "import x  # mcp-audit: ignore[PY101]\n";
        assert_eq!(made(beside, "import x  ", ""), None);
        assert!(made(beside, "import x", "import y").is_some());
        let head = "# mcp-audit: ignore-file[PY101]\nimport x\n";
        assert_eq!(made(head, "# mcp", "import y\n"), None);
    }
}
