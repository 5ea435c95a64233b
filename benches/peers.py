"""What programs that migrate code to mcp 2 leave working: how many files of a folder can be imported before and after.

    git clone --depth 1 --branch v1.29.0 https://github.com/modelcontextprotocol/python-sdk
    python benches/peers.py python-sdk/examples OLDER NEWER "mcp-audit migrate --unsafe-fixes" "mcp-codemod --write"

OLDER and NEWER are interpreters with mcp 1.30.0 and 2.3.0 and what the files import besides (the tests make such: target/sdk/v1-*,
v2-*). Each command gets a copy of the folder as its last argument. Every import is a process of its own: run it on nothing you do
not trust.
"""

import concurrent.futures
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

IMPORT = "import importlib, sys; sys.path.insert(0, sys.argv[1]); importlib.import_module(sys.argv[2])"


def imports(python: str, path: pathlib.Path) -> bool:
    """Whether a file can be imported, as part of the package it belongs to."""
    names = [] if path.stem == "__init__" else [path.stem]
    root = path.parent
    while (root / "__init__.py").exists():
        names.insert(0, root.name)
        root = root.parent
    # The module may be named with a hyphen: importlib takes any name. -P keeps the working folder out.
    command = [python, "-P", "-c", IMPORT, str(root), ".".join(names)]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, cwd=root)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def working(python: str, folder: pathlib.Path) -> set[str]:
    files = sorted(path for path in folder.rglob("*.py") if "__main__" not in path.name)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda path: imports(python, path), files)
    return {str(path.relative_to(folder)) for path, works in zip(files, found) if works}


def main() -> None:
    folder, older, newer, *commands = sys.argv[1:]
    source = pathlib.Path(folder).resolve()
    every = sum(1 for _ in source.rglob("*.py"))
    before = working(older, source)
    print(f"{every} files, {len(before)} can be imported with the older SDK, {len(working(newer, source) & before)} of these with the newer")
    for command in commands:
        with tempfile.TemporaryDirectory() as scratch:
            copy = pathlib.Path(scratch) / "copy"
            shutil.copytree(source, copy)
            start = time.monotonic()
            subprocess.run([*shlex.split(command), str(copy)], capture_output=True)
            seconds = time.monotonic() - start
            after = working(newer, copy)
        print(f"{len(after & before):4} of {len(before)} after {command}, in {seconds:.1f} s; not: {', '.join(sorted(before - after))}")


if __name__ == "__main__":
    main()
