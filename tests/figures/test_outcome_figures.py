"""The charts of outcomes: what is drawn where, how evidence looks, and that nothing is re-made."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest

from l3s1.figures.calibration import build_calibration_figure
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow, build_forest_figure
from l3s1.figures.hundred_people import Hundred, PeopleClass, build_hundred_people_figure
from l3s1.figures.marks import EXTRAPOLATED_DASH, mark_fill
from l3s1.figures.outcome_courses import (
    Course,
    CoursePoint,
    Plateau,
    build_outcome_courses_figure,
)
from l3s1.figures.responder_curve import (
    CURVES,
    Curve,
    Mark,
    PublishedShare,
    ResponderPicture,
    build_responder_curve_figure,
    free_at,
)
from l3s1.figures.theme import DARK, LIGHT
from l3s1.models.calibration import Answer, compute_calibration
from l3s1.models.responders import Change, compute_responders
from l3s1.models.time_axis import AxisKind, to_axis
from l3s1.vocabulary import Evidence

CHANGE = Change(18.0, 19.0, 71)
CURVE = Curve("one", "A", "One", CHANGE, Evidence.TRIAL, extrapolated=True)


def picture(**other: Any) -> ResponderPicture:
    settings: dict[str, Any] = {
        "curves": (CURVE,),
        "shares": (
            PublishedShare("two", "Two", 12.0, 73.0, 69.0, 77.0, Evidence.COHORT),
            PublishedShare("three", "Three", None, 15.0, None, None, Evidence.TRIAL),
        ),
        "marks": (Mark("four", "Four", 12.0),),
        "axis_title": "points gained",
        "end": 50.0,
        "threshold": 12.0,
        "claim": (70.0, 90.0),
    }
    return ResponderPicture(**{**settings, **other})


ROWS = (
    ForestRow("one", "One", 2.0, 1.0, 4.0, Evidence.TRIAL, "one", shown="2"),
    ForestRow("two", "Two", 3.0, None, None, Evidence.COHORT, "two", extrapolated=True, kind=1),
    ForestRow("three", "Three", None, 1.5, 5.0, Evidence.OPINION, "three", extrapolated=True),
)
FOREST = build_forest_figure(
    (ForestGroup("Group", ROWS), ForestGroup("Nothing known", ())),
    ForestAxis("ratio", 0.5, 8.0, log=True, reference=1.0, reference_words="no difference"),
)
COURSE = Course(
    "one",
    "A",
    "One",
    (CoursePoint(0.0, 7.0, "before"), CoursePoint(365.25, 3.0, "a year")),
    Evidence.COHORT,
    extrapolated=True,
    paper=0,
    arm=0,
)
COURSES_FIGURE = build_outcome_courses_figure(
    (COURSE,), (Plateau("two", "Two", 91.0),), AxisKind.READABLE, 10.0, "points of 10"
)
HUNDRED = Hundred("one", "One", (PeopleClass(60, "good"), PeopleClass(40, "poor")))
PEOPLE = build_hundred_people_figure((HUNDRED, HUNDRED))
ALL_FIGURES = {
    "responder": build_responder_curve_figure(picture()),
    "forest": FOREST,
    "courses": COURSES_FIGURE,
    "people": PEOPLE,
    "calibration": build_calibration_figure((), "waiting"),
}


@pytest.mark.parametrize("name", ALL_FIGURES)
def test_plotly_takes_the_figure_as_it_is(name: str) -> None:
    built = go.Figure(ALL_FIGURES[name]).to_dict()
    assert len(built["data"]) == len(ALL_FIGURES[name]["data"])


@pytest.mark.parametrize("name", ALL_FIGURES)
def test_every_colour_has_its_dark_counterpart(name: str) -> None:
    figure = {**ALL_FIGURES[name]}
    figure["layout"] = {key: value for key, value in figure["layout"].items() if key != "meta"}
    text = repr(figure).lower()
    for colour in re.findall(r"#[0-9a-f]{6}", text):
        assert colour in DARK, colour
    for red, green, blue in re.findall(r"rgba\((\d+), (\d+), (\d+), (?!0\))", text):
        assert f"#{int(red):02x}{int(green):02x}{int(blue):02x}" in DARK


def test_reading_and_curve_are_those_of_the_model() -> None:
    band, line, reading = build_responder_curve_figure(picture())["data"][:3]
    expected = compute_responders(CHANGE, 12.0)
    assert reading["x"] == [12.0]
    assert reading["y"][0] == pytest.approx(100 * expected.share, abs=0.01)
    assert len(band["x"]) == 2 * len(line["x"])
    assert line["y"] == sorted(line["y"], reverse=True)
    assert line["line"]["dash"] == EXTRAPOLATED_DASH
    assert set(line["customdata"]) == {"one"}


def test_labels_of_readings_keep_their_distance() -> None:
    curves = tuple(
        Curve("one", letter, letter, CHANGE, Evidence.TRIAL, extrapolated=False)
        for letter in "ABCD"
    )
    labels = build_responder_curve_figure(picture(curves=curves, threshold=0.0))["data"][-1]
    heights = labels["y"]
    assert all(b - a >= 5.99 for a, b in pairwise(heights))
    assert max(heights) <= 100


def test_none_left_has_a_column_of_its_own_and_no_curve_reads_there() -> None:
    figure = build_responder_curve_figure(picture(threshold=None))
    assert figure["data"][2]["x"] == []
    assert figure["layout"]["shapes"][1]["x0"] == free_at(50.0)
    dots = next(trace for trace in figure["data"] if "three" in trace.get("customdata", ()))
    assert dots["x"][1] == pytest.approx(free_at(50.0))


def test_the_claim_is_a_band_and_its_part_of_the_curve_is_marked() -> None:
    figure = build_responder_curve_figure(picture())
    band = figure["layout"]["shapes"][0]
    assert (band["y0"], band["y1"]) == (70.0, 90.0)
    inside = figure["data"][3 * CURVES]
    assert all(69.9 <= y <= 90.1 for y in inside["y"] if y is not None)


def test_too_many_curves_are_refused() -> None:
    with pytest.raises(ValueError, match="room for"):
        build_responder_curve_figure(picture(curves=(CURVE,) * (CURVES + 1)))


def test_a_forest_has_estimates_intervals_and_gaps() -> None:
    legend, headings, labels, solid, dashed, others, estimates = FOREST["data"]
    assert legend["x"] == []
    assert [text for text in headings["text"] if "Nothing known" in text]
    assert solid["x"] == [1.0, 4.0, None]
    assert dashed["x"] == [1.5, 5.0, None], "an interval without an estimate, no dot"
    assert estimates["x"] == [2.0, 3.0]
    assert estimates["customdata"] == ["one", "two"]
    assert estimates["marker"]["symbol"][0] != estimates["marker"]["symbol"][1]
    assert others["x"] == []
    assert "<b>2</b>" in labels["text"][0]
    assert FOREST["layout"]["xaxis"]["type"] == "log"
    assert "1" in FOREST["layout"]["xaxis"]["ticktext"]


def test_no_label_of_a_forest_stands_on_another() -> None:
    _, headings, labels, *_ = FOREST["data"]
    ys = sorted([*headings["y"], *labels["y"]])
    assert all(b - a >= 15 for a, b in pairwise(ys))


def test_evidence_is_told_by_the_fill() -> None:
    fills = [mark_fill(evidence, "#0072b2") for evidence in list(Evidence)[:3]]
    assert fills[0] == "#0072b2"
    assert fills[2] == LIGHT["page"]
    assert len(set(fills)) == 3


def test_courses_stand_on_the_shared_time_axis() -> None:
    trace = COURSES_FIGURE["data"][0]
    assert trace["x"] == [0.0, pytest.approx(to_axis(365.25, AxisKind.READABLE), abs=1e-3)]
    assert trace["y"] == [7.0, 3.0]
    assert trace["line"]["dash"] == EXTRAPOLATED_DASH
    assert COURSES_FIGURE["data"][-1]["customdata"] == ["two"]
    notes = " ".join(note["text"] for note in COURSES_FIGURE["layout"]["annotations"])
    assert "extrapolated" in notes
    linear = build_outcome_courses_figure((COURSE,), (), AxisKind.LINEAR, 10.0, "points of 10")
    assert linear["data"][0]["x"] == [0.0, 365.25]


def test_people_are_as_many_as_said_and_each_names_its_fact() -> None:
    good, good_places, poor, poor_places, *_ = PEOPLE["data"]
    assert good["x"].count(None) == len(good_places["x"]) == 60
    assert poor["x"].count(None) == len(poor_places["x"]) == 40
    assert good["fillcolor"] != poor["fillcolor"]
    assert good_places["customdata"] == poor_places["customdata"] == ["one"]
    places = {*zip(good_places["x"], good_places["y"], strict=True)}
    places |= {*zip(poor_places["x"], poor_places["y"], strict=True)}
    assert len(places) == 100
    assert len({x for x, _ in places}) == len({y for _, y in places}) == 10


def test_more_than_a_hundred_people_are_refused() -> None:
    crowd = Hundred("one", "One", (PeopleClass(101, "too many"),))
    with pytest.raises(ValueError, match="do not fit"):
        build_hundred_people_figure((crowd,))


def test_calibration_points_stand_at_certainty_and_share() -> None:
    answers = [Answer(0.9, right=True), Answer(0.9, right=False), Answer(0.5, right=True)]
    _, bars, points = build_calibration_figure(compute_calibration(answers, (0.7,)))["data"]
    assert points["x"] == [50, 90]
    assert points["y"] == [100, 50]
    assert points["text"][1].strip() == "1 of 2"
    assert len(bars["x"]) == 6


def test_a_reversed_axis_turns_the_numbers_and_keeps_labels_at_the_left() -> None:
    """A score of which more is better: what is better then lies at the left as well."""
    groups = (ForestGroup("Group", ROWS[:2]),)
    plain, turned = (
        build_forest_figure(groups, ForestAxis("points", -5.0, 5.0, reverse=reverse), ("kind",))
        for reverse in (False, True)
    )
    assert plain["layout"]["xaxis"]["range"] == [-5.0, 5.0]
    assert turned["layout"]["xaxis"]["range"] == [5.0, -5.0]
    for figure, left in ((plain, -5.0), (turned, 5.0)):
        legend, headings, labels = figure["data"][:3]
        assert abs(legend["x"][0] - left) < 1
        assert set(headings["x"]) | set(labels["x"]) == {left}
    assert turned["data"][6]["x"] == plain["data"][6]["x"], "marks keep their numbers"
