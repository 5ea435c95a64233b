//! Conda's match specs: `conda-forge::mcp[version='>=1']`, `mcp=1.9`, `mcp 1.9.4 py_0`.

use std::ops::Range;

use super::package::{finished, requirement};
use super::{Context, Taken, element};
use crate::requirement::split::name_length;
use crate::requirement::{Dialect, Ecosystem, Hold, Place, Requirement, Specifier, VersionPart};
use crate::source::Fragment;
use crate::syntax::shell::Word;

/// Reads a match spec that is a whole string of a file, such as an entry of an environment file.
pub(crate) fn match_spec(fragment: &Fragment<'_>, place: &Place) -> Option<Requirement> {
    let context = Context { place, taken: Taken::default(), argv: true, depth: 0 };
    read(&element(fragment), &context)
}

/// Reads a match spec; `None` when it names no package.
pub(super) fn read(word: &Word<'_>, context: &Context<'_>) -> Option<Requirement> {
    let text = word.as_str();
    let start = text.find('[').map_or(text, |at| &text[..at]).rfind("::").map_or(0, |at| at + 2);
    let start = start + text[start..].len() - text[start..].trim_start().len();
    let end = start + name_length(&text[start..]);
    if end == start || text.contains("://") {
        return None;
    }
    let mut one = requirement(word, start..end, Ecosystem::Python, context);
    one.dialect = Dialect::Conda;
    let mut hold = None;
    let range = match text[end..].trim_start().chars().next() {
        None => end..end,
        Some('[') => match bracketed(text, end) {
            Some(range) => range,
            None => {
                hold = Some(Hold::Form("the bracket of the match spec names no version; edit it by hand"));
                end..end
            }
        },
        Some(c) if "<>=!~*".contains(c) || c.is_ascii_digit() => version(text, end),
        Some(_) => return None,
    };
    let last = if range.end > end && text[range.end..].starts_with(['\'', '"', ']']) {
        text.trim_end().len()
    } else {
        range.end
    };
    let spelled = text[range.clone()].to_owned();
    one.text = text[start..last].to_owned();
    one.span = word.text.span(start..last);
    if !word.text.is_verbatim(range.clone()) {
        hold = Some(Hold::Form("the specifier is written with escapes; edit it by hand"));
    }
    one.version = if word.computed {
        hold = Some(Hold::Computed);
        VersionPart::Computed(spelled)
    } else {
        VersionPart::Specifier(Specifier { text: spelled, span: word.text.span(range) })
    };
    let one = finished(one, word, context);
    Some(Requirement { hold: hold.or(one.hold.clone()), ..one })
}

/// The version behind the name: up to the build string, which follows a blank or a second `=`.
fn version(text: &str, from: usize) -> Range<usize> {
    let start = from + text[from..].len() - text[from..].trim_start().len();
    let body = &text[start..];
    let fuzzy = body.starts_with('=') && !body.starts_with("==");
    let mut end = body.trim_end().len();
    if fuzzy && let Some(build) = body[1..].find('=') {
        end = end.min(build + 1);
    } else if body.starts_with(|c: char| c.is_ascii_digit() || c == '*')
        && let Some(blank) = body.find(char::is_whitespace)
    {
        end = end.min(blank);
    }
    start..start + end
}

/// The value of `version` in `[version='>=1',build=x]`.
fn bracketed(text: &str, from: usize) -> Option<Range<usize>> {
    let at = from + text[from..].find("version")? + "version".len();
    let at = at + text[at..].find('=')? + 1;
    let rest = &text[at..];
    let blank = rest.len() - rest.trim_start().len();
    let value = &rest[blank..];
    match value.chars().next()? {
        quote @ ('\'' | '"') => {
            let end = value[1..].find(quote)?;
            Some(at + blank + 1..at + blank + 1 + end)
        }
        _ => {
            let end = value.find([',', ']'])?;
            Some(at + blank..at + blank + end)
        }
    }
}
