"""A number that a fact lacks is an error that names it, and never a 0 on a chart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fact_numbers import content

from l3s1.activities.constructs import SHARES, ConstructsState
from l3s1.activities.outcome_facts import estimate_of
from l3s1.activities.questions import Numbers, Question, QuestionsState
from l3s1.activities.selection_board import RATES, SelectionBoardState
from l3s1.content import Content

_, FACT, VALUE = RATES[0].groups[0]


def _without(name: str, value_name: str, **gone: Any) -> Content:
    """The course, with something of one value not printed, or another number there."""
    fact = content().facts[name]
    values = tuple(
        replace(each, **gone) if each.name == value_name else each for each in fact.values
    )
    return replace(content(), facts={**content().facts, name: replace(fact, values=values)})


def test_the_estimate_of_a_value_is_its_own() -> None:
    assert estimate_of(content(), FACT, VALUE) == content().facts[FACT].value(VALUE).estimate


def test_a_hundred_without_a_share_is_refused() -> None:
    state = SelectionBoardState(_without(FACT, VALUE, estimate=None), shown=RATES[0].id)
    with pytest.raises(ValueError, match=f"'{FACT}', value '{VALUE}': an estimate is needed"):
        state.figure()
    with pytest.raises(ValueError, match="an estimate is needed"):
        state.readings()


@pytest.mark.parametrize(
    ("value", "gone", "told"),
    [
        ("both_sides", "estimate", "an estimate is needed"),
        ("both_sides", "low", "an interval is needed"),
        ("both_sides", "high", "an interval is needed"),
        ("both_sides_cage", "estimate", "an estimate is needed"),
    ],
)
def test_a_construct_without_its_share_is_refused(value: str, gone: str, told: str) -> None:
    plane = ConstructsState(content()).plane
    state = ConstructsState(_without(SHARES, f"{plane}_{value}", **{gone: None}))
    with pytest.raises(ValueError, match=f"{SHARES}.*{told}"):
        state.said()


def test_a_question_whose_numbers_are_all_nothing_says_so() -> None:
    class Nothing(QuestionsState):
        QUESTIONS = (
            Question(
                "none", "None", "None.", "people", "%", (Numbers("All", ((FACT, VALUE, 0),)),)
            ),
        )
        question = "none"

    nothing = _without(FACT, VALUE, estimate=0.0, low=None, high=None, n=None, spread=None)
    with pytest.raises(ValueError, match="question 'none': no number above 0"):
        Nothing(nothing).axis()
