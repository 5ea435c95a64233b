//! What pip's files may hold beside requirements: options that name other files, and projects that are installed from
//! a folder or a repository. Requirements files, tox, PDM and Conda's list for pip all take these forms.

use super::{Declarations, Include, IncludeKind};
use crate::requirement::{Dialect, Ecosystem, Place, Requirement, VersionPart, normalized};
use crate::source::{Fragment, Span};

/// Reads `line` unless it is a plain requirement; whether it was read.
pub(super) fn reference(line: &Fragment<'_>, place: &Place, found: &mut Declarations) -> bool {
    let text = line.text().trim();
    if text.starts_with('-') {
        option(line, place, found);
    } else if text.starts_with(['.', '/', '~']) || text.starts_with("file:") {
        project(text, whole(line), found);
    } else if is_version_control(text) {
        named_by_egg(text, whole(line), place, found);
    } else {
        return false;
    }
    true
}

/// A folder of the repository's own, perhaps with extras: `.`, `./pkg[cli]`, `file:///${PROJECT_ROOT}/pkg#egg=x`.
pub(super) fn project(text: &str, span: Span, found: &mut Declarations) {
    let body = text.split([';', '#']).next().unwrap_or(text).trim().trim_matches(['"', '\'']);
    let (path, extras) = match body.split_once('[') {
        Some((path, extras)) => (path.trim(), extras.split(']').next().unwrap_or(extras)),
        None => (body, ""),
    };
    let extras = extras.split(',').map(str::trim).filter(|extra| !extra.is_empty()).map(str::to_owned).collect();
    let path = match path.strip_prefix("file:///${PROJECT_ROOT}") {
        Some("" | "/") => ".",
        Some(below) => below.trim_start_matches('/'),
        None => path,
    };
    folder(path, extras, span, found);
}

/// Records a folder that is installed, with extras. Archives are no folders, and URLs not of this tree.
pub(super) fn folder(path: &str, extras: Vec<String>, span: Span, found: &mut Declarations) {
    let is_archive = [".whl", ".zip", ".tar.gz", ".tgz"].iter().any(|end| path.ends_with(end));
    if !is_archive && !path.is_empty() && (!path.contains("://") || path.starts_with("file:")) {
        found.includes.push(Include { kind: IncludeKind::Project { extras }, target: path.to_owned(), span });
    }
}

/// `-r`, `-c` and `-e`, in their long and short, spaced and joined forms; other options do not concern us.
fn option(line: &Fragment<'_>, place: &Place, found: &mut Declarations) {
    let option = line.text().trim();
    let value = |flags: [&str; 2]| {
        let rest = flags.iter().find_map(|flag| option.strip_prefix(flag))?;
        Some(rest.trim_start_matches('=').trim()).filter(|value| !value.is_empty())
    };
    for (flags, kind) in
        [(["--requirement", "-r"], IncludeKind::Requirements), (["--constraint", "-c"], IncludeKind::Constraints)]
    {
        if let Some(target) = value(flags) {
            let target = target.trim_matches(['"', '\'']).to_owned();
            return found.includes.push(Include { kind, target, span: whole(line) });
        }
    }
    let Some(target) = value(["--editable", "-e"]) else { return };
    // Options of this one project follow it.
    let target = target.split(" --").next().unwrap_or(target).trim_end();
    if target.contains(" @ ") {
        let start = line.text().find(target).unwrap_or(0);
        let part = line.part(start..start + target.len());
        found.requirement(Requirement::from_pep508(&part, place.clone()), whole(line));
        return;
    }
    if !is_version_control(target) {
        project(target, whole(line), found);
    }
    named_by_egg(target, whole(line), place, found);
}

fn is_version_control(text: &str) -> bool {
    ["git+", "hg+", "svn+", "bzr+"].iter().any(|kind| text.starts_with(kind))
}

/// `URL#egg=name` names the package that the folder or repository holds.
fn named_by_egg(target: &str, span: Span, place: &Place, found: &mut Declarations) {
    let Some((_, egg)) = target.split_once("#egg=") else { return };
    let name = egg.split(['&', '[', ';', ' ']).next().unwrap_or(egg);
    if name.is_empty() {
        return;
    }
    found.requirements.push(Requirement {
        ecosystem: Ecosystem::Python,
        dialect: Dialect::Pep508,
        name: normalized(name),
        text: target.to_owned(),
        span,
        extras: Vec::new(),
        version: VersionPart::from_url(target),
        marker: None,
        place: place.clone(),
        hold: None,
        import_name: None,
        bare_word: None,
    });
}

/// Where `line` stands, without the blanks around it.
fn whole(line: &Fragment<'_>) -> Span {
    let text = line.text();
    let start = text.len() - text.trim_start().len();
    line.span(start..text.trim_end().len().max(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requirement::Scope;

    #[test]
    fn every_form_is_told_from_requirements() {
        for (line, expected) in [
            ("-r  base.txt ", "-r  base.txt|Requirements base.txt"),
            ("--constraint='c.txt'", "--constraint='c.txt'|Constraints c.txt"),
            (
                "-e .[a, b] --config-settings x=y",
                "-e .[a, b] --config-settings x=y|Project { extras: [\"a\", \"b\"] } .",
            ),
            ("./x ; os_name == 'nt'", "./x ; os_name == 'nt'|Project { extras: [] } ./x"),
            ("-e git+https://h/r@v1#egg=mcp[cli]", "-e git+https://h/r@v1#egg=mcp[cli]|mcp"),
            (" git+https://h/r#egg=mcp&subdirectory=a", "git+https://h/r#egg=mcp&subdirectory=a|mcp"),
            ("-e mcp @ git+https://h/r", "mcp @ git+https://h/r|mcp"),
            ("--hash=x", ""),
            ("-e", ""),
            ("./x-1.0.whl", ""),
        ] {
            let mut found = Declarations::default();
            let place = Place::new(Scope::Requirements, "");
            assert!(reference(&Fragment::verbatim(line, 0), &place, &mut found), "{line}");
            let includes = found.includes.iter().map(|one| (one.span, format!("{:?} {}", one.kind, one.target)));
            let requirements = found.requirements.iter().map(|one| (one.span, one.name.clone()));
            let shown: Vec<_> = includes
                .chain(requirements)
                .map(|(span, what)| format!("{}|{what}", &line[span.start..span.end]))
                .collect();
            assert_eq!(shown.join("\n"), expected);
        }
        assert!(!reference(
            &Fragment::verbatim("mcp>=1", 0),
            &Place::new(Scope::Runtime, ""),
            &mut Declarations::default()
        ));
    }
}
