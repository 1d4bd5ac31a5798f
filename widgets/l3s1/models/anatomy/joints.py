"""Facets that fit their mates: where two bones come too close, both give way to a middle surface.

With a and b the distances of a point to two bones, a = b is the surface halfway between them. The
first bone keeps what lies at least half a gap on its own side, (a − b + gap) / 2 ≤ 0, and the
second likewise: the gap stays free between them and the surfaces that face each other are
congruent. Where the bones are further apart than the gap anyway, nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from l3s1.models.anatomy.pose import Pose
from l3s1.models.anatomy.skeleton import PosedBone
from l3s1.models.bones.sdf import Array, Field, smooth_max
from l3s1.vocabulary import Side

LEAST_LATERAL = 5.0
"""mm from the mirror plane beyond which a facet joint is sought."""

FACET_SHARE = 0.25
"""Share of the points halfway between two bones, the nearest, that stand for their joint."""

NEAR = 5.0
"""mm from a bone's surface within which its mates are looked at; neighbours overlap by less."""

NEARBY = 14.0
"""mm from a mate beyond which it is not looked at in further poses: it is never moved as far."""

FAR = 1e3
"""mm: what stands for the distance to a mate that is out of reach."""


@dataclass(frozen=True)
class Mate:
    """A neighbouring bone: its field, and where its frame lies in this bone's frame.

    `low`, `high` (3,) mm: the box in the mate's frame outside of which it plays no part.
    """

    field: Field
    frames: tuple[Pose, ...]
    low: Array
    high: Array

    def distance(self, p: Array, frame: Pose) -> Array:
        """Distance (n,) mm to the mate of points (n, 3) in this frame; `FAR` out of reach."""
        there = frame.inverse()(p)
        near = ((there > self.low) & (there < self.high)).all(axis=1)
        result = np.full(len(p), FAR)
        if near.any():
            result[near] = self.field(there[near])
        return result


@dataclass(frozen=True)
class Joint:
    """How a joint is cut: `gap` mm between the bones, edges rounded over `rounding` mm."""

    gap: float
    rounding: float


@dataclass(frozen=True)
class FittedField:
    """A bone's field with its joints fitted: `own`, and each mate with the joint to it."""

    own: Field
    mates: Sequence[tuple[Mate, Joint]]

    def __call__(self, p: Array) -> Array:
        """The field (n,) mm at points (n, 3) mm in the bone's frame."""
        bare = self.own(p)
        result = bare.copy()
        for mate, joint in self.mates:
            near = np.flatnonzero(np.abs(bare) < NEAR)
            for frame in mate.frames:
                away = mate.distance(p[near], frame)
                apart = (bare[near] - away + joint.gap) / 2.0
                result[near] = smooth_max(result[near], apart, joint.rounding)
                near = near[away < NEARBY]
        return result


def facet_middle(upper: PosedBone, lower: PosedBone) -> Array:
    """The middle (3,) mm of the left facet joint when standing, in the lower bone's frame.

    It is the mean of the points halfway between the bones, where these are nearest to each other,
    around the tips of the two articular processes. Raises ValueError where the processes lie apart.
    """
    frame = lower.poses["standing"].inverse().after(upper.poses["standing"])
    side = Side.LEFT
    above = frame(upper.landmarks[f"inferior_articular_process.tip.{side}"].at[None])[0]
    below = lower.landmarks[f"superior_articular_process.tip.{side}"].at
    offsets = np.arange(-14.0, 14.5, 1.0)
    grid = np.stack(np.meshgrid(offsets, offsets, offsets, indexing="ij"), -1).reshape(-1, 3)
    points = (above + below) / 2.0 + grid
    points = points[points[:, 0] > LEAST_LATERAL]
    a, b = upper.field(frame.inverse()(points)), lower.field(points)
    halfway = np.abs(a - b) < 1.0
    if not halfway.any():
        raise ValueError(f"joints: {upper.name} and {lower.name} do not face each other")
    room = (a + b)[halfway]
    nearest = room < np.quantile(room, FACET_SHARE)
    result: Array = points[halfway][nearest].mean(axis=0)
    return result
