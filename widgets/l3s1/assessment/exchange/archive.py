"""Files that come out the same, byte for byte, and are written whole or not at all."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip archive can hold."""

_PLAIN_FILE = 0o644 << 16


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of files by name, in the order given and without the date of today."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = _PLAIN_FILE
            entry.create_system = 3  # as on Unix, wherever it is written
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def write_whole(path: Path, content: bytes, *, replace: bool) -> None:
    """Write a file that is complete as soon as it has its name.

    Raises `FileExistsError` where it is there already and may not be replaced, and `OSError` where
    it can't be written; what was there then stays as it was.
    """
    if path.exists() and not replace:
        raise FileExistsError(path)
    new = tempfile.NamedTemporaryFile(  # noqa: SIM115 (closed before it gets its name: Windows)
        dir=path.parent, prefix=f".{path.name}.", delete=False
    )
    temporary = Path(new.name)
    try:
        with new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
