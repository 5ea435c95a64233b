//! Puts what the command line says over what a configuration says: a flag takes the place of the key of its name, but for
//! `--rules`, which adds.

use std::path::{Component, Path, PathBuf};

use super::{Config, List, Said};
use crate::packages::Packages;
use crate::rule::Rules;
use crate::settle::{PerFile, Selection, Selector, Settings};
use crate::source::Globs;

/// What the command line says.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// `--select`
    pub select: Vec<String>,
    /// `--ignore`
    pub ignore: Vec<String>,
    /// `--per-file-ignore`: a pattern and a rule.
    pub per_file_ignore: Vec<(String, String)>,
    /// `--exclude`
    pub exclude: Vec<String>,
}

/// What both come to.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    /// What of the findings counts.
    pub settings: Settings,
    /// The files and folders that are not looked at.
    pub exclude: Option<Globs>,
}

impl Config {
    /// The folders of further rule files.
    ///
    /// # Errors
    /// One that is not there or lies outside of the repository.
    pub fn rule_folders(&self) -> Result<Vec<PathBuf>, String> {
        let folder = |said: &Said<String>| {
            let refuse = |problem: String| self.at(said.line, &format!("the folder `{}` {problem}", said.value));
            let outside = || refuse("lies outside of the repository; name it with --rules if it is meant".to_owned());
            let path = self.folder.join(&said.value);
            // As it is written first: whether there is something outside is nobody's business.
            if !plain(&path).starts_with(&self.root) {
                return Err(outside());
            }
            let path = path.canonicalize().map_err(|error| refuse(format!("cannot be opened: {error}")))?;
            if path.starts_with(&self.root) { Ok(path) } else { Err(outside()) }
        };
        self.rules.iter().map(folder).collect()
    }

    /// `known` and the packages of this configuration.
    ///
    /// # Errors
    /// A package that is audited already.
    pub fn packages(&self, known: Packages) -> Result<Packages, String> {
        self.packages.iter().try_fold(known, |known, more| {
            known.with(more.value.clone()).map_err(|problem| self.at(more.line, &problem))
        })
    }
}

/// `path` with each `..` taken by its word.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

/// What `asked` and `config` come to for `rules`.
///
/// # Errors
/// A rule that there is not or a pattern that is none, with its place.
pub fn merge(config: Option<&Config>, asked: &Asked, rules: &Rules) -> Result<Merged, String> {
    let from = |flag: &str, given: &[String], said: fn(&Config) -> Option<&List>| {
        if !given.is_empty() {
            return flags(flag, given, rules);
        }
        config.and_then(|config| Some(named(config, said(config)?, rules))).unwrap_or_else(|| Ok(Vec::new()))
    };
    let selection = Selection {
        select: from("--select", &asked.select, |config| config.select.as_ref())?,
        ignore: from("--ignore", &asked.ignore, |config| config.ignore.as_ref())?,
    };
    Ok(Merged {
        settings: Settings { selection, per_file: per_file(config, asked, rules)?, ..Settings::default() },
        exclude: exclude(config, asked)?,
    })
}

fn flags(flag: &str, given: &[String], rules: &Rules) -> Result<Vec<Selector>, String> {
    given.iter().map(|text| Selector::new(text, rules).map_err(|problem| format!("{flag}: {problem}"))).collect()
}

fn named(config: &Config, list: &List, rules: &Rules) -> Result<Vec<Selector>, String> {
    let selector =
        |said: &Said<String>| Selector::new(&said.value, rules).map_err(|problem| config.at(said.line, &problem));
    list.iter().map(selector).collect()
}

fn per_file(config: Option<&Config>, asked: &Asked, rules: &Rules) -> Result<Vec<PerFile>, String> {
    const FLAG: &str = "--per-file-ignore";
    let flagged = asked.per_file_ignore.iter().map(|(pattern, rule)| {
        let files =
            Globs::new(Path::new("."), [pattern.as_str()]).map_err(|(_, problem)| format!("{FLAG}: {problem}"))?;
        Ok(PerFile { files, ignore: flags(FLAG, std::slice::from_ref(rule), rules)? })
    });
    if !asked.per_file_ignore.is_empty() {
        return flagged.collect();
    }
    let Some((config, said)) = config.and_then(|config| Some((config, config.per_file_ignores.as_ref()?))) else {
        return Ok(Vec::new());
    };
    let of_file = said.iter().map(|(pattern, list)| {
        let files = Globs::new(&config.folder, [pattern.value.as_str()]);
        let files = files.map_err(|(_, problem)| config.at(pattern.line, &problem))?;
        Ok(PerFile { files, ignore: named(config, list, rules)? })
    });
    of_file.collect()
}

fn exclude(config: Option<&Config>, asked: &Asked) -> Result<Option<Globs>, String> {
    if !asked.exclude.is_empty() {
        let globs = Globs::new(Path::new("."), asked.exclude.iter().map(String::as_str));
        return globs.map(Some).map_err(|(_, problem)| format!("--exclude: {problem}"));
    }
    let Some((config, said)) = config.and_then(|config| Some((config, config.exclude.as_ref()?))) else {
        return Ok(None);
    };
    let globs = Globs::new(&config.folder, said.iter().map(|one| one.value.as_str()));
    globs.map(Some).map_err(|(index, problem)| config.at(said.get(index).map_or(1, |one| one.line), &problem))
}
