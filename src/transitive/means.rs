//! What may be asked beside the locks: a resolver, and a registry. Traits, so that neither the answers nor their tests
//! depend on a network.

use pep440_rs::Version;

use crate::dependents::Name;
use crate::manifest::LockedPackage;

/// What may be asked. Without either, only locks answer.
#[derive(Clone, Copy, Default)]
pub struct Means<'m> {
    /// A resolver.
    pub resolver: Option<&'m dyn Resolve>,
    /// A registry's metadata, for when there is no resolver.
    pub metadata: Option<&'m dyn Metadata>,
}

/// What a resolver is to solve. Each text is a requirements file of its own, without options and without variables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Task {
    /// What is asked for, a requirement a line.
    pub requirements: String,
    /// What limits it.
    pub constraints: String,
    /// What replaces what others ask for.
    pub overrides: String,
}

/// What a resolver says.
#[derive(Debug, Clone)]
pub enum Resolution {
    /// The packages of a solution, each with those it asks for.
    Found(Vec<LockedPackage>),
    /// There is none, and why.
    Impossible(String),
    /// It could not say, and why.
    Failed(String),
}

/// Solves sets of requirements.
pub trait Resolve: Sync {
    /// The solution that a fresh install takes.
    fn resolve(&self, task: &Task) -> Resolution;
}

/// What a registry says of one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its version.
    pub version: Version,
    /// Its requirements, as published.
    pub requires_dist: Vec<String>,
}

/// What a registry says of packages.
pub trait Metadata: Sync {
    /// The newest release of `name` that `admits` takes, with what it asks for; `None` when there is none. Final releases
    /// go before pre-releases, and what was yanked is none.
    ///
    /// # Errors
    /// Why the registry could not say.
    fn newest(&self, name: &Name, admits: &dyn Fn(&Version) -> bool) -> Result<Option<Published>, String>;
}
