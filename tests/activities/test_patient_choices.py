"""What choices about a patient change, and what they say where nothing is known."""

from __future__ import annotations

from functools import cache

import pytest

from l3s1.activities.patient_choices import PatientChoices, kinds_json
from l3s1.activities.recovery_timeline import TIMELINE
from l3s1.content import load_content
from l3s1.vocabulary import EFFECT_LABEL, EFFECT_MARK, LANE_LABEL, EffectKind, Lane


@cache
def choices() -> PatientChoices:
    return PatientChoices(load_content(), TIMELINE)


def options() -> list[tuple[str, str]]:
    return [
        (choice.id, option.id)
        for choice in choices().by_id.values()
        for option in choice.options[1:]
    ]


def lanes() -> list[Lane]:
    return list(
        dict.fromkeys(p.lane for p in load_content().phases.values() if p.timeline == TIMELINE)
    )


@pytest.mark.parametrize(("choice", "option"), options())
def test_each_option_says_of_every_lane_what_it_changes_or_that_nothing_is_known(
    choice: str, option: str
) -> None:
    (change,) = choices().changes({choice: option}, lanes())
    told = {load_content().phases[effect.row].lane for effect in change.effects}
    assert told | set(change.silent) == set(lanes())
    assert not told & set(change.silent)
    labels = {phase.id: phase.label for phase in load_content().phases.values()}
    said = "\n".join(choices().say_change(change, labels))
    for effect in change.effects:
        assert effect.says in said
    for lane in change.silent:
        assert LANE_LABEL[lane] in said.split("No evidence found for: ")[1]


def test_effects_stand_side_by_side_and_are_never_combined() -> None:
    """Whatever else is stated, a choice changes the same rows with the same words."""
    everything = {choice.id: choice.options[-1].id for choice in choices().by_id.values()}
    for choice in choices().by_id.values():
        option = choice.options[-1].id
        for row in load_content().phases:
            alone = [e for _, e in choices().effects(row, {choice.id: option})]
            among = [e for c, e in choices().effects(row, everything) if c is choice]
            assert alone == among


def test_what_is_not_stated_is_left_out_of_a_patient() -> None:
    first = {choice.id: choice.options[0].id for choice in choices().by_id.values()}
    assert choices().read(first) == {}
    assert choices().say({}) == "nothing stated"


def test_a_patient_is_read_in_the_order_of_the_choices() -> None:
    stated = {choice.id: choice.options[-1].id for choice in choices().by_id.values()}
    backwards = dict(reversed(stated.items()))
    assert list(choices().read(backwards)) == list(stated)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"smokng": "smokes"}, "no choice 'smokng'; use one of .*smoking"),
        ({"smoking": "sometimes"}, "'smoking' can't be 'sometimes'; use one of any, .*smokes"),
        ({"smoking": ["smokes"]}, "'smoking' can't be"),
        ("smokes", "a mapping of choices to options, such as"),
    ],
)
def test_what_is_no_patient_is_refused_with_what_may_be_chosen(asked: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        choices().read(asked)


def test_every_kind_of_effect_has_a_sign_of_its_own_with_words() -> None:
    assert set(EFFECT_MARK) == set(EFFECT_LABEL) == set(EffectKind)
    assert len(set(EFFECT_MARK.values())) == len(EffectKind)
    sent = kinds_json()
    assert EffectKind.NONE.value not in sent, "no evidence is no effect"
    assert set(sent) == set(EffectKind) - {EffectKind.NONE}
