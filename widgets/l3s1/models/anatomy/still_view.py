"""Where structures lie in the still pictures of the model, and which of them can be seen there.

A still picture (`tools/render_views.py`) shows a named view of the model, muscles and vessels taken
off. Its camera is that of the page (`widgets/frontend/src/scene/camera.ts`, `scene.ts`): parallel,
and so near that the boxes round all firm parts fit. Places are shares of the picture's width and
height, from its upper left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import cos, radians, sin
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from l3s1.models.anatomy.part import Part
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import Layer

STILL_LAYERS = (Layer.LIGAMENTS, Layer.NERVES, Layer.DISCS, Layer.BONES)
"""What the still pictures show."""

DIRECTIONS: Mapping[str, tuple[float, float]] = {
    "anterior": (0.0, 0.0),
    "posterior": (180.0, 0.0),
    "left_lateral": (90.0, 0.0),
    "right_lateral": (270.0, 0.0),
    "superior": (180.0, 90.0),
    "oblique": (142.0, 18.0),
    "through_foramen": (90.0, 0.0),
}
"""Azimuth (0 from the front, 90 from the left) and elevation, in degrees."""

ASPECT = 960.0 / 704.0
"""Shape of the picture that is rendered, before it is stored as 960 by 720."""

_AIR = 1.06
_FORAMEN_MM = 74.0
_BEFORE_FORAMEN_MM = 26.0
_FAINT = "iliac_crest"
"""Parts that are only hinted at: they hide nothing and are not framed."""

_ROWS = 352
_COLUMNS = round(_ROWS * ASPECT)
_FAR = -1e9
_NOTHING = -1


@dataclass(frozen=True)
class Spot:
    """The middle of what can be seen of a structure; `room_mm` is clear of its edge there."""

    x: float
    y: float
    room_mm: float


@dataclass(frozen=True)
class StillView:
    """What each point of a still picture shows: a place in `structures`, −1 for nothing."""

    structures: tuple[str, ...]
    shown: NDArray[np.int64]
    mm_per_pixel: float

    def spot(self, structure: str) -> Spot | None:
        """Where a structure is best pointed at; None where it can't be seen."""
        if structure not in self.structures:
            return None
        seen = self.shown == self.structures.index(structure)
        if not seen.any():
            return None
        room = distance_transform_edt(np.pad(seen, 1))[1:-1, 1:-1]
        row, column = np.unravel_index(int(room.argmax()), room.shape)
        rows, columns = seen.shape
        return Spot(
            (int(column) + 0.5) / columns,
            (int(row) + 0.5) / rows,
            float(room[row, column]) * self.mm_per_pixel,
        )

    def at(self, x: float, y: float) -> str | None:
        """What lies at a point of the picture."""
        rows, columns = self.shown.shape
        found = int(self.shown[int(y * rows), int(x * columns)])
        return None if found == _NOTHING else self.structures[found]


def still_view(parts: Iterable[Part], landmarks: Mapping[str, Any], view: str) -> StillView:
    """What a still picture of these parts shows.

    `landmarks`: those of the pack's header. Raises KeyError where there is no such view.
    """
    right, up, back = _axes(*DIRECTIONS[view])
    drawn = [part for part in parts if part.layer in STILL_LAYERS and not _is_faint(part)]
    front = None
    if view == "through_foramen":
        pedicles = [landmarks[f"{bone}.pedicle.left"]["at"] for bone in ("L4", "L5")]
        target, height = np.mean(np.array(pedicles, dtype=float), axis=0), _FORAMEN_MM
        front = _BEFORE_FORAMEN_MM
    else:
        target, height = _fitting(drawn, (right, up, back))
    axes = np.stack([right, up, back])
    names: list[str] = []
    samples: list[tuple[Array, NDArray[np.int64]]] = []
    for part in drawn:
        seen = (part.mesh.vertices - target) @ axes.T
        # in pixels of the picture: column, row, and nearness
        points = np.column_stack(
            [
                _COLUMNS / 2 + seen[:, 0] * _ROWS / height,
                _ROWS / 2 - seen[:, 1] * _ROWS / height,
                seen[:, 2],
            ]
        )
        for region in part.regions:
            triangles = part.mesh.triangles[region.start : region.start + region.count]
            inside = _sampled(_in_picture(points[triangles]))
            samples.append((inside, np.full(len(inside), len(names))))
            names.append(region.structure)
    shown = _nearest(
        np.concatenate([each for each, _ in samples]),
        np.concatenate([each for _, each in samples]),
        front,
    )
    return StillView(tuple(names), shown, height / _ROWS)


def _is_faint(part: Part) -> bool:
    return part.name.startswith(_FAINT)


def _axes(azimuth: float, elevation: float) -> tuple[Array, Array, Array]:
    """Unit vectors to the picture's right, up, and back to the reader."""
    a, e = radians(azimuth), radians(elevation)
    return (
        np.array([cos(a), sin(a), 0.0]),
        np.array([-sin(a) * sin(e), cos(a) * sin(e), cos(e)]),
        np.array([sin(a) * cos(e), -cos(a) * cos(e), sin(e)]),
    )


def _fitting(parts: Sequence[Part], axes: tuple[Array, Array, Array]) -> tuple[Array, float]:
    """The picture's middle and height in mm by which the boxes round all parts are in it."""
    corners = np.array(
        [
            corner
            for part in parts
            for corner in product(
                *zip(part.mesh.vertices.min(0), part.mesh.vertices.max(0), strict=True)
            )
        ]
    )
    along = [corners @ axis for axis in axes]
    middle = sum(
        (axis * (each.min() + each.max()) / 2 for axis, each in zip(axes, along, strict=True)),
        start=np.zeros(3),
    )
    height = _AIR * max(float(np.ptp(along[1])), float(np.ptp(along[0])) / ASPECT)
    return middle, height


def _in_picture(triangles: Array) -> Array:
    """The triangles of which something may lie in the picture."""
    low, high = triangles.min(1), triangles.max(1)
    beyond = (high[:, :2] < 0) | (low[:, :2] > (_COLUMNS, _ROWS))
    kept: Array = triangles[~beyond.any(1)]
    return kept


def _sampled(triangles: Array) -> Array:
    """Points (n, 3) of triangles (m, 3, 3), so close that no pixel between them is left out."""
    edges = triangles[:, :, :2] - np.roll(triangles[:, :, :2], 1, axis=1)
    longest = np.sqrt((edges**2).sum(2)).max(1)
    steps = np.maximum(1, np.ceil(longest / 0.7)).astype(int)
    found = []
    for count in np.unique(steps):
        share = np.array(
            [(i, j, count - i - j) for i in range(count + 1) for j in range(count + 1 - i)]
        )
        corners = triangles[steps == count]
        found.append(np.einsum("sk,tkc->tsc", share / count, corners).reshape(-1, 3))
    return np.concatenate([np.empty((0, 3)), *found])


def _nearest(points: Array, owners: NDArray[np.int64], front: float | None) -> NDArray[np.int64]:
    """The owner of the nearest point in each pixel; what lies before `front` is not drawn."""
    columns, rows = np.floor(points[:, 0]).astype(int), np.floor(points[:, 1]).astype(int)
    inside = (columns >= 0) & (columns < _COLUMNS) & (rows >= 0) & (rows < _ROWS)
    if front is not None:
        inside &= points[:, 2] <= front
    place = rows[inside] * _COLUMNS + columns[inside]
    order = np.argsort(points[inside, 2], kind="stable")
    shown = np.full(_ROWS * _COLUMNS, _NOTHING)
    # of points in the same pixel the last one, the nearest, stays
    shown[place[order]] = owners[inside][order]
    return shown.reshape(_ROWS, _COLUMNS)
