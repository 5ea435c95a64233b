//! What people read: the text of findings, tables, lists and help, from the real binary.

use assert_cmd::Command;

use crate::project::folder;

/// Files of a tree, as path and text.
type Files<'a> = &'a [(&'a str, &'a str)];

/// Standard output of the program run with `arguments` in a folder that holds `files`.
fn printed(files: Files<'_>, arguments: &[&str]) -> String {
    let folder = folder(files);
    let output = Command::cargo_bin("mcp-audit").unwrap().current_dir(folder.path()).args(arguments).output().unwrap();
    // Snapshots hold no trailing blanks; the renderer's are no part of what is promised.
    String::from_utf8(output.stdout).unwrap().lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The first `count` lines.
fn first(text: &str, count: usize) -> String {
    text.split_inclusive('\n').take(count).collect()
}

const ONE: Files<'_> = &[
    ("requirements.txt", "mcp[cli] >= 1.2  # the SDK\nhttpx\nmcp-types\n"),
    ("server.py", "from mcp.server.fastmcp import FastMCP\n"),
    ("README.md", "```bash\npip install mcp\n```\n"),
    ("web/pyproject.toml", "[project]\nname = 'web'\ndependencies = [\n"),
];

const MANY: Files<'_> = &[
    ("packages/alpha/pyproject.toml", "[project]\nname = \"alpha\"\nversion = \"1\"\ndependencies = [\"mcp>=1.2\"]\n"),
    ("packages/beta/pyproject.toml", "[project]\nname = \"beta\"\nversion = \"1\"\ndependencies = [\"mcp>=1.2,<2\"]\n"),
    ("packages/gamma/pyproject.toml", "[project]\nname = \"gamma\"\nversion = \"1\"\ndependencies = [\"mcp>=1.2\"]\n"),
    ("packages/alpha/alpha.py", "from mcp.server.fastmcp import FastMCP\n"),
    ("packages/gamma/gamma.py", "import mcp\n"),
];

#[test]
fn findings_are_underlined_and_summed_up() {
    insta::assert_snapshot!(printed(ONE, &["scan"]), @"
    error[DEP001]: `mcp[cli] >= 1.2` has no upper bound: the next fresh install takes mcp 2.3.0
     --> requirements.txt:1:1
      |
    1 | mcp[cli] >= 1.2  # the SDK
      | ^^^^^^^^^^^^^^^ write `mcp[cli] >= 1.2, < 2`
      |
      = help: the project imports `mcp.server.fastmcp.FastMCP` in server.py:1
      = help: it comes and goes: environments, caches and images that already hold an older release hide it until the next fresh install

    error[PY101]: `mcp.server.fastmcp.FastMCP` does not exist in mcp 2: the class is `mcp.server.mcpserver.MCPServer` there
     --> server.py:1:32
      |
    1 | from mcp.server.fastmcp import FastMCP
      |                                ^^^^^^^ import `mcp.server.mcpserver.MCPServer`
      |
      = help: import `MCPServer` from `mcp.server.mcpserver` (or from `mcp.server`)

    warning[DEP016]: this file cannot be read: unclosed array, expected `]`
     --> web/pyproject.toml:3:17
      |
    3 | dependencies = [
      |                 ^
      |
      = help: nothing in it was audited; mend it and scan again

     package   where                admits        verdict          fix
    ────────────────────────────────────────────────────────────────────────────────────────────
     mcp       requirements.txt:1   up to 2.3.0   no upper bound   write `mcp[cli] >= 1.2, < 2`

    2 errors, 1 warning in 2 declarations; 4 files looked at.
    The code is still on v1: it imports `mcp.server.fastmcp.FastMCP` in server.py:1.
    1 fixable with `--fix`, 1 more with `--unsafe-fixes`; `--diff` shows the patch.
    2 findings of severity info not shown (-v shows them).
    ");
}

#[test]
fn quiet_prints_findings_and_nothing_else() {
    insta::assert_snapshot!(printed(ONE, &["scan", "-q"]), @"
    error[DEP001]: `mcp[cli] >= 1.2` has no upper bound: the next fresh install takes mcp 2.3.0
     --> requirements.txt:1:1
      |
    1 | mcp[cli] >= 1.2  # the SDK
      | ^^^^^^^^^^^^^^^ write `mcp[cli] >= 1.2, < 2`
      |
      = help: the project imports `mcp.server.fastmcp.FastMCP` in server.py:1
      = help: it comes and goes: environments, caches and images that already hold an older release hide it until the next fresh install

    error[PY101]: `mcp.server.fastmcp.FastMCP` does not exist in mcp 2: the class is `mcp.server.mcpserver.MCPServer` there
     --> server.py:1:32
      |
    1 | from mcp.server.fastmcp import FastMCP
      |                                ^^^^^^^ import `mcp.server.mcpserver.MCPServer`
      |
      = help: import `MCPServer` from `mcp.server.mcpserver` (or from `mcp.server`)

    warning[DEP016]: this file cannot be read: unclosed array, expected `]`
     --> web/pyproject.toml:3:17
      |
    3 | dependencies = [
      |                 ^
      |
      = help: nothing in it was audited; mend it and scan again
    ");
}

#[test]
fn verbose_prints_everything() {
    insta::assert_snapshot!(printed(ONE, &["scan", "-v"]), @"
    info[DEP014]: readers who copy `mcp` get mcp 2.3.0
     --> README.md:2:13
      |
    2 | pip install mcp
      |             ^^^
      |
      = help: write `mcp<2` there if the text is about the older major

    error[DEP001]: `mcp[cli] >= 1.2` has no upper bound: the next fresh install takes mcp 2.3.0
     --> requirements.txt:1:1
      |
    1 | mcp[cli] >= 1.2  # the SDK
      | ^^^^^^^^^^^^^^^ write `mcp[cli] >= 1.2, < 2`
      |
      = help: the project imports `mcp.server.fastmcp.FastMCP` in server.py:1
      = help: it comes and goes: environments, caches and images that already hold an older release hide it until the next fresh install

    info[DEP011]: `httpx` stands beside `mcp[cli] >= 1.2` and has no upper bound either
     --> requirements.txt:2:1
      |
    2 | httpx
      | ^^^^^ write `httpx<1`
      |
      = help: mcp 2 uses httpx2 in its place, and v1 code is written for httpx 0.x

    error[PY101]: `mcp.server.fastmcp.FastMCP` does not exist in mcp 2: the class is `mcp.server.mcpserver.MCPServer` there
     --> server.py:1:32
      |
    1 | from mcp.server.fastmcp import FastMCP
      |                                ^^^^^^^ import `mcp.server.mcpserver.MCPServer`
      |
      = help: import `MCPServer` from `mcp.server.mcpserver` (or from `mcp.server`)

    warning[DEP016]: this file cannot be read: unclosed array, expected `]`
     --> web/pyproject.toml:3:17
      |
    3 | dependencies = [
      |                 ^
      |
      = help: nothing in it was audited; mend it and scan again

     package   where                admits        verdict          fix
    ────────────────────────────────────────────────────────────────────────────────────────────
     mcp       README.md:2          up to 2.3.0   no upper bound   –
     mcp       requirements.txt:1   up to 2.3.0   no upper bound   write `mcp[cli] >= 1.2, < 2`

    2 errors, 1 warning in 2 declarations; 4 files looked at.
    The code is still on v1: it imports `mcp.server.fastmcp.FastMCP` in server.py:1.
    1 fixable with `--fix`, 1 more with `--unsafe-fixes`; `--diff` shows the patch.
    ");
}

#[test]
fn a_repository_of_many_packages_gets_a_line_for_each() {
    insta::assert_snapshot!(printed(MANY, &["scan"]), @r#"
    error[PY101]: `mcp.server.fastmcp.FastMCP` does not exist in mcp 2: the class is `mcp.server.mcpserver.MCPServer` there
     --> packages/alpha/alpha.py:1:32
      |
    1 | from mcp.server.fastmcp import FastMCP
      |                                ^^^^^^^ import `mcp.server.mcpserver.MCPServer`
      |
      = help: import `MCPServer` from `mcp.server.mcpserver` (or from `mcp.server`)

    error[DEP001]: `mcp>=1.2` has no upper bound: the next fresh install takes mcp 2.3.0
     --> packages/alpha/pyproject.toml:4:18
      |
    4 | dependencies = ["mcp>=1.2"]
      |                  ^^^^^^^^ write `mcp>=1.2,<2`
      |
      = help: the project imports `mcp.server.fastmcp.FastMCP` in packages/alpha/alpha.py:1
      = help: it comes and goes: environments, caches and images that already hold an older release hide it until the next fresh install

    error[DEP001]: `mcp>=1.2` has no upper bound: the next fresh install takes mcp 2.3.0
     --> packages/gamma/pyproject.toml:4:18
      |
    4 | dependencies = ["mcp>=1.2"]
      |                  ^^^^^^^^ write `mcp>=1.2,<2`

     package   where                                                  admits         verdict          fix
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     mcp       packages/alpha/pyproject.toml:4 project.dependencies   up to 2.3.0    no upper bound   write `mcp>=1.2,<2`
     mcp       packages/beta/pyproject.toml:4 project.dependencies    up to 1.30.0   bounded          –
     mcp       packages/gamma/pyproject.toml:4 project.dependencies   up to 2.3.0    no upper bound   write `mcp>=1.2,<2`

    2 of 3 projects exposed
     project   folder           declarations   exposed   breaks   code
    ──────────────────────────────────────────────────────────────────────────────────────────────
     alpha     packages/alpha              1         1        1   still on v1
     beta      packages/beta               1         0        0   no SDK imports
     gamma     packages/gamma              1         1        0   nothing that only one major has

    3 errors in 3 declarations; 5 files looked at.
    3 projects: 1 still on v1, 1 with nothing that only one major has, 1 without SDK imports.
    2 fixable with `--fix`; `--diff` shows the patch.
    "#);
}

#[test]
fn a_clean_tree_is_said_to_be_clean() {
    insta::assert_snapshot!(printed(&[("requirements.txt", "mcp<2\n")], &["scan"]), @"
     package   where                admits         verdict   fix
    ─────────────────────────────────────────────────────────────
     mcp       requirements.txt:1   up to 1.30.0   bounded   –

    No exposure found in 1 declaration; 1 file looked at.
    The code shows no SDK imports.
    ");
}

#[test]
fn rules_are_listed_from_their_files() {
    insta::assert_snapshot!(first(&printed(&[], &["rules"]), 6), @"
    rule    name                             severity  fails      finds                                       fix
    DEP001  missing-upper-bound              error     install    a requirement on the Python SDK without an  safe
                                                                  upper bound
    DEP002  published-though-constrained     error     install    a published requirement that only a         safe
                                                                  constraint of the repository's own bounds
    DEP003  bounded-elsewhere                note      install    a requirement without an upper bound that   –
    ");
}

#[test]
fn a_rule_explains_itself() {
    insta::assert_snapshot!(printed(&[], &["explain", "DEP001"]), @"
    DEP001 missing-upper-bound

    a requirement on the Python SDK without an upper bound

    severity: error, fix: safe, fails: install

    mcp 2.0.0 was released on 2026-07-28. It renamed modules and classes, changed signatures, and dropped what the protocol
    dropped. A requirement without an upper bound admits it, so the next install that resolves from scratch takes it and code
    written for 1.x breaks: some of it at import, some of it at the first call, some of it silently.

    It looks intermittent. An environment that already holds mcp 1.x, a warm wheel cache, a lock or a base image hides the
    break until somebody resolves anew: a colleague's first checkout, a rebuilt image, tomorrow's CI cache key.

    `!=2.0.0` is no bound, and `!=2.*` only moves the break to 3.0. A lock protects those who use it, and is not published.

    The fix appends `<2` in the line's own style and changes nothing else. A release without the bound stays on the index:
    once a bounded one exists, a resolver that is asked for mcp 2 may walk back to it, so consider yanking it.

    found in requirements.txt:

        mcp[cli]>=1.2 ; python_version >= '3.10'  # server

    after the fix:

        mcp[cli]>=1.2,<2 ; python_version >= '3.10'  # server

    found in requirements.txt:

        mcp

    after the fix:

        mcp<2

    found in requirements.txt:

        mcp >= 1.2, != 1.5

    after the fix:

        mcp >= 1.2, != 1.5, < 2

    nothing found in requirements.txt:

        mcp>=1.2,<2
        mcp-types>=1
        fastmcp>=2

    nothing found in requirements.txt:

        mcp>=1.2
    ");
}

#[test]
fn help_names_the_commands() {
    insta::assert_snapshot!(printed(&[], &["--help"]), @"
    Finds the dependency declarations and code that the next major of an MCP SDK breaks.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 a usage or I/O error.

    Usage: mcp-audit [OPTIONS] <COMMAND>

    Commands:
      scan         Audit files and folders; this is the CI gate
      migrate      Rewrite code and pins for the newest major
      dependents   Count who depends on a package and would take its next major
      plan         Write the inventory and the checklist of a migration
      rules        List the rules
      explain      Explain a rule
      lsp          Show findings and fixes in an editor, as a language server
      serve        Offer the audit to agents, as an MCP server
      surface      Write the API of a wheel as stubs
      completions  Print what completes the command line in a shell
      man          Print or write the manual pages
      help         Print this message or the help of the given subcommand(s)

    Options:
          --color <WHEN>
              When to use colours

              Possible values:
              - auto:   On a terminal that takes them, unless NO_COLOR is set
              - always: Always
              - never:  Never

              [default: auto]

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Examples:
      mcp-audit scan                 audit this folder; exit 1 if a fresh install can break
      mcp-audit scan --diff          print the missing bounds as a patch
      mcp-audit scan --fix           write them
      mcp-audit migrate --diff       print what moving to the newest major changes
      mcp-audit plan                 print what is there, what breaks first, and what mends it
      mcp-audit explain DEP001       why a finding matters and what its fix does
    ");
}

#[test]
fn help_names_every_option() {
    insta::assert_snapshot!(printed(&[], &["scan", "--help"]), @"
    Audit files and folders for declarations through which an install can reach the next major of an MCP
    SDK.

    Reads manifests, locks, install commands and client configurations; executes and imports nothing of
    what it reads, needs no network but for `--transitive` and a `--target` that is not at hand, and
    follows no link out of the folder.

    Usage: mcp-audit scan [OPTIONS] [PATH]...

    Arguments:
      [PATH]...
              Files or folders to audit

              [default: .]

    Options:
          --color <WHEN>
              When to use colours

              Possible values:
              - auto:   On a terminal that takes them, unless NO_COLOR is set
              - always: Always
              - never:  Never

              [default: auto]

          --fix
              Write the missing bounds; changes nothing else

          --diff
              Print the fixes as a patch for `git apply` instead of writing them

          --unsafe-fixes
              Include fixes that change more than the bound, or rest on a guess

          --floor <VERSION>
              Give requirements without a lower bound this one: `mcp` becomes `mcp>=1.27,<2`

          --fail-on <SEVERITY>
              Exit 1 when a finding is at least this severe [default: error]

              Possible values:
              - error:   A fresh install can break
              - warning: Hazards too
              - note:    Anything to work through
              - info:    Anything at all
              - never:   Report, but always exit 0

          --format <FORMAT>
              How to print the findings

              Possible values:
              - text:   For people
              - json:   For programs; the README describes its shape
              - sarif:  For code scanning: SARIF 2.1.0, with fixes
              - github: Annotations in GitHub's workflows
              - gitlab: GitLab's code quality report
              - junit:  For build servers: a case per finding

              [default: text]

      -q, --quiet
              Print findings and nothing else

      -v, --verbose
              Print findings of every severity, every declaration, and everything that was not checked

          --cargo
              Hold Cargo.toml files against `cargo metadata`, run from an empty folder, offline, without
              dependencies

          --transitive
              Also tell which dependencies bring the next major of the Python SDK in, by which ways, and
              what holds it back.

              Locks answer where they can. What they leave open is asked of the uv on the PATH, which
              uses the network: it resolves what each project asks for, as it stands and with a bound on
              either side of the major, in an empty temporary folder, from the index that your own
              configuration names, and builds nothing. Without uv, the newest releases that the index
              lists give an estimate.

          --rules <DIR>
              Also use the rule files in this folder; may be given several times

          --config <FILE>
              Use this configuration instead of the project's own

          --no-config
              Use no configuration

          --target <VERSION>
              Check code against this release of the Python SDK instead of the one that this program
              carries.

              A release that is neither carried nor in the cache is downloaded by the pip at hand (its
              wheel is read, not installed).

          --no-ignore
              Also scan what .gitignore and .ignore files exclude

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    What counts:
          --select <RULE>
              Count only these rules: identifiers, beginnings of identifiers, names, or ALL

          --ignore <RULE>
              Do not count these rules; what names a rule more exactly wins over --select

          --per-file-ignore <PATTERN:RULE>
              Do not count a rule in some files; patterns are those of a .gitignore. May be given
              several times

          --exclude <PATTERN>
              Do not look at these files and folders; patterns are those of a .gitignore

          --baseline <FILE>
              Do not count the findings that this file knows

          --write-baseline
              Write what is found into the baseline; findings that are there no more leave it

          --changed-since <REV>
              Count only what changed since the work here branched off this revision: lines of code,
              whole manifests
    ");
}
