"""The timeline's figure, read as the page reads it."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from l3s1.figures.recovery_timeline import CHIP, Answer, TimelineRow, build_recovery_timeline_figure
from l3s1.figures.theme import DARK, LIGHT
from l3s1.models.recovery import Span
from l3s1.models.time_axis import HORIZON_D, AxisKind, to_axis
from l3s1.vocabulary import Evidence, Lane


def row(name: str, lane: Lane, span: Span | None, evidence: Evidence, **more: Any) -> TimelineRow:
    extrapolated, spread = more.get("extrapolated", False), more.get("spread", ())
    return TimelineRow(name, lane, name, evidence, extrapolated, span, spread)


ROWS = [
    row("stay", Lane.HOSPITAL_AND_WOUND, Span(3, 4.6, 7), Evidence.COHORT, extrapolated=True),
    row("walk", Lane.MOBILITY, Span(1, None, 1), Evidence.TRIAL),
    row("lift", Lane.ACTIVITIES_AND_WORK, Span(42, None, 90), Evidence.OPINION),
    row("fly", Lane.ACTIVITIES_AND_WORK, None, Evidence.NONE),
]


def traces(axis: AxisKind = AxisKind.READABLE) -> dict[str, dict[str, Any]]:
    figure = build_recovery_timeline_figure(ROWS, axis).to_dict()
    return {trace["name"]: trace for trace in figure["data"]}


@pytest.mark.parametrize("axis", list(AxisKind))
def test_each_known_bar_runs_from_earliest_to_latest(axis: AxisKind) -> None:
    bars = traces(axis)["bars"]
    drawn = dict(zip(bars["customdata"], zip(bars["base"], bars["x"], strict=True), strict=True))
    assert set(drawn) == {"stay", "walk", "lift"}
    start, width = drawn["stay"]
    assert start == pytest.approx(to_axis(3, axis), abs=1e-3)
    assert start + width >= to_axis(7, axis) - 1e-3
    assert drawn["walk"][1] > 0, "a moment is still seen"


def test_evidence_is_drawn_by_fill_and_hatching_not_by_hue_alone() -> None:
    bars = traces()["bars"]
    look = dict(
        zip(
            bars["customdata"],
            zip(bars["marker"]["color"], bars["marker"]["pattern"]["shape"], strict=True),
            strict=True,
        )
    )
    edge = dict(zip(bars["customdata"], bars["marker"]["line"]["color"], strict=True))
    assert look["walk"] == (edge["walk"], ""), "trials: solid"
    assert look["stay"][0] != edge["stay"], "cohorts: lighter than their edge"
    assert look["lift"] == (edge["lift"], "/"), "opinion: hatched in the colour of its edge"
    assert bars["marker"]["pattern"]["bgcolor"] == LIGHT["page"]


def test_what_is_unknown_is_a_gap_with_words() -> None:
    gap = traces()["no-evidence"]
    assert gap["customdata"] == ["fly"]
    assert "no evidence" in gap["text"][0]


def test_extrapolated_bars_have_a_dashed_edge() -> None:
    edge = traces()["extrapolated"]
    corners = [x for x in edge["x"] if x is not None]
    assert min(corners) == pytest.approx(to_axis(3, AxisKind.READABLE), abs=1e-3)
    assert len(corners) == 5, "one closed rectangle, for the one extrapolated bar"
    assert edge["line"]["dash"] != "solid"


def test_the_usual_moment_is_marked() -> None:
    assert traces()["usual"]["x"] == [pytest.approx(to_axis(4.6, AxisKind.READABLE), abs=1e-3)]


def test_rows_do_not_share_a_place_and_lanes_have_names() -> None:
    figure = build_recovery_timeline_figure(ROWS).to_dict()
    places = figure["layout"]["yaxis"]["tickvals"]
    assert len(set(places)) == len(ROWS)
    lanes = [lane for lane, _ in groupby(each.lane for each in ROWS)]
    assert len(figure["layout"]["annotations"]) == len(lanes)
    names = {annotation["y"] for annotation in figure["layout"]["annotations"]}
    assert not names & set(places)


def test_rows_of_a_lane_must_follow_each_other() -> None:
    with pytest.raises(ValueError, match="sort them by lane"):
        build_recovery_timeline_figure([ROWS[2], ROWS[0], ROWS[3]])


def test_every_colour_has_a_dark_counterpart() -> None:
    figure = build_recovery_timeline_figure(ROWS)
    drawn = figure.to_plotly_json()
    assert drawn["layout"].pop("meta") == {"dark": dict(DARK)}
    used = set(_colours(drawn)) | set(_colours(CHIP))
    assert used
    assert used <= set(DARK), used - set(DARK)


SHARED = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "timeline_layout.json").read_text(encoding="utf-8")
)


def _shared_row(data: dict[str, Any]) -> TimelineRow:
    known = data["span"] is not None
    return row(
        data["id"],
        Lane(data["lane"]),
        Span(*data["span"]) if known else None,
        Evidence.COHORT if known else Evidence.NONE,
        extrapolated=data["extrapolated"],
        spread=tuple(Answer(**answer) for answer in data["spread"]),
    )


@pytest.mark.parametrize("axis", list(AxisKind))
def test_rows_are_laid_as_the_page_lays_them(axis: AxisKind) -> None:
    """The page lays the figure anew for each patient; both sides keep to the same made-up case."""
    figure = build_recovery_timeline_figure([_shared_row(each) for each in SHARED["rows"]], axis)
    drawn = figure.to_plotly_json()
    expected = SHARED["laid"][axis.value]
    by_name = {trace["name"]: trace for trace in drawn["data"]}
    for name, lists in expected["traces"].items():
        for key, values in lists.items():
            assert list(by_name[name][key]) == values, (name, key)
    for axis_name in ("xaxis", "yaxis"):
        for key, value in expected[axis_name].items():
            assert list(drawn["layout"][axis_name][key]) == value
    assert drawn["layout"]["height"] == expected["height"]
    assert [each["y"] for each in drawn["layout"]["annotations"]] == expected["names"]


def test_the_shared_case_lies_on_the_axis() -> None:
    """The fixture itself: every end of a bar is the axis position of its day."""
    for axis in AxisKind:
        bars = SHARED["laid"][axis.value]["traces"]["bars"]
        spans = {each["id"]: each["span"] for each in SHARED["rows"]}
        end = to_axis(HORIZON_D, axis)
        for name, start, width in zip(bars["customdata"], bars["base"], bars["x"], strict=True):
            first, _, last = spans[name]
            assert start + width == pytest.approx(
                max(min(to_axis(last, axis), end), start + end / 110), abs=2e-4
            )
            assert start <= to_axis(first, axis) + 1e-4


def test_single_answers_stand_apart_in_front_of_a_faint_bar() -> None:
    answers = (Answer("one", 14, 42), Answer("two", 28, None, 31.0))
    opinion = row("opinion", Lane.MOBILITY, Span(14, None, 42), Evidence.OPINION, spread=answers)
    figure = build_recovery_timeline_figure([opinion, ROWS[2]]).to_dict()
    by_name = {trace["name"]: trace for trace in figure["data"]}
    spread = by_name["spread"]
    shown = [y for y in spread["y"] if y is not None]
    assert len(set(shown)) == len(answers)
    assert [text.strip() for text in spread["text"] if text] == ["one", "two: 31 %"]
    faint, plain = by_name["bars"]["marker"]["opacity"]
    assert faint < plain == 1
    top, bottom = (
        by_name["bars"]["y"][0] + side * by_name["bars"]["width"][0] / 2 for side in (-1, 1)
    )
    assert all(top < y < bottom for y in shown)


def _colours(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [colour for each in node.values() for colour in _colours(each)]
    if isinstance(node, list | tuple):
        return [colour for each in node for colour in _colours(each)]
    return [node] if isinstance(node, str) and node.startswith("#") else []
