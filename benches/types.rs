//! What the types cost: a scan of a server of 5,000 lines beside a scan of the same text that imports nothing of the SDK, and
//! beside its migration.
//!
//! `cargo bench --bench types` writes both below `target/` and runs the program over them in turns, each time from
//! nothing; it prints medians, their ratio, and the peak memory. Each folder given as an argument is measured as well, by
//! time and memory alone. Nothing is asserted: the numbers are for people.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a script for people")]

mod measure;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use measure::{median, memory, migrated, millis, scanned};

const ROUNDS: usize = 15;

fn main() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (with, without) = (target.join("bench-server"), target.join("bench-server-without"));
    lay_out(&with, "mcp");
    lay_out(&without, "mpc");
    let (mut typed, mut untyped, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        untyped.push(scanned(&without));
        typed.push(scanned(&with));
        moved.push(migrated(&with));
    }
    let (typed, untyped, moved) = (median(typed), median(untyped), median(moved));
    println!("a server of {} lines: {:.0} ms, {}", lines(&with), millis(typed), memory(&with));
    println!("the same without the SDK:  {:.0} ms, {}", millis(untyped), memory(&without));
    println!("ratio {:.1}", typed.as_secs_f64() / untyped.as_secs_f64());
    println!(
        "`migrate --diff` of the server: {:.0} ms, {:.1} times its scan",
        millis(moved),
        moved.as_secs_f64() / typed.as_secs_f64()
    );
    for folder in env::args().skip(1).filter(|argument| !argument.starts_with('-')).map(PathBuf::from) {
        println!("{}: {:.0} ms, {}", folder.display(), millis(scanned(&folder)), memory(&folder));
    }
}

/// Modules of tools and clients that import each other, of a package called `sdk`.
fn lay_out(folder: &Path, sdk: &str) {
    fs::create_dir_all(folder).unwrap();
    for module in 0..24 {
        let mut text = format!(
            "import asyncio\nfrom {sdk} import ClientSession, types\nfrom {sdk}.types import TextContent, Tool\n"
        );
        match module {
            0 => text.push_str("class Base:\n    session: ClientSession\n"),
            _ => writeln!(text, "from part{} import Agent0 as Base", module - 1).unwrap(),
        }
        for class in 0..10 {
            writeln!(text, "\nclass Agent{class}(Base):{CLASS}").unwrap();
        }
        fs::write(folder.join(format!("part{module}.py")), text).unwrap();
    }
}

/// What every class does.
const CLASS: &str = "
    def __init__(self, session: ClientSession, names: list[str]):
        self.session = session
        self.names = names
        self.seen: dict[str, Tool] = {}

    async def tools(self) -> list[Tool]:
        found = await self.session.list_tools()
        for tool in found.tools:
            self.seen[tool.name] = tool
        return [tool for tool in found.tools if tool.name in self.names]

    async def call(self, name: str, **arguments):
        result = await self.session.call_tool(name, arguments)
        texts = []
        for block in result.content:
            if isinstance(block, TextContent):
                texts.append(block.text)
        if result.isError:
            raise RuntimeError(str(texts))
        return texts";

fn lines(folder: &Path) -> usize {
    let files = fs::read_dir(folder).unwrap();
    files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap().lines().count()).sum()
}
