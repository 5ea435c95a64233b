//! Forms of real repositories that a naive reader gets wrong: each is a small tree, what is found in it and where, and
//! every file that its safe fixes change. Nothing else is found, nothing else changes, and a second run changes
//! nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mcp_audit::fix::{self, Applicability};
use mcp_audit::report::Report;
use mcp_audit::rule::{self, Rules};
use mcp_audit::{ScanOptions, scan};

use crate::project::lay_out;

type Files<'a> = &'a [(&'a str, &'a str)];

/// A tree, its findings as `RULE path:line`, and the
/// files that are different after the fix.
struct Form<'a> {
    name: &'a str,
    files: Files<'a>,
    found: &'a [&'a str],
    fixed: Files<'a>,
}

fn scanned(root: &Path, rules: &Rules) -> Report {
    let options = ScanOptions { paths: vec![root.to_owned()], ..ScanOptions::default() };
    scan(&options, rules, &|| {}).unwrap()
}

/// A path as the tree has it.
fn inside<'a>(path: &'a str, root: &Path) -> &'a str {
    path.strip_prefix(root.to_str().unwrap()).unwrap_or(path).trim_start_matches('/')
}

/// Writes what the safe fixes of `report` make, as `scan --fix` does; every fix must prove itself.
fn write_fixes(report: &Report) {
    for file in report.files() {
        let of_file = report.findings.iter().filter(|finding| finding.path == file.path() && !finding.is_code());
        let fixes: Vec<_> = of_file
            .filter_map(|finding| finding.fix.as_ref())
            .filter(|fix| fix.applicability == Applicability::Safe)
            .collect();
        let sound = fix::verify(file, &fixes);
        assert_eq!(sound.len(), fixes.len(), "a fix of {} does not prove itself", file.path());
        fs::write(file.location(), fix::apply(file, &fixes).0).unwrap();
    }
}

fn read(root: &Path, files: Files<'_>) -> BTreeMap<String, String> {
    files.iter().map(|(path, _)| ((*path).to_owned(), fs::read_to_string(root.join(path)).unwrap())).collect()
}

fn check(form: &Form<'_>, rules: &Rules) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    lay_out(root, form.files);
    let report = scanned(root, rules);
    let found: Vec<String> = report
        .findings
        .iter()
        // What these forms are about is where declarations stand; the code beside them only shows its major.
        .filter(|finding| !finding.is_code())
        .map(|finding| format!("{} {}:{}", finding.rule, inside(&finding.path, root), finding.start.line))
        .collect();
    if found != form.found {
        let said: Vec<_> = report.findings.iter().map(|finding| (&finding.message, &finding.help)).collect();
        return Err(format!("{}: found {found:#?} instead of {:#?}\n{said:#?}", form.name, form.found));
    }
    write_fixes(&report);
    let once = read(root, form.files);
    write_fixes(&scanned(root, rules));
    if read(root, form.files) != once {
        return Err(format!("{}: the second fix changes what the first one made", form.name));
    }
    let mut expected: BTreeMap<String, String> =
        form.files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    expected.extend(form.fixed.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    if once != expected {
        return Err(format!("{}: the fix makes {once:#?}\ninstead of {expected:#?}", form.name));
    }
    Ok(())
}

fn hold(forms: &[Form<'_>]) {
    let rules = rule::embedded().unwrap();
    let failures: Vec<String> = forms.iter().filter_map(|form| check(form, &rules).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

const V1: &str = "from mcp.server.fastmcp import FastMCP\n";
const V2: &str = "from mcp.server.mcpserver import MCPServer\n";

#[test]
fn names_that_are_not_the_package() {
    hold(&[
        Form {
            name: "a repository that is itself named mcp, whose extra asks for itself",
            files: &[
                (
                    "pyproject.toml",
                    "[project]\nname = \"mcp\"\nversion = \"1\"\ndependencies = [\"anyio\"]\n\n[project.optional-dependencies]\nws = [\"websockets\"]\nall = [\"mcp[ws]\"]\n",
                ),
                ("src/mcp/__init__.py", "from mcp.client.session import ClientSession\n"),
                ("tests/test_a.py", "import mcp\nfrom mcp.server.fastmcp import FastMCP\n"),
                ("examples/simple/pyproject.toml", "[project]\nname = \"simple\"\ndependencies = [\"mcp\"]\n"),
                ("Dockerfile", "FROM python\nCOPY . .\nRUN pip install .\n"),
            ],
            found: &["DEP001 examples/simple/pyproject.toml:3"],
            fixed: &[("examples/simple/pyproject.toml", "[project]\nname = \"simple\"\ndependencies = [\"mcp<2\"]\n")],
        },
        Form {
            name: "a folder called mcp that is installed",
            files: &[
                ("mcp/pyproject.toml", "[project]\nname = \"our-tools\"\ndependencies = [\"httpx\"]\n"),
                (
                    "Dockerfile",
                    "FROM python\nRUN pip install -e mcp\nRUN pip install ./mcp && pip install -e ./mcp[dev]\n",
                ),
                ("Makefile", "install:\n\tpip install -e mcp\n\tuv pip install -e mcp/\n"),
            ],
            found: &[],
            fixed: &[],
        },
        Form {
            name: "an extra named mcp, and the extra of another package",
            files: &[
                (
                    "pyproject.toml",
                    "[project]\nname = \"x\"\ndependencies = [\"pydantic-ai[mcp]>=1\"]\n\n[project.optional-dependencies]\nmcp = [\"mcp>=1.2\"]\nall = [\"x[mcp]\"]\n",
                ),
                ("README.md", "```bash\npip install 'x[mcp]'\n```\n"),
                ("x.py", V1),
            ],
            found: &["DEP001 pyproject.toml:6"],
            fixed: &[(
                "pyproject.toml",
                "[project]\nname = \"x\"\ndependencies = [\"pydantic-ai[mcp]>=1\"]\n\n[project.optional-dependencies]\nmcp = [\"mcp>=1.2,<2\"]\nall = [\"x[mcp]\"]\n",
            )],
        },
        Form {
            name: "other projects' packages",
            files: &[
                ("requirements.txt", "fastmcp>=2\nmcp-types>=2\nmcpserver\nmcp_proxy\nmcp.extra\npytest-mcp\n"),
                (
                    "setup.py",
                    "from setuptools import setup\nsetup(name='x', keywords=['mcp'], entry_points={'mcp': ['mcp = mcp:main']})\n",
                ),
            ],
            found: &[],
            fixed: &[],
        },
        Form {
            name: "only fastmcp is declared, and mcp is imported",
            files: &[
                ("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"fastmcp>=2.8\"]\n"),
                ("src/x/server.py", "from fastmcp import FastMCP\nfrom mcp.types import TextContent\n"),
            ],
            found: &["DEP019 src/x/server.py:2"],
            fixed: &[],
        },
    ]);
}

#[test]
fn lists_that_stand_elsewhere() {
    hold(&[
        Form {
            name: "dependencies written by a build hook",
            files: &[
                (
                    "pyproject.toml",
                    "[project]\nname = \"x\"\ndynamic = [\"dependencies\"]\n\n[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n\n[tool.hatch.metadata.hooks.custom]\n",
                ),
                (
                    "hatch_build.py",
                    "class Hook:\n    def update(self, metadata):\n        metadata['dependencies'] = ['mcp>=1']\n",
                ),
                ("x/__init__.py", "import mcp\n"),
            ],
            found: &["DEP015 pyproject.toml:3"],
            fixed: &[],
        },
        Form {
            name: "setuptools reads a requirements file",
            files: &[
                (
                    "pyproject.toml",
                    "[project]\nname = \"x\"\ndynamic = [\"dependencies\"]\n\n[tool.setuptools.dynamic]\ndependencies = {file = [\"deps/base.list\"]}\n",
                ),
                ("deps/base.list", "mcp>=1.2\n"),
                ("x/__init__.py", V1),
            ],
            found: &["DEP001 deps/base.list:1"],
            fixed: &[("deps/base.list", "mcp>=1.2,<2\n")],
        },
        Form {
            name: "an .in file beside the .txt that is compiled from it",
            files: &[
                ("requirements.in", "mcp>=1.2\n"),
                (
                    "requirements.txt",
                    "#\n# This file is autogenerated by pip-compile with Python 3.12\n# by the following command:\n#\n#    pip-compile requirements.in\n#\nmcp==1.27.0\n    # via -r requirements.in\n",
                ),
                ("x.py", V1),
            ],
            found: &["DEP001 requirements.in:1"],
            fixed: &[("requirements.in", "mcp>=1.2,<2\n")],
        },
        Form {
            name: "a compiled file without pins is still not edited",
            files: &[(
                "requirements.txt",
                "# This file was autogenerated by uv via the following command:\n#    uv pip compile --no-strip-extras requirements.in\nmcp>=1.2\n",
            )],
            found: &["DEP001 requirements.txt:3"],
            fixed: &[],
        },
        Form {
            name: "environment.yml, whose pip list installs the project with an extra",
            files: &[
                (
                    "environment.yml",
                    "name: x\ndependencies:\n  - python=3.12\n  - pip\n  - pip:\n      - -e .[server]\n",
                ),
                (
                    "pyproject.toml",
                    "[project]\nname = \"x\"\ndependencies = []\n\n[project.optional-dependencies]\nserver = [\n  'mcp[cli]',  # the SDK\n]\n",
                ),
                ("x/__init__.py", V1),
            ],
            found: &["DEP001 pyproject.toml:7"],
            fixed: &[(
                "pyproject.toml",
                "[project]\nname = \"x\"\ndependencies = []\n\n[project.optional-dependencies]\nserver = [\n  'mcp[cli]<2',  # the SDK\n]\n",
            )],
        },
        Form {
            name: "an install command built as a Python list, and tests that assert the pin",
            files: &[
                ("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"mcp>=1.2,<2\"]\n"),
                (
                    "x/install.py",
                    "import subprocess\n\nCMD = [\"uv\", \"run\", \"--with\", \"mcp>=1.2\", \"server.py\"]\nsubprocess.run(CMD)\n",
                ),
                (
                    "tests/test_install.py",
                    "def test_command(cmd):\n    assert cmd == [\"uv\", \"run\", \"--with\", \"mcp>=1.2\", \"server.py\"]\n    assert \"mcp>=1.2\" in cmd\n",
                ),
            ],
            found: &["DEP001 x/install.py:3"],
            fixed: &[(
                "x/install.py",
                "import subprocess\n\nCMD = [\"uv\", \"run\", \"--with\", \"mcp>=1.2,<2\", \"server.py\"]\nsubprocess.run(CMD)\n",
            )],
        },
        Form {
            name: "requirements in a folder of their own, for the code above it",
            files: &[("server.py", V1), ("docker/requirements.txt", "mcp>=1.2\n")],
            found: &["DEP001 docker/requirements.txt:1"],
            fixed: &[("docker/requirements.txt", "mcp>=1.2,<2\n")],
        },
        Form {
            name: "requirements of an image do not declare what a published package needs",
            files: &[
                ("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"anyio\"]\n"),
                ("x/server.py", V1),
                ("docker/requirements.txt", "mcp>=1.2,<2\n"),
            ],
            found: &["DEP019 x/server.py:1"],
            fixed: &[],
        },
        Form {
            name: "commands run in another folder than their file's, one with a constraint",
            files: &[
                (
                    ".github/workflows/ci.yml",
                    "jobs:\n  mcp:\n    steps:\n      - run: pip install -r server/reqs.list\n",
                ),
                (
                    ".github/workflows/held.yml",
                    "jobs:\n  a:\n    steps:\n      - run: pip install -c server/limits.list mcp\n",
                ),
                ("server/reqs.list", "mcp\n"),
                ("server/limits.list", "mcp<2\n"),
                ("server/a.py", V1),
            ],
            found: &["DEP003 .github/workflows/held.yml:4", "DEP001 server/reqs.list:1"],
            fixed: &[("server/reqs.list", "mcp<2\n")],
        },
    ]);
}

#[test]
fn specifiers_in_their_own_style() {
    hold(&[
        Form {
            name: "old parentheses",
            files: &[
                (
                    "pyproject.toml",
                    "[project]\nname = \"x\"\ndependencies = [\n    \"mcp[cli] (>=1.29,<1.30)\",\n]\n\n[dependency-groups]\ndev = [\"mcp[cli] (>=1.29)\", \"mcp (>= 1.2, != 1.5)\"]\n",
                ),
                ("x.py", V1),
            ],
            found: &["DEP001 pyproject.toml:8", "DEP001 pyproject.toml:8"],
            fixed: &[(
                "pyproject.toml",
                "[project]\nname = \"x\"\ndependencies = [\n    \"mcp[cli] (>=1.29,<1.30)\",\n]\n\n[dependency-groups]\ndev = [\"mcp[cli] (>=1.29,<2)\", \"mcp (>= 1.2, != 1.5, < 2)\"]\n",
            )],
        },
        Form {
            name: "an extra that the next major dropped",
            files: &[
                ("requirements.txt", "mcp[ws]>=1.8\n"),
                ("x.py", "from mcp.client.websocket import websocket_client\n"),
            ],
            found: &["DEP001 requirements.txt:1", "DEP010 requirements.txt:1"],
            fixed: &[("requirements.txt", "mcp[ws]>=1.8,<2\n")],
        },
        Form {
            name: "<3 on purpose in code that supports both majors",
            files: &[
                ("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"mcp>=1.27,<3\"]\n"),
                (
                    "x/server.py",
                    "try:\n    from mcp.server.mcpserver import MCPServer\nexcept ImportError:\n    from mcp.server.fastmcp import FastMCP as MCPServer\n",
                ),
            ],
            found: &["DEP005 pyproject.toml:3"],
            fixed: &[],
        },
        Form {
            name: "no bound in code that supports both majors",
            files: &[
                ("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"mcp>=1.27\"]\n"),
                (
                    "x/server.py",
                    "try:\n    from mcp.server.mcpserver import MCPServer\nexcept ImportError:\n    from mcp.server.fastmcp import FastMCP as MCPServer\n",
                ),
            ],
            found: &["DEP024 pyproject.toml:3"],
            fixed: &[("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"mcp>=1.27,<3\"]\n")],
        },
        Form {
            name: "code that is on the newer major already, where it stands above the file that installs it",
            files: &[
                ("server.py", V2),
                ("requirements.txt", "mcp\n"),
                ("docker/base/requirements.txt", "mcp[cli]\n"),
                ("docker/Dockerfile", "FROM python\nRUN pip install mcp\n"),
            ],
            found: &[
                "DEP024 docker/Dockerfile:2",
                "DEP024 docker/base/requirements.txt:1",
                "DEP024 requirements.txt:1",
            ],
            fixed: &[
                ("docker/Dockerfile", "FROM python\nRUN pip install \"mcp<3\"\n"),
                ("docker/base/requirements.txt", "mcp[cli]<3\n"),
                ("requirements.txt", "mcp<3\n"),
            ],
        },
        Form {
            name: "an example whose imports fit both majors, below code that is on the newer one",
            files: &[
                ("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"mcp>=2,<3\"]\n"),
                ("x/server.py", V2),
                ("examples/a/requirements.txt", "mcp>=1.0.0\n"),
                ("examples/a/client.py", "from mcp import ClientSession\n"),
            ],
            found: &["DEP024 examples/a/requirements.txt:1"],
            fixed: &[("examples/a/requirements.txt", "mcp>=1.0.0,<3\n")],
        },
        Form {
            name: "a member of the SDK's own workspace: its maintainers release both",
            files: &[
                (
                    "pyproject.toml",
                    "[project]\nname = \"mcp\"\n\n[tool.uv.workspace]\nmembers = [\"a\"]\n\n[tool.uv.sources]\nmcp = { workspace = true }\n",
                ),
                (
                    "a/pyproject.toml",
                    "[project]\nname = \"a\"\ndependencies = [\"mcp\"]\n\n[build-system]\nrequires = [\"hatchling\"]\n",
                ),
                ("a/client.py", "from mcp import ClientSession\n"),
            ],
            found: &[],
            fixed: &[],
        },
        Form {
            name: "a test that is skipped where the newer major is not installed says nothing of the code",
            files: &[
                ("requirements.txt", "mcp\n"),
                ("tests/test_a.py", "import pytest\n\ntypes = pytest.importorskip('mcp_types')\n"),
                ("x.py", V1),
            ],
            found: &["DEP001 requirements.txt:1"],
            fixed: &[("requirements.txt", "mcp<2\n")],
        },
        Form {
            name: "code of which a part has moved: which bound is right is not for a tool to say",
            files: &[("requirements.txt", "mcp\n"), ("new.py", V2), ("old.py", V1)],
            found: &["DEP001 requirements.txt:1"],
            fixed: &[],
        },
    ]);
}

const UV_LOCK: &str = "version = 1\n\n[[package]]\nname = \"x\"\nversion = \"0.1.0\"\nsource = { editable = \".\" }\ndependencies = [{ name = \"mcp\" }]\n\n[package.metadata]\nrequires-dist = [{ name = \"mcp\", specifier = \">=1.2\" }]\n\n[[package]]\nname = \"mcp\"\nversion = \"1.27.0\"\nsource = { registry = \"https://index.example/simple\" }\n";

#[test]
fn locks_say_what_is_installed_and_are_not_edited() {
    hold(&[
        Form {
            name: "uv.lock repeats the specifier",
            files: &[
                ("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"mcp>=1.2\"]\n"),
                ("uv.lock", UV_LOCK),
            ],
            found: &["DEP001 pyproject.toml:3"],
            fixed: &[("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"mcp>=1.2,<2\"]\n")],
        },
        Form {
            name: "one lock with both majors under markers: bounding at the older one would take the newer away",
            files: &[
                ("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"mcp>=1.2\"]\n"),
                (
                    "uv.lock",
                    "version = 1\n\n[[package]]\nname = \"mcp\"\nversion = \"1.30.0\"\nresolution-markers = [\"python_full_version < '3.12'\"]\n\n[[package]]\nname = \"mcp\"\nversion = \"2.3.0\"\nresolution-markers = [\"python_full_version >= '3.12'\"]\n",
                ),
                ("x.py", "import mcp\n"),
            ],
            found: &["DEP001 pyproject.toml:3", "DEP022 uv.lock:9"],
            fixed: &[("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"mcp>=1.2,<3\"]\n")],
        },
    ]);
}

/// The lock that each declaration is shown with.
#[test]
fn a_lock_is_named_only_where_an_install_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for (path, text) in [
        ("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"mcp>=1.2\"]\n"),
        ("uv.lock", UV_LOCK),
        ("requirements.txt", "mcp>=1.2\n"),
        ("tox.ini", "[testenv]\ndeps = mcp>=1.2\n"),
        ("Dockerfile", "FROM python\nRUN pip install 'mcp>=1.2'\n"),
        ("tool.py", "# /// script\n# dependencies = [\"mcp>=1.2\"]\n# ///\nimport mcp\n"),
        ("locked.py", "# /// script\n# dependencies = [\"mcp>=1.2\"]\n# ///\nimport mcp\n"),
        ("locked.py.lock", "version = 1\n\n[[package]]\nname = \"mcp\"\nversion = \"1.26.0\"\n"),
    ] {
        fs::write(root.join(path), text).unwrap();
    }
    let report = scanned(root, &rule::embedded().unwrap());
    let locked: BTreeMap<&str, bool> =
        report.declarations.iter().map(|row| (inside(&row.path, root), row.locked.is_some())).collect();
    let expected = [
        ("Dockerfile", false),
        ("locked.py", true),
        ("pyproject.toml", true),
        ("requirements.txt", false),
        ("tool.py", false),
        ("tox.ini", false),
    ];
    assert_eq!(locked, BTreeMap::from(expected));
    let script = report.declarations.iter().find(|row| inside(&row.path, root) == "locked.py").unwrap();
    assert!(script.locked.as_deref().unwrap().starts_with("1.26.0"), "{script:?}");
}

/// What both majors have is no sign of either, and a lock that is not there hides nothing.
#[test]
fn help_says_only_what_was_seen() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let manifest =
        "[project]\nname = \"x\"\ndependencies = [\"mcp>=1.2\"]\n\n[build-system]\nrequires = [\"hatchling\"]\n";
    fs::write(root.join("pyproject.toml"), manifest).unwrap();
    fs::write(root.join("x.py"), "from mcp import ClientSession\n").unwrap();
    let rules = rule::embedded().unwrap();
    let help = scanned(root, &rules).findings[0].help.join("\n");
    assert!(!help.contains("imports") && !help.contains("is not published"), "{help}");
    fs::write(root.join("x.py"), V1).unwrap();
    fs::write(root.join("uv.lock"), UV_LOCK).unwrap();
    let help = scanned(root, &rules).findings[0].help.join("\n");
    for part in ["holds 1.27.0 today", "is not published", "`mcp.server.fastmcp.FastMCP`"] {
        assert!(help.contains(part), "{part} in {help}");
    }
}

#[test]
fn crates_in_workspaces() {
    hold(&[
        Form {
            name: "a member inherits the version, and asks for a feature that it no longer has",
            files: &[
                ("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\"]\n\n[workspace.dependencies]\nrmcp = \"1.6\"\n"),
                (
                    "a/Cargo.toml",
                    "[package]\nname = \"a\"\n\n[dependencies]\nrmcp = { workspace = true, features = [\"server\"] }\n",
                ),
                (
                    "b/Cargo.toml",
                    "[package]\nname = \"b\"\n\n[dependencies]\nrmcp = { workspace = true, features = [\"transport-sse-server\"] }\n",
                ),
            ],
            found: &["DEP104 b/Cargo.toml:5"],
            fixed: &[],
        },
        Form {
            name: "an open range at the root is fixed there and nowhere else",
            files: &[
                (
                    "Cargo.toml",
                    "[workspace]\nmembers = [\"a\"]\n\n[workspace.dependencies]\nrmcp = { version = \">=1.6\" }\n",
                ),
                (
                    "Cargo.lock",
                    "version = 4\n\n[[package]]\nname = \"rmcp\"\nversion = \"1.6.0\"\nsource = \"registry\"\n",
                ),
                ("a/Cargo.toml", "[package]\nname = \"a\"\n\n[dependencies]\nrmcp.workspace = true\n"),
            ],
            found: &["DEP101 Cargo.toml:5"],
            fixed: &[(
                "Cargo.toml",
                "[workspace]\nmembers = [\"a\"]\n\n[workspace.dependencies]\nrmcp = { version = \">=1.6, <2\" }\n",
            )],
        },
        Form {
            name: "cargo add without a version takes the newest release",
            files: &[
                ("README.md", "```sh\ncargo add rmcp --features server\n```\n"),
                (
                    "setup.sh",
                    "cargo add rmcp@1.8\ncargo add --git https://example.org/rmcp --tag v1 rmcp\ncargo add rmcp\n",
                ),
                (
                    "Cargo.lock",
                    "version = 4\n\n[[package]]\nname = \"rmcp\"\nversion = \"1.6.0\"\nsource = \"registry\"\n",
                ),
            ],
            found: &["DEP101 setup.sh:3"],
            fixed: &[],
        },
    ]);
}

/// The fix of a server that Python code starts is written as the list it stands in, and not offered for a word that a
/// name stands for.
#[test]
fn a_server_started_by_python_code_gets_its_bound() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let text = "A = {\"command\": \"uvx\", \"args\": [\n    \"mcp-server-a\",\n]}\nTOOL = \"mcp-server-b\"\nB = {\"command\": \"uvx\", \"args\": [TOOL]}\n";
    fs::write(root.join("app.py"), text).unwrap();
    let report = scanned(root, &rule::embedded().unwrap());
    let file = report.files().find(|file| file.name() == "app.py").unwrap();
    let launches: Vec<_> = report.findings.iter().filter(|finding| finding.rule == "DEP018").collect();
    let fixes: Vec<_> = launches.iter().filter_map(|finding| finding.fix.as_ref()).collect();
    assert_eq!((launches.len(), fixes.len()), (2, 1));
    assert_eq!(fix::verify(file, &fixes), [0]);
    let (bytes, _) = fix::apply(file, &fixes);
    let expected = text.replace("\"mcp-server-a\"", "\"--with\", \"mcp<2\", \"mcp-server-a\"");
    assert_eq!(String::from_utf8(bytes).unwrap(), expected);
}

/// Prose is not run and a constraint asks for nothing, so neither exposes anybody.
#[test]
fn what_installs_nothing_is_not_counted_as_exposed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("README.md"), "```sh\npip install mcp\ncargo add rmcp\n```\n").unwrap();
    fs::write(root.join("constraints.txt"), "mcp>=1.2\n").unwrap();
    fs::write(root.join("requirements.txt"), "mcp>=1.2,<2\n").unwrap();
    let report = scanned(root, &rule::embedded().unwrap());
    let scopes: Vec<_> = report.declarations.iter().map(|row| row.scope.as_str()).collect();
    assert_eq!(scopes, ["documentation", "documentation", "constraint", "requirements"]);
    assert_eq!(report.projects.iter().map(|project| project.exposed).sum::<usize>(), 0);
}
