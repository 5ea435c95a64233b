//! Whole files of every shape, compared by the bytes that their spans cover.

use super::super::tables::testing::{includes, located, rows};
use super::*;

fn check(text: &str, expected: &[&str]) {
    assert_eq!(rows(&Pyproject, text), expected, "{text}");
}

#[test]
fn standard_tables_in_every_toml_style() {
    check(
        "\u{feff}[project]\r\nname = 'x'\r\ndependencies = [\r\n  # why\r\n  'MCP[cli] >= 1.2 ; python_version > \"3.9\"', # here\r\n  \"httpx\",\r\n]\r\n",
        &[
            "Runtime project.dependencies: MCP[cli] >= 1.2 | <>= 1.2> | cli ; python_version > \"3.9\"",
            "Runtime project.dependencies: httpx | <>",
        ],
    );
    check(
        "project.dependencies = [\"mcp[cli] (>=1.29,<1.30)\"]\nproject.optional-dependencies.mcp = ['mcp',]\n\
         build-system.requires = ['hatchling']\ndependency-groups = { dev = ['mcp>=1', {include-group = 'test'}] }\n",
        &[
            "Runtime project.dependencies: mcp[cli] (>=1.29,<1.30) | <>=1.29,<1.30> | cli",
            "Extra(\"mcp\") project.optional-dependencies.mcp: mcp | <>",
            "Group(\"dev\") dependency-groups.dev: mcp>=1 | <>=1>",
            "Build build-system.requires: hatchling | <>",
        ],
    );
    check(
        "[project]\ndependencies = [\"mcp @ git+https://h/mcp@v1\", \"\\u006dcp\\u003e=1\", '''mcp<2''']\n",
        &[
            "Runtime project.dependencies: mcp @ git+https://h/mcp@v1 | Git(GitReference { url: \"https://h/mcp\", revision: Some(\"v1\"), branch: None })",
            "Runtime project.dependencies: \\u006dcp\\u003e=1 | <\\u003e=1>",
            "Runtime project.dependencies: mcp<2 | <<2>",
        ],
    );
    check(
        "[tool.flit.metadata]\nmodule = 'x'\nrequires = ['mcp']\n[tool.flit.metadata.requires-extra]\nt = ['mcp>1']\n",
        &[
            "Runtime tool.flit.metadata.requires: mcp | <>",
            "Extra(\"t\") tool.flit.metadata.requires-extra.t: mcp>1 | <>1>",
        ],
    );
}

#[test]
fn wrong_shapes_are_problems_and_the_rest_is_read() {
    let text =
        "[project]\ndependencies = ['mcp[cli>=1', 3, 'mcp<2', '', '  ']\n[project.optional-dependencies]\na = 'mcp'\n";
    let (file, found) = located(&Pyproject, text);
    let problems: Vec<_> =
        found.problems.iter().map(|one| (file.slice(one.span), one.message.as_str(), one.whole_file)).collect();
    assert_eq!(
        problems,
        [
            ("mcp[cli>=1", "`[` is not closed", false),
            ("3", "`project.dependencies` holds something that is not a string", false),
            ("'mcp'", "`project.optional-dependencies.a` is not a list of strings", false),
        ]
    );
    assert_eq!(found.requirements.len(), 1);
    for broken in ["[project\n", "a = [", "\0", "[tool.poetry]\nname = \"{{ x }}\nb", "a = 1\na = 2\n"] {
        let (_, found) = located(&Pyproject, broken);
        assert!(found.problems.len() == 1 && found.problems[0].whole_file, "{broken:?}: {found:?}");
        assert!(found.project.is_none());
    }
    for odd in ["project = 1\ntool = []\n", "[tool]\npoetry = 1\nuv = 'x'\nhatch = [1]\npixi = 2\ntox = 3\npdm = 4\n"] {
        located(&Pyproject, odd);
    }
    let deep = format!("a = {}", "[".repeat(100_000));
    assert!(located(&Pyproject, &deep).1.problems[0].whole_file);
}

#[test]
fn projects_know_whether_they_are_published() {
    let build = "[build-system]\nrequires = []\n";
    for (text, name, publishes) in [
        ("", None, false),
        ("[tool.ruff]\nline-length = 1\n", None, false),
        ("[dependency-groups]\na = []\n[build-system]\nrequires = []\n", None, false),
        ("[project]\nname = 'My_Server.x'\n", Some("my-server-x"), false),
        (&format!("[project]\nname = 'a'\n{build}"), Some("a"), true),
        ("[project]\nname = 'a'\n[tool.uv]\npackage = true\n", Some("a"), true),
        (&format!("[project]\nname = 'a'\nclassifiers = ['Private :: Do Not Upload']\n{build}"), Some("a"), false),
        ("[tool.poetry]\nname = 'a'\n", Some("a"), true),
        (&format!("[tool.poetry]\nname = 'a'\npackage-mode = false\n{build}"), Some("a"), false),
        ("[tool.poetry]\npackage-mode = false\n", None, false),
    ] {
        let project = located(&Pyproject, text).1.project.unwrap();
        assert_eq!((project.name.as_deref(), project.publishes), (name, publishes), "{text}");
    }
}

#[test]
fn dynamic_lists_name_what_makes_them() {
    let head = "[project]\nname = 'a'\ndynamic = ['version', \"dependencies\"]\n";
    for (rest, by, reads) in [
        ("", Some("setup.py or setup.cfg"), vec![]),
        ("[build-system]\nbuild-backend = 'setuptools.build_meta'\n", Some("setup.py or setup.cfg"), vec![]),
        ("[build-system]\nbuild-backend = 'mesonpy'\n", Some("the build backend mesonpy"), vec![]),
        ("[tool.hatch.metadata.hooks.custom]\n", Some("the hook hatch_build.py"), vec![]),
        ("[tool.hatch.metadata.hooks.custom]\npath = 'h.py'\n", Some("the hook h.py"), vec![]),
        ("[tool.hatch.metadata.hooks.other]\n", Some("the metadata hook `other`"), vec![]),
        (
            "[build-system]\nbuild-backend = 'hatchling.build'\n[tool.hatch.metadata.hooks.vcs]\n",
            Some("the build backend hatchling.build"),
            vec![],
        ),
        (
            "[tool.hatch.metadata.hooks.requirements_txt]\nfiles = ['r.txt']\n[tool.hatch.metadata.hooks.requirements_txt.optional-dependencies]\ncli = ['c.txt']\n",
            None,
            vec!["Requirements r.txt | r.txt", "Requirements c.txt | c.txt"],
        ),
        (
            "[tool.setuptools.dynamic]\ndependencies = {file = ['requirements.txt', \"more.txt\"]}\noptional-dependencies.x = {file = 'x.txt'}\n",
            None,
            vec![
                "Requirements requirements.txt | requirements.txt",
                "Requirements more.txt | more.txt",
                "Requirements x.txt | x.txt",
            ],
        ),
        (
            "[tool.poetry.dependencies]\nmcp = '1'\n[build-system]\nbuild-backend = 'poetry.core.masonry.api'\n",
            None,
            vec![],
        ),
    ] {
        let text = format!("{head}{rest}");
        let (file, found) = located(&Pyproject, &text);
        let computed: Vec<_> =
            found.computed.iter().map(|one| (file.slice(one.span), one.table.as_str(), one.by.as_str())).collect();
        let expected: Vec<_> = by.iter().map(|by| ("dependencies", "project.dependencies", *by)).collect();
        assert_eq!(computed, expected, "{text}");
        assert_eq!(includes(&Pyproject, &text), reads, "{text}");
    }
}

#[test]
fn templates_stand_where_they_are_filled() {
    let text = "project.dynamic = ['dependencies']\n[tool.hatch.metadata.hooks.uv-dynamic-versioning]\n\
                dependencies = [\"mcp-types=={{ version }}\", 'mcp[cli] >=1', \"x\"]\n\
                optional-dependencies.all = ['mcp=={{ version }} ; python_version > \"3\"']\n";
    const HOOK: &str = "tool.hatch.metadata.hooks.uv-dynamic-versioning";
    check(
        text,
        &[
            &format!(
                "Runtime {HOOK}.dependencies: mcp-types=={{{{ version }}}} | Computed(\"=={{{{ version }}}}\") ! Computed"
            ),
            &format!("Runtime {HOOK}.dependencies: mcp[cli] >=1 | <>=1> | cli"),
            &format!("Runtime {HOOK}.dependencies: x | <>"),
            &format!(
                "Extra(\"all\") {HOOK}.optional-dependencies.all: mcp=={{{{ version }}}} | Computed(\"=={{{{ version }}}}\") ; python_version > \"3\" ! Computed"
            ),
        ],
    );
    assert!(located(&Pyproject, text).1.computed.is_empty());
}

#[test]
fn poetry_in_all_its_forms() {
    const NO_VERSION: &str = "Form(\"the entry names no version; add a `version` key by hand\")";
    check(
        "[tool.poetry]\nname = 'a'\nextras = { cli = ['MCP_x'], all = ['mcp-x', 'y'] }\n\
         [tool.poetry.dependencies]\npython = '^3.10'\n\"mcp\" = \"^1.2\"\nMCP_x = {version = '>=1', extras = [\"cli\"], optional = true, python = '<4'} # c\n\
         b = [\n  {version = '<2', markers = \"a == 'b'\"}, # one\n  { version = \">=2\", platform = 'linux' },\n]\n\
         c = { git = 'https://h/c.git', branch = 'main' }\nd = { git = \"ssh://h/d\", tag = 'v1' }\n\
         e = { path = '../e', develop = true, extras = ['z'] }\nf = { url = 'https://h/f.whl' }\ng = { extras = ['q'] }\nh = ''\n",
        &[
            "Runtime tool.poetry.dependencies: \"mcp\" = \"^1.2\" | <^1.2>",
            "Extra(\"cli\") tool.poetry.dependencies: MCP_x = {version = '>=1', extras = [\"cli\"], optional = true, python = '<4'} | <>=1> | cli ; python <4",
            "Runtime tool.poetry.dependencies: {version = '<2', markers = \"a == 'b'\"} | <<2> ; a == 'b'",
            "Runtime tool.poetry.dependencies: { version = \">=2\", platform = 'linux' } | <>=2> ; sys_platform == 'linux'",
            "Runtime tool.poetry.dependencies: c = { git = 'https://h/c.git', branch = 'main' } | Git(GitReference { url: \"https://h/c.git\", revision: None, branch: Some(\"main\") })",
            "Runtime tool.poetry.dependencies: d = { git = \"ssh://h/d\", tag = 'v1' } | Git(GitReference { url: \"ssh://h/d\", revision: Some(\"v1\"), branch: None })",
            "Runtime tool.poetry.dependencies: e = { path = '../e', develop = true, extras = ['z'] } | Path(\"../e\") | z",
            "Runtime tool.poetry.dependencies: f = { url = 'https://h/f.whl' } | Url(\"https://h/f.whl\")",
            &format!("Runtime tool.poetry.dependencies: g = {{ extras = ['q'] }} | <> | q ! {NO_VERSION}"),
            "Runtime tool.poetry.dependencies: h = '' | <>",
        ],
    );
    check(
        "[tool.poetry.dependencies.mcp]\r\nversion = \"^1.2\"\r\nextras = ['cli']\r\n\
         [tool.poetry.dev-dependencies]\r\nmcp.version = '*'\r\nmcp.extras = ['ws']\r\n\
         [tool.poetry.group.test.dependencies]\r\npython = '3'\r\nmcp = '~1'\r\n\
         [[tool.poetry.group.t.dependencies.mcp]]\r\nversion = '1.*'\r\n[[tool.poetry.group.t.dependencies.mcp]]\r\ngit = 'g'\r\n\
         [tool.poetry.build-constraints]\r\nmcp = { setuptools = '<78' }\r\n",
        &[
            "Runtime tool.poetry.dependencies: ^1.2 | <^1.2> | cli",
            "Group(\"dev\") tool.poetry.dev-dependencies: mcp.version = '*' | <*> | ws",
            "Group(\"test\") tool.poetry.group.test.dependencies: mcp = '~1' | <~1>",
            "Group(\"t\") tool.poetry.group.t.dependencies: 1.* | <1.*>",
            "Group(\"t\") tool.poetry.group.t.dependencies: 'g' | Git(GitReference { url: \"g\", revision: None, branch: None })",
            "Constraint tool.poetry.build-constraints.mcp: setuptools = '<78' | <<78>",
        ],
    );
    let (_, found) =
        located(&Pyproject, "[tool.poetry.dependencies]\nMcp = { version = '^1', extras = [\n 'cli', # c\n] }\n");
    assert_eq!(found.requirements[0].text, "Mcp = { version = '^1', extras = ['cli'] }");
    assert_eq!(
        (found.requirements[0].name.as_str(), found.requirements[0].dialect),
        ("mcp", crate::requirement::Dialect::Poetry)
    );
}

#[test]
fn poetry_beside_a_list_of_the_project_only_adds_detail() {
    check(
        "[project]\ndependencies = ['mcp>=1', 'b', 'c']\n[tool.poetry.dependencies]\nmcp = '<2'\nb = {source = 'corp'}\nc = {git = 'g'}\n",
        &[
            "Runtime project.dependencies: mcp>=1 | <>=1>",
            "Runtime project.dependencies: b | <>",
            "Runtime project.dependencies: c | <>",
            "Constraint tool.poetry.dependencies: mcp = '<2' | <<2>",
            "Override tool.poetry.dependencies: c = {git = 'g'} | Git(GitReference { url: \"g\", revision: None, branch: None })",
        ],
    );
    check(
        "[project]\ndynamic = ['dependencies']\n[project.optional-dependencies]\na = ['z']\n[dependency-groups]\nt = ['mcp>=1']\n\
         [tool.poetry.dependencies]\nmcp = '*'\nz = { version = '>1', optional = true }\n[tool.poetry.group.t.dependencies]\nmcp = '<2'\n",
        &[
            "Extra(\"a\") project.optional-dependencies.a: z | <>",
            "Group(\"t\") dependency-groups.t: mcp>=1 | <>=1>",
            "Runtime tool.poetry.dependencies: mcp = '*' | <*>",
            "Constraint tool.poetry.dependencies: z = { version = '>1', optional = true } | <>1>",
            "Constraint tool.poetry.group.t.dependencies: mcp = '<2' | <<2>",
        ],
    );
}

#[test]
fn pdm_rye_and_uv() {
    let text = "[tool.pdm.dev-dependencies]\ntest = ['mcp>=1', \"-e file:///${PROJECT_ROOT}/pkg#egg=my_pkg\", '-r dev.txt']\n\
                [tool.pdm.resolution.overrides]\nmcp = '1.9.4'\nhttpx = '>=0.2'\np = 'file:///${PROJECT_ROOT}/p.whl'\n\
                [tool.rye]\ndev-dependencies = ['mcp']\n";
    check(
        text,
        &[
            "Group(\"test\") tool.pdm.dev-dependencies.test: mcp>=1 | <>=1>",
            "Group(\"test\") tool.pdm.dev-dependencies.test: -e file:///${PROJECT_ROOT}/pkg#egg=my_pkg | Path(\"file:///${PROJECT_ROOT}/pkg#egg=my_pkg\")",
            "Override tool.pdm.resolution.overrides: mcp = '1.9.4' | <1.9.4> ! Form(\"the override is a bare version, which is an exact pin; change it by hand\")",
            "Override tool.pdm.resolution.overrides: httpx = '>=0.2' | <>=0.2>",
            "Override tool.pdm.resolution.overrides: p = 'file:///${PROJECT_ROOT}/p.whl' | Path(\"file:///${PROJECT_ROOT}/p.whl\")",
            "Group(\"dev\") tool.rye.dev-dependencies: mcp | <>",
        ],
    );
    assert_eq!(
        includes(&Pyproject, text),
        ["Project { extras: [] } pkg | -e file:///${PROJECT_ROOT}/pkg#egg=my_pkg", "Requirements dev.txt | -r dev.txt"]
    );
    let pin = located(&Pyproject, text).1.requirements.swap_remove(2);
    assert!(pin.versions().unwrap().unwrap().exact.is_some());

    let limits = "constraint-dependencies = ['mcp<2']\noverride-dependencies = [\"mcp>=2\"]\nbuild-constraint-dependencies = ['x<1']\n";
    let sources = "dev-dependencies = ['mcp']\nextra-build-dependencies = { y = ['z', {requirement = 'mcp', match-runtime = true}] }\n\
                   sources.mcp = [{ git = 'g', rev = 'r', marker = \"m == 'x'\" }, { index = 'i' }]\nsources.w = { workspace = true }\n\
                   sources.i = { index = 'i' }\nsources.f = { path = './f', editable = true }\n";
    for (format, prefix, text) in [
        (&Pyproject as &dyn Format, "tool.uv.", format!("[tool.uv]\n{limits}{sources}")),
        (&UvToml, "", limits.to_owned()),
    ] {
        let expected = [
            "Group(\"dev\") @dev-dependencies: mcp | <>",
            "Constraint @constraint-dependencies: mcp<2 | <<2>",
            "Override @override-dependencies: mcp>=2 | <>=2>",
            "Constraint @build-constraint-dependencies: x<1 | <<1>",
            "Build @extra-build-dependencies.y: z | <>",
            "Build @extra-build-dependencies.y: mcp | <>",
            "Override @sources: { git = 'g', rev = 'r', marker = \"m == 'x'\" } | Git(GitReference { url: \"g\", revision: Some(\"r\"), branch: None }) ; m == 'x'",
            "Override @sources: w = { workspace = true } | Path(\"workspace\")",
            "Override @sources: f = { path = './f', editable = true } | Path(\"./f\")",
        ];
        let expected: Vec<_> = expected.iter().map(|row| row.replace('@', prefix)).collect();
        let range = if prefix.is_empty() { 1..4 } else { 0..9 };
        assert_eq!(rows(format, &text), expected[range]);
    }
}

#[test]
fn environments_of_hatch_and_tox() {
    let hatch = "[#envs.test]\ndependencies = ['mcp[cli]>=1']\nextra-dependencies = [\"mcp\"]\nfeatures = ['cli', \"ws\"]\n\
                 [#envs.test.overrides]\nmatrix.mcp.dependencies = [{ value = 'mcp<2', if = ['1'] }, 'mcp>=2']\n\
                 platform.linux.set-extra-dependencies = ['x']\nmatrix.mcp.python = '3'\n\
                 [#build.targets.wheel.hooks.mypyc]\ndependencies = ['mcp']\n";
    for (format, prefix) in [(&Pyproject as &dyn Format, "tool.hatch."), (&HatchToml, "")] {
        let text = hatch.replace('#', prefix);
        let expected = [
            "Environment(\"test\") #envs.test.dependencies: mcp[cli]>=1 | <>=1> | cli",
            "Environment(\"test\") #envs.test.extra-dependencies: mcp | <>",
            "Environment(\"test\") #envs.test.overrides.matrix.mcp.dependencies: mcp<2 | <<2>",
            "Environment(\"test\") #envs.test.overrides.matrix.mcp.dependencies: mcp>=2 | <>=2>",
            "Environment(\"test\") #envs.test.overrides.platform.linux.set-extra-dependencies: x | <>",
            "Build #build.targets.wheel.hooks.mypyc.dependencies: mcp | <>",
        ];
        assert_eq!(rows(format, &text), expected.map(|row| row.replace('#', prefix)));
        assert_eq!(includes(format, &text), ["Project { extras: [\"cli\", \"ws\"] } . | ['cli', \"ws\"]"]);
    }
    let tox = "#requires = ['tox>=4']\n#env_run_base.deps = ['mcp>=1', '-r r.txt', '-cc.txt', '.[cli]', {replace = 'ref'}]\n\
               #env.py310.deps = \"\"\"\nmcp  # c\n-e ./y\nz @ git+https://h/z#egg=z\n\"\"\"\n#env.py310.commands = [['pip', 'install', 'mcp']]\n";
    for (format, prefix) in [(&Pyproject as &dyn Format, "tool.tox."), (&ToxToml, "")] {
        let text = tox.replace("\n#", &format!("\n{prefix}")).replacen('#', prefix, 1);
        let expected = [
            "Environment(\"tox\") #requires: tox>=4 | <>=4>",
            "Environment(\"env_run_base\") #env_run_base.deps: mcp>=1 | <>=1>",
            "Environment(\"py310\") #env.py310.deps: mcp | <>",
        ];
        let rows = rows(format, &text);
        assert_eq!(rows[..3], expected.map(|row| row.replace('#', prefix)));
        assert!(rows[3].contains("z @ git+https://h/z#egg=z"), "{rows:?}");
        assert_eq!(
            includes(format, &text),
            [
                "Requirements r.txt | -r r.txt",
                "Constraints c.txt | -cc.txt",
                "Project { extras: [\"cli\"] } . | .[cli]",
                "Project { extras: [] } ./y | -e ./y"
            ]
        );
    }
}

#[test]
fn an_ini_inside_a_string_is_read_as_one() {
    for text in [
        "[tool.tox]\nlegacy_tox_ini = \"\"\"\n[testenv]\ndeps =\n    py310: mcp>=1\ncommands = {envpython} -m pip install mcp>=1\n\"\"\"\n",
        "[tool.tox]\nlegacy_tox_ini = \"[testenv]\\ndeps =\\n\\tmcp>=1\\ncommands =\\n\\t{envpython} -m pip install \\u006dcp>=1\"\n",
    ] {
        let (file, found) = located(&Pyproject, text);
        let shown: Vec<_> = found
            .requirements
            .iter()
            .map(|one| (one.name.as_str(), one.place.table.as_str(), file.slice(one.specifier().unwrap().span)))
            .collect();
        assert_eq!(shown, [("mcp", "testenv.deps", ">=1"), ("mcp", "testenv.commands", ">=1")], "{text}");
        assert!(found.problems.is_empty(), "{:?}", found.problems);
    }
}

#[test]
fn only_the_files_of_these_names_are_claimed() {
    for (path, format) in [
        ("a/pyproject.toml", &Pyproject as &dyn Format),
        ("uv.toml", &UvToml),
        ("hatch.toml", &HatchToml),
        ("x/y/tox.toml", &ToxToml),
    ] {
        assert!(format.claims(&Path::new(path)) && !format.claims(&Path::new("a/toml")), "{path}");
    }
}
