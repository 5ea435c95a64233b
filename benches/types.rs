//! What the type engine costs: laying out, the first question, each further file, memory, and whether two threads pay.
//!
//! `cargo bench --bench types` measures a server of 5,000 lines made on the spot, against the stubs in the folder named
//! by `MCP_AUDIT_BENCH_STUBS`, a colon between several. Each folder given as an argument is measured as a project too:
//! all its Python files are known, those that mention mcp are asked. With the stubs of another SDK in
//! `MCP_AUDIT_BENCH_NEXT`, what the move breaks is listed as well. Nothing is asserted: the numbers are for people.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a script for people")]

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use mcp_audit::python::types::{Engine, broken_by};

type Files = Vec<(String, String)>;

fn main() {
    let stubs = std::env::var("MCP_AUDIT_BENCH_STUBS").expect("MCP_AUDIT_BENCH_STUBS names folders of stubs");
    let mut mounted = Files::new();
    for folder in stubs.split(':') {
        gather(Path::new(folder), Path::new(folder), &mut mounted);
    }
    println!("{} stubs, {} kB", mounted.len(), mounted.iter().map(|(_, text)| text.len()).sum::<usize>() / 1024);
    measure("a server of 5,000 lines", &mounted, &server());
    for folder in std::env::args().skip(1).filter(|argument| !argument.starts_with('-')) {
        let mut files = Files::new();
        gather(Path::new(&folder), Path::new(&folder), &mut files);
        measure(&folder, &mounted, &files);
        if let Ok(next) = std::env::var("MCP_AUDIT_BENCH_NEXT") {
            let mut others = Files::new();
            for folder in next.split(':') {
                gather(Path::new(folder), Path::new(folder), &mut others);
            }
            compare(&mounted, &others, &files);
        }
    }
}

fn compare(old: &Files, new: &Files, files: &Files) {
    let (old, new) = (engine(old, files), engine(new, files));
    for (path, text) in files.iter().filter(|(_, text)| text.contains("mcp")) {
        let (Ok(old), Ok(new)) = (old.diagnostics(path), new.diagnostics(path)) else { continue };
        for broken in broken_by(&old, &new) {
            let line = text[..broken.span.start].lines().count();
            println!("    {path}:{line}: {}: {}", broken.rule, broken.message);
        }
    }
}

fn measure(name: &str, stubs: &Files, files: &Files) {
    let asked: Vec<&str> =
        files.iter().filter(|(_, text)| text.contains("mcp")).map(|(path, _)| path.as_str()).collect();
    let lines: usize = files.iter().map(|(_, text)| text.lines().count()).sum();
    println!("{name}: {} files, {lines} lines, {} mention mcp", files.len(), asked.len());
    let before = memory();
    let start = Instant::now();
    let engine = engine(stubs, files);
    println!("  set-up {:?}", start.elapsed());
    let mut found = 0;
    let mut slowest = (std::time::Duration::ZERO, "");
    let first = Instant::now();
    for (at, path) in asked.iter().enumerate() {
        let start = Instant::now();
        match engine.diagnostics(path) {
            Ok(told) => found += told.len(),
            Err(problem) => println!("  {path}: {}", problem.message),
        }
        let took = start.elapsed();
        if at == 0 {
            println!("  first file {took:?}");
        } else if took > slowest.0 {
            slowest = (took, path);
        }
    }
    println!("  all files {:?}, {found} diagnostics, slowest after the first {slowest:?}", first.elapsed());
    println!("  memory {} MB more than before", memory().saturating_sub(before));
    drop(engine);

    let engine = self::engine(stubs, files);
    let start = Instant::now();
    let (left, right) = asked.split_at(asked.len() / 2);
    std::thread::scope(|scope| {
        for half in [left, right] {
            let engine = engine.clone();
            scope.spawn(move || {
                half.iter().map(|path| engine.diagnostics(path).map_or(0, |told| told.len())).sum::<usize>()
            });
        }
    });
    println!("  two threads {:?}", start.elapsed());
}

fn engine(stubs: &Files, files: &Files) -> Engine {
    let stubs = stubs.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    Engine::new(stubs, files, &[String::new(), "src".to_owned()], None).unwrap()
}

/// Python files and stubs below `folder`, by their paths from `root`.
fn gather(root: &Path, folder: &Path, files: &mut Files) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "py" || extension == "pyi")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            files.push((path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), text));
        }
    }
}

/// Modules of tools and clients that import each other.
fn server() -> Files {
    let mut files = Files::new();
    for module in 0..20 {
        let mut text =
            "import asyncio\nfrom mcp import ClientSession, types\nfrom mcp.types import TextContent, Tool\n"
                .to_owned();
        if module > 0 {
            writeln!(text, "from part{} import Agent0 as Base", module - 1).unwrap();
        } else {
            text.push_str("class Base:\n    session: ClientSession\n");
        }
        for class in 0..10 {
            writeln!(
                text,
                "\nclass Agent{class}(Base):\n    def __init__(self, session: ClientSession, names: list[str]):\n        self.session = session\n        self.names = names\n        self.seen: dict[str, Tool] = {{}}\n\n    async def tools(self) -> list[Tool]:\n        found = await self.session.list_tools()\n        for tool in found.tools:\n            self.seen[tool.name] = tool\n        return [tool for tool in found.tools if tool.name in self.names]\n\n    async def call(self, name: str, **arguments):\n        result = await self.session.call_tool(name, arguments)\n        texts = []\n        for block in result.content:\n            if isinstance(block, TextContent):\n                texts.append(block.text)\n        if result.isError:\n            raise RuntimeError('\\n'.join(texts))\n        return texts"
            )
            .unwrap();
        }
        files.push((format!("part{module}.py"), text));
    }
    files
}

/// Resident memory of this process in MB, 0 where the system does not tell.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or(0) / 1024
}
