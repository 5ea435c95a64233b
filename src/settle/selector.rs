//! Names rules: by identifier, by the beginning of identifiers, or by the name of a rule. One reading for the command
//! line, the configuration and comments in code.

use crate::rule::{Rule, Rules};

/// Every rule.
const ALL: &str = "ALL";

/// Some rules, as somebody named them: `PY101`, `PY1`, `PY`, `fastmcp-renamed` or `ALL`. Capitals do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector(String);

impl Selector {
    /// What `text` names among `rules`.
    ///
    /// # Errors
    /// A text that names none of them, with what may have been meant.
    pub fn new(text: &str, rules: &Rules) -> Result<Self, String> {
        let selector = Self::unchecked(text);
        if rules.iter().any(|rule| selector.matches(rule)) {
            return Ok(selector);
        }
        let near = rules.iter().flat_map(|rule| [rule.id.as_str(), rule.name.as_str()]);
        let hint = match nearest(text.trim(), near) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`mcp-audit rules` lists them".to_owned(),
        };
        Err(format!("no rule is called `{}`; {hint}", text.trim()))
    }

    /// The same where it does not matter whether there is such a rule.
    pub(super) fn unchecked(text: &str) -> Self {
        Self(text.trim().to_ascii_uppercase())
    }

    /// How exactly it names `rule`: the higher the more; `None` where it does not.
    fn exactness(&self, rule: &Rule) -> Option<usize> {
        if self.0 == ALL {
            return Some(0);
        }
        if self.0 == rule.id || self.0.eq_ignore_ascii_case(&rule.name) {
            return Some(usize::MAX);
        }
        // `P` begins identifiers of more than one family.
        let is_family = self.0.len() > 1 && rule.id.starts_with(&self.0);
        is_family.then_some(self.0.len())
    }

    /// Whether it names `rule`.
    pub fn matches(&self, rule: &Rule) -> bool {
        self.exactness(rule).is_some()
    }

    /// Whether it names every rule there is, which no comment may.
    pub(super) fn is_all(&self) -> bool {
        self.0 == ALL
    }
}

/// Which rules count. Of what selects a rule and what ignores it, the more exact one decides; in doubt it is ignored.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The rules that count; all of them when empty.
    pub select: Vec<Selector>,
    /// The rules that do not.
    pub ignore: Vec<Selector>,
}

impl Selection {
    /// Whether findings of `rule` count.
    pub fn takes(&self, rule: &Rule) -> bool {
        let most = |list: &[Selector]| list.iter().filter_map(|one| one.exactness(rule)).max();
        let selected = if self.select.is_empty() { Some(0) } else { most(&self.select) };
        match (selected, most(&self.ignore)) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(selected), Some(ignored)) => selected > ignored,
        }
    }
}

/// The one of `known` that is most like `text`, if one is like it at all.
pub fn nearest<'k>(text: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    const LIKE: f64 = 0.75;
    // Longer than any name, and the measure takes the square of it.
    if text.len() > 100 {
        return None;
    }
    let text = text.to_ascii_lowercase();
    let alike = known.map(|one| (strsim::jaro_winkler(&text, &one.to_ascii_lowercase()), one));
    let best = alike.fold(None, |best: Option<(f64, &str)>, one| match best {
        Some(best) if best.0 >= one.0 => Some(best),
        _ => Some(one),
    });
    best.filter(|(likeness, _)| *likeness >= LIKE).map(|(_, one)| one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule;

    fn selectors(texts: &[&str]) -> Vec<Selector> {
        let rules = rule::embedded().unwrap();
        texts.iter().map(|text| Selector::new(text, &rules).unwrap()).collect()
    }

    #[test]
    fn the_more_exact_one_decides() {
        let rules = rule::embedded().unwrap();
        let takes = |select: &[&str], ignore: &[&str], id: &str| {
            let selection = Selection { select: selectors(select), ignore: selectors(ignore) };
            selection.takes(rules.get(id).unwrap())
        };
        assert!(takes(&[], &[], "PY101") && takes(&["ALL"], &[], "PY101"));
        assert!(!takes(&["DEP"], &[], "PY101") && !takes(&[], &["PY"], "PY101") && !takes(&["PY"], &["PY"], "PY101"));
        assert!(takes(&["PY101"], &["PY1"], "PY101") && !takes(&["PY101"], &["PY1"], "PY102"));
        assert!(takes(&["PY1"], &["PY", "ALL"], "PY101") && !takes(&["ALL"], &["missing-upper-bound"], "DEP001"));
    }

    #[test]
    fn what_names_no_rule_is_refused_with_what_may_be_meant() {
        let rules = rule::embedded().unwrap();
        let error = |text: &str| Selector::new(text, &rules).unwrap_err();
        assert_eq!(
            error("missing-uper-bound"),
            "no rule is called `missing-uper-bound`; did you mean `missing-upper-bound`?"
        );
        assert!(error("").contains("`mcp-audit rules`") && error("P").contains("no rule"));
        assert!(Selector::new("py101", &rules).is_ok());
    }
}
