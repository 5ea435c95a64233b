//! What a project's imports show about the major of the SDK it was written for.

use crate::project::{Project, Projects};
use crate::rule::Code;

/// What the imports below a project show.
#[derive(Debug)]
pub struct Evidence {
    /// The conclusion.
    pub code: Code,
    /// The import that decided it: path and file with line.
    pub decided_by: Option<(String, String)>,
}

impl Evidence {
    pub(super) fn of(_project: &Project<'_>, _projects: &Projects<'_>) -> Self {
        Self { code: Code::NoImports, decided_by: None }
    }

    /// "`mcp.server.fastmcp` in server.py:3", for people.
    pub(super) fn shown(&self) -> String {
        self.decided_by.as_ref().map(|(path, place)| format!("`{path}` in {place}")).unwrap_or_default()
    }
}
