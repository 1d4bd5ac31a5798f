"""Overgrown facets swell around their joint, and neither into their mate nor elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from build_anatomy import anatomy_numbers
from l3s1.models.anatomy.assembly import joint_from
from l3s1.models.anatomy.hypertrophy import (
    FACET_HYPERTROPHY,
    following,
    hypertrophy_from,
    smoothed,
    vertex_normals,
    with_hypertrophy,
)
from l3s1.models.anatomy.part import Part, Region
from l3s1.models.anatomy.posture import bones_of
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.bones.meshing import Mesh
from l3s1.vocabulary import Layer, Tissue

NUMBERS = anatomy_numbers()
HYPERTROPHY = hypertrophy_from(NUMBERS["morphs"], joint_from(NUMBERS["joints"]).gap)


@pytest.fixture(scope="module")
def swollen(skeleton: Skeleton) -> Skeleton:
    return with_hypertrophy(skeleton, HYPERTROPHY)


def test_bones_swell_beside_their_joints_only(swollen: Skeleton) -> None:
    assert FACET_HYPERTROPHY not in swollen.bones["L2"].morphs
    for name in ("L3", "L4", "L5", "sacrum"):
        bone = swollen.bones[name]
        far = np.linalg.norm(bone.morphs[FACET_HYPERTROPHY], axis=1)
        assert 0.6 * HYPERTROPHY.full < far.max() <= HYPERTROPHY.full
        joints = [
            swollen.landmark(f"{segment}.facet.{side}")
            for segment in HYPERTROPHY.segments
            for side in ("left", "right")
        ]
        away = np.min([np.linalg.norm(bone.vertices() - at, axis=1) for at in joints], axis=0)
        assert far[away > HYPERTROPHY.reach + 8.0].max() < 0.15 * HYPERTROPHY.full
        # outward: along the normals
        outward = (bone.morphs[FACET_HYPERTROPHY] * vertex_normals(bone.mesh)).sum(axis=1)
        assert (outward[far > 0.5] > 0.0).mean() > 0.97


def test_they_do_not_swell_into_each_other(swollen: Skeleton) -> None:
    """Each bone takes at most half of the room, so even both together stay apart."""
    for segment in HYPERTROPHY.segments:
        for one, other in (bones_of(segment), bones_of(segment)[::-1]):
            bone = swollen.bones[one]
            part = bone.part()
            before = swollen.bones[other].distance(part.mesh.vertices)
            moved = part.mesh.vertices + part.morphs[FACET_HYPERTROPHY]
            after = swollen.bones[other].distance(moved)
            half = (before + HYPERTROPHY.gap) / 2.0
            facing = before < 4.0
            assert np.quantile((after - half)[facing], 0.01) > -0.3, (one, other)
            assert after.min() > 0.5, (one, other)


def test_what_lies_beside_a_joint_is_pushed_along(swollen: Skeleton) -> None:
    """A patch half a mm off the swollen process of L4 moves as it does; one far away stays."""
    bone = swollen.bones["L4"]
    part = bone.part()
    most = int(np.argmax(np.linalg.norm(part.morphs[FACET_HYPERTROPHY], axis=1)))
    shift = part.morphs[FACET_HYPERTROPHY][most]
    at = part.mesh.vertices[most] + 0.5 * shift / np.linalg.norm(shift)
    patch = at + np.array([[0.0, 0, 0], [0.3, 0, 0], [0, 0.3, 0]])
    for place, moves in ((patch, True), (patch - np.array([0.0, 120.0, 0.0]), False)):
        mesh = Mesh(place, np.array([[0, 1, 2]], np.int32))
        name = "L4-L5.ligamentum_flavum.left"
        flavum = Part(name, Tissue.LIGAMENT, Layer.LIGAMENTS, mesh, (Region(name, 0, 1),), ("L4",))
        (pushed,) = following([flavum], swollen, HYPERTROPHY)
        along = pushed.morphs[FACET_HYPERTROPHY] @ shift / (shift @ shift)
        assert along.mean() > 0.6 if moves else np.abs(along).max() < 0.01
    other = Part(
        "dural_sac", Tissue.DURA, Layer.NERVES, mesh, (Region("dural_sac", 0, 1),), ("L4",)
    )
    assert following([other], swollen, HYPERTROPHY) == [other]


def test_smoothing_keeps_what_is_even_and_levels_what_is_not() -> None:
    corners = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
    mesh = Mesh(corners, np.array([[0, 2, 1], [0, 1, 3], [1, 2, 3], [0, 3, 2]], np.int32))
    assert np.allclose(smoothed(mesh, np.ones(4), 5), 1.0)
    levelled = smoothed(mesh, np.array([4.0, 0.0, 0.0, 0.0]), 12)
    assert np.allclose(levelled, 1.0, atol=0.01)
