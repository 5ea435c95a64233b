//! The program's cache folder, which every command may lose: what is in it can be had again.

use std::path::PathBuf;

use etcetera::BaseStrategy;

/// Names the cache folder in place of the platform's.
const VARIABLE: &str = "MCP_AUDIT_CACHE";

/// The folder of this program's cache; `None` on a machine without a home.
pub(crate) fn folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
        return Some(PathBuf::from(folder));
    }
    Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("mcp-audit"))
}
