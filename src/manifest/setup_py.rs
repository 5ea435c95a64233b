//! `setup.py`, read and never run: what its call of `setup()` passes is followed through names bound to literals,
//! sums, conditionals and `split()`; the rest is told as computed.

use std::collections::HashSet;

use super::{Computed, Declarations, Format, Include, IncludeKind, Path, ProjectTable};
use crate::python::{Leaf, Names, Value, Wanted, outline};
use crate::requirement::{Ecosystem, Hold, Place, Requirement, Scope, VersionPart, split};
use crate::source::{Fragment, SourceFile, Span};

/// `setup.py`.
#[derive(Debug)]
pub(super) struct SetupPy;

impl Format for SetupPy {
    fn name(&self) -> &'static str {
        "setup.py"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "setup.py"
    }

    fn only_if_mentioned(&self) -> bool {
        false
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let is_setup = |path: &str| path.rsplit('.').next() == Some("setup");
        let wanted = Wanted { call: &is_setup, list: &|_| false, keys: &[], statements: true };
        let outline = match outline(file.text(), &wanted) {
            Ok(outline) => outline,
            Err(error) => return found.syntax_error(error),
        };
        if let Some(error) = outline.errors.first() {
            found.problem(Span::empty(error.offset), format!("not Python here: {}", error.message));
        }
        let names = Names::new(&outline);
        for call in &outline.calls {
            let mut arguments: Vec<(&str, &Value<'_>)> = Vec::new();
            let mut spread = Vec::new();
            for (keyword, value) in &call.keywords {
                match keyword {
                    Some(keyword) => arguments.push((keyword, value)),
                    None => spread.extend(names.entries(value, &mut Vec::new())),
                }
            }
            arguments.extend(spread.iter().filter_map(|entry| Some((entry.key.as_deref()?, entry.value))));
            read_setup(&arguments, &names, &mut Recorder::new(found));
        }
    }
}

fn read_setup<'o>(arguments: &[(&str, &'o Value<'_>)], names: &Names<'o, '_>, recorder: &mut Recorder<'_>) {
    let name = arguments.iter().find(|(keyword, _)| *keyword == "name").and_then(|(_, value)| names.text(value));
    let name = name.map(|name| split::normalized(name.text().trim())).filter(|name| !name.is_empty());
    let project = ProjectTable { ecosystem: Ecosystem::Python, publishes: name.is_some(), name };
    if recorder.found.project.as_ref().is_none_or(|before| before.name.is_none()) {
        recorder.found.project = Some(project);
    }
    // The runtime list first: what the others share with it is reported there.
    let lists = [
        ("install_requires", Scope::Runtime),
        ("setup_requires", Scope::Build),
        ("tests_require", Scope::Group("tests".to_owned())),
    ];
    for (table, scope) in lists {
        for (_, value) in arguments.iter().filter(|(keyword, _)| *keyword == table) {
            for leaf in names.leaves(value) {
                recorder.leaf(&leaf, &Place::new(scope.clone(), table), None);
            }
        }
    }
    for (_, value) in arguments.iter().filter(|(keyword, _)| *keyword == "extras_require") {
        let mut computed = Vec::new();
        let mut entries = names.entries(value, &mut computed);
        // An extra such as `all` is put together from the others, which are to be named first.
        entries.sort_by_key(|entry| entry.value.elements().is_empty());
        for entry in entries {
            // Before `Requires-Dist` had markers, they were written behind the extra: `cli:python_version<'3.8'`.
            let key = entry.key.as_deref().unwrap_or("");
            let (extra, marker) = key.split_once(':').map_or((key, None), |(extra, marker)| (extra, Some(marker)));
            let scope = if extra.is_empty() && marker.is_some() {
                Scope::Runtime
            } else {
                Scope::Extra(extra.trim().to_owned())
            };
            for leaf in names.leaves(entry.value) {
                recorder.leaf(&leaf, &Place::new(scope.clone(), "extras_require"), marker);
            }
        }
        for leaf in computed {
            recorder.leaf(&leaf, &Place::new(Scope::Extra(String::new()), "extras_require"), None);
        }
    }
}

/// Records what values are made of, each place of the file once however often it is used.
pub(super) struct Recorder<'d> {
    found: &'d mut Declarations,
    seen: HashSet<Span>,
}

impl<'d> Recorder<'d> {
    /// A recorder into `found`.
    pub(super) fn new(found: &'d mut Declarations) -> Self {
        Self { found, seen: HashSet::new() }
    }

    /// Records one leaf; `marker` stands where the requirement has none of its own.
    pub(super) fn leaf(&mut self, leaf: &Leaf<'_>, place: &Place, marker: Option<&str>) {
        match leaf {
            Leaf::Text(text) => {
                for line in lines(text) {
                    self.requirement(&line, place, marker);
                }
            }
            Leaf::Template { known, span } => self.template(known, *span, place),
            Leaf::Computed { span, by, files } => {
                self.computed(*span, by.clone(), place);
                for file in files {
                    if self.seen.insert(file.span) {
                        self.found.includes.push(Include {
                            kind: IncludeKind::Requirements,
                            target: file.target.clone(),
                            span: file.span,
                        });
                    }
                }
            }
        }
    }

    fn requirement(&mut self, line: &Fragment<'_>, place: &Place, marker: Option<&str>) {
        let span = line.span(0..line.text().len());
        if !self.seen.insert(span) {
            return;
        }
        let read = Requirement::from_pep508(line, place.clone());
        let read = read.map(|read| {
            read.map(|mut requirement| {
                requirement.marker = requirement.marker.take().or_else(|| marker.map(str::to_owned));
                requirement
            })
        });
        self.found.requirement(read, span);
    }

    /// A requirement whose version is put in by code, when at least its name is written out.
    fn template(&mut self, known: &Fragment<'_>, span: Span, place: &Place) {
        let text = known.text();
        let start = text.len() - text.trim_start().len();
        let name = split::name_length(&text[start..]);
        let rest = &text[start + name..];
        let named = name > 0 && rest.starts_with(['<', '>', '=', '!', '~', '[', '(', ' ', ';', '@']);
        match Requirement::from_pep508(known, place.clone()) {
            Some(Ok(mut requirement)) if named => {
                if self.seen.insert(span) {
                    // With a marker behind it, the specifier itself is written out; all else goes on in the code.
                    if requirement.marker.is_none() {
                        requirement.version = VersionPart::Computed(rest.trim().to_owned());
                        requirement.hold = Some(Hold::Computed);
                    }
                    self.found.requirements.push(requirement);
                }
            }
            _ => self.computed(span, "a string that is put together".to_owned(), place),
        }
    }

    fn computed(&mut self, span: Span, by: String, place: &Place) {
        if self.seen.insert(span) {
            self.found.computed.push(Computed { span, table: place.table.clone(), by });
        }
    }
}

/// The lines of a string that may hold a requirement each, comments cut off.
fn lines<'f>(text: &'f Fragment<'_>) -> Vec<Fragment<'f>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.text().split('\n') {
        let content = line.split(" #").next().unwrap_or(line);
        let blank = content.len() - content.trim_start().len();
        let body = content.trim();
        if !body.is_empty() && !body.starts_with(['#', '-']) {
            lines.push(text.part(at + blank..at + blank + body.len()));
        }
        at += line.len() + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str) -> (SourceFile, Declarations) {
        let file = SourceFile::in_memory("setup.py", text);
        let mut found = Declarations::default();
        SetupPy.locate(&file, &mut found);
        (file, found)
    }

    /// Each requirement as `scope: text below its span`.
    fn shown(text: &str) -> Vec<String> {
        let (file, found) = located(text);
        let one = |requirement: &Requirement| {
            let scope = match &requirement.place.scope {
                Scope::Extra(extra) => format!("[{extra}]"),
                scope => format!("{scope:?}"),
            };
            format!("{scope}: {}", file.slice(requirement.span))
        };
        found.requirements.iter().map(one).collect()
    }

    #[test]
    fn literals_are_read_where_they_stand() {
        let text = "\u{feff}from setuptools import setup as s, find_packages\r\ns(\r\n    name='My_Server',\r\n    install_requires=['mcp[cli]>=1.2', \"httpx\", # why\r\n    ],\r\n\
                    \x20   setup_requires=('wheel',),\r\n    tests_require={'pytest'},\r\n    extras_require={'cli': ['typer'], ':python_version<\"3.11\"': ['tomli>=2']},\r\n)\r\n";
        assert_eq!(
            shown(text),
            [
                "Runtime: mcp[cli]>=1.2",
                "Runtime: httpx",
                "Build: wheel",
                "Group(\"tests\"): pytest",
                "[cli]: typer",
                "Runtime: tomli>=2"
            ]
        );
        let (file, found) = located(text);
        assert_eq!(found.project.unwrap().name.as_deref(), Some("my-server"));
        assert_eq!(file.slice(found.requirements[0].specifier().unwrap().span), ">=1.2");
        assert_eq!(found.requirements[5].marker.as_deref(), Some("python_version<\"3.11\""));
        assert!(found.problems.is_empty() && found.computed.is_empty());
    }

    #[test]
    fn names_bound_to_literals_are_followed() {
        for (text, expected) in [
            ("R = ['mcp']\nsetup(install_requires=R)", vec!["mcp"]),
            ("R = ['mcp']\nO = ('a',)\nsetup(install_requires=R + list(O) + ['b'])", vec!["mcp", "a", "b"]),
            ("R = ['mcp']\nsetup(install_requires=[*R, 'x'])", vec!["mcp", "x"]),
            ("R = []\nR += ['mcp']\nR.append('a')\nR.extend(['b'])\nsetup(install_requires=R)", vec!["mcp", "a", "b"]),
            ("setup(install_requires=['mcp>=1'] if x else ['mcp<2', 'y'])", vec!["mcp>=1", "mcp<2", "y"]),
            (
                "setup(install_requires='''\n  mcp>=1  # no\n  # httpx\n  a\n'''.strip().split('\\n'))",
                vec!["mcp>=1", "a"],
            ),
            ("setup(install_requires='mcp>=1 httpx'.split())", vec!["mcp>=1", "httpx"]),
            ("setup(install_requires='mcp>=1\\nhttpx')", vec!["mcp>=1", "httpx"]),
            ("R = '''mcp\n a'''\nsetup(install_requires=R.splitlines())", vec!["mcp", "a"]),
            ("c = {'install_requires': ['mcp']}\nsetuptools.setup(**c)", vec!["mcp"]),
            ("c = dict(name='x')\nc['install_requires'] = ['mcp']\nsetup(**c)", vec!["mcp"]),
            ("def main():\n    r = ['mcp']\n    setup(install_requires=r)\nmain()", vec!["mcp"]),
            (
                "import sys\nif sys.version_info < (3, 11):\n  R = ['mcp<1']\nelse:\n  R = ['mcp>1']\nsetup(install_requires=R)",
                vec!["mcp<1", "mcp>1"],
            ),
            ("R = ['mcp']\nR = R + ['a']\nsetup(install_requires=sorted(R))", vec!["mcp", "a"]),
            ("R = ['mcp']\nsetup(install_requires=[r for r in R if x(r)])", vec!["mcp"]),
            ("def get():\n  return ['mcp']\nsetup(install_requires=get())", vec!["mcp"]),
            ("def get():\n  r = []\n  r.append('mcp')\n  return r\nsetup(install_requires=get())", vec!["mcp"]),
            ("D = {'m': 'mcp>=1'}\nsetup(install_requires=[D['m'], 'a'])", vec!["mcp>=1", "a"]),
        ] {
            let (file, found) = located(text);
            let spans: Vec<_> = found.requirements.iter().map(|requirement| file.slice(requirement.span)).collect();
            assert_eq!(spans, expected, "{text}");
            assert!(found.computed.is_empty(), "{text}: {:?}", found.computed);
        }
    }

    #[test]
    fn extras_are_put_together() {
        let text = "E = dict(cli=['mcp[cli]'])\nE['dev'] = ['pytest'] + E['cli']\nE['all'] = sum(E.values(), [])\n\
                    E.update({'ws': ['mcp[ws]>=1']})\nsetup(extras_require={**E, 'x': ['y']})";
        assert_eq!(shown(text), ["[cli]: mcp[cli]", "[ws]: mcp[ws]>=1", "[x]: y", "[dev]: pytest"]);
    }

    #[test]
    fn what_code_computes_is_said_to_be_computed() {
        for (text, by, includes) in [
            ("setup(install_requires=read_requirements())", "the call `read_requirements()`", vec![]),
            (
                "def get():\n  with open('req/base.txt') as f:\n    return f.read()\nsetup(install_requires=get())",
                "the call `get()`",
                vec!["req/base.txt"],
            ),
            (
                "setup(install_requires=[l for l in open('requirements.txt')])",
                "a comprehension",
                vec!["requirements.txt"],
            ),
            (
                "with open(os.path.join(here, 'req', 'a.txt')) as f:\n    reqs = f.read().splitlines()\nsetup(install_requires=reqs)",
                "the call `f.read().splitlines()`",
                vec!["req/a.txt"],
            ),
            ("setup(install_requires=parse(HERE / 'req' / 'b.in'))", "the call `parse()`", vec!["req/b.in"]),
            ("from x import R\nsetup(install_requires=R)", "the name `R`", vec![]),
        ] {
            let (_, found) = located(text);
            assert_eq!(found.computed.len(), 1, "{text}: {:?}", found.computed);
            assert_eq!((found.computed[0].by.as_str(), found.computed[0].table.as_str()), (by, "install_requires"));
            let targets: Vec<_> = found.includes.iter().map(|include| include.target.as_str()).collect();
            assert_eq!(targets, includes, "{text}");
        }
    }

    #[test]
    fn versions_put_in_by_code_keep_their_name() {
        for text in ["f'mcp>={V}'", "'mcp>=%s' % V", "'mcp[cli]>={}'.format(V)"] {
            let (file, found) = located(&format!("setup(install_requires=[{text}, f'{{x}}', 'a'])"));
            assert_eq!(found.requirements[0].name, "mcp", "{text}");
            assert_eq!(found.requirements[0].hold, Some(Hold::Computed));
            assert!(file.slice(found.requirements[0].span).starts_with("mcp"));
            assert_eq!((found.requirements.len(), found.computed.len()), (2, 1));
        }
        let (_, found) = located("setup(install_requires=[f'mcp-{x}', f'mcp{V}'])");
        assert_eq!((found.requirements.len(), found.computed.len()), (0, 2));
        let (file, found) = located("setup(install_requires=['m' 'cp>=1', r'httpx', u\"a\", 'x\\x3e=1'])");
        let spans: Vec<_> = found.requirements.iter().map(|requirement| file.slice(requirement.span)).collect();
        assert_eq!(spans, ["m' 'cp>=1", "httpx", "a", "x\\x3e=1"]);
        assert!(found.requirements[3].hold.is_none());
    }

    #[test]
    fn hostile_scripts_end() {
        let mut text = "A0 = ['mcp']\n".to_owned();
        for n in 1..60 {
            text.push_str(&format!("A{n} = A{0} + A{0}\n", n - 1));
        }
        text.push_str("B = C\nC = B\nsetup(install_requires=A59 + B, extras_require=D)\nD = {**D}\n");
        let (_, found) = located(&text);
        assert!(found.requirements.len() <= 1);
        let (_, found) = located("setup(install_requires=['mcp'\nprint 'x'\n");
        assert!(!found.problems.is_empty());
        located(&format!("setup(install_requires={})", "[".repeat(100_000)));
    }
}
