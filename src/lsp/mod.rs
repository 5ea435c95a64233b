//! Findings and fixes in editors: a language server over standard input and output. It checks the text that the editor
//! holds, saved or not, and writes nothing: edits are the editor's. This folder alone names the protocol's crates.

mod actions;
mod check;
mod diagnostics;
mod documents;
mod edits;
mod hello;
mod hover;
mod places;
mod session;

use crossbeam_channel::{at, never, select, unbounded};
use lsp_server::{Connection, Message};
use serde_json::json;

use std::sync::Arc;

use crate::config::Given;
use crate::rule::Rules;
use hello::Editor;
use session::Session;

/// Serves one editor until it leaves. Whether it said goodbye before.
///
/// # Errors
/// What is wrong with `given` or with what the editor sent, in a sentence.
pub fn run(given: Given) -> Result<bool, String> {
    let rules = given.checked()?;
    let (connection, threads) = Connection::stdio();
    let outcome = converse(&connection, given, rules);
    drop(connection);
    let outcome = outcome.and_then(|said_goodbye| {
        // Only now, because the thread that reads has ended: what it stumbled over is told here.
        threads.join().map_err(|error| error.to_string())?;
        Ok(said_goodbye)
    });
    outcome.map_err(|problem| format!("the editor does not speak the protocol: {problem}"))
}

/// Whether a shutdown was asked for before the connection ended.
fn converse(connection: &Connection, given: Given, rules: Rules) -> Result<bool, String> {
    let Connection { sender, receiver } = connection;
    let begun = connection.initialize_start().and_then(|(id, said)| {
        let editor = Editor::new(&said);
        connection.initialize_finish(id, json!(hello::answer(&editor))).map(|()| editor)
    });
    let editor = match begun {
        Ok(editor) => editor,
        Err(error) if error.channel_is_disconnected() => return Ok(false),
        Err(error) => return Err(error.to_string()),
    };
    let (done, checked) = unbounded();
    let mut session = Session::new(editor, (Arc::new(given), rules), sender.clone(), done);
    loop {
        let next = session.next().map_or_else(never, at);
        select! {
            recv(receiver) -> message => match message {
                Ok(Message::Request(request)) => {
                    if connection.handle_shutdown(&request).map_err(|error| error.to_string())? {
                        return Ok(true);
                    }
                    if sender.send(session.request(request).into()).is_err() {
                        return Ok(false);
                    }
                }
                Ok(Message::Notification(told)) if told.method == "exit" => return Ok(false),
                Ok(Message::Notification(told)) => session.notification(told),
                // Nothing was asked of the editor.
                Ok(Message::Response(_)) => {}
                Err(_) => return Ok(false),
            },
            recv(checked) -> outcome => if let Ok(outcome) = outcome { session.end(outcome) },
            recv(next) -> _ => session.begin(),
        }
    }
}
