"""The bones that take screws: pedicles against published ones, people, what lies beside."""

from __future__ import annotations

import numpy as np
import pytest

from l3s1.content import Content, anatomy_pack_path, load_content
from l3s1.models.anatomy.pack import unpack_anatomy
from l3s1.models.screw_trajectory import (
    LEVELS,
    Build,
    BuildSpread,
    PlanError,
    ScrewAnatomy,
    ScrewPlan,
    drawn_build,
)
from l3s1.vocabulary import Side

ACROSS_ITS_AXIS = "pedicle-width-irie-perpendicular"
"""The fact whose pedicles are measured as our callipers do: across the pedicle's own axis."""


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.mark.parametrize("level", ["L3", "L4", "L5"])
def test_pedicles_lie_within_two_deviations_of_published_ones(
    anatomy: ScrewAnatomy, content: Content, level: str
) -> None:
    values = {value.name: value for value in content.facts[ACROSS_ITS_AXIS].values}
    way = anatomy.bone(level).corridor
    for what, found in (("width", way.width), ("height", way.height)):
        published = values[f"{what}_{level.lower()}"]
        assert published.estimate is not None
        assert published.high is not None
        assert found is not None
        assert abs(found - published.estimate) < 2.0 * published.high


def test_pedicles_grow_wider_and_converge_more_downward(anatomy: ScrewAnatomy) -> None:
    ways = [anatomy.bone(level).corridor for level in ("L3", "L4", "L5")]
    assert np.all(np.diff([way.width or 0.0 for way in ways]) > 0.0)
    assert np.all(np.diff([way.convergence for way in ways]) > 0.0)


@pytest.mark.parametrize("level", LEVELS)
def test_the_corridor_runs_from_the_reference_entry_through_its_middle(
    anatomy: ScrewAnatomy, level: str
) -> None:
    bone = anatomy.bone(level)
    plan = bone.reference_plan(Side.LEFT, 6.5, 45.0)
    entry, axis = bone.entry(plan), bone.direction(plan)
    to = bone.corridor.centre - entry
    assert np.linalg.norm(to - axis * (to @ axis)) < 0.5
    assert abs(bone.surface.distance(entry[None])[0]) < 0.01


@pytest.mark.parametrize("level", ["L3", "L4", "L5"])
def test_the_reference_entry_lies_where_process_meets_facet(
    anatomy: ScrewAnatomy, level: str
) -> None:
    # lateral of the canal's edge, medial of the transverse process' root, on the pedicle's height
    bone = anatomy.bone(level)
    way = bone.corridor
    assert way.centre[0] < bone.reference[0] < way.centre[0] + way.half[0] + 2.0
    assert abs(bone.reference[1] - way.centre @ bone.up) < way.half[1]


@pytest.mark.parametrize("level", ["L3", "L4", "L5"])
def test_a_build_gives_the_pedicle_it_asks_for(anatomy: ScrewAnatomy, level: str) -> None:
    own = anatomy.bone(level).corridor
    other = anatomy.bone(level, Build(0.95, 0.75, 0.95, 3.0)).corridor
    ratios = np.array([other.width, other.height], float) / np.array([own.width, own.height], float)
    np.testing.assert_allclose(ratios, [0.95 * 0.75, 0.95 * 0.95], atol=0.07)
    assert other.convergence > own.convergence
    smaller = anatomy.bone(level, Build(0.9)).surface.mesh
    ratio = np.ptp(smaller.vertices, axis=0) / np.ptp(
        anatomy.bone(level).surface.mesh.vertices, axis=0
    )
    np.testing.assert_allclose(ratio, 0.9, atol=0.03)


@pytest.mark.parametrize(("level", "aim"), [("L3", 15.0), ("L4", 20.0), ("L5", 25.0)])
def test_the_reference_entry_is_right_for_the_aim_that_is_taught(level: str, aim: float) -> None:
    pack = unpack_anatomy(anatomy_pack_path().read_bytes())
    bone = ScrewAnatomy(pack, {level: aim}).bone(level)
    plan = ScrewPlan(level, Side.LEFT, convergence_deg=aim, diameter_mm=6.5, length_mm=45.0)
    to = bone.corridor.centre - bone.entry(plan)
    axis = bone.direction(plan)
    assert np.linalg.norm(to - axis * (to @ axis)) < 0.5
    # along the pedicle's own axis a screw enters nearer the midline and converges less
    own = bone.reference_plan(Side.LEFT, 6.5, 45.0)
    assert own.medial_mm > 0.0
    assert own.convergence_deg < aim


def test_bones_are_made_once(anatomy: ScrewAnatomy) -> None:
    assert anatomy.bone("L4", Build(0.97)) is anatomy.bone("L4", Build(0.97))
    with pytest.raises(PlanError, match="there are L3, L4, L5, S1"):
        anatomy.bone("L1")


@pytest.mark.parametrize("level", LEVELS)
def test_sac_and_own_roots_lie_beside_and_outside_the_bone(
    anatomy: ScrewAnatomy, level: str
) -> None:
    bone = anatomy.bone(level)
    assert {"dural_sac", f"{level}.nerve_root.left", f"{level}.nerve_root.right"} <= set(
        bone.beside
    )
    sac = bone.beside["dural_sac"].vertices
    assert bone.surface.distance(sac).min() > -0.5


def test_one_seed_one_person() -> None:
    spread = BuildSpread(0.05, 0.2, 0.1, 2.0)
    assert drawn_build(7, Build(), spread) == drawn_build(7, Build(), spread)
    drawn = [drawn_build(seed, Build(), spread) for seed in range(200)]
    assert np.std([each.pedicle_width for each in drawn]) == pytest.approx(0.19, abs=0.03)
    assert np.mean([each.size for each in drawn]) == pytest.approx(1.0, abs=0.02)
    with pytest.raises(ValueError, match="seed: -1"):
        drawn_build(-1, Build(), spread)


def test_a_build_that_cannot_be_says_what_can() -> None:
    with pytest.raises(ValueError, match=r"pedicle_width: 3 is out of range; give 0.6 to 1.5"):
        Build(pedicle_width=3.0)
