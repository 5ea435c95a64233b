//! Python string literals as fragments: prefix and quotes taken off, escapes undone, adjacent literals joined.

use ruff_python_ast::{
    ExprFString, ExprStringLiteral, FStringPart, InterpolatedStringElement, StringFlags, StringLiteral,
};
use ruff_text_size::Ranged;

use super::parse::span;
use crate::source::{Decoding, Fragment, Span};

/// The value of a literal, however many parts it is written in.
pub(super) fn fragment<'a>(text: &'a str, literal: &ExprStringLiteral) -> Fragment<'a> {
    let parts = literal.value.as_slice();
    if let [part] = parts {
        let (body, offset) = body(text, part);
        if is_raw(part) || !body.contains('\\') {
            return Fragment::verbatim(body, offset).quoted(quote(part));
        }
    }
    let mut decoding = Fragment::decoding(span(literal).start);
    for part in parts {
        push_literal(text, part, &mut decoding);
    }
    decoding.finish().quoted(parts.first().map_or('"', quote))
}

/// What an f-string begins with, and whether that is all of it because nothing is interpolated.
pub(super) fn template<'a>(text: &'a str, literal: &ExprFString) -> (Fragment<'a>, bool) {
    let mut decoding = Fragment::decoding(span(literal).start);
    let mut first_quote = None;
    for part in &literal.value {
        match part {
            FStringPart::Literal(part) => {
                first_quote.get_or_insert(quote(part));
                push_literal(text, part, &mut decoding);
            }
            FStringPart::FString(part) => {
                first_quote.get_or_insert(part.flags.quote_style().as_char());
                for element in &part.elements {
                    let InterpolatedStringElement::Literal(element) = element else {
                        return (decoding.finish().quoted(first_quote.unwrap_or('"')), false);
                    };
                    let Span { start, end } = span(element);
                    let raw = text.get(start..end).unwrap_or_default();
                    let plain = raw.find(['{', '}', '\\']).unwrap_or(raw.len());
                    decoding.push_verbatim(&raw[..plain], start);
                    if plain < raw.len() {
                        return (decoding.finish().quoted(first_quote.unwrap_or('"')), false);
                    }
                }
            }
        }
    }
    (decoding.finish().quoted(first_quote.unwrap_or('"')), true)
}

/// All of an f-string, with an underscore for whatever is interpolated.
pub(super) fn filled(text: &str, literal: &ExprFString) -> Fragment<'static> {
    let mut decoding = Fragment::decoding(span(literal).start);
    for part in &literal.value {
        match part {
            FStringPart::Literal(part) => push_literal(text, part, &mut decoding),
            FStringPart::FString(part) => {
                for element in &part.elements {
                    let at = span(element);
                    match element {
                        InterpolatedStringElement::Literal(_) => {
                            let raw = text.get(at.start..at.end).unwrap_or_default();
                            push_template(raw, at.start, part.flags.prefix().is_raw(), &mut decoding);
                        }
                        InterpolatedStringElement::Interpolation(_) => decoding.push('_', at),
                    }
                }
            }
        }
    }
    decoding.finish()
}

/// A piece of an f-string between what is interpolated, in which braces stand twice.
fn push_template(raw: &str, offset: usize, is_raw: bool, decoding: &mut Decoding) {
    let mut push = |from: usize, to: usize| {
        if is_raw {
            decoding.push_verbatim(&raw[from..to], offset + from);
        } else {
            unescape(&raw[from..to], offset + from, decoding);
        }
    };
    let mut at = 0;
    while let Some(found) = raw[at..].find(['{', '}']) {
        let brace = at + found + 1;
        push(at, brace);
        at = if raw[brace..].starts_with(['{', '}']) { brace + 1 } else { brace };
    }
    push(at, raw.len());
}

fn quote(part: &StringLiteral) -> char {
    part.flags.quote_style().as_char()
}

fn is_raw(part: &StringLiteral) -> bool {
    part.flags.prefix().is_raw()
}

/// What stands between the quotes, and where.
fn body<'a>(text: &'a str, part: &StringLiteral) -> (&'a str, usize) {
    let range = part.range();
    let start = (range.start() + part.flags.opener_len()).to_usize();
    let closer = if part.flags.is_unclosed() { 0 } else { part.flags.closer_len().to_usize() };
    let end = range.end().to_usize().saturating_sub(closer);
    (text.get(start..end).unwrap_or_default(), start)
}

fn push_literal(text: &str, part: &StringLiteral, decoding: &mut Decoding) {
    let (body, offset) = body(text, part);
    if is_raw(part) {
        decoding.push_verbatim(body, offset);
    } else {
        unescape(body, offset, decoding);
    }
}

/// Undoes the escapes of a literal. What is no escape stays with its backslash, as Python has it.
fn unescape(body: &str, offset: usize, decoding: &mut Decoding) {
    let mut at = 0;
    while let Some(found) = body[at..].find('\\') {
        decoding.push_verbatim(&body[at..at + found], offset + at);
        at += found;
        let (decoded, width) = escape(&body[at..]);
        let from = Span::new(offset + at, offset + at + width);
        match decoded {
            Escape::Char(c) => decoding.push(c, from),
            Escape::Nothing => {}
            Escape::Verbatim => decoding.push_verbatim(&body[at..at + width], offset + at),
        }
        at += width;
    }
    decoding.push_verbatim(&body[at..], offset + at);
}

enum Escape {
    Char(char),
    /// A backslash before a line break joins the lines.
    Nothing,
    Verbatim,
}

/// The escape at the start of `text`, and how many bytes it takes.
fn escape(text: &str) -> (Escape, usize) {
    let rest = &text[1..];
    let hex = |digits: usize| {
        let code = rest.get(1..=digits).and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        code.map_or((Escape::Verbatim, 1), |c| (Escape::Char(c), digits + 2))
    };
    match rest.chars().next() {
        Some(c @ ('\\' | '\'' | '"')) => (Escape::Char(c), 2),
        Some('n') => (Escape::Char('\n'), 2),
        Some('t') => (Escape::Char('\t'), 2),
        Some('r') => (Escape::Char('\r'), 2),
        Some('a') => (Escape::Char('\u{7}'), 2),
        Some('b') => (Escape::Char('\u{8}'), 2),
        Some('f') => (Escape::Char('\u{c}'), 2),
        Some('v') => (Escape::Char('\u{b}'), 2),
        Some('x') => hex(2),
        Some('u') => hex(4),
        Some('U') => hex(8),
        Some('0'..='7') => {
            let digits = rest.bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
            let code = u32::from_str_radix(&rest[..digits], 8).ok().and_then(char::from_u32);
            code.map_or((Escape::Verbatim, 1), |c| (Escape::Char(c), digits + 1))
        }
        // The names of characters would need the Unicode database; no requirement is spelled with them.
        Some('N') if rest.starts_with("N{") => {
            let close = rest.find('}').map_or(rest.len(), |at| at + 1);
            (Escape::Char(char::REPLACEMENT_CHARACTER), close + 1)
        }
        Some('\r') if rest.starts_with("\r\n") => (Escape::Nothing, 3),
        Some('\n' | '\r') => (Escape::Nothing, 2),
        Some(_) | None => (Escape::Verbatim, 1),
    }
}

#[cfg(test)]
mod tests {
    use crate::python::{Kind, Wanted, outline};

    /// The value of `x = …` and, when it is one string, the text of the file below its last two characters.
    fn read(literal: &str) -> (String, String, Option<char>) {
        let text = format!("\u{feff}x = {literal}\r\n");
        let wanted = Wanted { call: &|_| false, list: &|_| false, keys: &[], statements: true };
        let outline = outline(&text, &wanted).unwrap();
        let fragment = match &outline.statements[0].value.kind {
            Kind::Text(fragment) | Kind::Template { text: fragment, .. } => fragment,
            other => panic!("{literal}: {other:?}"),
        };
        let end = fragment.text().len();
        let span = fragment.span(end - 2..end);
        (fragment.text().to_owned(), text[span.start..span.end].to_owned(), fragment.quote())
    }

    #[test]
    fn literals_are_decoded_with_their_places() {
        for (literal, value, end, quote) in [
            ("'mcp>=1'", "mcp>=1", "=1", '\''),
            ("r\"mcp\\>1\"", "mcp\\>1", ">1", '"'),
            ("U'mcp'", "mcp", "cp", '\''),
            ("\"\"\"\r\n mcp\"\"\"", "\r\n mcp", "cp", '"'),
            ("'m\\x63\\u0070\\76\\U0000003d1'", "mcp>=1", "\\U0000003d1", '\''),
            ("'a\\\r\nmcp'", "amcp", "cp", '\''),
            ("'\\q\\'é\\n12'", "\\q'é\n12", "12", '\''),
            ("('mcp' \"[cli]\"\n r'>=1')", "mcp[cli]>=1", "=1", '\''),
            ("'m' f'cp>=1'", "mcp>=1", "=1", '\''),
            ("f'mcp>={x}'", "mcp>=", ">=", '\''),
            ("'mcp' f\"=={x}\" 'y'", "mcp==", "==", '\''),
        ] {
            assert_eq!(read(literal), (value.to_owned(), end.to_owned(), Some(quote)), "{literal}");
        }
    }
}
