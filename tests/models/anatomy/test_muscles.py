"""Psoas beside the bodies, multifidus on the laminae, erector spinae lateral to it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.anatomy.soft_parts import Numbers
from l3s1.models.bones.sdf import Array

Room = Callable[[Array, str], Array]

MUSCLES = ["psoas_major", "multifidus", "erector_spinae"]
LEVELS = ["L3", "L4", "L5"]


def at_level(skeleton: Skeleton, part: Part, level: str) -> Array:
    """What of a muscle (n, 3) mm lies at the middle of a vertebra, in the bone's frame."""
    own = skeleton.pose(level).inverse()(part.mesh.vertices)
    return own[np.abs(own[:, 2]) < 6.0]


@pytest.mark.parametrize("name", MUSCLES)
def test_muscles_stay_out_of_bone_and_on_their_side(
    soft: dict[str, Part], room: Room, name: str
) -> None:
    vertices = soft[f"{name}.left"].mesh.vertices
    assert room(vertices, "standing").min() > 0.0
    assert vertices[:, 0].min() > 1.5


@pytest.mark.parametrize("level", LEVELS)
def test_psoas_lies_beside_the_body_in_front_of_the_transverse_process(
    skeleton: Skeleton, soft: dict[str, Part], level: str
) -> None:
    psoas = at_level(skeleton, soft["psoas_major.left"], level)
    own = skeleton.pose(level).inverse()
    tip = own(skeleton.landmark(f"{level}.transverse_process.tip.left")[None])[0]
    assert psoas[:, 0].min() > 18.0
    assert psoas[:, 1].mean() < tip[1] - 10.0
    room = skeleton.bones[level].distance(skeleton.pose(level)(psoas))
    assert room.min() < 3.5


def test_psoas_has_the_borders_measured_at_the_lumbosacral_level(
    skeleton: Skeleton, soft: dict[str, Part]
) -> None:
    psoas = at_level(skeleton, soft["psoas_major.left"], "L5")
    assert psoas[:, 0].min() == pytest.approx(27.3, abs=3.0)
    assert psoas[:, 0].max() == pytest.approx(64.1, abs=3.0)


def test_psoas_thickens_downwards_and_leaves_forwards_over_the_brim(
    skeleton: Skeleton, soft: dict[str, Part]
) -> None:
    part = soft["psoas_major.left"]
    widths = [np.ptp(at_level(skeleton, part, level)[:, 0]) for level in ("L2", *LEVELS)]
    assert widths == sorted(widths)
    lowest = part.mesh.vertices[np.argmin(part.mesh.vertices[:, 2])]
    promontory = skeleton.landmark("sacrum.promontory")
    assert lowest[1] < promontory[1] - 15.0
    assert lowest[2] < promontory[2] - 25.0


@pytest.mark.parametrize("level", LEVELS)
def test_multifidus_is_medial_and_erector_lateral(
    skeleton: Skeleton, soft: dict[str, Part], level: str
) -> None:
    multifidus = at_level(skeleton, soft["multifidus.left"], level)
    erector = at_level(skeleton, soft["erector_spinae.left"], level)
    assert multifidus[:, 0].mean() < erector[:, 0].mean() - 20.0
    assert multifidus[:, 0].max() < erector[:, 0].min() + 4.0
    corner = skeleton.bones[level].plates.superior.posterior[1]
    assert multifidus[:, 1].min() > corner + 8.0
    own = skeleton.pose(level).inverse()
    tip = own(skeleton.landmark(f"{level}.transverse_process.tip.left")[None])[0]
    assert erector[:, 1].min() > tip[1] - 1.0


def test_erector_has_the_area_measured(
    skeleton: Skeleton, soft: dict[str, Part], soft_numbers: Numbers
) -> None:
    assert soft_numbers["erector_spinae"]["half_axes"]["fact"] == "erector-csa-older"
    rings = soft["erector_spinae.left"].mesh.vertices[:-2].reshape(-1, 20, 3)
    middles = rings.mean(axis=1)
    near = int(np.argmin(np.abs(middles[:, 2] - skeleton.pose("L4").shift[2])))
    spokes = rings[near] - middles[near]
    area = 0.5 * np.linalg.norm(np.cross(spokes, np.roll(spokes, -1, axis=0)).sum(axis=0))
    assert 800.0 < area < 1100.0


def test_back_muscles_reach_the_sacrum(skeleton: Skeleton, soft: dict[str, Part]) -> None:
    for name in ("multifidus", "erector_spinae"):
        own = skeleton.pose("sacrum").inverse()(soft[f"{name}.left"].mesh.vertices)
        assert own[:, 2].min() < -35.0


@pytest.mark.parametrize(("root", "level"), [("L2", "L3"), ("L3", "L4")])
def test_the_roots_run_down_in_the_back_of_psoas(
    skeleton: Skeleton, soft: dict[str, Part], root: str, level: str
) -> None:
    line = soft[f"{root}.nerve_root.left"].mesh.vertices[:-2].reshape(-1, 10, 3).mean(axis=1)
    own = skeleton.pose(level).inverse()(line)
    psoas = at_level(skeleton, soft["psoas_major.left"], level)
    beside = own[(np.abs(own[:, 2]) < 6.0) & (own[:, 0] > psoas[:, 0].min())]
    assert len(beside) > 1
    depth = (beside[:, 1] - psoas[:, 1].min()) / np.ptp(psoas[:, 1])
    assert (depth > 2.0 / 3.0).all()
    assert (depth < 1.1).all()


@pytest.mark.parametrize("kind", ["artery", "vein"])
def test_iliac_vessels_pass_medial_to_psoas(soft: dict[str, Part], kind: str) -> None:
    muscle = soft["psoas_major.left"].mesh.vertices[:-2].reshape(-1, 20, 3)
    vessel = soft[f"common_iliac_{kind}.left"].mesh.vertices[:-2].reshape(-1, 12, 3).mean(axis=1)
    middles = muscle.mean(axis=1)
    for point in vessel:
        ring = int(np.argmin(np.linalg.norm(middles - point, axis=1)))
        spokes = muscle[ring] - middles[ring]
        away = point - middles[ring]
        toward = int(np.argmax(spokes @ away / np.linalg.norm(spokes, axis=1)))
        size = float(np.linalg.norm(spokes[toward]))
        assert away @ spokes[toward] / size > size + 2.0
