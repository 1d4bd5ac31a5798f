"""The timeline without a page: state, answers in words, what is sent."""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import TYPE_CHECKING

import pytest
import traitlets

from l3s1.activities.recovery_timeline import (
    QUESTIONS,
    Bar,
    RecoveryTimelineActivity,
    RecoveryTimelineState,
    describe_timeline,
)
from l3s1.content import load_content
from l3s1.models.recovery import Status, compute_status
from l3s1.vocabulary import EFFECT_MARK, Evidence, Lane

if TYPE_CHECKING:
    from tests.conftest import ContentFolder


@cache
def state() -> RecoveryTimelineState:
    return RecoveryTimelineState(load_content())


def single_patients() -> list[dict[str, str]]:
    """Nobody in particular, and each option of each choice by itself."""
    stated = [
        {choice.id: option.id}
        for choice in state().choices.by_id.values()
        for option in choice.options[1:]
    ]
    return [{}, *stated]


def timing(bar: Bar) -> set[str]:
    """The facts that give a bar its times, for whomever."""
    moved = [effect.span for effect in bar.effects.values() if effect.span]
    return {
        moment.fact
        for span in [*([bar.phase.span] if bar.phase.span else []), *moved]
        for moment in (span.earliest, span.usual, span.latest)
        if moment and not isinstance(moment, str)
    }


def test_every_lane_is_filled_and_asked_about() -> None:
    assert {bar.phase.lane for bar in state().bars} == set(Lane)
    assert [lane for question in QUESTIONS for lane in question.lanes] != []
    assert {lane for question in QUESTIONS for lane in question.lanes} == set(Lane)


@pytest.mark.parametrize("day", [0, 0.25, 1, 42, 365, 730])
def test_answers_are_the_bars_that_hold_on_the_day(day: float) -> None:
    one = RecoveryTimelineState(load_content(), day=day)
    for patient in single_patients():
        answered = {bar.phase.id for each in QUESTIONS for bar in one.active(each, patient)}
        holding = {
            bar.phase.id
            for bar in one.bars
            if compute_status(bar.span(patient), day) is Status.DURING
        }
        assert answered == holding


def test_the_text_twin_says_day_and_answers_and_gaps() -> None:
    one = RecoveryTimelineState(load_content(), day=42.0)
    text = one.text_twin()
    assert text.startswith("Day 42 (6 weeks). Patient: nothing stated.")
    for question in QUESTIONS:
        assert question.label in text
        for bar in one.active(question):
            assert bar.during() in text
    assert "No evidence at any time:" in text
    assert "so nothing is changed" in text


@pytest.mark.parametrize("patient", single_patients()[1:])
def test_the_text_twin_says_what_a_choice_changes_and_where_nothing_is_known(
    patient: dict[str, str],
) -> None:
    one = RecoveryTimelineState(load_content(), day=42.0, patient=patient)
    text = one.text_twin()
    assert text.splitlines()[0].endswith(f"Patient: {one.choices.say(patient)}.")
    assert "nothing is combined" in text
    for bar in one.bars:
        for _, effect in one.choices.effects(bar.phase.id, patient):
            assert f"{EFFECT_MARK[effect.kind]} {bar.phase.label}" in text
    (change,) = one.choices.changes(patient, {bar.phase.lane for bar in one.bars})
    assert ("No evidence found for:" in text) is bool(change.silent)


def test_the_text_twin_tells_two_patients_apart_only_where_they_differ() -> None:
    moved = next(bar for bar in state().bars if any(e.span for e in bar.effects.values()))
    key = next(key for key, effect in moved.effects.items() if effect.span)
    patient = dict([key.split("=", 1)])
    day = max(s.earliest_d for s in (moved.span(), moved.span(patient)) if s)
    one = RecoveryTimelineState(load_content(), day=day, patient={}, other=patient)
    lines = one.text_twin().splitlines()
    assert f"Patient A: nothing stated. Patient B: {one.choices.say(patient)}." in lines[0]
    told = [line for line in lines if moved.phase.label in line and "(" in line]
    assert [line.strip()[:3] for line in told if line.strip()[:3] in ("A: ", "B: ")] == [
        "A: ",
        "B: ",
    ]
    alike = RecoveryTimelineState(load_content(), day=day, patient=patient, other=patient)
    assert not any(line.startswith(("  A: ", "  B: ")) for line in alike.text_twin().splitlines())


def test_a_choice_moves_only_bars_with_a_fact_for_it() -> None:
    content = load_content()
    moves = 0
    for bar in state().bars:
        for patient in single_patients()[1:]:
            ((choice, option),) = patient.items()
            effect = bar.effects.get(f"{choice}={option}")
            if bar.span(patient) != bar.span():
                assert effect is not None
                assert effect.span is not None
                assert set(effect.facts) <= set(content.facts)
                moves += 1
    assert moves > 0


def test_opinion_looks_like_opinion_and_gaps_like_gaps() -> None:
    content = load_content()
    for bar in state().bars:
        if bar.phase.span is None:
            assert bar.evidence is Evidence.NONE
        elif bar.evidence is Evidence.TRIAL:
            assert {content.facts[name].evidence for name in timing(bar)} == {Evidence.TRIAL}


def test_extrapolation_follows_the_levels_of_the_facts(content_folder: ContentFolder) -> None:
    (bar,) = RecoveryTimelineState(content_folder.load()).bars
    assert bar.extrapolated, "the made-up fact studied one level"
    data = content_folder.read("facts/stay")
    data["facts"][0]["levels"] = [1, 3]
    content_folder.write("facts/again", {"facts": [{**data["facts"][0], "id": "stay-of-three"}]})
    phase = content_folder.read("phases/recovery")
    phase["phases"][0]["facts"] = ["stay-of-three"]
    for moment in ("earliest", "usual", "latest"):
        phase["phases"][0][moment]["fact"] = "stay-of-three"
    content_folder.write("phases/recovery", phase)
    (bar,) = RecoveryTimelineState(content_folder.load()).bars
    assert bar.extrapolated, "an option moves the bar by a fact of one level"
    stated = content_folder.read("choices/recovery")
    for effect in stated["choices"][0]["effects"]:
        for moment in ("earliest", "usual", "latest"):
            if moment in effect:
                effect[moment]["fact"] = "stay-of-three"
        effect["facts"] = ["stay-of-three"]
    content_folder.write("choices/recovery", stated)
    (bar,) = RecoveryTimelineState(content_folder.load()).bars
    assert not bar.extrapolated


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("day", -1, "give 0 to"),
        ("day", 731, "give 0 to"),
        ("selected", "ghost", "there is no bar"),
        ("patient", {"approach": "robotic"}, "patient: 'approach' can't be 'robotic'; use one of"),
        ("other", {"haircut": "short"}, "other: there is no choice 'haircut'; use one of"),
        ("patient", "open", "patient"),
        ("axis_kind", "log", "axis_kind"),
    ],
)
def test_what_the_state_refuses(name: str, value: object, says: str) -> None:
    one = RecoveryTimelineState(load_content())
    with pytest.raises(traitlets.TraitError, match=says):
        setattr(one, name, value)


def test_python_reads_and_sets_what_the_page_shows() -> None:
    timeline = RecoveryTimelineActivity(day=42)
    assert (timeline.day, timeline.state.day) == (42, 42)
    timeline.state.day = 3.0
    assert timeline.day == 3
    timeline.set_state({"day": 90, "patient": {"approach": "open"}, "other": {}})
    assert (timeline.state.day, timeline.state.patient) == (90, {"approach": "open"})
    assert timeline.state.other == {}
    assert repr(timeline).startswith("Day 90 (12.9 weeks). Patient A: ")
    timeline.set_state({"other": None})
    assert timeline.state.other is None


def test_every_origin_that_the_page_can_open_is_sent() -> None:
    timeline = RecoveryTimelineActivity()
    origins = json.loads(gzip.decompress(timeline.origins_gz))
    described = json.loads(gzip.decompress(timeline.content_gz))
    named = {
        name
        for row in described["rows"]
        for name in (
            *row["facts"],
            *(name for effect in row["effects"].values() for name in effect["facts"]),
            *(answer["fact"] for answer in row["spread"]),
        )
    }
    assert named == set(origins)
    assert all(origin["citation"] for origin in origins.values())


def test_rows_say_once_what_holds_for_anybody_and_then_what_differs() -> None:
    for row in describe_timeline(state())["rows"]:
        bar = next(each for each in state().bars if each.phase.id == row["id"])
        for key, effect in row["effects"].items():
            patient = dict([key.split("=", 1)])
            moved = row["spans"].get(key, row["spans"]["any"])
            span = bar.span(patient)
            assert moved == ([span.earliest_d, span.usual_d, span.latest_d] if span else None)
            assert row["when"].get(key, row["when"]["any"]) == bar.when(patient)
            assert effect["facts"]
        assert set(row["spans"]) <= {"any", *row["effects"]}


def test_what_is_sent_stays_small() -> None:
    """A count, not a time: the whole lesson may send 0.3 MB over its websocket."""
    state = RecoveryTimelineActivity().get_state()
    sizes = {
        name: len(value if isinstance(value, bytes) else json.dumps(value))
        for name, value in state.items()
    }
    assert sum(sizes.values()) < 90_000, sizes
