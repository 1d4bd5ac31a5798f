"""From numbers to a posed skeleton: fields, plates, poses, fitted joints, meshes, landmarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from l3s1.models.anatomy.joints import FittedField, Joint, Mate, facet_middle
from l3s1.models.anatomy.landmarks import (
    joint_landmarks,
    lumbar_landmarks,
    sacral_landmarks,
)
from l3s1.models.anatomy.part import Region
from l3s1.models.anatomy.plates import (
    Plates,
    lumbar_plates,
    sacral_plates,
)
from l3s1.models.anatomy.pose import Pose
from l3s1.models.anatomy.posture import (
    POSTURES,
    SACRUM,
    bones_of,
    compute_poses,
    posture_from,
)
from l3s1.models.anatomy.skeleton import BONES, Landmark, PosedBone, Skeleton
from l3s1.models.bones.lumbar import Vertebra, vertebra_from
from l3s1.models.bones.meshing import Mesh, MeshSettings, mesh_of, settings_from
from l3s1.models.bones.numbers import entry, number
from l3s1.models.bones.regions import regions_of_lumbar, regions_of_sacrum
from l3s1.models.bones.sacrum import Sacrum, sacrum_from
from l3s1.models.bones.sdf import Field
from l3s1.vocabulary import MotionSegment

BELOW_PLATE = np.array([0.0, 0.0, -12.0])
"""A point of S1 in the sacrum's frame, mm, from which its end plate is sought."""

PLATE_BOX = (34.0, 26.0)
"""mm: depth and height of the box along whose diagonals the sacral plate's corners are sought."""


@dataclass(frozen=True)
class Draft:
    """A bone before its joints are fitted: template, plates, landmarks, how to mesh it."""

    template: Vertebra | Sacrum
    plates: Plates
    landmarks: Mapping[str, Landmark]
    settings: MeshSettings

    @property
    def trunk(self) -> Field:
        """The field of the body without its arch; of the sacrum, the whole."""
        return self.template.body.distance if isinstance(self.template, Vertebra) else self.field

    @property
    def field(self) -> Field:
        """The unfitted field in the bone's own frame."""
        return self.template.distance

    def regions(self, name: str, mesh: Mesh) -> tuple[Mesh, tuple[Region, ...]]:
        """A mesh of the bone sorted by region, and its regions."""
        if isinstance(self.template, Vertebra):
            return regions_of_lumbar(name, self.template, mesh)
        return regions_of_sacrum(self.template, mesh)


def drafts_from(numbers: Mapping[str, Any]) -> dict[str, Draft]:
    """The bones of `numbers["bones"]`, from superior to inferior, not yet fitted to each other.

    `numbers["mesh"]` says how they are meshed, `numbers["mesh_sacrum"]` how the sacrum is. Raises
    ValueError naming the entry that is missing or has the wrong shape.
    """
    bones = entry(numbers, "bones", "anatomy")
    drafts: dict[str, Draft] = {}
    for name in BONES:
        if name not in bones:
            continue
        own = bones[name]
        mesh = "mesh_sacrum" if name == SACRUM else "mesh"
        settings = settings_from(entry(numbers, mesh, "anatomy"))
        if name == SACRUM:
            sacrum = sacrum_from(own)
            plates = sacral_plates(sacrum.distance, BELOW_PLATE, PLATE_BOX)
            drafts[name] = Draft(sacrum, plates, sacral_landmarks(sacrum, plates), settings)
        else:
            bone = vertebra_from(own)
            plates = lumbar_plates(bone.body.distance)
            drafts[name] = Draft(bone, plates, lumbar_landmarks(bone, plates), settings)
    return drafts


def poses_of(drafts: Mapping[str, Draft], numbers: Mapping[str, Any]) -> dict[str, dict[str, Pose]]:
    """Every posture's poses by name, then by bone."""
    plates = {name: draft.plates for name, draft in drafts.items()}
    return {name: compute_poses(plates, posture_from(numbers, name)) for name in POSTURES}


def fitted(
    drafts: Mapping[str, Draft], poses: Mapping[str, Mapping[str, Pose]], joint: Joint
) -> dict[str, Field]:
    """The fields of all bones with their joints fitted in every pose, each in its own frame."""
    mates: dict[str, list[tuple[Mate, Joint]]] = {name: [] for name in drafts}
    for segment in MotionSegment:
        upper, lower = bones_of(segment)
        if upper not in drafts or lower not in drafts:
            continue
        for own, other in ((upper, lower), (lower, upper)):
            frames = tuple(each[own].inverse().after(each[other]) for each in poses.values())
            settings = drafts[other].settings
            low = settings.low * [0.0, 1.0, 1.0] - [settings.high[0], 0.0, 0.0]
            mates[own].append((Mate(drafts[other].field, frames, low, settings.high), joint))
    return {name: FittedField(draft.field, mates[name]) for name, draft in drafts.items()}


def build_skeleton(numbers: Mapping[str, Any]) -> Skeleton:
    """The whole skeleton from its numbers, fitted, meshed and posed; takes about 20 seconds.

    `numbers`: "bones" (name → numbers), "mesh", "posture" and "joints", as the files of
    `assets/bones` and `assets/spine` hold them. Raises ValueError naming what is wrong.
    """
    drafts = drafts_from(numbers)
    poses = poses_of(drafts, entry(numbers, "posture", "anatomy"))
    fields = fitted(drafts, poses, joint_from(entry(numbers, "joints", "anatomy")))
    bones = {}
    for name, draft in drafts.items():
        mesh, regions = draft.regions(name, mesh_of(fields[name], draft.settings))
        bones[name] = PosedBone(
            name=name,
            field=fields[name],
            trunk=draft.trunk,
            mesh=mesh,
            regions=regions,
            plates=draft.plates,
            landmarks=draft.landmarks,
            poses={pose: poses[pose][name] for pose in poses},
        )
    joints: dict[str, tuple[str, Landmark]] = {}
    for segment in MotionSegment:
        upper, lower = bones_of(segment)
        if upper in bones and lower in bones:
            middle = facet_middle(bones[upper], bones[lower])
            joints |= joint_landmarks(segment, bones[upper], bones[lower], middle)
    return Skeleton(bones, joints)


def joint_from(numbers: Mapping[str, Any]) -> Joint:
    """How joints are cut, as `assets/spine/joints.yaml` holds it."""
    gap = number(entry(numbers, "gap", "joints"), "value", "joints.gap")
    rounding = number(entry(numbers, "rounding", "joints"), "value", "joints.rounding")
    return Joint(gap, rounding)
