//! Installers of Rust crates and npm packages. What they ask for is recorded for completeness; the bounds of these
//! worlds are kept in manifests.

use super::Context;
use super::options::{Argument, Arguments};
use super::package::{Grammar, NEWEST, record};
use super::python::launch;
use crate::manifest::Declarations;
use crate::requirement::{Ecosystem, GitReference, Hold, Specifier, VersionPart};
use crate::syntax::shell::Word;

const CARGO: &str = "-F --features --rename --path --git --branch --tag --rev --registry --target -p --package \
    --manifest-path --config -Z --version --vers --root --bin --example --index -j --jobs --profile --target-dir --color";

const NPM: &str = "--prefix --registry -p --package -c --call -w --workspace -C --dir --filter --tag --cwd --cache \
    --loglevel --userconfig --omit --include";

/// Reads a command of cargo's, npm's and its relatives; whether `program` is one of them.
pub(super) fn command(context: &Context<'_>, program: &str, words: &[Word<'_>], found: &mut Declarations) -> bool {
    match program {
        "cargo" => cargo(context, words, found),
        "npm" | "pnpm" | "yarn" | "bun" => npm(context, words, found),
        "npx" | "bunx" | "pnpx" => npx(context, words, found),
        _ => return false,
    }
    true
}

fn cargo(context: &Context<'_>, words: &[Word<'_>], found: &mut Declarations) {
    let words = if words.first().is_some_and(|word| word.as_str().starts_with('+')) { &words[1..] } else { words };
    let Some((verb, rest)) = words.split_first().filter(|(verb, _)| matches!(verb.as_str(), "add" | "install")) else {
        return;
    };
    let before = found.requirements.len();
    let (mut git, mut path, mut revision, mut branch, mut version) = (None, None, None, None, None);
    for argument in Arguments::new(rest, &[CARGO]) {
        match argument {
            Argument::Positional(word, _) => {
                record(&word, Grammar::Cargo, context, found);
            }
            Argument::Option("--git", value, _) => git = value,
            Argument::Option("--path", value, _) => path = value,
            Argument::Option("--tag" | "--rev", value, _) => revision = value,
            Argument::Option("--branch", value, _) => branch = value,
            Argument::Option("--version" | "--vers", value, _) if verb.as_str() == "install" => version = value,
            Argument::Option(..) => {}
        }
    }
    let owned = |word: &Option<Word<'_>>| word.as_ref().map(|word| word.as_str().to_owned());
    for requirement in &mut found.requirements[before..] {
        if let Some(url) = owned(&git) {
            requirement.version =
                VersionPart::Git(GitReference { url, revision: owned(&revision), branch: owned(&branch) });
        } else if let Some(path) = owned(&path) {
            requirement.version = VersionPart::Path(path);
        } else if let Some(version) = &version {
            let text = version.as_str().to_owned();
            let span = version.text.span(0..text.len());
            requirement.version = VersionPart::Specifier(Specifier { text, span });
        } else {
            continue;
        }
        requirement.hold.take_if(|hold| *hold == Hold::Form(NEWEST));
    }
}

fn npm(context: &Context<'_>, words: &[Word<'_>], found: &mut Declarations) {
    let mut arguments = Arguments::new(words, &[NPM]);
    let verb = arguments.by_ref().find_map(|argument| match argument {
        Argument::Positional(word, _) => Some(word.as_str().to_owned()),
        Argument::Option(..) => None,
    });
    match verb.as_deref() {
        Some("dlx" | "x" | "exec") => npx(context, arguments.rest(), found),
        Some("global") => npm(context, arguments.rest(), found),
        Some("i" | "install" | "add") => {
            for argument in arguments {
                if let Argument::Positional(word, _) = argument {
                    record(&word, Grammar::Npm, context, found);
                }
            }
        }
        _ => {}
    }
}

fn npx(context: &Context<'_>, words: &[Word<'_>], found: &mut Declarations) {
    let mut with = Vec::new();
    for argument in Arguments::new(words, &[NPM]) {
        match argument {
            Argument::Option("-p" | "--package", Some(value), _) => {
                with.extend(record(&value, Grammar::Npm, context, found));
            }
            Argument::Option("-c" | "--call", Some(value), _) => context.inner_script(&value, found),
            Argument::Option(..) => {}
            Argument::Positional(word, at) => {
                // With `--package` the word is a command of that package.
                if with.is_empty()
                    && let Some(tool) = record(&word, Grammar::Npm, context, found)
                {
                    if tool.ends_with("/inspector") {
                        context.inner_command(words.get(at + 1..).unwrap_or_default(), found);
                    }
                    launch(context, ("npx", Ecosystem::Npm), tool, (&word, &words[at]), with, found);
                }
                return;
            }
        }
    }
}
