"""The sac and the roots: clear of bone in every pose, and each where anatomy has it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from l3s1.models.anatomy.canal import wall
from l3s1.models.anatomy.column import Column
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.bones.sdf import Array

Room = Callable[[Array, str], Array]

ROOTS = ["L2", "L3", "L4", "L5", "S1"]
LUMBAR = ["L2", "L3", "L4", "L5"]

LEAST = 0.5
"""mm that sac and roots keep from every bone."""


def carried(skeleton: Skeleton, part: Part, pose: str) -> Array:
    """The part's vertices in a pose, as the scene moves them."""
    weights = np.ones((len(part.mesh.vertices), 1)) if part.weights is None else part.weights
    result = np.zeros_like(part.mesh.vertices)
    for k, name in enumerate(part.bones):
        poses = skeleton.bones[name].poses
        move = poses[pose].after(poses["standing"].inverse())
        result += weights[:, k : k + 1] * move(part.mesh.vertices)
    return result


def centre_line(part: Part) -> Array:
    """The middles (n, 3) mm of a root's rings, from the sac outwards."""
    rings = part.mesh.vertices[:-2].reshape(-1, 10, 3)
    return np.asarray(rings.mean(axis=1))


@pytest.mark.parametrize("pose", ["standing", "supine"])
@pytest.mark.parametrize("root", ROOTS)
def test_roots_clear_all_bones_along_their_length(
    skeleton: Skeleton, soft: dict[str, Part], room: Room, root: str, pose: str
) -> None:
    part = soft[f"{root}.nerve_root.left"]
    own = room(carried(skeleton, part, pose), pose)
    assert own.min() >= LEAST
    # the middle of each side of a section, too: triangles do not cut a corner through bone
    between = carried(skeleton, part, pose)[part.mesh.triangles].mean(axis=1)
    assert room(between, pose).min() >= LEAST


@pytest.mark.parametrize("pose", ["standing", "supine"])
def test_the_sac_clears_all_bones(
    skeleton: Skeleton, soft: dict[str, Part], room: Room, pose: str
) -> None:
    vertices = carried(skeleton, soft["dural_sac"], pose)
    assert room(vertices, pose).min() >= LEAST


@pytest.mark.parametrize("level", LUMBAR)
def test_a_root_leaves_beneath_the_pedicle_of_its_own_vertebra(
    skeleton: Skeleton, soft: dict[str, Part], level: str
) -> None:
    pose = skeleton.pose(level).inverse()
    line = pose(centre_line(soft[f"{level}.nerve_root.left"]))
    pedicle = pose(skeleton.landmark(f"{level}.pedicle.left")[None])[0]
    beyond = int(np.argmax(line[:, 0] > pedicle[0]))
    height = np.interp(pedicle[0], line[[beyond - 1, beyond], 0], line[[beyond - 1, beyond], 2])
    assert -18.0 < height - pedicle[2] < -6.0
    # above that it runs medial to the pedicle
    beside = line[line[:, 2] > pedicle[2] - 4.0]
    assert len(beside) > 3
    assert (beside[:, 0] < pedicle[0] - 3.0).all()


@pytest.mark.parametrize(("level", "below"), [("L2", "L3"), ("L3", "L4"), ("L4", "L5")])
def test_outside_it_runs_down_in_front_of_the_next_transverse_process(
    skeleton: Skeleton, soft: dict[str, Part], level: str, below: str
) -> None:
    pose = skeleton.pose(below).inverse()
    line = pose(centre_line(soft[f"{level}.nerve_root.left"]))
    tip = pose(skeleton.landmark(f"{below}.transverse_process.tip.left")[None])[0]
    pedicle = pose(skeleton.landmark(f"{below}.pedicle.left")[None])[0]
    crossing = line[np.argmax(line[:, 2] < (tip[2] + pedicle[2]) / 2.0)]
    assert pedicle[0] < crossing[0] < tip[0]
    assert crossing[1] < (tip[1] + pedicle[1]) / 2.0
    assert line[-1, 2] < pedicle[2] - 5.0


def disc_plane(column: Column, upper: str) -> tuple[Array, Array]:
    """The middle (3,) mm of the disc's posterior edge below a bone, and the unit way up there."""
    back = wall(column, 0.0, behind=True, below=30.0, bulge=0.0)
    disc, normal = back.at(np.array([back.marks[f"{upper}.disc"]]))
    up = np.cross(normal[0], [1.0, 0.0, 0.0])
    up *= np.sign(up[2])
    return disc[0], up


def beyond_sac(soft: dict[str, Part], points: Array) -> Array:
    """How far (n,) mm points (n, 3) lie outside the sac's nearest section, negative inside."""
    rings = soft["dural_sac"].mesh.vertices[:-2].reshape(-1, 20, 3)
    middles = rings.mean(axis=1)
    along = np.gradient(middles, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    result = np.empty(len(points))
    for k, point in enumerate(points):
        offset = (point - middles) * [0.0, 1.0, 1.0]
        height = np.abs((offset * along).sum(axis=1))
        ring = int(np.argmin(np.where(np.linalg.norm(offset, axis=1) < 12.0, height, np.inf)))
        spokes, away = rings[ring] - middles[ring], point - middles[ring]
        back = np.cross(along[ring], [1.0, 0.0, 0.0])
        turns = np.arctan2(spokes @ back, spokes[:, 0])
        order = np.argsort(turns)
        lengths = np.linalg.norm(spokes, axis=1)[order]
        turn = np.arctan2(away @ back, away[0])
        edge = np.interp(turn, turns[order], lengths, period=2.0 * np.pi)
        result[k] = np.hypot(away @ back, away[0]) - edge
    return result


def from_take_off(soft: dict[str, Part], root: str) -> Array:
    """The root's line (n, 3) mm from where its axis leaves the sac, which is the first point."""
    line = centre_line(soft[f"{root}.nerve_root.left"])[:-4]
    outside = beyond_sac(soft, line[:20])
    last = int(np.flatnonzero(outside <= 0.0)[-1])
    share = outside[last] / (outside[last] - outside[last + 1])
    start = line[last] + share * (line[last + 1] - line[last])
    return np.concatenate([start[None], line[last + 1 :]])


def steepness(way: Array, up: Array) -> float:
    """Degrees between a way (3,) and straight down, seen from the front."""
    return float(np.degrees(np.arctan2(way[0], -(way @ up))))


@pytest.mark.parametrize(("exiting", "traversing"), [("L3", "L4"), ("L4", "L5"), ("L5", "S1")])
def test_the_traversing_root_lies_medial_at_the_disc(
    column: Column, soft: dict[str, Part], exiting: str, traversing: str
) -> None:
    disc, up = disc_plane(column, exiting)

    def at_disc(root: str) -> Array:
        line = centre_line(soft[f"{root}.nerve_root.left"])
        return np.asarray(line[np.argmin(np.abs((line - disc) @ up))])

    inner, outer = at_disc(traversing), at_disc(exiting)
    assert 0.0 < inner[0] < outer[0] - 8.0
    if traversing != "S1":
        sac = soft["dural_sac"].mesh.vertices
        beside = sac[np.abs((sac - disc) @ up) < 3.0]
        assert inner[0] < beside[:, 0].max() + 1.0


def test_the_first_sacral_root_lies_beside_the_sac_at_its_disc(
    column: Column, skeleton: Skeleton, soft: dict[str, Part]
) -> None:
    """It has left the sac above the L5-S1 disc and meets it in the lateral recess."""
    disc, up = disc_plane(column, "L5")
    part = soft["S1.nerve_root.left"]
    line = centre_line(part)
    at = int(np.argmin(np.abs((line - disc) @ up)))
    rings = part.mesh.vertices[:-2].reshape(-1, 10, 3)
    radii = np.linalg.norm(rings - line[:, None], axis=2).mean(axis=1)
    sac = soft["dural_sac"].mesh.vertices
    beside = sac[np.abs((sac - disc) @ up) < 3.0]
    assert line[at, 0] > beside[:, 0].max() + 0.75 * radii[at]
    assert line[at, 0] < beside[:, 0].max() + 4.0
    # a little in front of the sac's middle, and behind the disc
    behind = (line[at] - disc) @ np.cross([1.0, 0.0, 0.0], up)
    middle = ((beside - disc) @ np.cross([1.0, 0.0, 0.0], up)).mean()
    assert radii[at] < abs(behind) < abs(middle)
    # from above the disc to the foramen no part of its axis is within the sac
    assert (from_take_off(soft, "S1")[0] - disc) @ up > 2.0
    assert (beyond_sac(soft, line[at : at + 6]) > 0.75 * radii[at : at + 6]).all()
    # the articular process of S1 is lateral to it
    bone = skeleton.bones["sacrum"].part()
    (process,) = (r for r in bone.regions if "superior_articular_process.left" in r.structure)
    own = bone.mesh.triangles[process.start : process.start + process.count]
    assert line[at, 0] + radii[at] < bone.mesh.vertices[own][..., 0].min() - 2.0


def test_lower_roots_leave_the_sac_more_steeply(skeleton: Skeleton, soft: dict[str, Part]) -> None:
    """The angle between root and sac shrinks downwards, and S1 runs steepest."""
    angles, courses = [], []
    for root in ROOTS:
        bone = "sacrum" if root == "S1" else root
        up = skeleton.pose(bone).rotation[:, 2]
        line = from_take_off(soft, root)
        gone = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
        first = np.array([np.interp(12.0, gone, line[:, axis]) for axis in range(3)])
        angles.append(steepness(first - line[0], up))
        if root in LUMBAR:
            pedicle = skeleton.landmark(f"{root}.pedicle.left")
            after = int(np.argmax(line[:, 0] > pedicle[0]))
            before, step = line[after - 1], line[after] - line[after - 1]
            beneath = before + (pedicle[0] - before[0]) / step[0] * step
            courses.append(steepness(beneath - line[0], up))
    # within a few degrees L2 to L4 are alike
    assert (np.diff(angles) < 4.0).all(), angles
    assert angles[4] < angles[3] < min(angles[:3]) - 5.0
    assert courses[3] < courses[2] + 0.5, courses


@pytest.mark.parametrize("level", LUMBAR)
def test_a_lumbar_root_leaves_the_sac_below_the_disc_above(
    column: Column, skeleton: Skeleton, soft: dict[str, Part], level: str
) -> None:
    plate = skeleton.bones[level].plates.superior.posterior
    start = skeleton.pose(level).inverse()(from_take_off(soft, level)[:1])[0]
    assert -0.5 < plate[2] - start[2] < 16.0
    if level == "L5":
        assert start[2] > skeleton.bones[level].landmarks["pedicle.left"].at[2] + 4.0


def test_the_first_sacral_root_comes_out_in_front_of_the_sacrum(
    skeleton: Skeleton, soft: dict[str, Part]
) -> None:
    pose = skeleton.pose("sacrum").inverse()
    line = pose(centre_line(soft["S1.nerve_root.left"]))
    field = skeleton.bones["sacrum"].field
    # rays from the line to both sides in the frontal plane meet bone within the foramen
    span = np.linspace(1.0, 16.0, 31)
    walled = []
    for point in line:
        lateral = field(point + span[:, None] * [1.0, 0.0, 0.0]).min() < 0.0
        medial = field(point - span[:, None] * [1.0, 0.0, 0.0]).min() < 0.0
        walled.append(lateral and medial)
    through = np.flatnonzero(walled)
    assert len(through) > 3
    front = line[-1] + np.array([[0.0, -s, 0.0] for s in np.linspace(0.0, 40.0, 41)])
    assert field(front).min() > 0.0
    assert through[-1] < len(line) - 2


def test_ganglia_swell_where_facts_put_them(skeleton: Skeleton, soft: dict[str, Part]) -> None:
    """At L2 to L4 in the medial zone of the foramen, at L5 lateral; larger downwards."""
    widths = []
    for root in ROOTS:
        part = soft[f"{root}.nerve_root.left"]
        names = [region.structure for region in part.regions]
        assert names == [part.name, f"{root}.dorsal_root_ganglion.left"]
        region = part.regions[1]
        own = part.mesh.triangles[region.start : region.start + region.count]
        vertices = part.mesh.vertices[np.unique(own)]
        middle = vertices.mean(axis=0)
        line = centre_line(part)
        rings = part.mesh.vertices[:-2].reshape(-1, 10, 3)
        radii = np.linalg.norm(rings - line[:, None], axis=2).mean(axis=1)
        widths.append(2.0 * radii.max())
        assert np.linalg.norm(line[np.argmax(radii)] - middle) < 4.0
        if root in LUMBAR:
            aside = middle[0] - skeleton.landmark(f"{root}.pedicle.left")[0]
            assert aside > 2.5 if root == "L5" else aside < 2.5, (root, aside)
    assert widths == sorted(widths)
    assert widths[3] == pytest.approx(6.5, abs=0.2)


def sac_areas(vertices: Array) -> Array:
    """The area (n,) mm² of each section of the sac, from top to end."""
    rings = vertices[:-2].reshape(-1, 20, 3)
    spokes = rings - rings.mean(axis=1, keepdims=True)
    return np.asarray(
        0.5 * np.linalg.norm(np.cross(spokes, np.roll(spokes, -1, axis=1)).sum(axis=1), axis=1)
    )


def test_the_sac_is_wide_down_to_the_sacrum_and_then_tapers(soft: dict[str, Part]) -> None:
    vertices = soft["dural_sac"].mesh.vertices
    areas = sac_areas(vertices)
    heights = vertices[:-2].reshape(-1, 20, 3)[..., 2].mean(axis=1)
    within = slice(3, -3)
    assert (areas[within][heights[within] > 25.0] > 75.0).all()
    assert (areas[within] > 8.0).all()
    # each section lies below the one before
    assert (np.diff(heights[within]) < 0.0).all()


def test_the_sac_ends_at_the_second_sacral_vertebra(
    skeleton: Skeleton, soft: dict[str, Part]
) -> None:
    own = skeleton.pose("sacrum").inverse()(soft["dural_sac"].mesh.vertices)
    assert -52.0 < own[:, 2].min() < -34.0
    highest = skeleton.pose("L2").inverse()(soft["dural_sac"].mesh.vertices)[:, 2].max()
    assert highest > skeleton.bones["L2"].plates.superior.centre[2] + 15.0


def test_the_conus_ends_above_l2_and_only_strands_go_on(
    skeleton: Skeleton, soft: dict[str, Part]
) -> None:
    plate = skeleton.bones["L2"].plates.superior.centre[2]
    conus = skeleton.pose("L2").inverse()(soft["conus_medullaris"].mesh.vertices)
    assert plate + 7.0 < conus[:, 2].min() < plate + 18.0
    strands = skeleton.pose("sacrum").inverse()(soft["cauda_equina"].mesh.vertices)
    assert strands[:, 2].min() < -15.0


def test_conus_and_strands_lie_within_the_sac(soft: dict[str, Part]) -> None:
    sac = soft["dural_sac"].mesh.vertices[:-2].reshape(-1, 20, 3)
    middles = sac.mean(axis=1)
    for name in ("conus_medullaris", "cauda_equina"):
        for vertex in soft[name].mesh.vertices[::7]:
            ring = int(np.argmin(np.linalg.norm(middles - vertex, axis=1)))
            spokes = sac[ring] - middles[ring]
            away = vertex - middles[ring]
            side = int(np.argmax(spokes @ away / np.linalg.norm(spokes, axis=1)))
            reach = spokes[side] / np.linalg.norm(spokes[side])
            assert away @ reach < np.linalg.norm(spokes[side]) + 0.1, name


def test_thick_flava_press_the_sac_forwards_and_never_past_its_middle(
    soft: dict[str, Part],
) -> None:
    part = soft["dural_sac"]
    shift = part.morphs["flavum_thickening"]
    assert np.linalg.norm(shift, axis=1).max() > 0.8
    before = sac_areas(part.mesh.vertices)
    after = sac_areas(part.mesh.vertices + shift)
    assert (after < before + 0.5).all()
    assert (after > 0.5 * before).all()
    assert (after < 0.8 * before).any()
