"""Every number that the figures of lesson 11 show has its fact, in every state they can take."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from fact_numbers import content, facts_without_source, is_known, marks, numbers_in

from l3s1.activities.figure_activity import FigureState
from l3s1.activities.fusion_or_ageing import COMPARISONS, FusionOrAgeingState
from l3s1.activities.hazard_sources import HAZARDS
from l3s1.activities.hazards import OLDER, HazardsState
from l3s1.activities.level_above import MEASURES, MODIFIERS, NOTHING, LevelAboveState
from l3s1.activities.reoperation import DIAGNOSES, ReoperationState
from l3s1.activities.responder_curve import ALL, level_options
from l3s1.activities.shares_over_years import SharesOverYearsState
from l3s1.models.proportion import compute_wilson_interval
from l3s1.models.time_axis import AxisKind, from_axis

LEVELS = [key for _, key in level_options()]
TIMES = re.compile(r"day \d+|\d+(?:\.\d+)? (?:hour|day|week|month|year)s?")
"""Times in words: rounded into the unit a clinician would use, tested as days below."""

"""A hundred people, and ninety days, which the sources' follow-up is called."""


def states() -> Iterator[FigureState]:
    """Each activity in each of its states, the day of the call apart."""
    for hazard, levels, age in itertools.product(HAZARDS, LEVELS, (ALL, OLDER)):
        yield HazardsState(content(), hazard=hazard.id, levels=levels, age=age, day=12.0)
    modifiers = [NOTHING, *(modifier.id for modifier in MODIFIERS)]
    for measure, modifier in itertools.product([ALL, *MEASURES], modifiers):
        yield LevelAboveState(content(), measure=measure, modifier=modifier)
    for counted in [ALL, *(each.id for each in COMPARISONS)]:
        yield FusionOrAgeingState(content(), counted=counted)
    for diagnosis in [ALL, *DIAGNOSES]:
        yield ReoperationState(content(), diagnosis=diagnosis)


def is_computed(number: float, name: str, decimals: int) -> bool:
    """Whether the number follows from the fact: a count or a share of all its people."""
    fact = content().facts[name]
    if fact.n is None:
        return False
    for value in fact.values:
        if value.estimate is None or value.unit not in ("%", "count"):
            continue
        events = value.estimate if value.unit == "count" else value.estimate / 100 * fact.n
        if not 0 <= events <= fact.n:
            continue
        found = compute_wilson_interval(events, fact.n)
        for each in (found.share, found.low, found.high):
            if number == pytest.approx(round(100 * each, decimals), abs=1e-6):
                return True
    return False


def has_fact(number: float, name: str, decimals: int = 6) -> bool:
    """Whether the number, shown with so many decimals, is of that fact or follows from it."""
    return is_known(number, {name}, decimals) or is_computed(number, name, decimals)


def test_every_mark_stands_at_a_number_of_its_fact() -> None:
    checked = 0
    for state in states():
        for trace, index, name in marks(state.figure()):
            if trace["type"] == "bar":
                continue  # days: tested below
            upright = isinstance(state, SharesOverYearsState)
            shown = trace["y" if upright else "x"][index]
            assert has_fact(abs(shown), name), (type(state).__name__, name, shown)
            checked += 1
    assert checked > 1000


def test_every_window_begins_and_ends_on_days_of_its_facts() -> None:
    state = HazardsState(content())
    bars = state.figure()["data"][1]
    windows = [row for row in state.windows() if row.span is not None]
    assert len(windows) == len(bars["base"]) > 10
    for row, base, width in zip(windows, bars["base"], bars["x"], strict=True):
        hazard = next(each for each in HAZARDS if each.label == row.label)
        phase = content().phases[hazard.phase or ""]
        days = {0.0}
        for name in phase.facts:
            for value in content().facts[name].values:
                for take in ("estimate", "low", "high", "at"):
                    try:
                        days.add(value.time_d(take))
                    except (ValueError, KeyError):
                        continue
        for at in (base, base + width):
            day = from_axis(at, AxisKind.READABLE)
            assert any(day == pytest.approx(each, rel=1e-3, abs=1e-3) for each in days), row.label


def test_every_year_is_a_time_of_its_fact() -> None:
    for state in (LevelAboveState(content(), measure=ALL), ReoperationState(content())):
        for source, point in zip(state.sources(), state.points(), strict=True):
            value = content().facts[source.fact].value(source.value)
            if point.day is not None:
                assert point.day == value.time_d("at")
            else:
                assert value.at_value is None


def test_every_number_of_a_reading_is_its_facts() -> None:
    checked = 0
    for state in states():
        for reading in state.readings():
            if not reading.fact:
                continue
            cells = reading.cells
            if isinstance(state, HazardsState) and ": " in reading.label:
                label = reading.label.split(": ")[0]
                if label in {hazard.label for hazard in HAZARDS}:
                    continue  # the spread of other windows: tested below
            for cell in cells:
                for number, decimals in numbers_in(TIMES.sub("", cell)):
                    assert has_fact(number, reading.fact, decimals), (reading, number)
                    checked += 1
    assert checked > 1000


def test_a_spread_runs_between_numbers_of_its_sources() -> None:
    state = HazardsState(content())
    for hazard in HAZARDS:
        facts = [rate.fact for counted in hazard.counted for rate in counted.rates]
        spread = state._spread(hazard)
        assert bool(facts) == bool(numbers_in(spread)), hazard.id
        for number, _ in numbers_in(spread):
            assert is_known(number, set(facts)), (hazard.id, number)


def test_every_fact_of_a_figure_is_among_the_lessons_sources() -> None:
    assert facts_without_source("11", states()) == []
