"""The muscles beside the column: psoas in front, multifidus and erector spinae behind.

Each is a loft of rounded sections; where bone is in the way, the section is drawn in, so that the
muscle lies against the bodies, laminae and processes.
"""

from __future__ import annotations

import numpy as np

from l3s1.models.anatomy.column import Column, fitted, settled_line
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.skeleton import STANDING
from l3s1.models.anatomy.soft_parts import (
    Numbers,
    arch_weights,
    both_sides,
    size,
    sizes,
    soft_part,
)
from l3s1.models.anatomy.tubes import chord, curve, rings, rounded_loft, section
from l3s1.models.bones.sdf import Array, pchip
from l3s1.vocabulary import Layer, Tissue

MUSCLE_RINGS, MUSCLE_SIDES = 34, 20

EXPONENT = 2.3
"""How square the sections are."""

HELD_OFF = 3.0
"""mm from bone within which the middle of no section lies."""

FITTING_ROUNDS = 24
"""How often a muscle is smoothed where bone draws it in."""

LATERAL = np.array([1.0, 0.0, 0.0])


def muscle_loft(column: Column, numbers: Numbers, knots: Array, half_axes: Array) -> Array:
    """Rings (n, k, 3) of a muscle along knots (k, 3), clear of bone; half-axes (k, 2) at them."""
    line = curve(knots, MUSCLE_RINGS)
    line = settled_line(column, line, np.full(len(line), HELD_OFF), 0.0)
    gone = chord(line)
    at = np.array([gone[np.argmin(((line - knot) ** 2).sum(1))] for knot in knots])
    at[[0, -1]] = gone[[0, -1]]
    half = pchip(gone, at, half_axes)
    target = rings(line, half, LATERAL, section(MUSCLE_SIDES, EXPONENT))
    # no muscle of one side reaches across the middle, where the interspinous ligaments are
    target[..., 0] = np.maximum(target[..., 0], size(numbers, "muscles", "off_middle"))
    clearance = size(numbers, "muscles", "clearance")
    return fitted(column.room, line, target, clearance, FITTING_ROUNDS)


def psoas(column: Column, numbers: Numbers) -> Part:
    """The left psoas, from beside L2 to below the pelvic brim."""
    group = "psoas_major"
    lateral, forward = sizes(numbers, group, "lateral"), sizes(numbers, group, "forward")
    lumbar = [name for name in column.bones if name != "sacrum"]
    middles = []
    top = column.skeleton.bones[lumbar[0]]
    above = size(numbers, group, "above_l2") * top.poses[STANDING].rotation[:, 2]
    plate = column.spine_frame(top.name, top.plates.superior.centre[None])[0]
    middles.append(plate + above)
    middles.extend(column.skeleton.pose(name).shift for name in lumbar)
    middles.append(column.skeleton.landmark("sacrum.promontory"))
    end = size(numbers, group, "end_below_plate")
    middles.append(np.array([0.0, middles[-1][1], -end]))
    knots = np.array(middles) * [0.0, 1.0, 1.0]
    knots[:, 0] = lateral
    knots[:, 1] -= np.r_[forward[:-2], 0.0, 0.0]
    knots[-2:, 1] = middles[-2][1] - forward[-2:] + forward[-2]
    around = muscle_loft(column, numbers, knots, sizes(numbers, group, "half_axes"))
    mesh = rounded_loft(around, (3.0, 4.0))
    return soft_part(column, f"{group}.left", mesh, tissue=Tissue.MUSCLE, layer=Layer.MUSCLES)


def back_muscle(column: Column, numbers: Numbers, group: str) -> Part:
    """A left muscle behind the arches, from above L2 to the sacrum."""
    places, half_axes = sizes(numbers, group, "middle"), sizes(numbers, group, "half_axes")
    knots = []
    for name, place in zip([*column.bones, column.bones[-1]], places, strict=True):
        bone = column.skeleton.bones[name]
        corner = bone.plates.superior.posterior
        level = corner[2] if name == "sacrum" else 0.0
        own = np.array([place[0], corner[1] + place[1], level - place[2]])
        knots.append(column.spine_frame(name, own[None])[0])
    above = knots[0] - knots[1]
    start = knots[0] + size(numbers, group, "above_l2") * above / np.linalg.norm(above)
    line = np.array([start, *knots])
    around = muscle_loft(column, numbers, line, np.concatenate([half_axes[:1], half_axes]))
    mesh = rounded_loft(around, (3.0, 3.0))
    return soft_part(
        column,
        f"{group}.left",
        mesh,
        tissue=Tissue.MUSCLE,
        layer=Layer.MUSCLES,
        weights=arch_weights(column, mesh.vertices),
    )


def muscle_parts(column: Column, numbers: Numbers) -> list[Part]:
    """Psoas, multifidus and erector spinae of both sides."""
    return both_sides(
        [
            psoas(column, numbers),
            back_muscle(column, numbers, "multifidus"),
            back_muscle(column, numbers, "erector_spinae"),
        ]
    )
