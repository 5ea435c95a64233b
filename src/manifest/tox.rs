//! `tox.ini`: what its environments install by `deps`, by their commands and under which constraints.

use super::setup_cfg::without_comment;
use super::{Declarations, Format, Include, IncludeKind, Path, pip};
use crate::command;
use crate::requirement::{Place, Requirement, Scope};
use crate::source::{Fragment, SourceFile, Span};
use crate::syntax::ini::{Entry, Ini, Section};

/// `tox.ini`.
#[derive(Debug)]
pub(super) struct Tox;

impl Format for Tox {
    fn name(&self) -> &'static str {
        "tox.ini"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "tox.ini"
    }

    fn only_if_mentioned(&self) -> bool {
        false
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        read_text(&Fragment::verbatim(file.text(), 0), found);
    }
}

/// Reads the whole of a `tox.ini`, which may be a string inside another file.
pub(super) fn read_text(source: &Fragment<'_>, found: &mut Declarations) {
    let ini = Ini::parse(source);
    for (span, message) in &ini.problems {
        found.problem(*span, *message);
    }
    read(&ini, found);
}

/// Reads the sections of tox; any of them may be what another refers to.
pub(super) fn read(ini: &Ini<'_>, found: &mut Declarations) {
    for section in ini.sections.iter().filter(|section| !section.name.starts_with("options")) {
        let scope = Scope::Environment(section.name.to_owned());
        for entry in &section.entries {
            let table = |key: &str| format!("{}.{key}", section.name);
            let key = entry.key.replace('-', "_").to_ascii_lowercase();
            match key.as_str() {
                "deps" => read_deps(entry, &Place::new(scope.clone(), table("deps")), found),
                "requires" if section.name.starts_with("tox") => {
                    read_deps(entry, &Place::new(scope.clone(), table("requires")), found);
                }
                "constraints" if is_environment(section) => read_constraints(entry, found),
                "extras" if is_environment(section) => read_extras(entry, found),
                "setenv" | "set_env" => read_environment(entry, found),
                "commands" | "commands_pre" | "commands_post" | "install_command" => {
                    if let Some(script) = script(entry) {
                        command::script(&script, &Place::new(Scope::Command, table(&key)), found);
                    }
                }
                _ => {}
            }
        }
    }
}

fn is_environment(section: &Section<'_>) -> bool {
    section.name.starts_with("testenv") || section.name.starts_with("env")
}

fn read_deps(entry: &Entry<'_>, place: &Place, found: &mut Declarations) {
    for line in &entry.lines {
        let start = factor_prefix(line.text());
        let end = without_comment(line.text()).len().max(start);
        let body = line.part(start..end);
        let text = body.text();
        if text.is_empty() || text.starts_with("{[") || text.starts_with("{posargs") {
            continue;
        }
        let (problems, includes) = (found.problems.len(), found.includes.len());
        if below_root(text).is_some() {
            pip::project(text, body.span(0..text.len()), found);
        } else if !pip::reference(&body, place, found) {
            let span = body.span(0..text.len());
            found.requirement(Requirement::from_pep508(&body, place.clone()), span);
        }
        // A substitution that is left makes the line unreadable, not wrong.
        if text.contains('{') {
            found.problems.truncate(problems);
        }
        settle(found, includes);
    }
}

/// Takes the root out of the targets from `since` on, and drops those that only tox could know.
fn settle(found: &mut Declarations, since: usize) {
    for mut include in found.includes.split_off(since) {
        match below_root(&include.target) {
            Some("") => ".".clone_into(&mut include.target),
            Some(below) => include.target = below.to_owned(),
            None if include.target.contains('{') => continue,
            None => {}
        }
        found.includes.push(include);
    }
}

/// What follows the substitution for the folder that tox.ini is in.
fn below_root(target: &str) -> Option<&str> {
    let rest = ["{toxinidir}", "{tox_root}"].into_iter().find_map(|root| target.strip_prefix(root))?;
    let below = rest.trim_start_matches(['/', '\\']);
    (!below.contains('{')).then_some(below)
}

/// The length of `py310-mcp1,!win: `, which makes a line hold for some environments only.
fn factor_prefix(text: &str) -> usize {
    let Some(colon) = text.find(':') else { return 0 };
    let factors = &text[..colon];
    let rest = &text[colon + 1..];
    let blank = rest.len() - rest.trim_start().len();
    let is_factor = |c: char| c.is_alphanumeric() || matches!(c, '_' | '{' | '}' | '.' | '!' | ',' | '-' | ' ');
    let conditional = blank > 0 && !factors.trim().is_empty() && factors.chars().all(is_factor);
    if conditional { colon + 1 + blank } else { 0 }
}

fn read_constraints(entry: &Entry<'_>, found: &mut Declarations) {
    for line in &entry.lines {
        let start = factor_prefix(line.text());
        let target = without_comment(&line.text()[start..]);
        constraint(target, line.span(start..start + target.len()), found);
    }
}

/// `PIP_CONSTRAINT = file`, one variable in a line.
fn read_environment(entry: &Entry<'_>, found: &mut Declarations) {
    for line in &entry.lines {
        let text = line.text();
        let start = factor_prefix(text);
        let Some(equals) = text[start..].find('=').map(|at| start + at) else { continue };
        if !matches!(text[start..equals].trim(), "PIP_CONSTRAINT" | "UV_CONSTRAINT") {
            continue;
        }
        let mut at = equals + 1;
        for target in text[at..].split(' ') {
            constraint(target, line.span(at..at + target.len()), found);
            at += target.len() + 1;
        }
    }
}

fn constraint(target: &str, span: Span, found: &mut Declarations) {
    if target.is_empty() {
        return;
    }
    let since = found.includes.len();
    found.includes.push(Include { kind: IncludeKind::Constraints, target: target.to_owned(), span });
    settle(found, since);
}

/// The environment installs the project with these extras.
fn read_extras(entry: &Entry<'_>, found: &mut Declarations) {
    for line in &entry.lines {
        let text = without_comment(line.text());
        let start = factor_prefix(text);
        let extras: Vec<String> = text[start..]
            .split([',', ' '])
            .filter(|extra| !extra.is_empty() && !extra.contains(['{', '}']))
            .map(str::to_owned)
            .collect();
        if !extras.is_empty() {
            let span = line.span(start..text.len());
            found.includes.push(Include { kind: IncludeKind::Project { extras }, target: ".".to_owned(), span });
        }
    }
}

/// The commands of a value as the shell text they stand for: without factors and the marks that ignore failure, and
/// with the interpreter of the environment by its name.
fn script(entry: &Entry<'_>) -> Option<Fragment<'static>> {
    let first = entry.lines.first()?;
    let mut decoding = Fragment::decoding(first.span(0..0).start);
    for (number, line) in entry.lines.iter().enumerate() {
        let text = line.text();
        if number > 0 {
            decoding.push('\n', Span::empty(line.span(0..0).start));
        }
        let mut at = factor_prefix(text);
        let marks = text[at..].len() - text[at..].trim_start_matches(['-', '!', '@', ' ']).len();
        at += if text[at..].starts_with("--") { 0 } else { marks };
        while let Some(found) = text[at..].find('{') {
            let open = at + found;
            decoding.push_part(line, at..open);
            let python = ["{envpython}", "{env_python}"].into_iter().find(|name| text[open..].starts_with(name));
            match python {
                Some(name) => {
                    let span = line.span(open..open + name.len());
                    "python".chars().for_each(|c| decoding.push(c, span));
                    at = open + name.len();
                }
                None => {
                    decoding.push_part(line, open..open + 1);
                    at = open + 1;
                }
            }
        }
        decoding.push_part(line, at..text.len());
    }
    Some(decoding.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str) -> (SourceFile, Declarations) {
        let file = SourceFile::in_memory("tox.ini", text);
        let mut found = Declarations::default();
        Tox.locate(&file, &mut found);
        (file, found)
    }

    #[test]
    fn deps_are_read() {
        let text = "[tox]\nrequires =\n    tox-uv>=1\n[testenv:py310]\ndeps =\n    pytest  # runner\n    py310-mcp1: mcp[cli]<2\n    !mcp1,{a,b}: mcp>=2;python_version>'3'\n    {[base]deps}\n    x @ https://h/x.whl\n[base]\ndeps = httpx\n";
        let (file, found) = located(text);
        let shown: Vec<_> = found
            .requirements
            .iter()
            .map(|requirement| (requirement.place.table.as_str(), file.slice(requirement.span)))
            .collect();
        assert_eq!(
            shown,
            [
                ("tox.requires", "tox-uv>=1"),
                ("testenv:py310.deps", "pytest"),
                ("testenv:py310.deps", "mcp[cli]<2"),
                ("testenv:py310.deps", "mcp>=2"),
                ("testenv:py310.deps", "x @ https://h/x.whl"),
                ("base.deps", "httpx"),
            ]
        );
        assert_eq!(found.requirements[2].place.scope, Scope::Environment("testenv:py310".to_owned()));
        assert_eq!(file.slice(found.requirements[2].specifier().unwrap().span), "<2");
        assert!(found.problems.is_empty(), "{:?}", found.problems);
    }

    #[test]
    fn other_files_are_included() {
        let text = "[testenv]\r\ndeps =\r\n    -r requirements.txt\r\n    -r{toxinidir}/req/test.txt\r\n    py310: -c constraints.txt\r\n    -e .[mcp]\r\n    .[cli,ws]\r\n    -c{env:C:x.txt}\r\n    -e {toxinidir}/sub\r\n    {toxinidir}[all]\r\n    {toxinidir}/{x}\r\n\
                    extras =\r\n    test, mcp\r\nset_env =\r\n    A = 1\r\n    PIP_CONSTRAINT = {tox_root}/c.txt\r\n    win: UV_CONSTRAINT=d.txt\r\nconstraints = e.txt\r\n";
        let (file, found) = located(text);
        let shown: Vec<_> = found
            .includes
            .iter()
            .map(|include| {
                let kind = match &include.kind {
                    IncludeKind::Requirements => "r".to_owned(),
                    IncludeKind::Constraints => "c".to_owned(),
                    IncludeKind::Project { extras } => format!("p[{}]", extras.join(",")),
                };
                format!("{kind} {} | {}", include.target, file.slice(include.span))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "r requirements.txt | -r requirements.txt",
                "r req/test.txt | -r{toxinidir}/req/test.txt",
                "c constraints.txt | -c constraints.txt",
                "p[mcp] . | -e .[mcp]",
                "p[cli,ws] . | .[cli,ws]",
                "p[] sub | -e {toxinidir}/sub",
                "p[all] . | {toxinidir}[all]",
                "p[test,mcp] . | test, mcp",
                "c c.txt | {tox_root}/c.txt",
                "c d.txt | d.txt",
                "c e.txt | e.txt",
            ]
        );
        assert!(found.requirements.is_empty() && found.problems.is_empty(), "{:?}", found.problems);
    }

    #[test]
    fn commands_become_a_script() {
        let text = "[testenv]\ncommands =\n    - pip install mcp\n    py310: {envpython} -m pip install \\\n      \"mcp>=1\" {posargs}\n    # no\n    pytest {posargs:tests}\n";
        let source = Fragment::verbatim(text, 0);
        let ini = Ini::parse(&source);
        let script = script(&ini.sections[0].entries[0]).unwrap();
        assert_eq!(
            script.text(),
            "pip install mcp\npython -m pip install \\\n\"mcp>=1\" {posargs}\npytest {posargs:tests}"
        );
        let at = script.text().find("mcp>=1").unwrap();
        let span = script.span(at..at + 6);
        assert_eq!(&text[span.start..span.end], "mcp>=1");
        let span = script.span(16..22);
        assert_eq!(&text[span.start..span.end], "{envpython}");
    }
}
