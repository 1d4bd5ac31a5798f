"""A person's sacrum: four readings of callipers, and the template warped until it has them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from l3s1.models.bones.callipers import X, Y, Z
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.person import TOLERANCE_MM, PersonBone, mean_ratio, tolerance
from l3s1.models.bones.sdf import Array
from l3s1.models.bones.section import (
    Outline,
    area_and_centre,
    crossings,
    pieces_below,
    section,
)
from l3s1.models.bones.warp import soft_step, stretched

SACRUM_DIMENSIONS: Mapping[str, str] = {
    "end_plate_width_mm": "widest across in front, 3 mm below the end plate's centre",
    "end_plate_depth_mm": "front to back in the mirror plane, 3 mm below the end plate's centre",
    "overall_width_mm": "of the whole bone, along x",
    "ventral_length_mm": "front at that level to the lowest point of the mirror plane, straight",
}
"""What the callipers read of a sacrum, in the frame of its end plate."""

PLATE_LEVEL = 3.0
"""mm below the end plate's centre at which its width and depth are read."""

WIDTH_LIMIT = 0.1
"""Widths are read in front of this share of the depth behind the middle: without the wings."""

PLATE_DEPTH, PLATE_FADE = 25.0, 6.0
"""mm below the end plate where its width and depth have half their say, and over how much."""

ROUNDS = 8
"""Most rounds of generate, measure, correct."""


def body_outline(mesh: Mesh) -> Outline:
    """The outline (y, z) mm of a sacrum's body in its mirror plane x = 0.

    ValueError where the mesh is not closed or has no body at x = 0.
    """
    outlines = [o for o in section(mesh, np.zeros(3), Y, Z) if area_and_centre(o)[0] > 150.0]
    if not outlines:
        raise ValueError("no sacral body at x = 0: give a whole sacrum in mm, x left, z superior")
    return min(outlines, key=lambda o: float(o[:, 0].min()))


def read_sacrum(mesh: Mesh) -> dict[str, float]:
    """All `SACRUM_DIMENSIONS` of a sacrum in its own frame.

    ValueError where the mesh is not closed or has no body at x = 0.
    """
    body = body_outline(mesh)
    level = np.array([0.0, 0.0, -PLATE_LEVEL])
    front, back = crossings([body], 1, -PLATE_LEVEL)[[0, -1]]
    limit = (front + back) / 2.0 + WIDTH_LIMIT * (back - front)
    pieces = pieces_below(section(mesh, level, X, Y), limit)
    plate = max(pieces, key=lambda piece: area_and_centre(piece)[0])
    low = body[int(np.argmin(body[:, 1]))]
    return {
        "end_plate_width_mm": float(np.ptp(plate[:, 0])),
        "end_plate_depth_mm": float(back - front),
        "overall_width_mm": float(np.ptp(mesh.vertices[:, 0])),
        "ventral_length_mm": float(np.hypot(low[0] - front, low[1] + PLATE_LEVEL)),
    }


def person_sacrum(template: Mesh, given: Mapping[str, float]) -> PersonBone:
    """The sacrum on which callipers read what is given (any of `SACRUM_DIMENSIONS`)."""
    readings = read_sacrum(template)
    if not given:
        return PersonBone(template, readings)
    overall = mean_ratio(given, readings)
    aims = {name: given.get(name, value * overall) for name, value in readings.items()}
    mesh, found = template, readings
    for _ in range(ROUNDS):
        vertices = _warped(template.vertices, readings, aims, overall)
        mesh = Mesh(vertices, template.triangles)
        found = read_sacrum(mesh)
        over = {name: found[name] - given[name] for name in given}
        if max(map(abs, over.values())) < TOLERANCE_MM / 5.0:
            break
        aims |= {name: aims[name] - miss for name, miss in over.items()}
    missed = {n: found[n] - given[n] for n in given if abs(found[n] - given[n]) > tolerance(n)}
    return PersonBone(mesh, found, missed)


def _warped(
    p: Array, readings: Mapping[str, float], aims: Mapping[str, float], overall: float
) -> Array:
    """Points (n, 3) mm, stretched along z, then y, then x, each growing with its coordinate."""
    ratio = {name: aims[name] / readings[name] for name in readings}
    result = p.copy()
    result[:, 2] *= ratio["ventral_length_mm"]
    plate = soft_step(result[:, 2] + PLATE_DEPTH, PLATE_FADE)
    result[:, 1] *= overall + (ratio["end_plate_depth_mm"] - overall) * plate
    half, new_half = (each["overall_width_mm"] / 2.0 for each in (readings, aims))
    edge = readings["end_plate_width_mm"] / 2.0
    inner = overall + (ratio["end_plate_width_mm"] - overall) * plate
    beyond = np.maximum((new_half - edge * inner) / (half - edge), 0.3)
    x = stretched(np.abs(result[:, 0]), (edge,), (inner, beyond))
    result[:, 0] = x * np.sign(result[:, 0])
    return result
