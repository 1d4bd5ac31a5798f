"""The spine cut by a plane: the outline of every part there, and what a corridor meets.

Coordinates in a section are mm from its origin, along its two axes. An axial section through a disc
has x to the patient's left and y posterior; a section from the left has x posterior and y superior.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from l3s1.models.anatomy.part import Part
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import Tissue

_ASIDE = 1.7e-5
"""mm by which a plane is moved, so that it meets no vertex."""


@dataclass(frozen=True)
class Plane:
    """`origin` (3,) in mm, and two unit axes (3,) at right angles."""

    origin: Array
    x: Array
    y: Array

    @property
    def normal(self) -> Array:
        """The unit vector across the plane."""
        return np.cross(self.x, self.y)

    def flat(self, points: Array) -> Array:
        """Points (n, 3) in the plane's own two coordinates (n, 2)."""
        moved = points - self.origin
        return np.column_stack([moved @ self.x, moved @ self.y])


@dataclass(frozen=True)
class Outline:
    """A part where the plane cuts it: closed rings (n, 2), holes as rings of their own."""

    name: str
    tissue: Tissue
    rings: tuple[Array, ...]


def disc_plane(segment: Mapping[str, Any]) -> Plane:
    """The plane of a disc, from a pack's segment: x to the patient's left, y posterior."""
    forward = np.array(segment["forward"], dtype=float)
    return Plane(np.array(segment["centre"], dtype=float), np.array([1.0, 0.0, 0.0]), -forward)


def sagittal_plane(left_mm: float) -> Plane:
    """A plane `left_mm` to the left of the midline, seen from the left: x posterior, y superior."""
    return Plane(
        np.array([left_mm, 0.0, 0.0]), np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
    )


def cut_parts(parts: Iterable[Part], plane: Plane) -> list[Outline]:
    """The outlines of all parts that the plane cuts."""
    found = []
    for part in parts:
        rings = cut_mesh(part.mesh, plane)
        if rings:
            found.append(Outline(part.name, part.tissue, tuple(rings)))
    return found


def cut_mesh(mesh: Mesh, plane: Plane) -> list[Array]:
    """The closed rings (n, 2) in which a plane cuts a closed mesh.

    Raises ValueError where the mesh is not closed there, so that a ring has an end.
    """
    height = (mesh.vertices - plane.origin) @ plane.normal - _ASIDE
    above = height > 0.0
    triangles = mesh.triangles[above[mesh.triangles].any(1) & ~above[mesh.triangles].all(1)]
    if not len(triangles):
        return []
    edges = np.stack([triangles, np.roll(triangles, -1, axis=1)], axis=2)
    crossed = above[edges[..., 0]] != above[edges[..., 1]]
    pairs = np.sort(edges[crossed].reshape(-1, 2), axis=1)
    keys, places = np.unique(pairs, axis=0, return_inverse=True)
    share = height[keys[:, 0]] / (height[keys[:, 0]] - height[keys[:, 1]])
    ends = mesh.vertices[keys]
    points = plane.flat(ends[:, 0] + share[:, None] * (ends[:, 1] - ends[:, 0]))
    return [points[ring] for ring in _chained(places.reshape(-1, 2), len(keys))]


def _chained(links: NDArray[np.intp], count: int) -> list[list[int]]:
    """Places 0 … count − 1, each in two of the links (m, 2), in the order of their rings."""
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for one, other in links:
        neighbours[one].append(int(other))
        neighbours[other].append(int(one))
    if any(len(each) != 2 for each in neighbours):
        raise ValueError("a mesh that is not closed can't be cut: an outline would have an end")
    rings, seen = [], [False] * count
    for start in range(count):
        ring, at, before = [], start, -1
        while not seen[at]:
            seen[at] = True
            ring.append(at)
            first, second = neighbours[at]
            at, before = (second if first == before else first), at
        if ring:
            rings.append(ring)
    return rings


def simplified(ring: Array, within_mm: float) -> Array:
    """A closed ring (n, 2) with fewer points, none of the others further than `within_mm` off.

    By the method of Ramer, Douglas and Peucker, from the two points that lie farthest apart.
    """
    if len(ring) < 4:
        return ring
    first = int(np.argmin(ring[:, 0]))
    turned = np.roll(ring, -first, axis=0)
    far = int(np.argmax(((turned - turned[0]) ** 2).sum(1)))
    closed = np.concatenate([turned, turned[:1]])
    one, other = _kept(closed[: far + 1], within_mm), _kept(closed[far:], within_mm)
    return np.concatenate([one[:-1], other[:-1]])


def _kept(line: Array, within_mm: float) -> Array:
    """The points of an open line (n, 2) that it needs."""
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    waiting = [(0, len(line) - 1)]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:
            continue
        along = line[end] - line[start]
        length = float(np.hypot(*along))
        off = line[start + 1 : end] - line[start]
        distance = (
            np.abs(along[0] * off[:, 1] - along[1] * off[:, 0]) / length
            if length > 0.0
            else np.hypot(off[:, 0], off[:, 1])
        )
        most = int(np.argmax(distance))
        if distance[most] > within_mm:
            keep[start + 1 + most] = True
            waiting += [(start, start + 1 + most), (start + 1 + most, end)]
    return line[keep]


def inside(points: Array, rings: Sequence[Array]) -> NDArray[np.bool_]:
    """Which points (n, 2) lie within rings, holes left out (even–odd rule)."""
    found = np.zeros(len(points), dtype=bool)
    x, y = points[:, :1], points[:, 1:]
    for ring in rings:
        (x0, y0), (x1, y1) = ring.T, np.roll(ring, -1, axis=0).T
        rise = np.where(y0 == y1, 1.0, y1 - y0)
        between = (y < y0) != (y < y1)
        ahead = x < x0 + (y - y0) / rise * (x1 - x0)
        found ^= (between & ahead).sum(1) % 2 == 1
    return found


def strip_ring(
    at: tuple[float, float], from_deg: float, width_mm: float, length_mm: float
) -> Array:
    """A strip's four corners (4, 2) in a disc's plane.

    It ends at `at` and comes from `from_deg`: 0 anterior, 90 the patient's left, 180 posterior.
    """
    turn = np.radians(from_deg)
    out = np.array([np.sin(turn), -np.cos(turn)])
    aside = np.array([-out[1], out[0]]) * (width_mm / 2.0)
    end = np.array(at, dtype=float)
    far = end + out * length_mm
    return np.array([end - aside, end + aside, far + aside, far - aside])


def area_met(outline: Outline, corridor: Array, step_mm: float = 0.5) -> float:
    """How much of an outline (mm²) lies within a corridor's ring (n, 2), counted on a grid."""
    corners = np.concatenate(outline.rings)
    low = np.floor(np.maximum(corridor.min(0), corners.min(0)) / step_mm) * step_mm
    high = np.minimum(corridor.max(0), corners.max(0))
    x, y = np.meshgrid(
        np.arange(low[0] + step_mm / 2, high[0], step_mm),
        np.arange(low[1] + step_mm / 2, high[1], step_mm),
    )
    points = np.column_stack([x.ravel(), y.ravel()])
    points = points[inside(points, [corridor])]
    return float(inside(points, outline.rings).sum()) * step_mm**2


def wound(rings: Sequence[Array]) -> list[Array]:
    """An outline's rings (n, 2), the outer ones turned one way and holes the other.

    So drawn, parts that overlap cover one another, and a hole stays a hole.
    """
    found = []
    for index, ring in enumerate(rings):
        others = [each for place, each in enumerate(rings) if place != index]
        hole = bool(inside(ring[:1], others)[0])
        found.append(ring[::-1] if (signed_area(ring) > 0.0) == hole else ring)
    return found


def signed_area(ring: Array) -> float:
    """A ring's area (mm²), negative where it turns from y to x."""
    x, y = ring.T
    return float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 2.0
