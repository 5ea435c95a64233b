"""Imports one file as the module that it is, with stand-ins for packages that have nothing to do with the SDK.

What a file does when it is imported is done; what it does as a program is not.
"""

import importlib.abc
import importlib.machinery
import os
import sys
import types

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from serve import names_of  # noqa: E402 - the folder has to be known first

# Large, and none of what is tested.
ABSENT = {"PIL", "asyncpg", "dotenv", "numpy", "openai", "pgvector", "pyautogui", "pydantic_ai"}


class StandIn(types.ModuleType):
    """A module that has every name, each a class of its own."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {"__class_getitem__": classmethod(lambda cls, _: cls), "__init__": lambda *_, **__: None})
        setattr(self, name, made)
        return made


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self) if name.split(".")[0] in ABSENT else None

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module):
        pass


# Last, so that a package that is there is taken.
sys.meta_path.append(Finder())
target = sys.argv[1]
# Where a module is a program all the same, this is the least that it can do.
sys.argv[:] = [target, "--help"]
names_of(target)
