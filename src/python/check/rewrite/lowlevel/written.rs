//! Puts adapters where they belong: behind the function that a decorator stood above, or in the place of a call.

use super::super::{edit, indentation};
use super::plan::Planning;
use super::registration::Handler;
use crate::fix::Edit;
use crate::source::{Span, line_start};

impl<'t> Planning<'_, '_, 't> {
    /// The edits for what is registered at one statement.
    pub(super) fn group(&self, group: &[usize]) -> Option<Vec<Edit>> {
        let first = &self.handlers[*group.first()?];
        let place = first.place;
        let indent = place.indent(self.context)?;
        let end = place.line_end(self.context)?;
        let newline = self.layout.newline;
        let blank = if indent.is_empty() { self.layout.blank } else { 1 };
        let gap = newline.repeat(blank + 1);
        let mut blocks: Vec<String> = Vec::new();
        // The lowest decorator is the first to be applied.
        for at in group.iter().rev() {
            for lines in self.handler(*at)? {
                blocks.push(self.layout.text(indent, &lines));
            }
        }
        let mut edits = Vec::new();
        if let Some(construction) = self.construction(*group.first()?)
            && construction.handlers.last().is_some_and(|last| self.handlers[*last].place.span == place.span)
        {
            let argument = |at: &usize| format!("{}={}", self.handlers[*at].kind.on, self.adapters[*at]);
            let arguments: Vec<String> = construction.handlers.iter().map(argument).collect();
            let (gone, text) = construction.moved(self.context, &self.layout, &arguments)?;
            edits.push(gone);
            blocks.push(text);
        }
        let text = blocks.join(&gap);
        if first.decorator.is_none() {
            let is_comment = place.span.end != end;
            let until = if is_comment { self.without_marker(place.span.end, end) } else { end };
            let start = place.span.start - indent.len();
            // An adapter in the middle of statements is set apart from them.
            let is_first = self.construction(*group.first()?).is_some_and(|one| one.is_above(self.context, start));
            let before = if self.follows_code(start) && !is_first { newline.repeat(blank) } else { String::new() };
            let after = if self.precedes_code(end) { newline.repeat(blank) } else { String::new() };
            let text = format!("{before}{text}{after}");
            edits.push(edit(self.context, Span::new(start, until), text));
            return Some(edits);
        }
        for at in group {
            let decorator = self.handlers[*at].decorator?;
            edits.push(edit(self.context, self.decorator_line(decorator)?, ""));
        }
        edits.push(edit(self.context, Span::empty(end), format!("{gap}{text}")));
        Some(edits)
    }

    /// Whether the line above a statement holds code.
    fn follows_code(&self, start: usize) -> bool {
        let text = &self.context.text[..start];
        let above = text.trim_end_matches([' ', '\t']).trim_end_matches(['\n', '\r']);
        let line = above.lines().next_back().unwrap_or_default().trim();
        text[above.len()..].matches('\n').count() == 1 && !line.ends_with(':') && !line.starts_with('#')
    }

    /// Whether the line below one holds code that does not stand further out, nor will become an adapter.
    fn precedes_code(&self, end: usize) -> bool {
        let Some(below) = self.context.text[end..].strip_prefix("\r\n").or(self.context.text[end..].strip_prefix('\n'))
        else {
            return false;
        };
        let start = self.context.text.len() - below.len();
        let line = below.lines().next().unwrap_or_default();
        let own = indentation(self.context.text, end).len();
        let is_next = |handler: &Handler<'t>| {
            let place = handler.place.span.start;
            handler.decorator.is_none() && start <= place && place < start + line.len()
        };
        !line.trim().is_empty() && line.len() - line.trim_start().len() >= own && !self.handlers.iter().any(is_next)
    }

    /// Where a line ends without a comment that only told a checker to be silent.
    fn without_marker(&self, code: usize, end: usize) -> usize {
        let comment = self.context.text.get(code..end).unwrap_or_default().trim();
        if is_marker(comment) { end } else { code }
    }

    /// The bytes of a decorator with its line.
    fn decorator_line(&self, decorator: Span) -> Option<Span> {
        let text = self.context.text;
        let rest = text.get(decorator.end..)?;
        let line = rest.lines().next().unwrap_or_default();
        let comment = line.trim();
        if !comment.is_empty() && !comment.starts_with('#') {
            return None;
        }
        if !comment.is_empty() && !is_marker(comment) {
            return Some(Span::new(decorator.start, decorator.end + line.find('#')?));
        }
        // With the white space of the next line in place of its own.
        let next = decorator.end + rest.find('\n')? + 1;
        let start = line_start(text, decorator.start);
        Some(Span::new(start, next))
    }
}

/// Whether a comment only speaks to a checker.
fn is_marker(comment: &str) -> bool {
    let text = comment.trim_start_matches('#').trim_start();
    ["type: ignore", "noqa", "pyright:", "pylint:", "mypy:", "ty: ignore", "pragma:"]
        .iter()
        .any(|marker| text.starts_with(marker))
}
