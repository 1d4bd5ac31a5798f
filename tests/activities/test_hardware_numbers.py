"""Every number that the figures of lesson 08 show has its fact, in every state they can take."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from fact_numbers import NUMBER, content, facts_without_source, is_known, marks, numbers_in

from l3s1.activities.cages import CagesState
from l3s1.activities.constructs import PLANES, ConstructsState
from l3s1.activities.figure_activity import FigureState
from l3s1.activities.pelvic_fixation import PelvicFixationState
from l3s1.activities.questions import QuestionsState
from l3s1.activities.rods import DIAMETERS, MATERIALS, RodsState
from l3s1.activities.screw_options import ScrewOptionsState
from l3s1.models.rods import Rod

ASKED: tuple[type[QuestionsState], ...] = (CagesState, PelvicFixationState, ScrewOptionsState)


def questions() -> Iterator[QuestionsState]:
    """Every question of the three charts that ask."""
    for kind in ASKED:
        for question in kind.QUESTIONS:
            yield kind(content(), question=question.id)


def constructs() -> Iterator[ConstructsState]:
    """The constructs in every direction."""
    for plane in PLANES:
        yield ConstructsState(content(), plane=plane)


def rods() -> Iterator[RodsState]:
    """Every rod."""
    for material, place in itertools.product(MATERIALS, range(len(DIAMETERS))):
        yield RodsState(content(), material=material.id, diameter=place)


def states() -> Iterator[FigureState]:
    """Each activity in each of its states."""
    yield from questions()
    yield from constructs()
    yield from rods()


def test_every_mark_of_a_question_stands_at_a_number_of_its_fact() -> None:
    checked = 0
    for state in questions():
        figure = state.figure()
        for trace, index, fact in marks(figure):
            shown = trace["x"][index]
            if shown in (state.axis().low, state.axis().high):
                continue
            assert is_known(abs(shown), {fact}), (state.question, fact, shown)
            checked += 1
    assert checked > 80


def test_what_a_construct_leaves_is_printed_or_a_hundred_less_the_fall() -> None:
    checked = 0
    for state in constructs():
        for trace, index, fact in marks(state.figure()):
            shown = trace["x"][index]
            printed = fact == "construct-shares-peng-2022"
            known = is_known(shown if printed else round(100 - shown, 6), {fact})
            assert known or (shown == 0 and fact == "rods-galbusera-2011"), (fact, shown)
            checked += 1
    assert checked > 60


def test_rods_stand_where_their_published_modulus_and_diameter_put_them() -> None:
    state = RodsState(content())
    figure = state.figure()
    for index, material in enumerate(MATERIALS):
        trace = figure["data"][3 * index + 2]
        value = content().facts[material.fact].value(material.value)
        middle = value.estimate
        if middle is None:
            assert value.low is not None
            assert value.high is not None
            middle = (value.low + value.high) / 2
        for (name, size), x, y in zip(DIAMETERS, trace["x"], trace["y"], strict=True):
            assert x == content().facts[name].value(size).estimate
            assert y == pytest.approx(Rod(x, middle).bending_stiffness_nm2)
        assert set(trace["customdata"]) == {material.fact}


def test_the_ring_is_round_the_chosen_rod() -> None:
    for state in rods():
        ring = state.figure()["data"][-1]
        index = [each.id for each in MATERIALS].index(state.material)
        trace = state.figure()["data"][3 * index + 2]
        assert (ring["x"][0], ring["y"][0]) == (
            trace["x"][state.diameter],
            trace["y"][state.diameter],
        )


def test_every_number_of_a_reading_is_its_facts() -> None:
    checked = 0
    for state in questions():
        for reading in state.readings():
            if not reading.fact:
                assert not NUMBER.findall(" ".join(reading.cells)), reading
                continue
            for cell in reading.cells:
                for number, decimals in numbers_in(cell.replace("95 %", "")):
                    assert is_known(number, {reading.fact}, decimals), (reading, number)
                    checked += 1
    assert checked > 80


def test_answers_and_headings_state_no_number_that_their_facts_lack() -> None:
    for state in questions():
        question = state.chosen
        facts = {name for group in question.groups for name, _, _ in group.rows}
        for text in (question.answer, *(group.heading for group in question.groups)):
            for number, decimals in numbers_in(NAMES.sub("", text)):
                assert is_known(number, facts, decimals), (text, number)


def test_rods_and_constructs_say_what_they_show() -> None:
    for state in rods():
        rod = state.rod(next(m for m in MATERIALS if m.id == state.material), state.diameter)
        said = state.said()
        ratio = rod.bending_stiffness_nm2 / state.reference.bending_stiffness_nm2
        assert float(re.findall(r"is ([\d.]+) times", said)[0]) == pytest.approx(ratio, rel=0.05)
        assert f"{rod.diameter_mm:g} mm" in said
    for construct in constructs():
        fact = content().facts["construct-shares-peng-2022"]
        both = fact.value(f"{construct.plane}_both_sides")
        assert f"left {both.estimate:g} %" in construct.said()
        assert f"{both.low:g} to {both.high:g}" in construct.said()


def test_every_fact_of_a_figure_is_among_the_lessons_sources() -> None:
    assert facts_without_source("08", states()) == []


NAMES = re.compile(r"\b[LS]\d(?:[–-][LS]?\d)?\b|S2AI")


def test_the_computed_gain_of_a_thicker_rod_is_right() -> None:
    assert round((6.35 / 5.5) ** 4, 2) == 1.78
