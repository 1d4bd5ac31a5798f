"""Reads a pack's header alone: names and numbers, without unpacking a mesh.

`l3s1.models.anatomy.pack` describes the format. Only the standard library is needed here: a kernel
that shows the model hands the meshes on as they are.
"""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

MAGIC = b"L3S1"
_START = len(MAGIC) + 4
_GZIP = 31


def read_pack_header(data: bytes) -> dict[str, Any]:
    """The header of a pack, `parts` included.

    Raises ValueError where the bytes are no pack.
    """
    unzip = zlib.decompressobj(_GZIP)
    try:
        start = unzip.decompress(data, _START)
        if start[: len(MAGIC)] != MAGIC or len(start) < _START:
            raise ValueError("not an anatomy pack: its first bytes are others; run make bones")
        (length,) = struct.unpack("<I", start[len(MAGIC) :])
        text = unzip.decompress(unzip.unconsumed_tail, length)
    except zlib.error as error:
        raise ValueError("not an anatomy pack: no gzip; build it again with make bones") from error
    if len(text) < length:
        raise ValueError("an anatomy pack that ends too early; run make bones")
    header: dict[str, Any] = json.loads(text)
    return header
