"""The bones as seen from the left: outlines for drawings, and path lengths for a radiograph.

Everything follows from the meshes of the anatomy pack. Frame of a bone: mm, the origin is the
middle of its superior end plate between the two corners, u runs posterior along the plate, v is its
superior normal. A drawing that looks from the left has u to the right.
"""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from l3s1.models.anatomy.pack import Pack
from l3s1.models.anatomy.part import Part
from l3s1.models.bones.sdf import Array

MAGIC = b"L3LV"

BONES = ("L2", "L3", "L4", "L5", "sacrum")
"""The bones from superior to inferior."""

STEP = 0.55
"""mm of a pixel of the path lengths."""

FINE = 0.4
"""mm of a pixel from which outlines are read."""

SMOOTH = 0.12
"""mm by which an outline may leave the one that was read."""

SHELL = 1.1
"""mm of cortical bone: what lies nearer to the surface counts `DENSE` times."""

DENSE = 4.0
"""How much more a millimetre of cortical bone absorbs than one of spongy bone, for the eye only."""

LAYERS = {
    "spinous_process": "spinous",
    "median_crest": "spinous",
    "dorsal_wall": "lamina",
    "vertebral_body": "body",
    "superior_end_plate": "body",
    "inferior_end_plate": "body",
    "end_plate": "body",
    "body": "body",
    "lamina": "lamina",
    "pars_interarticularis": "lamina",
    "inferior_articular_process": "inferior_articular",
    "pedicle": "pedicle",
    "superior_articular_process": "superior_articular",
    "transverse_process": "transverse",
    "ala": "lateral",
    "lateral_part": "lateral",
}
"""The outline that a structure belongs to, by the structure's name without bone and side."""

ORDER = (
    "body",
    "spinous",
    "lamina",
    "inferior_articular",
    "pedicle",
    "superior_articular",
    "lateral",
    "transverse",
)
"""Outlines from the middle to the left, so that later ones lie nearer to the eye."""

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Grid:
    """A picture's pixels: the middle of the first one in mm, their size, columns and rows."""

    low: tuple[float, float]
    step: float
    shape: tuple[int, int]


@dataclass(frozen=True)
class LateralBone:
    """One bone from the left.

    `corners`: anterior and posterior corner (2, 2) mm of each plate, by "superior" and "inferior";
    `outlines`: rings (n, 2) mm by layer, in the order of `ORDER`; `absorption` (rows, columns):
    path length in mm of spongy bone, cortical bone counted `DENSE` times, rows upwards.
    """

    name: str
    corners: Mapping[str, Array]
    outlines: Mapping[str, tuple[Array, ...]]
    grid: Grid
    absorption: Array


def lateral_bones(pack: Pack) -> list[LateralBone]:
    """Every bone of the pack from the left."""
    parts = {part.name: part for part in pack.parts}
    return [_bone(parts[name], pack.header["landmarks"]) for name in BONES]


def _bone(part: Part, landmarks: Mapping[str, Any]) -> LateralBone:
    """One bone, in the frame of its superior plate."""

    def corners(plate: str) -> Array:
        ends = (f"{part.name}.{plate}_end_plate.{end}" for end in ("anterior", "posterior"))
        return np.array([landmarks[end]["at"][1:] for end in ends])

    superior = corners("superior")
    origin = superior.mean(0)
    along = (superior[1] - superior[0]) / np.linalg.norm(superior[1] - superior[0])
    turn = np.array([along, [-along[1], along[0]]])
    plates = {"superior": (superior - origin) @ turn.T}
    if f"{part.name}.inferior_end_plate" in landmarks:
        plates["inferior"] = (corners("inferior") - origin) @ turn.T
    seen = np.c_[part.mesh.vertices[:, 0], (part.mesh.vertices[:, 1:] - origin) @ turn.T]
    triangles = seen[part.mesh.triangles]
    grid = _grid(seen, STEP)
    return LateralBone(part.name, plates, _outlines(part, seen), grid, _absorption(triangles, grid))


def _grid(points: Array, step: float) -> Grid:
    """The pixels around points (n, 3), with a margin of two."""
    low = np.floor(points[:, 1:].min(0) / step) - 2.0
    high = np.ceil(points[:, 1:].max(0) / step) + 2.0
    columns, rows = (high - low).astype(int) + 1
    return Grid((float(low[0] * step), float(low[1] * step)), step, (int(rows), int(columns)))


def crossings(triangles: Array, grid: Grid) -> tuple[NDArray[np.int64], Array, Array]:
    """Where rays along x through the middles of pixels meet triangles (n, 3, 3) mm.

    Returns the pixel of each crossing (row · columns + column), its x in mm, and its sign: −1 where
    the ray goes in with growing x, +1 where it comes out.
    """
    # a hair's breadth aside, so that no ray meets an edge or the vertices of the mirror plane
    at = (triangles[:, :, 1:] - np.array(grid.low)) / grid.step + np.array([1.3e-6, 1.7e-6])
    edge_1, edge_2 = at[:, 1] - at[:, 0], at[:, 2] - at[:, 0]
    area = edge_1[:, 0] * edge_2[:, 1] - edge_1[:, 1] * edge_2[:, 0]
    pixels, depths, signs = [], [], []
    first, last = np.ceil(at.min(1)).astype(int), np.floor(at.max(1)).astype(int)
    for place in np.flatnonzero((first <= last).all(1) & (area != 0.0)):
        u, v = np.meshgrid(
            np.arange(first[place, 0], last[place, 0] + 1),
            np.arange(first[place, 1], last[place, 1] + 1),
        )
        du, dv = u - at[place, 0, 0], v - at[place, 0, 1]
        (a, b), (c, d) = edge_1[place], edge_2[place]
        s = (du * d - dv * c) / area[place]
        t = (dv * a - du * b) / area[place]
        within = (s >= 0.0) & (t >= 0.0) & (s + t <= 1.0)
        x = triangles[place, :, 0]
        pixels.append((v * grid.shape[1] + u)[within])
        depths.append((x[0] + s * (x[1] - x[0]) + t * (x[2] - x[0]))[within])
        signs.append(np.full(int(within.sum()), np.sign(area[place])))
    return np.concatenate(pixels), np.concatenate(depths), np.concatenate(signs)


def path_lengths(triangles: Array, grid: Grid) -> Array:
    """Length in mm (rows, columns) of each ray within a closed surface of triangles (n, 3, 3)."""
    pixels, depths, signs = crossings(triangles, grid)
    total = np.bincount(pixels, weights=depths * signs, minlength=grid.shape[0] * grid.shape[1])
    return np.maximum(total.reshape(grid.shape), 0.0)


def _absorption(triangles: Array, grid: Grid) -> Array:
    """Path lengths (rows, columns), with what lies within `SHELL` of the surface counted more."""
    from scipy.ndimage import distance_transform_edt

    pixels, depths, signs = crossings(triangles, grid)
    low = float(depths.min()) - 2.0 * grid.step
    slices = int((depths.max() - low) / grid.step) + 3
    place = np.clip(np.ceil((depths - low) / grid.step).astype(int), 0, slices - 1)
    volume = np.zeros((grid.shape[0] * grid.shape[1], slices), dtype=np.int8)
    np.add.at(volume, (pixels, place), -signs.astype(np.int8))
    inside = (np.cumsum(volume, axis=1) > 0).reshape(*grid.shape, slices)
    shell = inside & (distance_transform_edt(inside, sampling=grid.step) <= SHELL)
    share = shell.sum(2) / np.maximum(inside.sum(2), 1)
    result: Array = path_lengths(triangles, grid) * (1.0 + (DENSE - 1.0) * share)
    return result


def _outlines(part: Part, seen: Array) -> dict[str, tuple[Array, ...]]:
    """The rings of each layer of a bone, of what lies on the left or in the middle."""
    grid = _grid(seen, FINE)
    rings: dict[str, tuple[Array, ...]] = {}
    faces: dict[str, list[NDArray[np.int32]]] = {}
    for region in part.regions:
        _, name, *side = region.structure.split(".")
        if side != ["right"]:
            rows = part.mesh.triangles[region.start : region.start + region.count]
            faces.setdefault(LAYERS[name], []).append(rows)
    for layer in ORDER:
        if layer in faces:
            rings[layer] = _silhouette(seen[np.concatenate(faces[layer])], grid)
    rings["whole"] = _silhouette(seen[part.mesh.triangles], grid)
    return rings


def _silhouette(triangles: Array, grid: Grid) -> tuple[Array, ...]:
    """Rings (n, 2) mm around what triangles (n, 3, 3) cover, holes as rings of their own."""
    from scipy.ndimage import binary_closing, gaussian_filter
    from skimage.measure import approximate_polygon, find_contours

    covered = np.zeros(grid.shape[0] * grid.shape[1], dtype=bool)
    covered[crossings(triangles, grid)[0]] = True
    whole = binary_closing(covered.reshape(grid.shape), iterations=2)
    soft = gaussian_filter(whole.astype(float), 1.2)
    rings = []
    for contour in find_contours(soft, 0.5):  # type: ignore[no-untyped-call]
        ring = contour[:, ::-1] * grid.step + np.array(grid.low)
        # small islands are where a region's border runs across an edge
        if abs(_area(ring)) > 6.0:
            line = approximate_polygon(ring, SMOOTH)  # type: ignore[no-untyped-call]
            rings.append(line[:-1])
    return tuple(rings)


def _area(ring: Array) -> float:
    """Signed area in mm² of a ring (n, 2)."""
    u, v = ring[:, 0], ring[:, 1]
    return float(np.sum(u * np.roll(v, -1) - v * np.roll(u, -1)) / 2.0)


def pack_lateral(bones: list[LateralBone]) -> bytes:
    """The bytes that a page draws from.

    A gzip of b"L3LV", the header's length (uint32), the header (JSON), then for each bone its rows
    of absorption, each byte less the one of the row before. A byte is `scale` mm; lengths in the
    header are hundredths of a millimetre.
    """
    entries, planes = [], []
    for bone in bones:
        scale = float(np.ceil(bone.absorption.max() / 255.0 * 1000.0) / 1000.0)
        levels = np.round(bone.absorption / scale).astype(np.uint8)
        planes.append(np.diff(levels, axis=0, prepend=np.uint8(0)).tobytes())
        outlines = {
            layer: [_whole(ring).ravel().tolist() for ring in rings]
            for layer, rings in bone.outlines.items()
        }
        entries.append(
            {
                "name": bone.name,
                "corners": {name: _whole(each).tolist() for name, each in bone.corners.items()},
                "outlines": outlines,
                "low": _whole(np.array(bone.grid.low)).tolist(),
                "step": bone.grid.step,
                "rows": bone.grid.shape[0],
                "columns": bone.grid.shape[1],
                "scale": scale,
            }
        )
    text = json.dumps({"bones": entries}, separators=(",", ":")).encode()
    start = MAGIC + struct.pack("<I", len(text)) + text
    return gzip.compress(start + b"".join(planes), 9, mtime=0)


def _whole(lengths: Array) -> NDArray[np.int64]:
    """Hundredths of a millimetre."""
    return np.round(lengths * 100.0).astype(np.int64)
