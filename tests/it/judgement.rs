//! Severity is a judgement about both halves: what a project's code does, and what it declares. Row by row.

use mcp_audit::fix::PinOptions;
use mcp_audit::inventory;
use mcp_audit::report::Report;
use mcp_audit::rule::{self, Code, Rules};
use mcp_audit::source::SourceFile;

/// A break that says so when it happens, and one that does not.
const RULES: [(&str, &str); 2] = [
    (
        "rules/loud.toml",
        "id = 'PY990'\nname = 'loud'\nsummary = 'x'\nseverity = 'error'\nfails = 'attribute'\nmessage = 'x'\nexplanation = 'x'\n\
         [[decorator]]\nof = 'mcp.server.lowlevel.Server.call_tool'\n[[example]]\npath = 'a.py'\nbefore = 'x'\n",
    ),
    (
        "rules/silent.toml",
        "id = 'PY991'\nname = 'silent'\nsummary = 'x'\nseverity = 'error'\nfails = 'silent'\nmessage = 'x'\nexplanation = 'x'\n\
         [[symbol]]\npath = 'mcp.types.Implementation'\nrole = 'import'\n[[example]]\npath = 'a.py'\nbefore = 'x'\n",
    ),
];

/// Imports that both majors have, and a use of them that only the older one can.
const OLDER: &str = "from mcp.server.lowlevel import Server\n\nserver = Server('x')\n\n\n@server.call_tool()\n\
    async def call(name: str, arguments: dict) -> list:\n    return []\n";
const OLDER_IMPORT: &str = "from mcp.server.fastmcp import FastMCP\n";
const NEWER: &str = "from mcp.server.mcpserver import MCPServer\n";
const EITHER: &str = "from mcp import ClientSession\n";
const SILENT: &str = "from mcp.types import Implementation\n";

fn rules() -> Rules {
    rule::embedded().unwrap().with(&RULES).unwrap()
}

fn report(files: &[(&str, &str)], rules: &Rules) -> Report {
    let files = files.iter().map(|(path, text)| SourceFile::in_memory(path, text)).collect();
    mcp_audit::report(inventory::of_files(files, &rules.packages), rules, &PinOptions::default()).unwrap()
}

/// What is said of a `requirements.txt` with this text beside this code, as `rule severity`; other rules about code than
/// those above are left out.
fn said(requirements: Option<&str>, code: Option<&str>, rules: &Rules) -> Vec<String> {
    let files: Vec<(&str, &str)> = requirements
        .map(|text| ("requirements.txt", text))
        .into_iter()
        .chain(code.map(|text| ("server.py", text)))
        .collect();
    let report = report(&files, rules);
    let own = report.findings.iter().filter(|finding| !finding.is_code() || finding.rule.starts_with("PY99"));
    let mut said: Vec<String> = own.map(|finding| format!("{} {}", finding.rule, finding.severity)).collect();
    said.sort();
    said
}

#[test]
fn the_table_holds() {
    let rules = rules();
    let rows: [(Option<&str>, Option<&str>, &[&str]); 18] = [
        // Admits v2: fresh installs break now, and the missing bound is an error by itself.
        (Some("mcp>=1.2\n"), Some(OLDER), &["DEP001 error", "PY990 error"]),
        (Some("mcp>=1.2,<3\n"), Some(OLDER), &["DEP004 error", "PY990 error"]),
        (Some("mcp>=1.2\n"), Some(SILENT), &["DEP001 error", "PY991 error"]),
        (Some("mcp>=1.2\n"), Some(EITHER), &["DEP001 error"]),
        (Some("mcp>=1.2\n"), None, &["DEP001 error"]),
        // Below v2: the migration list.
        (Some("mcp>=1.2,<2\n"), Some(OLDER), &["PY990 note"]),
        (Some("mcp==1.9.4\n"), Some(OLDER), &["PY990 note"]),
        (Some("mcp>=1.2,<2\n"), Some(SILENT), &["PY991 note"]),
        // Requires v2: left behind by the migration.
        (Some("mcp>=2,<3\n"), Some(OLDER), &["DEP007 error", "PY990 error"]),
        (Some("mcp>=2,<3\n"), Some(OLDER_IMPORT), &["DEP007 error"]),
        (Some("mcp>=2,<3\n"), Some(NEWER), &[]),
        // Not declared: resolved by accident, or by hand.
        (Some("starlette\n"), Some(OLDER), &["DEP019 error", "PY990 error"]),
        (None, Some(OLDER), &["DEP020 warning", "PY990 error"]),
        (None, Some(EITHER), &["DEP020 warning"]),
        // The same mistake one major later.
        (Some("mcp>=2\n"), Some(NEWER), &["DEP006 warning"]),
        (Some("mcp>=2\n"), Some(OLDER), &["DEP006 warning", "DEP007 error", "PY990 error"]),
        // A bound that spans both is deliberate where the code shows nothing that one major lacks.
        (Some("mcp>=1.27,<3\n"), Some(EITHER), &["DEP005 note"]),
        (Some("mcp>=1.27,<3\n"), None, &["DEP005 note"]),
    ];
    let wrong: Vec<String> = rows
        .iter()
        .map(|(requirements, code, expected)| (requirements, code, said(*requirements, *code, &rules), expected))
        .filter(|(_, _, found, expected)| found != *expected)
        .map(|(requirements, code, found, expected)| {
            format!("{requirements:?} {code:?}: {found:?} instead of {expected:?}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_missing_bound_of_the_newer_major_is_the_next_one() {
    let report = report(&[("requirements.txt", "mcp>=2\n"), ("server.py", NEWER)], &rules());
    let fix = report.findings.iter().find(|finding| finding.rule == "DEP006").and_then(|finding| finding.fix.as_ref());
    assert_eq!(fix.map(|fix| fix.title.as_str()), Some("write `mcp>=2,<3`"));
}

/// The state of the only project of these files, and what shows it.
fn state(files: &[(&str, &str)]) -> (Option<Code>, String) {
    let report = report(files, &rules());
    assert_eq!(report.projects.len(), 1, "{:?}", report.projects);
    (report.projects[0].code, report.projects[0].evidence.clone().unwrap_or_default())
}

#[test]
fn uses_tell_the_major_where_imports_do_not() {
    let declared = ("requirements.txt", "mcp>=1.2,<3\n");
    let (code, evidence) = state(&[declared, ("app/server.py", OLDER)]);
    assert_eq!(code, Some(Code::OlderOnly));
    assert!(evidence.starts_with("uses `") && evidence.ends_with("call_tool` in app/server.py:6"), "{evidence}");

    let (code, evidence) = state(&[declared, ("server.py", OLDER_IMPORT)]);
    let shown = "imports `mcp.server.fastmcp.FastMCP` in server.py:1";
    assert_eq!((code, evidence.as_str()), (Some(Code::OlderOnly), shown));
}

#[test]
fn what_is_silent_or_not_the_projects_own_tells_no_major() {
    let declared = ("requirements.txt", "mcp>=1.2,<3\n");
    // What goes on working in another sense may mean the new one.
    assert_eq!(state(&[declared, ("server.py", SILENT)]).0, Some(Code::Either));
    // Scripts of a CI run elsewhere.
    assert_eq!(state(&[declared, (".ci/check.py", OLDER), ("server.py", EITHER)]).0, Some(Code::Either));
    assert_eq!(state(&[declared, ("server.py", OLDER), ("new.py", NEWER)]).0, Some(Code::NewerOnly));
    let both = format!("try:\n    {NEWER}except ImportError:\n    {OLDER_IMPORT}");
    assert_eq!(state(&[declared, ("server.py", OLDER), ("compat.py", &both)]).0, Some(Code::Both));
    assert_eq!(state(&[declared, ("server.py", "print()\n")]).0, Some(Code::NoImports));
}

#[test]
fn a_project_counts_what_breaks_in_it() {
    let files = [("requirements.txt", "mcp<2\n"), ("server.py", OLDER), ("info.py", SILENT)];
    let report = report(&files, &rule::Rules::parse(&RULES).unwrap());
    let state = &report.projects[0];
    assert_eq!((state.breakages, state.silent), (2, 1));
    assert_eq!(report.silent(), 1);
}

#[test]
fn projects_of_one_name_are_judged_by_their_own_declarations() {
    let manifest = |requirement: &str| format!("[project]\nname = 'twin'\ndependencies = ['{requirement}']\n");
    let (open, bounded) = (manifest("mcp>=1.2"), manifest("mcp>=1.2,<2"));
    let files = [
        ("one/pyproject.toml", open.as_str()),
        ("one/server.py", OLDER),
        ("other/pyproject.toml", bounded.as_str()),
        ("other/server.py", OLDER),
    ];
    let report = report(&files, &rules());
    let severity = |path: &str| {
        let of_code = report.findings.iter().filter(|finding| finding.rule == "PY990" && finding.path == path);
        of_code.map(|finding| finding.severity.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(severity("one/server.py"), ["error"]);
    assert_eq!(severity("other/server.py"), ["note"]);
}
