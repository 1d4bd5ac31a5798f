"""The activities of lesson 10 without a page: what a student does, and what is then said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import traitlets

import l3s1
from l3s1.activities.calibration_game import CalibrationGameActivity
from l3s1.activities.comparisons import ComparisonsActivity
from l3s1.activities.figure_activity import FigureActivity
from l3s1.activities.hundred_people import HundredPeopleActivity
from l3s1.activities.outcome_courses import AGAINST, OutcomeCoursesActivity
from l3s1.activities.outcome_facts import LevelGroup, level_group, share_of
from l3s1.activities.predictors import PredictorsActivity
from l3s1.activities.published_shares import PublishedSharesActivity
from l3s1.activities.responder_curve import FREE, ResponderCurveActivity
from l3s1.content import load_content

ACTIVITIES = (
    CalibrationGameActivity,
    ComparisonsActivity,
    HundredPeopleActivity,
    OutcomeCoursesActivity,
    PredictorsActivity,
    PublishedSharesActivity,
    ResponderCurveActivity,
)


@pytest.mark.parametrize("kind", ACTIVITIES, ids=lambda kind: kind.__name__)
def test_an_activity_says_what_it_shows(kind: Callable[[], FigureActivity]) -> None:
    activity = kind()
    assert kind in {getattr(l3s1, name) for name in l3s1.__all__}
    twin = activity._repr_mimebundle_()["text/plain"]
    assert twin == activity.state.text_twin() == activity.view.text == repr(activity)
    assert activity.readings.said in twin
    assert len(twin) > 60


def test_dragging_the_threshold_moves_the_shares_and_the_words() -> None:
    activity = ResponderCurveActivity()
    before = activity.readings.said
    shares = [row["cells"][0] for row in activity.readings.rows]
    activity.slider.value = 30.0
    assert activity.state.threshold == 30.0
    assert activity.readings.said != before
    assert "30 points" in activity.readings.said
    assert [row["cells"][0] for row in activity.readings.rows] != shares
    assert activity.view.text == activity.text_twin()


def test_a_named_threshold_is_kept_although_the_slider_has_steps() -> None:
    activity = ResponderCurveActivity()
    assert activity.state.threshold == 12.8
    assert activity.slider.value == 13.0  # on a step, so that a page has nothing to round
    assert "Counted by authors" in activity.readings.said
    activity.slider.value = 13.5
    assert activity.state.threshold == 13.5


def test_asking_for_nothing_left_leaves_only_counts() -> None:
    activity = ResponderCurveActivity()
    activity.scales.value = "back_pain_100"
    activity.preset.value = FREE
    assert activity.state.free
    assert "15 %" in activity.readings.said
    activity.slider.value = 20.0
    assert not activity.state.free


def test_each_scale_begins_at_one_of_its_own_thresholds() -> None:
    activity = ResponderCurveActivity()
    for _, scale in activity.scales.options:
        activity.scales.value = scale
        assert activity.state.threshold in {mark.threshold for mark in activity.state.marks()}
        assert activity.slider.max == activity.state.chosen.end


def test_three_levels_are_a_gap_and_not_an_empty_chart() -> None:
    activity = ResponderCurveActivity(levels=LevelGroup.THREE_OR_MORE.value)
    assert activity.state.curves() == ()
    assert "No evidence" in activity.readings.said
    notes = [note["text"] for note in activity.state.figure()["layout"]["annotations"]]
    assert any("no evidence" in note for note in notes)


def test_a_threshold_outside_its_scale_is_refused() -> None:
    with pytest.raises(traitlets.TraitError, match="on this scale"):
        ResponderCurveActivity(scale="back_pain", threshold=40.0)


def test_no_share_of_three_levels_lies_inside_the_claim() -> None:
    activity = PublishedSharesActivity(levels=LevelGroup.THREE_OR_MORE.value)
    (group,) = activity.state.groups()
    low, high = activity.state.claim
    assert len(group.rows) >= 5
    assert not any(low <= (row.estimate or 0) <= high for row in group.rows)
    assert not any(row.extrapolated for row in group.rows)
    assert "0 lie inside" in activity.readings.said


def test_kinds_of_ratios_never_share_an_axis() -> None:
    activity = PredictorsActivity(topic="all")
    content = activity.state.content
    for kind in ("odds_ratio", "risk_ratio", "ratio"):
        activity.state.kind = kind
        for group in activity.state.groups():
            for row in group.rows:
                kinds = {
                    value.statistic
                    for value in content.facts[row.fact].values
                    if value.estimate == row.estimate and value.label in row.label
                }
                assert kinds <= {kind, None}
    activity.state.kind = "hazard_ratio"
    assert "No evidence" in activity.text_twin()
    activity.state.kind = "area_under_curve"
    assert activity.topics.disabled
    assert "no personal risk" in activity.readings.said


def test_differences_are_aligned_and_the_others_stand_beside() -> None:
    activity = ComparisonsActivity()
    content = activity.state.content
    for comparator in ("rehabilitation", "decompression"):
        activity.state.comparator = comparator
        for row in activity.state.groups()[0].rows:
            assert content.facts[row.fact].value("difference").estimate == row.estimate
        assert all("beside the axis" in row.label for row in activity.state.further())


def test_series_share_an_axis_only_where_their_units_agree() -> None:
    activity = OutcomeCoursesActivity()
    for _, key in activity.state.scales():
        activity.state.scale = key
        assert {(one.complaint, one.unit) for one in activity.state.shown()} == {
            activity.state.chosen
        }
    activity.state.scale = "disability points_of_100"
    activity.state.series = AGAINST
    assert any(course.comparator for course in activity.state.courses())
    activity.state.series = LevelGroup.THREE_OR_MORE.value
    assert activity.state.courses() == ()
    assert "No evidence" in activity.readings.said


def test_the_axis_of_time_can_be_linear() -> None:
    activity = OutcomeCoursesActivity()
    readable = list(activity.view.data[0].x)
    activity.state.axis_kind = "linear"
    assert list(activity.view.data[0].x) != readable
    assert list(activity.view.data[0].x) == sorted(activity.view.data[0].x)


def test_the_game_gives_no_answer_away_and_ends_in_a_curve() -> None:
    activity = CalibrationGameActivity()
    questions = activity.state.questions
    assert len(questions) == 10
    above = [activity.state.truth(each) > each.above for each in questions]
    assert sum(above) == 5, "guessing one way all along is no use"
    for number, question in enumerate(questions, 1):
        assert f"Question {number} of 10" in activity.readings.said
        assert activity.readings.rows == []
        activity.says.value = activity.state.truth(question) > question.above
        activity.certainty.value = 1.0
        activity.button.click()
    assert "Right in 10 of 10" in activity.readings.said
    assert len(activity.readings.rows) == 10
    assert list(activity.view.data[2].x) == [100]
    assert list(activity.view.data[2].y) == [100]
    activity.button.click()
    assert "Question 1" in activity.readings.said


def test_a_certainty_below_guessing_is_refused() -> None:
    with pytest.raises(traitlets.TraitError, match="certainty"):
        CalibrationGameActivity(given=[(True, 0.2)])


def test_intervals_are_printed_ones_or_come_from_n_or_are_left_out() -> None:
    facts = load_content().facts
    printed = share_of(facts["expectation-and-satisfaction-joelson-2023"].value("negative"))
    assert (printed.low, printed.high) == (58, 63)
    computed = share_of(facts["reached-change-bisson-2021"].value("fusion"))
    assert computed.low == pytest.approx(69.1, abs=0.1)
    between_studies = share_of(facts["satisfied-phillips-2013"].value("satisfied"))
    assert between_studies.low is None


def test_levels_are_grouped_by_what_the_source_says() -> None:
    facts = load_content().facts
    assert level_group(facts["reached-change-bisson-2021"]) is LevelGroup.ONE
    assert level_group(facts["five-years-fusion-skold-2013"]) is LevelGroup.ONE_OR_TWO
    assert level_group(facts["changes-one-year-slip-bisson-2017"]) is LevelGroup.MIXED
    assert level_group(facts["grades-three-or-more-levels-lee-2003"]) is LevelGroup.THREE_OR_MORE
    assert level_group(facts["success-brox-2006"]) is LevelGroup.NOT_STATED
