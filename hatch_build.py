"""Hatchling's hook: builds the front end and puts the course's content into wheels."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Hatchling loads this file by its path.
sys.path.insert(0, str(Path(__file__).resolve().parent / "tools"))

import setup_frontend


def _content_files(root: Path) -> Iterator[Path]:
    for folder in (root / "assets", root / "lessons"):
        for path in sorted(folder.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
            if path.is_file() and not hidden:
                yield path


class FrontendBuildHook(BuildHookInterface[Any]):
    """Build widgets/l3s1/static where it is out of date, for wheels of either kind and sdists."""

    def dependencies(self) -> list[str]:
        """Ask for a Node.js only where a build is due and the system has none."""
        root = Path(self.root)
        if setup_frontend.is_fresh(root) or setup_frontend.find_system_node() is not None:
            return []
        lines = (root / "requirements-node.in").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if re.match(r"\w", line)]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the front end; give an ordinary wheel the content an editable one finds beside it.

        Raises:
            FrontendError: the front end cannot be built; the text says what to do.
        """
        root = Path(self.root)
        setup_frontend.build(root)
        if self.target_name == "wheel" and version == "standard":
            for path in _content_files(root):
                target = f"l3s1/_course/{path.relative_to(root).as_posix()}"
                build_data["force_include"][str(path)] = target
