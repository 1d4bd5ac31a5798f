"""Named points of the bones, worked out from the numbers of their parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from l3s1.models.anatomy.plates import Plates
from l3s1.models.anatomy.skeleton import Landmark, PosedBone
from l3s1.models.bones.lumbar import Vertebra
from l3s1.models.bones.sacrum import Sacrum
from l3s1.models.bones.sdf import Array, SweptPart
from l3s1.vocabulary import Side

CORRIDOR = (-4.0, 20.0)
"""From where to where a pedicle's corridor is sought, mm in front of its isthmus."""

DEEP = 8.0
"""mm below the surface beyond which a corridor is not better for lying deeper."""

START_MEDIAL = 12.0
"""Degrees toward the midline from which the search for a corridor starts."""

MIRROR = np.array([-1.0, 1.0, 1.0])


def both_sides(name: str, left: Landmark) -> dict[str, Landmark]:
    """A landmark of the left side and its mirror image, named with their sides."""
    axis = None if left.axis is None else left.axis * MIRROR
    return {
        f"{name}.{Side.LEFT}": left,
        f"{name}.{Side.RIGHT}": Landmark(left.at * MIRROR, axis),
    }


def corridor(bone: Vertebra, plates: Plates) -> Landmark:
    """The left pedicle's corridor: the straight line through its isthmus with most bone around it.

    The line is sought through the narrowest station of the pedicle behind the body; what counts is
    the mean depth below the bone's surface along `CORRIDOR`, where more than `DEEP` is no better.
    """
    pedicle = bone.part("pedicle")
    points, _, _, axes = pedicle.sampled()
    wall = (plates.superior.posterior[1] + plates.resting().posterior[1]) / 2.0
    start = points[np.argmin(np.where(points[:, 1] > wall, axes.prod(1), np.inf))]
    along = np.linspace(*CORRIDOR, 25)

    def line(free: Array) -> tuple[Array, Array]:
        """A point in the isthmus's coronal plane and a direction, from four numbers."""
        medial, up = np.radians(free[2:])
        forward = [-np.sin(medial) * np.cos(up), -np.cos(medial) * np.cos(up), np.sin(up)]
        return start + np.array([free[0], 0.0, free[1]]), np.array(forward)

    def exposure(free: Array) -> float:
        """How near the surface the line lies on average: its negative depth in mm."""
        at, forward = line(free)
        return float(np.maximum(bone.distance(at + along[:, None] * forward), -DEEP).mean())

    simplex = np.zeros((5, 4))
    simplex[:, 2] = START_MEDIAL
    simplex[1:] += np.diag([2.0, 2.0, 8.0, 8.0])
    best = minimize(
        exposure,
        simplex[0],
        method="Nelder-Mead",
        options={"initial_simplex": simplex, "xatol": 1e-3, "fatol": 1e-5},
    )
    return Landmark(*line(np.asarray(best.x, float)))


def end_of(part: SweptPart, reach: float) -> Array:
    """The tip (3,) mm of a swept part: its last station, and its cap beyond it."""
    points, tangents, _, _ = part.sampled()
    result: Array = points[-1] + tangents[-1] * reach
    return result


def named(parts: Sequence[SweptPart], name: str) -> SweptPart:
    """The part of that name; KeyError where there is none."""
    for part in parts:
        if part.name == name:
            return part
    raise KeyError(name)


def plate_landmarks(plates: Plates) -> dict[str, Landmark]:
    """Centres and corners of the end plates, with their outward normals."""
    found = {}
    for name, plate in (("superior", plates.superior), ("inferior", plates.inferior)):
        if plate is not None:
            found[f"{name}_end_plate"] = Landmark(plate.centre, plate.normal)
            found[f"{name}_end_plate.anterior"] = Landmark(plate.anterior)
            found[f"{name}_end_plate.posterior"] = Landmark(plate.posterior)
    return found


def lumbar_landmarks(bone: Vertebra, plates: Plates) -> dict[str, Landmark]:
    """Landmarks of a lumbar vertebra in its own frame.

    Pedicles (the middle of the isthmus; the axis points from behind into the body, along the
    corridor), the tips of the processes, the middle of the pars, and the end plates.
    """
    found = plate_landmarks(plates)
    found |= both_sides("pedicle", corridor(bone, plates))
    for name in ("transverse_process", "superior_articular_process", "inferior_articular_process"):
        part = bone.part(name)
        found |= both_sides(f"{name}.tip", Landmark(end_of(part, part.caps[1])))
    pars = bone.part("pars")
    points = pars.sampled()[0]
    found |= both_sides("pars_interarticularis", Landmark(points[len(points) // 2]))
    spinous = bone.part("spinous_process")
    found["spinous_process.tip"] = Landmark(end_of(spinous, spinous.caps[1]) * [0.0, 1.0, 1.0])
    return found


def joint_landmarks(
    name: str, upper: PosedBone, lower: PosedBone, facet: Array
) -> dict[str, tuple[str, Landmark]]:
    """Landmarks of a segment: its disc, facet joints and foramina, carried by the lower bone.

    `facet` (3,) mm: the middle of the left facet joint in the lower bone's frame. A foramen's
    middle lies halfway between the pedicles above and below it.
    """
    frame = lower.poses["standing"].inverse().after(upper.poses["standing"])
    resting, seat = upper.plates.resting(), lower.plates.superior
    disc = (frame(resting.centre[None])[0] + seat.centre) / 2.0
    normal = seat.normal - frame.rotation @ resting.normal
    above = frame(upper.landmarks[f"pedicle.{Side.LEFT}"].at[None])[0]
    below = lower.landmarks[f"pedicle.{Side.LEFT}"].at
    marks: dict[str, Landmark] = {"disc": Landmark(disc, normal / np.linalg.norm(normal))}
    marks |= both_sides("facet", Landmark(facet))
    marks |= both_sides("foramen", Landmark((above + below) / 2.0))
    return {f"{name}.{short}": (lower.name, mark) for short, mark in marks.items()}


def sacral_landmarks(bone: Sacrum, plates: Plates) -> dict[str, Landmark]:
    """Landmarks of the sacrum in its own frame: end plate, promontory, S1 pedicles, facets' tips.

    A pedicle of S1 lies under its articular process, behind the plate's posterior edge, halfway
    between the plate and the first foramen; its axis leads to the promontory, half as far lateral.
    """
    found = plate_landmarks(plates)
    front = plates.superior.anterior
    found["promontory"] = Landmark(front)
    process = named(bone.parts, "superior_articular_process")
    found |= both_sides(f"{process.name}.tip", Landmark(end_of(process, process.caps[1])))
    floor = named(bone.holes, "first_ventral_foramen").line[:, 2].max()
    lateral = process.line[-1, 0]
    at = np.array([lateral, plates.superior.posterior[1], floor / 2.0])
    forward = front * [0.0, 1.0, 1.0] - at * [0.5, 1.0, 1.0]
    found |= both_sides("pedicle", Landmark(at, forward / np.linalg.norm(forward)))
    return found
