"""Ligaments lie on what they bind: in front, behind, between, and around the joints."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from l3s1.models.anatomy.canal import wall
from l3s1.models.anatomy.column import Column, surface_of
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.posture import bones_of
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.anatomy.soft_parts import Numbers
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import MotionSegment

Room = Callable[[Array, str], Array]

SEGMENTS = [segment.value for segment in MotionSegment]


def along_wall(column: Column, points: Array) -> tuple[Array, Array]:
    """How far (n,) mm along the posterior wall of bodies and discs points lie, and behind it."""
    back = wall(column, 0.0, behind=True, below=50.0, bulge=0.0)
    mm = np.linspace(-30.0, back.marks["sacrum.superior"] + 45.0, 800)
    on, normals = back.at(mm)
    flat = points * [0.0, 1.0, 1.0]
    near = np.argmin(((flat[:, None] - on[None]) ** 2).sum(axis=2), axis=1)
    return mm[near], np.asarray(((flat - on[near]) * normals[near]).sum(axis=1))


def behind_wall(column: Column, points: Array) -> Array:
    """How far (n,) mm points lie behind the posterior wall of bodies and discs."""
    return along_wall(column, points)[1]


def test_longitudinal_ligaments_lie_on_bone_and_not_in_it(
    soft: dict[str, Part], room: Room
) -> None:
    for name in ("anterior_longitudinal_ligament", "posterior_longitudinal_ligament"):
        own = room(soft[name].mesh.vertices, "standing")
        assert own.min() > 0.0, name
        assert np.median(own) < 3.0, name


def test_the_anterior_one_is_in_front_and_the_posterior_one_within_the_canal(
    skeleton: Skeleton, soft: dict[str, Part]
) -> None:
    for level in ("L3", "L4", "L5"):
        inside = skeleton.pose(level).inverse()
        front = inside(soft["anterior_longitudinal_ligament"].mesh.vertices)
        back = inside(soft["posterior_longitudinal_ligament"].mesh.vertices)
        plates = skeleton.bones[level].plates
        assert (front[np.abs(front[:, 2]) < 8.0][:, 1] < 0.0).all()
        beside = back[np.abs(back[:, 2]) < 8.0][:, 1]
        assert (beside > plates.superior.posterior[1] - 5.0).all()
        assert (beside < plates.superior.posterior[1] + 5.0).all()


def test_the_posterior_one_is_narrow_at_bodies_and_flares_at_discs(
    column: Column, soft: dict[str, Part]
) -> None:
    vertices = soft["posterior_longitudinal_ligament"].mesh.vertices
    back = wall(column, 0.0, behind=True, below=30.0, bulge=0.0)

    def width(mark: str) -> float:
        at, _ = back.at(np.array([back.marks[mark]]))
        near = vertices[np.linalg.norm((vertices - at[0])[:, 1:], axis=1) < 4.0]
        return float(np.ptp(near[:, 0]))

    for level in ("L3", "L4", "L5"):
        assert width(f"{level}.middle") < 12.0
        assert width(f"{level}.disc") > 1.3 * width(f"{level}.middle")


def test_the_posterior_one_lies_between_the_bodies_and_the_sac(
    column: Column, soft: dict[str, Part]
) -> None:
    vertices = soft["posterior_longitudinal_ligament"].mesh.vertices
    at, behind = along_wall(column, vertices[np.abs(vertices[:, 0]) < 1.0])
    assert behind.min() > 0.0
    # the front of the sac is three quarters round each of its sections
    front = soft["dural_sac"].mesh.vertices[:-2].reshape(-1, 20, 3)[3:-3, 15]
    assert np.abs(front[:, 0]).max() < 0.1
    mm, ahead = along_wall(column, front)
    order = np.argsort(mm)
    within = (at > mm.min()) & (at < mm.max())
    assert within.sum() > 80
    assert (np.interp(at, mm[order], ahead[order]) - behind)[within].min() > 0.0


@pytest.mark.parametrize("segment", SEGMENTS)
def test_flava_roof_the_sac_and_leave_a_cleft(
    column: Column, soft: dict[str, Part], segment: str
) -> None:
    flavum = soft[f"{segment}.ligamentum_flavum.left"].mesh.vertices
    assert flavum[:, 0].min() >= 0.3
    assert flavum[:, 0].max() < 12.0
    sac = soft["dural_sac"].mesh.vertices
    near = sac[np.abs(sac[:, 2] - flavum[:, 2].mean()) < 4.0]
    assert behind_wall(column, flavum).mean() > behind_wall(column, near).mean() + 4.0
    apart = np.linalg.norm(flavum[:, None] - sac[None], axis=2).min()
    assert apart > 0.2


@pytest.mark.parametrize("segment", SEGMENTS)
def test_a_flavum_hangs_from_the_upper_lamina_to_the_lower_one(
    skeleton: Skeleton, soft: dict[str, Part], room: Room, segment: str
) -> None:
    upper, lower = bones_of(segment)
    part = soft[f"{segment}.ligamentum_flavum.left"]
    back = part.mesh.vertices[: len(part.mesh.vertices) // 2].reshape(9, -1, 3)
    assert skeleton.bones[upper].distance(back[0]).max() < 1.0
    assert skeleton.bones[lower].distance(back[-1]).max() < 1.5
    assert back[0, :, 2].mean() > back[-1, :, 2].mean() + 8.0
    assert room(part.mesh.vertices, "standing").min() > 0.0
    assert part.weights is not None
    assert part.bones == (upper, lower)


def test_flava_are_as_thick_as_measured(soft: dict[str, Part], soft_numbers: Numbers) -> None:
    for segment, thickness in soft_numbers["ligamentum_flavum"]["thickness"]["value"].items():
        vertices = soft[f"{segment}.ligamentum_flavum.left"].mesh.vertices
        back, front = vertices.reshape(2, 9, -1, 3)
        apart = np.linalg.norm(front - back, axis=2)
        assert apart.max() == pytest.approx(thickness, abs=0.4), segment


@pytest.mark.parametrize("segment", SEGMENTS)
def test_a_thickened_flavum_grows_into_the_canal_and_stays_behind_the_sacs_middle(
    column: Column, soft: dict[str, Part], soft_numbers: Numbers, segment: str
) -> None:
    part = soft[f"{segment}.ligamentum_flavum.left"]
    shift = part.morphs["flavum_thickening"]
    full = soft_numbers["ligamentum_flavum"]["thickening"]["value"]
    half = len(shift) // 2
    assert not shift[:half].any()
    assert np.linalg.norm(shift, axis=1).max() == pytest.approx(full, abs=0.1)
    front = part.mesh.vertices[half:]
    before, after = behind_wall(column, front), behind_wall(column, front + shift[half:])
    assert (after <= before + 0.1).all()
    assert (before - after).max() > 0.5 * full
    sac = soft["dural_sac"].mesh.vertices[:-2].reshape(-1, 20, 3).mean(axis=1)
    middle = behind_wall(column, sac[np.abs(sac[:, 2] - front[:, 2].mean()) < 4.0]).mean()
    medial = (front + shift[half:])[:, 0] < 3.0
    assert after[medial].min() > middle


@pytest.mark.parametrize("segment", SEGMENTS)
def test_interspinous_ligaments_fill_the_gap_between_two_processes(
    skeleton: Skeleton, soft: dict[str, Part], room: Room, segment: str
) -> None:
    upper, lower = bones_of(segment)
    part = soft[f"{segment}.interspinous_ligament"]
    assert part.bones == (upper, lower)
    assert np.abs(part.mesh.vertices[:, 0]).max() < 4.0
    rows = part.mesh.vertices.reshape(2, 7, -1, 3).mean(axis=0)
    assert skeleton.bones[upper].distance(rows[0]).max() < 0.5
    assert skeleton.bones[lower].distance(rows[-1]).max() < 0.5
    assert room(rows[3], "standing").min() > 0.0


def test_the_supraspinous_ligament_runs_over_the_tips_and_ends_at_l4(
    skeleton: Skeleton, soft: dict[str, Part]
) -> None:
    part = soft["supraspinous_ligament"]
    vertices = part.mesh.vertices
    for level in ("L2", "L3", "L4"):
        own = surface_of(skeleton.bones[level].mesh).distance(
            skeleton.pose(level).inverse()(vertices)
        )
        assert -0.1 < own.min() < 1.5
    lowest = part.mesh.vertices[:, 2].min()
    assert lowest > skeleton.landmark("L5.spinous_process.tip")[2]
    assert part.bones == ("L2", "L3", "L4")


@pytest.mark.parametrize("segment", SEGMENTS)
def test_capsules_surround_their_joint(
    skeleton: Skeleton, soft: dict[str, Part], segment: str
) -> None:
    part = soft[f"{segment}.facet_capsule.left"]
    joint = skeleton.landmark(f"{segment}.facet.left")
    away = part.mesh.vertices - joint
    assert np.linalg.norm(part.mesh.vertices.mean(axis=0) - joint) < 4.0
    assert np.linalg.norm(away, axis=1).min() > 2.0
    assert np.linalg.norm(away, axis=1).max() < 16.0
    assert part.bones == bones_of(segment)


def test_the_iliolumbar_ligament_ties_the_tip_of_l5_to_the_crest(
    skeleton: Skeleton, soft: dict[str, Part]
) -> None:
    ligament = soft["iliolumbar_ligament.left"].mesh.vertices
    tip = skeleton.landmark("L5.transverse_process.tip.left")
    crest = soft["iliac_crest.left"].mesh.vertices
    assert np.linalg.norm(ligament - tip, axis=1).min() < 5.0
    assert np.linalg.norm(ligament[:, None] - crest[None], axis=2).min() < 4.0
    assert ligament[:, 0].max() > tip[0] + 10.0
    assert ligament[:, 1].max() > tip[1] + 10.0


def test_the_crest_reaches_l4_lateral_to_the_transverse_processes_of_l5(
    skeleton: Skeleton, soft: dict[str, Part], room: Room
) -> None:
    crest = soft["iliac_crest.left"].mesh.vertices
    own = skeleton.pose("L4").inverse()
    plates = skeleton.bones["L4"].plates
    highest = crest[np.argmax(crest[:, 2])]
    level = own(np.array([[0.0, skeleton.pose("L4").shift[1], highest[2]]]))[0, 2]
    assert plates.resting().centre[2] - 4.0 < level < plates.superior.centre[2]
    tip = skeleton.landmark("L5.transverse_process.tip.left")
    beside = crest[np.abs(crest[:, 2] - tip[2]) < 6.0]
    assert beside[:, 0].min() > tip[0] + 8.0
    assert room(crest, "standing").min() >= 0.5
