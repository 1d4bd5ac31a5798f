"""How a screw in its bone looks: two sections in its own planes, and the view from behind.

Everything is lines of points in mm, few enough to send at every step. The sections' origin is the
entry. "axial" holds the screw and the patient's left: it runs to the left, then forward along the
screw; "sagittal" holds the screw and the normal of the superior end plate: forward, then up. The
view from behind looks along the superior end plate: to the left, then up.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.ndimage import binary_closing, binary_fill_holes

from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.models.bones.section import section
from l3s1.models.screw_trajectory.bone import Bone
from l3s1.models.screw_trajectory.breach import Placed, place
from l3s1.models.screw_trajectory.plan import ScrewPlan

CLOSER = 0.25
"""mm by which a line may leave the outline it stands for."""

SHORTEST = 3
"""An outline of fewer points is not drawn."""

CELL = 0.8
"""mm of the grid on which the outline from behind is found."""

SEEN = 48.0
"""mm from the entry beyond which a section's parts other than bone are not drawn."""

ROUND = 48
"""Points of the screw's outline from behind."""

LEFT = np.array([1.0, 0.0, 0.0])

STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""The four steps around a cell, counter-clockwise."""

CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))
"""The corner of the cell from which each begins."""


def draw(bone: Bone, plan: ScrewPlan) -> dict[str, Any]:
    """The three pictures of a screw in its bone, as JSON takes them; PlanError as in `solve`."""
    screw = place(bone, plan)
    forward = screw.axis - LEFT * (screw.axis @ LEFT)
    level = screw.axis - bone.up * (screw.axis @ bone.up)
    return {
        "axial": _cut(screw, LEFT, forward / np.linalg.norm(forward)),
        "sagittal": _cut(screw, level / np.linalg.norm(level), bone.up),
        "posterior": _behind(screw),
    }


def _cut(screw: Placed, along: Array, up: Array) -> dict[str, Any]:
    """The section through the entry that `along` and `up` (3,) span, and the screw in it."""
    bone = screw.bone
    axis = np.array([screw.axis @ along, screw.axis @ up])
    aside = np.array([-axis[1], axis[0]]) * screw.radius
    end = axis * screw.plan.length_mm
    beside = {}
    for name, mesh in bone.beside.items():
        lines = _lines(mesh, screw.entry, along, up)
        lines = [line for line in lines if (np.abs(np.array(line)) < SEEN).all()]
        if lines:
            beside[name] = lines
    return {
        "bone": _lines(bone.surface.mesh, screw.entry, along, up),
        "screw": _short(np.stack([aside, aside + end, end - aside, -aside])),
        "beside": beside,
    }


def _lines(mesh: Mesh, origin: Array, along: Array, up: Array) -> list[list[list[float]]]:
    """The outlines of a mesh in a plane, thinned."""
    found = [thinned_line(outline, CLOSER) for outline in section(mesh, origin, along, up)]
    return [_short(line) for line in found if len(line) >= SHORTEST]


def _behind(screw: Placed) -> dict[str, Any]:
    """The view from behind."""
    bone, sign = screw.bone, screw.plan.sign

    def seen(p: Array) -> Array:
        """Points (n, 3) as seen from behind: (n, 2)."""
        return np.stack([p[:, 0], p @ bone.up], axis=1)

    angle = np.arange(ROUND) * 2.0 * np.pi / ROUND
    rings = [screw.at(np.full(ROUND, depth), angle) for depth in (0.0, screw.plan.length_mm)]
    pedicle = None
    way = bone.corridor
    if way.outline is not None:
        ring = way.centre + way.outline[:, :1] * way.across + way.outline[:, 1:] * way.upward
        pedicle = _short(thinned_line(seen(ring * np.array([sign, 1.0, 1.0])), CLOSER))
    return {
        "bone": outline_from_behind(bone),
        "pedicle": pedicle,
        "reference": [
            round(float(bone.reference[0] * sign), 1),
            round(float(bone.reference[1]), 1),
        ],
        "entry": _short(seen(screw.entry[None]))[0],
        "tip": _short(seen(screw.tip[None]))[0],
        "screw": _short(hull(seen(np.concatenate(rings)))),
    }


@lru_cache(maxsize=64)
def outline_from_behind(bone: Bone) -> list[list[list[float]]]:
    """The outlines of a bone seen from behind, thinned."""
    half = bone.surface.samples
    both = np.concatenate([half, half * np.array([-1.0, 1.0, 1.0])])
    flat = np.stack([both[:, 0], both @ bone.up], axis=1)
    return [_short(thinned_line(line, CLOSER)) for line in silhouettes(flat)]


def _short(points: Array) -> list[list[float]]:
    """Points (n, 2) rounded to a tenth of a millimetre."""
    result: list[list[float]] = (np.round(points, 1) + 0.0).tolist()
    return result


def hull(points: Array) -> Array:
    """The convex outline (k, 2) of points (n, 2), counter-clockwise."""
    rows = sorted(set(map(tuple, points.tolist())))

    def half(ordered: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        """One chain of the outline."""
        chain: list[tuple[float, float]] = []
        for x, y in ordered:
            while len(chain) > 1:
                (ax, ay), (bx, by) = chain[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0.0:
                    break
                chain.pop()
            chain.append((x, y))
        return chain[:-1]

    return np.array(half(rows) + half(rows[::-1]))


def thinned_line(points: Array, tolerance: float) -> Array:
    """A closed line (k, 2) with fewer points, nowhere farther than `tolerance` mm from the first.

    Douglas and Peucker's method, from the first point and the one farthest from it.
    """
    if len(points) < SHORTEST:
        return points
    far = int(np.argmax(((points - points[0]) ** 2).sum(axis=1)))
    closed = np.concatenate([points, points[:1]])
    keep = np.zeros(len(closed), dtype=bool)
    keep[[0, far, -1]] = True
    spans = [(0, far), (far, len(closed) - 1)]
    while spans:
        a, b = spans.pop()
        if b - a < 2:
            continue
        step, to = closed[b] - closed[a], closed[a + 1 : b] - closed[a]
        share = np.clip(to @ step / max(float(step @ step), 1e-12), 0.0, 1.0)
        away = np.linalg.norm(to - share[:, None] * step, axis=1)
        worst = int(np.argmax(away))
        if away[worst] > tolerance:
            middle = a + 1 + worst
            keep[middle] = True
            spans += [(a, middle), (middle, b)]
    result: Array = closed[:-1][keep[:-1]]
    return result


def silhouettes(points: Array) -> list[Array]:
    """The outer outlines (k, 2) of what points (n, 2) mm, strewn densely, cover."""
    low = points.min(axis=0) - 4.0 * CELL
    cells = np.floor((points - low) / CELL).astype(int)
    covered = np.zeros(cells.max(axis=0) + 5, dtype=bool)
    covered[tuple(cells.T)] = True
    covered = binary_fill_holes(binary_closing(covered, iterations=2))
    # cells' borders, cell on the left: each starts at one corner of the grid
    ahead: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for (di, dj), (oi, oj) in zip(STEPS, CORNERS, strict=True):
        # to the right of the step lies the neighbour (i + dj, j - di)
        neighbour = np.roll(covered, (-dj, di), axis=(0, 1))
        for i, j in np.argwhere(covered & ~neighbour).tolist():
            ahead.setdefault((i + oi, j + oj), []).append((i + oi + di, j + oj + dj))
    outlines = []
    while ahead:
        at = start = next(iter(ahead))
        loop = []
        while at in ahead:
            loop.append(at)
            ends = ahead[at]
            following = ends.pop()
            if not ends:
                del ahead[at]
            at = following
        if at == start and len(loop) > 8 / CELL:
            line = low + np.array(loop) * CELL
            smooth = (np.roll(line, 1, axis=0) + line + np.roll(line, -1, axis=0)) / 3.0
            outlines.append(smooth)
    return outlines
