//! How deeply a text nests, told from its tokens. The parser grows its stack by itself; walking and dropping the tree
//! it gives does not, so a text that nests without end is recognised before there is a tree.

use ruff_python_ast::token::{TokenKind, Tokens};

/// An upper bound of the depth of the tree of a text with these `tokens`. Operators count, for a chain of them is as deep as it is long.
pub(super) fn depth(tokens: &Tokens) -> usize {
    let mut blocks = 0_usize;
    let mut open: Vec<usize> = vec![0];
    let mut inside = 0_usize;
    let mut deepest = 0_usize;
    for token in tokens {
        match token.kind() {
            TokenKind::Indent => blocks += 1,
            TokenKind::Dedent => blocks = blocks.saturating_sub(1),
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                grow(&mut open, &mut inside);
                open.push(0);
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                if open.len() > 1 {
                    inside -= open.pop().unwrap_or(0);
                }
            }
            TokenKind::Comma => {
                if let Some(top) = open.last_mut() {
                    inside -= std::mem::take(top);
                }
            }
            // No expression holds these, so they also end what an unclosed bracket began.
            TokenKind::Newline | TokenKind::Def | TokenKind::Class | TokenKind::Import | TokenKind::Return => {
                open.clear();
                open.push(0);
                inside = 0;
            }
            TokenKind::Name
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::String
            | TokenKind::Comment
            | TokenKind::Colon
            | TokenKind::Equal
            | TokenKind::NonLogicalNewline => {}
            _ => grow(&mut open, &mut inside),
        }
        deepest = deepest.max(blocks + open.len() + inside);
    }
    deepest
}

fn grow(open: &mut [usize], inside: &mut usize) {
    if let Some(top) = open.last_mut() {
        *top += 1;
        *inside += 1;
    }
}

#[cfg(test)]
mod tests {

    fn depth(text: &str) -> usize {
        let parsed = ruff_python_parser::parse_unchecked_source(text, ruff_python_ast::PySourceType::Python);
        let depth = super::depth(parsed.tokens());
        std::mem::forget(parsed);
        depth
    }

    #[test]
    fn width_is_not_depth() {
        assert!(depth(&format!("x = [{}]\n", "-1, f(2), 'a(', ".repeat(10_000))) < 10);
        assert!(depth(&"x = a + b\n".repeat(10_000)) < 10);
        assert!(depth(&format!("x = (\n{}", "def f(a): return (a)\n".repeat(10_000))) < 20);
    }

    #[test]
    fn every_way_of_nesting_counts() {
        for unit in
            ["(", "[", "{", "-", "not ", "~", "lambda: ", "a + ", "a.", "f()", "a if b else ", "f(a, ", "await "]
        {
            assert!(depth(&unit.repeat(3_000)) >= 3_000, "{unit}");
        }
    }
}
