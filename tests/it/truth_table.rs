//! The truth table of bounds: what each specifier admits, in every dialect, and its smallest rewrite. The rows were
//! taken from the tools that own each grammar (packaging, poetry-core, rattler, npm's semver, Cargo).

use mcp_audit::requirement::{Bound, Dialect, Series};
use pep440_rs::Version;

use Bound::{Below, Empty, Exact, ExactNext, RequiresNext, RequiresNextOpen, Spans, Unbounded, Unparsable};

fn mcp() -> Series {
    Series { breaks: vec![Version::new([2])], after: Version::new([3]) }
}

/// The verdict, and the specifier after the bound was added below the next major.
fn judged(dialect: Dialect, specifier: &str) -> (Bound, Option<String>) {
    let Ok(versions) = dialect.versions(specifier) else { return (Unparsable, None) };
    let bound = Bound::of(&versions, &mcp());
    let next = mcp().next_after(&versions);
    let capped = next
        .and_then(|next| dialect.capped(specifier, &next, None))
        .map(|edits| mcp_audit::requirement::dialect::replaced(specifier, &edits));
    (bound, capped.filter(|_| matches!(bound, Unbounded | Spans | RequiresNextOpen)))
}

fn hold(dialect: Dialect, rows: &[(&str, Bound, Option<&str>)]) {
    let mut failures = Vec::new();
    for (specifier, bound, rewrite) in rows {
        let got = judged(dialect, specifier);
        if got != (*bound, rewrite.map(str::to_owned)) {
            failures.push(format!("{specifier:?}: {got:?} instead of {:?}", (bound, rewrite)));
        }
        // A rewrite is what it promises: a closed set that ends below the next major.
        if let Some(rewrite) = rewrite {
            let after = dialect.versions(rewrite).map(|versions| Bound::of(&versions, &mcp()));
            if !matches!(after, Ok(Below | RequiresNext)) {
                failures.push(format!("{specifier:?}: the rewrite {rewrite:?} is {after:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn pep_440() {
    hold(
        Dialect::Pep508,
        &[
            ("", Unbounded, Some("<2")),
            ("*", Unbounded, Some("<2")),
            (">=1.0", Unbounded, Some(">=1.0,<2")),
            (">= 1.2", Unbounded, Some(">= 1.2, < 2")),
            (">1", Unbounded, Some(">1,<2")),
            (">=1.2,", Unbounded, Some(">=1.2,<2")),
            (">=1.2, !=1.5", Unbounded, Some(">=1.2, !=1.5, <2")),
            (">=1,<2", Below, None),
            (">=1.27,<2.0.0", Below, None),
            ("<2", Below, None),
            ("~=1.2", Below, None),
            ("==1.*", Below, None),
            ("~=1.0,!=1.5", Below, None),
            ("~=1.2.3", Below, None),
            ("<=1.30", Below, None),
            ("<=1.30.0", Below, None),
            ("<2.0.0a1", Below, None),
            ("<2.dev0", Below, None),
            ("<=2", Spans, Some("<2")),
            ("<2.1", Spans, Some("<2")),
            ("<3", Spans, Some("<2")),
            (">=1.2,<3", Spans, Some(">=1.2,<2")),
            (">= 1.2, <= 3", Spans, Some(">= 1.2, < 2")),
            (">=1.2,<1000", Spans, Some(">=1.2,<2")),
            ("!=2.0.0", Unbounded, Some("!=2.0.0,<2")),
            (">=1.2,!=2.*", Unbounded, Some(">=1.2,!=2.*,<2")),
            (">=1.2,!=2.*,!=3.*", Unbounded, Some(">=1.2,!=2.*,!=3.*,<2")),
            ("==1.9.4", Exact, None),
            ("==1.9", Exact, None),
            ("===1.9.0", Exact, None),
            ("==1!0", ExactNext, None),
            ("<1!0", Spans, Some("<2")),
            ("===1.9", Exact, None),
            ("==1.9.4+local", Exact, None),
            (">=2", RequiresNextOpen, Some(">=2,<3")),
            (">=2.0.0a1", RequiresNextOpen, Some(">=2.0.0a1,<3")),
            (">=1!0", RequiresNextOpen, None),
            (">=2.0.0a1,<3", RequiresNext, None),
            ("~=2.0", RequiresNext, None),
            ("==2.*", RequiresNext, None),
            ("==2.3.0", ExactNext, None),
            ("==2.0.0b1", ExactNext, None),
            (">=1.0.*", Unparsable, None),
            (">=1.0 <2", Unparsable, None),
            ("=>1.0", Unparsable, None),
            ("^1.2", Unparsable, None),
            (">2,<1", Empty, None),
        ],
    );
}

#[test]
fn poetry() {
    hold(
        Dialect::Poetry,
        &[
            ("^1.2", Below, None),
            ("^1", Below, None),
            ("~1", Below, None),
            ("1.*", Below, None),
            ("~=1.2", Below, None),
            ("~1.2", Below, None),
            ("^0.9", Below, None),
            ("1.9.4", Exact, None),
            ("==1.9.4", Exact, None),
            ("*", Unbounded, Some("<2")),
            (">=1.2", Unbounded, Some(">=1.2,<2")),
            (">1", Unbounded, Some(">1,<2")),
            (">=1.2,!=2.0.0", Unbounded, Some(">=1.2,!=2.0.0,<2")),
            ("<1.5 || >=1.7", Unbounded, Some("<1.5 || >=1.7,<2")),
            ("<1.5|>=1.7", Unbounded, Some("<1.5|>=1.7,<2")),
            ("^1.2 || ^2.0", Spans, None),
            (">=1.2 <2", Below, None),
            ("latest", Unparsable, None),
            ("@git", Unparsable, None),
            ("^2.0", RequiresNext, None),
        ],
    );
}

#[test]
fn conda() {
    hold(
        Dialect::Conda,
        &[
            ("", Unbounded, Some("<2.0a0")),
            ("*", Unbounded, Some("<2.0a0")),
            (">=1", Unbounded, Some(">=1,<2.0a0")),
            ("!=2.0.0", Unbounded, Some("!=2.0.0,<2.0a0")),
            ("<1.5|>=1.7", Unbounded, Some("<1.5|>=1.7,<2.0a0")),
            ("=1", Below, None),
            ("1.*", Below, None),
            ("=1.*", Below, None),
            ("=1.9", Below, None),
            ("==1.9", Exact, None),
            ("1.9.4", Exact, None),
            ("<2", Below, None),
            (">=1,<2", Below, None),
        ],
    );
}

#[test]
fn npm() {
    hold(
        Dialect::Npm,
        &[
            ("*", Unbounded, None),
            ("", Unbounded, None),
            ("x", Unbounded, None),
            (">=1", Unbounded, None),
            ("latest", Unbounded, None),
            ("^1.0.0", Below, None),
            ("1.x", Below, None),
            ("1", Below, None),
            ("<2", Below, None),
            ("~1.2", Below, None),
            ("1.2.3", Exact, None),
            ("1.2.3 - 1.9", Below, None),
            ("<=2", Spans, None),
            (">1", RequiresNextOpen, None),
            ("1 || 2", Spans, None),
            ("npm:x@^1", Unparsable, None),
        ],
    );
}

#[test]
fn cargo() {
    hold(
        Dialect::Cargo,
        &[
            ("1", Below, None),
            ("0.2", Below, None),
            ("^0.2", Below, None),
            ("~1", Below, None),
            ("=1.2.3", Exact, None),
            ("*", Unbounded, None),
            (">=0.8", Unbounded, Some(">=0.8, <2")),
            (">= 1", Unbounded, Some(">= 1, < 2")),
            (">=1, <=99", Spans, Some(">=1, <=99, <2")),
            ("latest", Unparsable, None),
        ],
    );
}

#[test]
fn a_wide_series_list_tells_open_from_spanning() {
    let version = |text: &str| text.parse::<Version>().unwrap();
    let breaks = ["0.2", "0.8", "0.17", "1", "2", "3"].map(version).to_vec();
    let rmcp = Series { breaks, after: version("4") };
    for (specifier, bound) in [
        ("*", Unbounded),
        (">=0.8", Unbounded),
        (">0.8", Unbounded),
        (">=1, <=99", Spans),
        ("<4", Spans),
        (">=1, <3", Spans),
        ("0", Spans),
        ("^0", Spans),
        ("0.8", Below),
        ("^1", Below),
        ("1.*", Below),
        ("3", RequiresNext),
        ("=1.0.0", Exact),
    ] {
        let versions = Dialect::Cargo.versions(specifier).unwrap();
        assert_eq!(Bound::of(&versions, &rmcp), bound, "{specifier}");
    }
}
