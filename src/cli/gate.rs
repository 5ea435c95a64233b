//! What makes the gate fail, as the command line says it.

use clap::ValueEnum;

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
}
