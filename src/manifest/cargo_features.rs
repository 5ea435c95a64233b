//! The features that a `Cargo.toml` asks a dependency for, where it asks and where its own features pass them on: what to
//! write where some of them are called otherwise.

use toml_edit::{Item, TableLike, Value};

use crate::requirement::Requirement;
use crate::source::{SourceFile, Span};
use crate::syntax::toml;

/// The replacements in `file` after which `requirement`, one of its own, asks for what `becomes` makes of its features; a
/// feature that would stand twice in a list goes. Ascending and apart; none in what is no TOML.
pub(crate) fn renamed_features(
    file: &SourceFile,
    requirement: &Requirement,
    becomes: &dyn Fn(&str) -> Option<String>,
) -> Vec<(Span, String)> {
    let Ok(document) = toml::parse(file.text()) else { return Vec::new() };
    let root = document.as_item();
    let Some((key, item)) = entry(file.text(), root, requirement) else { return Vec::new() };
    let mut edits = list(file.text(), item.get("features"), &|written| becomes(written));
    // `sse = ["rmcp/transport-sse-server"]`, and with a question mark for one that is optional.
    let passed_on = |written: &str| {
        let (prefix, feature) = written.split_once('/')?;
        (prefix.trim_end_matches('?') == key).then(|| becomes(feature)).flatten().map(|new| format!("{prefix}/{new}"))
    };
    for (_, own) in root.get("features").and_then(Item::as_table_like).into_iter().flat_map(TableLike::iter) {
        edits.extend(list(file.text(), Some(own), &passed_on));
    }
    edits.sort_by_key(|(span, _)| *span);
    edits
}

/// The key and the value of a requirement, wherever in the file it stands.
fn entry<'d>(text: &str, around: &'d Item, requirement: &Requirement) -> Option<(&'d str, &'d Item)> {
    let table = around.as_table_like()?;
    table.iter().find_map(|(key, item)| {
        let at = table.get_key_value(key).and_then(|(key, _)| key.span()).map(Span::from).or_else(|| toml::span(item));
        let version = item.get("version").and_then(|version| toml::string(text, version));
        let is_whole = at.is_some_and(|at| at.start == requirement.span.start);
        let is_version = version.is_some_and(|it| it.span(0..it.text().len()) == requirement.span);
        if is_whole || is_version { Some((key, item)) } else { entry(text, item, requirement) }
    })
}

/// The replacements in one list.
fn list(text: &str, item: Option<&Item>, becomes: &dyn Fn(&str) -> Option<String>) -> Vec<(Span, String)> {
    let elements: Vec<&Value> = item.and_then(Item::as_array).into_iter().flatten().collect();
    let spans: Option<Vec<Span>> = elements.iter().map(|one| one.span().map(Span::from)).collect();
    let Some(spans) = spans else { return Vec::new() };
    let mut stands: Vec<String> = elements
        .iter()
        .filter_map(|one| one.as_str())
        .filter(|one| becomes(one).is_none())
        .map(str::to_owned)
        .collect();
    let mut edits = Vec::new();
    for (at, element) in elements.iter().enumerate() {
        let Some(new) = element.as_str().and_then(becomes) else { continue };
        let Some(fragment) = toml::string_value(text, element) else { continue };
        if stands.contains(&new) {
            let gone = match (at.checked_sub(1), spans.get(at + 1)) {
                (_, Some(next)) => Span::new(spans[at].start, next.start),
                (Some(before), None) => Span::new(spans[before].end, spans[at].end),
                (None, None) => spans[at],
            };
            // A comment between two of them would go too.
            if !text[gone.start..gone.end].contains('#') {
                edits.push((gone, String::new()));
            }
        } else {
            edits.push((fragment.span(0..fragment.text().len()), new.clone()));
            stands.push(new);
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest;

    #[test]
    fn features_are_renamed_where_they_are_asked_for_and_passed_on() {
        let before = "[package]\nname = \"a\"\n[features]\nsse = [\"sdk?/old\", \"x\"]\nall = ['sdk/old', 'sdk/new']\n\
                      [dependencies]\nx = { version = \"1\", features = [\"old\"] }\n\
                      sdk = { package = \"rmcp\", version = \"1\", features = [\n  \"old\", # why\n  \"b\"] }\n\
                      [dev-dependencies.rmcp]\nversion = \"1\"\nfeatures = [\"new\", \"old\"]\n";
        let after = before
            .replace("\"sdk?/old\"", "\"sdk?/new\"")
            .replace("'sdk/old', ", "")
            .replace("  \"old\", # why", "  \"new\", # why")
            .replace("\"new\", \"old\"", "\"new\"");
        let file = SourceFile::in_memory("Cargo.toml", before);
        let found = manifest::locate(&file).requirements;
        let mut edits: Vec<_> = found
            .iter()
            .filter(|one| one.name == "rmcp")
            .flat_map(|one| renamed_features(&file, one, &|name| (name == "old").then(|| "new".to_owned())))
            .collect();
        edits.sort_by_key(|(span, _)| *span);
        let mut text = before.to_owned();
        edits.iter().rev().for_each(|(span, new)| text.replace_range(span.start..span.end, new));
        assert_eq!(text, after);
    }
}
