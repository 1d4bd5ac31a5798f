"""environment.yml brings by pip exactly what `make install` brings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

import setup_environment
import setup_frontend

ROOT = setup_frontend.ROOT
TEXT = (ROOT / "environment.yml").read_text(encoding="utf-8")
DEPENDENCIES: list[str | dict[str, list[str]]] = yaml.safe_load(TEXT)["dependencies"]


def conda_packages() -> dict[str, str]:
    """Return what conda brings, by name, each with its condition."""
    texts = [each for each in DEPENDENCIES if isinstance(each, str)]
    found = [re.fullmatch(r"([a-z]+)([=<>].*)?", text) for text in texts]
    return {match[1]: match[2] or "" for match in found if match is not None}


def pip_lines() -> list[str]:
    """Return what conda hands to pip: the lines of one requirements file beside environment.yml."""
    (section,) = [each for each in DEPENDENCIES if isinstance(each, dict)]
    assert list(section) == ["pip"]
    return section["pip"]


class RecordingSetup(setup_environment.Setup):
    """Notes what it would have pip do."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.commands: list[tuple[str, ...]] = []

    def run_pip(self, arguments: Sequence[str], expected: int = 0) -> None:
        """Note the command."""
        self.commands.append(tuple(arguments))

    def make_environment(self) -> None:
        """Make the folder only."""
        self.venv.mkdir()

    def build_frontend(self) -> None:
        """Build nothing; pip has no part in it where conda brings Node.js."""


@pytest.fixture
def make_commands(tmp_path: Path) -> list[tuple[str, ...]]:
    """What `make install` has pip do in a fresh checkout."""
    for name in (
        *setup_environment.LOCKS,
        *setup_environment.COURSE_INPUTS,
        "widgets/frontend/package.json",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    setup = RecordingSetup(tmp_path)
    setup.install()
    return setup.commands


def requirement_files(arguments: Sequence[str]) -> list[str]:
    """Return the files that a pip command's --requirement options name."""
    return [arguments[place + 1] for place, each in enumerate(arguments) if each == "--requirement"]


def test_pip_installs_the_same_locks(make_commands: list[tuple[str, ...]]) -> None:
    by_make = [name for command in make_commands for name in requirement_files(command)]
    by_conda = requirement_files([word for line in pip_lines() for word in line.split()])
    assert by_conda == by_make
    assert len(pip_lines()) == len(by_conda), "environment.yml has pip install something more"


def test_the_course_itself_is_installed_by_the_same_command(
    make_commands: list[tuple[str, ...]],
) -> None:
    (by_make,) = [each for each in make_commands if not requirement_files(each)]
    by_conda = re.findall(r"^#     python -m pip (.*)$", TEXT, flags=re.MULTILINE)
    assert by_conda == [" ".join(by_make)]


def test_conda_brings_only_the_tools() -> None:
    brought = conda_packages()
    assert set(brought) == {"python", "pip", "nodejs"}
    assert len(brought) + 1 == len(DEPENDENCIES)
    assert brought["nodejs"] == f">={setup_frontend.OLDEST_NODE}"


def test_condas_python_is_one_the_course_supports() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    asked = re.search(r'^requires-python = "(.*)"', project, flags=re.MULTILINE)
    assert asked is not None
    assert SpecifierSet(asked[1]).contains(conda_packages()["python"].removeprefix("="))
