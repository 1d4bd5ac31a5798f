"""Choices about a patient: sentences from facts, effects that hold together, honest silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fact_numbers import is_known, numbers_in

from l3s1.content import Content, ContentError, load_content
from l3s1.content.choices import say_with_numbers
from l3s1.content.records import TimePoint
from l3s1.vocabulary import EffectKind, Lane, StepKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import ContentFolder

Tree = dict[str, Any]


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def test_an_effect_says_the_numbers_of_its_facts_and_moves_the_bar(
    content_folder: ContentFolder,
) -> None:
    choice = content_folder.load().choices["smoking"]
    effect = choice.effects_of("smokes")["in-hospital"]
    assert effect.says == "Stays 7 days, others 4 days; 3 to 7 days in all."
    assert effect.kind is EffectKind.MOVES
    assert effect.span is not None
    assert effect.span.usual == TimePoint("made-up-stay", "stay", "high")
    assert effect.span.earliest == TimePoint("made-up-stay", "stay", "low"), "as the bar has it"


def test_an_option_that_nothing_is_known_of_is_silent_on_every_lane(
    content_folder: ContentFolder,
) -> None:
    content = content_folder.load()
    choice = content.choices["smoking"]
    assert choice.silent_lanes("smokes", content.phases) == ()
    assert choice.silent_lanes("any", content.phases) == (Lane.HOSPITAL_AND_WOUND,)
    with pytest.raises(KeyError, match="no option 'drinks'"):
        choice.effects_of("drinks")


def _effect(**change: Any) -> Callable[[Tree], None]:
    def apply(choice: Tree) -> None:
        choice["effects"][0].update(change)

    return apply


def _drop(name: str) -> Callable[[Tree], None]:
    return lambda choice: choice["effects"][0].pop(name)


SPOILT: dict[str, tuple[Callable[[Tree], Any], str]] = {
    "option that is not there": (_effect(option="drinks"), "no option that can have an effect"),
    "effect of not stated": (_effect(option="any"), "no option that can have an effect"),
    "bar that is not there": (_effect(row="ghost"), "has no bar 'ghost'"),
    "fact that is not there": (_effect(facts=["ghost"]), "no fact 'ghost'"),
    "number that was typed": (_effect(says="Stays 7 days longer."), "a number that was typed"),
    "number of no fact": (_effect(says="Stays {ghost} longer."), "names no value"),
    "number that is not printed": (_effect(says="Stays {stay:at} longer."), "has no at"),
    "part that is none": (_effect(says="Stays {stay:middle} longer."), "'middle' can't be said"),
    "bracket that is no placeholder": (_effect(says="Stays {Stay} longer."), "no placeholder"),
    "too long": (_effect(says="Stays {stay} " + "and stays " * 20), "too long with its numbers"),
    "moves without a time": (_drop("usual"), "form the schema allows"),
    "a time without moving": (_effect(kind="later"), "form the schema allows"),
    "a dispute of one": (
        lambda choice: (_drop("usual")(choice), _effect(kind="disputed")(choice)),
        "a dispute names one fact",
    ),
    "typed silence": (_effect(kind="none"), "'none' is not allowed"),
    "times out of order": (
        _effect(usual={"fact": "made-up-stay", "value": "stay", "take": "low"}, latest="operation"),
        "do not follow each other",
    ),
    "time of another fact": (
        _effect(usual={"fact": "made-up-angle", "value": "l3", "take": "estimate"}),
        "not in the list of facts",
    ),
    "two effects on a bar": (
        lambda choice: choice["effects"].append(choice["effects"][0]),
        "has two effects on 'in-hospital'",
    ),
    "two options of a name": (
        lambda choice: choice["options"].append(choice["options"][1]),
        "two options share an id",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_choice_is_refused(content_folder: ContentFolder, name: str) -> None:
    spoil, wrong = SPOILT[name]
    data = content_folder.read("choices/recovery")
    spoil(data["choices"][0])
    content_folder.write("choices/recovery", data)
    with pytest.raises(ContentError) as caught:
        content_folder.load()
    lines = [line for line in str(caught.value).splitlines() if wrong in line]
    assert lines, str(caught.value)
    assert all("assets/choices/recovery.yaml:" in line and "; " in line for line in lines)


STEP: Tree = {
    "options": ["smokes"],
    "kind": "observed",
    "says": "Stays {stay:low} once it is changed.",
    "facts": ["made-up-stay"],
}


def test_a_step_before_surgery_says_what_is_known_of_it(content_folder: ContentFolder) -> None:
    data = content_folder.read("choices/recovery")
    data["choices"][0]["steps"] = [STEP]
    content_folder.write("choices/recovery", data)
    (step,) = content_folder.load().choices["smoking"].steps
    assert (step.options, step.kind) == (("smokes",), StepKind.OBSERVED)
    assert step.says == "Stays 3 days once it is changed."


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"options": ["drinks"]}, "no option that can have a step"),
        ({"options": ["any"]}, "no option that can have a step"),
        ({"facts": ["ghost"]}, "no fact 'ghost'"),
        ({"facts": [], "says": "Nothing is known."}, "needs 1 or more facts"),
        ({"kind": "disputed"}, "needs 2 or more facts"),
        ({"says": "Stays 3 days less."}, "a number that was typed"),
        ({"kind": "wise"}, "'wise' is not allowed"),
    ],
)
def test_a_spoilt_step_is_refused(content_folder: ContentFolder, change: Tree, wrong: str) -> None:
    data = content_folder.read("choices/recovery")
    data["choices"][0]["steps"] = [{**STEP, **change}]
    content_folder.write("choices/recovery", data)
    with pytest.raises(ContentError, match=wrong):
        content_folder.load()


def test_an_unverified_fact_has_no_effect(content_folder: ContentFolder) -> None:
    data = content_folder.read("facts/stay")
    data["facts"][0].update(trust="unverified", note="Not sourced.")
    content_folder.write("facts/stay", data)
    lesson = content_folder.read("lessons/09")
    lesson["take_home"][0]["facts"] = ["made-up-angle"]
    content_folder.write("lessons/09", lesson)
    with pytest.raises(ContentError, match="which is unverified"):
        content_folder.load()


def test_a_bar_is_moved_by_one_choice_only(content_folder: ContentFolder) -> None:
    data = content_folder.read("choices/recovery")
    data["choices"].append({**data["choices"][0], "id": "weight"})
    content_folder.write("choices/recovery", data)
    with pytest.raises(ContentError, match="already moved by 'smoking'"):
        content_folder.load()


ANSWER = {"label": "a clinic", "fact": "made-up-stay"}


def _point(take: str) -> Tree:
    return {"fact": "made-up-stay", "value": "stay", "take": take}


def _answer(folder: ContentFolder, **answer: Any) -> None:
    data = folder.read("phases/recovery")
    data["phases"][0]["spread"] = [{**ANSWER, **answer}]
    folder.write("phases/recovery", data)


def test_single_answers_keep_their_fact(content_folder: ContentFolder) -> None:
    _answer(content_folder, **{"from": _point("low"), "to": _point("high")})
    content = content_folder.load()
    (answer,) = content.phases["in-hospital"].spread
    assert (answer.label, answer.fact, answer.share) == ("a clinic", "made-up-stay", None)
    assert content.days(answer.start) == 3
    assert answer.end is not None
    assert content.days(answer.end) == 7


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ({"from": _point("high"), "to": _point("low")}, "ends before it begins"),
        ({"from": "operation"}, "lies outside its bar"),
        ({"from": _point("low"), "fact": "made-up-angle"}, "not in this bar's list"),
        ({"from": {**_point("low"), "value": "ghost"}}, "no value 'ghost'"),
        (
            {"from": _point("low"), "share": {"fact": "made-up-stay", "value": "stay"}},
            "no percentage",
        ),
        (
            {"from": _point("low"), "share": {"fact": "made-up-angle", "value": "l3"}},
            "of another fact",
        ),
    ],
)
def test_a_spoilt_answer_is_refused(
    content_folder: ContentFolder, answer: Tree, wrong: str
) -> None:
    _answer(content_folder, **answer)
    with pytest.raises(ContentError, match=wrong):
        content_folder.load()


def test_a_value_of_two_facts_is_named_with_its_fact(content: Content) -> None:
    pair = [content.facts[name] for name in ("infection-diabetes-zhang-2018",) * 2]
    with pytest.raises(ValueError, match="names several values"):
        say_with_numbers("Risk {diabetes}.", pair)


def test_every_choice_begins_with_not_stated(content: Content) -> None:
    for choice in content.choices.values():
        assert choice.options[0].id == "any"
        assert choice.effects_of("any") == {}


def test_every_option_changes_something_and_is_silent_somewhere(content: Content) -> None:
    for choice in content.choices.values():
        for option in choice.options[1:]:
            assert choice.effects_of(option.id) or choice.no_evidence, (choice.id, option.id)
            assert choice.silent_lanes(option.id, content.phases), (choice.id, option.id)


def test_moved_bars_keep_their_order(content: Content) -> None:
    for choice in content.choices.values():
        for effect in choice.effects:
            if effect.span is None:
                continue
            points = (effect.span.earliest, effect.span.usual, effect.span.latest)
            days = [content.days(point) for point in points if point is not None]
            assert days == sorted(days)


def test_the_choices_are_there_in_the_order_of_a_history(content: Content) -> None:
    assert list(content.choices) == [
        "age",
        "smoking",
        "diabetes",
        "bone_density",
        "weight",
        "mood",
        "work",
        "opioids",
        "levels",
        "approach",
        "graft",
    ]


def test_every_number_that_is_said_is_a_number_of_the_facts_behind_it(content: Content) -> None:
    for choice in content.choices.values():
        for effect in choice.effects:
            said = numbers_in(effect.says.replace("L5–S1", "").replace("L3–S1", ""))
            for number, decimals in said:
                assert is_known(number, set(effect.facts), decimals), (choice.id, effect.says)
        for step in choice.steps:
            for number, decimals in numbers_in(step.says):
                assert is_known(number, set(step.facts), decimals), (choice.id, step.says)


def test_a_dispute_names_two_papers(content: Content) -> None:
    """Two numbers of one paper are not two sides."""
    for choice in content.choices.values():
        for effect in choice.effects:
            if effect.kind is EffectKind.DISPUTED:
                papers = {content.facts[name].reference for name in effect.facts}
                assert len(papers) > 1, (choice.id, effect.option, effect.row)


def test_bars_that_rest_on_advice_show_every_answer(content: Content) -> None:
    for name in ("driving-advice", "work-advice", "exercise-start-practice", "sport", "brace"):
        phase = content.phases[name]
        assert len(phase.spread) > 1, name
        days = [content.days(answer.start) for answer in phase.spread]
        assert len(set(days)) > 1, f"{name}: the answers differ, or there is nothing to show"
        for answer in phase.spread:
            assert answer.fact in phase.facts
            assert answer.share is None or 0 < answer.share < 100


def test_the_kind_of_work_moves_advice_and_not_the_return(content: Content) -> None:
    work = content.choices["work"]
    for option in ("desk", "heavy"):
        effects = work.effects_of(option)
        assert effects["return-to-work"].kind is EffectKind.NO_DIFFERENCE
        assert effects["work-advice"].kind is EffectKind.MOVES
