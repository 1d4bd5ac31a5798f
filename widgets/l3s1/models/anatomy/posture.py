"""How the bones stand to each other: stacked from the sacrum upwards.

A segment's angle is the one that radiographs give: from the superior end plate of the upper bone to
the superior end plate of the lower one, lordosis positive. It is the upper body's wedge and the
disc's angle together; the wedge is in the bone, so the disc takes the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from l3s1.models.anatomy.plates import Plate, Plates
from l3s1.models.anatomy.pose import Pose, tilt
from l3s1.models.bones.numbers import entry, number
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import MotionSegment

SACRUM = "sacrum"

POSTURES = ("standing", "supine")

SACRAL_SLOPES = (-10.0, 80.0)
"""Degrees between which a sacrum can be stood."""

LEAST_GAP = 1.0
"""mm that must stay between two end plates in front and behind."""


def bones_of(segment: str) -> tuple[str, str]:
    """The upper and the lower bone of a segment: ("L5", "sacrum") for "L5-S1"."""
    upper, lower = MotionSegment(segment).value.split("-")
    return upper, SACRUM if lower == "S1" else lower


@dataclass(frozen=True)
class SegmentPosture:
    """How the upper bone of a segment lies to the lower one.

    `angle` degrees of lordosis, superior plate to superior plate; `height` mm from plate centre to
    plate centre, along the normal of the plates' bisector; `shift` mm by which the upper centre
    lies behind the lower one, along the bisector.
    """

    angle: float
    height: float
    shift: float


@dataclass(frozen=True)
class Posture:
    """A whole spine: `sacral_slope` degrees to the horizontal, and its segments by name."""

    sacral_slope: float
    segments: Mapping[str, SegmentPosture]


def posture_from(numbers: Mapping[str, Any], name: str) -> Posture:
    """Read "standing" or "supine" from nested mappings, as `assets/spine/posture.yaml` holds them.

    Raises ValueError naming what is missing, has the wrong shape, or is unknown.
    """
    if name not in POSTURES:
        raise ValueError(f"posture: {name!r} is unknown; use one of {', '.join(POSTURES)}")
    segments = {}
    for segment, n in entry(numbers, "segments", "posture").items():
        where = f"posture.segments.{segment}"
        angle = entry(entry(n, "angle", where), name, f"{where}.angle")
        segments[MotionSegment(segment).value] = SegmentPosture(
            angle=number(angle, "value", f"{where}.angle.{name}"),
            height=number(entry(n, "disc_height", where), "value", f"{where}.disc_height"),
            shift=number(entry(n, "shift", where), "value", f"{where}.shift"),
        )
    slope = entry(entry(numbers, "sacral_slope", "posture"), name, "posture.sacral_slope")
    return Posture(number(slope, "value", f"posture.sacral_slope.{name}"), segments)


def disc_heights(segment: SegmentPosture, upper: Plates, lower: Plates) -> tuple[float, float]:
    """Height in mm of a disc in front and behind, along the normal of its plates' bisector.

    Both are measured at half the mean depth of the two plates from the centre.
    """
    disc = np.radians(segment.angle - upper.wedge)
    half = (upper.resting().depth + lower.superior.depth) / 4.0
    opened = 2.0 * half * np.sin(disc / 2.0)
    return float(segment.height + opened), float(segment.height - opened)


def angle_range(segment: SegmentPosture, upper: Plates, lower: Plates) -> tuple[float, float]:
    """Degrees between which the segment's angle leaves `LEAST_GAP` in front and behind."""
    half = (upper.resting().depth + lower.superior.depth) / 4.0
    room = np.clip((segment.height - LEAST_GAP) / (2.0 * half), 0.0, 1.0)
    most = float(2.0 * np.degrees(np.arcsin(room)))
    return upper.wedge - most, upper.wedge + most


def compute_poses(plates: Mapping[str, Plates], posture: Posture) -> dict[str, Pose]:
    """Where each bone lies in the spine's frame, from the sacrum upwards.

    `plates`: end plates by bone, each in its own frame. Bones come up to the first one that is
    missing from `plates` or whose segment is missing from the posture; the sacrum must be there.
    Raises ValueError where the sacral slope or a segment's angle is out of range, saying the range.
    """
    low, high = SACRAL_SLOPES
    if SACRUM not in plates:
        raise ValueError("poses: the sacrum is missing; the spine stands on it")
    if not low <= posture.sacral_slope <= high:
        raise ValueError(
            f"poses: a sacral slope of {posture.sacral_slope:g} degrees; give {low:g} to {high:g}"
        )
    below = plates[SACRUM].superior
    turn = posture.sacral_slope - below.slope
    poses = {SACRUM: Pose(tilt(turn), -tilt(turn) @ below.centre)}
    for name in reversed([segment.value for segment in MotionSegment]):
        upper, lower = bones_of(name)
        if name not in posture.segments or upper not in plates:
            break
        poses[upper] = _on_top(
            plates[upper], poses[lower], plates[lower], name, posture.segments[name]
        )
    return poses


def _on_top(upper: Plates, pose: Pose, lower: Plates, name: str, segment: SegmentPosture) -> Pose:
    """The pose of a segment's upper bone, given that of the lower one."""
    least, most = angle_range(segment, upper, lower)
    if not least <= segment.angle <= most:
        raise ValueError(
            f"poses: {name} at {segment.angle:g} degrees closes its disc of {segment.height:g} mm;"
            f" give {least:.1f} to {most:.1f} degrees, or a higher disc"
        )
    disc = segment.angle - upper.wedge
    resting: Plate = lower.superior
    along: Array = pose.rotation @ (resting.posterior - resting.anterior)
    slope = float(np.degrees(np.arctan2(along[2], along[1])))
    bisector = tilt(slope - disc / 2.0)
    centre = pose(resting.centre[None])[0] + bisector @ [0.0, segment.shift, segment.height]
    rotation = tilt(slope - disc - upper.resting().slope)
    return Pose(rotation, centre - rotation @ upper.resting().centre)
