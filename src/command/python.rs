//! Installers of Python packages: pip, uv, pipx, Poetry, PDM, Pipenv, Rye, Conda and pixi.

use super::options::{Argument, Arguments};
use super::package::{Grammar, file, name_of, project, record};
use super::{Context, conda};
use crate::manifest::{Declarations, IncludeKind, Launch};
use crate::requirement::{Ecosystem, Hold};
use crate::source::Span;
use crate::syntax::shell::Word;

/// Options of pip's installing commands that take a value.
const PIP: &str = "-r --requirement --requirements -c --constraint --constraints -e --editable -t --target --platform \
    --python-version --implementation --abi --root --prefix --src --upgrade-strategy -C --config-settings \
    --config-setting --global-option --install-option --build-option --no-binary --only-binary --progress-bar \
    --root-user-action --report --group -i --index-url --pypi-url --extra-index-url -f --find-links --python --log \
    --proxy --retries --timeout --exists-action --trusted-host --cert --client-cert --cache-dir --use-feature \
    --use-deprecated --hash -d --dest -w --wheel-dir";

/// Options of uv's that take a value, its global ones among them. `-w` is `--with`, `-p` is `--python`.
const UV: &str = "-p --exclude-newer --index --default-index --keyring-provider --resolution --prerelease \
    --index-strategy --link-mode --extra --torch-backend --override --overrides -b --build-constraint \
    --build-constraints --excludes --no-build-package --no-binary-package --refresh-package -P --upgrade-package \
    --reinstall-package --python-platform --directory --project --config-file --color --allow-insecure-host \
    --fork-strategy --no-build-isolation-package --config-settings-package -w --with --with-editable \
    --with-requirements --with-executables-from --from --env-file --package --no-group --only-group --no-extra \
    --optional --branch --tag --rev --bounds -m --module --marker --python-preference";

const POETRY: &str = "-G --group -E --extras --python --platform --source --markers -C --directory -P --project";
const PDM: &str = "-G --group -e --editable -p --project -L --lockfile --config --override --venv";
const PIPENV: &str = "-r --requirements -e --editable -i --index --pypi-mirror --python --categories --extra-pip-args";
const RYE: &str = "--optional --git --url --path --tag --rev --branch --features --pin -p --python";
const PIPX: &str = "--spec --suffix --python --pip-args -i --index-url --preinstall -r --requirement --with --backend";
const CONDA: &str = "-n --name -p --prefix -c --channel --file -f --solver --platform --subdir --repodata-fn --freeze -e \
    --environment --manifest-path --feature --git --branch --tag --rev --pinning-strategy -s --spec -w --with --expose";

/// Why a requirement given to `uvx` itself is not bounded in place.
const ONLY_FROM: &str = "a tool runner takes a range only behind `--from`";

/// Reads a command of a Python installer; whether `program` is one of them.
pub(super) fn command(context: &Context<'_>, program: &str, words: &[Word<'_>], found: &mut Declarations) -> bool {
    match program {
        "pip" => pip(context, words, &[PIP], found),
        "uv" => uv(context, words, found),
        "uvx" => runner(context, "uvx", words, found),
        "pipx" => pipx(context, words, found),
        "poetry" => manager(context, words, POETRY, Grammar::Poetry, found),
        "pdm" => manager(context, words, PDM, Grammar::Pep508, found),
        "pipenv" => manager(context, words, PIPENV, Grammar::Pep508, found),
        "rye" => manager(context, words, RYE, Grammar::Pep508, found),
        "hatch" => manager(context, words, "-e --env -p --project", Grammar::Pep508, found),
        "conda" | "mamba" | "micromamba" | "pixi" => conda(context, program, words, found),
        _ => return false,
    }
    true
}

/// The first argument that is no option, and what follows it.
fn verb<'w, 'f>(words: &'w [Word<'f>], values: &'w [&'w str]) -> Option<(&'w str, &'w [Word<'f>])> {
    let mut arguments = Arguments::new(words, values);
    let at = arguments.by_ref().find_map(|argument| match argument {
        Argument::Positional(_, at) => Some(at),
        Argument::Option(..) => None,
    })?;
    Some((words[at].as_str(), arguments.rest()))
}

fn pip(context: &Context<'_>, words: &[Word<'_>], values: &[&str], found: &mut Declarations) {
    match verb(words, values) {
        Some(("install" | "download" | "wheel", rest)) => install(context, rest, values, Grammar::Pep508, found),
        Some(("sync", rest)) => {
            for argument in Arguments::new(rest, values) {
                if let Argument::Positional(word, _) = argument {
                    file(&word, IncludeKind::Requirements, found);
                }
            }
        }
        _ => {}
    }
}

/// Every argument is a requirement; `-r`, `-c` and `-e` are what they are everywhere.
fn install(context: &Context<'_>, words: &[Word<'_>], values: &[&str], grammar: Grammar, found: &mut Declarations) {
    for argument in Arguments::new(words, values) {
        match argument {
            Argument::Positional(word, _) => {
                record(&word, grammar, context, found);
            }
            Argument::Option(name, Some(value), _) => option(name, &value, found),
            Argument::Option(_, None, _) => {}
        }
    }
}

/// The options that bring in requirements, alike in every tool.
fn option(name: &str, value: &Word<'_>, found: &mut Declarations) {
    match name {
        "-r" | "--requirement" | "--requirements" => file(value, IncludeKind::Requirements, found),
        "--with-requirements" => {
            for_each_part(value, |part| file(part, IncludeKind::Requirements, found));
        }
        "-c" | "--constraint" | "--constraints" => file(value, IncludeKind::Constraints, found),
        "-e" | "--editable" | "--with-editable" => project(value, found),
        _ => {}
    }
}

/// `--with X,Y`: the packages' names. A comma inside a specifier (`mcp>=1,<2`) separates nothing.
fn with(context: &Context<'_>, value: &Word<'_>, found: &mut Declarations) -> Vec<String> {
    let mut names = Vec::new();
    for_each_part(value, |part| names.extend(record(part, Grammar::Pep508, context, found)));
    names
}

fn for_each_part(value: &Word<'_>, mut each: impl FnMut(&Word<'_>)) {
    let text = value.as_str();
    let mut start = 0;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0
                && text[at + 1..].trim_start().starts_with(|c: char| c.is_alphabetic() || "./".contains(c)) =>
            {
                each(&value.part(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    each(&value.part(start..text.len()));
}

fn uv(context: &Context<'_>, words: &[Word<'_>], found: &mut Declarations) {
    let values = [PIP, UV];
    match verb(words, &values) {
        Some(("pip", rest)) => pip(context, rest, &values, found),
        // `uv add --editable ./x` has a flag there, and `-m` is a marker.
        Some(("add", rest)) => install(context, rest, &[ADD, UV], Grammar::Pep508, found),
        Some(("run", rest)) => run(context, rest, &values, found),
        Some(("x", rest)) => runner(context, "uvx", rest, found),
        Some(("tool", rest)) => match verb(rest, &values) {
            Some(("run", rest)) => runner(context, "uv tool run", rest, found),
            Some(("install" | "upgrade", rest)) => runner(context, "uv tool install", rest, found),
            _ => {}
        },
        _ => {}
    }
}

/// Options of `uv add` that take a value and are not those of [`UV`].
const ADD: &str = "-r --requirement --requirements -c --constraint --constraints --group -i --index-url --extra-index-url \
    -f --find-links --python --cache-dir --script -C --config-setting --no-binary --only-binary --lfs";

/// `uv run [options] command`: the options may install, and so may the command.
fn run(context: &Context<'_>, words: &[Word<'_>], values: &[&str], found: &mut Declarations) {
    for argument in Arguments::new(words, values) {
        match argument {
            Argument::Positional(_, at) => {
                context.inner_command(words.get(at..).unwrap_or_default(), found);
                return;
            }
            Argument::Option("-m" | "--module", Some(value), at) => {
                if value.as_str() == "pip" {
                    context.inner_command(words.get(at + 1..).unwrap_or_default(), found);
                }
                return;
            }
            Argument::Option("--with" | "-w", Some(value), _) => {
                with(context, &value, found);
            }
            Argument::Option(name, Some(value), _) => option(name, &value, found),
            Argument::Option(_, None, _) => {}
        }
    }
}

/// `uvx`, `uv tool run`, `uv tool install`: one tool, then the tool's own arguments.
fn runner(context: &Context<'_>, name: &'static str, words: &[Word<'_>], found: &mut Declarations) {
    let installs = name == "uv tool install";
    let mut from: Option<(Word<'_>, usize)> = None;
    let mut names = Vec::new();
    for argument in Arguments::new(words, &[UV, PIP]) {
        match argument {
            Argument::Option("--from", Some(value), at) => from = Some((value, at)),
            Argument::Option("--with" | "-w", Some(value), _) => names.extend(with(context, &value, found)),
            Argument::Option("-e", ..) => {}
            Argument::Option(option_name, Some(value), _) => option(option_name, &value, found),
            Argument::Option(_, None, _) => {}
            Argument::Positional(word, at) => {
                let before = found.requirements.len();
                let (tool, insert) = match from {
                    Some((word, at)) => {
                        let tool = record(&word, Grammar::Tool, context, found);
                        names.extend(tool.clone());
                        (tool.or_else(|| Some(word.as_str().to_owned())), at)
                    }
                    None => (record(&word, Grammar::Tool, context, found), at),
                };
                if !installs && insert == at {
                    for one in &mut found.requirements[before..] {
                        one.hold.get_or_insert(Hold::Form(ONLY_FROM));
                    }
                }
                if let Some(tool) = tool {
                    launch(context, (name, Ecosystem::Python), tool, (&word, &words[insert]), names, found);
                }
                return;
            }
        }
    }
}

/// Records that `tool` is started: by `word`, with room for an option before `insert`.
pub(super) fn launch(
    context: &Context<'_>,
    (runner, ecosystem): (&'static str, Ecosystem),
    tool: String,
    (word, insert): (&Word<'_>, &Word<'_>),
    with: Vec<String>,
    found: &mut Declarations,
) {
    let quote = if context.argv { word.text.quote() } else { context.taken.free() };
    found.launches.push(Launch {
        runner,
        tool,
        ecosystem,
        span: word.span,
        insert: Span::empty(insert.span.start),
        argv: context.argv,
        quote: quote.unwrap_or('"'),
        with,
        element_gap: String::new(),
        place: context.place.clone(),
    });
}

fn pipx(context: &Context<'_>, words: &[Word<'_>], found: &mut Declarations) {
    let values = [PIPX];
    let Some((verb, rest)) = verb(words, &values) else { return };
    let mut spec: Option<String> = None;
    let mut first = true;
    for argument in Arguments::new(rest, &values) {
        match argument {
            Argument::Option("--spec", Some(value), _) => {
                let name = record(&value, Grammar::Pep508, context, found);
                spec = name.or_else(|| name_of(value.as_str()));
            }
            Argument::Option(name, Some(value), _) => option(name, &value, found),
            Argument::Option(_, None, _) => {}
            Argument::Positional(word, at) => match verb {
                "install" => {
                    record(&word, Grammar::Pep508, context, found);
                }
                // The first argument is the environment to inject into.
                "inject" if std::mem::take(&mut first) => {}
                "inject" => {
                    record(&word, Grammar::Pep508, context, found);
                }
                "run" => {
                    let with = spec.iter().cloned().collect();
                    let tool = match spec {
                        Some(tool) => Some(tool),
                        None => record(&word, Grammar::Pep508, context, found),
                    };
                    if let Some(tool) = tool {
                        launch(context, ("pipx run", Ecosystem::Python), tool, (&word, &rest[at]), with, found);
                    }
                    return;
                }
                _ => return,
            },
        }
    }
}

/// Poetry and its like: `add` and `install` take requirements, `run` takes a command.
fn manager(context: &Context<'_>, words: &[Word<'_>], values: &str, grammar: Grammar, found: &mut Declarations) {
    let values = [values];
    match verb(words, &values) {
        Some(("self", _)) => {}
        Some(("add" | "install", rest)) => install(context, rest, &values, grammar, found),
        Some(("run", rest)) => context.inner_command(rest, found),
        _ => {}
    }
}

fn conda(context: &Context<'_>, program: &str, words: &[Word<'_>], found: &mut Declarations) {
    let values = [CONDA];
    let Some((mut verb_, mut rest)) = verb(words, &values) else { return };
    if matches!(verb_, "global" | "env") {
        let Some((next, behind)) = verb(rest, &values) else { return };
        (verb_, rest) = (next, behind);
    }
    match verb_ {
        "install" | "create" | "update" | "upgrade" | "add" | "exec" => {
            let pypi = rest.iter().any(|word| word.as_str() == "--pypi");
            for argument in Arguments::new(rest, &values) {
                match argument {
                    Argument::Positional(word, _) if pypi => {
                        record(&word, Grammar::Pep508, context, found);
                    }
                    Argument::Positional(word, _) if verb_ != "exec" => {
                        found.requirements.extend(conda::read(&word, context));
                    }
                    Argument::Positional(_, at) => {
                        context.inner_command(rest.get(at..).unwrap_or_default(), found);
                        return;
                    }
                    Argument::Option("-s" | "--spec" | "-w" | "--with", Some(word), _) if program == "pixi" => {
                        found.requirements.extend(conda::read(&word, context));
                    }
                    Argument::Option(..) => {}
                }
            }
        }
        "run" => {
            if let Some(Argument::Positional(_, at)) =
                Arguments::new(rest, &values).find(|argument| matches!(argument, Argument::Positional(..)))
            {
                context.inner_command(rest.get(at..).unwrap_or_default(), found);
            }
        }
        _ => {}
    }
}
