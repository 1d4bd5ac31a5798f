"""The timeline's figure, read as the page reads it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest

from l3s1.figures.recovery_timeline import TimelineRow, build_recovery_timeline_figure
from l3s1.figures.theme import DARK, LIGHT
from l3s1.models.recovery import Span
from l3s1.models.time_axis import AxisKind, to_axis
from l3s1.vocabulary import Evidence, Lane


def row(name: str, lane: Lane, span: Span | None, evidence: Evidence, **more: Any) -> TimelineRow:
    return TimelineRow(name, lane, name, evidence, more.get("extrapolated", False), span)


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
    used = set(_colours(drawn))
    assert used
    assert used <= set(DARK), used - set(DARK)


def _colours(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [colour for each in node.values() for colour in _colours(each)]
    if isinstance(node, list | tuple):
        return [colour for each in node for colour in _colours(each)]
    return [node] if isinstance(node, str) and node.startswith("#") else []
