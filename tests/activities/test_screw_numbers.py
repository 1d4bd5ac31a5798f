"""Every published number beside the trainer's screw stands in the fact that its row opens."""

from __future__ import annotations

import itertools

import pytest
from fact_numbers import content, is_known, numbers_in, words_of

from l3s1.activities.screw_compare import compare
from l3s1.activities.screw_norms import PEOPLE
from l3s1.activities.screw_state import ScrewTrainerState
from l3s1.models.screw_trajectory import LEVELS


@pytest.mark.parametrize(("level", "person"), list(itertools.product(LEVELS, PEOPLE)))
def test_every_published_number_is_its_facts(level: str, person: str) -> None:
    state = ScrewTrainerState(content(), level=level, person=person)
    rows = list(compare(state, state.situation()))
    assert len(rows) >= 6
    for row in rows:
        for number, decimals in numbers_in(row["published"]):
            assert is_known(number, {row["fact"]}, decimals), row


def test_grades_are_limited_as_the_fact_says() -> None:
    state = ScrewTrainerState(content())
    fact = content().facts["gertzbein-robbins-letters"]
    assert list(state.norms.grade_mm) == [value.estimate for value in fact.values]
    assert {2, 4, 6} <= words_of(fact.id)


def test_a_width_of_this_bone_stands_only_beside_one_measured_as_it_is() -> None:
    """It is read across the pedicle's axis; the axial width of an oblique pedicle is larger."""
    state = ScrewTrainerState(content(), level="L5")
    now = state.situation()
    rows = {row["fact"]: row["yours"] for row in compare(state, now)}
    assert not numbers_in(rows["pedicle-width-zindrick"])
    width = now.bone.corridor.width
    assert width is not None
    [(said, _)] = numbers_in(rows["pedicle-width-irie-perpendicular"])
    assert said == round(width, 1)


def test_the_gain_of_torque_is_its_facts() -> None:
    state = ScrewTrainerState(content(), level="S1")
    [row] = [r for r in compare(state, state.situation()) if r["fact"] == "tech-s1-tricortical"]
    [value] = content().facts["tech-s1-tricortical"].values
    assert [number for number, _ in numbers_in(row["published"])] == [value.estimate]
    assert "twice" not in row["published"]
