//! Installs inside of Python code: argument lists such as `["uv", "run", "--with", "mcp"]`, commands as strings,
//! servers that a client starts, and the image builders of hosted services.

use super::python_words::{is_program, push_words, words};
use super::setup_py::Recorder;
use super::{Declarations, Format, Path, python_clients};
use crate::command;
use crate::python::{Call, Kind, Names, Value, Wanted, outline};
use crate::requirement::{Place, Scope};
use crate::source::{Fragment, SourceFile, Span};
use crate::syntax::SyntaxError;

/// Any Python file.
#[derive(Debug)]
pub(super) struct PythonCommands;

/// What a file must hold for any of this to be found in it: parsing costs a hundred times what looking for these does.
const SIGNS: [&str; 21] = [
    "pip install",
    "pip3 install",
    "pip_install",
    "\"pip",
    "'pip",
    "/pip",
    "pip.main",
    "pipmain",
    "piplite.",
    "micropip.",
    "pipx",
    "uvx",
    "\"uv\"",
    "'uv'",
    "uv run",
    "uv add",
    "uv pip",
    "uv tool",
    "--with",
    "dependencies=",
    "poetry add",
];

impl Format for PythonCommands {
    fn name(&self) -> &'static str {
        "commands in Python code"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        matches!(path.extension, "py" | "pyw") && path.name != "noxfile.py"
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let text = file.text();
        if SIGNS.iter().all(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_none()) {
            return;
        }
        // Whether a file is Python at all is said where it is read as a manifest or as code, not by every format.
        let _ = each(text, is_test(file.path()), |what, place| match what {
            Found::Words(words) => {
                let known = found.launches.len();
                command::argv(words, place, found);
                for launch in found.launches.iter_mut().skip(known).filter(|launch| is_element(text, launch.insert)) {
                    ", ".clone_into(&mut launch.element_gap);
                }
            }
            Found::Script(script) => command::script(script, place, found),
            Found::Requirements(value, names) => {
                let mut recorder = Recorder::new(found);
                for leaf in names.leaves(value) {
                    recorder.leaf(&leaf, place, None);
                }
            }
        });
    }
}

/// Whether a file holds tests, whose assertions say what is expected and install nothing.
fn is_test(path: &str) -> bool {
    let path = Path::new(path);
    let stem = path.name.strip_suffix(".py").unwrap_or(path.name);
    stem.starts_with("test_") || stem.ends_with("_test") || path.is_below("tests") || path.is_below("test")
}

/// Whether what stands at `at` is an element of a list. A word that a name stands for is not: nothing can be put before
/// it where the name is bound.
fn is_element(text: &str, at: Span) -> bool {
    text.get(..at.start).is_some_and(|before| before.trim_end().ends_with(['[', '(', ',']))
}

/// One thing that installs.
enum Found<'f, 'o, 'a> {
    /// A command in words.
    Words(&'f [Fragment<'o>]),
    /// A command for a shell.
    Script(&'f Fragment<'o>),
    /// A list of requirements.
    Requirements(&'o Value<'a>, &'f Names<'o, 'a>),
}

/// Hands over each thing in `text` that may install, with its place.
fn each(
    text: &str,
    is_test: bool,
    mut hand_over: impl for<'f, 'o, 'a> FnMut(Found<'f, 'o, 'a>, &Place),
) -> Result<(), SyntaxError> {
    let wanted_call = |path: &str| is_wanted_call(path) || python_clients::is_connection(path);
    let wanted = Wanted { call: &wanted_call, list: &is_program, keys: python_clients::KEYS, statements: true };
    let outline = outline(text, &wanted)?;
    let names = Names::new(&outline);
    for site in &outline.lists {
        if !(is_test && site.asserted) {
            let words = words(site.value.elements(), &names);
            hand_over(Found::Words(&words), &Place::new(Scope::Command, site.within.clone()));
        }
    }
    for call in outline.calls.iter().filter(|call| !(is_test && call.asserted)) {
        read_call(call, &names, &mut hand_over);
    }
    python_clients::each_server(&outline, &names, is_test, |words, place| hand_over(Found::Words(words), place));
    Ok(())
}

/// Functions that run a command, or describe one, by the last part of their path.
fn is_wanted_call(path: &str) -> bool {
    matches!(
        path.rsplit('.').next().unwrap_or(path),
        "system"
            | "popen"
            | "run"
            | "call"
            | "check_call"
            | "check_output"
            | "Popen"
            | "getoutput"
            | "getstatusoutput"
            | "create_subprocess_exec"
            | "create_subprocess_shell"
            | "run_process"
            | "open_process"
            | "run_command"
            | "run_commands"
            | "run_shell"
            | "execute"
            | "sudo"
            | "local"
            | "main"
            | "pipmain"
            | "install"
            | "pip_install"
            | "uv_pip_install"
            | "FastMCP"
            | "MCPServer"
    )
}

/// Whether a text of several words may be a command of such a program; what is run may also be an agent's prompt.
fn names_program(text: &str) -> bool {
    let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, ';' | '&' | '|' | '(' | '`' | '"' | '\''));
    text.contains(char::is_whitespace) && words.any(is_program)
}

fn read_call<'o, 'a>(
    call: &'o Call<'a>,
    names: &Names<'o, 'a>,
    hand_over: &mut impl for<'f> FnMut(Found<'f, 'o, 'a>, &Place),
) {
    let place = Place::new(Scope::Command, call.path.clone());
    match call.name() {
        "install" if call.path != "micropip.install" && call.path != "piplite.install" => {}
        // Modal's images and the like take requirements as arguments, one by one or as lists.
        "pip_install" | "uv_pip_install" | "install" => {
            let start = call.span.start;
            let mut words = vec![Fragment::verbatim("pip", start), Fragment::verbatim("install", start)];
            for argument in &call.arguments {
                push_words(argument, names, &mut words);
            }
            hand_over(Found::Words(&words), &place);
        }
        "main" | "pipmain" => {
            if let Some(list) = call.arguments.first().filter(|_| call.path.starts_with("pip")) {
                let mut words = vec![Fragment::verbatim("pip", call.span.start)];
                push_words(list, names, &mut words);
                hand_over(Found::Words(&words), &place);
            }
        }
        "FastMCP" | "MCPServer" => {
            if let Some(list) = call.keyword("dependencies") {
                hand_over(Found::Requirements(list, names), &Place::new(Scope::Command, "dependencies"));
            }
        }
        _ if python_clients::is_connection(&call.path) => {}
        _ => {
            let first = call.arguments.first().and_then(Value::text);
            if call.arguments.len() > 1 && first.is_some_and(|program| is_program(program.text())) {
                let words = words(&call.arguments, names);
                hand_over(Found::Words(&words), &place);
                return;
            }
            let keywords = ["args", "cmd", "command"].into_iter().filter_map(|name| call.keyword(name));
            for argument in call.arguments.iter().chain(keywords) {
                read_script(argument, names, &place, hand_over);
            }
        }
    }
}

/// A command as a string, given straight, by a name or one of several in a list.
fn read_script<'o, 'a>(
    argument: &'o Value<'a>,
    names: &Names<'o, 'a>,
    place: &Place,
    hand_over: &mut impl for<'f> FnMut(Found<'f, 'o, 'a>, &Place),
) {
    match &argument.kind {
        Kind::Template { text, known } if names_program(&text.text()[..*known]) => {
            // The last word may go on in what is put in.
            let end = text.text()[..*known].rfind(char::is_whitespace).unwrap_or(0);
            hand_over(Found::Script(&text.part(0..end)), place);
        }
        Kind::List(elements) => {
            for text in elements.iter().filter_map(Value::text).filter(|text| names_program(text.text())) {
                hand_over(Found::Script(text), place);
            }
        }
        Kind::Call(call) if call.name() == "split" => {
            let split = call.receiver.as_deref().or(call.arguments.first());
            if let Some(text) = split.and_then(|value| names.text(value)) {
                hand_over(Found::Script(text), place);
            }
        }
        _ => {
            if let Some(text) = names.text(argument).filter(|text| names_program(text.text())) {
                hand_over(Found::Script(text), place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each find as `table: words`, a script in quotes; every word is compared with the file.
    fn shown_in(path: &str, text: &str) -> Vec<String> {
        let mut shown = Vec::new();
        let check = |word: &Fragment<'_>| {
            let span = word.span(0..word.text().len());
            if !matches!(word.text(), "pip" | "install" | "python" | "uv" | "$computed") {
                assert_eq!(&text[span.start..span.end], word.text());
            }
            word.text().to_owned()
        };
        each(text, is_test(path), |what, place| {
            let config = if place.scope == Scope::ClientConfig { "config " } else { "" };
            let what = match what {
                Found::Words(words) => words.iter().map(check).collect::<Vec<_>>().join(" "),
                Found::Script(script) => format!("`{}`", check(script)),
                Found::Requirements(value, _) => {
                    value.elements().iter().filter_map(Value::text).map(check).collect::<Vec<_>>().join(",")
                }
            };
            shown.push(format!("{config}{}: {what}", place.table));
        })
        .unwrap();
        shown
    }

    fn shown(text: &str) -> Vec<String> {
        shown_in("app.py", text)
    }

    #[test]
    fn argument_lists_are_commands() {
        for (text, expected) in [
            ("cmd = ['uv', 'run', '--with', 'mcp[cli]', path]", ": uv run --with mcp[cli] $computed"),
            (
                "subprocess.run([sys.executable, '-m', \"pip\", 'install', 'mcp>=1'], check=True)",
                "subprocess.run: python -m pip install mcp>=1",
            ),
            (
                "from subprocess import check_call as c\nc((uv_path, 'pip', 'install', 'mcp'))",
                "subprocess.check_call: uv pip install mcp",
            ),
            ("D = ['mcp', 'x']\nrun(['pip', 'install', *D])", "run: pip install mcp x"),
            (
                "await asyncio.create_subprocess_exec('uvx', '--from', 'mcp', 'mcp')",
                "asyncio.create_subprocess_exec: uvx --from mcp mcp",
            ),
            ("pip.main(['install', 'mcp'])", "pip.main: pip install mcp"),
        ] {
            assert_eq!(shown(text), [expected], "{text}");
        }
    }

    #[test]
    fn strings_are_commands_where_they_are_run() {
        for (text, expected) in [
            ("os.system(\"pip install 'mcp>=1'\")", "os.system: `pip install 'mcp>=1'`"),
            ("CMD = 'uv pip install mcp'\nsubprocess.run(CMD, shell=True)", "subprocess.run: `uv pip install mcp`"),
            ("os.system(f'pip install mcp {x}')", "os.system: `pip install mcp`"),
            ("os.system(f'pip install mcp{x}')", "os.system: `pip install`"),
            ("subprocess.run(shlex.split('pip install mcp'))", "subprocess.run: `pip install mcp`"),
            ("subprocess.run('pip install mcp'.split())", "subprocess.run: `pip install mcp`"),
            ("image.run_commands('apt update', 'pip install mcp')", "image.run_commands: `pip install mcp`"),
            ("c.run('cd x&& python -m pip install mcp')", "c.run: `cd x&& python -m pip install mcp`"),
            ("os.system('cd x;pip install mcp')", "os.system: `cd x;pip install mcp`"),
        ] {
            assert_eq!(shown(text)[0], expected, "{text}");
        }
        assert!(shown("agent.run('What is MCP, and how is it installed?')").is_empty());
        assert!(shown("print('pip install mcp')\nraise E('pip install mcp')\n'''pip install mcp'''").is_empty());
    }

    #[test]
    fn images_and_servers_install() {
        assert_eq!(
            shown("i = modal.Image.debian_slim().pip_install('mcp>=1', ['fastapi']).uv_pip_install('x')"),
            [
                "modal.Image.debian_slim.pip_install.uv_pip_install: pip install x",
                "modal.Image.debian_slim.pip_install: pip install mcp>=1 fastapi"
            ]
            .map(|expected| expected
                .replace("debian_slim.", "debian_slim().")
                .replace("pip_install.uv", "pip_install().uv"))
        );
        assert_eq!(shown("mcp = FastMCP('x', dependencies=['mcp', 'pandas'])"), ["dependencies: mcp,pandas"]);
        assert!(shown("mcp.install('x')").is_empty());
    }

    #[test]
    fn client_configurations_are_told() {
        assert_eq!(
            shown("p = StdioServerParameters(command='uv', args=['run', '--with', 'mcp', 'server.py'])"),
            ["config StdioServerParameters: uv run --with mcp server.py"]
        );
        assert_eq!(
            shown("A = ['--from', 'mcp', 'x']\nreturn [MCPServerStdio('uvx', args=A, env=None)]"),
            ["config MCPServerStdio: uvx --from mcp x"]
        );
        assert_eq!(
            shown(
                "c = MultiServerMCPClient({'time': {'command': 'uvx', 'args': ['mcp-server-time'], 'transport': 'stdio'}})"
            ),
            ["config MultiServerMCPClient: uvx mcp-server-time"]
        );
        assert!(shown("x = {'command': 'node', 'args': ['mcp']}").is_empty());
    }

    #[test]
    fn what_a_test_expects_is_no_command() {
        let text = "assert cmd == ['uv', 'run', '--with', 'mcp==1.2']\nself.assertEqual(c, ['uv', 'add', 'mcp'])\nrun.assert_called_with(['pip', 'install', 'mcp'])\nassert c == {'command': 'uvx', 'args': ['mcp']}\n";
        for path in ["test_app.py", "app_test.py", "tests/helper.py"] {
            assert!(shown_in(path, text).is_empty(), "{path}");
        }
        assert_eq!(shown(text).len(), 4);
        assert_eq!(shown_in("tests/a.py", "run(['pip', 'install', 'mcp'])").len(), 1);
    }
}
