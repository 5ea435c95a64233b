//! Turns a requirement into the smallest edit that bounds it, or into the reason why it is left alone.

use pep440_rs::Version;

use super::{Applicability, Edit, Fix};
use crate::manifest::Launch;
use crate::requirement::{Dialect, Requirement, VersionPart};
use crate::source::{SourceFile, Span};

/// What the user asked for beside the bound.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A lower bound for requirements that have none.
    pub floor: Option<Version>,
}

/// Bounds `requirement` below `next`.
///
/// # Errors
/// Why it is left alone, and what to do instead: the end of a sentence that begins with "left alone: ".
pub fn cap(
    file: &SourceFile,
    requirement: &Requirement,
    next: &Version,
    options: &Options,
    applicability: Applicability,
) -> Result<Fix, String> {
    if let Some(hold) = &requirement.hold {
        return Err(hold.reason());
    }
    let specifier = match &requirement.version {
        VersionPart::Specifier(specifier) => specifier,
        VersionPart::Url(_) | VersionPart::Git(_) | VersionPart::Path(_) => {
            return Err("a direct reference has no version to bound; change what it points at".to_owned());
        }
        VersionPart::Inherited => {
            return Err("the version is the workspace's; it is fixed at the workspace's root".to_owned());
        }
        VersionPart::Computed(by) => return Err(format!("the version is computed by {by}; change it there")),
    };
    let replacements = requirement.dialect.capped(&specifier.text, next, options.floor.as_ref()).ok_or_else(|| {
        format!("`{}` has no form that only adds a bound; choose the versions by hand", specifier.text)
    })?;
    // Behind a specifier that is written with escapes or across lines, something can still be appended.
    let is_verbatim = file.slice(specifier.span) == specifier.text;
    let end = specifier.text.len();
    if !is_verbatim && replacements.iter().any(|(range, _)| *range != (end..end)) {
        return Err("the specifier is written with escapes or across lines; edit it by hand".to_owned());
    }
    let mut edits: Vec<Edit> = replacements
        .into_iter()
        .map(|(range, content)| {
            let content =
                if specifier.text.is_empty() { spaced(file, requirement, specifier.span, content) } else { content };
            let span = if is_verbatim {
                Span::from(range).shifted(specifier.span.start)
            } else {
                Span::empty(specifier.span.end)
            };
            edit(file, span, content)
        })
        .collect();
    quote(file, requirement, &mut edits);
    let after = preview(file, requirement.span, &edits);
    Ok(Fix { title: format!("write `{after}`"), applicability, edits })
}

/// Puts `text` in place of the whole specifier.
///
/// # Errors
/// Why it is left alone.
pub fn replace_specifier(
    file: &SourceFile,
    requirement: &Requirement,
    text: &str,
    applicability: Applicability,
) -> Result<Fix, String> {
    if let Some(hold) = &requirement.hold {
        return Err(hold.reason());
    }
    let specifier = requirement.specifier().ok_or("it has no version to replace")?;
    let mut edits = vec![edit(file, specifier.span, text.to_owned())];
    // A plain version means the same without quotes.
    if text.contains(['<', '>', ',', '*', '!', '|', '&', ' ']) {
        quote(file, requirement, &mut edits);
    }
    let after = preview(file, requirement.span, &edits);
    Ok(Fix { title: format!("write `{after}`"), applicability, edits })
}

/// Conda separates name and version by a blank when nothing but the name stands there.
fn spaced(file: &SourceFile, requirement: &Requirement, at: Span, content: String) -> String {
    let glued = file.text()[..at.start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == ']');
    if requirement.dialect == Dialect::Conda && glued { format!(" {content}") } else { content }
}

/// A bare word of a shell would turn `<2` into a redirection, and a bare YAML scalar would end at the comma.
fn quote(file: &SourceFile, requirement: &Requirement, edits: &mut Vec<Edit>) {
    let Some(word) = requirement.bare_word else { return };
    let quote = word.quote.to_string();
    for (at, first) in [(word.span.start, true), (word.span.end, false)] {
        match edits.iter_mut().find(|edit| edit.span == Span::empty(at)) {
            Some(edit) if first => edit.content.insert_str(0, &quote),
            Some(edit) => edit.content.push_str(&quote),
            None => edits.push(edit(file, Span::empty(at), quote.clone())),
        }
    }
    edits.sort_by_key(|edit| edit.span);
}

/// Has a tool runner install a bound beside the server it starts.
///
/// # Errors
/// Why it is left alone.
pub fn launch(
    file: &SourceFile,
    launch: &Launch,
    requirement: &str,
    applicability: Applicability,
) -> Result<Fix, String> {
    if launch.argv && launch.element_gap.is_empty() {
        return Err(format!("the command is put together elsewhere; add `--with '{requirement}'` there"));
    }
    if launch.runner == "pipx run" {
        return Err(format!("pipx names no second requirement; start it with `uvx --with '{requirement}'`"));
    }
    let content = if launch.argv {
        let quote = launch.quote;
        format!("{quote}--with{quote}{gap}{quote}{requirement}{quote}{gap}", gap = launch.element_gap)
    } else {
        format!("--with {quote}{requirement}{quote} ", quote = launch.quote)
    };
    Ok(Fix {
        title: format!("add `--with {requirement}`"),
        applicability,
        edits: vec![edit(file, launch.insert, content)],
    })
}

fn edit(file: &SourceFile, span: Span, content: String) -> Edit {
    Edit { path: file.path().to_owned(), span, content }
}

/// The declaration as it will stand.
fn preview(file: &SourceFile, span: Span, edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut at = span.start;
    let text = file.text();
    for edit in edits {
        if edit.span.start < at || edit.span.end > span.end {
            // The quotes around a bare word stand outside what is underlined.
            if edit.span.is_empty() {
                out.push_str(&edit.content);
            }
            continue;
        }
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.content);
        at = edit.span.end;
    }
    out.push_str(text.get(at..span.end).unwrap_or_default());
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
