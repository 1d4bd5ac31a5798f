"""Which Python sets the course up, and what is said where none can."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import setup_frontend

TOOLS = setup_frontend.ROOT / "tools"


class Machine:
    """A machine whose only programs are a shell and the Pythons that a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.folder = folder

    def add(self, name: str, script: str) -> Path:
        """Add a program."""
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def add_python(self, name: str, version: tuple[int, int, int]) -> Path:
        """Add a Python of some version: the real one, told that it is another."""
        pretend = f"import sys; sys.version_info = {version}; exec(sys.argv[2])"
        return self.add(name, f'exec \'{sys.executable}\' -c "{pretend}" "$@"')

    def find(self, chosen: str = "") -> subprocess.CompletedProcess[str]:
        """Run find_python.sh, with PYTHON set to ``chosen``."""
        return subprocess.run(
            ["/bin/sh", TOOLS / "find_python.sh"],
            env={"PATH": str(self.programs), "PYTHON": chosen},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine without any Python."""
    return Machine(tmp_path)


def test_the_newest_that_starts_is_taken(machine: Machine) -> None:
    machine.add_python("python3", (3, 9, 2))
    machine.add_python("python3.12", (3, 12, 1))
    machine.add("python3.13", "echo 'python3.13: command not found' >&2; exit 127")
    found = machine.find()
    assert (found.returncode, found.stdout) == (0, "python3.12\n")


def test_the_environments_own_python_comes_first(machine: Machine) -> None:
    machine.add_python("python3.13", (3, 13, 0))
    (machine.folder / ".venv" / "bin").mkdir(parents=True)
    machine.add_python("python", (3, 11, 0)).rename(machine.folder / ".venv" / "bin" / "python")
    assert machine.find().stdout == ".venv/bin/python\n"


def test_a_chosen_python_is_the_only_candidate(machine: Machine) -> None:
    machine.add_python("python3.13", (3, 13, 0))
    chosen = machine.add_python("my python", (3, 11, 4))
    assert machine.find(str(chosen)).stdout == f"{chosen}\n"
    refused = machine.find("/no/such/python")
    assert refused.returncode == 1
    assert "PYTHON=/no/such/python does not start" in refused.stderr


def test_pythons_that_are_too_old_are_named(machine: Machine) -> None:
    machine.add_python("python3", (3, 9, 2))
    machine.add_python("python", (2, 7, 18))
    found = machine.find()
    assert found.returncode == 1
    assert found.stdout == ""
    assert "needs Python 3.11 or newer" in found.stderr
    assert "python3 is Python 3.9.2" in found.stderr
    assert "python is Python 2.7.18" in found.stderr
    assert "make course PYTHON=" in found.stderr


def test_a_machine_without_python_is_told_so(machine: Machine) -> None:
    found = machine.find()
    assert found.returncode == 1
    assert "finds no Python at all" in found.stderr
    assert "Install one" in found.stderr


def test_bootstrap_speaks_on_an_old_python() -> None:
    pretend = "import runpy, sys; sys.version_info = (3, 6, 9); runpy.run_path(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", pretend, TOOLS / "bootstrap.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.6" in done.stderr
    assert "make course PYTHON=" in done.stderr
    assert "Traceback" not in done.stderr


def test_bootstrap_parses_on_any_python() -> None:
    """Pure ASCII (Python 2), and nothing newer than Python 3's first years."""
    text = (TOOLS / "bootstrap.py").read_text(encoding="utf-8")
    assert text.isascii()
    compile(text, "bootstrap.py", "exec", dont_inherit=True)
    assert not any(word in text for word in ('f"', "from __future__", ":=", "->", "match "))
