//! Writes lines of code the way the file around them is written: its indentation, quotes, line breaks and width.

use ruff_python_ast::Stmt;

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::imports::newline;
use super::super::indentation;

/// No formatter's width is smaller, nor is a larger one common.
const WIDTHS: (usize, usize) = (88, 120);

/// How a file is written.
pub(super) struct Layout<'t> {
    /// One level of indentation.
    pub(super) unit: &'t str,
    pub(super) newline: &'static str,
    quote: char,
    pub(super) width: usize,
    /// Whether imports that take several lines have one name on each.
    pub(super) is_one_each: bool,
    /// The blank lines around a function of the module's own body.
    pub(super) blank: usize,
}

impl<'t> Layout<'t> {
    pub(super) fn of(context: &Context<'_, 't>) -> Self {
        let text = context.text;
        // A sample: what is asked about a whole file must not be asked again for each of its lines.
        let longest = text.lines().map(|line| line.chars().count()).filter(|width| *width <= WIDTHS.1).max();
        let quotes = |quote: char| text.chars().filter(|one| *one == quote).count();
        let unit = context.body.iter().find_map(|statement| {
            let inner = match statement {
                Stmt::FunctionDef(one) => one.body.first()?,
                Stmt::ClassDef(one) => one.body.first()?,
                Stmt::If(one) => one.body.first()?,
                Stmt::Try(one) => one.body.first()?,
                _ => return None,
            };
            Some(indentation(text, span(inner).start)).filter(|indent| !indent.is_empty())
        });
        let unit = unit.unwrap_or("    ");
        Self {
            unit: if unit.starts_with('\t') {
                "\t"
            } else if unit.len() == 2 {
                unit
            } else {
                "    "
            },
            newline: newline(text),
            quote: if quotes('\'') > 2 * quotes('"') { '\'' } else { '"' },
            width: longest.unwrap_or_default().clamp(WIDTHS.0, WIDTHS.1),
            is_one_each: is_one_each(text),
            blank: blank(text),
        }
    }

    /// `lines`, each with its depth below `indent`, as they stand in the file; no line break at either end.
    pub(super) fn text(&self, indent: &str, lines: &[(usize, String)]) -> String {
        let mut out: Vec<String> = Vec::new();
        for (depth, line) in lines {
            if line.is_empty() {
                out.push(String::new());
                continue;
            }
            let line = if self.quote == '\'' { line.replace('"', "'") } else { line.clone() };
            self.fit(&format!("{indent}{}", self.unit.repeat(*depth)), &line, &mut out);
        }
        out.join(self.newline)
    }

    /// Breaks a line that is too long within its outermost brackets, and each item on its own line where that is not
    /// enough.
    fn fit(&self, indent: &str, line: &str, out: &mut Vec<String>) {
        let fits = |text: &str, indent: &str| indent.chars().count() + text.chars().count() <= self.width;
        let whole = || format!("{indent}{line}");
        if fits(line, indent) {
            return out.push(whole());
        }
        let Some((open, close)) = brackets(line) else { return out.push(whole()) };
        let (head, inside, tail) = (&line[..=open], &line[open + 1..close], &line[close..]);
        if inside.is_empty() {
            return out.push(whole());
        }
        let deeper = format!("{indent}{}", self.unit);
        out.push(format!("{indent}{head}"));
        if fits(inside, &deeper) {
            out.push(format!("{deeper}{inside}"));
        } else {
            let items = items(inside);
            let comma = if items.len() > 1 { "," } else { "" };
            for item in items {
                self.fit(&deeper, &format!("{item}{comma}"), out);
            }
        }
        out.push(format!("{indent}{tail}"));
    }
}

/// Whether the first import that takes several lines has one name on each; formatters do it, so it is taken for granted
/// where there is none.
fn is_one_each(text: &str) -> bool {
    let mut lines = text.lines();
    let found = lines.find(|line| line.starts_with("from ") && line.trim_end().ends_with('('));
    found.is_none() || lines.next().is_none_or(|line| line.trim().trim_end_matches(',').split(',').count() < 2)
}

/// How many blank lines stand in front of a function of the module's own body.
fn blank(text: &str) -> usize {
    let (mut empty, mut before) = (0, false);
    for line in text.lines() {
        if line.trim().is_empty() {
            empty += 1;
            continue;
        }
        if before && (line.starts_with("def ") || line.starts_with("async def ") || line.starts_with('@')) && empty > 0
        {
            return if empty == 1 { 1 } else { 2 };
        }
        before = true;
        empty = 0;
    }
    2
}

/// The brackets to break `line` at: the last ones that close on its outermost level.
fn brackets(line: &str) -> Option<(usize, usize)> {
    let (mut depth, mut open, mut found) = (0_usize, 0, None);
    let mut quoted: Option<char> = None;
    for (at, one) in line.char_indices() {
        match one {
            _ if quoted == Some(one) => quoted = None,
            _ if quoted.is_some() => {}
            '"' | '\'' => quoted = Some(one),
            '(' | '[' | '{' => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            ')' | ']' | '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    // The parameters of a function say more than what it returns.
                    found = found.filter(|_| line.contains("def ")).or(Some((open, at)));
                }
            }
            _ => {}
        }
    }
    found
}

/// The items of a list, apart.
fn items(inside: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0_usize, 0, Vec::new());
    for (at, one) in inside.char_indices() {
        match one {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                found.push(inside[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(inside[start..].trim());
    found.retain(|item| !item.is_empty());
    found
}
