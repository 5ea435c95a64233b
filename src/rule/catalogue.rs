//! What a move between majors breaks, a row for each change: the list that coverage is measured against. A row is covered
//! by a rule that names it, or says why no source can show it; the loader refuses one that is neither.

use std::collections::HashMap;

use serde::Deserialize;
use toml::Spanned;

use super::load::{line_at, located};
use super::{Rule, Rules};

/// One breaking change.
#[derive(Debug, Clone)]
pub struct Row {
    /// Short and stable: `fastmcp-class`.
    pub id: String,
    /// What changed, as a clause.
    pub what: String,
    /// The folder of rules it belongs to: `mcpserver`.
    pub area: String,
    /// Why no source can show it, and what to look at instead.
    pub undetectable: Option<String>,
    /// Rules that cover it and cannot say so themselves, because they are not about Python code.
    pub covered_by: Vec<String>,
    path: String,
    line: usize,
}

/// Every row of every `catalogue.toml`, in the order of the files.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    rows: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    row: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    id: Spanned<String>,
    what: String,
    undetectable: Option<String>,
    #[serde(default)]
    covered_by: Vec<String>,
}

/// What a rule file says of rows, with where it says it.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    rows: Vec<Spanned<String>>,
}

impl Catalogue {
    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// Adds the rows of the file at `path`.
    pub(super) fn read(&mut self, path: &str, text: &str) -> Result<(), String> {
        let file: File = toml::from_str(text).map_err(|error| located(path, text, &error))?;
        let area = path.rsplit(['/', '\\']).nth(1).unwrap_or_default();
        for row in file.row {
            let line = line_at(text, row.id.span().start);
            let id = row.id.into_inner();
            let says_nothing = |text: &str| text.trim().is_empty();
            if says_nothing(&id) || says_nothing(&row.what) || row.undetectable.as_deref().is_some_and(says_nothing) {
                return Err(format!("{path}:{line}: the row `{id}` says nothing under one of its keys"));
            }
            let row = Row {
                id,
                what: row.what,
                area: area.to_owned(),
                undetectable: row.undetectable,
                covered_by: row.covered_by,
                path: path.to_owned(),
                line,
            };
            self.add(row)?;
        }
        Ok(())
    }

    /// The rows of both.
    pub(super) fn extend(&mut self, more: Self) -> Result<(), String> {
        more.rows.into_iter().try_for_each(|row| self.add(row))
    }

    fn add(&mut self, row: Row) -> Result<(), String> {
        if let Some(other) = self.rows.iter().find(|other| other.id == row.id) {
            let Row { path, line, id, .. } = &row;
            return Err(format!("{path}:{line}: the row `{id}` stands in {}:{} already", other.path, other.line));
        }
        self.rows.push(row);
        Ok(())
    }

    /// Whether rows and rules fit each other.
    pub(super) fn check(&self, rules: &Rules) -> Result<(), String> {
        // The first rule that names each row, looked up once for all of them.
        let mut named: HashMap<&str, &str> = HashMap::new();
        for rule in rules.iter() {
            for row in &rule.rows {
                named.entry(row).or_insert(&rule.id);
            }
        }
        for row in &self.rows {
            let Row { id, path, line, .. } = row;
            if let Some(unknown) = row.covered_by.iter().find(|rule| rules.get(rule).is_none()) {
                return Err(format!(
                    "{path}:{line}: the row `{id}` is said to be covered by {unknown}, which is no rule"
                ));
            }
            let said = row.covered_by.iter().map(String::as_str);
            let covering = named.get(id.as_str()).copied().into_iter().chain(said).min();
            match (covering, &row.undetectable) {
                (None, None) => {
                    return Err(format!("{path}:{line}: the row `{id}` is covered by no rule and excused by nothing"));
                }
                (Some(rule), Some(_)) => {
                    return Err(format!("{path}:{line}: the row `{id}` is covered by {rule} and excused all the same"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether every row that the rule in `text` names is one.
    pub(super) fn knows(&self, rule: &Rule, path: &str, text: &str) -> Result<(), String> {
        let is_known = |id: &str| self.rows.iter().any(|row| row.id == id);
        let Some(unknown) = rule.rows.iter().find(|id| !is_known(id)) else { return Ok(()) };
        let named: Vec<_> = toml::from_str(text).map(|Named { rows }| rows).unwrap_or_default();
        let place = named.iter().find(|row| row.get_ref() == unknown).map_or(0, |row| row.span().start);
        Err(format!("{path}:{}: the row `{unknown}` stands in no catalogue.toml", line_at(text, place)))
    }
}

impl Rules {
    /// The rules that cover a row, by identifier.
    pub fn covering(&self, row: &Row) -> Vec<&Rule> {
        let covers = |rule: &&Rule| rule.rows.contains(&row.id) || row.covered_by.contains(&rule.id);
        self.iter().filter(covers).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "id = 'PY900'\nname = 'x'\nsummary = 'x'\nseverity = 'error'\nfails = 'call'\nmessage = 'x'\n\
        explanation = 'x'\nrows = [\n  'a',\n  'b',\n]\n[[example]]\npath = 'a.py'\nbefore = 'x'\n";

    fn read(catalogue: &str) -> Result<Rules, String> {
        Rules::parse(&[("rules/python/x/catalogue.toml", catalogue), ("rules/python/x/rule.toml", RULE)])
    }

    #[test]
    fn rows_are_covered_or_excused() {
        let rules = read(
            "[[row]]\nid = 'a'\nwhat = 'x'\n[[row]]\nid = 'b'\nwhat = 'x'\n[[row]]\nid = 'c'\nwhat = 'x'\nundetectable = 'y'\n",
        );
        let rules = rules.unwrap();
        let covered: Vec<_> = rules.catalogue.rows().map(|row| (row.id.as_str(), rules.covering(row).len())).collect();
        assert_eq!(covered, [("a", 1), ("b", 1), ("c", 0)]);
        assert!(rules.catalogue.rows().all(|row| row.area == "x"));
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_line() {
        const BOTH: &str = "[[row]]\nid = 'a'\nwhat = 'x'\n\n[[row]]\nid = 'b'\nwhat = 'x'\n";
        for (catalogue, error) in [
            ("[[row]]\nid = 'a'\nwhat = 'x'\n", "rule.toml:10: the row `b` stands in no catalogue.toml"),
            (
                &format!("{BOTH}[[row]]\nid = 'a'\nwhat = 'y'\n"),
                "catalogue.toml:9: the row `a` stands in rules/python/x/catalogue.toml:2 already",
            ),
            (
                &format!("{BOTH}[[row]]\nid = 'c'\nwhat = 'y'\n"),
                "catalogue.toml:9: the row `c` is covered by no rule and excused by nothing",
            ),
            (
                &format!("{BOTH}covered-by = ['PY7']\n"),
                "catalogue.toml:6: the row `b` is said to be covered by PY7, which is no rule",
            ),
            (
                &format!("{BOTH}undetectable = 'y'\n"),
                "catalogue.toml:6: the row `b` is covered by PY900 and excused all the same",
            ),
            (
                &format!("{BOTH}undetectable = ' '\n"),
                "catalogue.toml:6: the row `b` says nothing under one of its keys",
            ),
            (&format!("{BOTH}wat = 'y'\n"), "catalogue.toml:8: unknown field `wat`"),
        ] {
            let found = read(catalogue).unwrap_err();
            assert!(found.contains(error), "{found}");
        }
    }
}
