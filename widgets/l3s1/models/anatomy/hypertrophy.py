"""The morph of overgrown facets: articular processes swell around their joint, not into their mate.

Each vertex moves along its normal: fully beside the joint, less with the distance to its middle,
not at all beyond `reach`. Articular processes and the laminae beside them swell, their neighbours
follow a little so that nothing tears; where the mate is near, only half of the room beyond the
joint's gap is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.spatial import cKDTree

from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.posture import bones_of
from l3s1.models.anatomy.skeleton import PosedBone, Skeleton
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.numbers import entry, number
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import MotionSegment

FACET_HYPERTROPHY = "facet_hypertrophy"

SWELLING = (
    "superior_articular_process",
    "inferior_articular_process",
    "pars_interarticularis",
    "lamina",
    "dorsal_wall",
)
"""The regions that swell where they are near a joint."""

PUSHED = ("ligamentum_flavum", "facet_capsule")
"""The parts beside a joint that it pushes along."""

AROUND = 12
"""Vertices of bone that a vertex of soft tissue follows."""

FADING = 7.0
"""mm from bone at which soft tissue follows it by about a third."""

FLAT = 2.0
"""How much steeper than a parabola swelling fades: full within about 0.7 of the reach."""

PASSES = 6
"""How often each vertex takes half of the mean of those around it."""


@dataclass(frozen=True)
class Hypertrophy:
    """How facets overgrow: by `full` mm at the most, within `reach` mm of a joint's middle.

    `gap` mm to the mate are left free. `segments`: the joints that overgrow.
    """

    full: float
    reach: float
    gap: float
    segments: Sequence[str]


def hypertrophy_from(numbers: Mapping[str, Any], gap: float) -> Hypertrophy:
    """Read it as `assets/spine/morphs.yaml` holds it; `gap` mm is that of the joints.

    Raises ValueError naming what is missing or has the wrong shape.
    """
    n = entry(numbers, FACET_HYPERTROPHY, "morphs")
    where = f"morphs.{FACET_HYPERTROPHY}"
    return Hypertrophy(
        full=number(entry(n, "full", where), "value", f"{where}.full"),
        reach=number(entry(n, "reach", where), "value", f"{where}.reach"),
        gap=gap,
        segments=tuple(MotionSegment(name).value for name in entry(n, "segments", where)),
    )


def vertex_normals(mesh: Mesh) -> Array:
    """Outward unit normals (n, 3), weighted by the area of the triangles around."""
    a, b, c = (mesh.vertices[mesh.triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    result = np.zeros_like(mesh.vertices)
    for k in range(3):
        np.add.at(result, mesh.triangles[:, k], face)
    result /= np.maximum(np.linalg.norm(result, axis=1, keepdims=True), 1e-12)
    return result


def smoothed(mesh: Mesh, values: Array, passes: int) -> Array:
    """Values (n,) or (n, k) at vertices, averaged with those around them as often as asked."""
    t, n = mesh.triangles, len(mesh.vertices)
    rows = t[:, [0, 1, 2, 1, 2, 0]].ravel()
    columns = t[:, [1, 2, 0, 0, 1, 2]].ravel()
    around = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(n, n))
    around.data[:] = 1.0
    count = np.asarray(around.sum(axis=1)).ravel()
    for _ in range(passes):
        mean = (around @ values).T / np.maximum(count, 1.0)
        values = 0.5 * values + 0.5 * mean.T
    return values


def swelling(bone: PosedBone, skeleton: Skeleton, numbers: Hypertrophy) -> Array:
    """Displacement (n, 3) mm of a bone's vertices at the full, in the bone's own frame."""
    mesh = bone.mesh
    chosen = np.zeros(len(mesh.vertices))
    for region in bone.regions:
        if any(f".{name}" in region.structure for name in SWELLING):
            chosen[mesh.triangles[region.start : region.start + region.count]] = 1.0
    near = np.zeros(len(mesh.vertices))
    room = np.full(len(mesh.vertices), np.inf)
    at = bone.vertices()
    for segment in numbers.segments:
        upper, lower = bones_of(segment)
        if bone.name not in (upper, lower) or not {upper, lower} <= set(skeleton.bones):
            continue
        mate = lower if bone.name == upper else upper
        room = np.minimum(room, skeleton.bones[mate].distance(at))
        for side in ("left", "right"):
            away = np.linalg.norm(at - skeleton.landmark(f"{segment}.facet.{side}"), axis=1)
            fading = FLAT * (1.0 - (away / numbers.reach) ** 2)
            near = np.maximum(near, np.clip(fading, 0.0, 1.0))
    share = smoothed(mesh, near * chosen, PASSES)
    most = np.maximum(room - numbers.gap, 0.0) / 2.0
    free = share[most > numbers.full]
    wanted = numbers.full * np.minimum(share / max(float(free.max(initial=0.0)), 1e-9), 1.0)
    far = np.minimum(wanted, smoothed(mesh, np.minimum(wanted, most), PASSES // 2))
    normals = smoothed(mesh, vertex_normals(mesh), PASSES // 2)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    result: Array = np.minimum(far, most)[:, None] * normals
    return result


def with_hypertrophy(skeleton: Skeleton, numbers: Hypertrophy) -> Skeleton:
    """The skeleton whose bones carry the morph, where they have a joint that overgrows."""
    bones = {}
    for name, bone in skeleton.bones.items():
        shift = swelling(bone, skeleton, numbers)
        moved = {FACET_HYPERTROPHY: shift} if np.abs(shift).max() > 0.0 else {}
        bones[name] = replace(bone, morphs={**bone.morphs, **moved})
    return replace(skeleton, bones=bones)


def following(parts: Sequence[Part], skeleton: Skeleton, numbers: Hypertrophy) -> list[Part]:
    """The parts, of which flava and capsules of the joints that overgrow are pushed along.

    Each of their vertices moves as the bone next to it does, less with the distance.
    """
    moved = [bone for bone in skeleton.bones.values() if FACET_HYPERTROPHY in bone.morphs]
    if not moved:
        return list(parts)
    shifts = np.concatenate([bone.part().morphs[FACET_HYPERTROPHY] for bone in moved])
    tree = cKDTree(np.concatenate([bone.vertices() for bone in moved]))
    result = []
    for part in parts:
        segment, _, kind = part.name.partition(".")
        if segment in numbers.segments and kind.startswith(PUSHED):
            away, which = tree.query(part.mesh.vertices, k=AROUND)
            near = np.exp(-((away / FADING) ** 2))
            share = near / near.sum(axis=1, keepdims=True)
            shift = near.max(axis=1)[:, None] * (share[..., None] * shifts[which]).sum(axis=1)
            shift = smoothed(part.mesh, shift, PASSES)
            morphs = {**part.morphs, FACET_HYPERTROPHY: shift}
            result.append(replace(part, morphs=morphs))
        else:
            result.append(part)
    return result
