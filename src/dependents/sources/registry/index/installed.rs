//! The default of the installed installer, read from its own help, which needs no network.

use std::process::Command;
use std::time::Duration;

use crate::process;

/// The installers to ask, in order, and the option whose help tells the default. `-I` keeps the interpreter from
/// importing what lies around.
const INSTALLERS: [(&[&str], &str); 3] = [
    (&["pip", "help", "download"], "--index-url <"),
    (&["python3", "-I", "-m", "pip", "help", "download"], "--index-url <"),
    (&["uv", "help", "pip", "compile"], "--default-index <"),
];

/// How long an installer may take to print its help.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// How much it may print, in bytes.
const OUTPUT_LIMIT: u64 = 1 << 20;

/// How far behind the option its default may stand, in bytes.
const REACH: usize = 400;

/// The default index and who named it, or what was tried.
pub(super) fn default_index() -> Result<(String, String), String> {
    let folder = tempfile::tempdir().map_err(|error| format!("failed to make a temporary folder: {error}"))?;
    let mut tried = Vec::new();
    for (words, option) in INSTALLERS {
        let Some((program, arguments)) = words.split_first() else { continue };
        let mut command = Command::new(program);
        // An address must not be broken over lines.
        command.args(arguments).env("COLUMNS", "1000").env("NO_COLOR", "1").current_dir(folder.path());
        let shown = words.join(" ");
        let why = match process::printed(&mut command, TIME_LIMIT, OUTPUT_LIMIT) {
            Ok(printed) => match default_in(&String::from_utf8_lossy(&printed), option) {
                Some(address) => return Ok((address, format!("`{shown}`"))),
                None => "names no default".to_owned(),
            },
            Err(failure) => failure.line().to_owned(),
        };
        tried.push(format!("`{shown}` {why}"));
    }
    Err(tried.join("; "))
}

/// The address behind the first mention of `option` with a value.
fn default_in(help: &str, option: &str) -> Option<String> {
    let behind = &help[help.find(option)? + option.len()..];
    // Another option's address must not be taken for this one's.
    let end = behind.char_indices().map(|(at, _)| at).take_while(|at| *at <= REACH).last()?;
    let near = &behind[..end];
    let near = &near[near.find("default")?..];
    let address = &near[near.find("http://").or_else(|| near.find("https://"))?..];
    let end = address.find(|c: char| c.is_whitespace() || c.is_control() || ">)]'\"".contains(c));
    Some(address[..end.unwrap_or(address.len())].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_stands_in_the_help() {
        let pip = "Package Index Options:\n  -i, --index-url <url>  Base URL of the index (default https://a.example/simple). This should point to\n  --extra-index-url <url>  More\n";
        assert_eq!(default_in(pip, "--index-url <").as_deref(), Some("https://a.example/simple"));
        let uv = "like `--default-index` (which is)\n      --default-index <DEFAULT_INDEX>\n          The default package index (by default: <https://b.example/simple>).\n";
        assert_eq!(default_in(uv, "--default-index <").as_deref(), Some("https://b.example/simple"));
        for none in
            ["", "--index-url <url>", "--index-url <url> https://x.example/", "--index-url <url> default \u{fc}"]
        {
            assert_eq!(default_in(none, "--index-url <"), None, "{none}");
        }
        let far = format!("--index-url <url> default {} https://x.example", "\u{fc}".repeat(REACH));
        assert_eq!(default_in(&far, "--index-url <"), None);
    }

    #[test]
    fn an_installed_installer_tells_its_default() {
        match default_index() {
            Ok((address, from)) => assert!(address.starts_with("http"), "{address} from {from}"),
            Err(tried) => eprintln!("not tried: no installer is here to ask ({tried})"),
        }
    }
}
