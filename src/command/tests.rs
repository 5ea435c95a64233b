//! Commands of every tool, compared by what they install and the bytes that say so.

use super::*;
use crate::manifest::{IncludeKind, Launch};
use crate::requirement::{Scope, VersionPart};
use crate::source::SourceFile;

fn located(text: &str) -> (SourceFile, Declarations) {
    let file = SourceFile::in_memory("x.sh", text);
    let mut found = Declarations::default();
    script(&Fragment::verbatim(file.text(), 0), &Place::new(Scope::Command, ""), &mut found);
    (file, found)
}

/// Each requirement as `name|underlined|specifier|marks`: `b` for a bare word, `h` for held.
fn shown(text: &str) -> Vec<String> {
    let (file, found) = located(text);
    found
        .requirements
        .iter()
        .map(|one| {
            let specifier = match &one.version {
                VersionPart::Specifier(specifier) => file.slice(specifier.span).to_owned(),
                VersionPart::Git(git) => format!("git {:?}", git.revision),
                other => format!("{other:?}"),
            };
            let bare = if one.bare_word.is_some() { "b" } else { "" };
            let held = if one.hold.is_some() { "h" } else { "" };
            format!("{}|{}|{specifier}|{bare}{held}", one.name, file.slice(one.span))
        })
        .collect()
}

fn launches(text: &str) -> Vec<(String, String, String, Vec<String>)> {
    let (file, found) = located(text);
    let one = |launch: &Launch| {
        let rest = &file.text()[launch.insert.start..];
        let next = rest.split(' ').next().unwrap_or_default().to_owned();
        (launch.tool.clone(), file.slice(launch.span).to_owned(), next, launch.with.clone())
    };
    found.launches.iter().map(one).collect()
}

#[test]
fn real_lines() {
    for (text, expected) in [
        ("pip install mcp", &["mcp|mcp||b"][..]),
        ("pip3 install -U 'mcp[cli]>=1.2' httpx", &["mcp|mcp[cli]>=1.2|>=1.2|", "httpx|httpx||b"]),
        ("sudo -H /usr/bin/pip3.12 install --upgrade \"mcp\"", &["mcp|mcp||"]),
        (".venv\\Scripts\\pip.exe install mcp>=1.2", &["mcp|mcp>=1.2|>=1.2|b"]),
        ("python -m pip install -i https://mcp.x/simple mcp==1.9.4", &["mcp|mcp==1.9.4|==1.9.4|b"]),
        ("py -3 -m pip install -t mcp --python mcp mcp", &["mcp|mcp||b"]),
        ("python3 -u -mpip install mcp", &["mcp|mcp||b"]),
        ("$(PIP) install mcp; ${VENV_PYTHON} -m pip install mcp", &["mcp|mcp||b", "mcp|mcp||b"]),
        ("$(VENV)/bin/pip install mcp", &["mcp|mcp||b"]),
        ("A=1 UV_SYSTEM_PYTHON=1 uv pip install -p 3.12 mcp", &["mcp|mcp||b"]),
        ("uv --directory mcp add --dev --group test \"mcp[cli]<3\"", &["mcp|mcp[cli]<3|<3|"]),
        (
            "uv run --with mcp[cli],httpx --with='mcp>=1,<2' mcp run server.py",
            &["mcp|mcp[cli]||b", "httpx|httpx||b", "mcp|mcp>=1,<2|>=1,<2|"],
        ),
        ("uv run pip install mcp", &["mcp|mcp||b"]),
        ("uv run mcp install server.py", &[]),
        ("uvx --from \"mcp-proxy>=1\" --with mcp mcp-proxy mcp", &["mcp|mcp||b", "mcp-proxy|mcp-proxy>=1|>=1|"]),
        ("uvx mcp-server-git@latest --repository mcp", &["mcp-server-git|mcp-server-git@latest|latest|bh"]),
        ("uv tool install mcp", &["mcp|mcp||b"]),
        ("pipx run --spec 'mcp>=1' mcp dev x", &["mcp|mcp>=1|>=1|"]),
        ("pipx inject tool mcp httpx && pipx install mcp_cli", &["mcp|mcp||b", "httpx|httpx||b", "mcp-cli|mcp_cli||b"]),
        (
            "poetry add -G dev mcp@^1.2 \"mcp>=1\" mcp@latest 'mcp[cli]@~1'",
            &["mcp|mcp@^1.2|^1.2|b", "mcp|mcp>=1|>=1|", "mcp|mcp@latest|latest|bh", "mcp|mcp[cli]@~1|~1|"],
        ),
        ("pdm add -dG test mcp", &["mcp|mcp||b"]),
        ("pipenv install --dev mcp; rye add mcp --optional x", &["mcp|mcp||b", "mcp|mcp||b"]),
        ("conda install -y -c conda-forge mcp=1.9 'conda-forge::mcp>=1'", &["mcp|mcp=1.9|=1.9|b", "mcp|mcp>=1|>=1|"]),
        ("conda create -n mcp python=3.11 mcp>=1", &["python|python=3.11|=3.11|b", "mcp|mcp>=1|>=1|b"]),
        ("conda run -n x pip install mcp", &["mcp|mcp||b"]),
        ("pixi add --pypi mcp; pixi add mcp", &["mcp|mcp||b", "mcp|mcp||b"]),
        ("cargo add rmcp@0.8 -F server; cargo add rmcp", &["rmcp|rmcp@0.8|0.8|b", "rmcp|rmcp||bh"]),
        ("cargo add rmcp --git https://x/y --rev abc", &["rmcp|rmcp|git Some(\"abc\")|b"]),
        (
            "npx -y @modelcontextprotocol/server-x@1 /mcp",
            &["@modelcontextprotocol/server-x|@modelcontextprotocol/server-x@1|1|b"],
        ),
        ("npm i -g @modelcontextprotocol/sdk", &["@modelcontextprotocol/sdk|@modelcontextprotocol/sdk||b"]),
        ("bash -lc \"pip install mcp\"", &["mcp|mcp||b"]),
        ("bash -c 'x \"$(pip install mcp)\"'", &["mcp|mcp||b"]),
        ("cmd /c uvx mcp-x", &["mcp-x|mcp-x||bh"]),
        ("pip install mcp==${MCP_VERSION} $MCP_SPEC", &["mcp|mcp==${MCP_VERSION}|Computed(\"==${MCP_VERSION}\")|bh"]),
        ("pip install \"mcp\"==1.2", &["mcp|mcp\"==1.2|==1.2|h"]),
        (
            "pip install git+https://g/mcp@v1#egg=mcp https://h/mcp.whl",
            &["mcp|git+https://g/mcp@v1#egg=mcp|git Some(\"v1\")|b"],
        ),
        ("pip install 'mcp @ git+https://g/mcp@v1'", &["mcp|mcp @ git+https://g/mcp@v1|git Some(\"v1\")|"]),
        ("pip uninstall mcp; pip show mcp; echo pip install mcp; uv sync", &[]),
        ("docker run x pip install mcp", &[]),
        ("if pip install mcp; then pip install mcp; fi", &["mcp|mcp||b", "mcp|mcp||b"]),
        ("@pip install -q mcp", &["mcp|mcp||b"]),
        ("pip install <package>", &[]),
        ("claude mcp add x -e K=v -- uv run --with \"mcp[cli]\" mcp run s.py", &["mcp|mcp[cli]||"]),
        ("uvx --from x@latest y", &["x|x@latest|latest|bh"]),
        ("pip wheel -w dist mcp; pip install mcp-1-py3-none-any.whl dist/*.whl", &["mcp|mcp||b"]),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn options_bring_in_files_and_folders() {
    let (file, found) = located(
        "PIP_CONSTRAINT=k.txt pip install -qr r.txt --constraint=c.txt -e mcp -e '.[dev,x]' ./y . ../w.whl $D\nuv pip sync s.txt; pip install mcp/\nuv run --with-requirements a.txt,b.txt --with-editable ./e x",
    );
    let shown: Vec<_> = found
        .includes
        .iter()
        .map(|one| {
            let kind = match &one.kind {
                IncludeKind::Requirements => "r".to_owned(),
                IncludeKind::Constraints => "c".to_owned(),
                IncludeKind::Project { extras } => format!("p{}", extras.join("+")),
            };
            format!("{kind} {} {}", one.target, file.slice(one.span))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "c k.txt PIP_CONSTRAINT=k.txt",
            "r r.txt r.txt",
            "c c.txt --constraint=c.txt",
            "p mcp mcp",
            "pdev+x . '.[dev,x]'",
            "p ./y ./y",
            "p . .",
            "r s.txt s.txt",
            "p mcp/ mcp/",
            "r a.txt a.txt,b.txt",
            "r b.txt a.txt,b.txt",
            "p ./e ./e",
        ]
    );
    assert!(found.requirements.is_empty());
}

#[test]
fn variables_that_mention_mcp_are_computed() {
    let (file, found) = located("pip install $DEPS \"$MCP_SPEC\" ${{ matrix.mcp }}");
    let shown: Vec<_> = found.computed.iter().map(|one| (file.slice(one.span), one.by.as_str())).collect();
    assert_eq!(shown, [("\"$MCP_SPEC\"", "`$MCP_SPEC`"), ("${{ matrix.mcp }}", "`${{ matrix.mcp }}`")]);
}

#[test]
fn launches_have_room_for_an_option() {
    let owned = |text: &str| text.to_owned();
    for (text, tool, word, next, with) in [
        ("uvx -p 3.12 mcp-server-git --x", "mcp-server-git", "mcp-server-git", "mcp-server-git", vec![]),
        ("uvx --from 'a[b]' --with mcp cmd", "a", "cmd", "--from", vec!["mcp", "a"]),
        ("uv tool run a@1.2", "a", "a@1.2", "a@1.2", vec![]),
        ("pipx run Some.Tool", "some-tool", "Some.Tool", "Some.Tool", vec![]),
        ("npx -y @m/s", "@m/s", "@m/s", "@m/s", vec![]),
        ("uvx --from git+https://x/y cmd", "git+https://x/y", "cmd", "--from", vec![]),
    ] {
        let with: Vec<_> = with.into_iter().map(owned).collect();
        assert_eq!(launches(text), [(owned(tool), owned(word), owned(next), with)], "{text}");
    }
}

#[test]
fn arrays_need_no_quotes() {
    let text = r#"["uvx", "--with", "mcp\u003e=1", "srv"]"#;
    let file = SourceFile::in_memory("x.json", text);
    let parsed = crate::syntax::json::parse(file.text()).unwrap().unwrap();
    let words: Vec<_> = parsed
        .as_array()
        .unwrap()
        .elements
        .iter()
        .filter_map(|value| crate::syntax::json::string(file.text(), value.as_string_lit()?))
        .collect();
    let mut found = Declarations::default();
    argv(&words, &Place::new(Scope::ClientConfig, ""), &mut found);
    assert_eq!(file.slice(found.requirements[0].span), r"mcp\u003e=1");
    assert!(found.requirements[0].bare_word.is_none() && found.requirements[0].hold.is_none());
    let launch = &found.launches[0];
    assert_eq!((file.slice(launch.span), launch.quote, launch.argv), ("\"srv\"", '"', true));
    assert_eq!(&file.text()[launch.insert.start..], "\"srv\"]");
}

#[test]
fn hostile_scripts_do_not_panic() {
    for text in [
        "pip install -",
        "pip install --=",
        "uvx @",
        "npx @",
        "poetry add @^1",
        "pip install é[",
        "-",
        "pip -é x",
        "conda install x[version=",
        "cargo +x",
        "uvx --with ,,, x",
    ] {
        let _ = located(text);
    }
    let _ = located(&"bash -c '".repeat(5_000));
    let _ = located(&"uv run ".repeat(5_000));
}
