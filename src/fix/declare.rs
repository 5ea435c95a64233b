//! Adds a requirement beside another one, in the style of that one: a line below its line, an element behind its element.

use super::{Applicability, Edit, Fix};
use crate::requirement::{Dialect, Requirement, Scope};
use crate::source::{SourceFile, Span, line_end, line_start};

/// Declares `name` in the versions of `specifier` beside `requirement` of `file`.
///
/// # Errors
/// Why it cannot be placed, and what to do instead: the end of a sentence that begins with "left alone: ".
pub fn declare(file: &SourceFile, requirement: &Requirement, name: &str, specifier: &str) -> Result<Fix, String> {
    let by_hand = || format!("its list has no form that a line can be added to; declare `{name}{specifier}` by hand");
    if let Some(hold) = &requirement.hold {
        return Err(hold.reason());
    }
    let text = file.text();
    let span = requirement.span;
    let line_start = line_start(text, span.start);
    let line_end = line_end(text, span.end);
    let newline = if text[line_end..].starts_with("\r\n") || text.contains("\r\n") { "\r\n" } else { "\n" };
    let before = &text[line_start..span.start];
    let is_prefix = |text: &str| text.trim_matches([' ', '\t', '#', '-']).is_empty();
    let made = |at: usize, content: String| Edit { path: file.path().to_owned(), span: Span::empty(at), content };
    let fix = |edits: Vec<Edit>| Fix {
        title: format!("declare `{name}{specifier}`"),
        applicability: Applicability::Safe,
        edits,
    };
    let quote = before.chars().next_back().filter(|last| matches!(last, '"' | '\''));
    let key = keyed(text, line_start, line_end, &requirement.name);
    if let Some(indent) = key {
        let line = format!("{newline}{indent}{name} = \"{specifier}\"");
        return Ok(fix(vec![made(line_end, line)]));
    }
    if let Some(quote) = quote.filter(|quote| text[span.end..].starts_with(*quote)) {
        let lead = &before[..before.len() - quote.len_utf8()];
        let close = span.end + quote.len_utf8();
        let element = format!("{quote}{name}{specifier}{quote}");
        if !is_prefix(lead) {
            return Ok(fix(vec![made(close, format!(", {element}"))]));
        }
        let rest = &text[close..line_end];
        return if rest.trim_start().starts_with(',') {
            Ok(fix(vec![made(line_end, format!("{newline}{lead}{element},"))]))
        } else if rest.trim().is_empty() || rest.trim_start().starts_with('#') {
            // The last element of a list that ends without a comma.
            let comma = made(close, ",".to_owned());
            let line = made(line_end, format!("{newline}{lead}{element}"));
            Ok(fix(if close == line_end {
                vec![made(close, format!(",{newline}{lead}{element}"))]
            } else {
                vec![comma, line]
            }))
        } else {
            Ok(fix(vec![made(close, format!(", {element}"))]))
        };
    }
    if requirement.place.scope == Scope::Command || requirement.bare_word.is_some() {
        let word = requirement.bare_word.map_or(span, |word| word.span);
        let quote = requirement.bare_word.map_or('"', |word| word.quote);
        return Ok(fix(vec![made(word.end, format!(" {quote}{name}{specifier}{quote}"))]));
    }
    let is_line = matches!(requirement.dialect, Dialect::Pep508 | Dialect::Conda) && is_prefix(before);
    let gap = if requirement.dialect == Dialect::Conda { " " } else { "" };
    if is_line {
        return Ok(fix(vec![made(line_end, format!("{newline}{before}{name}{gap}{specifier}"))]));
    }
    Err(by_hand())
}

/// The indentation of a line `name = …` that is whole: what it opens, it closes.
fn keyed<'t>(text: &'t str, start: usize, end: usize, name: &str) -> Option<&'t str> {
    let line = text.get(start..end)?;
    let body = line.trim_start();
    let unquoted = body.trim_start_matches(['"', '\'']);
    let is_key = unquoted.get(..name.len()).is_some_and(|key| key.eq_ignore_ascii_case(name))
        && unquoted[name.len()..].trim_start_matches(['"', '\'', ' ', '\t']).starts_with('=')
        && !unquoted[name.len()..].trim_start().starts_with("==");
    let balance = |open: char, close: char| body.matches(open).count() == body.matches(close).count();
    let is_whole = balance('{', '}') && balance('[', ']') && !body.contains("\"\"\"");
    (is_key && is_whole).then(|| &line[..line.len() - body.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::apply;
    use crate::manifest;

    fn declared(path: &str, text: &str) -> String {
        let file = SourceFile::in_memory(path, text);
        let found = manifest::locate(&file).requirements;
        let mcp = found.iter().find(|one| one.name == "mcp").unwrap();
        match declare(&file, mcp, "httpx2", ">=2,<3") {
            Ok(fix) => String::from_utf8(apply(&file, &[&fix]).0).unwrap(),
            Err(why) => why,
        }
    }

    #[test]
    fn lists_keep_their_style() {
        for (path, before, after) in [
            ("requirements.txt", "mcp>=1 # x\nb\n", "mcp>=1 # x\nhttpx2>=2,<3\nb\n"),
            ("requirements.txt", "mcp>=1\r\n", "mcp>=1\r\nhttpx2>=2,<3\r\n"),
            (
                "pyproject.toml",
                "[project]\nname = \"a\"\ndependencies = [\"mcp>=1\", \"b\"]\n",
                "[project]\nname = \"a\"\ndependencies = [\"mcp>=1\", \"httpx2>=2,<3\", \"b\"]\n",
            ),
            (
                "pyproject.toml",
                "[project]\nname = \"a\"\ndependencies = [\n    'mcp>=1', # c\n]\n",
                "[project]\nname = \"a\"\ndependencies = [\n    'mcp>=1', # c\n    'httpx2>=2,<3',\n]\n",
            ),
            (
                "pyproject.toml",
                "[project]\nname = \"a\"\ndependencies = [\n  \"mcp>=1\"\n]\n",
                "[project]\nname = \"a\"\ndependencies = [\n  \"mcp>=1\",\n  \"httpx2>=2,<3\"\n]\n",
            ),
            (
                "pyproject.toml",
                "[tool.poetry.dependencies]\nmcp = {version = \"^1\", extras = [\"cli\"]}\n",
                "[tool.poetry.dependencies]\nmcp = {version = \"^1\", extras = [\"cli\"]}\nhttpx2 = \">=2,<3\"\n",
            ),
            (
                "setup.cfg",
                "[options]\ninstall_requires =\n    mcp>=1\n",
                "[options]\ninstall_requires =\n    mcp>=1\n    httpx2>=2,<3\n",
            ),
            (
                "environment.yml",
                "dependencies:\n  - pip:\n    - mcp>=1\n",
                "dependencies:\n  - pip:\n    - mcp>=1\n    - httpx2>=2,<3\n",
            ),
            (
                "a.py",
                "# /// script\n# dependencies = [\n#     \"mcp>=1\",\n# ]\n# ///\nimport mcp\n",
                "# /// script\n# dependencies = [\n#     \"mcp>=1\",\n#     \"httpx2>=2,<3\",\n# ]\n# ///\nimport mcp\n",
            ),
            ("Dockerfile", "RUN pip install mcp b\n", "RUN pip install mcp \"httpx2>=2,<3\" b\n"),
        ] {
            assert_eq!(declared(path, before), after, "{path}");
        }
    }
}
