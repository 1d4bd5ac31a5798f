"""The pack in which the 3D model travels: parts as compact, delta-coded planes of bytes.

A pack is a gzip of: b"L3S1", the header's length (uint32), the header (JSON, UTF-8), padding to 4,
then for each part of `header["parts"]` in order, little-endian, padded to 4:

- positions: for x, y, z each n uint16, the difference to the previous vertex modulo 2¹⁶, as a plane
  of low bytes and a plane of high bytes; position = low + step · value;
- triangles: 3m indices in reading order, each as the difference to the one before it, zigzag-coded
  to uint16, as a plane of low bytes and a plane of high bytes;
- weights, if the part has them: for each bone but the last n bytes, weight · 255;
- morphs: for each n int8 for x, y and z; displacement = morph_step · value.

`widgets/frontend/src/scene/pack.ts` reads the same; one fixture tests both.
"""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from l3s1.models.anatomy.part import Part, Region
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import Layer, Tissue

MAGIC = b"L3S1"
VERSION = 1

MOST_VERTICES = 2**15
"""A part has fewer: the difference of two indices must fit 16 bits when zigzag-coded."""

STEP = {Tissue.BONE: 0.01}
"""Position steps in mm, where not `COARSE`: half a step is the largest error on an axis."""

COARSE = 0.02
"""Position step in mm of what is not listed in `STEP`."""

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Pack:
    """What a pack holds: the header without its list of parts, and the parts."""

    header: Mapping[str, Any]
    parts: tuple[Part, ...]


def pack_anatomy(pack: Pack) -> bytes:
    """The bytes of a pack; the same for the same content.

    Raises ValueError where a part does not fit: too many vertices, or too large for its step.
    """
    entries, sections = [], []
    for part in pack.parts:
        entry, section = _packed(part)
        entries.append(entry)
        sections.append(section)
    header = {"version": VERSION, **pack.header, "parts": entries}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    start = _padded(MAGIC + struct.pack("<I", len(text)) + text)
    return gzip.compress(start + b"".join(sections), 9, mtime=0)


def unpack_anatomy(data: bytes) -> Pack:
    """What a pack holds, exactly but for the rounding of positions, weights and morphs.

    Raises ValueError where the bytes are no pack, or one of another version.
    """
    try:
        content = gzip.decompress(data)
    except (OSError, EOFError) as error:
        raise ValueError("not an anatomy pack: no gzip; build it again with make bones") from error
    if content[:4] != MAGIC:
        raise ValueError("not an anatomy pack: its first bytes are others; run make bones")
    (length,) = struct.unpack("<I", content[4:8])
    header = json.loads(content[8 : 8 + length])
    if header.pop("version") != VERSION:
        raise ValueError(f"an anatomy pack of another version than {VERSION}; run make bones")
    reader = _Reader(content, 8 + length)
    parts = tuple(_unpacked(entry, reader) for entry in header.pop("parts"))
    return Pack(header, parts)


def _padded(data: bytes) -> bytes:
    """The bytes, and zeros up to a multiple of 4."""
    return data + b"\0" * (-len(data) % 4)


def _planes(values: NDArray[np.int64]) -> bytes:
    """Values modulo 2¹⁶: all low bytes, then all high bytes."""
    words = values.astype(np.uint16)
    return (words & 0xFF).astype(np.uint8).tobytes() + (words >> 8).astype(np.uint8).tobytes()


def _packed(part: Part) -> tuple[dict[str, Any], bytes]:
    """A part's entry in the header and its section."""
    vertices, triangles = part.mesh.vertices, part.mesh.triangles
    if len(vertices) >= MOST_VERTICES:
        raise ValueError(f"{part.name}: {len(vertices)} vertices; keep below {MOST_VERTICES}")
    step = STEP.get(part.tissue, COARSE)
    low = np.round(vertices.min(0), 3)
    steps = np.round((vertices - low) / step).astype(np.int64)
    if steps.max() >= 2**16:
        raise ValueError(f"{part.name}: larger than {step * 2**16:g} mm; take a larger step")
    steps = np.maximum(steps, 0)
    section = b"".join(_planes(np.diff(steps[:, axis], prepend=0)) for axis in range(3))
    jumps = np.diff(triangles.astype(np.int64).ravel(), prepend=0)
    section += _planes(np.where(jumps < 0, -2 * jumps - 1, 2 * jumps))
    entry: dict[str, Any] = {
        "name": part.name,
        "tissue": part.tissue.value,
        "layer": part.layer.value,
        "bones": list(part.bones),
        "low": low.tolist(),
        "step": step,
        "vertices": len(vertices),
        "triangles": len(triangles),
        "regions": [[region.structure, region.start, region.count] for region in part.regions],
        "weights": part.weights is not None,
        "morphs": list(part.morphs),
    }
    if part.weights is not None:
        # whole sums are rounded, so that no row can exceed 255
        sums = np.round(np.cumsum(part.weights, axis=1) * 255.0).astype(np.int64)
        shares = np.diff(sums, axis=1, prepend=0)[:, :-1]
        section += np.clip(shares, 0, 255).astype(np.uint8).T.tobytes()
    if part.morphs:
        most = max(float(np.abs(shift).max()) for shift in part.morphs.values())
        morph_step = entry["morph_step"] = round(most / 127.0 + 5e-7, 6)
        for shift in part.morphs.values():
            section += np.round(shift / morph_step).astype(np.int8).T.tobytes()
    return entry, _padded(section)


class _Reader:
    """Reads planes of bytes one after the other."""

    def __init__(self, content: bytes, at: int) -> None:
        self._content = content
        self._at = at
        self.align()

    def align(self) -> None:
        """Go to the next multiple of 4."""
        self._at += -self._at % 4

    def bytes(self, count: int) -> Bytes:
        """The next bytes."""
        if self._at + count > len(self._content):
            raise ValueError("an anatomy pack that ends too early; run make bones")
        self._at += count
        return np.frombuffer(self._content, np.uint8, count, self._at - count)

    def words(self, count: int) -> NDArray[np.int64]:
        """The next numbers below 2¹⁶ from two planes."""
        low, high = self.bytes(count), self.bytes(count)
        return low.astype(np.int64) | (high.astype(np.int64) << 8)


def _unpacked(entry: Mapping[str, Any], reader: _Reader) -> Part:
    """The next part of a pack."""
    n, m = entry["vertices"], entry["triangles"]
    steps = np.stack([np.cumsum(reader.words(n)) & 0xFFFF for _ in range(3)], axis=1)
    zigzag = reader.words(3 * m)
    triangles = np.cumsum((zigzag >> 1) ^ -(zigzag & 1)).reshape(m, 3)
    weights = None
    if entry["weights"]:
        count = len(entry["bones"]) - 1
        given = reader.bytes(n * count).reshape(count, n).T / 255.0
        weights = np.c_[given, 1.0 - given.sum(1)]
    morphs: dict[str, Array] = {}
    for name in entry["morphs"]:
        shift = reader.bytes(3 * n).view(np.int8).reshape(3, n).T
        morphs[name] = shift.astype(np.float64) * float(entry["morph_step"])
    reader.align()
    return Part(
        name=entry["name"],
        tissue=Tissue(entry["tissue"]),
        layer=Layer(entry["layer"]),
        mesh=Mesh(np.array(entry["low"]) + entry["step"] * steps, triangles.astype(np.int32)),
        regions=_regions(entry["regions"]),
        bones=tuple(entry["bones"]),
        weights=weights,
        morphs=morphs,
    )


def _regions(entries: Sequence[Sequence[Any]]) -> tuple[Region, ...]:
    """The regions of a part's entry."""
    return tuple(Region(*region) for region in entries)
