"""How much of the dural sac's cross-section is left free at each disc, by variant.

The model is cut in planes parallel to a disc. What counts is the area inside the sac, as it lies
without any narrowing, that is neither bone nor disc nor ligamentum flavum; the least of the planes
stands for the disc. Morphs swell bones and flava, a slip moves the upper vertebra forward along the
lower plate, loss of disc height lowers it. Everything is seen from halfway between the two bones,
where the sac stays put.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.pose import Pose
from l3s1.models.anatomy.posture import bones_of
from l3s1.models.bones.numbers import array, entry, number
from l3s1.models.bones.sdf import Array

AXES = ("facet_hypertrophy", "flavum_thickening", "slip", "disc_height")
"""The axes of the table, in its order; the last one falls with the height that is left."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Raster:
    """Where the cut is looked at: cells of `spacing` mm from `low` (2,) to `high` (2,) mm."""

    low: Array
    high: Array
    spacing: float

    @property
    def centres(self) -> tuple[Array, Array]:
        """The middles of the cells along the two axes, mm."""
        x, y = (
            np.arange(low + self.spacing / 2.0, high, self.spacing)
            for low, high in zip(self.low, self.high, strict=True)
        )
        return x, y

    def area(self, mask: Mask) -> float:
        """The area in mm² of the cells that are set."""
        return float(mask.sum()) * self.spacing**2


@dataclass(frozen=True)
class CanalNumbers:
    """How the table is made: its axes, the raster, and `planes`, mm along the disc's normal."""

    axes: Mapping[str, Array]
    raster: Raster
    planes: Array


def canal_numbers_from(numbers: Mapping[str, Any]) -> CanalNumbers:
    """Read them as `assets/spine/canal.yaml` holds them; ValueError names what is wrong."""
    axes = entry(numbers, "axes", "canal")
    box = entry(numbers, "box", "canal")
    planes = len(entry(numbers, "planes", "canal"))
    return CanalNumbers(
        axes={
            name: array(axes, name, "canal.axes", (len(entry(axes, name, "canal.axes")),))
            for name in AXES
        },
        raster=Raster(
            array(box, "low", "canal.box", (2,)),
            array(box, "high", "canal.box", (2,)),
            number(numbers, "spacing", "canal"),
        ),
        planes=array(numbers, "planes", "canal", (planes,)),
    )


def cut(vertices: Array, triangles: NDArray[np.int32], z: float) -> Array:
    """Where triangles cross the plane at `z` mm: segments (k, 2, 2), ends by x and y in mm."""
    height = vertices[:, 2] - z
    height = np.where(height == 0.0, 1e-9, height)
    corners = height[triangles] > 0.0
    crossing = triangles[(corners.any(1)) & (~corners.all(1))]
    above = height[crossing] > 0.0
    # the corner that lies alone on its side comes first
    alone = np.where(above.sum(1) == 1, above.argmax(1), (~above).argmax(1))
    rows = np.arange(len(crossing))
    a, b, c = (crossing[rows, (alone + k) % 3] for k in range(3))
    ends = []
    for other in (b, c):
        share = (height[a] / (height[a] - height[other]))[:, None]
        ends.append(vertices[a, :2] + share * (vertices[other, :2] - vertices[a, :2]))
    return np.stack(ends, axis=1)


def filled(segments: Array, raster: Raster) -> Mask:
    """Which cells (i, j) of a raster lie inside the closed outlines that segments (k, 2, 2) form.

    A cell is inside where a line from it crosses the outlines an odd number of times.
    """
    x, y = raster.centres
    crossings = np.zeros((len(x) + 1, len(y)), np.int64)
    low, high = segments[..., 1].min(1), segments[..., 1].max(1)
    which, row = np.nonzero((low[:, None] <= y) & (y < high[:, None]))
    start, end = segments[which, 0], segments[which, 1]
    at = start[:, 0] + (y[row] - start[:, 1]) / (end[:, 1] - start[:, 1]) * (end - start)[:, 0]
    np.add.at(crossings, (np.searchsorted(x, at), row), 1)
    result: Mask = np.cumsum(crossings, axis=0)[:-1] % 2 == 1
    return result


@dataclass(frozen=True)
class Slice:
    """A part near a disc, in the disc's frame: mesh, morphs, and how far it follows a move.

    `follow` (n,): −½ for what the lower bone carries, ½ for what the upper one does.
    """

    vertices: Array
    triangles: NDArray[np.int32]
    morphs: Mapping[str, Array]
    follow: Array

    def masks(self, z: float, raster: Raster, moved: Array, shares: Mapping[str, float]) -> Mask:
        """The cells inside the part in the plane at `z`, its morphs at these shares."""
        vertices = self.vertices + self.follow[:, None] * moved
        for name, share in shares.items():
            if name in self.morphs:
                vertices = vertices + share * self.morphs[name]
        return filled(cut(vertices, self.triangles, z), raster)


def slice_of(part: Part, frame: Pose, above: Sequence[str], reach: float) -> Slice:
    """A part as seen from a disc; `above`: the bones that move with the upper one.

    Only the triangles within `reach` mm of the disc's middle plane are kept.
    """
    into = frame.inverse()
    vertices = into(part.mesh.vertices)
    weights = np.ones((len(vertices), 1)) if part.weights is None else part.weights
    carried = weights @ np.array([1.0 if bone in above else 0.0 for bone in part.bones])
    height = vertices[part.mesh.triangles, 2]
    near = (height.min(1) < reach) & (height.max(1) > -reach)
    return Slice(
        vertices,
        part.mesh.triangles[near],
        {name: shift @ into.rotation.T for name, shift in part.morphs.items()},
        carried - 0.5,
    )


def obstacles_of(segment: str) -> tuple[tuple[str, ...], ...]:
    """The parts around the sac, grouped by what moves them: each bone, the flava, the disc."""
    upper, lower = bones_of(segment)
    flava = tuple(f"{segment}.ligamentum_flavum.{side}" for side in ("left", "right"))
    return (upper,), (lower,), flava, (f"{segment}.annulus_fibrosus", f"{segment}.nucleus_pulposus")


def canal_table(
    segment: str, parts: Mapping[str, Part], header: Mapping[str, Any], numbers: CanalNumbers
) -> dict[str, Any]:
    """One segment's table: its axes, and `area_mm2` nested in their order.

    `header` as the pack has it, with "bones" and "segments". The areas never rise with a variant's
    severity: where the shapes give a little back, the smaller area stands.
    """
    place = header["segments"][segment]
    up, forward = np.array(place["up"]), np.array(place["forward"])
    frame = disc_plane(np.array(place["centre"]), up)
    bones = list(header["bones"])
    above = bones[: bones.index(place["upper"]) + 1]
    reach = float(np.abs(numbers.planes).max()) + 12.0
    axes = numbers.axes
    shape = tuple(len(axes[name]) for name in AXES)
    areas = np.full(shape, np.inf)
    into = frame.inverse().rotation
    (sac,) = _slices(("dural_sac",), parts, frame, above, reach)
    groups = [_slices(names, parts, frame, above, reach) for names in obstacles_of(segment)]
    raster = numbers.raster
    for k, slip in enumerate(axes["slip"]):
        for m, kept in enumerate(axes["disc_height"]):
            lost = (1.0 - kept) * place["disc_height_mm"]
            moved = into @ (slip * place["plate_depth_mm"] * forward - lost * up)
            for z in numbers.planes:
                inside = sac.masks(z, raster, moved, {})
                taken = [_taken(group, z, raster, moved, axes) for group in groups]
                for i, j in itertools.product(range(shape[0]), range(shape[1])):
                    blocked = np.any([masks[i][j] for masks in taken], axis=0)
                    area = raster.area(inside & ~blocked)
                    areas[i, j, k, m] = min(areas[i, j, k, m], area)
    for axis, name in enumerate(AXES):
        worse = np.flip(areas, axis) if name == "disc_height" else areas
        worse = np.minimum.accumulate(worse, axis=axis)
        areas = np.flip(worse, axis) if name == "disc_height" else worse
    return {
        **{name: np.round(axes[name], 3).tolist() for name in AXES},
        "area_mm2": np.round(areas, 1).tolist(),
    }


def disc_plane(centre: Array, up: Array) -> Pose:
    """The frame of a plane through `centre` (3,) with the normal `up` (3,); y is posterior."""
    along = np.cross(up, [1.0, 0.0, 0.0])
    return Pose(np.stack([[1.0, 0.0, 0.0], along, up], axis=1), centre)


def _slices(
    names: Sequence[str],
    parts: Mapping[str, Part],
    frame: Pose,
    above: Sequence[str],
    reach: float,
) -> list[Slice]:
    """The parts of these names as seen from a disc; KeyError where one is missing."""
    return [slice_of(parts[name], frame, above, reach) for name in names]


def _taken(
    group: Sequence[Slice], z: float, raster: Raster, moved: Array, axes: Mapping[str, Array]
) -> list[list[Mask]]:
    """The cells that a group takes, by the two morphs' shares; read once where they do nothing."""
    first, second = AXES[:2]
    known = {name for part in group for name in part.morphs}
    facets = axes[first] if first in known else axes[first][:1]
    flava = axes[second] if second in known else axes[second][:1]
    found = [
        [
            np.any([p.masks(z, raster, moved, {first: a, second: b}) for p in group], axis=0)
            for b in flava
        ]
        for a in facets
    ]
    rows = [row * len(axes[second]) if len(row) == 1 else row for row in found]
    return rows * len(axes[first]) if len(rows) == 1 else rows
