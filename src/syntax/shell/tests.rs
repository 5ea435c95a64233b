//! Words, quotes and heredocs, compared by the bytes they stand on.

use super::*;
use crate::source::{SourceFile, Span};

/// Each command as its words, joined by `|`.
fn shown(text: &str) -> Vec<String> {
    let source = Fragment::verbatim(text, 0);
    commands(&source)
        .iter()
        .map(|words| words.iter().map(|word| word.as_str().to_owned()).collect::<Vec<_>>().join("|"))
        .collect()
}

#[test]
fn words_and_operators() {
    for (text, expected) in [
        ("pip install mcp", &["pip|install|mcp"][..]),
        ("a && b||c; d | e & f", &["a", "b", "c", "d", "e", "f"]),
        ("pip install \\\n  'mcp>=1' \\\r\n  x # no mcp\ny", &["pip|install|mcp>=1|x", "y"]),
        ("pip install `\r\n mcp\r\npip install ^\n x", &["pip|install|mcp", "pip|install|x"]),
        ("pip install mcp>=1.2,<2 > log.txt 2>&1 x", &["pip|install|mcp>=1.2,<2|x"]),
        ("pip install mcp>log 2>/dev/null &>all", &["pip|install|mcp"]),
        ("a \"b c\"'d e'\\ f$'g\\th'", &["a|b cd e fg\th"]),
        ("(cd x && pip install mcp) >o", &["cd|x", "pip|install|mcp"]),
        ("X=$(pip install \"mcp\") y", &["pip|install|mcp", "X=$(pip install \"mcp\")|y"]),
        ("echo \"a $(b \"c\") d\" e", &["b|c", "echo|a $(b \"c\") d|e"]),
        (
            "pip install ${{ matrix.mcp }} {{ x y }} ${V:-mcp} $V",
            &["pip|install|${{ matrix.mcp }}|{{ x y }}|${V:-mcp}|$V"],
        ),
        ("cat <<'EOF' > f\npip install mcp\nEOF\nb", &["cat", "b"]),
        ("bash <<EOF\npip install mcp\nEOF", &["bash", "pip|install|mcp", "EOF"]),
        (".venv\\Scripts\\pip.exe install mcp\\>=1", &[".venv\\Scripts\\pip.exe|install|mcp>=1"]),
        ("echo don't\npip install mcp", &["echo|don't", "pip|install|mcp"]),
        ("poetry add mcp@^1.2 \"\"", &["poetry|add|mcp@^1.2|"]),
        ("x \"open\npip", &["x|open\npip"]),
        ("case a in\n b) pip install mcp;; esac", &["case|a|in", "b", "pip|install|mcp", "esac"]),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn words_know_their_bytes() {
    let text = "pip install mcp>=1.2 \"mcp[cli]\" --with='x>1' \"a\"b $V";
    let file = SourceFile::in_memory("x.sh", text);
    let source = Fragment::verbatim(text, 0);
    let all = commands(&source);
    let shown: Vec<_> = all[0][2..]
        .iter()
        .map(|word| {
            let inner = word.text.span(0..word.as_str().len());
            (file.slice(word.span), file.slice(inner), word.quoting, word.computed, word.comparator)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("mcp>=1.2", "mcp>=1.2", Quoting::Bare, false, true),
            ("\"mcp[cli]\"", "mcp[cli]", Quoting::Quoted, false, false),
            ("--with='x>1'", "--with='x>1", Quoting::Quoted, false, false),
            ("\"a\"b", "a\"b", Quoting::Mixed, false, false),
            ("$V", "$V", Quoting::Bare, true, false),
        ]
    );
}

#[test]
fn hostile_text_is_cheap_and_harmless() {
    for piece in ["$(", "(", ")", "'", "\"", "`", "<<a\n", "${", "{{", "$'", "\\", "é<", ">&", "%a", "\\\n"] {
        let text = piece.repeat(20_000);
        let _ = commands(&Fragment::verbatim(&text, 0));
    }
    let source = Fragment::verbatim("", 5);
    assert!(commands(&source).is_empty());
    assert_eq!(source.span(0..0), Span::empty(5));
}
