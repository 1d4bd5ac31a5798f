"""The walls of the column in the mirror plane: where sac, ligaments and vessels run along it.

A wall is a curve of points from superior to inferior, on the back or the front of the bodies and
discs, with the unit normal that leads away from them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from l3s1.models.anatomy.column import Column, reach
from l3s1.models.anatomy.tubes import chord, curve
from l3s1.models.bones.sdf import Array

SHARES = (0.92, 0.72, 0.5, 0.28, 0.08)
"""Where a body's wall is read, as a share of its height from inferior to superior."""

BEHIND = 6.0
"""mm behind the body from where its posterior wall is sought: within the canal."""

BEFORE = 25.0
"""mm in front of the body from where its anterior wall is sought."""

SACRAL_REACH = 14.0
"""mm from the middle of the sacral canal within which its walls are sought."""

SACRAL_STEP = 4.0
"""mm by which the sacral canal is followed from station to station."""


@dataclass(frozen=True)
class Wall:
    """A curve along the column: `points` (n, 3) mm and `normals` (n, 3) away from the bodies.

    `marks` gives mm along the curve of "L4.superior", "L4.middle", "L4.inferior" and so on.
    """

    points: Array
    normals: Array
    marks: dict[str, float]

    def at(self, mm: Array) -> tuple[Array, Array]:
        """Points (k, 3) and normals (k, 3) that far along the curve, which goes on straight."""
        gone = chord(self.points)
        inner = np.clip(mm, 0.0, gone[-1])
        points = np.stack([np.interp(inner, gone, self.points[:, i]) for i in range(3)], 1)
        normals = np.stack([np.interp(inner, gone, self.normals[:, i]) for i in range(3)], 1)
        ahead = self.points[[0, -1]] - self.points[[1, -2]]
        ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
        points += np.maximum(-mm, 0.0)[:, None] * ahead[0]
        points += np.maximum(mm - gone[-1], 0.0)[:, None] * ahead[1]
        return points, normals / np.linalg.norm(normals, axis=1, keepdims=True)

    def mark(self, name: str, share: float = 0.0, towards: str | None = None) -> float:
        """How far along the curve a mark lies, mm, or the point a share of the way to another."""
        start = self.marks[name]
        return start if towards is None else start + share * (self.marks[towards] - start)


def body_wall(column: Column, bone: str, x: float, behind: bool, shares: Array) -> Array:
    """Points (k, 3) of a lumbar body's wall at `x` mm, spine's frame, at shares of its height."""
    plates = column.skeleton.bones[bone].plates
    lower, upper = plates.resting(), plates.superior
    ends = (lower.posterior, upper.posterior) if behind else (lower.anterior, upper.anterior)
    start = ends[0] + np.asarray(shares)[:, None] * (ends[1] - ends[0])
    start[:, 0] = x
    away = 1.0 if behind else -1.0
    start[:, 1] += away * (BEHIND if behind else BEFORE)
    ray = np.array([0.0, -away, 0.0])
    return column.spine_frame(bone, column.hit(bone, start, ray, BEHIND + BEFORE))


def sacral_front(column: Column, x: float, depths: Array) -> Array:
    """Points (k, 3) on the sacrum's ventral side at `x` mm, at depths (k,) mm below its plate."""
    plate = column.skeleton.bones["sacrum"].plates.superior
    down = -plate.normal
    forward = (plate.anterior - plate.posterior) / plate.depth
    start = plate.anterior + np.asarray(depths)[:, None] * down + BEFORE * forward
    start[:, 0] = x
    return column.spine_frame("sacrum", column.hit("sacrum", start, -forward, 3.0 * BEFORE))


def sacral_canal(column: Column, length: float) -> Array:
    """Points (k, 3) mm on the front wall of the sacral canal in the mirror plane, own frame.

    It is followed for `length` mm from behind the end plate: at each step the wall is sought
    forwards, and the way goes on along it.
    """
    bone = column.skeleton.bones["sacrum"]
    field = column.fields["sacrum"]
    plate = bone.plates.superior
    centre = plate.posterior + BEHIND * (plate.posterior - plate.anterior) / plate.depth
    along = -plate.normal
    fronts: list[Array] = []
    for _ in range(int(length / SACRAL_STEP)):
        guess = centre + SACRAL_STEP * along
        across = np.array([0.0, along[2], -along[1]])
        ahead, behind = (
            reach(field, guess[None], ray[None], np.array([SACRAL_REACH]), 0.0)[0]
            for ray in (across, -across)
        )
        front = guess + ahead * across
        centre = front - min((ahead + behind) / 2.0, BEHIND) * across
        if fronts:
            step = front - fronts[-1]
            along = along + 0.5 * step / np.linalg.norm(step)
            along = along / np.linalg.norm(along)
        fronts.append(front)
    return np.array(fronts)


def smooth_wall(knots: Array, names: list[str], away: float, count: int) -> Wall:
    """The wall through knots (k, 3) in one sagittal plane; named knots become its marks.

    `away` is 1 where the normal leads backwards and −1 where it leads forwards.
    """
    line = curve(knots, count)
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    # the curve runs downwards, so that its left normal in the plane leads forwards
    normals = np.cross(tangent, [1.0, 0.0, 0.0]) * away
    normals *= np.sign((normals * [0.0, away, 0.0]).sum(1).mean())
    gone = chord(line)
    marks = {}
    for name, knot in zip(names, knots, strict=True):
        if name:
            marks[name] = float(gone[np.argmin(((line - knot) ** 2).sum(1))])
    return Wall(line, normals, marks)


def wall(column: Column, x: float, behind: bool, below: float, bulge: float) -> Wall:
    """The posterior or anterior wall of all bodies and discs at `x` mm.

    It goes on for `below` mm beneath the sacrum's plate. Discs stand out by `bulge` mm from the
    straight line between their neighbours' edges.
    """
    away = 1.0 if behind else -1.0
    knots: list[Array] = []
    names: list[str] = []
    lumbar = [name for name in column.bones if name != "sacrum"]
    rows = {name: body_wall(column, name, x, behind, np.array(SHARES)) for name in lumbar}
    if behind:
        sacral = column.spine_frame("sacrum", sacral_canal(column, below))
        sacral[:, 0] = x
    else:
        sacral = sacral_front(column, x, np.arange(3.0, below, 6.0))
    for name, following in zip(lumbar, [*lumbar[1:], "sacrum"], strict=True):
        row = rows[name]
        knots.extend(row)
        names.extend([f"{name}.superior", "", f"{name}.middle", "", f"{name}.inferior"])
        after = rows[following][0] if following in rows else sacral[0]
        way = after - row[-1]
        out = np.cross(way, [1.0, 0.0, 0.0])
        out *= away * np.sign(out[1]) / np.linalg.norm(out)
        knots.append((row[-1] + after) / 2.0 + bulge * out)
        names.append(f"{name}.disc")
    knots.extend(sacral)
    names.extend(["sacrum.superior", *[""] * (len(sacral) - 1)])
    return smooth_wall(np.array(knots), names, away, 240)
