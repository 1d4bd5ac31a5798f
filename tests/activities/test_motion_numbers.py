"""Every published number that the figures on motion show is one of its fact."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from fact_numbers import NUMBER, content, is_known, marks, numbers_in, numbers_of

from l3s1.activities.figure_activity import FigureState
from l3s1.activities.fuse_and_bend_state import FuseAndBendState
from l3s1.activities.level_above_model import LevelAboveModelState
from l3s1.activities.motion_by_level import PLANES, MotionByLevelState
from l3s1.activities.motion_facts import MODEL_FACTS
from l3s1.models.motion.spine import SEGMENTS, Direction

CURVES = 2
"""The first traces of motion by level are curves: tested where they are computed."""
COMPUTED = re.compile(r"bent as far as before|pushed as hard")


def levels() -> Iterator[MotionByLevelState]:
    for plane, segment in itertools.product(PLANES, SEGMENTS):
        yield MotionByLevelState(content(), plane=plane.id, segment=segment)


def test_every_published_mark_stands_at_a_number_of_its_fact() -> None:
    checked = 0
    for state in levels():
        for trace, index, fact in marks({"data": state.figure()["data"][CURVES:]}):
            shown = abs(trace["x"][index])
            numbers = numbers_of(fact)
            sums = {round(a + b, 6) for a in numbers for b in numbers}
            assert is_known(shown, {fact}) or round(shown, 6) in sums, (fact, shown)
            checked += 1
    assert checked > 200


def test_every_number_of_a_reading_is_its_facts() -> None:
    checked = 0
    for state in levels():
        for reading in state.readings():
            if not reading.fact:
                assert not NUMBER.findall(" ".join(reading.cells))
                continue
            for cell in reading.cells:
                for number, decimals in numbers_in(cell):
                    assert is_known(number, {reading.fact}, decimals), (reading, number)
                    checked += 1
    for way in Direction:
        model = LevelAboveModelState(content(), direction=way.value)
        for reading in model.readings():
            if COMPUTED.search(reading.label):
                continue
            for number, decimals in numbers_in(reading.cells[0]):
                assert is_known(number, {reading.fact}, decimals), (reading, number)
                checked += 1
    assert checked > 250


def test_ranges_drawn_as_sums_are_sums_of_one_levels_two_directions() -> None:
    state = MotionByLevelState(content())
    for segment in SEGMENTS:
        fact = content().facts["yamamoto-rom-l1-l2" if segment == "L1-L2" else "yamamoto-rom"]
        name = segment.lower().replace("-", "_")
        parts = [fact.value(f"{way}_{name}").estimate or 0.0 for way in ("flexion", "extension")]
        assert state.laboratory(segment) == pytest.approx(sum(parts))


def test_every_fact_of_the_figures_is_among_the_lessons_sources() -> None:
    from l3s1.lesson import Lesson

    named = set(Lesson("03")._facts())
    states: list[FigureState] = [*levels()]
    for construct in ("cage", "peek", "bone"):
        states += [
            FuseAndBendState(content(), construct=construct, fused_l5_s1=True),
            *(
                LevelAboveModelState(content(), construct=construct, direction=way.value)
                for way in Direction
            ),
        ]
    shown = {
        fact
        for state in states
        for facts in (
            [reading.fact for reading in state.readings()],
            [fact for _, _, fact in marks(state.figure())],
        )
        for fact in facts
        if fact
    }
    assert shown | set(MODEL_FACTS) <= named, sorted((shown | set(MODEL_FACTS)) - named)


def test_no_number_of_medicine_stands_in_the_models_code() -> None:
    """In `models/motion` no number but tolerances, halves, units' factors and steps of methods."""
    from pathlib import Path

    import l3s1.models.motion.curve as module

    for path in Path(module.__file__).parent.glob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            bare = re.sub(r'"[^"]*"|#.*|f"[^"]*"', "", line)
            if '"""' in line or not re.match(r"\s*[\w_]", bare):
                continue
            for found in re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])", bare):
                assert float(found) in {0.0, 1.0, 2.0}, (path.name, line)
