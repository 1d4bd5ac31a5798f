"""Every number that the union figures of lesson 09 show has its fact, in every state."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from fact_numbers import content, facts_without_source, is_known, marks, numbers_in, words_of

from l3s1.activities.figure_activity import FigureState
from l3s1.activities.union_by_definition import DEFINITIONS, UnionByDefinitionState
from l3s1.activities.union_by_levels import COUNTED, UnionByLevelsState
from l3s1.activities.union_over_time import (
    ALL,
    APPROACHES,
    GRAFTS,
    HORIZONS,
    READERS,
    UnionOverTimeState,
)

NAMES = re.compile(r"\b[LS]\d(?:[–-][LS]?\d)?\b")


def states() -> Iterator[FigureState]:
    """Each activity in each of its states."""
    for graft, approach, reader, years in itertools.product(
        (ALL, *GRAFTS), (ALL, *APPROACHES), (ALL, *READERS), HORIZONS
    ):
        yield UnionOverTimeState(
            content(), graft=graft, approach=approach, reader=reader, years=years
        )
    for definition in DEFINITIONS:
        yield UnionByDefinitionState(content(), definition=definition)
    for counted in COUNTED:
        yield UnionByLevelsState(content(), counted=counted)


def test_every_mark_stands_at_a_number_of_its_fact() -> None:
    checked = 0
    for state in states():
        if isinstance(state, UnionByDefinitionState):
            continue  # places of levels: how many there are is tested beside the activity
        across = "x" if isinstance(state, UnionByLevelsState) else "y"
        for trace, index, fact in marks(state.figure()):
            shown = trace[across][index]
            assert is_known(shown, {fact}) or is_known(shown, {fact}, 2), (fact, shown)
            checked += 1
    assert checked > 300


def test_every_number_of_a_reading_is_its_facts() -> None:
    checked = 0
    for state in states():
        for reading in state.readings():
            if not reading.fact:
                assert not numbers_in(NAMES.sub("", " ".join((reading.label, *reading.cells))))
                continue
            label = [(n, d) for n, d in numbers_in(NAMES.sub("", reading.label)) if n < 1900]
            for number, decimals in label:
                known = is_known(number, {reading.fact}, decimals)
                labels = " ".join(value.label for value in content().facts[reading.fact].values)
                said = words_of(reading.fact) | {each for each, _ in numbers_in(labels)}
                assert known or number in said, (reading, number)
            for cell in reading.cells:
                if cell.endswith(" of 100"):
                    continue  # counted levels: tested beside the activity
                for number, decimals in numbers_in(cell):
                    assert is_known(number, {reading.fact}, decimals), (reading, number)
                    checked += 1
    assert checked > 1000


def test_every_number_of_a_sentence_is_a_facts() -> None:
    """What a figure says: numbers of the facts it shows, or counts of what it shows."""
    for state in states():
        shown = {reading.fact for reading in state.readings() if reading.fact}
        counts = {float(n) for n in range(len(state.readings()) + 1)} | {100.0}
        if isinstance(state, UnionByDefinitionState):
            counts |= {float(count) for count in state.counts()}
        if isinstance(state, UnionByLevelsState):
            shown |= {"l5s1-and-l4l5-singh-2025", "non-union-l5s1-cagulada-2025"}
        for number, decimals in numbers_in(NAMES.sub("", state.said())):
            labels = " ".join(v.label for name in shown for v in content().facts[name].values)
            known = is_known(number, shown, decimals) or number in counts
            assert known or number in {n for n, _ in numbers_in(labels)}, (state.said(), number)


def test_every_fact_of_a_figure_is_among_the_lessons_sources() -> None:
    assert facts_without_source("09", states()) == []
