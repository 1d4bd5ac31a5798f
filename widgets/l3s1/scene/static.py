"""The front end's built files."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"


def static_file(name: str) -> Path:
    """Path of a built front-end file.

    Raises `ImportError` that says how to build it where it is missing.
    """
    path = STATIC / name
    if not path.is_file():
        raise ImportError(
            f"the front end has not been built ({name} is missing in {STATIC}); run `make install`"
        )
    return path
