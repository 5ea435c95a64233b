//! `noxfile.py`: what sessions install and which installing commands they run. The file is read, never run.

use super::python_words::push_words;
use super::{Declarations, Format, Path};
use crate::command;
use crate::python::{Call, Names, Wanted, outline};
use crate::requirement::{Place, Scope};
use crate::source::{Fragment, SourceFile};
use crate::syntax::SyntaxError;

/// `noxfile.py`.
#[derive(Debug)]
pub(super) struct Noxfile;

impl Format for Noxfile {
    fn name(&self) -> &'static str {
        "noxfile.py"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "noxfile.py"
    }

    fn only_if_mentioned(&self) -> bool {
        false
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let problem = each_command(file.text(), |words, place| command::argv(words, place, found)).err();
        if let Some(error) = problem {
            found.syntax_error(error);
        }
    }
}

/// Hands over each command of each session, as the words it would be called with.
fn each_command(text: &str, mut hand_over: impl FnMut(&[Fragment<'_>], &Place)) -> Result<(), SyntaxError> {
    let wanted = Wanted { call: &is_of_session, list: &|_| false, keys: &[], statements: true };
    let outline = outline(text, &wanted)?;
    let names = Names::new(&outline);
    for call in outline.calls.iter().filter(|call| !call.asserted) {
        let mut words = if call.name() == "install" {
            vec![Fragment::verbatim("pip", call.span.start), Fragment::verbatim("install", call.span.start)]
        } else {
            Vec::new()
        };
        push_arguments(call, &names, &mut words);
        let session = call.function.as_deref().map_or_else(|| "nox".to_owned(), |name| format!("nox:{name}"));
        hand_over(&words, &Place::new(Scope::Environment(session), call.path.clone()));
    }
    Ok(())
}

/// Calls of methods on the one parameter of a session, whatever its name.
fn is_of_session(path: &str) -> bool {
    path.split_once('.')
        .is_some_and(|(_, method)| matches!(method, "install" | "run" | "run_always" | "run_install" | "_run"))
}

fn push_arguments<'o>(call: &'o Call<'_>, names: &Names<'o, '_>, words: &mut Vec<Fragment<'o>>) {
    for argument in &call.arguments {
        push_words(argument, names, words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each command as `place: words`, with the words' own text where it stands in the file.
    fn commands(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_command(text, |words, place| {
            let words: Vec<_> = words
                .iter()
                .map(|word| {
                    let span = word.span(0..word.text().len());
                    let shown = text.get(span.start..span.end).unwrap_or_default();
                    if word.text().starts_with(['p', 'i', '$']) { word.text() } else { shown }.to_owned()
                })
                .collect();
            let Scope::Environment(session) = &place.scope else { panic!("{place:?}") };
            found.push(format!("{session} {}: {}", place.table, words.join(" ")));
        })
        .unwrap();
        found
    }

    #[test]
    fn sessions_install_and_run() {
        let text = "\u{feff}import nox\r\nDEPS = ['mcp>=1', \"httpx\"]\r\n@nox.session(python=['3.12'])\r\ndef tests(session: nox.Session) -> None:\r\n\
                    \x20   session.install('mcp[cli]>=1.2', '-r', 'x.txt', '-e', '.[test]')\r\n    session.install(*DEPS, silent=False)\r\n    session.run('pip', 'install', 'mcp<2', external=True)\r\n\
                    @nox.session\r\ndef lint(s):\r\n    s.run_install('uv', 'sync', '--extra', 'mcp')\r\n    s.install('-r', str(HERE / 'req' / 'dev.txt'), f'mcp=={V}', x)\r\n    s.conda_install('mcp')\r\n";
        assert_eq!(
            commands(text),
            [
                "nox:tests session.install: pip install mcp[cli]>=1.2 -r x.txt -e .[test]",
                "nox:tests session.install: pip install mcp>=1 httpx",
                "nox:tests session.run: pip install mcp<2",
                "nox:lint s.run_install: uv sync --extra mcp",
                "nox:lint s.install: pip install -r dev.txt $computed $computed",
            ]
        );
    }

    #[test]
    fn file_names_that_are_joined_keep_their_folders() {
        let mut target = String::new();
        each_command("def a(s):\n    s.install('-r', os.path.join(d, 'req', 'dev.txt'))\n", |words, _| {
            target = words[3].text().to_owned();
        })
        .unwrap();
        assert_eq!(target, "req/dev.txt");
    }

    #[test]
    fn what_is_no_session_is_left_alone() {
        assert!(commands("install('mcp')\na.b.install('mcp')\nassert s.run('pip', 'install', 'mcp')\n").is_empty());
    }
}
