"""Every number that the figures of lesson 07 show has its fact, in every state."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from fact_numbers import content, is_known, marks, numbers_in, words_of

from l3s1.activities.figure_activity import FigureState
from l3s1.activities.graft_chooser import ALL, ASPECTS, NONE, GraftChooserState
from l3s1.activities.graft_network import DESIGNS, GraftNetworkState
from l3s1.activities.graft_properties import GraftPropertiesState
from l3s1.vocabulary import Evidence, Graft, GraftBed, GraftProperty

NAMES = re.compile(r"\b[LS]\d(?:[–-][LS]?\d)?\b|rhBMP-\d|P-15|95 %")
BEDS = (ALL, *(bed.value for bed in GraftBed))
YEARS = 1900
"""From here on, for two centuries, a number in a row is the year of a paper."""


def states() -> Iterator[FigureState]:
    """Each activity in each of its states; the graft beside it stands first elsewhere."""
    for graft, bed, aspect in itertools.product(Graft, BEDS, ASPECTS):
        yield GraftChooserState(content(), graft=graft, beside=NONE, bed=bed, aspect=aspect)
    for around, bed, design in itertools.product((ALL, *Graft), BEDS, DESIGNS):
        yield GraftNetworkState(content(), graft=around, bed=bed, design=design)
    for having in (ALL, *GraftProperty):
        yield GraftPropertiesState(content(), having=having)


def test_every_estimate_stands_at_a_number_of_its_fact() -> None:
    checked = 0
    for state in states():
        if not isinstance(state, GraftChooserState):
            continue
        for trace, index, fact in marks(state.figure()):
            shown = trace["x"][index]
            # the axis ends before or after an interval: its end is drawn there
            ends = (state.axis().low, state.axis().high)
            assert is_known(shown, {fact}) or shown in ends, (fact, shown)
            checked += 1
    assert checked > 500


def test_each_study_of_the_network_shows_its_own_n() -> None:
    checked = 0
    for state in states():
        if isinstance(state, GraftNetworkState):
            for trace, index, fact in marks(state.figure()):
                assert float(trace["text"][index]) == content().facts[fact].n
                checked += 1
    assert checked > 200


def test_every_number_of_a_reading_is_its_facts() -> None:
    checked = 0
    for state in states():
        for reading in state.readings():
            texts = [NAMES.sub("", text) for text in (reading.label, *reading.cells)]
            if not reading.fact:
                assert not any(numbers_in(text) for text in texts), reading
                continue
            labels = " ".join(value.label for value in content().facts[reading.fact].values)
            said = words_of(reading.fact) | {number for number, _ in numbers_in(labels)}
            for text in texts:
                for number, decimals in numbers_in(text):
                    if YEARS < number < YEARS + 200:
                        continue
                    known = is_known(number, {reading.fact}, decimals)
                    assert known or number in said, (reading, number)
                    checked += 1
    assert checked > 1000


def _counts(state: FigureState) -> set[float]:
    """What a state may count: its rows, or its studies and pairs; 1 is 'no difference'."""
    if isinstance(state, GraftChooserState):
        return {1.0, *(float(len(state.numbers(graft))) for graft in state.grafts)}
    if isinstance(state, GraftNetworkState):
        pairs, missing = len(state.pairs()), len(state.missing())
        facts = [content().facts[study.fact] for study in state.studies()]
        draws = sum(fact.evidence is Evidence.TRIAL for fact in facts)
        return {float(n) for n in (len(facts), draws, pairs, missing, pairs - missing)}
    return set()


def test_every_number_of_a_sentence_is_a_facts_or_a_count() -> None:
    for state in states():
        shown = {reading.fact for reading in state.readings() if reading.fact}
        counts = _counts(state)
        for number, decimals in numbers_in(NAMES.sub("", state.said())):
            assert number in counts or is_known(number, shown, decimals), (state.said(), number)
