"""Every number that the figures of lesson 10 show has its fact, in every state they can take."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from fact_numbers import NUMBER, content, facts_without_source, is_known, marks, numbers_in

from l3s1.activities.calibration_game import CalibrationGameState
from l3s1.activities.comparisons import COMPARATORS, ComparisonsState
from l3s1.activities.figure_activity import FigureState
from l3s1.activities.hundred_people import GROUPS, HundredPeopleState
from l3s1.activities.outcome_courses import OutcomeCoursesState, series_options
from l3s1.activities.predictors import KINDS, TOPICS, PredictorsState
from l3s1.activities.published_shares import YARDSTICKS, PublishedSharesState
from l3s1.activities.responder_curve import ALL, ResponderCurveState, level_options
from l3s1.activities.responder_scales import SCALES
from l3s1.models.responders import Change, compute_responders

LEVELS = [key for _, key in level_options()]


def states() -> Iterator[FigureState]:
    """Each activity in each of its states (thresholds: the named ones)."""
    for scale, levels in itertools.product(SCALES, LEVELS):
        state = ResponderCurveState(content(), scale=scale.id, levels=levels)
        for _, threshold in state.presets():
            yield ResponderCurveState(content(), scale=scale.id, levels=levels, threshold=threshold)
        yield ResponderCurveState(content(), scale=scale.id, levels=levels, free=True)
    for yardstick, levels in itertools.product([ALL, *(y.id for y in YARDSTICKS)], LEVELS):
        yield PublishedSharesState(content(), yardstick=yardstick, levels=levels)
    for comparator in COMPARATORS:
        yield ComparisonsState(content(), comparator=comparator.id)
    for kind, topic in itertools.product(KINDS, [ALL, *TOPICS]):
        yield PredictorsState(content(), kind=kind, topic=topic)
    courses = OutcomeCoursesState(content())
    for (_, scale_key), (_, series) in itertools.product(courses.scales(), series_options()):
        yield OutcomeCoursesState(content(), scale=scale_key, series=series)
    for group in GROUPS:
        yield HundredPeopleState(content(), first=group.id)
    yield CalibrationGameState(
        content(), given=[(True, 0.8)] * len(content().lessons["10"].predictions)
    )


def test_every_mark_stands_at_a_number_of_its_fact() -> None:
    """The published marks: courses, forests, shares, thresholds. Curves are tested below."""
    checked = 0
    for state in states():
        figure = state.figure()
        curves = 12 if isinstance(state, ResponderCurveState) else 0
        people = isinstance(state, HundredPeopleState)
        for trace, index, fact in marks({"data": figure["data"][curves:]}):
            assert fact in content().facts
            if people or trace["mode"] == "markers+text":
                continue  # places of people and the time of a plateau: their rows are tested
            across = not isinstance(state, OutcomeCoursesState | ResponderCurveState)
            shown = abs(trace["x" if across else "y"][index])
            at = abs(trace["x"][index])
            if (
                isinstance(state, ResponderCurveState)
                and trace["marker"]["symbol"] == "triangle-down"
            ):
                shown = at
            ends = (figure["layout"]["xaxis"]["range"]) if across else ()
            assert is_known(shown, {fact}) or shown in ends, (type(state), fact, shown)
            checked += 1
    assert checked > 1000


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.id)
def test_curves_are_computed_from_published_means_deviations_and_n(scale: Any) -> None:
    state = ResponderCurveState(content(), scale=scale.id)
    for (name, value_name, _, _), curve in zip(scale.changes, state.curves(), strict=True):
        fact = content().facts[name]
        value = fact.value(value_name)
        assert abs(curve.change.mean) == abs(value.estimate or 0)
        assert curve.change.sd == value.low == value.high
        assert value.spread == "standard_deviation"
        assert curve.change.n == (value.n or fact.n)


def test_the_curve_gives_what_the_registry_counted() -> None:
    """The check named on the figure: computed and counted shares at the same threshold."""
    change = content().facts["disability-change-slip-bisson-2021"]
    counted = content().facts["reached-change-bisson-2021"]
    threshold = counted.value("threshold").estimate or 0.0
    for arm in ("fusion", "comparator"):
        value = change.value(f"{arm}_month_24")
        assert value.estimate is not None
        assert value.low is not None
        computed = compute_responders(Change(-value.estimate, value.low, value.n or 2), threshold)
        assert 100 * computed.share == pytest.approx(counted.value(arm).estimate, abs=1.5)


# What a reading may say beside the numbers of its fact.
COMPUTED_COLUMNS = {ResponderCurveState: {0, 1, 2}, HundredPeopleState: {0}}
"""Columns computed from the fact: tested where they are computed."""


def test_every_number_of_a_reading_is_its_facts() -> None:
    checked = 0
    for state in states():
        computed = COMPUTED_COLUMNS.get(type(state), set())
        for reading in state.readings():
            if not reading.fact:
                assert not NUMBER.findall(" ".join(reading.cells)), reading
                continue
            is_curve = bool(reading.letter) and isinstance(state, ResponderCurveState)
            for column, cell in enumerate(reading.cells):
                if column in computed and (is_curve or isinstance(state, HundredPeopleState)):
                    continue
                if isinstance(state, CalibrationGameState) and column == 1:
                    continue  # what the student said
                for number, decimals in numbers_in(cell):
                    known = is_known(number, {reading.fact}, decimals)
                    assert known, (type(state).__name__, reading, number)
                    checked += 1
    assert checked > 1000


def test_people_are_the_published_shares_rounded() -> None:
    for group in GROUPS:
        hundred = HundredPeopleState(content()).hundred(group)
        fact = content().facts[group.fact]
        values = [fact.value(name) for name in group.classes]
        whole = sum(v.estimate or 0 for v in values) if values[0].unit == "count" else 100
        by_words = {each.words: each.count for each in hundred.classes}
        for value in values:
            exact = 100 * (value.estimate or 0) / whole
            assert abs(by_words[value.label] - exact) < 1
        assert sum(by_words.values()) == 100


def test_every_fact_of_a_figure_is_among_the_lessons_sources() -> None:
    assert facts_without_source("10", states()) == []
