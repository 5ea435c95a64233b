//! Names of packages in the one spelling that registries compare by, and that is safe in a query and in an address.

use std::fmt;

use crate::requirement::normalized;

/// The longest name that is taken for one; registries refuse longer ones.
const LONGEST: usize = 200;

/// A normalised project name: lower-case ASCII letters, digits and single `-`, beginning and ending with a letter or
/// digit (PEP 503 on names that PEP 508 allows). It can stand in SQL, in an address and in a file name as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// The name `text` spells; `None` when no registry would take it.
    pub fn new(text: &str) -> Option<Self> {
        let (first, last) = (text.bytes().next()?, text.bytes().next_back()?);
        let is_name = text.len() <= LONGEST
            && first.is_ascii_alphanumeric()
            && last.is_ascii_alphanumeric()
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        is_name.then(|| Self(normalized(text)))
    }

    /// The name a requirement begins with: `mcp` of `MCP[cli] >=1; python_version > "3.9"`. A parse, never a prefix:
    /// `mcp-types` is another package.
    pub fn of_requirement(requirement: &str) -> Option<Self> {
        let text = requirement.trim_start();
        let end = text.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)));
        Self::new(&text[..end.unwrap_or(text.len())])
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A note about some packages; nothing of nobody.
pub(super) fn about(what: &str, names: &[Name]) -> Option<String> {
    (!names.is_empty()).then(|| format!("{what}: {}", few(names)))
}

/// The first few of `names`, and how many more there are: what a note has room for.
fn few(names: &[Name]) -> String {
    const FEW: usize = 5;
    let shown: Vec<_> = names.iter().take(FEW).map(|name| format!("`{name}`")).collect();
    let more = match names.len().saturating_sub(FEW) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    shown.join(", ") + &more
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for Name {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut() {
        let names: Vec<_> = (1..8).map(|at| Name::new(&format!("a{at}")).unwrap()).collect();
        assert_eq!(few(&names), "`a1`, `a2`, `a3`, `a4`, `a5` and 2 more");
        assert_eq!(few(&names[..2]), "`a1`, `a2`");
    }

    #[test]
    fn names_are_parsed_and_never_cut_short() {
        let of = |text: &str| Name::of_requirement(text).map(|name| name.as_str().to_owned());
        assert_eq!(of("MCP[CLI,Ws] >=1.6").as_deref(), Some("mcp"));
        assert_eq!(of("mcp_Types>=2").as_deref(), Some("mcp-types"));
        assert_eq!(of("mcp (>=1.0)").as_deref(), Some("mcp"));
        assert_eq!(of("mcp@https://files.example/x.whl").as_deref(), Some("mcp"));
        assert_eq!(of("mcp; extra == 'x'").as_deref(), Some("mcp"));
        for text in ["", "-mcp", "mcp-", "../mcp", "mcp'", "mcp\u{1b}[31m", &"a".repeat(300)] {
            assert_eq!(Name::new(text), None, "{text:?}");
        }
    }
}
