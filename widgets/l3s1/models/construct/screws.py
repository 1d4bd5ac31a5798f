"""Pedicle screws: where they lie in the bone, how much bone surrounds them, and how they look.

A screw follows its pedicle's axis: the landmark `L4.pedicle.left` of the skeleton. It enters where
that line leaves the bone behind. All lengths are mm in the spine's frame, standing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from l3s1.models.anatomy.skeleton import PosedBone, Skeleton
from l3s1.models.anatomy.tubes import joined, loft, section
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.models.construct.numbers import LEVELS, ScrewNumbers, ScrewSize
from l3s1.vocabulary import Side

BEHIND = 45.0
"""mm behind the isthmus within which a pedicle's axis leaves the bone."""

STEP = 0.2
"""mm between two looks along an axis."""

SIDES = 8
HEAD_SIDES = 22
MIRROR = np.array([-1.0, 1.0, 1.0])


@dataclass(frozen=True)
class Screw:
    """A pedicle screw.

    `isthmus` (3,): the middle of the pedicle; `entry` (3,): where the axis leaves the bone;
    `axis` (3,): unit, towards the tip; `seat` (3,): the middle of the rod in the head.
    """

    level: str
    side: Side
    size: ScrewSize
    isthmus: Array
    entry: Array
    axis: Array
    seat: Array

    @property
    def name(self) -> str:
        """As parts are named: "L4.pedicle_screw.left"."""
        return f"{self.level}.pedicle_screw.{self.side}"

    @property
    def tip(self) -> Array:
        """The end of the shank."""
        result: Array = self.entry + self.axis * self.size.length
        return result

    def at(self, depths: Array) -> Array:
        """Points (n, 3) of the axis, `depths` (n,) mm from the entry."""
        result: Array = self.entry + np.asarray(depths)[:, None] * self.axis
        return result

    def mirrored(self) -> Screw:
        """The same screw of the other side."""
        side = Side.RIGHT if self.side is Side.LEFT else Side.LEFT
        points = (each * MIRROR for each in (self.isthmus, self.entry, self.axis, self.seat))
        return Screw(self.level, side, self.size, *points)


def bone_of(level: str) -> str:
    """The bone that holds a screw of that level."""
    return "sacrum" if level == "S1" else level


def entry_of(bone: PosedBone, at: Array, axis: Array) -> Array:
    """Where the line through `at` (3,) against `axis` (3,) leaves a bone behind: (3,) mm."""
    depths = np.arange(0.0, BEHIND, STEP)
    outside = bone.distance(at - depths[:, None] * axis) > 0.0
    if not outside.any():
        raise ValueError(f"{bone.name}: the pedicle's axis does not leave the bone behind")
    result: Array = at - depths[int(np.argmax(outside))] * axis
    return result


def place_screws(skeleton: Skeleton, numbers: ScrewNumbers) -> dict[str, Screw]:
    """The screws of all levels, left and right, by name."""
    screws = {}
    for level in LEVELS:
        bone = bone_of(level)
        at = skeleton.landmark(f"{bone}.pedicle.{Side.LEFT}")
        axis = skeleton.axis(f"{bone}.pedicle.{Side.LEFT}")
        entry = entry_of(skeleton.bones[bone], at, axis)
        seat = seat_of(skeleton, entry, axis, numbers)
        left = Screw(level, Side.LEFT, numbers.sizes[level], at, entry, axis, seat)
        for screw in (left, left.mirrored()):
            screws[screw.name] = screw
    return screws


def seat_of(skeleton: Skeleton, entry: Array, axis: Array, numbers: ScrewNumbers) -> Array:
    """The middle of the rod in a screw's head: as near to the bone as the head's room allows."""
    least, most = numbers.seat
    for away in np.arange(least, most, 0.25):
        seat: Array = entry - away * axis
        if skeleton.distance(seat[None])[0] >= numbers.head_room:
            return seat
    result: Array = entry - most * axis
    return result


def clearance(screw: Screw, bone: PosedBone) -> Array:
    """Bone (n,) mm around a screw in its pedicle: from its thread to the bone's surface.

    Along 10 mm before and behind the isthmus; negative where the screw breaks out.
    """
    depth = float((screw.isthmus - screw.entry) @ screw.axis)
    depths = np.linspace(max(depth - 10.0, 2.0), depth + 10.0, 41)
    radius = screw.size.diameter / 2.0
    _, first, second = _across(screw.axis)
    angles = np.arange(24) * 2.0 * np.pi / 24
    ring = np.cos(angles)[:, None] * first + np.sin(angles)[:, None] * second
    surface = screw.at(depths)[:, None] + radius * ring[None]
    room = -bone.distance(surface.reshape(-1, 3)).reshape(len(depths), -1)
    result: Array = room.min(axis=1)
    return result


def _across(axis: Array, hint: Array | None = None) -> tuple[Array, Array, Array]:
    """The axis and two unit directions square to it; the first lies nearest `hint`."""
    hint = np.array([1.0, 0.0, 0.0]) if hint is None else hint
    first = hint - axis * (hint @ axis)
    first = first / np.linalg.norm(first)
    return axis, first, np.cross(axis, first)


def shank_mesh(screw: Screw, numbers: ScrewNumbers) -> Mesh:
    """The threaded shank, from within the head to the tip."""
    radius = screw.size.diameter / 2.0
    core = radius * numbers.core
    start = -float(np.linalg.norm(screw.entry - screw.seat)) + 3.2
    rows = [(start, core * 0.9), (0.4, core)]
    end = screw.size.length - numbers.tip
    at = 1.2
    while at + numbers.pitch < end:
        rows += [(at, core), (at + 0.62 * numbers.pitch, radius)]
        at += numbers.pitch
    rows += [(end, core), (screw.size.length - 1.2, core * 0.62)]
    depths = np.array([depth for depth, _ in rows])
    radii = np.array([size for _, size in rows])
    _, first, second = _across(screw.axis)
    outline = section(SIDES)
    ring = outline[:, 0:1] * first + outline[:, 1:2] * second
    around = screw.at(depths)[:, None] + radii[:, None, None] * ring[None]
    return loft(around, around[0].mean(0), screw.tip)


def head_mesh(screw: Screw, numbers: ScrewNumbers, along: Array, rod_radius: float) -> Mesh:
    """The head: a cup with a slot for the rod that runs `along` (3,), and its set screw."""
    up = -screw.axis
    _, up, _ = _across(along, up)
    side = np.cross(along, up)
    angles = np.arange(HEAD_SIDES) * 2.0 * np.pi / HEAD_SIDES
    r, inner = numbers.head_radius, numbers.head_radius - 2.1
    floor, top = -rod_radius - 0.15, numbers.head_height - rod_radius - 3.0
    base = floor - 3.2
    # the slot is as wide as the rod: there the wall ends at the rod's lower side
    slot = np.abs(np.sin(angles)) * r < rod_radius + 0.35
    wall = np.where(slot, floor + 0.5, top)

    def ring(radius: float, height: Array | float) -> Array:
        """A ring (k, 3) about the head's axis."""
        h = np.broadcast_to(np.asarray(height, float), angles.shape)
        flat = np.cos(angles)[:, None] * along + np.sin(angles)[:, None] * side
        result: Array = screw.seat + radius * flat + h[:, None] * up
        return result

    cup = np.stack(
        [
            ring(r * 0.45, base),
            ring(r * 0.72, base + 0.5),
            ring(r - 0.45, base + 2.3),
            ring(r, base + 2.9),
            ring(r, wall - 0.5),
            ring(r - 0.5, wall),
            ring(inner + 0.35, wall),
            ring(inner, np.minimum(wall - 0.35, wall)),
            ring(inner, floor + 0.15),
            ring(inner - 0.4, floor),
        ]
    )
    shell = loft(cup, screw.seat + base * up, screw.seat + floor * up)
    low, high = rod_radius - 0.3, top - 0.7
    plug = np.stack(
        [
            ring(inner - 0.2, low),
            ring(inner - 0.2, high - 0.4),
            ring(inner - 0.6, high),
            ring(2.0, high),
            ring(1.9, high - 1.6),
        ]
    )
    lid = loft(plug, screw.seat + low * up, screw.seat + (high - 1.6) * up)
    return joined([shell, lid])


def screw_mesh(screw: Screw, numbers: ScrewNumbers, along: Array, rod_radius: float) -> Mesh:
    """Shank and head of a screw whose rod runs `along` (3,)."""
    return joined([shank_mesh(screw, numbers), head_mesh(screw, numbers, along, rod_radius)])


def halo_mesh(screw: Screw, wide: float) -> Mesh:
    """A sleeve `wide` mm around the shank: where bone has gone, as a loose screw shows on CT."""
    depths = np.linspace(0.5, screw.size.length - 0.5, 9)
    radii = np.full(len(depths), screw.size.diameter / 2.0 + wide)
    radii[0] *= 0.9
    _, first, second = _across(screw.axis)
    outline = section(14)
    ring = outline[:, 0:1] * first + outline[:, 1:2] * second
    around = screw.at(depths)[:, None] + radii[:, None, None] * ring[None]
    return loft(
        around, screw.at(np.array([0.0]))[0], screw.at(np.array([screw.size.length + 1.0]))[0]
    )
