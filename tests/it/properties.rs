//! What must hold for any input, tried on many.

use mcp_audit::fix::{self, Applicability, Fix, PinOptions};
use mcp_audit::manifest;
use mcp_audit::requirement::split;
use mcp_audit::rule;
use mcp_audit::source::SourceFile;
use mcp_audit::{inventory, report};
use proptest::prelude::*;

/// Pieces of requirement lines as people write them, in odd combinations.
fn requirement_line() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["mcp", "MCP", "mcp[cli]", "mcp [cli, ws]", "mcp-types", "fastmcp", "httpx"]);
    let specifier = prop::sample::select(vec![
        "",
        ">=1",
        " >= 1.2",
        ">=1.2,<2",
        ">=1.2, <3",
        "==1.9.4",
        "!=2.0.0",
        "<=2",
        "~=1.2",
        ">=2",
        " (>=1.0)",
        ">=1.2,",
        "=>1",
        "===1.9",
        "<2.0.0a1",
        ">=1.2 , != 1.5",
    ]);
    let marker =
        prop::sample::select(vec!["", "; python_version >= '3.10'", " ; extra == \"mcp\"", ";sys_platform=='win32'"]);
    let tail = prop::sample::select(vec!["", "  # why mcp", " --hash=sha256:00", "\t# é", " \\"]);
    (name, specifier, marker, tail)
        .prop_map(|(name, specifier, marker, tail)| format!("{name}{specifier}{marker}{tail}"))
}

/// Whole files: lines of any kind, any line ending, with or without a mark and a last line end.
fn requirements_file() -> impl Strategy<Value = String> {
    let line = prop_oneof![requirement_line(), "[ -~]{0,30}", Just(String::new()), Just("# comment mcp>=1".to_owned())];
    let ending = prop::sample::select(vec!["\n", "\r\n"]);
    (prop::collection::vec(line, 0..8), ending, any::<bool>(), any::<bool>()).prop_map(|(lines, ending, mark, last)| {
        let mut text = lines.join(ending);
        if last {
            text.push_str(ending);
        }
        if mark { format!("\u{feff}{text}") } else { text }
    })
}

fn fixes(path: &str, text: &[u8]) -> (SourceFile, Vec<Fix>) {
    let rules = rule::embedded().unwrap();
    let file = SourceFile::new(path, path, text.to_vec());
    let scanned = report(
        inventory::of_files(vec![SourceFile::new(path, path, text.to_vec())], &rules.packages),
        &rules,
        &PinOptions::default(),
    );
    let fixes = scanned
        .unwrap()
        .findings
        .into_iter()
        .filter_map(|finding| finding.fix)
        .filter(|fix| fix.applicability == Applicability::Safe)
        .collect();
    (file, fixes)
}

/// The text after its fixes, with the spans that were edited.
fn fixed(path: &str, text: &[u8]) -> (Vec<u8>, Vec<(usize, usize)>, usize) {
    let (file, fixes) = fixes(path, text);
    let all: Vec<&Fix> = fixes.iter().collect();
    let sound = fix::verify(&file, &all);
    let chosen: Vec<&Fix> = sound.iter().map(|index| all[*index]).collect();
    let (bytes, _) = fix::apply(&file, &chosen);
    let spans = chosen.iter().flat_map(|fix| &fix.edits).map(|edit| (edit.span.start, edit.span.end)).collect();
    (bytes, spans, all.len() - sound.len())
}

/// `old` with the edited spans cut out is a subsequence of pieces of `new`, in order, and begins and ends alike.
fn is_kept_outside(old: &[u8], new: &[u8], mut spans: Vec<(usize, usize)>) -> bool {
    spans.sort_unstable();
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end) in spans {
        pieces.push(&old[at..start]);
        at = end;
    }
    pieces.push(&old[at..]);
    let mut from = 0;
    pieces.iter().all(|piece| match new[from..].windows(piece.len().max(1)).position(|window| window == *piece) {
        _ if piece.is_empty() => true,
        Some(found) => {
            from += found + piece.len();
            true
        }
        None => false,
    }) && new.ends_with(pieces.last().unwrap())
        && new.starts_with(pieces[0])
}

fn holds(path: &str, text: &[u8]) -> Result<(), TestCaseError> {
    let (once, spans, unsound) = fixed(path, text);
    prop_assert_eq!(unsound, 0, "a fix did not prove itself in {:?}", String::from_utf8_lossy(text));
    prop_assert!(
        is_kept_outside(text, &once, spans),
        "{:?} became {:?}",
        String::from_utf8_lossy(text),
        String::from_utf8_lossy(&once)
    );
    let (twice, ..) = fixed(path, &once);
    prop_assert_eq!(String::from_utf8_lossy(&once), String::from_utf8_lossy(&twice));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn requirements_files_are_edited_in_place_and_once(text in requirements_file()) {
        holds("requirements.txt", text.as_bytes())?;
    }

    #[test]
    fn project_tables_are_edited_in_place_and_once(lines in prop::collection::vec(requirement_line(), 0..5), quote in prop::sample::select(vec!["\"", "'"]), ending in prop::sample::select(vec!["\n", "\r\n"])) {
        let items: Vec<String> = lines.iter().map(|line| line.replace(['"', '\''], "").replace('\\', "")).map(|line| format!("  {quote}{line}{quote}, # mcp")).collect();
        let text = format!("[project]{ending}name = \"x\"{ending}dependencies = [{ending}{}{ending}]{ending}", items.join(ending));
        holds("pyproject.toml", text.as_bytes())?;
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "(mcp|uvx|pip install|\\[|\\]|\\{|\\}|\"|'|\\\\|\n|=|:|-|\\$|\\||é|\u{feff}|[ -~]){0,60}", path in prop::sample::select(vec![
        "requirements.txt", "pyproject.toml", "setup.cfg", "setup.py", "tox.ini", "noxfile.py", "x.py", "Pipfile", "pixi.toml", "environment.yml", "Dockerfile", "Makefile", "justfile",
        "run.sh", ".github/workflows/ci.yml", ".gitlab-ci.yml", "x.ipynb", ".mcp.json", ".devcontainer/devcontainer.json", "README.md", "Cargo.toml", "package.json", "uv.lock", "poetry.lock",
        "pdm.lock", "Pipfile.lock", "pylock.toml", "pixi.lock", "Cargo.lock", "uv.toml", "tox.toml",
    ])) {
        holds(path, text.as_bytes())?;
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let file = SourceFile::new("requirements.txt", "requirements.txt", bytes);
        manifest::locate(&file);
    }

    #[test]
    fn the_splitter_agrees_with_pep_508(name in "[a-zA-Z0-9]([a-zA-Z0-9._-]{0,6}[a-zA-Z0-9])?", extras in prop::sample::select(vec!["", "[a]", "[a,b-c]", " [ a , b ]"]), rest in prop::sample::select(vec![
        "", ">=1", " >=1, <2", "(>=1,<2)", " ( ~=1.2 )", "==1.*", "!=1.5,>=1", "===1.9", " @ https://h/x.whl", "@ git+https://h/x@v1", "<2.0.0a1",
    ]), marker in prop::sample::select(vec!["", ";python_version>'3'", " ; extra == 'x' and os_name == \"nt\""])) {
        let text = format!("{name}{extras}{rest}{marker}");
        use std::str::FromStr;
        if let Ok(theirs) = pep508_rs::Requirement::<pep508_rs::VerbatimUrl>::from_str(&text) {
            let ours = split::split(&text).map_err(TestCaseError::fail)?;
            prop_assert_eq!(split::normalized(&text[ours.name.clone()]), theirs.name.to_string());
            let extras: Vec<String> = ours.extras.iter().map(|range| split::normalized(&text[range.clone()])).collect();
            prop_assert_eq!(extras, theirs.extras.iter().map(ToString::to_string).collect::<Vec<_>>());
            match (&ours.version, theirs.version_or_url) {
                (split::Version::Specifier(range), None) => prop_assert!(text[range.clone()].is_empty()),
                (split::Version::Specifier(range), Some(pep508_rs::VersionOrUrl::VersionSpecifier(specifiers))) => {
                    prop_assert_eq!(pep440_rs::VersionSpecifiers::from_str(&text[range.clone()]).unwrap(), specifiers);
                }
                (split::Version::Url(range), Some(pep508_rs::VersionOrUrl::Url(url))) => prop_assert_eq!(Some(&text[range.clone()]), url.given()),
                (ours, theirs) => prop_assert!(false, "{:?} and {:?} in {}", ours, theirs, text),
            }
            prop_assert_eq!(ours.marker.is_some(), theirs.marker != pep508_rs::MarkerTree::TRUE);
        }
    }
}
