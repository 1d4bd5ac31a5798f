"""The bones as one spine: fields, meshes, end plates and landmarks, posed.

Each bone keeps its own frame; a pose says where that frame lies in the spine's frame, whose origin
is the centre of the sacrum's end plate, with z vertical when standing. All lengths are mm.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from l3s1.models.anatomy.part import Part, Region
from l3s1.models.anatomy.plates import Plates
from l3s1.models.anatomy.pose import Pose
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array, Field
from l3s1.vocabulary import Layer, Tissue

STANDING = "standing"

BONES = ("L2", "L3", "L4", "L5", "sacrum")
"""The bones from superior to inferior."""

NEAR = 12.0
"""mm around the box of a bone within which its field is read; further out the box will do."""


@dataclasses.dataclass(frozen=True)
class Landmark:
    """A named point of a bone in the bone's frame, mm, and where it has one a unit direction."""

    at: Array
    axis: Array | None = None


@dataclasses.dataclass(frozen=True)
class PosedBone:
    """One bone: what it is in its own frame, and where that frame lies in each pose.

    `field` (n, 3) mm → (n,) mm, negative inside; `trunk`: the same of the body without its arch
    (of the sacrum, the whole); `mesh` with `regions` as a `Part` has them;
    `landmarks` by short name ("pedicle.left"); `poses` by name ("standing", "supine").
    """

    name: str
    field: Field
    trunk: Field
    mesh: Mesh
    regions: tuple[Region, ...]
    plates: Plates
    landmarks: Mapping[str, Landmark]
    poses: Mapping[str, Pose]
    morphs: Mapping[str, Array] = dataclasses.field(default_factory=dict)

    def distance(self, points: Array, pose: str = STANDING) -> Array:
        """Distance (n,) mm to the bone of points (n, 3) in the spine's frame, negative inside.

        Good to about a tenth near the surface. More than `NEAR` mm outside the bone's box it is the
        distance to the box, which is less than the distance to the bone.
        """
        own = self.poses[pose].inverse()(points)
        low, high = self.mesh.vertices.min(0), self.mesh.vertices.max(0)
        outside = np.maximum(np.maximum(low - own, own - high), 0.0)
        result: Array = np.linalg.norm(outside, axis=1)
        near = result < NEAR
        if near.any():
            result[near] = self.field(own[near])
        return result

    def vertices(self, pose: str = STANDING) -> Array:
        """The mesh's vertices (n, 3) mm in the spine's frame."""
        return self.poses[pose](self.mesh.vertices)

    def part(self) -> Part:
        """The bone as a part of the model, as it lies when standing."""
        turn = self.poses[STANDING].rotation
        morphs = {name: shift @ turn.T for name, shift in self.morphs.items()}
        mesh = Mesh(self.vertices(), self.mesh.triangles)
        return Part(
            self.name, Tissue.BONE, Layer.BONES, mesh, self.regions, (self.name,), morphs=morphs
        )


@dataclasses.dataclass(frozen=True)
class Skeleton:
    """All bones by name, from superior to inferior.

    `joints`: landmarks between two bones ("L4-L5.facet.left", "L4-L5.foramen.left"), each with the
    bone that carries it and its point in that bone's frame.
    """

    bones: Mapping[str, PosedBone]
    joints: Mapping[str, tuple[str, Landmark]] = dataclasses.field(default_factory=dict)

    def pose(self, bone: str, pose: str = STANDING) -> Pose:
        """Where a bone's frame lies in the spine's frame."""
        return self.bones[bone].poses[pose]

    def distance(self, points: Array, pose: str = STANDING) -> Array:
        """Distance (n,) mm to the nearest bone of points (n, 3) in the spine's frame."""
        each = [bone.distance(points, pose) for bone in self.bones.values()]
        result: Array = np.min(each, axis=0)
        return result

    def landmark_names(self) -> list[str]:
        """Every name that `landmark` knows."""
        own = [f"{bone.name}.{name}" for bone in self.bones.values() for name in bone.landmarks]
        return own + list(self.joints)

    def carrier(self, name: str) -> str:
        """The bone that carries a landmark; KeyError where there is no such landmark."""
        return self._find(name)[0]

    def landmark(self, name: str, pose: str = STANDING) -> Array:
        """The point (3,) mm of "L4.pedicle.left" in the spine's frame; KeyError if unknown."""
        bone, mark = self._find(name)
        at: Array = self.bones[bone].poses[pose](mark.at[None])[0]
        return at

    def axis(self, name: str, pose: str = STANDING) -> Array:
        """The unit direction (3,) of a landmark in the spine's frame; KeyError if it has none."""
        bone, mark = self._find(name)
        if mark.axis is None:
            raise KeyError(f"{name} has no direction; pedicles have")
        result: Array = self.bones[bone].poses[pose].rotation @ mark.axis
        return result

    def _find(self, name: str) -> tuple[str, Landmark]:
        """The carrying bone and the landmark of that name."""
        if name in self.joints:
            return self.joints[name]
        bone, _, short = name.partition(".")
        if bone not in self.bones or short not in self.bones[bone].landmarks:
            raise KeyError(f"no landmark {name!r}; landmark_names() lists them")
        return bone, self.bones[bone].landmarks[short]
