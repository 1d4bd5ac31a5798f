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
    RecoveryTimelineActivity,
    RecoveryTimelineState,
)
from l3s1.content import load_content
from l3s1.models.recovery import Status, compute_status
from l3s1.vocabulary import Approach, Evidence, Lane

if TYPE_CHECKING:
    from tests.conftest import ContentFolder


@cache
def state() -> RecoveryTimelineState:
    return RecoveryTimelineState(load_content())


def test_every_lane_is_filled_and_asked_about() -> None:
    assert {bar.phase.lane for bar in state().bars} == set(Lane)
    assert [lane for question in QUESTIONS for lane in question.lanes] != []
    assert {lane for question in QUESTIONS for lane in question.lanes} == set(Lane)


@pytest.mark.parametrize("approach", list(Approach))
@pytest.mark.parametrize("day", [0, 0.25, 1, 42, 365, 730])
def test_answers_are_the_bars_that_hold_on_the_day(day: float, approach: Approach) -> None:
    one = RecoveryTimelineState(load_content(), day=day, approach=approach.value)
    answered = {bar.phase.id for question in QUESTIONS for bar in one.active(question)}
    holding = {
        bar.phase.id for bar in one.bars if compute_status(bar.span(approach), day) is Status.DURING
    }
    assert answered == holding


def test_the_text_twin_says_day_and_answers_and_gaps() -> None:
    one = RecoveryTimelineState(load_content(), day=42.0)
    text = one.text_twin()
    assert text.startswith("Day 42 (6 weeks), any approach.")
    for question in QUESTIONS:
        assert question.label in text
        for bar in one.active(question):
            assert bar.during(Approach.ANY) in text
    assert "No evidence at any time:" in text


def test_a_choice_of_approach_moves_only_bars_with_a_fact_for_it() -> None:
    content = load_content()
    for bar in state().bars:
        for approach in (Approach.OPEN, Approach.MINIMALLY_INVASIVE):
            moved = bar.span(approach) != bar.span(Approach.ANY)
            told = approach in bar.phase.spans
            assert not moved or told
            if told:
                assert bar.phase.spans[approach].because in content.facts
    assert any(
        bar.span(Approach.OPEN) != bar.span(Approach.MINIMALLY_INVASIVE) for bar in state().bars
    )


def test_opinion_looks_like_opinion_and_gaps_like_gaps() -> None:
    content = load_content()
    for bar in state().bars:
        if not bar.phase.spans:
            assert bar.evidence is Evidence.NONE
        elif bar.evidence is Evidence.TRIAL:
            named = {
                moment.fact
                for span in bar.phase.spans.values()
                for moment in (span.earliest, span.usual, span.latest)
                if moment and not isinstance(moment, str)
            }
            assert {content.facts[name].evidence for name in named} == {Evidence.TRIAL}


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
    assert not bar.extrapolated


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("day", -1, "give 0 to"),
        ("day", 731, "give 0 to"),
        ("selected", "ghost", "there is no bar"),
        ("approach", "robotic", "approach"),
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
    timeline.set_state({"day": 90, "approach": "open"})
    assert (timeline.state.day, timeline.state.approach) == (90, "open")
    assert repr(timeline).startswith("Day 90 (12.9 weeks), open.")


def test_every_origin_that_a_bar_names_is_sent() -> None:
    timeline = RecoveryTimelineActivity()
    origins = json.loads(gzip.decompress(timeline.origins_gz))
    named = {name for row in timeline.rows for name in row["facts"]}
    assert named == set(origins)
    assert all(origin["citation"] for origin in origins.values())


def test_what_is_sent_stays_small() -> None:
    """A count, not a time: the whole lesson may send 0.3 MB over its websocket."""
    state = RecoveryTimelineActivity().get_state()
    sizes = {
        name: len(value if isinstance(value, bytes) else json.dumps(value))
        for name, value in state.items()
    }
    assert sum(sizes.values()) < 170_000, sizes
