//! The words of a command that Python code puts together.

use crate::python::{Kind, Leaf, Names, Value};
use crate::source::{Fragment, Span};

/// Programs that install.
const PROGRAMS: [&str; 13] =
    ["pip", "pip3", "uv", "uvx", "pipx", "poetry", "pdm", "rye", "hatch", "pixi", "conda", "mamba", "micromamba"];

/// Whether a word is a program that installs, with or without its folder.
pub(super) fn is_program(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    PROGRAMS.contains(&name.strip_suffix(".exe").unwrap_or(name))
}

/// The words of an argument list. A program that is computed stands as the program its name tells of.
pub(super) fn words<'o>(elements: &'o [Value<'_>], names: &Names<'o, '_>) -> Vec<Fragment<'o>> {
    let mut words = Vec::new();
    for (number, element) in elements.iter().enumerate() {
        match &element.kind {
            Kind::Text(text) => words.push(text.part(0..text.text().len())),
            Kind::Starred(_) => push_words(element, names, &mut words),
            _ if number == 0 => words.push(Fragment::verbatim(program(element), element.span.start)),
            _ => match names.text(element) {
                Some(text) => words.push(text.part(0..text.text().len())),
                None => words.push(unknown(element.span)),
            },
        }
    }
    words
}

/// What a computed program most likely is: `uv_path`, `PIP`, `shutil.which("uv")`; else it is `sys.executable`.
pub(super) fn program(element: &Value<'_>) -> &'static str {
    let shown = match &element.kind {
        Kind::Name(name) => name.as_str(),
        Kind::Call(call) => call.arguments.first().and_then(Value::text).map_or(call.path.as_str(), Fragment::text),
        _ => "",
    };
    let shown = shown.to_ascii_lowercase();
    let mut parts = shown.split(|c: char| !c.is_ascii_alphanumeric());
    let found = parts.find_map(|part| ["uvx", "uv", "pipx", "pip", "poetry"].into_iter().find(|name| part == *name));
    found.unwrap_or("python")
}

/// The words an argument stands for. What cannot be told is a word of its own that names no package, so that the
/// words around it keep their meaning; a requirements file that it names takes its place.
pub(super) fn push_words<'o>(argument: &'o Value<'_>, names: &Names<'o, '_>, words: &mut Vec<Fragment<'o>>) {
    for leaf in names.leaves(argument) {
        match leaf {
            Leaf::Text(text) => words.push(text),
            Leaf::Template { span, .. } => words.push(unknown(span)),
            Leaf::Computed { span, files, .. } => match files.as_slice() {
                [file] => {
                    let mut decoding = Fragment::decoding(file.span.start);
                    for c in file.target.chars() {
                        decoding.push(c, file.span);
                    }
                    words.push(decoding.finish());
                }
                _ => words.push(unknown(span)),
            },
        }
    }
}

/// A word that only running the code would tell.
pub(super) fn unknown(span: Span) -> Fragment<'static> {
    let mut decoding = Fragment::decoding(span.start);
    for c in "$computed".chars() {
        decoding.push(c, span);
    }
    decoding.finish()
}
