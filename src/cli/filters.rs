//! What of the findings counts, as the command line says it: flags that several commands have in common.

use std::path::PathBuf;

use clap::Args;

use crate::config::{Asked, Given, Settled, Which};

/// The flags.
#[derive(Debug, Clone, Args)]
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

impl Filters {
    /// What the flags say, with the release that a command may name.
    pub(super) fn given(self, target: Option<String>) -> Given {
        let which = match self.config {
            Some(path) => Which::File(path),
            None if self.no_config => Which::Nothing,
            None => Which::Project,
        };
        let Self { select, ignore, per_file_ignore, exclude, rules, .. } = self;
        Given::new(Asked { select, ignore, per_file_ignore, exclude }, rules, which, target)
    }

    /// Reads the configuration for `paths` and puts the flags over it.
    ///
    /// # Errors
    /// What is wrong with either, with its place.
    pub(super) fn settled(&self, paths: Vec<PathBuf>, target: Option<&String>) -> anyhow::Result<Settled> {
        self.clone().given(target.cloned()).settled(paths).map_err(anyhow::Error::msg)
    }
}
