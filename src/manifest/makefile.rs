//! Recipes of make and just.

use super::{Declarations, Format, Path, body, continued_lines};
use crate::command;
use crate::requirement::{Place, Scope};
use crate::source::SourceFile;

/// `Makefile`, `*.mk`, `justfile`.
#[derive(Debug)]
pub(super) struct Makefile;

impl Format for Makefile {
    fn name(&self) -> &'static str {
        "makefile"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        matches!(path.name, "Makefile" | "makefile" | "GNUmakefile" | "justfile" | "Justfile" | ".justfile")
            || matches!(path.extension, "mk" | "just")
            || path.name.starts_with("Makefile.")
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let text = body(file);
        if !command::may_install(text.text()) {
            return;
        }
        let place = Place::new(Scope::Command, "");
        // Every recipe line is a shell of its own; what is not indented is no recipe.
        for line in continued_lines(text.text(), &['\\']) {
            if text.text()[line.clone()].starts_with(['\t', ' ']) {
                command::script(&text.part(line), &place, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipes_are_read() {
        let file = SourceFile::in_memory(
            "Makefile",
            "PIP ?= pip\ninstall: pip install mcp\n\t@$(PIP) install \\\n\t  mcp\n\t-uv add 'mcp>=1' # it's\n\t@echo it's; uvx mcp-x\n",
        );
        let mut found = Declarations::default();
        Makefile.locate(&file, &mut found);
        let shown: Vec<_> = found.requirements.iter().map(|one| (one.name.as_str(), file.slice(one.span))).collect();
        assert_eq!(shown, [("mcp", "mcp"), ("mcp", "mcp>=1"), ("mcp-x", "mcp-x")]);
    }
}
