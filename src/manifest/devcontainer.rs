//! Development containers: the commands that run when one is made or started.

use jsonc_parser::ast::Value;

use super::{Declarations, Format, Path, body, client_config};
use crate::command;
use crate::requirement::{Place, Scope};
use crate::source::{Fragment, SourceFile};
use crate::syntax::json;

/// `devcontainer.json`.
#[derive(Debug)]
pub(super) struct DevContainer;

const COMMANDS: [&str; 6] = [
    "initializeCommand",
    "onCreateCommand",
    "updateContentCommand",
    "postCreateCommand",
    "postStartCommand",
    "postAttachCommand",
];

impl Format for DevContainer {
    fn name(&self) -> &'static str {
        "devcontainer.json"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        matches!(path.name, "devcontainer.json" | ".devcontainer.json")
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let text = body(file);
        let value = match json::parse(text.text()) {
            Ok(value) => value,
            Err(error) => return found.syntax_error(error),
        };
        let Some(object) = value.as_ref().and_then(Value::as_object) else { return };
        for property in &object.properties {
            let name = property.name.as_str();
            if COMMANDS.contains(&name) {
                commands(&text, &property.value, &Place::new(Scope::Command, name), found);
            }
        }
    }
}

/// A string for a shell, an array of arguments, or several of them by name.
fn commands(outer: &Fragment<'_>, value: &Value<'_>, place: &Place, found: &mut Declarations) {
    match value {
        Value::StringLit(_) => {
            if let Some(text) = client_config::string(outer, value) {
                command::script(&text, place, found);
            }
        }
        Value::Array(_) => {
            client_config::array(outer, value, None, place, found);
        }
        Value::Object(object) => {
            for property in object.properties.iter().filter(|one| one.value.as_object().is_none()) {
                commands(outer, &property.value, place, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_command_is_read() {
        let file = SourceFile::in_memory(
            ".devcontainer/devcontainer.json",
            "{ // c\n\"postCreateCommand\": \"pip install 'mcp' && uv add mcp\", \"onCreateCommand\": [\"pip\", \"install\", \"mcp>=1\"], \"postStartCommand\": {\"a\": \"uvx mcp-x\",}}",
        );
        let mut found = Declarations::default();
        DevContainer.locate(&file, &mut found);
        let shown: Vec<_> =
            found.requirements.iter().map(|one| (file.slice(one.span), one.bare_word.map(|word| word.quote))).collect();
        assert_eq!(shown, [("mcp", None), ("mcp", Some('\'')), ("mcp>=1", None), ("mcp-x", Some('\''))]);
    }
}
