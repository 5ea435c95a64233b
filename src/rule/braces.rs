//! Braces in the paths of a rule: `mcp.types.{Tool,Prompt}.{model_dump,json}` stands for four paths, as in a shell, so
//! that a list of classes stays readable.

use serde::{Deserialize, Deserializer, de::Error};

use super::python::OneOrMany;

/// A rule that means more paths than this is a mistake.
const MOST: usize = 4_096;

/// Reads one path or a list of paths and writes out their braces.
pub(super) fn paths<'de, D: Deserializer<'de>>(from: D) -> Result<OneOrMany<String>, D::Error> {
    let read = OneOrMany::<String>::deserialize(from)?;
    let mut out = Vec::new();
    for path in read.as_slice() {
        out.extend(written_out(path).map_err(D::Error::custom)?);
    }
    if out.len() > MOST {
        return Err(D::Error::custom(format!("the braces stand for more than {MOST} paths")));
    }
    Ok(OneOrMany::Many(out))
}

/// The paths that `path` stands for.
fn written_out(path: &str) -> Result<Vec<String>, String> {
    let mut out = vec![String::new()];
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((names, behind)) = after.split_once('}') else {
            return Err(format!("`{path}` has a brace that nothing closes"));
        };
        let names: Vec<&str> = names.split(',').map(str::trim).collect();
        if names.iter().any(|name| name.is_empty() || name.contains('{')) || out.len() * names.len() > MOST {
            return Err(format!("`{path}` has braces that stand for nothing"));
        }
        out = out.iter().flat_map(|one| names.iter().map(move |name| format!("{one}{before}{name}"))).collect();
        rest = behind;
    }
    out.iter_mut().for_each(|one| one.push_str(rest));
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::written_out;

    #[test]
    fn braces_stand_for_every_combination() {
        assert_eq!(written_out("a.b").unwrap(), ["a.b"]);
        assert_eq!(written_out("a.{b,c}.{d,e}").unwrap(), ["a.b.d", "a.b.e", "a.c.d", "a.c.e"]);
        assert_eq!(written_out("{a,b}").unwrap(), ["a", "b"]);
        assert!(written_out("a.{b").is_err());
        assert!(written_out("a.{b,}").is_err());
        assert!(written_out("{a,a,a,a,a,a,a,a}{a,a,a,a,a,a,a,a}{a,a,a,a,a,a,a,a}{a,a,a,a,a,a,a,a}{a,b}").is_err());
    }
}
