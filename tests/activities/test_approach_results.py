"""What approaches cost and give: every number has its fact, and a gap stays a gap."""

from __future__ import annotations

import itertools

import pytest

from l3s1.activities.approach_measures import AGAINST, ALONE, MEASURES, WAYS
from l3s1.activities.approach_results import ApproachResultsActivity, ApproachResultsState
from l3s1.content import Content, load_content

TOPICS = ("approach_result", "screw_guidance")
STATES = list(itertools.product(MEASURES, WAYS))


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.mark.parametrize(("measure", "way"), STATES)
def test_every_drawn_number_is_its_facts(content: Content, measure: str, way: str) -> None:
    state = ApproachResultsState(content, measure=measure, way=way)
    rows = [row for group in state.groups() for row in group.rows]
    for row, (name, value_name) in zip(rows, state.chosen.sources(way), strict=True):
        value = content.facts[name].value(value_name)
        assert value.unit == state.unit()
        assert (row.fact, row.value) == (name, value_name)
        assert row.estimate == value.estimate
        assert row.low in (None, value.low)
        assert row.high in (None, value.high)
        # What is drawn around a number is an interval or a range, never a standard deviation.
        if value.spread in ("standard_deviation", "standard_error"):
            assert row.low is None
    marks = state.figure()["data"][-1]
    drawn = [row.fact for row in rows if row.estimate is not None]
    assert marks["customdata"] == drawn


def test_no_number_on_approaches_or_guided_screws_is_left_out(content: Content) -> None:
    shown = {source for each in MEASURES.values() for source in (*each.against, *each.alone)}
    left = {
        (fact.id, value.name)
        for fact in content.facts.values()
        if fact.topic in TOPICS
        for value in fact.values
        if (fact.id, value.name) not in shown
    }
    assert not left


def test_a_comparison_is_never_a_mean_and_a_series_never_a_difference(content: Content) -> None:
    for measure in MEASURES.values():
        for name, value_name in measure.against:
            statistic = content.facts[name].value(value_name).statistic
            assert statistic in (None, "difference", "odds_ratio", "risk_ratio")
        for name, value_name in measure.alone:
            statistic = content.facts[name].value(value_name).statistic
            assert statistic in (None, "mean", "median", "share")


def test_what_has_no_comparison_says_so() -> None:
    state = ApproachResultsState(load_content(), measure="lordosis", way=AGAINST)
    assert "no number found" in state.said()
    assert state.axis().low == -state.axis().high
    assert "gap" in state.said()
    assert state.readings()[0].say().endswith(state.groups()[0].heading)


def test_robots_are_shown_by_trials_and_against_them() -> None:
    activity = ApproachResultsActivity(measure="screws", way=AGAINST)
    told = activity.text_twin()
    assert "1.68; 0.82 to 3.44" in told
    assert "2.74; 2.33 to 3.22" in told
    assert "not better" in told
    activity.state.way = ALONE
    assert "no ranking" in activity.readings.said


def test_a_standard_deviation_is_named_one() -> None:
    state = ApproachResultsState(load_content(), measure="blood", way=ALONE)
    assert "SD 294.7" in state.text_twin()


def test_series_of_one_or_two_levels_are_carried_over_but_a_screw_is_not(content: Content) -> None:
    blood = ApproachResultsState(content, measure="blood", way=AGAINST)
    assert all(row.extrapolated for group in blood.groups() for row in group.rows)
    screws = ApproachResultsState(content, measure="screws", way=AGAINST)
    assert not any(row.extrapolated for group in screws.groups() for row in group.rows)


@pytest.mark.parametrize(("measure", "way"), STATES)
def test_every_state_draws_within_its_axis(content: Content, measure: str, way: str) -> None:
    state = ApproachResultsState(content, measure=measure, way=way)
    axis = state.axis()
    for group in state.groups():
        for row in group.rows:
            for number in (row.estimate, row.low, row.high):
                assert number is None or axis.low <= number <= axis.high
