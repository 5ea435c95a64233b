//! Scripts of POSIX shells, PowerShell and `cmd`.

use super::{Declarations, Format, Path, body, continued_lines};
use crate::command;
use crate::requirement::{Place, Scope};
use crate::source::SourceFile;

/// `*.sh`, `*.ps1`, `*.bat` and their relatives.
#[derive(Debug)]
pub(super) struct ShellScript;

impl Format for ShellScript {
    fn name(&self) -> &'static str {
        "shell script"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        matches!(path.extension, "sh" | "bash" | "zsh" | "ksh" | "fish" | "ps1" | "bat" | "cmd")
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let place = Place::new(Scope::Command, "");
        let text = body(file);
        if Path::new(file.path()).extension == "bat" || Path::new(file.path()).extension == "cmd" {
            // `cmd` quotes nothing with an apostrophe, so no quote may reach over the end of its line.
            for line in continued_lines(text.text(), &['^']) {
                command::script(&text.part(line), &place, found);
            }
        } else {
            command::script(&text, &place, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batch_lines_stand_alone() {
        let file = SourceFile::in_memory(
            "a.bat",
            "\u{feff}echo don't\r\ncall pip install ^\r\n mcp\r\nrem it's pip install mcp\r\n",
        );
        let mut found = Declarations::default();
        ShellScript.locate(&file, &mut found);
        let shown: Vec<_> = found.requirements.iter().map(|one| (one.name.as_str(), file.slice(one.span))).collect();
        assert_eq!(shown, [("mcp", "mcp")]);
    }
}
