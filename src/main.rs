//! Arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    mcp_audit::cli::run()
}
