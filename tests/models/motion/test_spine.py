"""Segments in series: angles add up, a total is kept, a load is everywhere the same."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l3s1.models.motion.construct import fuse
from l3s1.models.motion.curve import CurveLaw, IntactCurve, fit_curve
from l3s1.models.motion.modifiers import FollowerEffect, MotionRange, degenerate, press
from l3s1.models.motion.protocols import compare_protocols
from l3s1.models.motion.spine import SEGMENTS, Spine

LAW = CurveLaw(10.0, 0.5, 11.0, 95.0)
EFFECT = FollowerEffect(1200.0, 0.25, 2.0)


@st.composite
def spines(draw: st.DrawFn) -> Spine:
    """Five segments, each with a curve of its own."""
    zones = [draw(st.floats(0.5, 3.0)) for _ in SEGMENTS]
    rests = [draw(st.floats(1.5, 9.0)) for _ in SEGMENTS]
    found = {n: fit_curve(z, z + r, LAW) for n, z, r in zip(SEGMENTS, zones, rests, strict=True)}
    return Spine(found, LAW)


def fused(spine: Spine, levels: int, left: float, *, disc_stays: bool = False) -> Spine:
    """The spine with so many of its lowest segments fused."""
    changed = {}
    for name in SEGMENTS[len(SEGMENTS) - levels :]:
        curve = spine.curves[name]
        assert isinstance(curve, IntactCurve)
        changed[name] = fuse(curve, left, 7.5, disc_stays=disc_stays)
    return spine.with_curves(changed)


@given(spines(), st.floats(0.0, 95.0))
def test_the_whole_is_the_sum_and_shares_are_of_it(spine: Spine, moment: float) -> None:
    bent = spine.under(moment)
    assert bent.total_deg == pytest.approx(sum(bent.angles_deg.values()))
    if moment > 0.0:
        assert sum(bent.share(name) for name in SEGMENTS) == pytest.approx(1.0)


@given(spines(), st.floats(0.0, 1.0))
def test_bending_to_a_total_reaches_it(spine: Spine, part: float) -> None:
    total = part * spine.reach_deg()
    bent = spine.bent_to(total)
    assert bent.total_deg == pytest.approx(total, abs=1e-6)
    assert 0.0 <= bent.moment_nm <= LAW.greatest_moment_nm


@given(spines(), st.integers(1, 3), st.floats(0.05, 0.8), st.booleans(), st.floats(1.0, 10.0))
def test_fusion_by_both_protocols(
    spine: Spine, levels: int, left: float, disc_stays: bool, moment: float
) -> None:
    done = fused(spine, levels, left, disc_stays=disc_stays)
    found = compare_protocols(spine, done, moment)
    free = SEGMENTS[: len(SEGMENTS) - levels]
    # the same load turns every free segment as before, and the whole less
    for name in free:
        assert found.change_deg(name, hybrid=False) == pytest.approx(0.0, abs=1e-12)
    assert found.same_load.total_deg < found.intact.total_deg
    if found.same_motion is None:
        assert "can't be reached" in found.why
        assert done.reach_deg() < found.intact.total_deg
        return
    # the same motion needs more moment; every free segment, not the next alone, makes up for it
    assert found.same_motion.total_deg == pytest.approx(found.intact.total_deg, abs=1e-6)
    factor = found.moment_factor()
    assert factor is not None
    assert factor > 1.0
    for name in free:
        change = found.change(name, hybrid=True)
        assert change is not None
        assert change > 0.0


@given(spines(), st.floats(0.05, 0.8), st.floats(1.0, 10.0))
def test_each_further_fused_level_asks_more_of_the_level_above(
    spine: Spine, left: float, moment: float
) -> None:
    changes = [
        compare_protocols(spine, fused(spine, n, left), moment).change("L2-L3", hybrid=True)
        for n in (1, 2, 3)
    ]
    # a construct may leave more than an intact segment gives at small moments: then it takes over
    stiff = [
        all(
            fused(spine, 3, left).curves[name].angle_deg(at) < spine.curves[name].angle_deg(at)
            for name in SEGMENTS[2:]
        )
        for at in (moment, LAW.greatest_moment_nm)
    ]
    reached = [change for change in changes if change is not None]
    if all(stiff):
        assert reached == sorted(reached)
        assert changes[: len(reached)] == reached  # what two levels can't reach, three can't


def test_a_spine_that_is_all_bone_can_only_stand_still() -> None:
    spine = Spine({name: fit_curve(1.0, 6.5, LAW) for name in SEGMENTS}, LAW)
    solid = fused(spine, 5, 0.0)
    assert solid.reach_deg() == 0.0
    assert solid.bent_to(0.0).total_deg == 0.0
    assert solid.under(10.0).share("L2-L3") == 0.0
    with pytest.raises(ValueError, match=r"can't be reached: the free segments give 0\.0°"):
        solid.bent_to(1.0)


@pytest.mark.parametrize("total", [-1.0, math.nan, 1000.0, math.inf])
def test_bends_that_no_spine_makes_are_refused(total: float) -> None:
    spine = Spine({name: fit_curve(1.0, 6.5, LAW) for name in SEGMENTS}, LAW)
    with pytest.raises(ValueError, match="bend"):
        spine.bent_to(total)


def test_spines_that_are_none_are_refused() -> None:
    curve = fit_curve(1.0, 6.5, LAW)
    with pytest.raises(ValueError, match="without segments"):
        Spine({}, LAW)
    spine = Spine({"L2-L3": curve}, LAW)
    with pytest.raises(ValueError, match="no segment L9"):
        spine.with_curves({"L9": curve})
    with pytest.raises(ValueError, match="different segments"):
        compare_protocols(spine, Spine({"L3-L4": curve}, LAW), 5.0)
    with pytest.raises(ValueError, match="above 0"):
        compare_protocols(spine, spine, 0.0)


@given(st.floats(0.5, 3.0), st.floats(1.0, 9.0), st.floats(0.0, 1200.0))
def test_a_follower_load_stiffens_and_bends_nothing(zone: float, rest: float, load: float) -> None:
    before = MotionRange(zone, zone + rest)
    after = press(before, load, EFFECT)
    assert after.zone_deg <= before.zone_deg
    assert after.range_deg <= before.range_deg
    most = press(before, 1200.0, EFFECT)
    assert most.range_deg == pytest.approx(0.75 * before.range_deg)
    assert most.zone_deg == pytest.approx(before.zone_deg / 2.0)


@pytest.mark.parametrize("load", [-1.0, 1201.0, math.nan])
def test_follower_loads_that_were_not_tested_are_refused(load: float) -> None:
    with pytest.raises(ValueError, match="the largest tested"):
        press(MotionRange(1.0, 6.0), load, EFFECT)


@given(st.floats(0.0, 3.0))
def test_degeneration_takes_range_and_leaves_the_zone(grade: float) -> None:
    after = degenerate(MotionRange(1.0, 6.0), grade, 3.0, -1.5)
    assert after.zone_deg == 1.0
    assert after.range_deg == pytest.approx(6.0 - 0.5 * grade)
    # the zone's part rises, as it did in specimens
    assert after.zone_deg / after.range_deg >= 1.0 / 6.0 - 1e-12


def test_degeneration_that_leaves_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="less than the neutral zone"):
        degenerate(MotionRange(1.0, 2.0), 3.0, 3.0, -1.5)
    for grade in (-0.1, 3.1, math.nan):
        with pytest.raises(ValueError, match="a grade of"):
            degenerate(MotionRange(1.0, 6.0), grade, 3.0, -1.5)
    for zone, reach in ((0.0, 5.0), (5.0, 5.0), (1.0, math.inf)):
        with pytest.raises(ValueError, match="neutral zone"):
            MotionRange(zone, reach)
