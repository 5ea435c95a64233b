//! The audit as tools for agents: an MCP server over standard input and output. Its tools read what lies below one folder,
//! write nothing, and answer within bounds. This folder alone names `rmcp` and the runtime that it wants.

mod offer;
mod root;
mod server;
mod tools;

pub use root::Root;

use rmcp::ServiceExt;
use rmcp::service::{QuitReason, ServerInitializeError};
use tokio::runtime::Builder;

use crate::config::{Given, Which};
use offer::State;
use server::Server;

/// Bytes of stack for the threads that scan: deeply nested code is walked on them.
const STACK: usize = 16 << 20;

/// Serves until the client closes standard input.
///
/// # Errors
/// What is wrong with `given`, a runtime that cannot be started, or a client that does not begin as the protocol says, in a
/// sentence.
pub fn run(root: Root, mut given: Given) -> Result<(), String> {
    let rules = given.checked()?;
    if matches!(given.which, Which::Project) {
        given.which = Which::Within(root.folder().to_owned());
    }
    let server = Server::new(State::new(root, given, rules));
    let runtime = Builder::new_current_thread().enable_all().thread_stack_size(STACK).build();
    let runtime = runtime.map_err(|error| format!("failed to start the runtime: {error}"))?;
    let outcome = runtime.block_on(async {
        match server.serve(rmcp::transport::stdio()).await {
            Ok(running) => match running.waiting().await {
                Ok(QuitReason::JoinError(error)) | Err(error) => Err(format!("the server broke down: {error}")),
                Ok(_) => Ok(()),
            },
            // Whoever leaves before a word was said has no complaint to hear.
            Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::Cancelled) => Ok(()),
            Err(error) => Err(format!("the client did not begin as the protocol says: {error}")),
        }
    });
    // A scan that nobody waits for any more must not keep the process.
    runtime.shutdown_background();
    outcome
}
