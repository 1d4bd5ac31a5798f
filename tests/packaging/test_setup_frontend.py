"""The front end is built when it is due, with whichever Node.js there is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import setup_frontend
from setup_frontend import FrontendError

GOOD_NPM = """
case "$1" in
    --version) echo 11.0.0 ;;
    ci) mkdir -p node_modules; echo ci >> npm.log ;;
    run) echo "$2" >> npm.log; echo built > ../l3s1/static/view.js ;;
esac
"""
AddProgram = Callable[[str, str], None]


@pytest.fixture
def add_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AddProgram:
    """A PATH with only a shell's tools and the programs that a test adds."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("mkdir", "sh"):
        (folder / tool).symlink_to(f"/bin/{tool}")
    monkeypatch.setenv("PATH", str(folder))

    def add(name: str, script: str) -> None:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    return add


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with a front end that was never built."""
    source = setup_frontend.frontend_folder(tmp_path) / "src" / "view.ts"
    source.parent.mkdir(parents=True)
    source.write_text("export {};\n", encoding="utf-8")
    for name in ("package.json", "package-lock.json"):
        (source.parent.parent / name).write_text("{}\n", encoding="utf-8")
    (tmp_path / "widgets" / "l3s1").mkdir()
    return tmp_path


@pytest.fixture
def node(add_program: AddProgram) -> None:
    """A system with a Node.js that will do."""
    add_program("node", "echo v22.1.0")
    add_program("npm", GOOD_NPM)


def npm_log(root: Path) -> list[str]:
    """Return what npm was asked to do."""
    log = setup_frontend.frontend_folder(root) / "npm.log"
    words = log.read_text(encoding="utf-8").split()
    log.unlink()
    return words


@pytest.mark.usefixtures("node")
def test_it_is_built_once(root: Path) -> None:
    assert not setup_frontend.is_fresh(root)
    assert setup_frontend.build(root)
    assert npm_log(root) == ["ci", "build"]
    assert setup_frontend.is_fresh(root)
    assert not setup_frontend.build(root)


@pytest.mark.usefixtures("node")
def test_a_changed_source_needs_a_build_and_no_packages(root: Path) -> None:
    setup_frontend.build(root)
    npm_log(root)
    (setup_frontend.frontend_folder(root) / "src" / "new.ts").write_text("", encoding="utf-8")
    assert not setup_frontend.is_fresh(root)
    assert setup_frontend.build(root)
    assert npm_log(root) == ["build"]


@pytest.mark.usefixtures("node")
def test_a_lost_output_needs_a_build(root: Path) -> None:
    setup_frontend.build(root)
    (setup_frontend.static_folder(root) / "view.js").unlink()
    assert not setup_frontend.is_fresh(root)


@pytest.mark.usefixtures("node")
def test_outputs_of_former_sources_go(root: Path) -> None:
    setup_frontend.build(root)
    stale = setup_frontend.static_folder(root) / "former.js"
    stale.write_text("", encoding="utf-8")
    (setup_frontend.frontend_folder(root) / "src" / "view.ts").write_text("", encoding="utf-8")
    setup_frontend.build(root)
    assert not stale.exists()


@pytest.mark.usefixtures("node")
def test_a_failing_build_keeps_what_was_built(
    root: Path, add_program: AddProgram, capfd: pytest.CaptureFixture[str]
) -> None:
    setup_frontend.build(root)
    (setup_frontend.frontend_folder(root) / "src" / "view.ts").write_text("(", encoding="utf-8")
    add_program("npm", GOOD_NPM.replace('echo "$2"', 'echo "view.ts:1: syntax"; exit 1; echo "$2"'))
    with pytest.raises(FrontendError, match="`npm run build` failed"):
        setup_frontend.build(root)
    assert "view.ts:1: syntax" in capfd.readouterr().err
    assert (setup_frontend.static_folder(root) / "view.js").is_file()
    assert not setup_frontend.is_fresh(root)


def test_without_a_network_the_message_says_so(root: Path, add_program: AddProgram) -> None:
    add_program("node", "echo v22.1.0")
    add_program("npm", 'test "$1" = --version || { echo "npm error EAI_AGAIN"; exit 1; }')
    with pytest.raises(FrontendError, match="needs a network"):
        setup_frontend.build(root)


def test_an_old_node_is_passed_over(add_program: AddProgram) -> None:
    add_program("npm", GOOD_NPM)
    add_program("node", "echo v18.19.0")
    assert setup_frontend.find_system_node() is None
    add_program("node", "echo v20.0.0")
    assert setup_frontend.find_system_node() is not None


def test_a_node_without_a_working_npm_is_passed_over(add_program: AddProgram) -> None:
    add_program("node", "echo v22.1.0")
    assert setup_frontend.find_system_node() is None
    add_program("npm", "exit 1")
    assert setup_frontend.find_system_node() is None


def test_without_any_node_the_message_says_what_to_install(
    root: Path, add_program: AddProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_program("node", "echo v12.0.0")
    monkeypatch.setattr(setup_frontend, "find_wheel_node", lambda: None)
    with pytest.raises(FrontendError, match=r"requirements-node\.lock"):
        setup_frontend.build(root)


def test_missing_sources_are_named(tmp_path: Path) -> None:
    with pytest.raises(FrontendError, match=r"package\.json is missing"):
        setup_frontend.build(tmp_path)


@pytest.mark.usefixtures("node")
def test_an_unwritable_home_gets_no_cache(
    root: Path, add_program: AddProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", os.devnull)
    monkeypatch.delenv("npm_config_cache", raising=False)
    add_program("npm", GOOD_NPM.replace("echo ci", 'echo "$npm_config_cache"'))
    setup_frontend.build(root)
    assert npm_log(root) == [str(setup_frontend.frontend_folder(root) / ".npm-cache"), "build"]
