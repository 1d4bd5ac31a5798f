"""Published limits and formulae, to the printed precision."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest
from alignment_states import published
from hypothesis import given, settings
from hypothesis import strategies as st

from l3s1.models.alignment.scores import (
    Band,
    Formula,
    Scale,
    evaluate,
    find_band,
    find_target,
    grade,
    score_gap,
)
from l3s1.models.alignment.spine import build_spine

RULES = published().rules
FORMULAS = {each.id: each for each in (*RULES.lordosis_formulas, *RULES.tilt_formulas)}
GAP = RULES.gap


@pytest.mark.parametrize(
    ("identity", "incidence", "age", "value"),
    [
        # Le Huec and others 2016: LL = 0.54 PI + 27.6, PT = 0.44 PI - 11.4
        ("le-huec", 0, 50, 27.6),
        ("le-huec", 50, 50, 54.6),
        ("le-huec-tilt", 50, 50, 10.6),
        # Hasegawa and others 2016: LL = 32.9 + 0.60 PI - 0.23 age
        ("hasegawa", 50, 40, 53.7),
        # Hyun and others 2019: LL = 0.62 PI + 27.61, L4-S1 = 0.225 PI + 28.63
        ("hyun", 48.6, 64, 57.742),
        ("hyun-low", 48.6, 64, 39.565),
        # GAP: ideal LL = 0.62 PI + 29
        ("gap", 50, 50, 60.0),
        # Yamato and others 2016
        ("yamato", 50, 70, 54.3),
        ("yamato-tilt", 50, 70, 16.0),
        # 642 healthy adults: PT = -12.7 + 0.38 PI + 0.14 age
        ("biplanar-tilt", 49.3, 50, 13.034),
        ("schwab-rule", 50, 50, 50.0),
        # the examples printed below the French table
        ("french", 40, 50, 53),
        ("french-tilt", 40, 50, 8),
        ("french", 52, 50, 61),
        ("french-tilt", 52, 50, 12),
        ("french", 64, 50, 70),
        ("french-tilt", 64, 50, 16),
        # each class of it: LL = PI + 18, 13, 9, 6, 2, -5
        ("french", 37, 50, 55),
        ("french", 38, 50, 51),
        ("french", 47, 50, 60),
        ("french", 48, 50, 57),
        ("french", 58, 50, 64),
        ("french", 68, 50, 70),
        ("french", 77, 50, 79),
        ("french", 79, 50, 74),
    ],
)
def test_formulae_give_what_is_printed(
    identity: str, incidence: float, age: float, value: float
) -> None:
    assert evaluate(FORMULAS[identity], incidence, age) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(("incidence", "ideals"), [(50, (38.5, 60.0, 9.0)), (0, (9, 29, -15))])
def test_the_ideals_of_gap(incidence: float, ideals: tuple[float, float, float]) -> None:
    """Ideal SS = 0.59 PI + 9, LL = 0.62 PI + 29, GT = 0.48 PI - 15."""
    formulas = (GAP.ideal_slope, GAP.ideal_lordosis, GAP.ideal_global_tilt)
    assert [evaluate(each, incidence, 50) for each in formulas] == pytest.approx(ideals)


@settings(deadline=None)
@given(st.floats(32, 85))
def test_yamatos_target_is_the_lordosis_that_leads_to_the_optimal_tilt(incidence: float) -> None:
    """PT after = 0.7 PI - 0.5 LL + 8.1: his three formulae agree, as printed, within a degree."""
    target = evaluate(FORMULAS["yamato"], incidence, 70)
    optimal = evaluate(FORMULAS["yamato-tilt"], incidence, 70)
    assert target is not None
    assert 0.7 * incidence - 0.5 * target + 8.1 == pytest.approx(optimal, abs=1)


def test_the_rule_of_thumb_has_its_tolerance() -> None:
    spine = build_spine(RULES.body, 50, 12, RULES.segment_means[1].means)
    target = find_target(FORMULAS["schwab-rule"], spine, 50, None)
    assert target is not None
    assert (target.low, target.high) == (41, 59)
    assert target.miss == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("scale", "points"),
    [
        # relative pelvic version: < -15, -15 to -7.1, -7 to 5, > 5
        (GAP.version, {-15.1: 3, -15: 2, -7.1: 2, -7: 0, 0: 0, 5: 0, 5.1: 1}),
        # relative lumbar lordosis: < -25, -25 to -14.1, -14 to 11, > 11
        (GAP.lordosis, {-25.1: 3, -25: 2, -14.1: 2, -14: 0, 11: 0, 11.1: 3}),
        # distribution: < 40, 40 to 49, 50 to 80, > 80 %
        (GAP.distribution, {39.9: 2, 40: 1, 49: 1, 50: 0, 80: 0, 80.1: 3}),
        # relative spinopelvic alignment: > 18, 10.1 to 18, -7 to 10, < -7
        (GAP.alignment, {-7.1: 1, -7: 0, 10: 0, 10.1: 1, 18: 1, 18.1: 3}),
        (GAP.age, {59.9: 0, 60: 1}),
    ],
)
def test_points_of_gap(scale: Scale, points: dict[float, int]) -> None:
    assert {value: find_band(scale, value).points for value in points} == points


@pytest.mark.parametrize(
    ("score", "category"),
    [(0, "proportioned"), (2, "proportioned"), (3, "moderate"), (6, "moderate"), (7, "severe")],
)
def test_categories_of_gap(score: int, category: str) -> None:
    assert find_band(GAP.category, score).id == category


def test_the_most_of_gap_is_13() -> None:
    parts = (GAP.version, GAP.lordosis, GAP.distribution, GAP.alignment, GAP.age)
    assert sum(max(band.points for band in each.bands) for each in parts) == 13


@pytest.mark.parametrize(
    ("name", "grades"),
    [
        ("schwab_mismatch", {-30: 0, 9.9: 0, 10: 1, 20: 1, 20.1: 2}),
        ("schwab_tilt", {19.9: 0, 20: 1, 30: 1, 30.1: 2}),
        ("schwab_sva", {39.9: 0, 40: 1, 95: 1, 95.1: 2}),
    ],
)
def test_modifiers_of_schwab(name: str, grades: dict[float, int]) -> None:
    scale = RULES.scales[name]
    assert {value: find_band(scale, value).points for value in grades} == grades


@pytest.mark.parametrize(
    ("incidence", "slope", "kind"),
    [
        (44, 34.9, "type_1_2"),
        (44, 35, "type_3"),
        (44, 35.1, "forward"),
        (50, 34.9, "type_1_2"),
        (50, 45, "type_3"),
        (50, 45.1, "type_4"),
        (44.9, 46, "forward"),
    ],
)
def test_types_of_roussouly(incidence: float, slope: float, kind: str) -> None:
    spine = build_spine(RULES.body, incidence, incidence - slope, (1, 5, 9, 12, 20))
    assert grade(RULES.scales, RULES.forward, spine, None)["roussouly"] == kind


def test_a_limit_is_met_by_what_misses_it_by_rounding_alone() -> None:
    assert find_band(RULES.scales["schwab_mismatch"], 10 - 1e-12).id == "moderate"
    assert find_band(GAP.version, 5 + 1e-12).id == "aligned"


def test_gap_without_c7_is_a_range() -> None:
    spine = build_spine(RULES.body, 50, 12, RULES.segment_means[1].means)
    unknown = score_gap(GAP, spine, 70, None)
    assert (unknown.low, unknown.high) == (1, 4)
    assert (unknown.category_low, unknown.category_high) == ("proportioned", "moderate")
    assert unknown.alignment is None
    known = score_gap(GAP, spine, 70, 30)
    assert known.low == known.high == 4
    assert known.alignment is not None
    assert known.alignment.value == pytest.approx(21)


def test_gap_without_lordosis_has_no_distribution() -> None:
    spine = build_spine(RULES.body, 50, 12, (-5, -5, -5, 0, 0))
    gap = score_gap(GAP, spine, 50, 9)
    assert spine.share is None
    assert gap.distribution is None
    assert gap.high - gap.low == 3


@settings(deadline=None)
@given(st.floats(32, 85), st.floats(18, 90), st.none() | st.floats(-20, 60))
def test_gap_lies_between_its_ends(incidence: float, age: float, global_tilt: float | None) -> None:
    spine = build_spine(RULES.body, incidence, 12, RULES.segment_means[1].means)
    gap = score_gap(GAP, spine, age, global_tilt)
    assert 0 <= gap.low <= gap.high <= 13
    assert (gap.low == gap.high) == (global_tilt is not None)


@pytest.mark.parametrize("value", [nan, inf])
def test_no_number_is_in_no_band(value: float) -> None:
    with pytest.raises(ValueError, match="is in no band"):
        find_band(GAP.version, value)


def test_bands_rise_to_an_open_one() -> None:
    closed, open_band = Band("a", "a", 1.0, True, 0), Band("b", "b", None, False, 1)
    with pytest.raises(ValueError, match="open at the top"):
        Scale("s", (closed,))
    with pytest.raises(ValueError, match="rise"):
        Scale("s", (closed, replace(closed, below=0.5), open_band))


@pytest.mark.parametrize(
    ("age", "tilt"), [(34.9, 10.9), (35, None), (74.9, None), (75, 28.5), (90, 28.5)]
)
def test_between_the_ages_that_were_read_there_is_no_target(age: float, tilt: float | None) -> None:
    by_id = {each.id: each for each in RULES.age_targets}
    assert evaluate(by_id["age-tilt"], 50, age) == tilt


def test_a_step_that_is_missing_gives_no_value() -> None:
    formula = Formula("f", "tilt", 1, 0, 0, 0, "age", ())
    assert evaluate(formula, 50, 50) is None
