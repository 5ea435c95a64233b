//! The one place where the parser is called. It answers every text: with a tree, which a syntax error leaves as whole
//! as possible, or with the reason why there is none.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{Expr, ModModule, PySourceType, Stmt};
use ruff_python_parser::{Parsed, parse_unchecked_source};
use ruff_text_size::{Ranged, TextRange};

use super::depth::depth;
use crate::source::Span;
use crate::syntax::SyntaxError;

/// No text that a person or a generator wrote for Python to read nests deeper; Python itself gives up much earlier.
const MAX_DEPTH: usize = 5_000;

/// A tree below this depth is walked on the stack of the caller, whatever thread that is.
const SHALLOW: usize = 100;

/// Stack for the deepest tree, many times what its levels need even in a build without optimisation. It is address
/// space, not memory, until it is used.
const STACK: usize = 256 << 20;

/// Parses `text` and gives the tree to `work`, which must hand back what it needs: the tree does not outlive the call.
///
/// # Errors
/// When the text nests too deeply or is too long for the parser's offsets.
pub(super) fn with_module<T: Send>(
    text: &str,
    work: impl FnOnce(&Parsed<ModModule>) -> T + Send,
) -> Result<T, SyntaxError> {
    with_source(text, PySourceType::Python, work)
}

/// The same for a cell of a notebook, in which `%magic` and `!command` are statements.
///
/// # Errors
/// Those of [`with_module`].
pub(super) fn with_cell<T: Send>(
    text: &str,
    work: impl FnOnce(&Parsed<ModModule>) -> T + Send,
) -> Result<T, SyntaxError> {
    with_source(text, PySourceType::Ipynb, work)
}

fn with_source<T: Send>(
    text: &str,
    kind: PySourceType,
    work: impl FnOnce(&Parsed<ModModule>) -> T + Send,
) -> Result<T, SyntaxError> {
    let refused = |message: &str| SyntaxError { offset: 0, message: message.to_owned() };
    if u32::try_from(text.len()).is_err() {
        return Err(refused("too long to be read as Python"));
    }
    // The parser grows its stack by itself; walking and dropping what it gives does not.
    let parsed = match kind {
        // The parser's notebook mode gives up on some texts by a panic; the message is kept off the screen.
        PySourceType::Ipynb => ruff_db::panic::catch_unwind(|| parse_unchecked_source(text, kind))
            .map_err(|_| refused("not a cell that can be read"))?,
        _ => parse_unchecked_source(text, kind),
    };
    let depth = depth(parsed.tokens());
    if depth <= SHALLOW {
        return Ok(work(&parsed));
    }
    let deep = std::thread::scope(|scope| {
        let walk = move || if depth > MAX_DEPTH { Err(parsed) } else { Ok(work(&parsed)) };
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, walk);
        thread.ok().and_then(|thread| thread.join().ok())
    });
    match deep {
        Some(Ok(read)) => Ok(read),
        // A tree of hundreds of thousands of levels cannot even be dropped; a file that holds one is not Python's.
        Some(Err(parsed)) => {
            std::mem::forget(parsed);
            Err(refused("nested too deeply to be Python"))
        }
        None => Err(refused("nested too deeply to be read here")),
    }
}

/// Whether an `if` in `text` has more than `limit` clauses.
pub(super) fn has_longer_if(text: &str, limit: usize) -> bool {
    struct Longest(usize);
    impl<'t> SourceOrderVisitor<'t> for Longest {
        fn visit_stmt(&mut self, statement: &'t Stmt) {
            if let Stmt::If(conditional) = statement {
                self.0 = self.0.max(1 + conditional.elif_else_clauses.len());
            }
            walk_stmt(self, statement);
        }

        fn visit_expr(&mut self, _: &'t Expr) {}
    }
    // Hardly any file says `elif` so often, and no other needs to be parsed for it.
    if memchr::memmem::find_iter(text.as_bytes(), "elif").take(limit).count() < limit {
        return false;
    }
    let longest = with_module(text, |parsed| {
        let mut longest = Longest(0);
        longest.visit_body(&parsed.syntax().body);
        longest.0
    });
    longest.is_ok_and(|longest| longest > limit)
}

/// An upper bound of the depth of the tree of `text`.
///
/// # Errors
/// When the text is too long for the parser's offsets.
pub(super) fn depth_of(text: &str) -> Result<usize, SyntaxError> {
    if u32::try_from(text.len()).is_err() {
        return Err(SyntaxError { offset: 0, message: "too long to be read as Python".to_owned() });
    }
    let parsed = parse_unchecked_source(text, PySourceType::Python);
    let depth = depth(parsed.tokens());
    if depth > SHALLOW {
        // Dropping recurses; the few trees that are this deep are let go of instead.
        std::mem::forget(parsed);
    }
    Ok(depth)
}

/// The syntax errors of a tree, each at its place.
pub(super) fn errors(parsed: &Parsed<ModModule>) -> Vec<SyntaxError> {
    let errors = parsed.errors().iter();
    errors
        .map(|error| SyntaxError { offset: error.location.start().to_usize(), message: error.error.to_string() })
        .collect()
}

/// The bytes of a node.
pub(super) fn span(node: &impl Ranged) -> Span {
    from_range(node.range())
}

/// The parser's range as a span.
pub(super) fn from_range(range: TextRange) -> Span {
    Span::new(range.start().to_usize(), range.end().to_usize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_nesting_is_refused_or_survived() {
        for unit in ["(", "[", "-", "~", "not ", "a + ", "a.b().", "lambda: ", "x if y else ", "f(a, ", "{1: "] {
            for times in [90, 1_000, 1_600] {
                let text = format!("x = {}1\n", unit.repeat(times));
                assert!(with_module(&text, |_| ()).is_ok(), "{times} x {unit}");
            }
            let text = format!("x = {}1\n", unit.repeat(200_000));
            assert!(with_module(&text, |_| ()).is_err(), "{unit}");
        }
    }

    #[test]
    fn errors_leave_a_tree() {
        let (statements, errors) =
            with_module("\u{feff}print 'x'\r\nimport mcp\r\n", |parsed| (parsed.syntax().body.len(), errors(parsed)))
                .unwrap();
        assert!(statements >= 2 && errors[0].offset >= 3, "{errors:?}");
    }
}
