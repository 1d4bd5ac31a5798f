"""Spine and pelvis from angles: exact in every state, refused where they can't be."""

from __future__ import annotations

from dataclasses import replace
from math import atan2, cos, degrees, dist, hypot, nan, radians, sin

import pytest
from alignment_states import published
from hypothesis import given, settings
from hypothesis import strategies as st

from l3s1.models.alignment.film import class_of
from l3s1.models.alignment.spine import (
    SEGMENTS,
    VERTEBRAE,
    Line,
    Spine,
    build_spine,
    clamp_segments,
    disc_limits,
    segment_limits,
)

BODY = published().rules.body
TABLE = published().rules.segment_means
LIMITS = segment_limits(BODY)


@st.composite
def spines(draw: st.DrawFn) -> Spine:
    incidence = draw(st.floats(0, 120))
    tilt = draw(st.floats(max(-30, incidence - 90), incidence))
    segments = [draw(st.floats(low, high)) for low, high in LIMITS]
    return build_spine(BODY, incidence, tilt, segments)


def _tilt(line: Line) -> float:
    rise = line.posterior[1] - line.anterior[1]
    return degrees(atan2(rise, line.posterior[0] - line.anterior[0]))


def _middle(line: Line) -> tuple[float, float]:
    (a, b), (c, d) = line.posterior, line.anterior
    return (a + c) / 2, (b + d) / 2


def _turn(angle: float) -> float:
    return (angle + 180) % 360 - 180


@settings(deadline=None)
@given(spines())
def test_incidence_is_tilt_plus_slope_on_the_points_too(spine: Spine) -> None:
    assert spine.incidence == pytest.approx(spine.tilt + spine.slope, abs=1e-9)
    plate, hip = spine.plates["S1.upper"], spine.hip
    middle = _middle(plate)
    assert middle == pytest.approx((0, 0), abs=1e-9)
    # incidence as it is defined: between the plate's perpendicular and the line to the hip axis
    along = (plate.posterior[0] - plate.anterior[0], plate.posterior[1] - plate.anterior[1])
    down = (along[1], -along[0])
    cross = hip[0] * down[1] - hip[1] * down[0]
    angle = degrees(atan2(cross, hip[0] * down[0] + hip[1] * down[1]))
    assert _turn(angle - spine.incidence) == pytest.approx(0, abs=1e-6)
    # tilt: between the vertical and that line; slope: between plate and horizontal
    assert degrees(atan2(-hip[0], -hip[1])) == pytest.approx(spine.tilt, abs=1e-6)
    assert _tilt(plate) == pytest.approx(spine.slope, abs=1e-6)
    assert hypot(*hip) == pytest.approx(BODY.hip_distance_mm)


@settings(deadline=None)
@given(spines())
def test_segments_add_up_to_the_lordosis_between_the_plates(spine: Spine) -> None:
    tilts = [_tilt(spine.plates[f"{bone}.upper"]) for bone in (*VERTEBRAE, "S1")]
    for drawn, said in zip(tilts, spine.tilts, strict=True):
        assert _turn(drawn - said) == pytest.approx(0, abs=1e-6)
    assert spine.lordosis == pytest.approx(sum(spine.segments))
    assert spine.low_lordosis == pytest.approx(sum(spine.segments[3:]))
    assert _turn(tilts[-1] - tilts[0] - spine.lordosis) == pytest.approx(0, abs=1e-6)
    for segment, disc, bone in zip(spine.segments, spine.discs, BODY.vertebrae, strict=True):
        assert segment == pytest.approx(disc + bone.wedge_deg)
    assert spine.mismatch == pytest.approx(spine.incidence - spine.lordosis)


@settings(deadline=None)
@given(spines())
def test_bones_keep_their_shape_and_discs_no_negative_height(spine: Spine) -> None:
    usual = build_spine(BODY, 50, 12, TABLE[1].means)
    for bone in VERTEBRAE:
        mine, theirs = (
            [
                point
                for name in ("upper", "lower")
                for point in (
                    each.plates[f"{bone}.{name}"].posterior,
                    each.plates[f"{bone}.{name}"].anterior,
                )
            ]
            for each in (spine, usual)
        )
        for one in range(4):
            for other in range(one):
                assert dist(mine[one], mine[other]) == pytest.approx(
                    dist(theirs[one], theirs[other])
                )
    below = ["L2.upper", "L3.upper", "L4.upper", "L5.upper", "S1.upper"]
    for bone, under in zip(VERTEBRAE, below, strict=True):
        upper, lower = spine.plates[f"{bone}.lower"], spine.plates[under]
        turn = radians(_tilt(lower) - _turn(_tilt(lower) - _tilt(upper)) / 2)
        normal = (-sin(turn), cos(turn))
        for end in ("posterior", "anterior"):
            top, bottom = getattr(upper, end), getattr(lower, end)
            height = (top[0] - bottom[0]) * normal[0] + (top[1] - bottom[1]) * normal[1]
            assert height >= -1e-6


@pytest.mark.parametrize(
    ("incidence", "segments", "total", "share_of_l5_s1"),
    [
        (38.3, (0.0, 3.9, 7.7, 10.5, 20.2), 42.3, 47.7),
        (49.6, (0.9, 6.2, 8.9, 13.1, 21.8), 50.9, 42.7),
        (63.3, (2.5, 7.5, 10.7, 14.4, 22.6), 57.7, 39.2),
    ],
)
def test_the_published_table_of_segments_is_reproduced(
    incidence: float, segments: tuple[float, ...], total: float, share_of_l5_s1: float
) -> None:
    """Mi Le and others 2022, table 2, at the mean incidence of each class."""
    means = class_of(TABLE, incidence).means
    assert means == segments
    spine = build_spine(BODY, incidence, 12, means)
    drawn = [
        _tilt(spine.plates[f"{lower}.upper"]) - _tilt(spine.plates[f"{upper}.upper"])
        for upper, lower in zip(VERTEBRAE, (*VERTEBRAE[1:], "S1"), strict=True)
    ]
    assert [round(angle, 1) for angle in drawn] == list(segments)
    assert round(spine.lordosis, 1) == total
    # the printed shares come from means before rounding
    assert 100 * segments[-1] / spine.lordosis == pytest.approx(share_of_l5_s1, abs=0.15)


def test_classes_of_the_table_meet_at_45_and_55() -> None:
    assert [class_of(TABLE, at).id for at in (44.9, 45, 55, 55.1)] == [
        "low",
        "middle",
        "middle",
        "high",
    ]


@pytest.mark.parametrize(
    ("incidence", "tilt", "says"),
    [(50, 51, "give -40 to 50°"), (95, 1, "give 5 to 95°"), (nan, 1, "finite")],
)
def test_a_sacral_plate_past_level_or_upright_is_refused(
    incidence: float, tilt: float, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        build_spine(BODY, incidence, tilt, TABLE[1].means)


def test_plates_never_press_through_each_other() -> None:
    for place, (low, high) in enumerate(LIMITS):
        for beyond in (low - 0.1, high + 0.1):
            segments = list(TABLE[1].means)
            segments[place] = beyond
            with pytest.raises(ValueError, match=rf"{SEGMENTS[place]}: .* would press one plate"):
                build_spine(BODY, 50, 12, segments)
            clamped = clamp_segments(BODY, segments)
            assert clamped[place] == pytest.approx(low if beyond < low else high)
            build_spine(BODY, 50, 12, clamped)


def test_a_spine_has_five_segments() -> None:
    with pytest.raises(ValueError, match="five angles"):
        build_spine(BODY, 50, 12, (1, 2, 3))


@settings(deadline=None)
@given(st.floats(1, 20))
def test_a_lower_disc_can_be_wedged_less(height: float) -> None:
    discs = tuple(replace(disc, height_mm=height) for disc in BODY.discs)
    lower = tuple(replace(disc, height_mm=height / 2) for disc in BODY.discs)
    pairs = zip(
        disc_limits(replace(BODY, discs=lower)),
        disc_limits(replace(BODY, discs=discs)),
        strict=True,
    )
    assert all(less < more for less, more in pairs)


@pytest.mark.parametrize(
    "change", [{"sacrum_depth_mm": 0.0}, {"hip_distance_mm": nan}, {"discs": ()}, {"vertebrae": ()}]
)
def test_a_body_without_size_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"above 0 mm|in this order"):
        replace(BODY, **change)  # type: ignore[arg-type]  # wrong on purpose


def test_the_apex_lies_where_plates_cease_to_fall_forward() -> None:
    # with a slope of 38 the plates of L4 fall by 3.1 and 5 degrees, that above L3 backward
    assert build_spine(BODY, 50, 12, TABLE[1].means).apex == "L3-L4"
    assert build_spine(BODY, 50, 50, TABLE[1].means).apex is None
    assert build_spine(BODY, 80, 0, (0, 0, 0, 0, 0)).apex is None
    # L5–S1 alone turns the plate back: its disc, or the body of L5
    assert build_spine(BODY, 50, 40, (0, 0, 0, 0, 20)).apex == "L5-S1"
    assert build_spine(BODY, 50, 40, (0, 0, 0, 0, 12)).apex == "L5"
