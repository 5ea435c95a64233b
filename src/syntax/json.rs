//! JSON and its relaxed forms (comments, trailing commas: JSONC) through `jsonc-parser`.

use jsonc_parser::ast::{ObjectPropName, StringLit, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{SyntaxError, escape};
use crate::source::{Fragment, Span};

/// Parses `text`; `None` for a file that holds nothing but blanks and comments.
///
/// # Errors
/// The first syntax error.
pub fn parse(text: &str) -> Result<Option<Value<'_>>, SyntaxError> {
    // The parser takes a byte-order mark for a token; it is left out, and counted afterwards.
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = text.len() - body.len();
    match parse_to_ast(body, &CollectOptions::default(), &ParseOptions::default()) {
        Ok(mut result) => {
            if let Some(value) = result.value.as_mut().filter(|_| mark > 0) {
                shift(value, mark);
            }
            Ok(result.value)
        }
        Err(error) => Err(SyntaxError { offset: error.range().start + mark, message: error.kind().to_string() }),
    }
}

/// Moves every range below `value`. The parser has bounded the depth already.
fn shift(value: &mut Value<'_>, by: usize) {
    let moved = |range: &mut Range| {
        range.start += by;
        range.end += by;
    };
    match value {
        Value::StringLit(literal) => moved(&mut literal.range),
        Value::NumberLit(literal) => moved(&mut literal.range),
        Value::BooleanLit(literal) => moved(&mut literal.range),
        Value::NullKeyword(keyword) => moved(&mut keyword.range),
        Value::Array(array) => {
            moved(&mut array.range);
            array.elements.iter_mut().for_each(|element| shift(element, by));
        }
        Value::Object(object) => {
            moved(&mut object.range);
            for property in &mut object.properties {
                moved(&mut property.range);
                match &mut property.name {
                    ObjectPropName::String(literal) => moved(&mut literal.range),
                    ObjectPropName::Word(word) => moved(&mut word.range),
                }
                shift(&mut property.value, by);
            }
        }
    }
}

/// The span of a value.
pub fn span(value: &Value<'_>) -> Span {
    let range = value.range();
    Span::new(range.start, range.end)
}

/// The decoded content of a string literal of `text`, between its quotes.
pub fn string<'a>(text: &'a str, literal: &StringLit<'_>) -> Option<Fragment<'a>> {
    let raw = text.get(literal.range.start..literal.range.end)?;
    let quote = raw.chars().next()?;
    let body = raw.get(1..raw.len().checked_sub(1)?)?;
    let offset = literal.range.start + 1;
    if !body.contains('\\') {
        return Some(Fragment::verbatim(body, offset).quoted(quote));
    }
    Some(unescaped(body, offset).quoted(quote))
}

/// `text` as it stands between the quotes of a JSON string.
pub fn escaped(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

fn unescaped(body: &str, offset: usize) -> Fragment<'static> {
    escape::unescaped(body, offset, |text| {
        let (decoded, width) = match text[1..].chars().next().unwrap_or('\\') {
            'b' => ('\u{8}', 2),
            't' => ('\t', 2),
            'n' => ('\n', 2),
            'f' => ('\u{c}', 2),
            'r' => ('\r', 2),
            'u' => unicode_escape(text),
            other => (other, 1 + other.len_utf8()),
        };
        (Some(decoded), width)
    })
}

/// `\u003c`, or a pair of surrogates; what is neither becomes the replacement character.
fn unicode_escape(text: &str) -> (char, usize) {
    let unit = |at: usize| text.get(at + 2..at + 6).and_then(|code| u32::from_str_radix(code, 16).ok());
    match unit(0) {
        Some(high @ 0xd800..=0xdbff) => match text.get(6..8).filter(|next| *next == "\\u").and_then(|_| unit(6)) {
            Some(low @ 0xdc00..=0xdfff) => {
                let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
            }
            _ => (char::REPLACEMENT_CHARACTER, 6),
        },
        Some(code) => (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
        None => (char::REPLACEMENT_CHARACTER, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_know_their_bytes() {
        let text = "{\"args\": [\"mcp\\u003e=1\", \"a \\\"mcp\\\" \\ud83d\\ude00\"], // why\n}";
        let value = parse(text).unwrap().unwrap();
        let args = value.as_object().unwrap().get_array("args").unwrap();
        let first = string(text, args.elements[0].as_string_lit().unwrap()).unwrap();
        assert_eq!(first.text(), "mcp>=1");
        let span = first.span(3..4);
        assert_eq!(&text[span.start..span.end], "\\u003e");
        let second = string(text, args.elements[1].as_string_lit().unwrap()).unwrap();
        assert_eq!(second.text(), "a \"mcp\" 😀");
    }

    #[test]
    fn a_byte_order_mark_is_counted() {
        let text = "\u{feff}{\"a\": [true, null, 1, {\"b\": \"mcp\"}]}";
        let value = parse(text).unwrap().unwrap();
        assert_eq!(span(&value), Span::new(3, text.len()));
        let list = value.as_object().unwrap().get_array("a").unwrap();
        let inner = list.elements[3].as_object().unwrap();
        let found = string(text, inner.get_string("b").unwrap()).unwrap().span(0..3);
        assert_eq!(&text[found.start..found.end], "mcp");
        assert_eq!(parse("\u{feff}{\"a\": ]").unwrap_err().offset, 9);
        assert!(parse(&format!("\u{feff}{}", "[".repeat(100_000))).is_err());
    }

    #[test]
    fn errors_have_a_place() {
        assert_eq!(parse("{\"a\": ]").unwrap_err().offset, 6);
    }
}
