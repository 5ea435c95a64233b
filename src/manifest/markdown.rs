//! Prose: install commands and client configurations in the code blocks of Markdown and reStructuredText.

use std::ops::Range;

use super::{Declarations, Format, Path, body, client_config, continued_lines};
use crate::command;
use crate::requirement::{Place, Scope};
use crate::source::{Fragment, SourceFile};
use crate::syntax::json;

/// Stands for the language of indented lines, which are as often prose in a list.
const INDENTED: &str = "(indented)";

/// `*.md`, `*.mdx`, `*.rst`.
#[derive(Debug)]
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "documentation"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        matches!(path.extension.to_ascii_lowercase().as_str(), "md" | "mdx" | "markdown" | "rst")
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let text = body(file);
        if !command::may_install(text.text()) {
            return;
        }
        let place = Place::new(Scope::Documentation, "");
        for (language, range) in blocks(text.text()) {
            let block = text.part(range);
            match language.as_str() {
                "json" | "jsonc" | "json5" => {
                    // A snippet is often no whole document, and prose owes nobody its syntax.
                    if block.text().contains("\"command\"")
                        && let Ok(Some(value)) = json::parse(block.text())
                    {
                        client_config::servers(&block, &value, &Scope::Documentation, found);
                    }
                }
                "bash" | "sh" | "shell" | "zsh" | "console" | "terminal" | "shell-session" | "powershell" | "ps1"
                | "pwsh" | "cmd" | "bat" | "batch" | "fish" | "text" | "txt" | "" => {
                    commands(&block, true, &place, found)
                }
                INDENTED => commands(&block, false, &place, found),
                _ => {}
            }
        }
    }
}

/// Each fenced block with its language, and each run of indented lines as a block without one.
fn blocks(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    let mut fence: Option<(&str, String, usize)> = None;
    let mut in_indented = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim();
        if let Some((mark, language, from)) = &mut fence {
            if trimmed.starts_with(*mark) && trimmed.trim_start_matches(['`', '~']).is_empty() {
                found.push((std::mem::take(language), *from..start));
                fence = None;
            }
            continue;
        }
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            let info = trimmed.trim_start_matches(['`', '~']).trim_start_matches(['{', '.', ' ']);
            let language = info.split(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or("");
            let width = trimmed.len() - trimmed.trim_start_matches(['`', '~']).len();
            fence = Some((&trimmed[..width], language.to_ascii_lowercase(), at));
            in_indented = false;
            continue;
        }
        let indented = line.starts_with("  ") || line.starts_with('\t');
        match found.last_mut() {
            Some((_, last)) if in_indented && indented => last.end = at,
            _ if indented && !trimmed.is_empty() => found.push((INDENTED.to_owned(), start..at)),
            _ => {}
        }
        in_indented = indented && !trimmed.is_empty() || (in_indented && trimmed.is_empty() && indented);
    }
    if let Some((_, language, from)) = fence {
        found.push((language, from..text.len()));
    }
    found
}

/// A session is read at its prompts, for the rest is output; anything else as it stands, line by line, because an
/// apostrophe in prose must not swallow what follows.
fn commands(block: &Fragment<'_>, fenced: bool, place: &Place, found: &mut Declarations) {
    let text = block.text();
    if !command::may_install(text) {
        return;
    }
    let session = text.lines().any(|line| line.trim_start().starts_with("$ "));
    for line in continued_lines(text, &['\\', '`', '^']) {
        let body = &text[line.clone()];
        // Backticks mark code inside prose.
        if !fenced && body.contains('`') {
            continue;
        }
        let skip = prompt(body);
        if skip > 0 || !session {
            command::script(&block.part(line.start + skip..line.end), place, found);
        }
    }
}

/// The width of the prompt a line begins with.
fn prompt(line: &str) -> usize {
    let blank = line.len() - line.trim_start().len();
    let rest = &line[blank..];
    for mark in ["$ ", "% ", "> ", "!"] {
        if rest.starts_with(mark) {
            return blank + mark.len();
        }
    }
    // `(venv) $ `, `PS C:\work> `, `C:\> `, `user@host:~$ `
    let is_prompt = rest.starts_with("PS ") || rest.starts_with("(") || rest.get(1..3) == Some(":\\");
    let end = rest.find("> ").or_else(|| rest.find("$ ")).filter(|end| is_prompt && *end < 80);
    end.map_or(0, |end| blank + end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_blocks_are_read_and_prose_is_not() {
        let file = SourceFile::in_memory(
            "README.md",
            "pip install mcp is what it's about\n\n* x\n  (`pip install mcp==2.X`)\n\n```bash\r\n# don't\r\npip install \"mcp[cli]\"\r\n```\n1. x\n\n   ```console\n   $ uv add mcp\n   pip install output\n   (v) $ pip install \\\n     mcp\n   ```\n\n    $ uvx mcp-x\n\n```json\n{\"mcpServers\": {\"a\": {\"command\": \"uvx\", \"args\": [\"mcp-y\"]}}}\n```\n```python\npip install mcp\n```\n```powershell\nPS C:\\x> pip install mcp==1\n```\n````json\n{ ...\n````\n```sh\nuv add open",
        );
        let mut found = Declarations::default();
        Markdown.locate(&file, &mut found);
        let shown: Vec<_> = found.requirements.iter().map(|one| file.slice(one.span)).collect();
        assert_eq!(shown, ["mcp[cli]", "mcp", "mcp", "mcp-x", "mcp-y", "mcp==1", "open"]);
        assert!(found.requirements.iter().all(|one| one.place.scope == Scope::Documentation));
        assert!(found.problems.is_empty());
    }
}
