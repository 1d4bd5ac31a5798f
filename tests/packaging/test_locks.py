"""The locks: complete, hashed, free of addresses, and what pyproject.toml asks for."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import setup_environment
import setup_frontend

ROOT = setup_frontend.ROOT
ALL_LOCKS = (
    *setup_environment.LOCKS,
    *setup_environment.TEST_LOCKS,
    *setup_environment.NODE_LOCKS,
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def read_lock(name: str) -> dict[str, tuple[Requirement, int]]:
    """Return a lock's requirements by name, each with the number of its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    requirements: dict[str, tuple[Requirement, int]] = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            hashes = re.findall(r"--hash=sha256:[0-9a-f]{64}(?= |$)", line)
            requirement = Requirement(line.split("--hash")[0].strip())
            requirements[canonicalize_name(requirement.name)] = (requirement, len(hashes))
    return requirements


def version_in(lock: dict[str, tuple[Requirement, int]], name: str) -> str:
    """Return the version a lock holds of a package."""
    (specifier,) = lock[canonicalize_name(name)][0].specifier
    return specifier.version


@pytest.mark.parametrize("name", ALL_LOCKS)
def test_every_package_has_one_version_and_hashes(name: str) -> None:
    for requirement, hashes in read_lock(name).values():
        assert [each.operator for each in requirement.specifier] == ["=="], requirement
        assert hashes, f"{name}: {requirement} has no hash"


@pytest.mark.parametrize("name", ALL_LOCKS)
def test_no_lock_has_an_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host", text)


def test_the_front_ends_lock_has_hashes_and_no_address() -> None:
    text = (setup_frontend.frontend_folder(ROOT) / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert text.count('"integrity": "sha') >= text.count('"version": "') > 0


def test_the_locks_agree_with_each_other() -> None:
    everything = read_lock("requirements-test.lock")
    for name in setup_environment.LOCKS:
        for package, (requirement, _) in read_lock(name).items():
            tested = everything[package][0]
            assert tested.specifier == requirement.specifier, f"{name}: run `make lock`"
            # what only tests need may ask for more of a package
            assert tested.extras >= requirement.extras, f"{name}: run `make lock`"


@pytest.mark.parametrize(
    ("asked", "lock"),
    [
        (PROJECT["project"]["dependencies"], "requirements.lock"),
        (PROJECT["dependency-groups"]["test"], "requirements-test.lock"),
        (PROJECT["build-system"]["requires"], "requirements-build.lock"),
    ],
)
def test_the_locks_hold_what_the_project_asks_for(asked: list[str], lock: str) -> None:
    locked = read_lock(lock)
    for text in asked:
        requirement = Requirement(text)
        assert canonicalize_name(requirement.name) in locked, f"{text}: run `make lock`"
        version = version_in(locked, requirement.name)
        assert requirement.specifier.contains(version), f"{text}, locked {version}: run `make lock`"


def test_no_kernel_compiles_a_grammar_when_it_starts() -> None:
    """The constraint on jsonschema keeps an import of 0.9 s away; see requirements-constraints."""
    assert "rfc3987-syntax" not in read_lock("requirements-test.lock")


def asked_extras(name: str, extras: set[str]) -> list[Requirement]:
    """Return what an installed package, with ``extras``, asks for with extras of its own."""
    asked = [Requirement(text) for text in metadata.requires(name) or []]
    return [
        each
        for each in asked
        if each.extras
        and any(
            each.marker is None or each.marker.evaluate({"extra": extra}) for extra in {"", *extras}
        )
    ]


def test_the_locks_name_the_extras_that_packages_ask_of_each_other() -> None:
    """Else pip, resolving by itself as it does for conda, looks beyond the lock for them."""
    locked = read_lock("requirements.lock")
    here = {canonicalize_name(str(each.name)) for each in metadata.distributions()}
    asked = [
        each
        for name in sorted(here & set(locked))
        for each in asked_extras(name, locked[name][0].extras)
    ]
    assert asked, "no package asks for an extra: this test, and --no-strip-extras, may go"
    for requirement in asked:
        assert requirement.extras <= locked[canonicalize_name(requirement.name)][0].extras


def test_pip_finds_the_locks_complete_by_itself() -> None:
    """What `make install` installs without resolving, pip resolves to the same, extras included.

    Without an index pip can use only what is installed, and with hashes it refuses any package
    that the locks do not name.
    """
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--dry-run",
        "--no-index",
        "--require-hashes",
    ]
    for lock in setup_environment.LOCKS:
        command += ["--requirement", str(ROOT / lock)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=Path(sys.prefix)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Would install" not in done.stdout
