"""Virtual callipers: what one would measure on a lumbar vertebra, read off its mesh.

The bone lies in its own frame (docs/bones.md) with x = 0 its mirror plane; how it is tilted and
where it lies in that plane does not matter, since it is levelled first. Lengths are mm, angles
degrees. `DIMENSIONS` says what each reading means; docs/bones.md has the same as a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.models.bones.section import (
    Outline,
    area_and_centre,
    crossings,
    length_inside,
    pieces_below,
    section,
    smallest_rectangle,
)

X, Y, Z = np.eye(3)

DIMENSIONS: Mapping[str, str] = {
    "upper_end_plate_width_mm": "widest across, 1.5–4 mm below the upper corners' line",
    "upper_end_plate_depth_mm": "anterior to posterior upper corner, in the mirror plane",
    "lower_end_plate_width_mm": "widest across, 1.5–4 mm above the lower corners' line",
    "lower_end_plate_depth_mm": "anterior to posterior lower corner, in the mirror plane",
    "anterior_body_height_mm": "upper to lower anterior corner, in the mirror plane",
    "posterior_body_height_mm": "upper to lower posterior corner, in the mirror plane",
    "central_body_height_mm": "least height in the mirror plane, 8 mm or more from the corners",
    "waist_width_mm": "least width of the body within 6 mm of mid-height",
    "waist_depth_mm": "least depth of the body in the mirror plane within 6 mm of mid-height",
    "pedicle_width_mm": "short side of the rectangle around the pedicle's smallest section",
    "pedicle_height_mm": "long side of the rectangle around the pedicle's smallest section",
    "pedicle_transverse_angle_deg": "pedicle's axis to the mirror plane, seen from above",
    "pedicle_distance_mm": "between the centres of both pedicles' smallest sections",
    "pedicle_height_above_centre_mm": "centre of the pedicle's section above the body's centre",
    "canal_width_mm": "widest of the canal at the height of the pedicles' centres",
    "canal_depth_mm": "least from the body's posterior wall to the lamina in the mirror plane",
    "transverse_process_span_mm": "from tip to tip, along x",
    "spinous_process_length_mm": "from the middle of the upper corners to the tip",
    "spinous_tip_height_mm": "the tip above the body's centre (negative: below)",
    "overall_depth_mm": "of the whole bone, along y",
    "overall_height_mm": "of the whole bone, along z",
}
"""What the callipers read of a lumbar vertebra, in the levelled frame. Of a pair: the mean."""

PLATE_OFFSETS = np.arange(1.5, 4.1, 0.5)
"""mm from the corners' line at which the width of an end plate is read."""

WAIST_OFFSETS = np.linspace(-6.0, 6.0, 9)
"""mm from mid-height at which the width of the waist is read."""

WAIST_HEIGHTS = np.linspace(-6.0, 6.0, 13)
"""mm from the body's centre at which the depth of the waist is read."""

WIDTH_LIMIT = 0.1
"""Widths are read in front of this share of the depth behind the middle: without the pedicles."""

CORNER_MARGIN = 8.0
"""mm from the corners within which no central height is read."""

ANGLES = np.arange(-5.0, 46.0, 5.0)
"""degrees: transverse angles at which the pedicle is cut; the first and last only as neighbours."""

PEDICLE_OFFSETS = np.arange(-4.0, 12.0, 1.0)
"""mm along the pedicle's axis, from the posterior wall on, at which it is cut."""

CANAL_SHARE = 0.75
"""The canal is narrower than the distance between the pedicles' centres by this of their width."""

PEDICLE_START = (16.0, 4.0)
"""mm: where the axis of the cuts crosses the posterior wall, in x and z."""


@dataclass(frozen=True)
class Pedicle:
    """The smallest section of one pedicle: mm, degrees.

    `centre` (3,) mm, x ≥ 0; `long_axis` (2,) in (x, z): the direction of its height, upward,
    as if it were the left one.
    """

    width: float
    height: float
    angle: float
    centre: Array
    long_axis: Array


@dataclass(frozen=True)
class Landmarks:
    """Where a levelled bone's parts lie, mm.

    `corners` (y, z) of the body in the mirror plane: 'as', 'ps', 'ai', 'pi'; `wall` y of the
    posterior wall; `lamina` (y, z) where the canal is least deep; `tip` (3,) of the spinous
    process; `pedicle` of the left side, or the mean of both.
    """

    corners: Mapping[str, Array]
    wall: float
    lamina: Array
    tip: Array
    pedicle: Pedicle


def middle_outlines(mesh: Mesh) -> tuple[Outline, Outline]:
    """Outlines (y, z) at x = 0 of the body and of the posterior arch.

    ValueError where the plane does not cut both.
    """
    found = [(area_and_centre(o), o) for o in section(mesh, np.zeros(3), Y, Z)]
    large = [(centre[0], o) for (area, centre), o in found if area > 150.0]
    any_size = [(centre[0], o) for (area, centre), o in found if area > 60.0]
    if not large or len(any_size) < 2:
        raise ValueError(
            "no vertebral body and spinous process at x = 0: give a whole lumbar vertebra in mm, "
            "x left, y posterior, z superior, with x = 0 its mirror plane"
        )
    body = min(large, key=lambda pair: float(pair[0]))[1]
    arch = max(any_size, key=lambda pair: float(pair[0]))[1]
    return body, arch


def body_corners(body: Outline) -> dict[str, Array]:
    """The corners (y, z) of the body's outline: 'as', 'ps', 'ai', 'pi' (anterior superior …).

    A corner is the point farthest along a diagonal of the outline's box, whose sides are parallel
    to the bisector of the end plates.
    """
    closed = np.r_[body, body[:1]]
    along = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))]
    at = np.linspace(0.0, along[-1], 1600, endpoint=False)
    outline = np.stack([np.interp(at, along, column) for column in closed.T], axis=1)
    directions = {"as": (-1, 1), "ps": (1, 1), "ai": (-1, -1), "pi": (1, -1)}
    corners: dict[str, Array] = {}
    angle = 0.0
    for _ in range(6):
        cos, sin = np.cos(angle), np.sin(angle)
        turned = (outline - outline.mean(axis=0)) @ np.array([[cos, -sin], [sin, cos]])
        turned /= np.ptp(turned, axis=0)
        corners = {k: outline[int(np.argmax(turned @ np.array(d)))] for k, d in directions.items()}
        angle = bisector(corners)
    return corners


def bisector(corners: Mapping[str, Array]) -> float:
    """The angle (rad) in (y, z) halfway between the two end plates."""
    upper, lower = corners["ps"] - corners["as"], corners["pi"] - corners["ai"]
    y, z = upper / np.linalg.norm(upper) + lower / np.linalg.norm(lower)
    return float(np.arctan2(z, y))


def levelled(mesh: Mesh) -> Mesh:
    """The mesh turned about x and shifted in y and z: bisector horizontal, centre of body at 0."""
    v = mesh.vertices
    for _ in range(3):
        corners = body_corners(middle_outlines(Mesh(v, mesh.triangles))[0])
        v = v - np.r_[0.0, np.mean(list(corners.values()), axis=0)]
        cos, sin = np.cos(bisector(corners)), np.sin(bisector(corners))
        v = v @ np.array([[1.0, 0.0, 0.0], [0.0, cos, -sin], [0.0, sin, cos]])
    corners = body_corners(middle_outlines(Mesh(v, mesh.triangles))[0])
    return Mesh(v - np.r_[0.0, np.mean(list(corners.values()), axis=0)], mesh.triangles)


def read_bone(mesh: Mesh, *, symmetric: bool = False) -> dict[str, float]:
    """All `DIMENSIONS` of a lumbar vertebra; `symmetric` spares the right pedicle.

    ValueError where the mesh is not closed or a part can't be found.
    """
    return measured(levelled(mesh), symmetric=symmetric)[0]


def measured(mesh: Mesh, *, symmetric: bool = False) -> tuple[dict[str, float], Landmarks]:
    """All `DIMENSIONS` of a levelled bone, and its landmarks."""
    body, arch = middle_outlines(mesh)
    corners = body_corners(body)
    wall = float(corners["ps"][0] + corners["pi"][0]) / 2.0
    both = _mean_pedicle([pedicle(mesh, wall, s) for s in ((1.0,) if symmetric else (1.0, -1.0))])
    lamina = _lamina(body, arch)
    v = mesh.vertices
    behind = v[(np.abs(v[:, 0]) < 6.0) & (v[:, 1] > wall + 15.0)]
    tip = behind[int(np.argmax(behind[:, 1]))]
    marks = Landmarks(corners, wall, lamina[1:], tip, both)
    apart = np.ptp(v, axis=0)
    readings = {
        **_body_readings(mesh, body, corners),
        "pedicle_width_mm": both.width,
        "pedicle_height_mm": both.height,
        "pedicle_transverse_angle_deg": both.angle,
        "pedicle_distance_mm": 2.0 * float(both.centre[0]),
        "pedicle_height_above_centre_mm": float(both.centre[2]),
        "canal_width_mm": _canal_width(mesh, wall, both),
        "canal_depth_mm": float(lamina[0]),
        "transverse_process_span_mm": float(apart[0]),
        "spinous_process_length_mm": float(
            np.linalg.norm(tip - np.r_[0.0, (corners["as"] + corners["ps"]) / 2.0])
        ),
        "spinous_tip_height_mm": float(tip[2]),
        "overall_depth_mm": float(apart[1]),
        "overall_height_mm": float(apart[2]),
    }
    return {name: readings[name] for name in DIMENSIONS}, marks


def _mean_pedicle(sides: Sequence[Pedicle]) -> Pedicle:
    """The mean of both sides, or the only one."""
    return Pedicle(
        width=float(np.mean([p.width for p in sides])),
        height=float(np.mean([p.height for p in sides])),
        angle=float(np.mean([p.angle for p in sides])),
        centre=np.mean([p.centre for p in sides], axis=0),
        long_axis=sides[0].long_axis,
    )


def _body_readings(mesh: Mesh, body: Outline, corners: Mapping[str, Array]) -> dict[str, float]:
    """The readings of the vertebral body."""

    def apart(a: str, b: str) -> float:
        return float(np.linalg.norm(corners[a] - corners[b]))

    upper, lower = (corners["as"], corners["ps"]), (corners["ai"], corners["pi"])
    middle = tuple((a + b) / 2.0 for a, b in zip(upper, lower, strict=True))
    front, back = corners["as"][0] + CORNER_MARGIN, corners["ps"][0] - CORNER_MARGIN
    return {
        "upper_end_plate_width_mm": max(_width(mesh, upper, -o) for o in PLATE_OFFSETS),
        "upper_end_plate_depth_mm": apart("as", "ps"),
        "lower_end_plate_width_mm": max(_width(mesh, lower, o) for o in PLATE_OFFSETS),
        "lower_end_plate_depth_mm": apart("ai", "pi"),
        "anterior_body_height_mm": apart("as", "ai"),
        "posterior_body_height_mm": apart("ps", "pi"),
        "central_body_height_mm": min(
            length_inside(body, 0, y) for y in np.linspace(front, back, 9)
        ),
        "waist_width_mm": min(_width(mesh, middle, o) for o in WAIST_OFFSETS),
        "waist_depth_mm": min(length_inside(body, 1, z) for z in WAIST_HEIGHTS),
    }


def _width(mesh: Mesh, line: tuple[Array, ...], offset: float) -> float:
    """Width (mm) of the body parallel to a line (two points in y, z), `offset` mm above it."""
    depth = float(np.linalg.norm(line[1] - line[0]))
    along = np.r_[0.0, (line[1] - line[0]) / depth]
    origin = np.r_[0.0, (line[0] + line[1]) / 2.0] + np.cross(X, along) * offset
    pieces = pieces_below(section(mesh, origin, X, along), WIDTH_LIMIT * depth)
    largest = max(pieces, key=lambda piece: area_and_centre(piece)[0])
    return float(np.ptp(largest[:, 0]))


def pedicle(mesh: Mesh, wall: float, side: float) -> Pedicle:
    """The smallest section of the pedicle at x·`side` > 0, over place and transverse angle.

    The angle is where a parabola through the smallest areas at neighbouring angles is least.
    ValueError where there is no such section.
    """
    smallest: dict[float, tuple[float, Array, Outline]] = {}
    for angle in ANGLES:
        cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        axis, across = np.array([side * sin, cos, 0.0]), np.array([-side * cos, sin, 0.0])
        for offset in PEDICLE_OFFSETS:
            origin = np.array([side * PEDICLE_START[0], wall, PEDICLE_START[1]]) + axis * offset
            for outline in section(mesh, origin, across, Z):
                area, at = area_and_centre(outline)
                if not 50.0 < area < 900.0:
                    continue
                centre = origin + across * at[0] + Z * at[1]
                if (
                    9.0 < side * centre[0] < 29.0
                    and -1.0 < centre[2] < 12.0
                    and wall - 2.0 < centre[1] < wall + 11.0
                    and origin[2] + outline[:, 1].min() > -12.0
                    and (angle not in smallest or area < smallest[angle][0])
                ):
                    smallest[float(angle)] = (area, centre, outline)
    if not set(smallest) & set(ANGLES[1:-1].tolist()):
        raise ValueError("no pedicle found: give a whole lumbar vertebra in mm, z superior")
    within = [angle for angle in smallest if ANGLES[0] < angle < ANGLES[-1]]
    best = min(within, key=lambda angle: smallest[angle][0])
    _, centre, outline = smallest[best]
    width, height, long_side = smallest_rectangle(outline)
    # `across` points toward the mirror plane
    axis_xz = np.array([-long_side[0] * np.cos(np.radians(best)), long_side[1]])
    axis_xz *= np.sign(axis_xz[1]) / np.linalg.norm(axis_xz)
    at = np.r_[side * centre[0], centre[1:]]
    return Pedicle(width, height, _least(best, smallest), at, axis_xz)


def _least(best: float, smallest: Mapping[float, tuple[float, Array, Outline]]) -> float:
    """The angle where the parabola through the areas at `best` and beside it is least."""
    step = float(ANGLES[1] - ANGLES[0])
    if best - step not in smallest or best + step not in smallest:
        return best
    before, here, behind = (smallest[best + i * step][0] for i in (-1, 0, 1))
    bend = before - 2.0 * here + behind
    shift = 0.5 * step * (before - behind) / bend if bend > 0.0 else 0.0
    return best + float(np.clip(shift, -step / 2.0, step / 2.0))


def _lamina(body: Outline, arch: Outline) -> Array:
    """The canal's least depth in the mirror plane, and (y, z) of the lamina there: (3,) mm."""
    best = np.array([np.inf, 0.0, 0.0])
    for z in np.arange(-12.0, 16.0, 0.5):
        wall, front = crossings([body], 1, z), crossings([arch], 1, z)
        if len(wall) and len(front) and front[0] - wall[-1] < best[0]:
            best = np.array([front[0] - wall[-1], front[0], z])
    if not np.isfinite(best[0]):
        raise ValueError("no lamina behind the body at x = 0: give a whole lumbar vertebra in mm")
    return best


def _canal_width(mesh: Mesh, wall: float, beside: Pedicle) -> float:
    """Widest free line across x = 0 behind the posterior wall, between the pedicles: mm."""
    outlines = section(mesh, np.array([0.0, 0.0, beside.centre[2]]), X, Y)
    # a longer line leaves the canal through the foramina
    most = 2.0 * float(beside.centre[0]) - CANAL_SHARE * beside.width
    widest = 0.0
    for y in np.arange(wall + 2.0, wall + 12.0, 0.5):
        x = crossings(outlines, 1, y)
        right = int(np.searchsorted(x, 0.0))
        # an even number of walls to the right of the middle: the middle lies in the open
        if right % 2 == 0 and 0 < right < len(x) and x[right] - x[right - 1] < most:
            widest = max(widest, float(x[right] - x[right - 1]))
    return widest
