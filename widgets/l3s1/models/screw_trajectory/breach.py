"""How far a screw breaks out of the bone, and how much bone is left: by direction, in mm.

The breach in a direction is the largest signed distance to the bone's surface over the points of
the solid screw that lie there (`sectors.py`): positive outside, negative the least bone left. In
the pedicle it is also measured in the plane of the narrowest section, to the outline of the
pedicle, and the larger counts: in the canal the nearest bone can be another wall than the one that
was broken.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from l3s1.models.bones.sdf import Array
from l3s1.models.bones.section import Outline
from l3s1.models.screw_trajectory.bone import Bone
from l3s1.models.screw_trajectory.plan import ScrewPlan
from l3s1.models.screw_trajectory.sectors import (
    BEHIND,
    SECTORS,
    Sector,
    pedicle_shares,
    sectors,
)

ALONG = 0.4
"""mm between two looks along the screw; halved in each of the `ROUNDS`."""

AROUND = 64
"""Looks around the screw."""

CHOSEN = 32
"""How many of the likeliest looks of each sector are measured exactly."""

ROUNDS = (4, 3, 2, 1)
"""How many of the largest of each sector are looked around at in each round, twice as finely."""

DEEP = 3.0
"""mm of bone left beyond which only the largest is looked around at."""

INNER = ((0.85, 48), (0.7, 40), (0.55, 32), (0.4, 24), (0.25, 12), (0.1, 6), (0.0, 1))
"""Shares of the radius within the screw, and looks around there."""

BORDER = ((1.0, 360), (0.66, 120), (0.33, 60))
"""Shares of the radius, and looks around there, where counting begins: a wall may be met there."""

INWARD = 0.15
"""Share of the radius between two looks inward."""

NEIGHBOURS = np.array(
    [(i, j, 0) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j] + [(0, 0, -1), (0, 0, 1)], float
)
"""Where a place is looked around at: steps along, round and inward."""

RING = 180
"""Looks around the screw in the plane of the narrowest section."""


@dataclass(frozen=True)
class Placed:
    """A screw in its bone: `entry`, `axis`, `first`, `second` (3,): the axis and square to it."""

    bone: Bone
    plan: ScrewPlan
    entry: Array
    axis: Array
    first: Array
    second: Array

    @property
    def tip(self) -> Array:
        """The end of the screw (3,) mm."""
        result: Array = self.entry + self.axis * self.plan.length_mm
        return result

    @property
    def radius(self) -> float:
        """Half the diameter, mm."""
        return self.plan.diameter_mm / 2.0

    def at(self, depth: Array, angle: Array, share: Array | float = 1.0) -> Array:
        """Points (n, 3): `depth` mm along, `angle` rad round, at a share of the radius."""
        out = np.cos(angle)[:, None] * self.first + np.sin(angle)[:, None] * self.second
        reach = np.broadcast_to(np.asarray(share, float) * self.radius, depth.shape)
        result: Array = self.entry + depth[:, None] * self.axis + reach[:, None] * out
        return result

    def outside(self, p: Array) -> Array:
        """Signed distance (n,) mm of points (n, 3) to the screw, a cylinder; negative in it."""
        to = p - self.entry
        along = to @ self.axis
        aside = np.sqrt(np.maximum((to**2).sum(axis=1) - along**2, 0.0)) - self.radius
        beyond = np.maximum(-along, along - self.plan.length_mm)
        apart = np.hypot(np.maximum(aside, 0.0), np.maximum(beyond, 0.0))
        result: Array = apart + np.minimum(np.maximum(aside, beyond), 0.0)
        return result

    def start(self, angle: Array, share: Array | float = 1.0) -> Array:
        """Depth (n,) mm from which on the screw counts there: in the pedicle, or in the body."""
        way = self.bone.corridor
        mirror = np.array([self.plan.sign, 1.0, 1.0])
        base, axis = self.at(np.zeros_like(angle), angle, share) * mirror, self.axis * mirror
        pedicle = (-BEHIND - (base - way.centre) @ way.axis) / max(float(axis @ way.axis), 1e-3)
        body = (base[:, 1] - self.bone.wall) / max(-float(axis[1]), 1e-3)
        depth = np.minimum(pedicle, body)
        result: Array = np.clip(depth, 0.0, self.plan.length_mm)
        return result


def place(bone: Bone, plan: ScrewPlan) -> Placed:
    """The screw of a plan in its bone; PlanError where there is no bone to enter."""
    axis = bone.direction(plan)
    first = np.array([plan.sign, 0.0, 0.0])
    first = first - axis * (first @ axis)
    first = first / np.linalg.norm(first)
    # mirrored screws are mirror images, point by point
    second = np.cross(axis, first) * plan.sign
    return Placed(bone, plan, bone.entry(plan), axis, first, second)


def breaches(screw: Placed) -> dict[Sector, float]:
    """The breach (mm, signed) in each sector that the screw reaches."""
    found = _Largest(screw)
    found.add(*found.likely(*_looks(screw)))
    step = np.array([ALONG, 2.0 * np.pi / AROUND, INWARD])
    for kept in ROUNDS:
        step = step / 2.0
        found.add(*found.around(kept, step))
    best = found.best()
    for sector, value in isthmus_breaches(screw).items():
        best[sector] = max(value, best.get(sector, -np.inf))
    return best


def _looks(screw: Placed) -> tuple[Array, Array, Array]:
    """First looks: depths, angles and shares of the radius (n,), over the screw and within it."""
    rows = []
    length = screw.plan.length_mm
    for share, around in ((1.0, AROUND), *INNER):
        angle = np.arange(around) * 2.0 * np.pi / around
        start = screw.start(angle, share)
        count = int(np.ceil((length - start.min()) / ALONG)) + 1
        steps = np.linspace(0.0, 1.0, max(count, 2))[:, None]
        depth = start + (length - start) * steps
        angles = np.broadcast_to(angle, depth.shape)
        rows.append(np.stack([depth, angles, np.full(depth.shape, share)]).reshape(3, -1))
    for share, around in BORDER:
        angle = np.arange(around) * 2.0 * np.pi / around
        rows.append(np.stack([screw.start(angle, share), angle, np.full(around, share)]))
    depth, angle, share_row = np.concatenate(rows, axis=1)
    return depth, angle, share_row


class _Largest:
    """Looks at the screw and what was found there."""

    def __init__(self, screw: Placed) -> None:
        self._screw = screw
        self._rows = np.zeros((4, 0))
        self._sectors = np.zeros(0, dtype=np.intp)

    def add(self, depth: Array, angle: Array, share: Array) -> None:
        """Look there."""
        screw = self._screw
        points = screw.at(depth, angle, share)
        place = sectors(screw.bone, points, screw.plan.sign)
        inside = place != Sector.OUT
        rows = np.stack([depth, angle, share])[:, inside]
        values = screw.bone.surface.distance(points[inside])
        self._rows = np.concatenate([self._rows, np.vstack([rows, values])], axis=1)
        self._sectors = np.concatenate([self._sectors, place[inside]])

    def likely(self, depth: Array, angle: Array, share: Array) -> tuple[Array, Array, Array]:
        """Of many looks those that the rough field finds the farthest out in their sector."""
        screw = self._screw
        points = screw.at(depth, angle, share)
        place = sectors(screw.bone, points, screw.plan.sign)
        rough = screw.bone.surface.guess(points)
        chosen = [np.zeros(0, dtype=np.intp)]
        for sector in SECTORS:
            own = np.flatnonzero(place == sector)
            chosen.append(own[np.argsort(rough[own])[-CHOSEN:]])
        rows = np.concatenate(chosen)
        return depth[rows], angle[rows], share[rows]

    def around(self, kept: int, step: Array) -> tuple[Array, Array, Array]:
        """The neighbours of the `kept` largest of each sector: depths, angles, shares (n,).

        They lie a `step` (3,) away: mm along, rad round, share of the radius.
        """
        chosen = [np.zeros(0, dtype=np.intp)]
        for sector in np.unique(self._sectors):
            own = np.flatnonzero(self._sectors == sector)
            order = own[np.argsort(self._rows[3, own])]
            many = kept if self._rows[3, order[-1]] > -DEEP else 1
            chosen.append(order[-many:])
        middle = self._rows[:3, np.concatenate(chosen)]
        depth, angle, share = (middle[:, :, None] + (NEIGHBOURS * step).T[:, None]).reshape(3, -1)
        share = np.clip(share, 0.0, 1.0)
        low = self._screw.start(angle, share)
        return np.clip(depth, low, self._screw.plan.length_mm), angle, share

    def best(self) -> dict[Sector, float]:
        """The largest of each sector."""
        return {
            Sector(s): float(self._rows[3, self._sectors == s].max())
            for s in np.unique(self._sectors)
        }


def isthmus_breaches(screw: Placed) -> dict[Sector, float]:
    """The breach (mm, signed) in the plane of the pedicle's narrowest section, to its outline.

    Empty where that bone has no closed section, or the screw ends before it.
    """
    way = screw.bone.corridor
    if way.outline is None:
        return {}
    angle = np.tile(np.arange(RING) * 2.0 * np.pi / RING, 3)
    share = np.repeat([1.0, 0.5, 0.0], RING)
    mirror = np.array([screw.plan.sign, 1.0, 1.0])
    base = screw.at(np.zeros_like(angle), angle, share) * mirror - way.centre
    axis = screw.axis * mirror
    depth = -(base @ way.axis) / max(float(axis @ way.axis), 1e-3)
    met = (depth >= 0.0) & (depth <= screw.plan.length_mm)
    off = base[met] + depth[met, None] * axis
    flat = np.stack([off @ way.across, off @ way.upward], axis=1)
    values = outline_distance(way.outline, flat)
    place = np.argmax(pedicle_shares(screw.bone, off), axis=0)
    return {s: float(values[place == s].max()) for s in SECTORS[:4] if (place == s).any()}


def outline_distance(outline: Outline, p: Array) -> Array:
    """Signed distance (n,) mm of points (n, 2) to a closed outline (k, 2), negative inside."""
    start, step = outline, np.roll(outline, -1, axis=0) - outline
    square = np.maximum((step**2).sum(axis=1), 1e-12)
    to = p[:, None] - start
    share = np.clip((to * step).sum(axis=2) / square, 0.0, 1.0)
    apart = ((to - share[..., None] * step) ** 2).sum(axis=2).min(axis=1)
    end = start + step
    above = (start[:, 1] > p[:, 1:]) != (end[:, 1] > p[:, 1:])
    rise = np.where(step[:, 1] == 0.0, 1.0, step[:, 1])
    x = start[:, 0] + step[:, 0] * (p[:, 1:] - start[:, 1]) / rise
    inside = (above & (x > p[:, :1])).sum(axis=1) % 2 == 1
    result: Array = np.sqrt(apart) * np.where(inside, -1.0, 1.0)
    return result
