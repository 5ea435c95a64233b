//! Where comments for this program stand in a file, and which bytes each speaks for. Each kind of file has its own comment
//! form; what is in a string is no comment, and a format without comments has none.

use super::directive::{self, Directive, MARK};
use crate::inventory::{code_of, is_notebook};
use crate::protocol::{Language, Regions};
use crate::rule::text::Region;
use crate::source::{Encoding, SourceFile, Span, line_end, line_start, next_line};

/// So many lines of comments may stand between one of ours and what it speaks for.
const STACKED: usize = 40;

/// A comment that is meant for this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) directive: Directive,
    /// The bytes it speaks for: its own lines and, where it stands alone, those of what is below.
    pub(super) covers: Span,
    /// Where the line begins that it speaks for, if that is one below.
    pub(super) below: Option<usize>,
    /// Whether nothing but comments stands above it.
    pub(super) in_head: bool,
}

/// How comments are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As a language says.
    Of(Language),
    /// From `#` at the beginning of a word to the end of the line: requirements, and what is like them.
    Hash,
    /// `<!-- … -->`, outside of quoted code.
    Markup,
}

fn form(path: &str) -> Option<Form> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match (name.as_str(), ending) {
        ("pipfile", _) => Some(Form::Of(Language::Toml)),
        ("pipfile.lock", _) => Some(Form::Of(Language::Json)),
        (_, "md" | "mdx" | "markdown" | "html" | "htm" | "xml") => Some(Form::Markup),
        (_, "lock") => Some(Form::Of(Language::Toml)),
        // None of these has `#` for a comment, and nobody writes them by hand or for this program.
        (_, "rst" | "adoc" | "bat" | "cmd") => None,
        (name, _) if name.starts_with("dockerfile") || name.starts_with("containerfile") => {
            Some(Form::Of(Language::Shell))
        }
        _ => match Language::of(path) {
            None | Some(Language::Prose) => Some(Form::Hash),
            Some(language) => Some(Form::Of(language)),
        },
    }
}

/// The comments of `file` that are meant for this program, in their order.
pub(super) fn of(file: &SourceFile) -> Vec<Place> {
    if !file.text().contains(MARK) || file.encoding() == Encoding::Utf16 {
        return Vec::new();
    }
    if is_notebook(file.path()) {
        let code = code_of(file).modules;
        let of_cells = code.iter().flat_map(|cell| {
            let map = |span: Span| cell.span(span.start..span.end);
            places(cell.text(), Form::Of(Language::Python)).into_iter().map(move |mut place| {
                place.covers = map(place.covers);
                place.directive.span = map(place.directive.span);
                place.below = None;
                place
            })
        });
        return of_cells.collect();
    }
    form(file.path()).map(|form| places(file.text(), form)).unwrap_or_default()
}

fn places(text: &str, form: Form) -> Vec<Place> {
    let parts = Parts::of(text, form);
    let head = parts.head(text);
    let mut places = Vec::new();
    for comment in &parts.comments {
        let body = &text[comment.start..comment.end];
        // A docstring is read by people, and quotes what it speaks of.
        if !body.contains(MARK) || body.starts_with(['"', '\'']) {
            continue;
        }
        let (covers, below) = parts.covered(text, *comment, form);
        let in_head = comment.start <= head;
        let found = directive::read(body, comment.start).into_iter();
        places.extend(found.map(|directive| Place { directive, covers, below, in_head }));
    }
    places
}

/// The comments and the strings of a text, each in their order.
struct Parts {
    comments: Vec<Span>,
    strings: Vec<Span>,
}

impl Parts {
    fn of(text: &str, form: Form) -> Self {
        match form {
            Form::Of(language) => {
                let regions = Regions::of(text, language);
                let strings = regions.parts().filter(|(_, one)| *one == Region::String).map(|(span, _)| span);
                Self { comments: regions.comments().collect(), strings: strings.collect() }
            }
            Form::Hash => Self { comments: hashes(text), strings: Vec::new() },
            Form::Markup => Self { comments: markup(text), strings: Vec::new() },
        }
    }

    /// Where the first thing begins that is no comment.
    fn head(&self, text: &str) -> usize {
        let mut at = 0;
        for comment in &self.comments {
            let between = text.get(at..comment.start).unwrap_or("code");
            if between.lines().any(|line| !matches!(line.trim_matches(['\u{feff}', ' ', '\t', '\r']), "" | "---")) {
                return at;
            }
            at = comment.end;
        }
        at
    }

    /// The bytes that a comment speaks for, and where the line below begins if that is among them.
    fn covered(&self, text: &str, comment: Span, form: Form) -> (Span, Option<usize>) {
        let own = line_start(text, comment.start);
        let end = line_end(text, comment.end);
        let before = text[own..comment.start].trim_matches(['\u{feff}', ' ', '\t']);
        if !before.is_empty() || !text[comment.end..end].trim().is_empty() {
            // What ends in this line may have begun in another, where no comment could stand.
            let first = self.strings.partition_point(|string| string.end < own);
            let across = self.strings.get(first).filter(|string| string.end <= comment.start);
            let start = across.map_or(own, |string| line_start(text, string.start));
            return (Span::new(start.min(own), end), None);
        }
        let mut line = next_line(text, comment.end);
        for _ in 0..STACKED {
            if line >= text.len() || !self.is_skipped(text, line, form) {
                break;
            }
            line = next_line(text, line);
        }
        if line >= text.len() || text[line..line_end(text, line)].trim().is_empty() {
            return (Span::new(own, end), None);
        }
        (Span::new(own, self.end_below(text, line, form)), Some(line))
    }

    /// Whether the line that begins at `line` stands between a comment and what it speaks for: another comment.
    fn is_skipped(&self, text: &str, line: usize, form: Form) -> bool {
        let content = &text[line..line_end(text, line)];
        let start = line + content.len() - content.trim_start().len();
        let at = self.comments.partition_point(|comment| comment.end <= start);
        let is_comment = self.comments.get(at).is_some_and(|comment| comment.start <= start);
        is_comment || (form == Form::Markup && content.trim().is_empty())
    }

    /// Where what begins in the line at `line` ends, as far as a comment could not stand in it.
    fn end_below(&self, text: &str, line: usize, form: Form) -> usize {
        let mut end = line_end(text, line);
        if form == Form::Markup {
            return fence(text[line..end].trim()).map_or(end, |mark| close_of(text, end, mark));
        }
        loop {
            let at = self.strings.partition_point(|string| string.end <= end);
            let in_string = self.strings.get(at).filter(|string| string.start < end);
            if let Some(string) = in_string {
                end = line_end(text, string.end);
            } else if text[..end].ends_with('\\') && next_line(text, end) < text.len() {
                end = line_end(text, next_line(text, end));
            } else {
                return end;
            }
        }
    }
}

fn hashes(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\r', '\n']);
        let begins = |(from, _): &(usize, &str)| *from == 0 || body[..*from].ends_with(char::is_whitespace);
        if let Some((from, _)) = body.match_indices('#').find(begins) {
            found.push(Span::new(at + from, at + body.len()));
        }
        at += line.len();
    }
    found
}

/// What a line of Markdown begins quoted code with, if it does: so many backticks or tildes.
fn fence(line: &str) -> Option<&str> {
    let first = line.chars().next().filter(|first| matches!(first, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(first).len();
    (length >= 3).then_some(&line[..length])
}

/// Where the line ends that closes quoted code begun with `mark` above `from`.
fn close_of(text: &str, from: usize, mark: &str) -> usize {
    let mut line = next_line(text, from);
    while line < text.len() {
        let end = line_end(text, line);
        if text[line..end].trim().starts_with(mark) {
            return end;
        }
        line = next_line(text, line);
    }
    text.len()
}

fn markup(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut line = 0;
    while line < text.len() {
        let end = line_end(text, line);
        let body = &text[line..end];
        if let Some(mark) = fence(body.trim()) {
            line = next_line(text, close_of(text, end, mark).min(text.len()));
            continue;
        }
        let mut from = 0;
        while let Some(open) = body[from..].find("<!--").map(|open| from + open) {
            let close = body[open..].find("-->").map_or(body.len(), |close| open + close + 3);
            // In a line that quotes it, it is shown, not meant.
            if body[..open].matches('`').count().is_multiple_of(2) {
                found.push(Span::new(line + open, line + close));
            }
            from = close;
        }
        line = next_line(text, line);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines, from 1, that each comment of a file speaks for, with whether it stands in the head.
    fn covered(path: &str, text: &str) -> Vec<(usize, usize, bool)> {
        let file = SourceFile::in_memory(path, text);
        let lines = |span: Span| (file.position(span.start).line, file.position(span.end).line);
        of(&file).into_iter().map(|place| (lines(place.covers).0, lines(place.covers).1, place.in_head)).collect()
    }

    #[test]
    fn each_kind_of_file_has_its_comments() {
        for (path, text) in [
            ("a.py", "x = 1  # mcp-audit: ignore[PY101]\n"),
            ("a.rs", "fn x() {} // mcp-audit: ignore[RS001]\n"),
            ("a.ts", "x(); /* mcp-audit: ignore[MCP001] */\n"),
            ("a.yaml", "x: 1 # mcp-audit: ignore[DEP001]\n"),
            ("pyproject.toml", "x = 1 # mcp-audit: ignore[DEP001]\n"),
            ("Pipfile", "x = 1 # mcp-audit: ignore[DEP001]\n"),
            ("requirements.txt", "mcp # mcp-audit: ignore[DEP001]\n"),
            ("dev.in", "mcp\t# mcp-audit: ignore[DEP001]\n"),
            ("Dockerfile.dev", "RUN pip install mcp # mcp-audit: ignore[DEP001]\n"),
            ("setup.cfg", "x = mcp ; mcp-audit: ignore[DEP001]\n"),
            ("devcontainer.json", "{\"x\": 1} // mcp-audit: ignore[DEP001]\n"),
            ("README.md", "text <!-- mcp-audit: ignore[DEP014] -->\n"),
        ] {
            assert_eq!(covered(path, text), [(1, 1, false)], "{path}");
        }
        for (path, text) in [
            ("a.py", "x = '# mcp-audit: ignore[PY101]'\n"),
            ("a.py", "def f():\n    \"\"\"Write # mcp-audit: ignore[PY101]\"\"\"\n"),
            ("a.rs", "let x = r#\"// mcp-audit: ignore[RS001]\"#;\n"),
            ("package.json", "{\"x\": \"// mcp-audit: ignore[DEP001]\"}\n"),
            ("requirements.txt", "mcp#mcp-audit: ignore[DEP001]\n"),
            ("README.md", "```\n<!-- mcp-audit: ignore[DEP014] -->\n```\n`<!-- mcp-audit: ignore[DEP014] -->`\n"),
        ] {
            assert_eq!(covered(path, text), [], "{path}");
        }
    }

    #[test]
    fn a_comment_alone_speaks_for_what_is_below() {
        let above = "# mcp-audit: ignore[PY101]\n";
        assert_eq!(covered("a.py", &format!("x\n{above}# more\ny\nz\n")), [(2, 4, false)]);
        assert_eq!(covered("a.py", &format!("x\n{above}\ny\n")), [(2, 2, false)]);
        assert_eq!(covered("a.py", &format!("x\n{above}y = '''\nz\n'''\nw\n")), [(2, 5, false)]);
        assert_eq!(covered("Dockerfile", &format!("FROM x\n{above}RUN a \\\n  && b\nRUN c\n")), [(2, 4, false)]);
        assert_eq!(covered("a.py", "x = '''\ny\n'''  # mcp-audit: ignore[PY101]\n"), [(1, 3, false)]);
        let readme = "# T\n\n<!-- mcp-audit: ignore[DEP014] -->\n\n```sh\npip install mcp\n```\nmore\n";
        assert_eq!(covered("README.md", readme), [(3, 7, false)]);
    }

    #[test]
    fn the_head_ends_where_something_else_begins() {
        let is_head = |text: &str| covered("a.py", text)[0].2;
        assert!(is_head("#!/usr/bin/env python\n\"\"\"Doc.\"\"\"\n\n# mcp-audit: ignore-file[PY101]\nimport mcp\n"));
        assert!(!is_head("import mcp\n# mcp-audit: ignore-file[PY101]\n"));
        assert!(covered("a.yaml", "---\n# mcp-audit: ignore-file[DEP001]\na: 1\n")[0].2);
    }

    #[test]
    fn nothing_takes_long_or_panics() {
        for text in ["# mcp-audit: ignore[\u{e9}", "\u{feff}# mcp-audit: ignore[PY101]", "# mcp-audit: ignore[PY101]\\"]
        {
            for path in ["a.py", "a.txt", "a.md", "a.yaml", "a.ipynb"] {
                covered(path, text);
            }
        }
        let many = "# mcp-audit: ignore[PY101]\n".repeat(20_000);
        assert_eq!(covered("a.txt", &many).len(), 20_000);
    }
}
