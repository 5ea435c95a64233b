//! Dockerfiles: the commands of `RUN`, `CMD` and `ENTRYPOINT` in shell, exec and heredoc form.
//!
//! Read line by line, so that a file with an instruction or flag that is newer than this program is read all the same.

use super::{Declarations, Format, Include, IncludeKind, Path, body};
use crate::command;
use crate::requirement::{Place, Scope};
use crate::source::{Fragment, SourceFile};
use crate::syntax::json;

/// After so many `<<` that nothing closes, no other is taken for a heredoc: each costs a look at the whole file.
const MAX_UNCLOSED: usize = 8;

/// `Dockerfile*`, `*.dockerfile`, `Containerfile*`.
#[derive(Debug)]
pub(super) struct Dockerfile;

impl Format for Dockerfile {
    fn name(&self) -> &'static str {
        "Dockerfile"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name.starts_with("Dockerfile")
            || path.name.starts_with("Containerfile")
            || path.extension.eq_ignore_ascii_case("dockerfile")
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let text = body(file);
        for instruction in instructions(&text) {
            read(&instruction, found);
        }
    }
}

/// Each instruction with its continuation lines and heredocs; comment lines between are left out, as Docker does.
fn instructions(text: &Fragment<'_>) -> Vec<Fragment<'static>> {
    let escape = if text.text().lines().take(3).any(|line| line.replace(' ', "").eq_ignore_ascii_case("#escape=`")) {
        '`'
    } else {
        '\\'
    };
    let mut found = Vec::new();
    let mut unclosed = 0;
    let mut lines = text.text().split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    });
    while let Some((start, first)) = lines.next() {
        if first.trim().is_empty() || first.trim_start().starts_with('#') {
            continue;
        }
        let mut decoding = Fragment::decoding(text.span(start..start).start);
        let mut take = |at: usize, line: &str| decoding.push_verbatim(line, text.span(at..at).start);
        take(start, first);
        let mut delimiters = heredocs(first);
        let mut goes_on = first.trim_end().ends_with(escape);
        while goes_on && let Some((at, line)) = lines.next() {
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            take(at, line);
            delimiters.extend(heredocs(line));
            goes_on = line.trim_end().ends_with(escape);
        }
        for delimiter in delimiters {
            // A shift of bits looks the same, and must not swallow the file.
            if unclosed >= MAX_UNCLOSED || !lines.clone().any(|(_, line)| line.trim() == delimiter) {
                unclosed += 1;
                continue;
            }
            for (at, line) in lines.by_ref() {
                take(at, line);
                if line.trim() == delimiter {
                    break;
                }
            }
        }
        found.push(decoding.finish());
    }
    found
}

/// The delimiters of the heredocs that `line` opens.
fn heredocs(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find("<<") {
        rest = rest[at + 2..].trim_start_matches('-');
        let word = rest.trim_start_matches(['"', '\'']);
        let end = word.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(word.len());
        if !rest.starts_with('<') && word.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            found.push(word[..end].to_owned());
        }
    }
    found
}

fn read(instruction: &Fragment<'_>, found: &mut Declarations) {
    let text = instruction.text();
    let mut at = text.len() - text.trim_start().len();
    let mut keyword = word(text, at);
    if keyword.eq_ignore_ascii_case("ONBUILD") {
        at = next(text, at);
        keyword = word(text, at);
    }
    let mut body = next(text, at);
    let keyword = keyword.to_ascii_uppercase();
    match keyword.as_str() {
        "RUN" | "CMD" | "ENTRYPOINT" => {
            while text[body..].starts_with("--") || text[body..].starts_with("\\\n") || text[body..].starts_with("\\\r")
            {
                body = next(text, body);
            }
            let place = Place::new(Scope::Command, keyword);
            let command = instruction.part(body..text.len());
            if !(command.text().starts_with('[') && exec(&command, &place, found)) {
                command::script(&command, &place, found);
            }
        }
        "ENV" | "ARG" => constraints(instruction, body, found),
        _ => {}
    }
}

fn word(text: &str, at: usize) -> &str {
    text[at..].split_whitespace().next().unwrap_or("")
}

/// Where the word behind the one at `at` begins.
fn next(text: &str, at: usize) -> usize {
    let end = text[at..].find(char::is_whitespace).map_or(text.len(), |found| at + found);
    end + text[end..].len() - text[end..].trim_start().len()
}

/// `["pip", "install", "mcp"]`; whether it is of that form.
fn exec(command: &Fragment<'_>, place: &Place, found: &mut Declarations) -> bool {
    let Ok(Some(value)) = json::parse(command.text()) else { return false };
    super::client_config::array(command, &value, None, place, found)
}

/// `ENV PIP_CONSTRAINT=c.txt`, `ENV UV_CONSTRAINT c.txt`.
fn constraints(instruction: &Fragment<'_>, from: usize, found: &mut Declarations) {
    let text = instruction.text();
    for variable in ["PIP_CONSTRAINT", "UV_CONSTRAINT"] {
        let Some(at) = text[from..].find(variable).map(|at| from + at + variable.len()) else { continue };
        let Some(rest) = text[at..].strip_prefix(['=', ' ']) else { continue };
        let rest = rest.trim_start();
        let value = rest.split_whitespace().next().unwrap_or("");
        let target = value.trim_matches(['"', '\'']);
        if !target.is_empty() && !target.contains('$') {
            let start = text.len() - rest.len();
            found.includes.push(Include {
                kind: IncludeKind::Constraints,
                target: target.to_owned(),
                span: instruction.span(start..start + value.len()),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_command_is_read() {
        let file = SourceFile::in_memory(
            "Dockerfile",
            "\u{feff}# syntax=docker/dockerfile:1\r\nFROM python AS mcp\r\nENV A=1 PIP_CONSTRAINT=/c.txt\r\nRUN echo $((1<<N))\r\nRUN --mount=type=cache,target=/x \\\r\n  pip install \\\r\n  # mcp here\r\n\r\n    mcp>=1.2 \\\r\n    'httpx'\r\nrun <<EOF\r\nset -e\r\npip install \"mcp[cli]\"\r\nEOF\r\nCOPY <<E /x\r\npip install nothing\r\nE\r\nCMD [\"uvx\", \"mcp-x\"]\r\nENTRYPOINT [ bad pip install mcp\r\nONBUILD RUN uv add mcp",
        );
        let mut found = Declarations::default();
        Dockerfile.locate(&file, &mut found);
        let shown: Vec<_> = found.requirements.iter().map(|one| (one.name.as_str(), file.slice(one.span))).collect();
        assert_eq!(
            shown,
            [("mcp", "mcp>=1.2"), ("httpx", "httpx"), ("mcp", "mcp[cli]"), ("mcp-x", "mcp-x"), ("mcp", "mcp")]
        );
        assert_eq!(file.slice(found.requirements[0].bare_word.unwrap().span), "mcp>=1.2");
        assert_eq!((found.launches[0].argv, found.launches[0].element_gap.as_str()), (true, ", "));
        assert_eq!((found.includes[0].target.as_str(), file.slice(found.includes[0].span)), ("/c.txt", "/c.txt"));
    }
}
