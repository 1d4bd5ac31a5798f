"""The bones stand as the numbers ask, keep clear of each other, and know their landmarks."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_anatomy import anatomy_numbers
from l3s1.models.anatomy.joints import FittedField, Joint, Mate
from l3s1.models.anatomy.plates import Plates, lumbar_plates, plate_between
from l3s1.models.anatomy.pose import IDENTITY, Pose, tilt
from l3s1.models.anatomy.posture import (
    POSTURES,
    Posture,
    SegmentPosture,
    angle_range,
    bones_of,
    compute_poses,
    disc_heights,
    posture_from,
)
from l3s1.models.anatomy.skeleton import BONES, Skeleton
from l3s1.models.bones.meshing import edge_report
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import MotionSegment, Side

NUMBERS = anatomy_numbers()
SEGMENTS = [segment.value for segment in MotionSegment]
CLEAR = 0.5


def slope(points: Array) -> float:
    """Degrees by which the first of two points lies lower than the second."""
    along = points[1] - points[0]
    return float(np.degrees(np.arctan2(along[2], along[1])))


def plate_slope(skeleton: Skeleton, bone: str, pose: str) -> float:
    names = [f"{bone}.superior_end_plate.{end}" for end in ("anterior", "posterior")]
    return slope(np.array([skeleton.landmark(name, pose) for name in names]))


@pytest.mark.parametrize("pose", POSTURES)
def test_angles_come_out_as_the_numbers_say(skeleton: Skeleton, pose: str) -> None:
    wanted = posture_from(NUMBERS["posture"], pose)
    assert plate_slope(skeleton, "sacrum", pose) == pytest.approx(wanted.sacral_slope, abs=1e-6)
    for segment in SEGMENTS:
        upper, lower = bones_of(segment)
        angle = plate_slope(skeleton, lower, pose) - plate_slope(skeleton, upper, pose)
        assert angle == pytest.approx(wanted.segments[segment].angle, abs=1e-6)


def test_lordosis_is_that_of_the_series() -> None:
    """L2–S1 is all but one segment of L1–S1, so the sums must lie near the published wholes."""
    standing, supine = (posture_from(NUMBERS["posture"], pose) for pose in POSTURES)
    whole = [sum(part.angle for part in each.segments.values()) for each in (standing, supine)]
    # Yukawa 2019: L1–S1 49.8 standing and 36.8 lying, L4–S1 34.2 and 29.8
    assert 45.0 < whole[0] < 52.0
    assert 34.0 < whole[1] < 42.0
    for posture, known in ((standing, 34.2), (supine, 29.8)):
        low = posture.segments["L4-L5"].angle + posture.segments["L5-S1"].angle
        assert low == pytest.approx(known, abs=1.0)
    assert standing.sacral_slope - supine.sacral_slope == pytest.approx(4.1, abs=0.05)


@pytest.mark.parametrize("pose", POSTURES)
def test_bones_clear_each_other(skeleton: Skeleton, pose: str) -> None:
    """Vertices, and the middles of triangles, of each bone against its neighbours' fields."""
    for upper, lower in pairwise(skeleton.bones):
        for one, other in ((upper, lower), (lower, upper)):
            bone = skeleton.bones[one]
            at = bone.vertices(pose)
            points = np.r_[at, at[bone.mesh.triangles].mean(axis=1)]
            assert skeleton.bones[other].distance(points, pose).min() >= CLEAR


def test_facets_face_each_other(skeleton: Skeleton) -> None:
    """Around a facet joint's middle the two bones run along each other at one to two mm."""
    random = np.random.default_rng(3)
    for segment in SEGMENTS:
        upper, lower = (skeleton.bones[name] for name in bones_of(segment))
        middle = skeleton.landmark(f"{segment}.facet.left")
        points = middle + random.uniform(-5.0, 5.0, (6000, 3))
        a, b = upper.distance(points), lower.distance(points)
        gap = (a + b)[np.abs(a - b) < 0.3]
        assert 1.0 < np.median(gap) < 2.2, segment


def test_the_whole_bone_is_closed_and_keeps_its_regions(skeleton: Skeleton) -> None:
    assert tuple(skeleton.bones) == BONES
    for bone in skeleton.bones.values():
        closed, genus = edge_report(bone.mesh)
        assert closed
        assert genus == 1 if bone.name != "sacrum" else genus > 1
        assert {region.structure.split(".")[0] for region in bone.regions} == {bone.name}
        part = bone.part()
        assert part.bones == (bone.name,)


def test_a_pose_and_its_inverse_cancel(skeleton: Skeleton) -> None:
    points = np.random.default_rng(1).uniform(-90.0, 90.0, (50, 3))
    for bone in skeleton.bones.values():
        for pose in bone.poses.values():
            assert np.allclose(pose.inverse()(pose(points)), points)
            assert np.linalg.det(pose.rotation) == pytest.approx(1.0)


def test_distance_holds_far_and_near(skeleton: Skeleton) -> None:
    at = skeleton.bones["L4"].vertices()
    off = np.abs(skeleton.distance(at))
    # thin edges are rounded off in the mesh
    assert off.max() < 0.8
    assert np.quantile(off, 0.9) < 0.2
    centre = skeleton.landmark("L4.superior_end_plate") + skeleton.landmark("L4.inferior_end_plate")
    assert skeleton.distance(centre[None] / 2.0)[0] < -8.0
    away = np.array([[0.0, -200.0, 60.0]])
    assert 100.0 < skeleton.distance(away)[0] < 200.0


def test_landmarks_lie_where_their_names_say(skeleton: Skeleton) -> None:
    for name in skeleton.landmark_names():
        at = skeleton.landmark(name)
        if name.endswith(f".{Side.LEFT}"):
            other = skeleton.landmark(name.removesuffix(Side.LEFT) + Side.RIGHT)
            assert at[0] > 5.0
            assert np.allclose(other, at * [-1.0, 1.0, 1.0])
        elif not name.endswith(f".{Side.RIGHT}"):
            assert abs(at[0]) < 1e-9
    for level in ("L2", "L3", "L4", "L5"):
        pedicle = skeleton.landmark(f"{level}.pedicle.left")
        along = skeleton.axis(f"{level}.pedicle.left")
        # a pedicle screw of 6.5 mm stays inside over the pedicle's length
        line = pedicle + np.linspace(-4.0, 20.0, 13)[:, None] * along
        assert skeleton.bones[level].distance(line).max() < -3.25
        # toward the midline, forward
        assert along[0] < -0.1
        assert along[1] < -0.8
    assert skeleton.carrier("L4-L5.foramen.left") == "L5"
    assert np.allclose(
        skeleton.landmark("sacrum.promontory"),
        skeleton.landmark("sacrum.superior_end_plate.anterior"),
    )


def test_foramina_are_open(skeleton: Skeleton) -> None:
    for segment in SEGMENTS:
        at = skeleton.landmark(f"{segment}.foramen.left")
        assert skeleton.distance(at[None])[0] > 2.0, segment


def test_an_unknown_landmark_is_named(skeleton: Skeleton) -> None:
    with pytest.raises(KeyError, match=r"L4\.patella"):
        skeleton.landmark("L4.patella")
    with pytest.raises(KeyError, match="has no direction"):
        skeleton.axis("L4.spinous_process.tip")


def box_plates(wedge: float, depth: float = 34.0, height: float = 28.0) -> Plates:
    """Plates of a body whose superior plate slopes back and inferior forward by half the wedge."""
    half = tilt(wedge / 2.0) @ [0.0, depth / 2.0, 0.0]
    back = half * [1.0, 1.0, -1.0]
    up = np.array([0.0, 0.0, height / 2.0])
    return Plates(
        plate_between(up - back, up + back, upwards=True),
        plate_between(-up - half, -up + half, upwards=False),
    )


@settings(deadline=None)
@given(
    st.floats(-10.0, 80.0),
    st.lists(st.floats(-8.0, 12.0), min_size=4, max_size=4),
    st.lists(st.floats(-4.0, 9.0), min_size=4, max_size=4),
    st.floats(-3.0, 3.0),
)
def test_any_posture_comes_out_as_asked(
    sacral: float, angles: list[float], wedges: list[float], shift: float
) -> None:
    sacrum = Plates(box_plates(0.0).superior, None)
    plates = {"sacrum": sacrum} | {
        bones_of(segment)[0]: box_plates(wedge)
        for segment, wedge in zip(SEGMENTS, wedges, strict=True)
    }
    segments = {
        segment: SegmentPosture(angle, 11.0, shift)
        for segment, angle in zip(SEGMENTS, angles, strict=True)
    }
    posture = Posture(sacral, segments)
    for segment, wanted in segments.items():
        low, high = angle_range(wanted, *(plates[name] for name in bones_of(segment)))
        if not low <= wanted.angle <= high:
            with pytest.raises(ValueError, match=r"poses: L.-.* closes its disc"):
                compute_poses(plates, posture)
            return
    poses = compute_poses(plates, posture)
    assert np.allclose(poses["sacrum"](sacrum.superior.centre[None]), 0.0)
    for segment, wanted in segments.items():
        upper, lower = bones_of(segment)
        ends = [(plates[b].superior.anterior, plates[b].superior.posterior) for b in (upper, lower)]
        tops = [slope(poses[b](np.array(e))) for b, e in zip((upper, lower), ends, strict=True)]
        assert tops[1] - tops[0] == pytest.approx(wanted.angle, abs=1e-6)
        resting = poses[upper](plates[upper].resting().centre[None])[0]
        seat = poses[lower](plates[lower].superior.centre[None])[0]
        apart = np.linalg.norm(resting - seat)
        assert apart == pytest.approx(np.hypot(11.0, shift))
        heights = disc_heights(wanted, plates[upper], plates[lower])
        assert min(heights) >= 1.0 - 1e-9
        assert (heights[0] - heights[1]) * (wanted.angle - plates[upper].wedge) >= 0.0


def test_what_cannot_stand_is_refused() -> None:
    sacrum = Plates(box_plates(0.0).superior, None)
    with pytest.raises(ValueError, match="the sacrum is missing"):
        compute_poses({"L5": box_plates(9.0)}, Posture(40.0, {}))
    with pytest.raises(ValueError, match="slope of 95 degrees; give -10 to 80"):
        compute_poses({"sacrum": sacrum}, Posture(95.0, {}))
    steep = Posture(40.0, {"L5-S1": SegmentPosture(60.0, 9.0, 0.0)})
    with pytest.raises(ValueError, match=r"L5-S1 at 60 degrees closes .* or a higher disc"):
        compute_poses({"sacrum": sacrum, "L5": box_plates(9.0)}, steep)
    with pytest.raises(ValueError, match="rests on no disc"):
        sacrum.resting()


def test_a_wrong_posture_entry_is_named() -> None:
    with pytest.raises(ValueError, match="'hanging' is unknown; use one of standing, supine"):
        posture_from(NUMBERS["posture"], "hanging")
    broken: dict[str, Any] = copy.deepcopy(NUMBERS["posture"])
    del broken["segments"]["L4-L5"]["angle"]["supine"]
    with pytest.raises(ValueError, match=r"posture\.segments\.L4-L5\.angle: supine is missing"):
        posture_from(broken, "supine")


def ball(radius: float, centre: float) -> Any:
    """The field of a ball on the x axis."""
    return lambda p: np.linalg.norm(p - [centre, 0.0, 0.0], axis=1) - radius


def test_bodies_that_overlap_are_cut_to_a_gap_and_others_left_alone() -> None:
    box = np.full(3, 40.0)
    for apart, changed in ((18.0, True), (25.0, False)):
        joint = Joint(gap=1.2, rounding=0.0)
        shifted = Pose(np.eye(3), np.array([apart, 0.0, 0.0]))
        mate = Mate(ball(10.0, 0.0), (shifted,), -box, box)
        cut = FittedField(ball(10.0, 0.0), [(mate, joint)])
        x = np.linspace(0.0, 12.0, 1201)
        inside = cut(np.c_[x, 0 * x, 0 * x]) < 0.0
        edge = float(x[inside].max())
        assert edge == pytest.approx(apart / 2.0 - 0.6 if changed else 10.0, abs=0.02)


def test_corners_of_a_wedge_are_found() -> None:
    """A block with a wedge of 8 degrees, its edges rounded a little."""

    def field(p: Array) -> Array:
        top = p[:, 2] - 14.0 + np.tan(np.radians(4.0)) * p[:, 1]
        bottom = -p[:, 2] - 14.0 + np.tan(np.radians(4.0)) * p[:, 1]
        side = np.maximum(np.abs(p[:, 1]) - 17.0, np.abs(p[:, 0]) - 25.0)
        result: Array = np.maximum(np.maximum(top, bottom), side)
        return result

    plates = lumbar_plates(field)
    assert plates.wedge == pytest.approx(8.0, abs=0.3)
    assert plates.superior.depth == pytest.approx(34.0 / np.cos(np.radians(4.0)), abs=0.2)
    assert plates.superior.normal[2] > 0.99
    assert plates.resting().normal[2] < -0.99
    assert np.allclose(IDENTITY(plates.superior.anterior[None])[0], plates.superior.anterior)
