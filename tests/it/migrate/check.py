"""Compares a tree of files with what was made of it: does all that could be read still read, and is nothing lost that no
rewrite is meant to touch?

Called with pairs of folders; writes one problem a line.
"""

import ast
import collections
import io
import json
import pathlib
import sys
import tokenize
import warnings

warnings.simplefilter("ignore")

FOR_CHECKERS = ("# type:", "# pyright:", "# noqa")


def parsed(data):
    try:
        return ast.parse(data)
    except (SyntaxError, ValueError):
        return None


def comments(data):
    """The comments of a file and how often each is there; none of a file that cannot be read."""
    try:
        tokens = tokenize.tokenize(io.BytesIO(data).readline)
        return collections.Counter(token.string for token in tokens if token.type == tokenize.COMMENT)
    except (SyntaxError, UnicodeDecodeError, tokenize.TokenError):
        return collections.Counter()


def ends(data):
    """Which kinds of line ends a file has, in order of how many."""
    crlf = data.count(b"\r\n")
    return {"\r\n": crlf, "\n": data.count(b"\n") - crlf, "\r": data.count(b"\r") - crlf}


def problems(before, after, shown):
    old, new = before.read_bytes(), after.read_bytes()
    if old == new:
        return
    if old.startswith(b"\xef\xbb\xbf") != new.startswith(b"\xef\xbb\xbf"):
        yield "the byte order mark came or went"
    for kind, count in ends(new).items():
        if count and not ends(old)[kind]:
            yield f"line ends {kind!r} came that were not there"
    if (old[-1:] in b"\r\n") != (new[-1:] in b"\r\n"):
        yield "the end of the last line came or went"
    if shown.endswith(".ipynb"):
        cells = [[cell["cell_type"] for cell in json.loads(data)["cells"]] for data in (old, new)]
        if cells[0] != cells[1]:
            yield "cells came or went"
    if not shown.endswith(".py"):
        return
    if parsed(old) and not parsed(new):
        yield "does not parse any more"
    if new.count(b"mcp_types") > old.count(b"mcp_types"):
        yield "`mcp.types` is where types are imported from, as the guide has it"


def of_comments(first, second, names):
    """What became of the comments of a tree: with the setting that it is said of, one may go to another file."""
    modules = [name for name in names if name.endswith(".py")]
    old, new = (sum((comments((root / name).read_bytes()) for name in modules), collections.Counter()) for root in (first, second))
    # What a comment tells a checker of a line goes with the line.
    lost = [comment for comment in old - new if not comment.startswith(FOR_CHECKERS)]
    if lost:
        yield f"comments are gone: {sorted(lost)}"
    if new - old:
        # Code that is commented out is as gone as code that is deleted, and marks were not asked for.
        yield f"comments came: {sorted(new - old)}"


for before, after in zip(sys.argv[1::2], sys.argv[2::2]):
    first, second = pathlib.Path(before), pathlib.Path(after)
    names = [{path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()} for root in (first, second)]
    for name in sorted(names[0] ^ names[1]):
        print(f"{after}/{name}: came or went")
    for name in sorted(names[0] & names[1]):
        for problem in problems(first / name, second / name, name):
            print(f"{after}/{name}: {problem}")
    for problem in of_comments(first, second, sorted(names[0] & names[1])):
        print(f"{after}: {problem}")
