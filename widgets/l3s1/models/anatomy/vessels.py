"""The great vessels before the bodies, and the superior hypogastric plexus below their fork.

The aorta runs left of the middle and divides in front of L4; the vena cava runs right of it and is
joined from the iliac veins lower down. The left common iliac vein crosses behind the right common
iliac artery. The plexus lies in front of L5 and the promontory, before the left vein.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from l3s1.models.anatomy.canal import Wall, sacral_front, wall
from l3s1.models.anatomy.column import Column, relaxed, smoothstep
from l3s1.models.anatomy.ligaments import across
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.skeleton import STANDING
from l3s1.models.anatomy.soft_parts import Numbers, size, sizes, soft_part, value
from l3s1.models.anatomy.tubes import chord, curve, joined, tube
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import Layer, Tissue

LATERAL = np.array([1.0, 0.0, 0.0])
FORWARD = np.array([0.0, -1.0, 0.0])

SIDES = (("left", 1.0), ("right", -1.0))
"""Sides, each with the sign of its x."""

TRUNK_RINGS, TRUNK_SIDES = 26, 14
BRANCH_RINGS, BRANCH_SIDES = 24, 12
STRAND_RINGS, STRAND_SIDES = 22, 5

TOP = -18.0
"""mm along the front wall where the vessels begin: above L2."""

SIDES_KNOTS = np.array([0.0, 7.0, 14.0])
"""mm from the middle at which the front of the bodies is read."""

HELD = 16.0
"""mm from its start within which a branch is still led by the vessel that it leaves."""

APART_ROUNDS = 24
"""How often a vessel is moved off another one."""

TRUNK_ROUNDS, BRANCH_ROUNDS = 14, 2
"""How often lines are smoothed: a great vessel does not follow the waist of each body."""


@dataclass(frozen=True)
class Front:
    """The front of the column: where it is at any height and lateral distance."""

    column: Column
    walls: dict[float, Wall]

    @property
    def middle(self) -> Wall:
        """The front wall in the mirror plane."""
        return self.walls[0.0]

    def at(self, mm: Array, x: Array, gap: Array) -> Array:
        """Points (n, 3) that lie `gap` (n,) mm before the bodies at heights mm and lateral x."""
        near = np.clip(np.abs(x), 0.0, SIDES_KNOTS[-1])
        points, normals = across(self.column, self.walls, SIDES_KNOTS, near, mm, False, 30.0)
        result: Array = points + gap[:, None] * normals
        result[:, 0] = x
        return result

    def height(self, place: Mapping[str, Any]) -> float:
        """How far along the middle a place "at, towards, share" lies, mm."""
        return self.middle.mark(place["at"], place["share"], place["towards"])


def front_of(column: Column, numbers: Numbers) -> Front:
    """The front of the column, discs included."""
    bulge = size(numbers, "column", "disc_bulge")
    return Front(column, {0.0: wall(column, 0.0, behind=False, below=36.0, bulge=bulge)})


def clear(column: Column, line: Array, radii: Array, gap: float) -> Array:
    """A line (n, 3) moved forwards until a vessel of `radii` (n,) keeps `gap` mm from bone."""
    moved = line.copy()
    for _ in range(20):
        lack = np.maximum(radii + gap - column.room(moved), 0.0)
        smooth = np.convolve(np.pad(lack, 2, mode="edge"), np.full(5, 0.2), mode="valid")
        moved = moved + np.maximum(lack, smooth)[:, None] * FORWARD * 0.5
    return moved


def apart(line: Array, radii: Array, other: Array, room: Array) -> Array:
    """A line (n, 3) moved forwards until it keeps off another vessel's line (m, 3).

    `room` (m,) mm: that vessel's radius and the distance wanted from its wall. The line's start,
    within the vessel that it leaves, stays where it is.
    """
    held = smoothstep(chord(line) / HELD)
    push = np.zeros(len(line))
    for turn in range(APART_ROUNDS):
        at = line + push[:, None] * FORWARD
        distance = np.linalg.norm(at[:, None] - other[None], axis=2)
        lack = (radii[:, None] + room[None] - distance).max(axis=1)
        push = push + 0.5 * np.maximum(lack, 0.0) * held
        if turn < APART_ROUNDS // 3:
            mean = np.convolve(np.pad(push, 2, mode="edge"), np.full(5, 0.2), mode="valid")
            push = np.maximum(push, mean * held)
    result: Array = line + push[:, None] * FORWARD
    return result


@dataclass(frozen=True)
class Vessel:
    """A vessel before it is meshed: its line (n, 3) and half-axes (n, 2) mm, lateral first."""

    line: Array
    half_axes: Array

    @property
    def radii(self) -> Array:
        """The mean half-axis (n,) mm."""
        result: Array = self.half_axes.mean(axis=1)
        return result


def aorta(front: Front, numbers: Numbers) -> Vessel:
    """The aorta from above L2 to its bifurcation."""
    end = front.height(value(numbers, "vessels", "bifurcation"))
    x, radius = sizes(numbers, "vessels", "aorta"), sizes(numbers, "vessels", "aorta_radius")
    gaps = value(numbers, "vessels", "gap")
    knots = np.array([TOP, front.middle.mark("L3.superior"), end])
    gap = np.array([gaps["L2"], gaps["L3"], gaps["L4"]]) + radius
    path = front.at(knots_between(knots), *filled(knots, x, gap))
    line = relaxed(curve(path, TRUNK_RINGS), TRUNK_ROUNDS)
    share = chord(line) / chord(line)[-1]
    radii = np.interp(share, [0.0, 0.5, 1.0], radius)
    return Vessel(clear(front.column, line, radii, gaps["L2"]), np.c_[radii, radii])


def knots_between(knots: Array) -> Array:
    """Heights from the first to the last of `knots` (k,), five to a span."""
    count = 5 * (len(knots) - 1) + 1
    result: Array = np.interp(np.linspace(0, len(knots) - 1, count), np.arange(len(knots)), knots)
    return result


def filled(knots: Array, x: Array, gap: Array) -> tuple[Array, Array]:
    """Lateral distance and gap at `knots_between(knots)`."""
    mm = knots_between(knots)
    return np.interp(mm, knots, x), np.interp(mm, knots, gap)


def cava(front: Front, numbers: Numbers) -> Vessel:
    """The inferior vena cava from above L2 to the confluence of the iliac veins."""
    end = front.height(value(numbers, "vessels", "confluence"))
    x, half = sizes(numbers, "vessels", "cava"), sizes(numbers, "vessels", "cava_half_axes")
    gap = size(numbers, "vessels", "cava_gap")
    knots = np.array([TOP, front.middle.mark("L3.superior"), end])
    gaps = np.full(3, gap + half[1])
    path = front.at(knots_between(knots), *filled(knots, x, gaps))
    line = relaxed(curve(path, TRUNK_RINGS), TRUNK_ROUNDS)
    half_axes = np.tile(half, (len(line), 1))
    return Vessel(clear(front.column, line, half_axes[:, 1], gap), half_axes)


def pelvic_end(front: Front, numbers: Numbers, kind: str, side: float) -> Array:
    """Two points (2, 3) mm: above the pelvic brim, and where a common iliac vessel ends."""
    column = front.column
    lateral, before, below = value(numbers, "vessels", "pelvis")[kind]
    back = column.skeleton.bones["sacrum"].poses[STANDING].rotation[:, 1]
    end = sacral_front(column, lateral, np.array([below]))[0] - before * back
    result: Array = end * [side, 1.0, 1.0]
    return result


def artery(front: Front, numbers: Numbers, trunk: Vessel, side: float) -> Vessel:
    """A common iliac artery, from within the aorta's end to the pelvic brim."""
    radius = size(numbers, "vessels", "artery_radius")
    gaps = value(numbers, "vessels", "gap")
    gap = gaps["left_artery"] if side > 0.0 else gaps["right_artery"]
    middle = front.middle
    fork = trunk.line[-1]
    mm = np.array(
        [middle.mark("L5.superior"), middle.mark("L5.middle"), middle.mark("L5.inferior")]
    )
    x = fork[0] + (side * np.array([12.0, 18.0, 23.0]) - fork[0]) * [0.8, 1.0, 1.0]
    path = front.at(mm, x, np.full(3, gap + radius))
    # beyond the flank of the bodies the way leads backwards to the brim
    end = pelvic_end(front, numbers, "artery", side)
    path[1:, 1] = path[1:, 1] + (end[1] - path[1:, 1]) * [0.12, 0.45]
    start = fork + np.array([side * 2.4, 0.0, 3.0])
    line = relaxed(curve(np.concatenate([[start], path, [end]]), BRANCH_RINGS), BRANCH_ROUNDS)
    radii = np.full(len(line), radius)
    return Vessel(clear(front.column, line, radii, 2.0), np.c_[radii, radii])


def vein(front: Front, numbers: Numbers, trunk: Vessel, side: float) -> Vessel:
    """A common iliac vein, from the pelvic brim to within the vena cava's end."""
    half = sizes(numbers, "vessels", "vein_half_axes")
    gap = size(numbers, "vessels", "vein_gap")
    middle = front.middle
    joint = trunk.line[-1]
    end = pelvic_end(front, numbers, "vein", side)
    start = joint + np.array([side * 2.5, 0.0, 3.0])
    if side > 0.0:
        mm = np.array(
            [
                middle.mark("L5.middle", 0.3, "L5.inferior"),
                middle.mark("L5.inferior"),
                middle.mark("L5.disc") + 3.0,
            ]
        )
        x = np.array([-2.0, 10.0, 19.0])
        bend = np.array([0.0, 0.05, 0.4])
    else:
        mm = np.array([middle.mark("L5.middle", 0.6, "L5.inferior"), middle.mark("L5.disc")])
        x = np.array([-18.0, -22.0])
        bend = np.array([0.15, 0.5])
    path = front.at(mm, x, np.full(len(mm), gap + half[1]))
    path[:, 1] = path[:, 1] + (end[1] - path[:, 1]) * bend
    line = relaxed(curve(np.concatenate([[start], path, [end]]), BRANCH_RINGS), BRANCH_ROUNDS)
    half_axes = np.tile(half, (len(line), 1))
    return Vessel(clear(front.column, line, half_axes[:, 0], 1.2), half_axes)


def vessel_part(column: Column, name: str, vessel: Vessel, tissue: Tissue, sides: int) -> Part:
    """A vessel as a part of `sides`-cornered rings."""
    tangent = np.gradient(vessel.line, axis=0)
    up = np.cross(FORWARD, tangent)
    mesh = tube(vessel.line, vessel.half_axes, up * np.sign(up[:, :1]), sides)
    return soft_part(column, name, mesh, tissue=tissue, layer=Layer.VESSELS)


def plexus(front: Front, numbers: Numbers, left_vein: Vessel) -> Part:
    """Strands from before the fork of the aorta to the promontory, and two hypogastric nerves."""
    radius = size(numbers, "plexus", "strand_radius")
    lateral, gap = size(numbers, "plexus", "lateral"), size(numbers, "plexus", "gap")
    middle = front.middle
    top = front.height(value(numbers, "vessels", "bifurcation")) + 6.0
    meet = middle.mark("sacrum.superior")
    stop_x, below = sizes(numbers, "plexus", "nerves")
    meshes = []
    for offset in (-2.4, -0.8, 0.8, 2.4):
        mm = np.linspace(top, meet, 12)
        share = np.linspace(0.0, 1.0, 12)
        wave = 1.0 - 0.65 * np.sin(np.pi * share) ** 2
        x = lateral * share + 1.8 * offset * wave * (1.0 - 0.6 * share)
        side = np.sign(offset)
        line = front.at(mm, x, np.full(12, gap + radius))
        lower = sacral_front(front.column, float(stop_x), np.array([below]))[0]
        lower = lower * [side, 1.0, 1.0] + 4.0 * FORWARD
        half = (line[-1] + lower) / 2.0 + 3.0 * FORWARD - [0.35 * lower[0], 0.0, 0.0]
        line = curve(np.concatenate([line, [half, lower + 0.4 * offset * LATERAL]]), STRAND_RINGS)
        radii = np.full(len(line), radius)
        line = clear(front.column, line, radii, gap)
        room = left_vein.radii + gap
        line = apart(line, radii, left_vein.line, room)
        meshes.append(tube(line, np.c_[radii, radii], LATERAL, STRAND_SIDES))
    return soft_part(
        front.column,
        "superior_hypogastric_plexus",
        joined(meshes),
        tissue=Tissue.NERVE,
        layer=Layer.VESSELS,
    )


def vessel_parts(column: Column, numbers: Numbers) -> list[Part]:
    """Aorta, vena cava, common iliac vessels and the plexus; not mirrored, for they are not."""
    front = front_of(column, numbers)
    between = size(numbers, "vessels", "between")
    trunk, great_vein = aorta(front, numbers), cava(front, numbers)
    veins = {side: vein(front, numbers, great_vein, sign) for side, sign in SIDES}
    arteries = {}
    for side, sign in SIDES:
        each = artery(front, numbers, trunk, sign)
        line = each.line
        for other in (great_vein, *veins.values()):
            line = apart(line, each.radii, other.line, other.radii + between)
        arteries[side] = Vessel(relaxed(line, BRANCH_ROUNDS), each.half_axes)
    found = [
        vessel_part(column, "abdominal_aorta", trunk, Tissue.ARTERY, TRUNK_SIDES),
        vessel_part(column, "inferior_vena_cava", great_vein, Tissue.VEIN, TRUNK_SIDES),
    ]
    for side, _ in SIDES:
        name = f"common_iliac_artery.{side}"
        found.append(vessel_part(column, name, arteries[side], Tissue.ARTERY, BRANCH_SIDES))
        name = f"common_iliac_vein.{side}"
        found.append(vessel_part(column, name, veins[side], Tissue.VEIN, BRANCH_SIDES))
    return [*found, plexus(front, numbers, veins["left"])]
