//! Commands that install without a manifest, wherever they are written. One shell-word scanner serves them all.
//!
//! A command is recognised by its program and subcommand alone; nothing is expanded, looked up or run. What a variable
//! holds is unknown, and is said to be.

mod conda;
mod options;
mod other;
mod package;
mod program;
mod python;
#[cfg(test)]
mod tests;

use crate::manifest::Declarations;
use crate::requirement::Place;
use crate::source::{Fragment, Span};
use crate::syntax::shell::{self, Quoting, Word};

pub(crate) use conda::match_spec;

/// Commands inside commands (`bash -c`, `uv run`) are followed this far.
const MAX_DEPTH: u8 = 6;

/// Parts of the names of every program that is understood: text without any of them is not even scanned.
const PROGRAMS: [&str; 13] =
    ["pip", "PIP", "uv", "UV", "poetry", "pdm", "rye", "conda", "mamba", "pixi", "cargo", "npx", "npm"];

/// Finds install commands in shell text of any number of lines and records what they ask for, in `place`.
pub fn script(text: &Fragment<'_>, place: &Place, found: &mut Declarations) {
    let context = Context { place, taken: Taken::default().with(text.quote()), argv: false, depth: 0 };
    context.script(text, found);
}

/// The same for a command that is already split into its arguments: an exec form, a JSON array, a Python list.
///
/// [`crate::manifest::Launch::element_gap`] is left empty: the text between the elements is the caller's to fill in.
pub fn argv(words: &[Fragment<'_>], place: &Place, found: &mut Declarations) {
    if !words.iter().take(8).any(|word| may_install(word.text())) {
        return;
    }
    let quote = words.iter().find_map(Fragment::quote);
    let context = Context { place, taken: Taken::default().with(quote), argv: true, depth: 0 };
    let words: Vec<Word<'_>> = words.iter().map(element).collect();
    context.command(&words, found);
}

/// Whether `text` names a program that installs.
pub(crate) fn may_install(text: &str) -> bool {
    PROGRAMS.iter().chain(&["POETRY", "yarn", "bun"]).any(|program| text.contains(program))
}

/// An element of an array as a word: it needs no quotes of the shell's.
fn element<'f>(fragment: &'f Fragment<'_>) -> Word<'f> {
    let text = fragment.part(0..fragment.text().len());
    let mut span = text.span(0..text.text().len());
    if fragment.quote().is_some() {
        span = Span::new(span.start.saturating_sub(1), span.end + 1);
    }
    let computed = ["${", "{{", "$("].iter().any(|mark| text.text().contains(mark)) || text.text().starts_with('$');
    Word { text, span, quoting: Quoting::Quoted, computed, comparator: false }
}

/// What is known of the commands that are being read.
#[derive(Debug, Clone, Copy)]
struct Context<'c> {
    place: &'c Place,
    /// The quotes around the command in its file.
    taken: Taken,
    argv: bool,
    depth: u8,
}

/// The quotes that an insertion cannot use, because something around it is delimited by them.
#[derive(Debug, Clone, Copy, Default)]
struct Taken {
    single: bool,
    double: bool,
}

impl Taken {
    fn with(self, quote: Option<char>) -> Self {
        Self { single: self.single || quote == Some('\''), double: self.double || quote == Some('"') }
    }

    /// A quote that is free.
    fn free(self) -> Option<char> {
        match self {
            Self { double: false, .. } => Some('"'),
            Self { single: false, .. } => Some('\''),
            _ => None,
        }
    }
}

impl Context<'_> {
    fn script(&self, text: &Fragment<'_>, found: &mut Declarations) {
        if !may_install(text.text()) {
            return;
        }
        for words in shell::commands(text) {
            self.command(&words, found);
        }
    }

    /// A string that a shell is given as its script.
    fn inner_script(&self, word: &Word<'_>, found: &mut Declarations) {
        if self.depth < MAX_DEPTH {
            let taken = self.taken.with(word.text.quote());
            Self { depth: self.depth + 1, argv: false, taken, ..*self }.script(&word.text, found);
        }
    }

    /// A command at the end of another's words.
    fn inner_command(&self, words: &[Word<'_>], found: &mut Declarations) {
        if self.depth < MAX_DEPTH {
            Self { depth: self.depth + 1, ..*self }.command(words, found);
        }
    }

    fn command(&self, words: &[Word<'_>], found: &mut Declarations) {
        let Some((program, rest)) = program::program(self, words, found) else { return };
        match program.as_str() {
            "bash" | "sh" | "zsh" | "dash" | "cmd" | "powershell" | "pwsh" | "wsl" | "ssh" | "eval" => {
                self.shell(&program, rest, found);
            }
            // `claude mcp add name -- uvx server`
            "claude" | "codex" | "gemini" => {
                let start = rest.iter().position(|word| word.as_str() == "--").map_or(rest.len(), |at| at + 1);
                self.inner_command(rest.get(start..).unwrap_or_default(), found);
            }
            "docker" | "podman" | "docker-compose" => {}
            _ => {
                let _ = python::command(self, &program, rest, found) || other::command(self, &program, rest, found);
            }
        }
    }

    /// `bash -lc '…'`, `cmd /c npx …`, `eval "…"`.
    fn shell(&self, program: &str, words: &[Word<'_>], found: &mut Declarations) {
        let is_flag = |word: &Word<'_>| {
            let text = word.as_str().to_ascii_lowercase();
            (text.starts_with('-') && !text.starts_with("--") && text.ends_with('c'))
                || matches!(text.as_str(), "/c" | "/k" | "-command" | "/s")
        };
        let start = words.iter().take(8).rposition(is_flag).map(|at| at + 1);
        let Some(body) = start.or((program == "eval").then_some(0)).and_then(|at| words.get(at..)) else { return };
        match body {
            [only] => self.inner_script(only, found),
            // A POSIX shell takes one word, the rest are its arguments; the others join them all.
            [first, ..] if first.as_str().contains(' ') => self.inner_script(first, found),
            _ => self.inner_command(body, found),
        }
    }
}
