//! Build script: lists every rule file and every stub in a table each, so that a new one is one new file and nothing
//! else.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[expect(clippy::print_stdout, reason = "cargo reads a build script's instructions there")]
fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/rule/embed.rs");
    println!("cargo::rerun-if-env-changed=CARGO_MANIFEST_DIR");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("rules.rs"), table(&root, "rules", "toml")?)?;
    fs::write(out.join("stubs.rs"), table(&root, "rules/api", "pyi")?)
}

/// The files below `folder` with this ending, as `(path, text)` by path.
fn table(root: &Path, folder: &str, ending: &str) -> io::Result<String> {
    let mut files = Vec::new();
    collect(&root.join(folder), ending, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for file in files {
        let shown = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        // Named from the checkout that is being compiled: a target folder may have come from another one.
        let path = format!("/{shown}");
        let _ = writeln!(table, "    ({shown:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),");
    }
    table.push_str("]\n");
    Ok(table)
}

fn collect(folder: &Path, ending: &str, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, ending, files)?;
        } else if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
    Ok(())
}
