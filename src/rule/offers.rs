//! Which rewrites a rule offers, read off its entries: what lists show in their `fix` column.

use super::Rule;
use crate::fix::Applicability;

impl Rule {
    /// How far the rewrites of this rule may be trusted, the most trusted first; empty when it only reports. Rewrites that
    /// are merely shown do not count. A check written in code is taken at the word of its examples.
    pub fn offers(&self) -> Vec<Applicability> {
        let mut all: Vec<Applicability> = self.fix.iter().map(|plan| plan.applicability).collect();
        all.extend(
            self.symbols
                .iter()
                .filter(|entry| entry.becomes.is_some() || entry.becomes_text.is_some() || entry.transform.is_some())
                .map(|entry| entry.applicability),
        );
        all.extend(
            self.members
                .iter()
                .filter(|entry| {
                    entry.becomes.is_some() || entry.like.is_some() || entry.uncall || entry.transform.is_some()
                })
                .map(|entry| entry.applicability),
        );
        let decorators = self.decorators.iter().filter(|entry| entry.transform.is_some());
        all.extend(decorators.map(|entry| entry.applicability));
        all.extend(
            self.arguments
                .iter()
                .filter(|entry| {
                    entry.remove
                        || !entry.keywords.is_empty()
                        || [&entry.becomes, &entry.becomes_value, &entry.insert, &entry.transform]
                            .iter()
                            .any(|text| text.is_some())
                })
                .map(|entry| entry.applicability),
        );
        let overrides = self.overrides.iter().filter(|entry| entry.becomes.is_some());
        all.extend(overrides.map(|entry| entry.applicability));
        all.extend(self.literals.iter().filter(|entry| entry.becomes.is_some()).map(|entry| entry.applicability));
        all.extend(self.handlers.iter().filter(|entry| entry.becomes.is_some()).map(|entry| entry.applicability));
        all.extend(self.rust_names.iter().filter(|entry| entry.becomes.is_some()).map(|entry| entry.applicability));
        all.extend(self.rust_members.iter().filter(|entry| entry.becomes.is_some()).map(|entry| entry.applicability));
        all.extend(self.texts.iter().filter(|entry| entry.becomes.is_some()).map(|entry| entry.applicability));
        all.extend(self.header_lists.iter().map(|entry| entry.applicability));
        let rewrites = |example: &super::Example| example.after.is_some() && example.after != example.before;
        if self.examples.iter().any(rewrites) {
            all.extend(self.rust_checks.iter().map(|entry| entry.applicability));
            if !self.rust_literals.is_empty() {
                all.push(Applicability::Safe);
            }
            all.extend(self.text_checks.iter().map(|entry| entry.applicability));
            if all.is_empty() && !self.checks.is_empty() {
                all.push(Applicability::Unsafe);
            }
        }
        all.retain(|applicability| *applicability > Applicability::Manual);
        all.sort_unstable_by(|one, other| other.cmp(one));
        all.dedup();
        all
    }

    /// The same as the word for a column: `safe`, `unsafe`, `safe, unsafe`, or a dash.
    pub fn fix_word(&self) -> String {
        let words: Vec<&str> = self
            .offers()
            .into_iter()
            .map(|applicability| if applicability == Applicability::Safe { "safe" } else { "unsafe" })
            .collect();
        if words.is_empty() { "–".to_owned() } else { words.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_comes_from_the_entries() {
        let word = |entries: &str| {
            let head = "id = 'PY900'\nname = 'x'\nsummary = 'x'\nseverity = 'error'\nfails = 'call'\nmessage = 'x'\nexplanation = 'x'\n";
            toml::from_str::<Rule>(&format!("{head}{entries}")).unwrap().fix_word()
        };
        assert_eq!(word("[[symbol]]\npath = 'mcp.a'\n"), "–");
        assert_eq!(word("[[symbol]]\npath = 'mcp.a'\nbecomes = 'mcp.b'\n"), "safe");
        assert_eq!(
            word("[[argument]]\nof = 'mcp.a'\nkeyword = 'x'\nremove = true\napplicability = 'unsafe'\n"),
            "unsafe"
        );
        assert_eq!(word("[[symbol]]\npath = 'mcp.a'\nbecomes = 'mcp.b'\napplicability = 'manual'\n"), "–");
        let both = "[[symbol]]\npath = 'mcp.a'\nbecomes = 'mcp.b'\n[[member]]\nof = 'mcp.a'\nname = 'x'\nbecomes = 'y'\napplicability = 'unsafe'\n";
        assert_eq!(word(both), "safe, unsafe");
    }
}
