"""The bone in hand as a small pack for the 3D engine, with a screw that the page sets in place."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from l3s1.activities.anatomy import course_pack
from l3s1.models.anatomy.pack import Pack, pack_anatomy
from l3s1.models.anatomy.part import Part, Region
from l3s1.models.bones.meshing import Mesh
from l3s1.vocabulary import Layer, Tissue

if TYPE_CHECKING:
    from l3s1.models.screw_trajectory import Bone

SHAFT, HEAD = "screw.shaft", "screw.head"
"""Parts of one unit: a cylinder 1 mm thick and 1 mm long from its entry up, a ball 1 mm thick."""

SIDES = 24
RINGS = 12

REACH_MM = 30.0
"""Parts beside the bone that come no nearer to its origin are left out."""


@lru_cache(maxsize=16)
def bone_pack(bone: Bone) -> bytes:
    """The bone, what lies beside it and a unit screw, in the bone's own frame, as a gzip."""
    carrier = bone.level
    kinds = {part.name: (part.tissue, part.layer) for part in course_pack().parts}
    parts = [_part(bone.level, Tissue.BONE, Layer.BONES, bone.surface.mesh, carrier)]
    for name, mesh in bone.beside.items():
        if np.linalg.norm(mesh.vertices, axis=1).min() < REACH_MM:
            tissue, layer = kinds[name]
            parts.append(_part(name, tissue, layer, mesh, carrier))
    parts += [
        _part(name, Tissue.IMPLANT, Layer.BONES, mesh, carrier)
        for name, mesh in ((SHAFT, unit_cylinder()), (HEAD, unit_ball()))
    ]
    still = {"rotation": np.eye(3).ravel().tolist(), "shift": [0.0, 0.0, 0.0]}
    header = {"bones": [carrier], "poses": {"standing": {carrier: still}}, "segments": {}}
    return pack_anatomy(Pack(header, tuple(parts)))


def _part(name: str, tissue: Tissue, layer: Layer, mesh: Mesh, carrier: str) -> Part:
    """A part of one structure."""
    region = Region(name, 0, len(mesh.triangles))
    return Part(name, tissue, layer, mesh, (region,), (carrier,))


def unit_cylinder() -> Mesh:
    """A closed cylinder of diameter 1 from the origin to (0, 0, 1)."""
    return _turned([(0.0, 0.0), (0.5, 0.0), (0.5, 0.94), (0.34, 1.0), (0.0, 1.0)])


def unit_ball() -> Mesh:
    """A closed ball of diameter 1 about the origin."""
    angle = np.linspace(-np.pi / 2.0, np.pi / 2.0, RINGS + 1)
    return _turned([(0.5 * np.cos(a), 0.5 * np.sin(a)) for a in angle])


def _turned(profile: list[tuple[float, float]]) -> Mesh:
    """A profile (radius, height) from pole to pole turned round z; triangles face outwards."""
    turn = np.arange(SIDES) * 2.0 * np.pi / SIDES
    rings = [(r * np.cos(turn), r * np.sin(turn), np.full(SIDES, z)) for r, z in profile[1:-1]]
    poles = [[0.0, 0.0, profile[0][1]], [0.0, 0.0, profile[-1][1]]]
    vertices = np.concatenate([np.stack(ring, axis=1) for ring in rings] + [np.array(poles)])
    count, low, high = len(rings), len(vertices) - 2, len(vertices) - 1
    now, after = np.arange(SIDES), (np.arange(SIDES) + 1) % SIDES
    triangles = [np.stack([np.full(SIDES, low), after, now], axis=1)]
    for ring in range(count - 1):
        a, b = ring * SIDES, (ring + 1) * SIDES
        triangles.append(np.stack([a + now, a + after, b + after], axis=1))
        triangles.append(np.stack([a + now, b + after, b + now], axis=1))
    top = (count - 1) * SIDES
    triangles.append(np.stack([np.full(SIDES, high), top + now, top + after], axis=1))
    return Mesh(vertices, np.concatenate(triangles).astype(np.int32))
