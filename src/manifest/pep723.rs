//! Inline script metadata (PEP 723): a TOML document in the comments of a Python script.

use super::{Declarations, Format, Path};
use crate::requirement::{Place, Requirement, Scope};
use crate::source::{Fragment, SourceFile, Span};
use crate::syntax::{SyntaxError, toml};

/// A Python file with a `# /// script` block.
#[derive(Debug)]
pub(super) struct Pep723;

const OPENING: &str = "# /// script";

impl Format for Pep723 {
    fn name(&self) -> &'static str {
        "inline script metadata"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        matches!(path.extension, "py" | "pyw")
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        if memchr::memmem::find(file.text().as_bytes(), OPENING.as_bytes()).is_none() {
            return;
        }
        for block in blocks(file.text()) {
            if let Err(error) = read(&block, found) {
                found.problem(Span::empty(block.span(error.offset..error.offset).start), error.message);
            }
        }
    }
}

/// The documents of a script, freed from their `#`. A script must not have two; each is read all the same.
fn blocks(text: &str) -> Vec<Fragment<'static>> {
    let mut blocks = Vec::new();
    let mut lines = numbered(text).peekable();
    while let Some((_, line)) = lines.next() {
        if line.trim_end() != OPENING {
            continue;
        }
        // The block ends at the last `# ///` of the comment, because its own content may hold one.
        let mut content = Vec::new();
        let mut end = None;
        while let Some((offset, line)) = lines.next_if(|(_, line)| is_content(line)) {
            if line.trim_end() == "# ///" {
                end = Some(content.len());
            }
            content.push((offset, line));
        }
        let Some(end) = end else { continue };
        let start = content.first().map_or(0, |(offset, _)| *offset);
        let mut decoding = Fragment::decoding(start);
        for (offset, line) in content.drain(..end) {
            let prefix = if line.starts_with("# ") { 2 } else { 1 };
            decoding.push_verbatim(&line[prefix..], offset + prefix);
            decoding.push('\n', Span::empty(offset + line.len()));
        }
        blocks.push(decoding.finish());
    }
    blocks
}

fn is_content(line: &str) -> bool {
    line.starts_with('#') && (line.len() == 1 || line.starts_with("# ") || line.trim_end() == "#")
}

/// The lines of a text without their ends, each with its offset.
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |raw| {
        let mark = if at == 0 && raw.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let offset = at + mark;
        at += raw.len();
        (offset, raw[mark..].trim_end_matches(['\n', '\r']))
    })
}

fn read(block: &Fragment<'_>, found: &mut Declarations) -> Result<(), SyntaxError> {
    let document = toml::parse(block.text())?;
    let lists: [(&[&str], Scope); 4] = [
        (&["dependencies"], Scope::Script),
        (&["tool", "uv", "dev-dependencies"], Scope::Script),
        (&["tool", "uv", "constraint-dependencies"], Scope::Constraint),
        (&["tool", "uv", "override-dependencies"], Scope::Override),
    ];
    for (path, scope) in lists {
        let Some(item) = toml::at(document.as_item(), path) else { continue };
        let Some(list) = item.as_array() else {
            let span = toml::span(item).map_or(0, |span| span.start);
            return Err(SyntaxError { offset: span, message: format!("`{}` is not a list", path.join(".")) });
        };
        for value in list {
            let Some(string) = toml::string_value(block.text(), value) else { continue };
            let string = composed(block, &string);
            let span = string.span(0..string.text().len());
            found.requirement(Requirement::from_pep508(&string, Place::new(scope.clone(), path.join("."))), span);
        }
    }
    Ok(())
}

/// A fragment of a fragment's text, with its places in the file.
fn composed(outer: &Fragment<'_>, inner: &Fragment<'_>) -> Fragment<'static> {
    let start = inner.span(0..0).start;
    let mut decoding = Fragment::decoding(outer.span(start..start).start);
    for (at, c) in inner.text().char_indices() {
        let Span { start, end } = inner.span(at..at + c.len_utf8());
        decoding.push(c, outer.span(start..end));
    }
    match inner.quote() {
        Some(quote) => decoding.finish().quoted(quote),
        None => decoding.finish(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str) -> (SourceFile, Declarations) {
        let file = SourceFile::in_memory("run.py", text);
        let mut found = Declarations::default();
        Pep723.locate(&file, &mut found);
        (file, found)
    }

    #[test]
    fn blocks_are_read_where_they_stand() {
        for end in ["\n", "\r\n"] {
            let text = "\u{feff}#!/usr/bin/env -S uv run\n# /// script\n# requires-python = \">=3.11\"\n# dependencies = [\n#   \"mcp[cli]>=1.2\", # why é\n#   'httpx',\n#\n# ]\n\
                        # [tool.uv]\n# constraint-dependencies = [\"mcp<2\"]\n# override-dependencies = ['é', \"mcp\\u003e=1\"]\n# ///\nimport mcp\n"
                .replace('\n', end);
            let (file, found) = located(&text);
            assert!(found.problems.is_empty(), "{:?}", found.problems);
            let shown: Vec<_> = found
                .requirements
                .iter()
                .map(|requirement| (&requirement.place.scope, file.slice(requirement.span)))
                .collect();
            assert_eq!(
                shown,
                [
                    (&Scope::Script, "mcp[cli]>=1.2"),
                    (&Scope::Script, "httpx"),
                    (&Scope::Constraint, "mcp<2"),
                    (&Scope::Override, "mcp\\u003e=1"),
                ]
            );
            let specifiers: Vec<_> = found
                .requirements
                .iter()
                .map(|requirement| (file.slice(requirement.specifier().unwrap().span), requirement.hold.is_some()))
                .collect();
            assert_eq!(specifiers, [(">=1.2", false), ("", false), ("<2", false), ("\\u003e=1", false)]);
            let bare = &found.requirements[1];
            assert_eq!(bare.specifier().unwrap().span, Span::empty(bare.span.end));
        }
    }

    #[test]
    fn the_last_closing_line_of_the_comment_ends_the_block() {
        let text = "# /// script\n# dependencies = ['mcp']\n# x = '''\n# ///\n# '''\n# ///\n# more\n\n# dependencies = ['y']\n";
        let (file, found) = located(text);
        assert_eq!(found.requirements.len(), 1, "{:?}", found.problems);
        assert_eq!(file.slice(found.requirements[0].span), "mcp");
    }

    #[test]
    fn what_is_no_block_is_passed_over() {
        for text in [
            "# /// script\n# dependencies = ['mcp']\n",
            "    # /// script\n    # dependencies = ['mcp']\n    # ///\n",
            "# /// scripts\n# dependencies = ['mcp']\n# ///\n",
            "# /// script\n#dependencies = ['mcp']\n# ///\n",
            "# /// script\n# ///\n",
            "# /// script",
        ] {
            let (_, found) = located(text);
            assert!(found.requirements.is_empty() && found.problems.is_empty(), "{text}");
        }
    }

    #[test]
    fn broken_toml_is_a_problem_at_its_place() {
        let (file, found) = located("import x\n# /// script\n# dependencies = [\n#   'mcp'\n#   'a'\n# ]\n# ///\n");
        assert_eq!(found.problems.len(), 1);
        assert!(!found.problems[0].whole_file);
        assert!(file.position(found.problems[0].span.start).line >= 4);
        assert_eq!(located("# /// script\n# dependencies = 'mcp'\n# ///\n").1.problems.len(), 1);
    }
}
