"""Which browser the browser tests use, and how one is brought."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import find_browser

BROWSER = "echo Chromium 150.0"


class Machine:
    """A machine with only the programs that a test puts there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        monkeypatch.setenv("PATH", str(folder))
        monkeypatch.delenv(find_browser.VARIABLE, raising=False)
        monkeypatch.setattr(find_browser, "MAC_PROGRAMS", ())
        monkeypatch.setattr(sys, "executable", str(folder / "python"))
        # Playwright's own browser is looked for where it keeps them.
        monkeypatch.setattr(find_browser, "_playwright_browser", self.playwright_browser)

    def add(self, name: str, script: str) -> str:
        """Add a program."""
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return str(path)

    def add_installer(self, name: str, installs: str) -> None:
        """Add a program that leaves a browser when asked to install, and notes that it ran."""
        path = self.folder / installs
        self.add(
            name,
            f'echo "{name} $*" >> "{self.folder}/log"\n'
            f'case "$*" in *install*) printf "#!/bin/sh\\n{BROWSER}\\n" > "{path}"; '
            f'/bin/chmod +x "{path}" ;; esac',
        )

    def log(self) -> str:
        """Return which installers ran, with what."""
        return (self.folder / "log").read_text(encoding="utf-8")

    def playwright_browser(self) -> Iterator[str]:
        """Give the browser that the pretended Playwright has brought."""
        path = self.folder / "playwrights-chromium"
        if path.exists():
            yield str(path)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine without a browser."""
    return Machine(tmp_path, monkeypatch)


def test_a_browser_on_the_machine_is_used(machine: Machine) -> None:
    machine.add("chromium-browser", "echo 'install the snap' >&2; exit 1")
    chrome = machine.add("google-chrome", "echo Google Chrome 150.0")
    assert find_browser.acquire() == chrome


def test_a_named_browser_comes_first(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.add("chromium", BROWSER)
    mine = machine.add("my-chromium", BROWSER)
    monkeypatch.setenv(find_browser.VARIABLE, mine)
    assert find_browser.acquire() == mine


def test_a_named_browser_that_does_not_start_is_reported(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.add("chromium", BROWSER)
    monkeypatch.setenv(find_browser.VARIABLE, "/no/such/browser")
    with pytest.raises(find_browser.BrowserError, match="Correct it or unset it"):
        find_browser.acquire()


def test_root_gets_debians_package(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    machine.add_installer("apt-get", "chromium")
    machine.add_installer("python", "playwrights-chromium")
    assert find_browser.acquire() == str(machine.folder / "chromium")
    assert machine.log().splitlines()[0] == "apt-get update"
    assert "python" not in machine.log()


def test_others_get_playwrights_download(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    machine.add_installer("apt-get", "chromium")
    machine.add_installer("python", "playwrights-chromium")
    assert find_browser.acquire() == str(machine.folder / "playwrights-chromium")
    assert machine.log() == "python -m playwright install chromium\n"


def test_where_none_is_to_be_had_the_message_says_what_to_install(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    machine.add("apt-get", "echo 'no network' >&2; exit 100")
    machine.add("python", "echo 'no network' >&2; exit 1")
    with pytest.raises(find_browser.BrowserError, match="apt install chromium"):
        find_browser.acquire()
