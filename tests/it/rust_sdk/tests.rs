//! The suite's own test: an example that keeps its promises, and one for each promise that can be broken.

use mcp_audit::rule::{self, Example};

use super::{Case, compiled, complaints};

const MANIFEST: &str = "\n[beside]\n\"Cargo.toml\" = \"[dependencies]\\nrmcp = '1.8'\\n\"\n";

/// Examples and the start of each complaint that they must draw, in order.
const SAMPLES: &[(&str, &[&str])] = &[
    (
        "path = 'src/lib.rs'\nfails-with = 'E0432: unresolved import `rmcp::model::Content`'\n\
         before = 'pub use rmcp::model::Content;'\nafter = 'pub use rmcp::model::ContentBlock;'",
        &[],
    ),
    ("path = 'src/main.rs'\nuntouched = 'fn main() { let _ = rmcp::ErrorData::internal_error(\"a\", None); }'", &[]),
    ("path = 'src/lib.rs'\nbefore = 'pub use rmcp::no_such_name;'", &["`before` must compile on 1.8.0"]),
    ("path = 'src/lib.rs'\nbefore = 'pub use rmcp::ErrorData;'", &["`before` must not compile on 3.9.0"]),
    (
        "path = 'src/lib.rs'\nfails-with = 'E0639'\n\
         before = 'pub use rmcp::model::Content;'\nafter = 'pub use rmcp::model::Content;'",
        &["`after` must compile on 3.9.0", "`before` must fail with `E0639` on 3.9.0"],
    ),
    ("path = 'src/lib.rs'\nuntouched = 'fn f( {}'", &["`untouched` must compile on 1.8.0"]),
];

fn example(text: &str, manifest: &str) -> Example {
    let example: Example = toml::from_str(&format!("{text}{manifest}")).unwrap();
    assert_eq!(example.check(), Ok(()));
    example
}

#[test]
fn each_promise_is_checked() {
    let rules = rule::embedded().unwrap();
    let rule = rules.get("RS020").unwrap();
    let case = |(at, (text, _)): (usize, &(&str, &[&str]))| Case::of(rule, at + 1, &example(text, MANIFEST)).unwrap();
    let cases: Vec<_> = SAMPLES.iter().enumerate().map(case).collect();
    let Some(outcomes) = compiled(&cases) else { return };
    for ((case, outcomes), (_, expected)) in cases.iter().zip(&outcomes).zip(SAMPLES) {
        let found = complaints(case, outcomes);
        let matches = found.len() == expected.len()
            && found.iter().zip(*expected).all(|(found, expected)| found.trim_start().starts_with(expected));
        assert!(matches, "{}: wanted {expected:?}, got\n{}", case.shown(), found.concat());
    }
}

#[test]
fn what_is_not_compiled_says_why() {
    let rules = rule::embedded().unwrap();
    let reason = |text: &str, manifest: &str| {
        let made = Case::of(rules.get("RS020").unwrap(), 1, &example(text, manifest));
        made.err().and_then(|shown| shown.split_once(": ").map(|(_, reason)| reason.to_owned()))
    };
    let text = "path = 'src/a.rs'\nbefore = ''";
    assert_eq!(reason(text, MANIFEST), None);
    assert_eq!(reason(&format!("{text}\nnot-run = 'needs a proxy'"), MANIFEST).as_deref(), Some("needs a proxy"));
    assert_eq!(reason(text, "").as_deref(), Some("its manifest asks for no release of rmcp"));
    assert_eq!(reason("path = 'a.toml'\nbefore = ''", MANIFEST).as_deref(), Some("not a Rust file"));
    let old = MANIFEST.replace("1.8", "0.3");
    assert_eq!(reason(text, &old).as_deref(), Some("none of the releases at hand is `0.3`"));
}
