"""Curves through a neutral zone and a range: exact where published, sound in between."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from l3s1.models.motion.construct import BesideCurve, SolidCurve, SpringCurve, fuse
from l3s1.models.motion.curve import CurveLaw, IntactCurve, fit_curve

LAW = CurveLaw(10.0, 0.5, 11.0, 95.0)
MOMENTS = np.linspace(0.0, 95.0, 96)


@st.composite
def curves(draw: st.DrawFn) -> IntactCurve:
    """Any curve that segments may have: zone 0.2 to 4°, the rest of the range 1 to 15°."""
    zone = draw(st.floats(0.2, 4.0))
    rest = draw(st.floats(1.0, min(15.0, 18.0 * zone)))
    return fit_curve(zone, zone + rest, LAW)


@given(st.floats(0.2, 4.0), st.floats(1.0, 15.0))
def test_a_curve_meets_its_zone_and_its_range(zone: float, rest: float) -> None:
    if 9.5 / rest <= 0.5 / zone:
        with pytest.raises(ValueError, match="stiffer than the rest"):
            fit_curve(zone, zone + rest, LAW)
        return
    curve = fit_curve(zone, zone + rest, LAW)
    assert curve.angle_deg(0.5) == pytest.approx(zone, abs=1e-9)
    assert curve.angle_deg(10.0) == pytest.approx(zone + rest, abs=1e-7)


@given(curves())
def test_a_curve_rises_and_stiffens_up_to_its_terminal_stiffness(curve: IntactCurve) -> None:
    angles = [curve.angle_deg(float(moment)) for moment in MOMENTS]
    assert angles[0] == 0.0
    assert np.all(np.diff(angles) > 0.0)
    assert np.all(np.diff(angles, 2) <= 1e-9)  # ever less turn for the same moment
    stiffness = [curve.stiffness_nm_per_deg(float(moment)) for moment in MOMENTS]
    assert np.all(np.diff(stiffness) >= 0.0)
    assert max(stiffness) <= LAW.terminal_nm_per_deg


@given(curves(), st.floats(0.0, 95.0))
def test_moment_and_angle_are_each_others_inverse(curve: IntactCurve, moment: float) -> None:
    assert curve.moment_nm(curve.angle_deg(moment)) == pytest.approx(moment, abs=1e-7)


@given(curves(), st.floats(0.1, 95.0))
def test_energy_is_the_area_below_the_curve(curve: IntactCurve, moment: float) -> None:
    turned = curve.angle_deg(moment)
    kink = curve.angle_deg(min(curve.kink_nm, moment))
    area = quad(curve.moment_nm, 0.0, turned, points=[kink] if 0 < kink < turned else None)[0]
    assert curve.energy_j(moment) > 0.0
    assert curve.energy_j(moment) == pytest.approx(math.radians(area), rel=1e-5)


@pytest.mark.parametrize(
    ("zone", "reach", "words"),
    [
        (0.0, 6.0, "above 0"),
        (-1.0, 6.0, "above 0"),
        (6.0, 6.0, "below the range"),
        (1.0, math.inf, "below the range"),
        (math.nan, 6.0, "above 0"),
        (0.5, 0.9, "under large loads"),
        (0.1, 9.0, "stiffer than the rest"),
    ],
)
def test_what_is_no_curve_is_refused_with_words(zone: float, reach: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        fit_curve(zone, reach, LAW)


@pytest.mark.parametrize(
    "law", [(10, 0, 11, 95), (10, 11, 11, 95), (10, 0.5, 0, 95), (10, 1, 9, 5)]
)
def test_a_law_without_sense_is_refused(law: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"give|must"):
        CurveLaw(*law)


@pytest.mark.parametrize("moment", [-0.1, 95.1, math.nan])
def test_moments_that_nobody_tested_are_refused(moment: float) -> None:
    curve = fit_curve(1.0, 6.5, LAW)
    for ask in (curve.angle_deg, curve.energy_j, curve.stiffness_nm_per_deg):
        with pytest.raises(ValueError, match="give 0 to 95"):
            ask(moment)
    with pytest.raises(ValueError, match="give 0 or more"):
        curve.moment_nm(-1.0)


@given(curves(), st.floats(0.05, 0.9), st.booleans())
def test_a_construct_leaves_what_it_was_measured_to(
    curve: IntactCurve, left: float, disc_stays: bool
) -> None:
    fused = fuse(curve, left, 7.5, disc_stays=disc_stays)
    assert fused.angle_deg(7.5) == pytest.approx(left * curve.angle_deg(7.5), rel=1e-6)
    assert fused.moment_nm(fused.angle_deg(30.0)) == pytest.approx(30.0, rel=1e-6)


@given(curves(), st.floats(0.05, 0.9), st.floats(0.1, 95.0))
def test_beside_the_disc_a_construct_bears_part_and_less_turns(
    curve: IntactCurve, left: float, moment: float
) -> None:
    fused = fuse(curve, left, 7.5, disc_stays=True)
    assert isinstance(fused, BesideCurve)
    assert fused.angle_deg(moment) < curve.angle_deg(moment)
    assert 0.0 < fused.share_of_construct(moment) < 1.0
    assert fused.energy_j(moment) > 0.0


def test_solid_bone_does_not_turn() -> None:
    solid = fuse(fit_curve(1.0, 6.5, LAW), 0.0, 7.5, disc_stays=False)
    assert isinstance(solid, SolidCurve)
    assert solid.angle_deg(60.0) == solid.energy_j(60.0) == solid.moment_nm(0.0) == 0.0
    with pytest.raises(ValueError, match="solid bone does not turn"):
        solid.moment_nm(0.1)


def test_a_construct_alone_is_a_spring() -> None:
    spring = fuse(fit_curve(1.0, 6.5, LAW), 0.2, 7.5, disc_stays=False)
    assert isinstance(spring, SpringCurve)
    assert spring.angle_deg(15.0) == pytest.approx(2 * spring.angle_deg(7.5))
    assert spring.energy_j(15.0) == pytest.approx(4 * spring.energy_j(7.5))


@pytest.mark.parametrize("left", [-0.1, 1.0, 1.2, math.nan])
def test_shares_that_no_construct_leaves_are_refused(left: float) -> None:
    with pytest.raises(ValueError, match="share"):
        fuse(fit_curve(1.0, 6.5, LAW), left, 7.5, disc_stays=True)


def test_a_share_needs_a_moment() -> None:
    with pytest.raises(ValueError, match="no moment"):
        fuse(fit_curve(1.0, 6.5, LAW), 0.2, 0.0, disc_stays=True)
