"""The activities of lesson 11 without a page: what a student does, and what is then said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import traitlets

import l3s1
from l3s1.activities.figure_activity import FigureActivity, position
from l3s1.activities.fusion_or_ageing import FusionOrAgeingActivity
from l3s1.activities.hazard_sources import HAZARDS
from l3s1.activities.hazards import HazardsActivity
from l3s1.activities.level_above import MEASURES, MODIFIERS, MOVED, LevelAboveActivity
from l3s1.activities.reoperation import ReoperationActivity
from l3s1.activities.responder_curve import ALL
from l3s1.content import load_content
from l3s1.lesson import Lesson
from l3s1.vocabulary import TRIAGE_DECISIONS

CONTENT = load_content()
ACTIVITIES = (
    HazardsActivity,
    LevelAboveActivity,
    FusionOrAgeingActivity,
    ReoperationActivity,
)


@pytest.mark.parametrize("kind", ACTIVITIES, ids=lambda kind: kind.__name__)
def test_an_activity_says_what_it_shows(kind: Callable[[], FigureActivity]) -> None:
    activity = kind()
    assert kind in {getattr(l3s1, name) for name in l3s1.__all__}
    twin = activity._repr_mimebundle_()["text/plain"]
    assert twin == activity.state.text_twin() == activity.view.text == repr(activity)
    assert activity.readings.said in twin
    assert "extrapolated" in twin


@pytest.mark.parametrize("kind", ACTIVITIES, ids=lambda kind: kind.__name__)
def test_every_fact_of_a_mark_is_a_row_too(kind: Callable[[], FigureActivity]) -> None:
    """What can be clicked can be reached by keyboard."""
    state = kind().state
    rows = {reading.fact for reading in state.readings()}
    drawn = {name for trace in state.figure()["data"] for name in trace.get("customdata") or ()}
    assert drawn - {None, ""} <= rows


def draw(activity: FigureActivity) -> dict[str, Any]:
    return activity.state.figure()


# --- windows and rates ----------------------------------------------------------------------------


def test_the_call_opens_the_windows_of_its_day() -> None:
    activity = HazardsActivity(day=12.0)
    opened = {hazard.id for hazard in activity.state.open_windows()}
    assert {"thrombosis", "infection", "haematoma"} <= opened
    assert "adjacent-surgery" not in opened
    activity.typed.value = "4 years"
    opened = {hazard.id for hazard in activity.state.open_windows()}
    assert opened == {"adjacent-surgery"}
    assert "☎ day 1461" in activity.readings.said
    assert activity.slider.value > 7


def test_a_call_that_is_no_time_changes_nothing() -> None:
    activity = HazardsActivity(day=12.0)
    activity.typed.value = "soon"
    assert activity.state.day == 12.0
    assert activity.typed.value == "day 12"


def test_the_slider_moves_the_call_and_stands_on_a_step_wherever_the_call_is() -> None:
    activity = HazardsActivity(day=12.0)
    at, step = activity.slider.value, activity.slider.step
    assert at == position(activity.slider, at)
    assert activity.state.day == 12.0
    activity.slider.value = at + step
    assert activity.state.day == 13.0
    activity.slider.value = at + 10 * step
    assert activity.state.day > 20.0
    assert activity.typed.value.startswith("day ")


def test_sources_that_count_differently_stand_apart() -> None:
    activity = HazardsActivity(hazard="thrombosis")
    headings = [group.heading for group in activity.state.groups()]
    assert len(headings) == 2
    recorded, screened = activity.state.groups()
    highest = max(row.estimate or 0 for row in recorded.rows)
    assert all((row.estimate or 0) > 10 * highest for row in screened.rows)


def test_three_levels_leave_gaps_and_say_so() -> None:
    activity = HazardsActivity(hazard="infection", levels="three_or_more")
    assert all(not group.rows for group in activity.state.groups())
    assert "no evidence" in activity.readings.said
    assert activity.readings.rows[0]["evidence"] == "none"
    activity.state.hazard = "transfusion"
    (group,) = activity.state.groups()
    (row,) = group.rows
    assert not row.extrapolated
    fact = CONTENT.facts["transfusion-by-levels-bohl-2019"]
    assert row.estimate == fact.value("three_levels").estimate


def test_older_people_only() -> None:
    activity = HazardsActivity(hazard="thrombosis", age="older")
    facts = {row.fact for group in activity.state.groups() for row in group.rows}
    assert facts == {"thrombosis-screened-li-2019"}


def test_unknown_days_are_a_gap_with_words() -> None:
    figure = draw(HazardsActivity())
    gaps = figure["data"][4]
    unknown = [h for h in HAZARDS if h.phase and not CONTENT.phases[h.phase].span]
    assert len(gaps["text"]) == len(unknown) == 2
    assert all("no evidence" in words for words in gaps["text"])


def test_days_outside_the_axis_are_refused() -> None:
    with pytest.raises(traitlets.TraitError, match="give 0 to"):
        HazardsActivity(day=-1.0)


# --- the level above ------------------------------------------------------------------------------


def test_only_levels_and_age_move_the_curve_and_only_in_direction() -> None:
    activity = LevelAboveActivity()
    value = CONTENT.facts[MOVED[0]].value(MOVED[1])
    for modifier in MODIFIERS:
        activity.state.modifier = modifier.id
        notes = draw(activity)["layout"]["annotations"]
        arrows = [note for note in notes if note.get("arrowhead")]
        words = [note for note in notes if "much not known" in note["text"]]
        assert len(arrows) == len(words) == (modifier.id in ("levels", "age"))
        assert all(arrow["y"] > (value.estimate or 100) for arrow in arrows)


def test_the_points_stay_where_they_are_whatever_modifies_them() -> None:
    activity = LevelAboveActivity()
    before = draw(activity)["data"]
    activity.state.modifier = "levels"
    assert draw(activity)["data"] == before


def test_what_is_counted_changes_what_is_drawn() -> None:
    activity = LevelAboveActivity(measure=ALL)
    kinds = {point.kind for point in activity.state.points()}
    assert kinds == set(range(len(MEASURES)))
    activity.state.measure = "imaging"
    assert {point.kind for point in activity.state.points()} == {0}
    assert activity.readings.said.startswith("Seen on imaging")


def test_a_disputed_modifier_shows_both_sides() -> None:
    activity = LevelAboveActivity(modifier="stop")
    sides = {row["cells"][0] for row in activity.readings.rows[:6]}
    assert sides == {"says so", "does not find it"}


def test_a_count_becomes_a_share_that_says_it_is_computed() -> None:
    rows = LevelAboveActivity().state.readings()
    (row,) = [row for row in rows if "computed" in row.cells[0]]
    fact = CONTENT.facts[row.fact]
    assert f"{fact.value('operated').estimate:g} of {fact.n}" in row.cells[0]


# --- both sides -----------------------------------------------------------------------------------


def test_what_speaks_for_ageing_stands_beside_what_speaks_for_fusion() -> None:
    state = FusionOrAgeingActivity().state
    assert state.groups()[-1].rows == ()
    assert state.readings()[-1].fact == "adjacent-no-fusion-froholdt-2013"
    assert all(row.comparator is not None for group in state.groups() for row in group.rows)


def test_reoperation_depends_on_the_diagnosis() -> None:
    activity = ReoperationActivity(diagnosis="slip")
    pairs = [(p.share, p.comparator) for p in activity.state.points() if p.comparator]
    assert all(share < other for share, other in pairs)
    activity.state.diagnosis = "mixed"
    pairs = [(p.share, p.comparator) for p in activity.state.points() if p.comparator]
    assert any(share > other for share, other in pairs)
    activity.state.diagnosis = "disc_pain"
    assert "No comparison" in activity.readings.said


# --- calls ----------------------------------------------------------------------------------------


def test_calls_offer_four_decisions_and_never_only_say_wrong() -> None:
    calls = Lesson("11").triage().items
    assert 6 <= len(calls) <= 8
    assert {call["key"] for call in calls} == set(TRIAGE_DECISIONS)
    for call in calls:
        assert [choice["text"] for choice in call["choices"]] == list(TRIAGE_DECISIONS.values())
        assert call["facts"]
        late = [choice for choice in call["choices"] if choice["id"] > call["key"]]
        if call["key"] in ("a", "b"):
            word = "Do now:" if call["key"] == "a" else "Do today:"
            assert all(word in choice["feedback"] for choice in late), call["id"]


def test_predicting_and_checking_do_not_hold_the_calls() -> None:
    lesson = Lesson("11")
    calls = {call["id"] for call in lesson.triage().items}
    others = {
        item["id"] for part in (lesson.predict(), lesson.check_yourself()) for item in part.items
    }
    assert not calls & others
    assert 8 <= len(lesson.check_yourself().items) <= 10


def test_questions_give_nothing_away_by_length_or_letter() -> None:
    lesson = Lesson("11")
    items = [item for part in (lesson.predict(), lesson.check_yourself()) for item in part.items]
    longest = 0
    for item in items:
        lengths = {choice["id"]: len(choice["text"]) for choice in item["choices"]}
        longest += lengths.pop(item["key"]) > max(lengths.values())
    assert longest <= len(items) / 4
    keys = [item["key"] for item in items]
    assert set(keys) == set("abcd")
    assert max(keys.count(key) for key in keys) <= len(items) / 2
