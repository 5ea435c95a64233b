//! Servers that Python code starts as an MCP client does: a `command` and its `args`, passed to the constructor of a
//! connection or as the entries of a dictionary.

use super::python_words::{is_program, program, push_words, unknown};
use crate::python::{Call, Kind, Names, Outline, Value};
use crate::requirement::{Place, Scope};
use crate::source::Fragment;

/// The keys of a dictionary that describes a server.
pub(super) const KEYS: &[&str] = &["command", "args"];

/// Whether a call of this path makes a connection to a server that it starts: `StdioServerParameters` of the SDK,
/// `MCPServerStdio` and `StdioTransport` of others.
pub(super) fn is_connection(path: &str) -> bool {
    path.rsplit('.').next().is_some_and(|name| name.contains("Stdio"))
}

/// Hands over the command of each server, word by word; in a test, those that are only expected are left out.
pub(super) fn each_server<'o, 'a>(
    outline: &'o Outline<'a>,
    names: &Names<'o, 'a>,
    is_test: bool,
    mut hand_over: impl FnMut(&[Fragment<'o>], &Place),
) {
    let done = |asserted: bool| !(is_test && asserted);
    let calls = outline.calls.iter().filter(|call| is_connection(&call.path) && done(call.asserted));
    let dicts = outline.dicts.iter().filter(|site| done(site.asserted));
    let servers = calls.filter_map(of_call).chain(dicts.filter_map(|site| {
        let Kind::Dict(entries) = &site.value.kind else { return None };
        let get = |name: &str| {
            let of_name = |key: &Value<'_>| key.text().is_some_and(|key| key.text() == name);
            entries.iter().find(|(key, _)| key.as_ref().is_some_and(of_name)).map(|(_, value)| value)
        };
        Some((get("command")?, get("args")?, site.within.as_str()))
    }));
    for (command, args, within) in servers {
        let command = match names.text(command) {
            Some(text) => text.part(0..text.text().len()),
            None => Fragment::verbatim(program(command), command.span.start),
        };
        if !is_program(command.text()) && !command.text().starts_with("python") {
            continue;
        }
        let mut words = vec![command];
        for element in args.elements() {
            match &element.kind {
                Kind::Starred(_) => push_words(element, names, &mut words),
                _ => match names.text(element) {
                    Some(text) => words.push(text.part(0..text.text().len())),
                    None => words.push(unknown(element.span)),
                },
            }
        }
        if args.elements().is_empty() {
            push_words(args, names, &mut words);
        }
        hand_over(&words, &Place::new(Scope::ClientConfig, within));
    }
}

fn of_call<'o, 'a>(call: &'o Call<'a>) -> Option<(&'o Value<'a>, &'o Value<'a>, &'o str)> {
    let command = call.keyword("command").or(call.arguments.first())?;
    let args = call.keyword("args").or(call.arguments.get(1))?;
    Some((command, args, call.path.as_str()))
}
