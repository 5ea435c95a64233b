//! TOML through `toml_edit`'s immutable document, which keeps the span of every key and value.

use toml_edit::{Document, Item, Value};

use super::{SyntaxError, escape};
use crate::source::{Fragment, Span};

/// A parsed document; spans are bytes of the text it was parsed from.
pub type Toml<'a> = Document<&'a str>;

/// Parses `text`.
///
/// # Errors
/// The first syntax error.
pub fn parse(text: &str) -> Result<Toml<'_>, SyntaxError> {
    Document::parse(text).map_err(|error| SyntaxError {
        offset: error.span().map_or(0, |span| span.start),
        message: error.message().lines().next().unwrap_or("not TOML").to_owned(),
    })
}

/// The item at a path of keys; tables, dotted keys and inline tables are the same to it.
pub fn at<'a>(item: &'a Item, path: &[&str]) -> Option<&'a Item> {
    path.iter().try_fold(item, |item, key| item.get(key))
}

/// The span of an item, where it was parsed from text.
pub fn span(item: &Item) -> Option<Span> {
    item.span().map(Span::from)
}

/// The decoded content of a string item of `text`, between its quotes.
pub fn string<'a>(text: &'a str, item: &Item) -> Option<Fragment<'a>> {
    string_value(text, item.as_value()?)
}

/// The decoded content of a string value of `text`, between its quotes.
pub fn string_value<'a>(text: &'a str, value: &Value) -> Option<Fragment<'a>> {
    value.as_str()?;
    let span = value.span()?;
    let raw = text.get(span.clone())?;
    let quote = raw.chars().next()?;
    let width = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
    let body = raw.get(width..raw.len().checked_sub(width)?)?;
    let offset = span.start + width;
    if quote == '\'' || !body.contains('\\') {
        return Some(Fragment::verbatim(body, offset).quoted(quote));
    }
    Some(unescaped(body, offset).quoted(quote))
}

/// Undoes the escapes of a basic string; text that is no escape stays as it is, for the parser has let it through.
fn unescaped(body: &str, offset: usize) -> Fragment<'static> {
    escape::unescaped(body, offset, |text| {
        let rest = &text[1..];
        let kind = rest.chars().next().unwrap_or('\\');
        let hex = |digits| escape::hexadecimal(text, digits).map(|c| (Some(c), digits + 2));
        let decoded = match kind {
            'b' => Some((Some('\u{8}'), 2)),
            't' => Some((Some('\t'), 2)),
            'n' => Some((Some('\n'), 2)),
            'f' => Some((Some('\u{c}'), 2)),
            'r' => Some((Some('\r'), 2)),
            'e' => Some((Some('\u{1b}'), 2)),
            '"' | '\\' => Some((Some(kind), 2)),
            'x' => hex(2),
            'u' => hex(4),
            'U' => hex(8),
            _ => None,
        };
        // A line ending backslash swallows the blanks behind it.
        decoded.unwrap_or_else(|| (None, 1 + rest.len() - rest.trim_start().len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_know_their_bytes() {
        let text = "\u{feff}a = ['mcp', \"x\\u006dcp>=1\", \"\"\"\nmcp\"\"\"]\r\n";
        let document = parse(text).unwrap();
        let values: Vec<_> = document.get("a").unwrap().as_array().unwrap().iter().collect();
        let literal = string_value(text, values[0]).unwrap();
        assert_eq!((literal.text(), &text[literal.span(0..3).start..literal.span(0..3).end]), ("mcp", "mcp"));
        let escaped = string_value(text, values[1]).unwrap();
        assert_eq!(escaped.text(), "xmcp>=1");
        let span = escaped.span(4..6);
        assert_eq!(&text[span.start..span.end], ">=");
        let multiline = string_value(text, values[2]).unwrap();
        assert_eq!(multiline.text().trim(), "mcp");
    }

    #[test]
    fn errors_have_a_place() {
        let error = parse("a = 1\nb = [").unwrap_err();
        assert!(error.offset >= 6, "{error:?}");
    }
}
