"""The wheel carries the whole course, and works far from the repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import setup_frontend

ROOT = setup_frontend.ROOT

#: No index and no npm registry: what a build needs is installed already.
OFFLINE = {**os.environ, "PIP_NO_INDEX": "1", "npm_config_offline": "true"}


def run(*command: str | Path, cwd: Path, environment: dict[str, str] = OFFLINE) -> str:
    """Run a command that has to succeed and return what it printed."""
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build_wheel(source: Path, target: Path) -> Path:
    """Build a wheel of ``source`` into ``target``, without a network."""
    options = ("--no-deps", "--no-build-isolation", "--wheel-dir", target)
    run(sys.executable, "-m", "pip", "wheel", *options, source, cwd=target)
    (wheel,) = target.glob("*.whl")
    return wheel


def names_in(wheel: Path) -> set[str]:
    """Return the names of the files in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.mark.parametrize("folder", ["assets", "lessons"])
def test_it_carries_the_content(wheel: Path, folder: str) -> None:
    tracked = run("git", "ls-files", folder, cwd=ROOT).split()
    assert tracked
    carried = {name for name in names_in(wheel) if name.startswith(f"l3s1/_course/{folder}/")}
    assert {f"l3s1/_course/{name}" for name in tracked} <= carried


def test_it_carries_the_built_front_end(wheel: Path) -> None:
    record = json.loads((setup_frontend.static_folder(ROOT) / "build.json").read_text("utf-8"))
    assert any(name.endswith(".js") for name in record["outputs"])
    assert {f"l3s1/static/{name}" for name in record["outputs"]} <= names_in(wheel)


def test_it_carries_every_file_of_the_package(wheel: Path) -> None:
    tracked = run("git", "ls-files", "widgets/l3s1", cwd=ROOT).split()
    assert {name.removeprefix("widgets/") for name in tracked} <= names_in(wheel)
    assert "l3s1/py.typed" in names_in(wheel)


def test_it_carries_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names_in(wheel)}
    assert {top for top in tops if not top.startswith("l3s1-")} == {"l3s1"}
    assert not [name for name in names_in(wheel) if "checkpoint" in name or "__pycache__" in name]


def test_it_enables_the_server_extension(wheel: Path) -> None:
    (name,) = [name for name in names_in(wheel) if "/data/etc/" in name]
    assert name.endswith("/data/etc/jupyter/jupyter_server_config.d/l3s1.json")
    with zipfile.ZipFile(wheel) as archive:
        config = json.loads(archive.read(name))
    assert config == {"ServerApp": {"jpserver_extensions": {"l3s1.classroom": True}}}


def test_it_carries_both_licences(wheel: Path) -> None:
    licences = {name.rsplit("/", 1)[1] for name in names_in(wheel) if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-CONTENT"}


def test_an_installed_wheel_loads_the_course_in_an_empty_folder(
    wheel: Path, tmp_path: Path
) -> None:
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    options = ("--no-deps", "--target", site)
    run(sys.executable, "-m", "pip", "install", *options, wheel, cwd=empty)
    script = (
        "import l3s1, l3s1.content as c; content = c.load_content(); "
        "print(l3s1.__file__, c.course_root(), len(content.facts), len(content.lessons), sep='\\n')"
    )
    # Before site-packages, where the editable installation points at the checkout.
    environment = {**OFFLINE, "PYTHONPATH": str(site)}
    said = run(sys.executable, "-c", script, cwd=empty, environment=environment).split()
    assert said[0] == str(site / "l3s1" / "__init__.py")
    assert said[1] == str(site / "l3s1" / "_course")
    assert int(said[2]) > 0
    assert int(said[3]) > 0


def test_a_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """Without a network, and without a Node.js: what was built travels with the sources."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=ROOT)
    (archive,) = tmp_path.glob("*.tar.gz")
    shutil.unpack_archive(archive, tmp_path)
    (source,) = [path for path in tmp_path.iterdir() if path.is_dir()]
    (tmp_path / "wheel").mkdir()
    assert names_in(build_wheel(source, tmp_path / "wheel")) == names_in(wheel)
