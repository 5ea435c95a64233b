//! One editor: what it says changes what is known, and what is found is told to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;
use gen_lsp_types::{
    CodeActionParams, DidChangeTextDocumentParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, HoverParams, PublishDiagnosticsParams,
    TextDocumentContentChangeEvent, Uri,
};
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::check::{self, Checked, Done, Job};
use super::documents::Workspace;
use super::hello::Editor;
use crate::config::{self, Given};
use crate::report::Report;
use crate::rule::{Rule, Rules};
use crate::source::Limits;

/// How long nothing must be typed before a text is checked.
const PAUSE: Duration = Duration::from_millis(300);

/// How long to wait for more of the same: editors open many files at once.
const MOMENT: Duration = Duration::from_millis(20);

/// What is known.
pub(super) struct Session {
    editor: Editor,
    given: Arc<Given>,
    /// The rules of whoever started the server.
    rules: Rules,
    workspace: Workspace,
    /// What the last check of each folder found.
    checked: BTreeMap<PathBuf, Checked>,
    /// What was last told of the configuration of a folder.
    told: BTreeMap<PathBuf, String>,
    /// The folders to check, and when.
    due: BTreeMap<PathBuf, Instant>,
    is_checking: bool,
    out: Sender<Message>,
    done: Sender<Done>,
}

/// What answers are made from.
pub(super) struct View<'s> {
    pub(super) editor: &'s Editor,
    /// The rules whose texts are trusted.
    pub(super) rules: &'s Rules,
    pub(super) workspace: &'s Workspace,
    checked: &'s BTreeMap<PathBuf, Checked>,
}

impl<'s> View<'s> {
    /// What the last check of a folder found.
    pub(super) fn report(&self, folder: &Path) -> Option<&'s Report> {
        self.checked.get(folder).map(|checked| &checked.report)
    }

    /// The rule with this identifier that the last check of a folder asked.
    pub(super) fn rule(&self, folder: &Path, id: &str) -> Option<&'s Rule> {
        self.checked.get(folder)?.rules.get(id)
    }
}

impl Session {
    /// A conversation with `editor`; `rules` are those that `given` brings by itself.
    pub(super) fn new(
        editor: Editor,
        (given, rules): (Arc<Given>, Rules),
        out: Sender<Message>,
        done: Sender<Done>,
    ) -> Self {
        let mut workspace = Workspace::default();
        workspace.change_folders(editor.folders.iter().map(String::as_str), []);
        let (checked, told, due) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { editor, given, rules, workspace, checked, told, due, is_checking: false, out, done }
    }

    fn view(&self) -> View<'_> {
        let Self { editor, rules, workspace, checked, .. } = self;
        View { editor, rules, workspace, checked }
    }

    /// When the next check is to begin; never while one runs.
    pub(super) fn next(&self) -> Option<Instant> {
        self.due.values().min().copied().filter(|_| !self.is_checking)
    }

    /// Begins the check that is due.
    pub(super) fn begin(&mut self) {
        let now = Instant::now();
        let due = self.due.iter().filter(|(_, when)| !self.is_checking && **when <= now);
        let Some(folder) = due.min_by_key(|(_, when)| **when).map(|(folder, _)| folder.clone()) else { return };
        self.due.remove(&folder);
        let open = self.workspace.open_in(&folder);
        let versions: BTreeMap<String, i32> = open.map(|(uri, _, one)| (uri.to_owned(), one.version)).collect();
        if versions.is_empty() {
            // Nobody looks at it.
            self.checked.remove(&folder);
            return;
        }
        let unsaved = self.workspace.unsaved(&folder, Limits::default().max_file_bytes);
        let job = Job { folder, unsaved, versions };
        match check::start(job, Arc::clone(&self.given), self.done.clone()) {
            Ok(()) => self.is_checking = true,
            Err(error) => self.complain(&format!("failed to start a check: {error}")),
        }
    }

    /// Tells what a check found in the texts that are still as they were checked; the others are checked again.
    pub(super) fn end(&mut self, done: Done) {
        self.is_checking = false;
        let Done { folder, versions, outcome } = done;
        let mut checked = match outcome {
            Ok(checked) => checked,
            Err(problem) => return self.complain(&problem),
        };
        self.warn(&folder, checked.problem.take());
        let mut told = Vec::new();
        for (uri, version) in &versions {
            let Some(document) = self.workspace.documents.get_mut(uri) else { continue };
            let Some(home) = document.home.as_ref().filter(|home| home.folder == folder) else { continue };
            if document.version == *version {
                let own = checked.report.findings.iter().filter(|finding| finding.path == home.path);
                document.findings = Some(own.cloned().collect());
                told.push(uri.clone());
            }
        }
        self.checked.insert(folder, checked);
        for uri in told {
            let Some(document) = self.workspace.documents.get(&uri) else { continue };
            let Some(home) = &document.home else { continue };
            let diagnostics = self.view().diagnostics(home, document);
            let version = Some(document.version);
            self.publish(PublishDiagnosticsParams { uri: Uri(uri), version, diagnostics });
        }
    }

    /// What the editor asks for.
    pub(super) fn request(&self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let answer = match method.as_str() {
            "textDocument/codeAction" => {
                read::<CodeActionParams>(params).map(|asked| json!(self.view().actions(&asked)))
            }
            "textDocument/hover" => read::<HoverParams>(params).map(|asked| json!(self.view().hover(&asked))),
            _ => {
                let problem = format!("`{}` is not offered", crate::report::cut(&method, 100));
                return Response::new_err(id, ErrorCode::MethodNotFound as i32, problem);
            }
        };
        match answer {
            Ok(answer) => Response::new_ok(id, answer),
            Err(problem) => Response::new_err(id, ErrorCode::InvalidParams as i32, problem),
        }
    }

    /// What the editor tells.
    pub(super) fn notification(&mut self, told: Notification) {
        let Notification { method, params } = told;
        let outcome = match method.as_str() {
            "textDocument/didOpen" => read(params).map(|told| self.opened(told)),
            "textDocument/didChange" => read(params).map(|told| self.changed(told)),
            "textDocument/didSave" => {
                read::<DidSaveTextDocumentParams>(params).map(|told| self.saved(&told.text_document.uri.0))
            }
            "textDocument/didClose" => read(params).map(|told| self.closed(told)),
            "workspace/didChangeWorkspaceFolders" => read(params).map(|told| self.moved(told)),
            "workspace/didChangeWatchedFiles" => {
                self.check_everything();
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(problem) = outcome {
            self.complain(&format!("`{}` cannot be read: {problem}", crate::report::cut(&method, 100)));
        }
    }

    fn opened(&mut self, told: DidOpenTextDocumentParams) {
        let document = told.text_document;
        let folder = self.workspace.open(&document.uri.0, document.version, document.text);
        self.plan(folder, MOMENT);
    }

    fn changed(&mut self, told: DidChangeTextDocumentParams) {
        let document = told.text_document;
        // Whole texts were asked for, so the last one is all there is to know.
        let text = match told.content_changes.into_iter().next_back() {
            Some(TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(change)) => change.text,
            Some(_) => return self.complain("a part of a text was sent where the whole was asked for"),
            None => return,
        };
        let uri = document.text_document_identifier.uri.0;
        let folder = self.workspace.open(&uri, document.version, text);
        self.plan(folder, PAUSE);
    }

    /// A configuration speaks for every folder below it, wherever it stands itself.
    fn saved(&mut self, uri: &str) {
        match uri.rsplit('/').next() {
            Some(name) if config::may_be_one(name) => self.check_everything(),
            _ => self.check_around(uri),
        }
    }

    fn closed(&mut self, told: DidCloseTextDocumentParams) {
        let uri = told.text_document.uri;
        self.check_around(&uri.0);
        if self.workspace.documents.remove(&uri.0).is_some_and(|document| document.home.is_some()) {
            self.publish(PublishDiagnosticsParams { uri, version: None, diagnostics: Vec::new() });
        }
    }

    fn moved(&mut self, told: DidChangeWorkspaceFoldersParams) {
        let uris = |folders: &[gen_lsp_types::WorkspaceFolder]| -> Vec<String> {
            folders.iter().map(|folder| folder.uri.0.clone()).collect()
        };
        let (added, removed) = (uris(&told.event.added), uris(&told.event.removed));
        let seen: Vec<String> = self.seen();
        self.workspace.change_folders(added.iter().map(String::as_str), removed.iter().map(String::as_str));
        self.checked.retain(|folder, _| self.workspace.folders().contains(folder));
        self.told.retain(|folder, _| self.workspace.folders().contains(folder));
        self.due.retain(|folder, _| self.workspace.folders().contains(folder));
        let left = self.seen();
        for uri in seen.into_iter().filter(|uri| !left.contains(uri)) {
            self.publish(PublishDiagnosticsParams { uri: Uri(uri), version: None, diagnostics: Vec::new() });
        }
        self.check_everything();
    }

    /// The files that findings are told of.
    fn seen(&self) -> Vec<String> {
        let open = self.workspace.documents.iter();
        open.filter(|(_, document)| document.home.is_some()).map(|(uri, _)| uri.clone()).collect()
    }

    fn check_around(&mut self, uri: &str) {
        let home = self.workspace.documents.get(uri).and_then(|document| document.home.as_ref());
        let folder = home.map(|home| home.folder.clone());
        self.plan(folder, MOMENT);
    }

    fn check_everything(&mut self) {
        for folder in self.workspace.folders().to_vec() {
            self.plan(Some(folder), MOMENT);
        }
    }

    /// Checks a folder after a while in which nothing more happens.
    fn plan(&mut self, folder: Option<PathBuf>, wait: Duration) {
        if let Some(folder) = folder {
            self.due.insert(folder, Instant::now() + wait);
        }
    }

    fn publish(&self, diagnostics: PublishDiagnosticsParams) {
        self.tell("textDocument/publishDiagnostics", json!(diagnostics));
    }

    /// Tells what is wrong with the configuration of a folder, once until something else is.
    fn warn(&mut self, folder: &Path, problem: Option<String>) {
        let Some(problem) = problem else {
            self.told.remove(folder);
            return;
        };
        if self.told.get(folder) != Some(&problem) {
            let message = format!("mcp-audit checks `{}` without its configuration: {problem}", folder.display());
            self.tell("window/showMessage", json!({ "type": 2, "message": crate::report::cut(&message, 1_000) }));
            self.told.insert(folder.to_owned(), problem);
        }
    }

    fn complain(&self, problem: &str) {
        self.tell("window/logMessage", json!({ "type": 2, "message": crate::report::escaped(problem) }));
    }

    fn tell(&self, method: &str, params: Value) {
        // An editor that has left is noticed where it is listened to.
        let _ = self.out.send(Notification { method: method.to_owned(), params }.into());
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, String> {
    serde_json::from_value(params).map_err(|error| error.to_string())
}
