//! YAML as a small tree whose scalars know their bytes. Aliases are not expanded: what they point at is read once,
//! where it stands, and a bomb of them stays small.

use granit_parser::{Event, Parser, ScalarStyle};

use super::{SyntaxError, escape};
use crate::source::{Fragment, Span};

/// Deeper files than any person writes are refused, so that no reader of the tree can run out of stack.
const MAX_DEPTH: usize = 200;

/// One node of a document.
#[derive(Debug)]
pub enum Node<'a> {
    /// A scalar.
    Scalar(Scalar<'a>),
    /// A sequence; `flow` when written `[a, b]`.
    Sequence {
        /// The elements.
        items: Vec<Node<'a>>,
        /// Whether it is written in brackets.
        flow: bool,
    },
    /// A mapping, in the order written.
    Mapping(Vec<(Node<'a>, Node<'a>)>),
    /// An alias, or nothing.
    Other,
}

/// A scalar with its source.
#[derive(Debug)]
pub struct Scalar<'a> {
    /// The value, line breaks folded and escapes undone as YAML says.
    pub value: String,
    /// How it is written.
    pub style: Style,
    /// The whole of it in the file, quotes or block header included.
    pub span: Span,
    /// The text of the file.
    source: &'a str,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// A literal (`|`) or folded (`>`) block.
    Block,
}

impl<'a> Node<'a> {
    /// The value below `key` of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entries().iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[(Node<'a>, Node<'a>)] {
        if let Self::Mapping(entries) = self { entries } else { &[] }
    }

    /// The elements of a sequence; none for anything else.
    pub fn items(&self) -> &[Node<'a>] {
        if let Self::Sequence { items, .. } = self { items } else { &[] }
    }

    /// The value of a scalar.
    pub fn as_str(&self) -> Option<&str> {
        self.as_scalar().map(|scalar| scalar.value.as_str())
    }

    /// The scalar, if it is one.
    pub fn as_scalar(&self) -> Option<&Scalar<'a>> {
        if let Self::Scalar(scalar) = self { Some(scalar) } else { None }
    }
}

impl<'a> Scalar<'a> {
    /// The text between this scalar and `next`, which follows it in the same list.
    pub fn gap(&self, next: &Scalar<'a>) -> Option<&'a str> {
        self.source.get(self.span.end..next.span.start)
    }

    /// The content with the way back to the file. Line breaks that YAML would fold stay line breaks, which is what
    /// a shell script in a block scalar means anyway.
    pub fn fragment(&self) -> Fragment<'a> {
        let raw = self.source.get(self.span.start..self.span.end).unwrap_or_default();
        match self.style {
            Style::Plain => lines(raw, self.span.start, None),
            Style::Single => single(inner(raw), self.span.start + 1),
            Style::Double => double(inner(raw), self.span.start + 1),
            Style::Block => {
                // The span begins with the header (`|-`, `>2 # why`) or, behind it, within the first line's indent.
                let line = self.source[..self.span.start].rfind('\n').map_or(0, |at| at + 1);
                let in_content = self.source[line..self.span.start].bytes().all(|byte| byte == b' ');
                let body =
                    if in_content { line } else { self.span.start + raw.find('\n').map_or(raw.len(), |at| at + 1) };
                let text = &self.source[body..self.span.end];
                let indent = text
                    .lines()
                    .find(|line| !line.trim().is_empty())
                    .map_or(0, |line| line.len() - line.trim_start().len());
                lines(text, body, Some(indent))
            }
        }
    }
}

fn inner(raw: &str) -> &str {
    raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default()
}

/// Lines without their indentation: all of it, or `keep` columns of it.
fn lines(raw: &str, offset: usize, keep: Option<usize>) -> Fragment<'_> {
    if !raw.contains('\n') && keep.is_none() {
        return Fragment::verbatim(raw, offset);
    }
    let mut decoding = Fragment::decoding(offset);
    let mut at = 0;
    for (number, line) in raw.split_inclusive('\n').enumerate() {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        let skip = if number == 0 && keep.is_none() { 0 } else { keep.map_or(blanks, |keep| blanks.min(keep)) };
        decoding.push_verbatim(&line[skip..], offset + at + skip);
        at += line.len();
    }
    decoding.finish()
}

fn single(body: &str, offset: usize) -> Fragment<'_> {
    if !body.contains("''") {
        return lines(body, offset, None).quoted('\'');
    }
    let mut decoding = Fragment::decoding(offset);
    let mut at = 0;
    while let Some(found) = body[at..].find("''") {
        decoding.push_verbatim(&body[at..at + found], offset + at);
        at += found + 2;
        decoding.push('\'', Span::new(offset + at - 2, offset + at));
    }
    decoding.push_verbatim(&body[at..], offset + at);
    decoding.finish().quoted('\'')
}

fn double(body: &str, offset: usize) -> Fragment<'_> {
    if !body.contains('\\') {
        return lines(body, offset, None).quoted('"');
    }
    let decoded = escape::unescaped(body, offset, |text| {
        let rest = &text[1..];
        let hex = |digits| (escape::hexadecimal(text, digits).unwrap_or(char::REPLACEMENT_CHARACTER), digits + 2);
        let (decoded, width) = match rest.chars().next().unwrap_or('\\') {
            'n' => ('\n', 2),
            't' => ('\t', 2),
            'r' => ('\r', 2),
            '0' => ('\0', 2),
            'x' => hex(2),
            'u' => hex(4),
            'U' => hex(8),
            '\n' => (' ', 2 + rest[1..].len() - rest[1..].trim_start().len()),
            other => (other, 1 + other.len_utf8()),
        };
        (Some(decoded), width)
    });
    decoded.quoted('"')
}

/// Parses every document of `text`.
///
/// # Errors
/// The first syntax error, or a nesting deeper than any person writes.
pub fn parse(text: &str) -> Result<Vec<Node<'_>>, SyntaxError> {
    let mut documents = Vec::new();
    let mut stack: Vec<Open<'_>> = Vec::new();
    // The parser takes a byte-order mark for text in some places; it never is.
    let skipped = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for event in Parser::new_from_str(&text[skipped..]) {
        let (event, span) = event.map_err(|error| SyntaxError {
            offset: error.marker().byte_offset().unwrap_or(0) + skipped,
            message: error.info().lines().next().unwrap_or("not YAML").to_owned(),
        })?;
        let span = span.byte_range().map_or(Span::empty(0), |range| Span::from(range).shifted(skipped));
        let node = match event {
            Event::Scalar(value, style, ..) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted => Style::Single,
                    ScalarStyle::DoubleQuoted => Style::Double,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                Node::Scalar(Scalar { value: value.into_owned(), style, span, source: text })
            }
            Event::SequenceStart(..) => {
                open(&mut stack, Open::Sequence(Vec::new(), text[span.start..].starts_with('[')), span)?;
                continue;
            }
            Event::MappingStart(..) => {
                open(&mut stack, Open::Mapping(Vec::new(), None), span)?;
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match stack.pop() {
                Some(Open::Sequence(items, flow)) => Node::Sequence { items, flow },
                Some(Open::Mapping(entries, _)) => Node::Mapping(entries),
                None => continue,
            },
            Event::Alias(..) => Node::Other,
            _ => continue,
        };
        match stack.last_mut() {
            Some(Open::Sequence(items, _)) => items.push(node),
            Some(Open::Mapping(entries, key)) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => *key = Some(node),
            },
            None => documents.push(node),
        }
    }
    Ok(documents)
}

enum Open<'a> {
    Sequence(Vec<Node<'a>>, bool),
    Mapping(Vec<(Node<'a>, Node<'a>)>, Option<Node<'a>>),
}

fn open<'a>(stack: &mut Vec<Open<'a>>, node: Open<'a>, span: Span) -> Result<(), SyntaxError> {
    if stack.len() >= MAX_DEPTH {
        return Err(SyntaxError { offset: span.start, message: format!("nested deeper than {MAX_DEPTH} levels") });
    }
    stack.push(node);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_know_their_bytes() {
        let text = "a:\n  - mcp>=1\n  - 'it''s mcp'\n  - \"x\\tmcp\"\nrun: |\n  pip install \\\n    mcp\n  echo é\nf: [mcp, b]\n";
        let documents = parse(text).unwrap();
        let items = documents[0].get("a").unwrap().items();
        for item in items {
            let fragment = item.as_scalar().unwrap().fragment();
            let at = fragment.text().find("mcp").unwrap();
            let span = fragment.span(at..at + 3);
            assert_eq!(&text[span.start..span.end], "mcp");
        }
        let run = documents[0].get("run").unwrap().as_scalar().unwrap().fragment();
        assert_eq!(run.text(), "pip install \\\n  mcp\necho é\n");
        let at = run.text().find("mcp").unwrap();
        assert_eq!(run.span(at..at + 3).start, text.find("    mcp").unwrap() + 4);
        assert!(matches!(documents[0].get("f").unwrap(), Node::Sequence { flow: true, .. }));
    }

    #[test]
    fn broken_and_bottomless_files_are_errors() {
        assert!(parse("a: [1, 2").is_err());
        assert!(parse(&"[".repeat(5_000)).is_err());
        let bomb = "a: &a [x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n";
        assert_eq!(parse(bomb).unwrap().len(), 1);
    }
}
