//! Makes a requirement of a word that names a package, each in the grammar of the tool that is given it.

use std::ops::Range;

use super::Context;
use crate::manifest::{Computed, Declarations, Include, IncludeKind};
use crate::requirement::split::{self, name_length};
use crate::requirement::{BareWord, Dialect, Ecosystem, Hold, Requirement, Specifier, VersionPart, normalized};
use crate::syntax::shell::{Quoting, Word};

/// How a tool reads the names of packages it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grammar {
    /// PEP 508, and paths and URLs besides: pip and most others.
    Pep508,
    /// PEP 508, or `name@constraint`: Poetry.
    Poetry,
    /// PEP 508, or `name@version`: uvx, `uv tool`.
    Tool,
    /// `name@range`: npm and its relatives.
    Npm,
    /// `name@requirement`.
    Cargo,
}

const LATEST: &str = "`@latest` takes the newest release every time; name a range in its stead";

/// Why a crate without a version is not edited: the bound is written by cargo itself, into the manifest.
pub(super) const NEWEST: &str = "without a version cargo takes the newest release; name one, as in `rmcp@1.8`";

/// Records what `word` asks for; the name of the package, when it is one.
pub(super) fn record(
    word: &Word<'_>,
    grammar: Grammar,
    context: &Context<'_>,
    found: &mut Declarations,
) -> Option<String> {
    let text = word.as_str();
    if matches!(grammar, Grammar::Npm | Grammar::Cargo) {
        return with_at(word, grammar, context, found);
    }
    if is_archive(text) && !text.contains(['@', ':']) {
        return None;
    }
    if is_path(text) {
        project(word, found);
        return None;
    }
    let name = name_length(text);
    let start = text.get(..name).unwrap_or_default();
    if let Some(direct) = bare_url(text) {
        return url(word, direct, context, found);
    }
    let behind = text.get(name..).unwrap_or_default().trim_start().chars().next();
    if name > 0 && matches!(behind, Some('/' | '\\')) {
        project(word, found);
        return None;
    }
    if name == 0 || !behind.is_none_or(is_version_start) {
        computed(word, context, found);
        return None;
    }
    if word.computed {
        let mut requirement = requirement(word, 0..name, Ecosystem::Python, context);
        requirement.text = text.to_owned();
        requirement.span = word.text.span(0..text.len());
        requirement.version = VersionPart::Computed(text[name..].to_owned());
        requirement.hold = Some(Hold::Computed);
        found.requirements.push(requirement);
        return Some(normalized(start));
    }
    let after = text.find('@').filter(|at| !text[at + 1..].contains(['/', ':', ' ']) && !text[..*at].contains(' '));
    if after.is_some() && matches!(grammar, Grammar::Poetry | Grammar::Tool) {
        return with_at(word, grammar, context, found);
    }
    match Requirement::from_pep508(&word.text, context.place.clone())? {
        Ok(requirement) => {
            let mut requirement = finished(requirement, word, context);
            if requirement.specifier().is_some_and(|one| one.text.contains('`') || one.text.contains('$')) {
                requirement.hold = Some(Hold::Computed);
            }
            let name = requirement.name.clone();
            found.requirements.push(requirement);
            Some(name)
        }
        Err(unreadable) => {
            found.unreadable(unreadable, word.span);
            None
        }
    }
}

/// What may stand behind a package's name.
fn is_version_start(c: char) -> bool {
    "[(<>=!~;@,$^".contains(c)
}

fn mentions(text: &str) -> bool {
    text.contains("mcp") || text.contains("MCP")
}

fn computed(word: &Word<'_>, context: &Context<'_>, found: &mut Declarations) {
    if word.computed && mentions(word.as_str()) {
        let table = match context.place.table.as_str() {
            "" => "command",
            table => table,
        };
        found.computed.push(Computed { span: word.span, table: table.to_owned(), by: format!("`{}`", word.as_str()) });
    }
}

fn is_path(text: &str) -> bool {
    text.starts_with(['.', '/', '~']) || text.starts_with("file:") || text.get(1..3) == Some(":\\")
}

/// A direct reference without a name before it.
fn bare_url(text: &str) -> Option<&str> {
    let colon = text.find("://")?;
    (!text[..colon].contains(['@', '[', ' '])).then_some(text)
}

/// `git+https://…#egg=mcp[cli]`: what it installs is known only when the fragment says so.
fn url(word: &Word<'_>, text: &str, context: &Context<'_>, found: &mut Declarations) -> Option<String> {
    let at = text.find("#egg=").or_else(|| text.find("&egg="))? + 5;
    let length = name_length(&text[at..]);
    if length == 0 {
        return None;
    }
    let mut requirement = requirement(word, at..at + length, Ecosystem::Python, context);
    requirement.text = text.to_owned();
    requirement.span = word.text.span(0..text.len());
    requirement.version = VersionPart::from_url(text);
    let name = requirement.name.clone();
    found.requirements.push(requirement);
    Some(name)
}

/// `name[extra]@version` and `name`, where `@` is the tool's own separator.
fn with_at(word: &Word<'_>, grammar: Grammar, context: &Context<'_>, found: &mut Declarations) -> Option<String> {
    let text = word.as_str();
    let scope = usize::from(grammar == Grammar::Npm && text.starts_with('@'));
    let name_end = match text.get(scope..)?.find('@') {
        Some(at) => scope + at,
        None => text.len(),
    };
    let whole = text.get(..name_end)?;
    let (name, extras) = match whole.find('[') {
        Some(bracket) => (&whole[..bracket], Some(&whole[bracket..])),
        None => (whole, None),
    };
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.@/".contains(&byte));
    let nested = name.contains('/') && scope == 0;
    if name.is_empty() || !plain || nested || name.starts_with(['.', '/', '-']) {
        computed(word, context, found);
        return None;
    }
    let (ecosystem, dialect) = match grammar {
        Grammar::Npm => (Ecosystem::Npm, Dialect::Npm),
        Grammar::Cargo => (Ecosystem::Rust, Dialect::Cargo),
        Grammar::Poetry => (Ecosystem::Python, Dialect::Poetry),
        Grammar::Pep508 | Grammar::Tool => (Ecosystem::Python, Dialect::Pep508),
    };
    let mut requirement = requirement(word, 0..name.len(), ecosystem, context);
    requirement.dialect = dialect;
    requirement.text = text.to_owned();
    requirement.span = word.text.span(0..text.len());
    requirement.extras = extras
        .map(|extras| extras.trim_matches(['[', ']']).split(',').map(|extra| extra.trim().to_owned()).collect())
        .unwrap_or_default();
    let range = (name_end + usize::from(name_end < text.len()))..text.len();
    let version = text.get(range.clone())?;
    let span = word.text.span(range);
    let mut held = None;
    let shown = match grammar {
        Grammar::Tool if version == "latest" => {
            held = Some(Hold::Form(LATEST));
            String::new()
        }
        Grammar::Poetry if version == "latest" => {
            held = Some(Hold::Form(LATEST));
            "*".to_owned()
        }
        Grammar::Cargo if version.is_empty() => {
            held = Some(Hold::Form(NEWEST));
            "*".to_owned()
        }
        Grammar::Tool if !version.is_empty() => {
            held = Some(Hold::Form("a tool runner takes only an exact version behind `@`"));
            format!("=={version}")
        }
        _ => version.to_owned(),
    };
    requirement.version = if word.computed {
        held = Some(Hold::Computed);
        VersionPart::Computed(version.to_owned())
    } else {
        VersionPart::Specifier(Specifier { text: shown, span })
    };
    requirement.hold = held.or(requirement.hold);
    let name = requirement.name.clone();
    found.requirements.push(requirement);
    Some(name)
}

/// A requirement of the package named by `name` in `word`, with nothing said about its version.
pub(super) fn requirement(
    word: &Word<'_>,
    name: Range<usize>,
    ecosystem: Ecosystem,
    context: &Context<'_>,
) -> Requirement {
    let text = word.as_str().get(name.clone()).unwrap_or_default();
    let requirement = Requirement {
        ecosystem,
        dialect: match ecosystem {
            Ecosystem::Python => Dialect::Pep508,
            Ecosystem::Rust => Dialect::Cargo,
            Ecosystem::Npm => Dialect::Npm,
        },
        name: if ecosystem == Ecosystem::Python { normalized(text) } else { text.to_owned() },
        text: text.to_owned(),
        span: word.text.span(name.clone()),
        extras: Vec::new(),
        version: VersionPart::Specifier(Specifier { text: String::new(), span: word.text.span(name.end..name.end) }),
        marker: None,
        place: context.place.clone(),
        hold: None,
        import_name: None,
        bare_word: None,
    };
    finished(requirement, word, context)
}

/// Says how `word` may be edited.
pub(super) fn finished(mut requirement: Requirement, word: &Word<'_>, context: &Context<'_>) -> Requirement {
    match (word.quoting, context.taken.free()) {
        (Quoting::Quoted, _) => {}
        // Quotes around a backslash would make it a part of the word.
        (Quoting::Bare, _) if !word.text.is_verbatim(0..word.as_str().len()) => {
            requirement.hold.get_or_insert(Hold::Form("the word is written with escapes; edit it by hand"));
        }
        (Quoting::Bare, Some(quote)) => requirement.bare_word = Some(BareWord { span: word.span, quote }),
        (Quoting::Bare, None) => {
            let why = "the command stands in quotes of both kinds, so a `<` in it cannot be quoted; edit it by hand";
            requirement.hold.get_or_insert(Hold::Form(why));
        }
        (Quoting::Mixed, _) => {
            requirement.hold.get_or_insert(Hold::Form("only a part of the word is quoted; edit it by hand"));
        }
    }
    requirement
}

/// Records a folder that is installed: `.`, `./pkg[cli]`, what follows `-e`.
pub(super) fn project(word: &Word<'_>, found: &mut Declarations) {
    let text = word.as_str().trim();
    if word.computed || text.contains("://") || text.starts_with("git+") || is_archive(text) {
        return;
    }
    let (path, extras) = match text.split_once('[') {
        Some((path, extras)) => {
            (path, extras.trim_end_matches(']').split(',').map(|extra| extra.trim().to_owned()).collect())
        }
        None => (text, Vec::new()),
    };
    found.includes.push(Include { kind: IncludeKind::Project { extras }, target: path.to_owned(), span: word.span });
}

fn is_archive(text: &str) -> bool {
    [".whl", ".tar.gz", ".zip", ".tgz", ".tar.bz2"].iter().any(|end| text.ends_with(end))
}

/// Records the file that an option names.
pub(super) fn file(word: &Word<'_>, kind: IncludeKind, found: &mut Declarations) {
    if !word.computed && !word.as_str().is_empty() && word.as_str() != "-" {
        found.includes.push(Include { kind, target: word.as_str().to_owned(), span: word.span });
    }
}

/// The name of the package in `text`, when it begins with one.
pub(super) fn name_of(text: &str) -> Option<String> {
    split::split(text).ok().map(|parts| normalized(&text[parts.name]))
}
