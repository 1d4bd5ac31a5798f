"""The set-up does what is due, only that, and says what to do where it cannot."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import setup_environment
import setup_frontend
from setup_environment import Setup, SetupError

ROOT = setup_frontend.ROOT


class RecordingSetup(Setup):
    """Notes its steps instead of carrying them out."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.steps: list[str] = []

    def environment_works(self) -> bool:
        """Say yes."""
        return True

    def make_environment(self) -> None:
        """Make the folder only."""
        self.steps.append("environment")
        self.venv.mkdir(exist_ok=True)

    def run_pip(self, arguments: Sequence[str], expected: int = 0) -> None:
        """Note what pip was to install."""
        self.steps.append(arguments[-1])

    def build_frontend(self) -> None:
        """Note a build that is due."""
        if not setup_frontend.is_fresh(self.root):
            self.steps.append("front end")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a front end that is built."""
    for name in (*setup_environment.LOCKS, *setup_environment.COURSE_INPUTS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    frontend = setup_frontend.frontend_folder(tmp_path)
    frontend.mkdir()
    (frontend / "package.json").write_text("{}", encoding="utf-8")
    static = setup_frontend.static_folder(tmp_path)
    static.mkdir(parents=True)
    (static / "view.js").write_text("", encoding="utf-8")
    record = f'{{"inputs": "{setup_frontend.inputs_digest(tmp_path)}", "outputs": ["view.js"]}}'
    (static / "build.json").write_text(record, encoding="utf-8")
    return tmp_path


def steps_of(root: Path) -> list[str]:
    """Install and return what was done."""
    setup = RecordingSetup(root)
    setup.install()
    return setup.steps


def test_the_first_run_does_everything_and_the_second_nothing(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert steps_of(checkout) == ["environment", "requirements-build.lock", "."]
    assert "installing the locked packages" in capsys.readouterr().out
    assert steps_of(checkout) == []
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("changed", "due"),
    [
        ("requirements.lock", ["requirements-build.lock"]),
        ("pyproject.toml", ["."]),
        ("widgets/jupyter-config/l3s1.json", ["."]),
        ("widgets/frontend/package.json", ["front end"]),
    ],
)
def test_a_change_makes_only_its_own_step_due(checkout: Path, changed: str, due: list[str]) -> None:
    steps_of(checkout)
    with (checkout / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert steps_of(checkout) == due


def test_a_moved_checkout_gets_a_new_environment(checkout: Path, tmp_path: Path) -> None:
    steps_of(checkout)
    moved = tmp_path.with_name(tmp_path.name + "-moved")
    checkout.rename(moved)
    assert steps_of(moved)[0] == "environment"


def test_a_step_that_failed_is_due_again(checkout: Path) -> None:
    class FailingSetup(RecordingSetup):
        def run_pip(self, arguments: Sequence[str], expected: int = 0) -> None:
            if arguments[-1] == ".":
                raise SetupError("no")
            super().run_pip(arguments, expected)

    with pytest.raises(SetupError):
        FailingSetup(checkout).install()
    assert steps_of(checkout) == ["."]


def test_a_second_make_install_needs_no_network_and_says_nothing() -> None:
    """On this checkout itself, with every way out closed."""
    closed = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    done = subprocess.run(
        ["make", "--silent", "install"],
        cwd=ROOT,
        env={**os.environ, **closed, "PIP_NO_INDEX": "1", "npm_config_offline": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def setup_whose_pip(checkout: Path, script: str) -> Setup:
    """Return a set-up whose .venv has this shell script for a Python."""
    setup = Setup(checkout)
    setup.python.parent.mkdir(parents=True)
    setup.python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    setup.python.chmod(0o755)
    return setup


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("NewConnectionError: Network is unreachable", "The first set-up needs a network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "do not use the package"),
        ("ERROR: No space left on device", "all of them in"),
    ],
)
def test_a_failing_pip_is_explained(
    checkout: Path, capsys: pytest.CaptureFixture[str], words: str, advice: str
) -> None:
    setup = setup_whose_pip(checkout, f"echo '{words}'; exit 1")
    with pytest.raises(SetupError, match=advice):
        setup.install_packages("packages", setup_environment.LOCKS, "packages")
    assert words in capsys.readouterr().err
    assert words in setup.log.read_text(encoding="utf-8")
    assert Setup(checkout).record == {}


def test_progress_counts_the_packages_of_this_system(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = "echo 'Ignoring appnope: markers'; i=0; while [ $i -lt 30 ]; do i=$((i+1)); "
    setup = setup_whose_pip(checkout, script + 'echo "Collecting p$i==1"; done')
    setup.run_pip(["install"], 31)
    assert "25 of 30 packages" in capsys.readouterr().out


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_its_parts_is_told_how_to_get_them(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == module else real(name)
    )
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    with pytest.raises(SetupError, match=f"lacks its module {module}.*python{version}-venv"):
        Setup(checkout).make_environment()


@pytest.mark.parametrize("home", ["/dev/null", "/no/such/home"])
def test_an_unwritable_home_is_not_used(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.setenv("HOME", home)
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    environment = Setup(checkout).environment()
    assert environment["PIP_NO_CACHE_DIR"] == "1"
    assert environment["PLAYWRIGHT_BROWSERS_PATH"].startswith(str(checkout))


def test_settings_that_lead_outside_are_dropped_and_mirrors_kept(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "file:///mirror")
    environment = Setup(checkout).environment()
    assert not {"PYTHONPATH", "PIP_TARGET"} & set(environment)
    assert environment["PIP_USER"] == "0"
    assert environment["PIP_INDEX_URL"] == "file:///mirror"
