"""Static files that a browser fetches once: compressed once, cached by version or hash."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, util
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError, RequestHandler

from l3s1.classroom.paths import BUILT_FILES, PAGE_FILES
from l3s1.content.paths import (
    anatomy_pack_path,
    anterior_pack_path,
    construct_pack_path,
    lateral_pack_path,
)

SHARED_CODE = (
    "assessment.js",
    "bone.js",
    "operation.js",
    "scene_engine.js",
    "explorer.js",
    "alignment.js",
    "motion.js",
    "neurology.js",
    "screws.js",
    "timeline.js",
)
"""Bundles that views load once a page."""

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

_VERSIONED = re.compile(
    r"-\d+\.\d+\.\d+[^/]*\.\w+$|[.-][0-9a-f]{8,}\.(js|css|wasm|bin|webp|woff2?)$"
)
_COMPRESSIBLE = ("text/", "application/json", "image/svg+xml", "application/wasm")
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}


@dataclass(frozen=True)
class StaticFile:
    """A file ready to be sent; `packed` is its gzip form where that is worth it."""

    body: bytes
    packed: bytes | None
    content_type: str
    digest: str


@lru_cache(maxsize=512)
def _read(path: Path, _size: int, _changed_ns: int) -> StaticFile:
    body = path.read_bytes()
    known = _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0]
    content_type = known or "application/octet-stream"
    packed = None
    if content_type.startswith(_COMPRESSIBLE):
        packed = gzip.compress(body, compresslevel=6, mtime=0)
        if content_type.startswith("text/"):
            content_type += "; charset=utf-8"
    return StaticFile(body, packed, content_type, hashlib.sha256(body).hexdigest()[:16])


def read_static_file(path: Path) -> StaticFile:
    """Read and compress a file; the answer is kept until the file changes."""
    state = path.stat()
    return _read(path, state.st_size, state.st_mtime_ns)


class FileStore:
    """Files by name: single files first, then folders in order."""

    def __init__(
        self, folders: Sequence[Path] = (), files: Mapping[str, Path] | None = None
    ) -> None:
        self._folders = tuple(folder.resolve() for folder in folders)
        self._files = dict(files or {})

    def find(self, name: str) -> Path | None:
        """The path of a name, or None; never a path outside the store's folders."""
        if name in self._files:
            return self._files[name]
        parts = name.split("/")
        if any(part in ("", ".", "..") or part.startswith(".") for part in parts):
            return None
        if "\\" in name or "\0" in name or ":" in name:
            return None
        for folder in self._folders:
            path = folder.joinpath(*parts)
            if path.is_file() and path.resolve().is_relative_to(folder):
                return path
        return None

    def largest(self, count: int) -> list[Path]:
        """The largest scripts and styles, largest first."""
        paths = [
            path
            for folder in self._folders
            for path in folder.glob("*.*")
            if path.suffix in (".js", ".css")
        ]
        return sorted(paths, key=lambda path: path.stat().st_size, reverse=True)[:count]

    def tagged(self, name: str) -> str:
        """The name with the tag of its content, for a link that may be cached for good."""
        path = self.find(name)
        return f"{name}?v={read_static_file(path).digest}" if path else name


class StaticFileHandler(RequestHandler):
    """Sends a store's files: gzip where accepted, ETag, and a cache rule that fits the name.

    A name that carries a version or a hash, a `?v=` tag that matches the content, or a store
    whose address is versioned (`fixed`) may be kept for good; anything else is asked for again.
    """

    def initialize(self, store: FileStore, fixed: bool = False) -> None:
        """Take the store to serve from."""
        self.store = store
        self.fixed = fixed

    @allow_unauthenticated
    async def head(self, name: str) -> None:
        """Send the headers of a file."""
        await self._send(name, with_body=False)

    @allow_unauthenticated
    async def get(self, name: str) -> None:
        """Send a file."""
        await self._send(name, with_body=True)

    async def _send(self, name: str, with_body: bool) -> None:
        path = self.store.find(name)
        if path is None:
            raise HTTPError(404)
        loop = asyncio.get_running_loop()
        file = await loop.run_in_executor(None, read_static_file, path)
        packed = file.packed if "gzip" in self.request.headers.get("Accept-Encoding", "") else None
        etag = f'"{file.digest}{"-gz" if packed else ""}"'
        self.set_header("Content-Type", file.content_type)
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("ETag", etag)
        keep = self.fixed or _VERSIONED.search(name) or self._tag() == file.digest
        self.set_header("Cache-Control", FOREVER if keep else ASK_AGAIN)
        if etag in self.request.headers.get("If-None-Match", ""):
            self.set_status(304)
            return
        if packed is not None:
            self.set_header("Content-Encoding", "gzip")
        body = packed if packed is not None else file.body
        self.set_header("Content-Length", str(len(body)))
        if with_body:
            self.write(body)
            await self.flush()

    def _tag(self) -> str:
        return self.get_query_argument("v", "")

    def compute_etag(self) -> str | None:
        """Leave the ETag as set: tornado would compute it from the compressed body."""
        return None

    def write_error(self, status_code: int, **_: Any) -> None:
        """A short answer: no page asks for these files by hand."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}: no such file here\n")


def plotly_files() -> dict[str, Path]:
    """The shared plotly.js under the name with its version; plotly itself is not imported."""
    spec = util.find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        return {}
    bundle = Path(next(iter(spec.submodule_search_locations))) / "package_data/widgetbundle.js"
    return {f"plotly-{metadata.version('plotly')}.js": bundle}


def scene_files() -> dict[str, Path]:
    """Shared code, the 3D model, its still pictures and its lateral outlines, by hashed names.

    The names are those of `l3s1.scene`, which is not imported: it would bring plotly with it.
    """
    pack = anatomy_pack_path()
    files = {name: BUILT_FILES / name for name in SHARED_CODE}
    files["anatomy.bin"] = pack
    files["construct.bin"] = construct_pack_path()
    files["anterior.bin"] = anterior_pack_path()
    files["lateral.bin"] = lateral_pack_path()
    for picture in sorted((pack.parent / "views").glob("*.webp")):
        files[f"view-{picture.name}"] = picture
    return {_hashed_name(name, path): path for name, path in files.items() if path.is_file()}


def _hashed_name(name: str, path: Path) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}{dot}{suffix}"


def course_files() -> FileStore:
    """What lies under `{base_url}l3s1/static/`."""
    return FileStore(folders=(PAGE_FILES, BUILT_FILES), files={**plotly_files(), **scene_files()})
