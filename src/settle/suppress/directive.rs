//! What a comment says to this program: `mcp-audit: ignore[PY101, MCP07] -- why`. Text in, meaning out.

use crate::source::Span;

/// What begins every such comment.
pub(super) const MARK: &str = "mcp-audit:";

/// One comment that is meant for this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Directive {
    /// The bytes of the comment's text from the mark on to the closing bracket.
    pub(super) span: Span,
    /// What it asks for.
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Leave the rules alone that it names.
    Ignore {
        /// What is named, as written.
        names: Vec<String>,
        /// Whether in the whole file.
        whole_file: bool,
        /// What stands behind `--`.
        reason: Option<String>,
    },
    /// It cannot be meant as it stands; what to write instead.
    Refused(&'static str),
}

const BARE: &str = "names no rule, so it suppresses nothing: write `ignore[…]` with the identifiers of the findings";
const OPEN: &str = "has no closing bracket, so it suppresses nothing: write `ignore[PY101]`";
const WORD: &str =
    "is not understood, so it does nothing: write `ignore[…]`, or `ignore-file[…]` in the head of the file";

/// What the comment `text` says, if it is meant for this program at all. `offset` is where it begins in its file.
pub(super) fn read(text: &str, offset: usize) -> Vec<Directive> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(MARK).map(|at| from + at) {
        from = at + MARK.len();
        // Of another comment in the same line only marks and blanks may stand before it: prose speaks of it.
        let before = text[..at].trim_end();
        if !before.is_empty() && !before.ends_with(['#', '/', ';', '-', '*', '%', '@']) {
            continue;
        }
        if let Some((kind, end)) = said(text, from) {
            found.push(Directive { span: Span::new(offset + at, offset + end), kind });
            from = end;
        }
    }
    found
}

/// What stands behind the mark that ends at `from`, with where it ends.
fn said(text: &str, from: usize) -> Option<(Kind, usize)> {
    let rest = &text[from..];
    let start = from + rest.len() - rest.trim_start().len();
    let rest = &text[start..];
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
    let (word, end) = (&rest[..length], start + length);
    let behind = &text[end..];
    let bracket = behind.trim_start().starts_with('[');
    let whole_file = match word {
        "ignore" => false,
        "ignore-file" => true,
        // Marks of `migrate --mark` and prose; only what looks like a request is answered.
        _ => return (behind.starts_with('[') && !word.is_empty()).then_some((Kind::Refused(WORD), end)),
    };
    if !bracket {
        return Some((Kind::Refused(BARE), end));
    }
    let open = end + behind.len() - behind.trim_start().len() + 1;
    let line = text[open..].lines().next().unwrap_or_default();
    let Some(close) = line.find(']') else { return Some((Kind::Refused(OPEN), open)) };
    let names: Vec<String> =
        line[..close].split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    let end = open + close + 1;
    if names.is_empty() {
        return Some((Kind::Refused(BARE), end));
    }
    let reason = line[close + 1..].trim_start().strip_prefix("--").map(reason).filter(|reason| !reason.is_empty());
    Some((Kind::Ignore { names, whole_file, reason }, end))
}

/// The text behind `--`, without what ends the comment or begins the next one.
fn reason(text: &str) -> String {
    let text = text.split(MARK).next().unwrap_or_default();
    let text = text.trim().trim_end_matches("-->").trim_end_matches("*/").trim_end_matches(['#', '/', ';']);
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Option<Kind> {
        read(text, 0).into_iter().next().map(|one| one.kind)
    }

    fn ignore(names: &[&str], whole_file: bool, reason: Option<&str>) -> Option<Kind> {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Some(Kind::Ignore { names, whole_file, reason: reason.map(str::to_owned) })
    }

    #[test]
    fn requests_are_read_in_every_form() {
        assert_eq!(one("# mcp-audit: ignore[PY101]"), ignore(&["PY101"], false, None));
        assert_eq!(
            one("// mcp-audit:ignore[ PY101 ,MCP07 ] -- it's v1"),
            ignore(&["PY101", "MCP07"], false, Some("it's v1"))
        );
        assert_eq!(one("<!-- mcp-audit: ignore[DEP] -- old -->"), ignore(&["DEP"], false, Some("old")));
        assert_eq!(one("; mcp-audit: ignore-file[DEP001]"), ignore(&["DEP001"], true, None));
        assert_eq!(one("# noqa: F401 # mcp-audit: ignore[PY1]  # x"), ignore(&["PY1"], false, None));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_and_the_rest_left_alone() {
        for text in
            ["# mcp-audit: ignore", "# mcp-audit: ignore[]", "# mcp-audit: ignore [ , ]", "# mcp-audit: ignore-file"]
        {
            assert_eq!(one(text), Some(Kind::Refused(BARE)), "{text}");
        }
        assert_eq!(one("# mcp-audit: ignore[PY101"), Some(Kind::Refused(OPEN)));
        assert_eq!(one("# mcp-audit: disable[PY101]"), Some(Kind::Refused(WORD)));
        for text in
            ["# mcp-audit: PY101 `x` is gone", "# see mcp-audit: ignore[PY101]", "# mcp-audit finds it", "# mcp-audit:"]
        {
            assert_eq!(one(text), None, "{text}");
        }
    }

    #[test]
    fn two_requests_stand_in_one_line() {
        let found = read("# mcp-audit: ignore[PY101] -- a # mcp-audit: ignore[PY102]", 7);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].span.start, found[0].span.end), (9, 33));
        assert_eq!(
            one("# mcp-audit: ignore[PY101] -- a # mcp-audit: ignore[PY102]"),
            ignore(&["PY101"], false, Some("a"))
        );
    }
}
