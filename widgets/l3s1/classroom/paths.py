"""Folders of the classroom, and private Jupyter folders for the time a server runs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

CLASSROOM = Path(__file__).resolve().parent
PAGE_FILES = CLASSROOM / "page"
SHARE = CLASSROOM / "share"
TEMPLATES = SHARE / "voila" / "templates" / "l3s1"
BUILT_FILES = CLASSROOM.parent / "static"

_JUPYTER_FOLDERS = {
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "IPYTHONDIR": "ipython",
}


def home_is_writable() -> bool:
    """Whether Jupyter and IPython can keep their files under the user's home."""
    try:
        home = Path.home()
    except RuntimeError:
        return False
    if not home.is_dir() or not os.access(home, os.W_OK | os.X_OK):
        return False
    try:
        with tempfile.TemporaryFile(dir=home):
            return True
    except OSError:
        return False


@contextmanager
def environment(changes: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables for a while, for this process and those it starts."""
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def private_jupyter_folders() -> Iterator[Path]:
    """Give Jupyter and IPython folders of their own, removed afterwards.

    So a course neither depends on what a user has configured nor writes into the user's home.
    Yields the folder that holds them. Set before anything of Jupyter is imported.
    """
    with tempfile.TemporaryDirectory(prefix="l3s1-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        changes = {variable: str(folder / sub) for variable, sub in _JUPYTER_FOLDERS.items()}
        for path in changes.values():
            Path(path).mkdir(mode=0o700)
        with environment(changes):
            yield folder


@contextmanager
def own_share_first() -> Iterator[None]:
    """Let Voilà find the course's template before any other."""
    rest = os.environ.get("JUPYTER_PATH")
    value = str(SHARE) if not rest else os.pathsep.join((str(SHARE), rest))
    with environment({"JUPYTER_PATH": value}):
        yield
