"""The operation without a browser: one state in words and widget, numbers from facts, few bytes."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
import traitlets
from fact_numbers import content, is_known, numbers_in

from l3s1.activities.operation_stepper import (
    SKIPPED,
    OperationState,
    OperationStepperActivity,
)
from l3s1.content import Procedure, ProcedureStep
from l3s1.scene.words import say_together

PROCEDURES = content().procedures
STEPS = [(record, step) for record in PROCEDURES.values() for step in record.steps]
MOST_BYTES = 45_000


def test_it_begins_at_the_first_step_of_the_first_operation() -> None:
    state = OperationState(content())
    assert state.procedure == "posterior_l3_s1"
    assert state.step == state.record.steps[0].id
    assert "Step 1 of 11" in state.text_twin()


def test_an_operation_that_lacks_the_step_shows_its_first() -> None:
    state = OperationState(content(), step="compression")
    state.procedure = "alif_l5_s1"
    assert state.current is PROCEDURES["alif_l5_s1"].steps[0]
    assert "Step 1 of 10" in state.text_twin()
    state.step = "cage"
    assert state.current.id == "cage"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"procedure": "nowhere"}, "posterior_l3_s1"),
        ({"step": "nowhere"}, "position"),
        ({"procedure": "alif_l5_s1", "step": "compression"}, "alif_l5_s1 has .*cage"),
        ({"answers": {"posterior_l3_s1/position": "z"}}, "it has a, b, c and skipped"),
        ({"answers": {"elsewhere": "a"}}, "is no step"),
    ],
)
def test_what_can_not_be_is_refused_with_what_can(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(traitlets.TraitError, match=told):
        OperationState(content(), **wrong)


def test_the_twin_tells_what_is_done_and_what_was_answered() -> None:
    place = "posterior_l3_s1/screws"
    state = OperationState(content(), step="screws", answers={place: "a"})
    twin = state.text_twin()
    assert "Put in: pedicle screw of L3, L4, L5 and S1 (both sides)." in twin
    assert "Not quite: The aorta." in twin
    assert "convention" in twin
    state.answers = {place: SKIPPED}
    assert "The question was skipped." in state.text_twin()


@pytest.mark.parametrize(("record", "step"), STEPS, ids=lambda each: each.id)
def test_every_number_in_a_steps_words_is_its_facts(record: Procedure, step: ProcedureStep) -> None:
    facts = {*step.facts, *step.danger.facts, *step.question.facts}
    said = [step.happens, step.purpose, step.danger.text, step.question.stem]
    said += [text for each in step.question.choices for text in (each.text, each.feedback)]
    for number, _ in numbers_in(" ".join(said)):
        assert is_known(abs(number), facts), (record.id, step.id, number)


def test_widget_and_state_are_kept_the_same() -> None:
    activity = OperationStepperActivity(content())
    activity.step = "rods"
    assert activity.state.current.label == "Rods"
    activity.state.procedure = "alif_l5_s1"
    assert activity.procedure == "alif_l5_s1"
    assert activity.text_twin() == activity.state.text_twin()


def test_the_page_gets_every_step_and_each_of_its_sources_once_in_few_bytes() -> None:
    activity = OperationStepperActivity(content())
    sent = json.loads(gzip.decompress(activity.content_gz))
    origins = json.loads(gzip.decompress(activity.origins_gz))
    assert [len(each["steps"]) for each in sent] == [11, 10]
    for procedure in sent:
        for step in procedure["steps"]:
            named = [each["id"] for each in (*step["facts"], *step["danger"]["facts"])]
            assert {*named, *step["question"]["facts"]} <= set(origins)
    assert len(activity.content_gz) + len(activity.origins_gz) < MOST_BYTES


def test_a_step_is_a_few_hundred_bytes_for_the_kernel() -> None:
    """What a change of step changes of the widget's synchronised traits, the largest case."""
    everything = {f"{record.id}/{step.id}": "a" for record, step in STEPS}
    activity = OperationStepperActivity(content(), answers=everything)
    state = activity.get_state(["procedure", "step", "answers"])
    assert len(json.dumps(state)) < 20_000


def test_many_structures_are_said_in_few_words() -> None:
    assert say_together(["rod.left", "rod.right"]) == "rod (both sides)"
    assert say_together(["L4.lamina.left", "L5.lamina.left"]) == "lamina of L4 and L5 (left)"
    assert say_together(["L4-L5.interbody_cage", "dural_sac"]) == (
        "interbody cage of L4–L5 and dural sac"
    )
