//! Finds the program that a command runs, behind whatever stands before it.

use super::Context;
use crate::manifest::{Declarations, Include, IncludeKind};
use crate::syntax::shell::Word;

/// Words that run, or lead to, the command behind them. Options right behind them are skipped.
const WRAPPERS: [&str; 28] = [
    "sudo",
    "doas",
    "env",
    "time",
    "command",
    "exec",
    "nohup",
    "nice",
    "xargs",
    "call",
    "then",
    "do",
    "else",
    "if",
    "elif",
    "while",
    "until",
    "!",
    "{",
    "$",
    "%",
    "#",
    "retry",
    "builtin",
    "winpty",
    "run",
    "cross-env",
    "unbuffer",
];

/// Programs that are wrapped with their own module or subcommand.
const MODULES: [&str; 7] = ["pip", "uv", "pipx", "poetry", "pdm", "pipenv", "conda"];

/// The name of the program in its simplest form (`pip` for `/usr/bin/pip3.12`) and the words behind it.
pub(super) fn program<'w, 'f>(
    context: &Context<'_>,
    words: &'w [Word<'f>],
    found: &mut Declarations,
) -> Option<(String, &'w [Word<'f>])> {
    let mut words = words;
    loop {
        let (first, rest) = words.split_first()?;
        let text = first.as_str();
        if let Some(name) = assignment(text) {
            constraint(context, name, first, found);
            words = rest;
            continue;
        }
        let name = simplified(text);
        if name == "python" {
            return module(rest);
        }
        if !WRAPPERS.contains(&name.as_str()) {
            return Some((name, rest));
        }
        words = skipped_options(&name, rest);
    }
}

/// `NAME` of `NAME=value`, or of PowerShell's `$env:NAME`.
fn assignment(text: &str) -> Option<&str> {
    let (name, _) = text.split_once('=')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then_some(name)
}

/// `PIP_CONSTRAINT=file pip install …` limits the command as `-c file` does.
fn constraint(context: &Context<'_>, name: &str, word: &Word<'_>, found: &mut Declarations) {
    if word.computed || !is_constraint_variable(name) || context.depth > super::MAX_DEPTH {
        return;
    }
    if let Some((_, target)) = word.as_str().split_once('=').filter(|(_, target)| !target.is_empty()) {
        found.includes.push(Include { kind: IncludeKind::Constraints, target: target.to_owned(), span: word.span });
    }
}

/// The variables through which pip and uv are given a constraints file.
pub(super) fn is_constraint_variable(name: &str) -> bool {
    matches!(name, "PIP_CONSTRAINT" | "UV_CONSTRAINT" | "UV_CONSTRAINTS")
}

fn skipped_options<'w, 'f>(wrapper: &str, mut words: &'w [Word<'f>]) -> &'w [Word<'f>] {
    while let Some((first, rest)) = words.split_first() {
        let text = first.as_str();
        if !text.starts_with('-') || text == "-" {
            break;
        }
        let takes_value = matches!(
            (wrapper, text),
            ("sudo" | "doas", "-u" | "-g" | "-C")
                | ("env", "-u" | "-C")
                | ("xargs", "-n" | "-P" | "-I" | "-L" | "-a" | "-d")
                | ("nice", "-n")
        );
        words = if takes_value { rest.get(1..).unwrap_or_default() } else { rest };
    }
    words
}

/// What `python` runs as a module, when that is an installer.
fn module<'w, 'f>(words: &'w [Word<'f>]) -> Option<(String, &'w [Word<'f>])> {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let text = word.as_str();
        if let Some(joined) = text.strip_prefix("-m") {
            let (name, next) = if joined.is_empty() { (words.get(at + 1)?.as_str(), at + 2) } else { (joined, at + 1) };
            let name = simplified(name);
            return MODULES.contains(&name.as_str()).then(|| (name, words.get(next..).unwrap_or_default()));
        }
        if !text.starts_with('-') || text == "-c" {
            return None;
        }
        at += if matches!(text, "-X" | "-W") { 2 } else { 1 };
    }
    None
}

/// `pip` for `pip3`, `.venv\Scripts\pip.exe`, `$(PIP)`, `@pip`; `python` for `py`, `python3.12`, `${PYTHON}`.
fn simplified(text: &str) -> String {
    let base = match text.rfind(['/', '\\']) {
        Some(at) if !text.ends_with([')', '}']) || text[at..].contains(['$', '{']) => &text[at + 1..],
        _ => text,
    };
    // What Make and cmd put before a command so as not to echo it, or not to mind its failing.
    let base = if base.len() > 1 { base.trim_start_matches(['@', '-', '+']) } else { base };
    if let Some(variable) = variable(base) {
        return variable;
    }
    let lower = base.to_ascii_lowercase();
    let stem = [".exe", ".cmd", ".bat", ".ps1"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
    let plain = stem.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
    match plain {
        "pip" | "python" | "pipx" => plain.to_owned(),
        "pypy" | "py" | "pythonw" | "ipython" => "python".to_owned(),
        _ => stem.to_owned(),
    }
}

/// The program that a variable of such a name holds by convention.
fn variable(text: &str) -> Option<String> {
    let inner = text.strip_prefix('$').or_else(|| text.strip_prefix("{{")).or_else(|| text.strip_prefix('%'))?;
    let inner = inner.trim_matches(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    inner.rsplit('_').find_map(|part| {
        let part = part.to_ascii_lowercase();
        match part.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "py" | "python" => Some("python".to_owned()),
            known @ ("pip" | "uv" | "uvx" | "pipx" | "poetry" | "pdm" | "conda" | "mamba" | "npm" | "npx") => {
                Some(known.to_owned())
            }
            _ => None,
        }
    })
}
