//! Codex's configuration, a client configuration in TOML.

use toml_edit::TableLike;

use super::{Declarations, Format, Path};
use crate::command;
use crate::requirement::{Place, Scope};
use crate::source::{Fragment, SourceFile};
use crate::syntax::toml;

/// `.codex/config.toml`.
#[derive(Debug)]
pub(super) struct Codex;

impl Format for Codex {
    fn name(&self) -> &'static str {
        "Codex configuration"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.name == "config.toml" && path.folder() == ".codex"
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let document = match toml::parse(file.text()) {
            Ok(document) => document,
            Err(error) => return found.syntax_error(error),
        };
        let servers = document.get("mcp_servers").and_then(toml_edit::Item::as_table_like);
        for (name, server) in servers.into_iter().flat_map(TableLike::iter) {
            let place = Place::new(Scope::ClientConfig, format!("mcp_servers.{name}"));
            let Some(program) = server.get("command").and_then(|item| toml::string(file.text(), item)) else {
                continue;
            };
            let args: Vec<_> = server.get("args").and_then(|item| item.as_array()).into_iter().flatten().collect();
            let words = args.iter().map(|value| toml::string_value(file.text(), value));
            let words: Option<Vec<Fragment<'_>>> = std::iter::once(Some(program)).chain(words).collect();
            let Some(words) = words else { continue };
            let known = found.launches.len();
            command::argv(&words, &place, found);
            let gap = match args.as_slice() {
                [.., before, last] => before.span().zip(last.span()),
                _ => None,
            };
            let gap = gap.and_then(|(before, last)| file.text().get(before.end..last.start));
            for launch in found.launches.iter_mut().skip(known).filter(|launch| launch.argv) {
                gap.filter(|gap| !gap.contains('#')).unwrap_or(", ").clone_into(&mut launch.element_gap);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_read() {
        let file = SourceFile::in_memory(
            ".codex/config.toml",
            "[mcp_servers.git]\ncommand = \"uvx\"\nargs = ['mcp-server-git', '--x']\n[mcp_servers.b]\nurl = 'x'\n",
        );
        let mut found = Declarations::default();
        Codex.locate(&file, &mut found);
        assert_eq!(file.slice(found.requirements[0].span), "mcp-server-git");
        assert_eq!(found.requirements[0].place.table, "mcp_servers.git");
        let launch = &found.launches[0];
        assert_eq!((file.slice(launch.span), launch.element_gap.as_str()), ("'mcp-server-git'", ", "));
    }
}
