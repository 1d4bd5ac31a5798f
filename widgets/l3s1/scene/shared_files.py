"""Files that all views of a browser share: plotly.js, the 3D engine, the 3D model.

The server sends each once, as a file under `l3s1/static/` that is cached for ever because its name
carries a version or a hash. Where a page can't reach that file (a notebook opened in another
program), the view asks the kernel for it, and the kernel answers once for each page that asks.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from l3s1.scene.static import static_file

FILE_MESSAGE = "l3s1:file"

Answer = Callable[[Any, Any, Any], None]


@dataclass(frozen=True)
class SharedFile:
    """A file by the name that pages ask for, and how to get its content, gzip-compressed."""

    name: str
    gzipped: Callable[[], bytes]


def hashed_name(name: str, content: bytes) -> str:
    """A file name with a tag of its content: `scene_engine-0123456789ab.js`."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}"


def answering(*files: SharedFile) -> Answer:
    """A handler of a widget's messages that answers requests for these files, and no others."""
    by_name = {file.name: file for file in files}

    def answer(widget: Any, content: Any, _buffers: Any = None) -> None:
        if not isinstance(content, dict) or content.get("type") != FILE_MESSAGE:
            return
        file = by_name.get(str(content.get("file")))
        if file is not None:
            message = {"type": FILE_MESSAGE, "file": file.name}
            widget.send(message, buffers=[file.gzipped()])

    return answer


def engine_path() -> Path:
    """Path of the built 3D engine, an ES module that holds three.js."""
    return static_file("scene_engine.js")


@cache
def engine_file() -> SharedFile:
    """The 3D engine as pages ask for it."""
    name = hashed_name("scene_engine.js", engine_path().read_bytes())
    return SharedFile(name, _gzipped_engine)


@cache
def _gzipped_engine() -> bytes:
    return gzip.compress(engine_path().read_bytes(), compresslevel=6, mtime=0)
