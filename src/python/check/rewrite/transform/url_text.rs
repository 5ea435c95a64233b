//! `AnyUrl("x://a")` → `"x://a"` where pydantic would not have changed the text, and `str(url)` for any other URL.

use ruff_python_ast::{Expr, ExprCall};

use super::super::super::super::parse::span;
use super::super::super::argument::Passed;
use super::super::super::context::Context;
use super::super::super::value::string;
use super::super::edit;
use crate::fix::Fix;
use crate::rule::python::ArgumentMatch;

/// Schemes to which pydantic adds a slash, or of which it drops a port.
const SPECIAL: [&str; 7] = ["http", "https", "ws", "wss", "ftp", "file", "mailto"];

pub(super) fn run(context: &Context<'_, '_>, entry: &ArgumentMatch, _: &ExprCall, passed: Passed<'_>) -> Option<Fix> {
    let value = passed.value()?;
    let content = text(context, value);
    let title = format!("write `{content}`");
    Some(Fix { title, applicability: entry.applicability, edits: vec![edit(context, span(value), content)] })
}

/// What is written for the text of the URL `value`.
pub(in crate::python::check) fn text(context: &Context<'_, '_>, value: &Expr) -> String {
    literal(context, value).unwrap_or_else(|| format!("str({})", context.source(value)))
}

/// The string in a constructor's call, as written, where the URL's text is that very string.
fn literal(context: &Context<'_, '_>, value: &Expr) -> Option<String> {
    let Expr::Call(call) = value else { return None };
    let text = match (&*call.arguments.args, &*call.arguments.keywords) {
        ([text], []) => text,
        _ => return None,
    };
    is_normal(string(text)?).then(|| context.source(text).to_owned())
}

/// Whether nothing about the URL is normalised, as far as that is plain to see.
fn is_normal(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let is_plain = |one: u8| one.is_ascii_alphanumeric() || b"/._-".contains(&one);
    let is_scheme = |one: u8| one.is_ascii_lowercase() || one.is_ascii_digit();
    let host = rest.split('/').next().unwrap_or(rest);
    let is_dotted = rest.split('/').any(|part| matches!(part, "." | ".."));
    scheme.bytes().all(is_scheme)
        && scheme.starts_with(|first: char| first.is_ascii_lowercase())
        && rest.bytes().all(is_plain)
        && !is_dotted
        && match scheme {
            "file" => host.is_empty() && rest.len() > 1,
            "http" | "https" => {
                let is_name = |one: u8| one.is_ascii_lowercase() || b".-".contains(&one);
                !host.is_empty() && host.bytes().all(is_name) && rest.len() > host.len()
            }
            _ => !SPECIAL.contains(&scheme) && !host.is_empty() && !host.bytes().any(|one| one.is_ascii_uppercase()),
        }
}

#[cfg(test)]
mod tests {
    use super::is_normal;

    #[test]
    fn only_what_pydantic_leaves_alone_is_taken_as_it_is() {
        for url in ["test://image", "memo://a/b_c.txt", "file:///a/b.txt", "https://a.example/", "http://a.example/x"] {
            assert!(is_normal(url), "{url}");
        }
        for url in [
            "https://a.example",
            "HTTP://a/",
            "http://A.example/",
            "test://a b",
            "memo://X/y",
            "file://h/a",
            "a:b",
            "x://a/../b",
            "ftp://h/a",
            "http://1.2/",
        ] {
            assert!(!is_normal(url), "{url}");
        }
    }
}
