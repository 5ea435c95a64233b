//! What a project asks for itself, as lines that a resolver can be given: rebuilt from what was read, never copied, for a
//! requirements file may hold options, variables and paths that reach beyond it.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Bound as End;
use std::rc::Rc;

use pep440_rs::Version;

use super::PACKAGE;
use crate::dependents::Name;
use crate::inventory::FileFacts;
use crate::manifest;
use crate::project::{Project, Projects};
use crate::requirement::{Dialect, Ecosystem, Requirement, Scope, VersionPart, Versions};

/// A marker or specifier longer than this, in bytes, is not handed on.
const LONGEST: usize = 2_000;

/// More requirements than this are no manifest.
const MOST: usize = 5_000;

/// What a project asks for.
#[derive(Debug, Clone, Default)]
pub struct Wants {
    /// Its requirements.
    pub asks: Vec<Want>,
    /// What its configuration limits.
    pub constraints: Vec<Want>,
    /// What its configuration replaces.
    pub overrides: Vec<Want>,
    /// Requirements that no index can answer, as written: folders, repositories, archives.
    pub left_out: Vec<String>,
}

/// One requirement.
#[derive(Debug, Clone)]
pub struct Want {
    /// The package.
    pub name: Name,
    /// As PEP 508 has it, on one line.
    pub line: String,
    /// The versions, as PEP 440 has them; blank is any.
    pub specifier: String,
    /// Whether it is needed to run; what extras and groups ask for is not.
    pub is_needed: bool,
}

impl Wants {
    /// What the manifests of `project` ask for. Requirements files count where no manifest lists anything; what a tool
    /// compiled is a lock and asks for nothing.
    pub fn of(project: &Project<'_>, projects: &Projects<'_>, located: &Located) -> Self {
        let mut wants = Self::default();
        let mut seen = BTreeSet::from([project.folder.clone()]);
        wants.read(project, (projects, located), &mut seen, true);
        wants
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.asks.is_empty()
    }

    /// The names that are asked for.
    pub fn names(&self) -> BTreeSet<String> {
        self.asks.iter().map(|want| want.name.as_str().to_owned()).collect()
    }

    fn read(
        &mut self,
        project: &Project<'_>,
        (projects, located): (&Projects<'_>, &Located),
        seen: &mut BTreeSet<String>,
        is_own: bool,
    ) {
        let files: Vec<Rc<Vec<Requirement>>> = project.files.iter().map(|facts| located.of(facts)).collect();
        let all = || files.iter().flat_map(|list| list.iter());
        let is_listed =
            |one: &Requirement| matches!(one.place.scope, Scope::Runtime | Scope::Extra(_) | Scope::Group(_));
        let lists = all().any(is_listed);
        let replaced = replacements(project, projects, located);
        for one in all() {
            match &one.place.scope {
                Scope::Runtime | Scope::Extra(_) | Scope::Group(_) => {}
                Scope::Requirements if !lists => {}
                Scope::Constraint if is_own && !one.place.table.contains("build-constraint") => {
                    self.constraints.extend(line(one));
                    continue;
                }
                Scope::Override if is_own && one.specifier().is_some() => {
                    self.overrides.extend(line(one));
                    continue;
                }
                _ => continue,
            }
            // Of a neighbour only what it needs to run comes along.
            let is_needed = matches!(one.place.scope, Scope::Runtime | Scope::Requirements);
            let is_itself = project.name.as_deref() == Some(&one.name);
            if self.asks.len() >= MOST || is_itself || !(is_own || is_needed) {
                continue;
            }
            let neighbour = replaced
                .contains(&one.name)
                .then(|| projects.iter().find(|other| other.name.as_deref() == Some(&one.name) && one.name != PACKAGE));
            match (neighbour.flatten(), line(one)) {
                (Some(other), _) => {
                    if seen.insert(other.folder.clone()) {
                        self.read(other, (projects, located), seen, false);
                    }
                }
                (None, Some(want)) => self.asks.push(Want { is_needed, ..want }),
                (None, None) => self.left_out.push(one.shown()),
            }
        }
        // A workspace takes its constraints and overrides from its root.
        if is_own {
            for around in projects.around(project).filter(|around| around.folder != project.folder) {
                let files: Vec<_> = around.files.iter().map(|facts| located.of(facts)).collect();
                for one in files.iter().flat_map(|list| list.iter()) {
                    match one.place.scope {
                        _ if !one.place.table.starts_with("tool.uv.") => {}
                        Scope::Constraint if !one.place.table.contains("build-constraint") => {
                            self.constraints.extend(line(one));
                        }
                        Scope::Override if one.specifier().is_some() => {
                            self.overrides.extend(line(one));
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}

/// All Python requirements of a file that is a manifest. The inventory keeps only those of audited packages, so the file
/// is read again.
pub(crate) fn requirements(facts: &FileFacts) -> Vec<Requirement> {
    if !facts.is_manifest || facts.declarations.lock.is_some() {
        return Vec::new();
    }
    let found = manifest::locate(&facts.file).requirements;
    found.into_iter().filter(|one| one.ecosystem == Ecosystem::Python && one.dialect != Dialect::Conda).collect()
}

/// What was read again of each file, by its path: a workspace's root is asked for by every member.
#[derive(Debug, Default)]
pub struct Located(RefCell<HashMap<String, Rc<Vec<Requirement>>>>);

impl Located {
    /// As [`requirements`].
    fn of(&self, facts: &FileFacts) -> Rc<Vec<Requirement>> {
        let mut known = self.0.borrow_mut();
        if let Some(list) = known.get(facts.file.path()) {
            return Rc::clone(list);
        }
        let list = Rc::new(requirements(facts));
        known.insert(facts.file.path().to_owned(), Rc::clone(&list));
        list
    }
}

/// The packages that sources of the project or its workspace take from the repository.
fn replacements(project: &Project<'_>, projects: &Projects<'_>, located: &Located) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for facts in projects.around(project).flat_map(|around| &around.files) {
        let list = located.of(facts);
        let own = list.iter().filter(|one| matches!(one.version, VersionPart::Path(_) | VersionPart::Inherited));
        names.extend(own.map(|one| one.name.clone()));
    }
    names
}

/// The requirement on one line; `None` where it names a place in the stead of versions, or holds what a requirements file
/// would take for something else.
fn line(one: &Requirement) -> Option<Want> {
    let name = Name::new(&one.name)?;
    let versions = one.versions().ok()??;
    let written = &one.specifier()?.text;
    let specifier = match one.dialect {
        Dialect::Pep508 if written.trim() == "*" => String::new(),
        Dialect::Pep508 => written.trim().trim_start_matches('(').trim_end_matches(')').trim().to_owned(),
        _ => pep440(&versions),
    };
    let extras: Option<Vec<Name>> = one.extras.iter().map(|extra| Name::new(extra)).collect();
    let extras: Vec<String> = extras?.iter().map(|extra| extra.as_str().to_owned()).collect();
    let extras = if extras.is_empty() { String::new() } else { format!("[{}]", extras.join(",")) };
    let marker = match &one.marker {
        Some(marker) if one.dialect == Dialect::Pep508 => format!(" ; {}", marker.trim()),
        _ => String::new(),
    };
    let line = format!("{name}{extras}{specifier}{marker}");
    let is_plain = line.len() <= LONGEST
        && line.chars().all(|c| c == ' ' || c.is_ascii_alphanumeric() || "-_.,;<>=!~*+()[]'\"".contains(c))
        && !line.contains(" -");
    is_plain.then_some(Want { name, line, specifier, is_needed: true })
}

/// The outer limits of a set in PEP 440's words. Holes in the middle are lost, so it may admit more.
fn pep440(versions: &Versions) -> String {
    if let Some(version) = &versions.exact {
        return format!("=={version}");
    }
    let Some((low, high)) = versions.set.bounding_range() else { return "<0".to_owned() };
    let part = |operator: &str, version: &Version| format!("{operator}{version}");
    let low = match low {
        End::Included(version) => Some(part(">=", version)),
        End::Excluded(version) => Some(part(">", version)),
        End::Unbounded => None,
    };
    let high = match high {
        End::Included(version) => Some(part("<=", version)),
        End::Excluded(version) => Some(part("<", version)),
        End::Unbounded => None,
    };
    low.into_iter().chain(high).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packages::Packages;
    use crate::source::SourceFile;
    use crate::{inventory, rule};

    fn packages() -> Packages {
        rule::embedded().unwrap().packages
    }

    /// The lines of the project in `folder`, with what was left out.
    fn lines(files: &[(&str, &str)], folder: &str) -> (Vec<String>, Vec<String>) {
        let files = files.iter().map(|(path, text)| SourceFile::in_memory(path, text)).collect();
        let inventory = inventory::of_files(files, &packages());
        let projects = Projects::group(&inventory);
        let project = projects.iter().find(|project| project.folder == folder).unwrap();
        let wants = Wants::of(project, &projects, &Located::default());
        let mark = |mark: &str, list: Vec<Want>| -> Vec<String> {
            list.into_iter().map(|want| format!("{mark}{}", want.line)).collect()
        };
        let mut all = mark("", wants.asks);
        all.extend(mark("-c ", wants.constraints));
        all.extend(mark("-o ", wants.overrides));
        (all, wants.left_out)
    }

    #[test]
    fn requirements_are_rebuilt() {
        let text = "[project]\nname = 'app'\ndependencies = [\"Lang_Chain[A, b] >= 1 ; python_version > '3'\", 'x @ https://h/x.whl', 'y (>=1)']\n[project.optional-dependencies]\nall = ['app[cli]', 'z']\n[tool.uv]\nconstraint-dependencies = ['q<2']\noverride-dependencies = ['r>=3']\n";
        let (lines, left_out) = lines(&[("pyproject.toml", text), ("requirements.txt", "other\n")], "");
        assert_eq!(lines, ["lang-chain[a,b]>= 1 ; python_version > '3'", "y>=1", "z", "-c q<2", "-o r>=3"]);
        assert_eq!(left_out, ["x @ https://h/x.whl"]);
    }

    #[test]
    fn poetry_is_translated() {
        let text = "[tool.poetry]\nname = 'app'\n[tool.poetry.dependencies]\npython = '^3.10'\na = '^1.2'\nb = '*'\nc = '1.9'\nd = '<1.5 || >=1.7'\ne = {git = 'https://h/e'}\n";
        let (lines, left_out) = lines(&[("pyproject.toml", text)], "");
        assert_eq!(lines, ["a>=1.2,<2", "b", "c==1.9", "d"]);
        assert_eq!(left_out.len(), 1);
    }

    #[test]
    fn nothing_reaches_beyond_the_line() {
        let hostile = "a ; python_version > '${HOME}'\nb ; x == '`'\nc==1 --index-url=https://h\n-r ../secret.txt\n--find-links /\n-e .\nd ; python_version > '3' --hash=x\ne\u{1b}[31m\nf ; os_name == 'a\\\n-r /etc/passwd'\n";
        let (lines, _) = lines(&[("requirements.txt", hostile)], "");
        assert!(lines.iter().all(|line| !line.contains(['$', '`', '/', '\\', '\n', '\u{1b}'])), "{lines:?}");
        assert!(lines.iter().all(|line| !line.contains(" -")), "{lines:?}");
        assert!(lines.contains(&"c==1".to_owned()), "{lines:?}");
    }

    #[test]
    fn neighbours_come_with_what_they_ask_for() {
        let app =
            "[project]\nname = 'app'\ndependencies = ['core', 'z']\n[tool.uv.sources]\ncore = { workspace = true }\n";
        let core = "[project]\nname = 'core'\ndependencies = ['mcp>=1', 'app']\n[dependency-groups]\ndev = ['pytest']\n[tool.uv.sources]\napp = { path = '../app' }\n";
        let (lines, left_out) = lines(&[("app/pyproject.toml", app), ("core/pyproject.toml", core)], "app");
        assert_eq!((lines, left_out), (vec!["mcp>=1".to_owned(), "z".to_owned()], vec![]));
    }
}
