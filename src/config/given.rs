//! From the paths of a run to what it is made with: the one way that every command, server and editor takes, so that all of
//! them say the same of a tree.

use std::path::PathBuf;

use super::own::Proven;
use super::{Asked, Config, Merged, discover, merge, read};
use crate::ScanOptions;
use crate::fix::PinOptions;
use crate::rule::Rules;
use crate::source::Limits;

/// Which configuration counts.
#[derive(Debug, Clone, Default)]
pub enum Which {
    /// The project's own, looked for as [`discover`] does.
    #[default]
    Project,
    /// The same, as if this folder, which is absolute and without links, were that of the repository: nothing outside of it
    /// is opened.
    Within(PathBuf),
    /// The one in this file.
    File(PathBuf),
    /// None.
    Nothing,
}

/// What whoever starts a run says, which wins over what the project says.
#[derive(Debug, Default)]
pub struct Given {
    /// What counts.
    pub asked: Asked,
    /// Folders of further rule files.
    pub rules: Vec<PathBuf>,
    /// Which configuration counts.
    pub which: Which,
    /// The release of the newer SDK to check against; it may be downloaded.
    pub target: Option<String>,
    proven: Proven,
}

/// What a run is made with.
#[derive(Debug)]
pub struct Settled {
    /// The rules.
    pub rules: Rules,
    /// The rest, for the paths that were asked for.
    pub options: ScanOptions,
    /// The configuration that was read, if there is one.
    pub config: Option<Config>,
}

impl Given {
    /// What is said, before anything is read.
    pub fn new(asked: Asked, rules: Vec<PathBuf>, which: Which, target: Option<String>) -> Self {
        Self { asked, rules, which, target, proven: Proven::default() }
    }

    /// The same wherever the working folder is later.
    ///
    /// # Errors
    /// A working folder that is not there.
    pub fn from_here(mut self) -> std::io::Result<Self> {
        self.rules = self.rules.iter().map(std::path::absolute).collect::<Result<_, _>>()?;
        if let Which::File(path) = &mut self.which {
            *path = std::path::absolute(&*path)?;
        }
        Ok(self)
    }

    /// What can be told before there are paths: the rules that were named, and whether the configuration that was named is
    /// one.
    ///
    /// # Errors
    /// What is wrong with either, with its place.
    pub fn checked(&self) -> Result<Rules, String> {
        if let Which::File(path) = &self.which {
            read(path).map_err(|problem| wrong(&problem))?;
        }
        self.proven.with(&self.rules)
    }

    /// What a run over `paths` is made with. A configuration is part of what is scanned, so it reaches nothing that is not
    /// at hand: what it asks for may not be downloaded.
    ///
    /// # Errors
    /// What is wrong with the configuration or with what was given, with its place.
    pub fn settled(&self, paths: Vec<PathBuf>) -> Result<Settled, String> {
        let config = match &self.which {
            Which::Project => discover(&paths, None),
            Which::Within(root) => discover(&paths, Some(root)),
            Which::File(path) => read(path).map(Some),
            Which::Nothing => Ok(None),
        };
        self.over(config.map_err(|problem| wrong(&problem))?, paths)
    }

    /// The same as if the project had no configuration.
    ///
    /// # Errors
    /// What is wrong with what was given.
    pub fn unconfigured(&self, paths: Vec<PathBuf>) -> Result<Settled, String> {
        self.over(None, paths)
    }

    fn over(&self, config: Option<Config>, paths: Vec<PathBuf>) -> Result<Settled, String> {
        let said = config.as_ref().map(Config::rule_folders).transpose()?;
        let folders: Vec<PathBuf> = self.rules.iter().cloned().chain(said.unwrap_or_default()).collect();
        let mut rules = self.proven.with(&folders)?;
        if let Some(config) = &config {
            rules.packages = config.packages(rules.packages)?;
        }
        let Merged { settings, exclude } = merge(config.as_ref(), &self.asked, &rules)?;
        let said = config.as_ref();
        let target = said.and_then(|config| config.target.as_ref()).map(|said| said.value.clone());
        let options = ScanOptions {
            paths,
            limits: Limits { exclude, ..Limits::default() },
            pin: PinOptions { floor: said.and_then(|config| config.floor.as_ref()).map(|said| said.value.clone()) },
            target: self.target.clone().or(target),
            may_fetch: self.target.is_some(),
            settings,
            ..ScanOptions::default()
        };
        Ok(Settled { rules, options, config })
    }
}

fn wrong(problem: &str) -> String {
    format!("configuration: {problem}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_from_here_is_named_so_from_anywhere() {
        let given = Given::new(Asked::default(), vec!["a".into()], Which::File("b.toml".into()), None);
        let given = given.from_here().unwrap();
        let named = matches!(&given.which, Which::File(path) if path.is_absolute() && path.ends_with("b.toml"));
        assert!(named && given.rules[0].is_absolute() && given.rules[0].ends_with("a"));
    }

    #[test]
    fn what_is_given_may_be_downloaded_and_what_a_project_says_may_not() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(".mcp-audit.toml"), "target = '2.3.0'\nfloor = '1.27'\n").unwrap();
        let settled = |target: Option<&str>| {
            let given = Given::new(Asked::default(), Vec::new(), Which::Project, target.map(str::to_owned));
            given.settled(vec![folder.path().to_owned()]).unwrap().options
        };
        let (said, given) = (settled(None), settled(Some("2.4.0")));
        assert_eq!((said.target.as_deref(), said.may_fetch), (Some("2.3.0"), false));
        assert_eq!((given.target.as_deref(), given.may_fetch), (Some("2.4.0"), true));
        assert!(said.pin.floor.is_some() && given.pin.floor.is_some());
    }
}
