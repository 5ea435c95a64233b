"""Tells which imports of the SDK fail in the environment that runs this, one `path:line` a line.

Called with a folder. Its files are parsed and never run; what is imported is the SDK alone. Imports behind a guard, in a
`try` or for type checkers, are left out: whether those do harm is another question.
"""

import ast
import importlib
import pathlib
import sys


def is_there(module: str, name: str | None) -> bool:
    try:
        found = importlib.import_module(module)
    except ImportError:
        return False
    if name is None or name == "*" or hasattr(found, name):
        return True
    try:
        importlib.import_module(f"{module}.{name}")
    except ImportError:
        return False
    return True


def imports(node: ast.AST):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((alias.lineno, alias.name, None) for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.level == 0:
            yield from ((alias.lineno, child.module, alias.name) for alias in child.names)
        elif not isinstance(child, (ast.Try, ast.If)):
            yield from imports(child)


root = pathlib.Path(sys.argv[1])
for path in sorted(root.rglob("*.py")):
    for line, module, name in imports(ast.parse(path.read_text(encoding="utf-8"))):
        if module.split(".")[0] == "mcp" and not is_there(module, name):
            print(f"{path.relative_to(root).as_posix()}:{line}")
