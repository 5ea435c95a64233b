//! What of the findings counts, as the command line and the project's configuration say it: flags that several commands
//! have in common.

use std::path::PathBuf;

use clap::Args;

use super::own;
use crate::config::{self, Asked, Config, Merged};
use crate::rule::Rules;

/// The flags.
#[derive(Debug, Args)]
pub(super) struct Filters {
    /// Count only these rules: identifiers, beginnings of identifiers, names, or ALL.
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "What counts")]
    select: Vec<String>,
    /// Do not count these rules; what names a rule more exactly wins over --select.
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "What counts")]
    ignore: Vec<String>,
    /// Do not count a rule in some files; patterns are those of a .gitignore. May be given several times.
    #[arg(long, value_name = "PATTERN:RULE", value_parser = pair, help_heading = "What counts")]
    per_file_ignore: Vec<(String, String)>,
    /// Do not look at these files and folders; patterns are those of a .gitignore.
    #[arg(long, value_name = "PATTERN", value_delimiter = ',', help_heading = "What counts")]
    exclude: Vec<String>,
    /// Also use the rule files in this folder; may be given several times.
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
    /// Use this configuration instead of the project's own.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Use no configuration.
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (pattern, rule) = text.rsplit_once(':').ok_or("a pattern, a colon and a rule, as in `tests/:PY`")?;
    Ok((pattern.trim().to_owned(), rule.trim().to_owned()))
}

/// What the flags and the configuration come to.
pub(super) struct Settled {
    pub(super) rules: Rules,
    pub(super) config: Option<Config>,
    pub(super) merged: Merged,
}

impl Filters {
    /// Reads the configuration for `paths` and puts the flags over it.
    ///
    /// # Errors
    /// What is wrong with either, with its place.
    pub(super) fn settled(&self, paths: &[PathBuf]) -> anyhow::Result<Settled> {
        let config = match &self.config {
            Some(path) => Some(config::read(path)),
            None if self.no_config => None,
            None => config::discover(paths).transpose(),
        };
        let config = config.transpose().map_err(|problem| anyhow::anyhow!("configuration: {problem}"))?;
        let said = config.as_ref().map(Config::rule_folders).transpose().map_err(anyhow::Error::msg)?;
        let folders: Vec<PathBuf> = self.rules.iter().cloned().chain(said.unwrap_or_default()).collect();
        let mut rules = own::with(&folders)?;
        if let Some(config) = &config {
            rules.packages = config.packages(rules.packages).map_err(anyhow::Error::msg)?;
        }
        let asked = Asked {
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            per_file_ignore: self.per_file_ignore.clone(),
            exclude: self.exclude.clone(),
        };
        let merged = config::merge(config.as_ref(), &asked, &rules).map_err(anyhow::Error::msg)?;
        Ok(Settled { rules, config, merged })
    }
}

/// The release to check against, and whether it may be downloaded: what a scanned project says reaches no network.
pub(super) fn target(flag: Option<&String>, config: Option<&Config>) -> (Option<String>, bool) {
    let said = config.and_then(|config| config.target.as_ref()).map(|said| said.value.clone());
    (flag.cloned().or(said), flag.is_some())
}
