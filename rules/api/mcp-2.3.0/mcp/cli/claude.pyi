from _typeshed import Incomplete
import importlib.metadata
import json as json
import os as os
import shutil as shutil
import sys as sys
from pathlib import Path as Path
from typing import Any as Any
from mcp.server.mcpserver.utilities.logging import get_logger as get_logger
logger: Incomplete
def mcp_requirement(package: str = "mcp") -> str: ...
def get_claude_config_path() -> Path | None: ...
def get_uv_path() -> str: ...
def update_claude_config(file_spec: str, server_name: str, *, with_editable: Path | None = None, with_packages: list[str] | None = None, env_vars: dict[str, str] | None = None) -> bool: ...
