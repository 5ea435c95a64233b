//! Configurations of MCP clients: the command and the arguments that start each server.

use jsonc_parser::ast::{ObjectPropName, Value};

use super::{Declarations, Format, Path, body};
use crate::command;
use crate::requirement::{Place, Scope};
use crate::source::{Fragment, SourceFile};
use crate::syntax::json;

/// `.mcp.json`, `claude_desktop_config.json`, `.vscode/mcp.json` and their relatives.
#[derive(Debug)]
pub(super) struct ClientConfig;

/// The text between two elements where an array shows none.
const GAP: &str = ", ";

/// Servers stand no deeper than this in any client's configuration.
const MAX_DEPTH: usize = 8;

impl Format for ClientConfig {
    fn name(&self) -> &'static str {
        "MCP client configuration"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        if !matches!(path.extension, "json" | "jsonc" | "json5") {
            return false;
        }
        let name = path.name.to_ascii_lowercase();
        name.trim_start_matches('.').starts_with("mcp")
            || ["mcp.json", "mcp_settings.json", "mcp_config.json", "mcp-config.json", "_desktop_config.json"]
                .iter()
                .any(|end| name.ends_with(end))
            || (matches!(name.as_str(), "settings.json" | "settings.local.json" | "config.json" | "opencode.json")
                && path.folder().starts_with('.'))
            || matches!(name.as_str(), "gemini-extension.json" | "opencode.json" | "plugin.json")
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let text = body(file);
        match json::parse(text.text()) {
            Ok(Some(value)) => servers(&text, &value, &Scope::ClientConfig, found),
            Ok(None) => {}
            Err(error) => found.syntax_error(error),
        }
    }
}

/// Reads every server below `value`, which was parsed from the text of `outer`.
pub(super) fn servers(outer: &Fragment<'_>, value: &Value<'_>, scope: &Scope, found: &mut Declarations) {
    walk(outer, value, &mut Vec::new(), 0, scope, found);
}

fn walk(
    outer: &Fragment<'_>,
    value: &Value<'_>,
    path: &mut Vec<String>,
    depth: usize,
    scope: &Scope,
    found: &mut Declarations,
) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(array) => {
            array.elements.iter().for_each(|element| walk(outer, element, path, depth + 1, scope, found))
        }
        Value::Object(object) => {
            let get = |key: &str| object.properties.iter().find(|one| name(&one.name) == key).map(|one| &one.value);
            // A server is named by its key; a loose snippet of prose may have none.
            let is_server = path.is_empty()
                || path.iter().any(|part| {
                    part.to_ascii_lowercase().contains("mcp") || part.to_ascii_lowercase().contains("servers")
                });
            if let Some(command) = get("command").filter(|_| is_server) {
                let place = Place::new(scope.clone(), path.join("."));
                match command {
                    Value::StringLit(_) => match get("args") {
                        Some(args) => {
                            array(outer, args, Some(command), &place, found);
                        }
                        None => {
                            if let Some(text) = string(outer, command) {
                                command::script(&text, &place, found);
                            }
                        }
                    },
                    Value::Array(_) => {
                        array(outer, command, None, &place, found);
                    }
                    _ => {}
                }
            }
            for property in &object.properties {
                path.push(name(&property.name).to_owned());
                walk(outer, &property.value, path, depth + 1, scope, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn name<'a>(name: &'a ObjectPropName<'_>) -> &'a str {
    name.as_str()
}

/// A string of the text of `outer`, with the way back to the file.
pub(super) fn string(outer: &Fragment<'_>, value: &Value<'_>) -> Option<Fragment<'static>> {
    let inner = json::string(outer.text(), value.as_string_lit()?)?;
    let text = inner.text();
    let at = inner.span(0..0).start;
    let mut decoding = Fragment::decoding(outer.span(at..at).start);
    for (at, c) in text.char_indices() {
        let span = inner.span(at..at + c.len_utf8());
        decoding.push(c, outer.span(span.start..span.end));
    }
    Some(decoding.finish().quoted(inner.quote().unwrap_or('"')))
}

/// Reads an array of strings as a command, perhaps behind a program that is written apart; whether it is one.
pub(super) fn array(
    outer: &Fragment<'_>,
    value: &Value<'_>,
    program: Option<&Value<'_>>,
    place: &Place,
    found: &mut Declarations,
) -> bool {
    let Some(array) = value.as_array() else { return false };
    let words: Option<Vec<_>> =
        program.into_iter().chain(&array.elements).map(|element| string(outer, element)).collect();
    let Some(words) = words else { return false };
    let known = found.launches.len();
    command::argv(&words, place, found);
    let gap = match array.elements.as_slice() {
        [.., before, last] => outer
            .text()
            .get(json::span(before).end..json::span(last).start)
            .filter(|gap| !gap.contains('/'))
            .unwrap_or(GAP),
        _ => GAP,
    };
    for launch in found.launches.iter_mut().skip(known).filter(|launch| launch.argv) {
        gap.clone_into(&mut launch.element_gap);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str) -> (SourceFile, Declarations) {
        let file = SourceFile::in_memory(".mcp.json", text);
        let mut found = Declarations::default();
        ClientConfig.locate(&file, &mut found);
        (file, found)
    }

    #[test]
    fn servers_are_read() {
        let (file, found) = located(
            "\u{feff}{\n // why\n \"mcpServers\": {\n  \"git\": {\n   \"command\": \"uvx\",\n   \"args\": [\n    \"mcp-server-git\",\n    \"--repo\",\n    \"mcp\"\n   ]},\n  \"own\": {\"command\": \"uv\", \"args\": [\"run\", \"--with\", \"mcp[cli]\", \"mcp\", \"run\", \"s.py\"]},\n  \"sh\": {\"command\": \"bash\", \"args\": [\"-c\", \"uvx --with \\\"mcp>=1\\\" x\"]},\n  \"old\": {\"command\": \"pipx run mcp-y\"}, \"u\": {\"url\": \"x\"}}}",
        );
        let shown: Vec<_> = found
            .requirements
            .iter()
            .map(|one| (one.place.table.as_str(), one.name.as_str(), file.slice(one.span)))
            .collect();
        assert_eq!(
            shown,
            [
                ("mcpServers.git", "mcp-server-git", "mcp-server-git"),
                ("mcpServers.own", "mcp", "mcp[cli]"),
                ("mcpServers.sh", "mcp", "mcp>=1"),
                ("mcpServers.sh", "x", "x"),
                ("mcpServers.old", "mcp-y", "mcp-y"),
            ]
        );
        let git = &found.launches[0];
        assert_eq!((git.element_gap.as_str(), file.slice(git.span)), (",\n    ", "\"mcp-server-git\""));
        assert!(file.text()[git.insert.start..].starts_with("\"mcp-server-git\""));
        assert_eq!((found.launches[1].argv, found.launches[1].quote), (false, '\''));
    }

    #[test]
    fn usual_names_are_claimed() {
        for (name, expected) in [
            (".mcp.json", true),
            ("a/mcp.json", true),
            (".cursor/mcp.json", true),
            (".gemini/settings.json", true),
            ("claude_desktop_config.json", true),
            ("cline_mcp_settings.json", true),
            ("package.json", false),
            ("src/settings.json", false),
        ] {
            assert_eq!(ClientConfig.claims(&Path::new(name)), expected, "{name}");
        }
        assert!(located("{").1.problems[0].whole_file);
    }
}
