//! Fills the braces of a rule's sentences.

use std::collections::BTreeMap;

/// What the placeholders stand for; a missing one is an empty one.
pub(crate) type Values = BTreeMap<&'static str, String>;

/// `template` with its placeholders filled.
pub(super) fn filled(template: &str, values: &Values) -> String {
    fill(template, values).0
}

/// The sentences whose placeholders all stand for something.
pub(super) fn sentences(templates: &[String], values: &Values) -> Vec<String> {
    templates
        .iter()
        .map(|template| fill(template, values))
        .filter(|(_, complete)| *complete)
        .map(|(text, _)| text)
        .collect()
}

fn fill(template: &str, values: &Values) -> (String, bool) {
    let mut out = String::with_capacity(template.len() + 32);
    let mut complete = true;
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('}') else { break };
        match values.get(&rest[open + 1..open + close]).filter(|value| !value.is_empty()) {
            Some(value) => out.push_str(value),
            None => complete = false,
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    (out, complete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_without_its_fact_is_left_out() {
        let values = Values::from([("package", "mcp".to_owned())]);
        let templates = ["{package} moves".to_owned(), "{lock} holds it".to_owned()];
        assert_eq!(sentences(&templates, &values), ["mcp moves"]);
    }
}
