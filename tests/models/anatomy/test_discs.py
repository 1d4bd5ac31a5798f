"""Discs are closed, share the bones' end plates, and stand out as far as the numbers say."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from build_anatomy import anatomy_numbers
from l3s1.models.anatomy.discs import build_discs, disc_frame, disc_numbers_from
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.posture import bones_of
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.bones.meshing import Mesh, edge_report
from l3s1.vocabulary import MotionSegment

NUMBERS = disc_numbers_from(anatomy_numbers()["discs"])
CONTACT = 0.25
"""mm between a disc's surface and the bone's where they touch."""


@pytest.fixture(scope="module")
def discs(skeleton: Skeleton) -> dict[str, Part]:
    return {part.name: part for part in build_discs(skeleton, NUMBERS)}


def volume(mesh: Mesh) -> float:
    """The volume in mm³ of a closed mesh whose triangles face outward."""
    a, b, c = (mesh.vertices[mesh.triangles[:, k]] for k in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6.0)


def test_every_segment_has_its_two_parts(discs: dict[str, Part]) -> None:
    kinds = ("annulus_fibrosus", "nucleus_pulposus")
    assert set(discs) == {f"{segment}.{kind}" for segment in MotionSegment for kind in kinds}


def test_they_are_closed_and_small(discs: dict[str, Part]) -> None:
    for name, part in discs.items():
        annulus = name.endswith("annulus_fibrosus")
        assert edge_report(part.mesh) == (True, 1 if annulus else 0)
        assert len(part.mesh.triangles) <= (1400 if annulus else 600)
        assert volume(part.mesh) > 3000.0
        mirrored = {tuple(np.round(v * [-1, 1, 1], 6) + 0.0) for v in part.mesh.vertices}
        assert mirrored == {tuple(np.round(v, 6) + 0.0) for v in part.mesh.vertices}


def test_they_lie_on_the_bones_and_not_in_them(discs: dict[str, Part], skeleton: Skeleton) -> None:
    for name, part in discs.items():
        upper, lower = bones_of(name.split(".")[0])
        assert part.weights is not None
        corners = part.mesh.vertices[part.mesh.triangles]
        middles = corners.mean(axis=1)
        for column, bone in enumerate((upper, lower)):
            touching = (part.weights[part.mesh.triangles, column] == 1.0).all(axis=1)
            points = np.r_[corners[touching].reshape(-1, 3), middles[touching]]
            assert len(points) > 500
            assert np.abs(skeleton.bones[bone].distance(points)).max() < CONTACT, (name, bone)
        everywhere = np.r_[part.mesh.vertices, middles]
        assert skeleton.distance(everywhere).min() > -CONTACT, name


def test_they_are_higher_in_front_and_bulge(discs: dict[str, Part], skeleton: Skeleton) -> None:
    for segment in MotionSegment:
        upper, lower = (skeleton.bones[name] for name in bones_of(segment))
        part = discs[f"{segment}.annulus_fibrosus"]
        assert part.weights is not None
        own = disc_frame(upper, lower).inverse()(part.mesh.vertices)
        rims = {}
        for side, way in (("front", -1.0), ("back", 1.0)):
            near = np.abs(own[:, 0]) < 1e-6
            out = own[near & (own[:, 1] * way > 0.0)]
            rims[side] = np.ptp(out[:, 2])
            share = part.weights[near & (own[:, 1] * way > 0.0), 0]
            wall, edge = out[np.abs(share - 0.5) < 0.01], out[share == 1.0]
            seat = out[share == 0.0]
            chord = (edge[:, 1] * way).max() / 2.0 + (seat[:, 1] * way).max() / 2.0
            assert (wall[:, 1] * way).max() - chord == pytest.approx(NUMBERS.bulge, abs=0.1)
        assert rims["front"] > rims["back"] + 2.0, segment


def test_the_nucleus_has_its_share_and_lies_behind_the_middle(
    discs: dict[str, Part], skeleton: Skeleton
) -> None:
    for segment in MotionSegment:
        upper, lower = (skeleton.bones[name] for name in bones_of(segment))
        inner, outer = (
            disc_frame(upper, lower).inverse()(discs[f"{segment}.{kind}"].mesh.vertices)
            for kind in ("nucleus_pulposus", "annulus_fibrosus")
        )
        assert np.ptp(inner[:, 0]) < np.ptp(outer[:, 0])
        middle = [(points[:, 1].min() + points[:, 1].max()) / 2.0 for points in (inner, outer)]
        assert middle[0] > middle[1]
        # the annulus's wall adds its bulge on both sides
        wide, deep = np.ptp(outer[:, 0]) - 2.4, np.ptp(outer[:, 1]) - 2.4
        share = np.ptp(inner[:, 0]) * np.ptp(inner[:, 1]) / (wide * deep)
        assert share == pytest.approx(NUMBERS.nucleus_area, abs=0.06)


def test_weights_pass_from_one_bone_to_the_other(discs: dict[str, Part]) -> None:
    for part in discs.values():
        assert part.weights is not None
        assert np.allclose(part.weights.sum(axis=1), 1.0)
        shares = np.unique(np.round(part.weights[:, 0], 6))
        assert {0.0, 1.0} <= set(shares)
        assert (len(shares) > 2) == part.name.endswith("annulus_fibrosus")


def test_a_missing_number_is_named() -> None:
    with pytest.raises(ValueError, match="discs: bulge is missing"):
        disc_numbers_from(SimpleNamespace().__dict__)
