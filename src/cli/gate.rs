//! What makes the gate fail: `--fail-on`, and what a configuration says in its place.

use clap::ValueEnum;

use crate::config;
use crate::finding::Severity;

/// When to exit with 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// A fresh install can break.
    Error,
    /// Hazards too.
    Warning,
    /// Anything to work through.
    Note,
    /// Anything at all.
    Info,
    /// Report, but always exit 0.
    Never,
}

impl From<config::FailOn> for FailOn {
    fn from(said: config::FailOn) -> Self {
        match said {
            config::FailOn::At(Severity::Error) => Self::Error,
            config::FailOn::At(Severity::Warning) => Self::Warning,
            config::FailOn::At(Severity::Note) => Self::Note,
            config::FailOn::At(Severity::Info) => Self::Info,
            config::FailOn::Never => Self::Never,
        }
    }
}

impl FailOn {
    /// The least severity that fails the gate.
    pub(super) fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }

    /// Whether a finding of this severity, the worst, fails the gate.
    pub(super) fn is_reached(self, worst: Option<Severity>) -> bool {
        self.least().is_some_and(|least| worst.is_some_and(|worst| worst >= least))
    }
}
