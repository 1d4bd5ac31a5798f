"""Plane sections of a closed mesh: outlines, and what is read off them.

An outline (k, 2) is closed (its last point joins its first) and runs counter-clockwise about the
bone, clockwise about a hole in it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array

Outline = Array


def section(mesh: Mesh, origin: Array, along: Array, up: Array) -> list[Outline]:
    """Outlines where the plane through `origin` (3,) mm cuts the mesh.

    `along` and `up` (3,) are unit vectors that span the plane; outlines are in their coordinates,
    relative to `origin`. Raises ValueError where the mesh is not closed.
    """
    normal = np.cross(along, up)
    height = mesh.vertices @ normal - origin @ normal
    side = height > 0.0
    corner_side = side[mesh.triangles]
    count = corner_side.sum(axis=1)
    rows = np.flatnonzero((count > 0) & (count < 3))
    if len(rows) == 0:
        return []
    triangles = mesh.triangles[rows].astype(np.int64)
    corner_side = corner_side[rows]
    after = np.roll(triangles, -1, axis=1)
    side_after = np.roll(corner_side, -1, axis=1)
    leaving = corner_side & ~side_after
    entering = ~corner_side & side_after
    # in an outward triangle the outline runs from the edge that goes below the plane
    first = np.c_[triangles[leaving], after[leaving]]
    last = np.c_[triangles[entering], after[entering]]
    n = len(mesh.vertices)
    key_first = first.min(axis=1) * n + first.max(axis=1)
    key_last = last.min(axis=1) * n + last.max(axis=1)
    keys, where = np.unique(key_first, return_index=True)
    step = np.searchsorted(keys, key_last)
    if len(keys) != len(key_first) or (step == len(keys)).any() or (keys[step] != key_last).any():
        raise ValueError("the mesh is not closed: close its holes before measuring it")
    a, b = first[:, 0], first[:, 1]
    share = (height[a] / (height[a] - height[b]))[:, None]
    p = mesh.vertices[a] + (mesh.vertices[b] - mesh.vertices[a]) * share - origin
    flat = np.c_[p @ along, p @ up]
    following = where[step].tolist()
    seen = [False] * len(following)
    outlines = []
    for start in range(len(following)):
        loop = []
        at = start
        while not seen[at]:
            seen[at] = True
            loop.append(at)
            at = following[at]
        if len(loop) > 2:
            outlines.append(flat[loop])
    return outlines


def area_and_centre(outline: Outline) -> tuple[float, Array]:
    """The area (mm², negative for a hole) and the centre of area (2,) of an outline."""
    q = np.roll(outline, -1, axis=0)
    cross = outline[:, 0] * q[:, 1] - outline[:, 1] * q[:, 0]
    area = cross.sum() / 2.0
    if abs(area) < 1e-9:
        return 0.0, outline.mean(axis=0)
    centre: Array = ((outline + q) * cross[:, None]).sum(axis=0) / (6.0 * area)
    return float(area), centre


def crossings(outlines: list[Outline], axis: int, at: float) -> Array:
    """Where the line of constant coordinate `axis` = `at` crosses the outlines: sorted, (k,)."""
    found = []
    for outline in outlines:
        d = outline[:, axis] - at
        e = np.roll(d, -1)
        i = np.flatnonzero((d > 0.0) != (e > 0.0))
        other = outline[:, 1 - axis]
        share = d[i] / (d[i] - e[i])
        found.append(other[i] + (np.roll(other, -1)[i] - other[i]) * share)
    return np.sort(np.concatenate(found)) if found else np.zeros(0)


def length_inside(outline: Outline, axis: int, at: float) -> float:
    """How much of the line of constant coordinate `axis` = `at` lies within an outline, mm."""
    x = crossings([outline], axis, at)
    return float((x[1::2] - x[::2]).sum())


def pieces_below(outlines: list[Outline], limit: float) -> list[Outline]:
    """The outlines of what lies at or below `limit` in the second coordinate."""
    whole, arcs = [], []
    for outline in outlines:
        low = outline[:, 1] <= limit
        if low.all():
            whole.append(outline)
        elif low.any():
            arcs += _arcs_below(outline, low, limit)
    # along the line the bone lies between an arc's end and the next arc's start to its left
    starts = np.array([arc[0, 0] for arc in arcs])
    order = np.argsort(starts)
    left = set(range(len(arcs)))
    while left:
        first = at = left.pop()
        chain = [arcs[at]]
        while True:
            place = int(np.searchsorted(starts[order], arcs[at][-1, 0])) - 1
            at = int(order[max(place, 0)])
            if at == first or at not in left:
                break
            left.remove(at)
            chain.append(arcs[at])
        whole.append(np.concatenate(chain))
    return whole


def _arcs_below(outline: Outline, low: NDArray[np.bool_], limit: float) -> list[Outline]:
    """The runs of an outline at or below `limit`, each with its ends on the line."""
    start = int(np.flatnonzero(low & ~np.roll(low, 1))[0])
    points = np.roll(outline, -start, axis=0)
    low = np.roll(low, -start)
    change = np.flatnonzero(low != np.roll(low, 1))
    arcs = []
    for begin, end in zip(change[::2], change[1::2], strict=True):
        before = _on_line(points[begin - 1], points[begin], limit)
        behind = _on_line(points[end - 1], points[end], limit)
        arcs.append(np.r_[[before], points[begin:end], [behind]])
    return arcs


def _on_line(p: Array, q: Array, limit: float) -> Array:
    """Where the segment from `p` to `q` (2,) crosses `limit` in its second coordinate."""
    share = (limit - p[1]) / (q[1] - p[1])
    result: Array = p + (q - p) * share
    return result


def smallest_rectangle(outline: Outline) -> tuple[float, float, Array]:
    """The smallest rectangle, at any turn, around an outline: sides mm, direction of the long one.

    The short side comes first; the direction is a unit vector (2,).
    """
    from scipy.spatial import ConvexHull

    hull = outline[ConvexHull(outline).vertices]
    edge = np.roll(hull, -1, axis=0) - hull
    edge = edge / np.linalg.norm(edge, axis=1)[:, None]
    across = np.c_[-edge[:, 1], edge[:, 0]]
    wide, high = np.ptp(hull @ edge.T, axis=0), np.ptp(hull @ across.T, axis=0)
    best = int(np.argmin(wide * high))
    if wide[best] > high[best]:
        return float(high[best]), float(wide[best]), edge[best]
    return float(wide[best]), float(high[best]), across[best]
