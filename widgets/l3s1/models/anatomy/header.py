"""What the pack's header says about the spine: poses, segments, landmarks."""

from __future__ import annotations

from typing import Any

import numpy as np

from l3s1.models.anatomy.posture import bones_of
from l3s1.models.anatomy.skeleton import STANDING, PosedBone, Skeleton
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import MotionSegment


def rounded(values: Array, places: int = 3) -> list[float]:
    """Numbers as a list, rounded; never −0."""
    result: list[float] = (np.round(values, places) + 0.0).ravel().tolist()
    return result


def poses_entry(skeleton: Skeleton) -> dict[str, dict[str, dict[str, list[float]]]]:
    """Every pose by name, then by bone: rotation row by row, and shift in mm."""
    names = next(iter(skeleton.bones.values())).poses
    return {
        name: {
            bone.name: {
                "rotation": rounded(bone.poses[name].rotation, 9),
                "shift": rounded(bone.poses[name].shift, 4),
            }
            for bone in skeleton.bones.values()
        }
        for name in names
    }


def segment_entry(upper: PosedBone, lower: PosedBone) -> dict[str, Any]:
    """A segment when standing: the disc's centre, the lower plate's directions, sizes in mm."""
    frame = lower.poses[STANDING]
    seat = lower.plates.superior
    above = upper.poses[STANDING](upper.plates.resting().centre[None])[0]
    below = frame(seat.centre[None])[0]
    forward = frame.rotation @ (seat.anterior - seat.posterior) / seat.depth
    return {
        "upper": upper.name,
        "lower": lower.name,
        "centre": rounded((above + below) / 2.0),
        "forward": rounded(forward, 6),
        "up": rounded(frame.rotation @ seat.normal, 6),
        "disc_height_mm": round(float(np.linalg.norm(above - below)), 2),
        "plate_depth_mm": round(seat.depth, 2),
    }


def landmarks_entry(skeleton: Skeleton) -> dict[str, dict[str, Any]]:
    """Every landmark by name: its point when standing and the bone that carries it."""
    found = {
        name: {"at": rounded(skeleton.landmark(name), 2), "bone": skeleton.carrier(name)}
        for name in skeleton.landmark_names()
    }
    if "sacrum.promontory" in found:
        found["promontory"] = found["sacrum.promontory"]
    return found


def header_of(skeleton: Skeleton) -> dict[str, Any]:
    """The header's entries that the skeleton decides."""
    segments = {}
    for segment in MotionSegment:
        upper, lower = bones_of(segment)
        if upper in skeleton.bones and lower in skeleton.bones:
            segments[segment.value] = segment_entry(skeleton.bones[upper], skeleton.bones[lower])
    return {
        "bones": list(skeleton.bones),
        "poses": poses_entry(skeleton),
        "segments": segments,
        "landmarks": landmarks_entry(skeleton),
    }
