"""The charts of complications: what is drawn where, how evidence looks, and what is left open."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import pytest

from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow
from l3s1.figures.hazards import HORIZON_D, HazardRow, build_hazards_figure
from l3s1.figures.marks import EXTRAPOLATED_DASH, mark_fill, series_colours
from l3s1.figures.shares_over_years import (
    Direction,
    YearPoint,
    build_shares_over_years_figure,
)
from l3s1.figures.theme import DARK, LIGHT
from l3s1.models.recovery import Span
from l3s1.models.time_axis import AxisKind, to_axis
from l3s1.vocabulary import Evidence, in_days

YEAR = in_days(1, "y")


def hazard(name: str, span: Span | None, **other: Any) -> HazardRow:
    settings: dict[str, Any] = {
        "fact": name,
        "label": name.capitalize(),
        "rates": "1 to 2 %",
        "evidence": Evidence.COHORT,
        "extrapolated": True,
        "span": span,
        "when": "then",
        "open_now": False,
        "chosen": False,
    }
    return HazardRow(**{**settings, **other})


ROWS = (
    hazard("early", Span(0.0, 0.5, 9.0), chosen=True),
    hazard("opinion", Span(3.0, None, 30.0), evidence=Evidence.OPINION, extrapolated=False),
    hazard("unknown", None, evidence=Evidence.NONE, fact=""),
    hazard("late", Span(YEAR, 3 * YEAR, 40 * YEAR), open_now=True),
)
RATE = ForestRow("rate", "Rate", 2.0, 1.0, 4.0, Evidence.COHORT, "words", "2 %", extrapolated=True)


def windows(kind: AxisKind = AxisKind.READABLE, day: float = 12.0) -> dict[str, Any]:
    return build_hazards_figure(
        ROWS,
        day,
        kind,
        (ForestGroup("Counted", (RATE,)), ForestGroup("No evidence", ())),
        ForestAxis("of 100 people", 0, 5),
        "How often",
    )


def points() -> tuple[YearPoint, ...]:
    def point(fact: str, share: float, day: float | None, **other: Any) -> YearPoint:
        settings: dict[str, Any] = {
            "fact": fact,
            "letter": fact[0].upper(),
            "share": share,
            "low": None,
            "high": None,
            "day": day,
            "kind": 0,
            "evidence": Evidence.COHORT,
            "extrapolated": True,
            "words": fact,
        }
        return YearPoint(**{**settings, **other})

    return (
        point("series", 10.0, 5 * YEAR, series="series", low=8.0, high=12.0),
        point("series", 30.0, 10 * YEAR, series="series"),
        point("beside", 12.0, 5 * YEAR, kind=1, evidence=Evidence.TRIAL, comparator=20.0),
        point("timeless", 9.0, None, low=7.0, high=11.0, extrapolated=False),
        point("window", 22.0, None, days=(YEAR, 40 * YEAR), kind=1),
    )


def years(direction: Direction | None = None, kind: AxisKind = AxisKind.LINEAR) -> dict[str, Any]:
    return build_shares_over_years_figure(
        points(), kind, ("one", "other"), 50.0, "a note", direction
    )


@pytest.mark.parametrize("kind", list(AxisKind))
def test_plotly_accepts_the_figures(kind: AxisKind) -> None:
    for spec in (windows(kind), years(kind=kind)):
        assert go.Figure(spec).to_dict()["data"]


def test_changing_day_axis_or_rows_keeps_the_traces() -> None:
    kinds = [trace["type"] for trace in windows()["data"]]
    assert [trace["type"] for trace in windows(AxisKind.LINEAR, 900.0)["data"]] == kinds
    empty = build_hazards_figure(
        ROWS, 0.0, AxisKind.READABLE, (), ForestAxis("of 100 people", 0, 5), "How often"
    )
    assert [trace["type"] for trace in empty["data"]] == kinds
    nothing = build_shares_over_years_figure((), AxisKind.LINEAR, (), 50.0, "a note")
    assert len(nothing["data"]) == len(years()["data"])


@pytest.mark.parametrize("spec", [windows(), years()], ids=["windows", "years"])
def test_no_rows_are_hidden_by_the_frame(spec: dict[str, Any]) -> None:
    layout = spec["layout"]
    inner = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    assert inner > 200
    assert layout["meta"]["dark"] == dict(DARK)


def test_bars_run_from_earliest_to_latest_and_end_with_the_axis() -> None:
    bars = windows()["data"][1]
    assert bars["customdata"] == ["early", "opinion", "late"]
    assert bars["base"][0] == 0
    assert bars["x"][0] == pytest.approx(to_axis(9.0, AxisKind.READABLE), abs=1e-3)
    end = to_axis(HORIZON_D, AxisKind.READABLE)
    assert bars["base"][2] + bars["x"][2] == pytest.approx(end, abs=1e-3)


def test_evidence_decides_the_fill_and_opinion_is_hatched() -> None:
    marker = windows()["data"][1]["marker"]
    assert marker["pattern"]["shape"] == ["", "/", ""]
    assert marker["color"][0] != marker["line"]["color"]


def test_only_extrapolated_windows_have_a_dashed_edge() -> None:
    dashed = windows()["data"][2]
    assert dashed["y"].count(None) == sum(row.extrapolated and row.span is not None for row in ROWS)


def test_a_window_without_days_is_a_gap_with_words() -> None:
    gaps = windows()["data"][4]
    assert gaps["text"] == ["– – –  no evidence on its days  – – –"]


def test_the_day_is_a_line_and_the_chosen_row_has_a_ground() -> None:
    ground, line = windows()["layout"]["shapes"]
    assert ground["fillcolor"] == line["line"]["color"] == LIGHT["accent"]
    assert line["x0"] == line["x1"] == pytest.approx(to_axis(12.0, AxisKind.READABLE), abs=1e-3)


def test_rates_have_axes_of_their_own_below_the_windows() -> None:
    spec = windows()
    assert {trace.get("xaxis") for trace in spec["data"][:5]} == {None}
    assert {trace["xaxis"] for trace in spec["data"][5:]} == {"x2"}
    assert spec["layout"]["yaxis2"]["domain"][1] < spec["layout"]["yaxis"]["domain"][0]


def test_points_of_a_series_are_joined_by_steps_and_by_nothing_else() -> None:
    boxes, steps = years()["data"][:2]
    assert steps["line"]["shape"] == "hv"
    assert [y for y in steps["y"] if y is not None] == [10.0, 30.0]
    assert set(boxes["y"]) - {None} == {10.0, 30.0}


def test_a_share_without_a_time_stands_in_the_strip() -> None:
    spec = years()
    marks = spec["data"][-1]
    strip = spec["layout"]["shapes"][0]
    at = dict(zip(marks["customdata"], marks["x"], strict=True))
    assert strip["x0"] < at["timeless"] < strip["x1"]
    assert at["window"] < strip["x0"]
    assert at["beside"] != marks["x"][0], "papers of one time stand side by side"


def test_extrapolated_intervals_are_dashed() -> None:
    solid, dashed = years()["data"][2:4]
    assert set(solid["customdata"]) - {None} == {"timeless"}
    assert set(dashed["customdata"]) - {None} == {"series"}
    assert dashed["line"]["dash"] == EXTRAPOLATED_DASH


def test_kind_is_told_by_colour_and_symbol_and_evidence_by_fill() -> None:
    marker = years()["data"][-1]["marker"]
    assert marker["symbol"][0] != marker["symbol"][2]
    assert marker["color"][2] == mark_fill(Evidence.TRIAL, series_colours(1)[0])
    assert marker["color"][0] == mark_fill(Evidence.COHORT, series_colours(0)[0])


def test_a_direction_is_an_arrow_and_moves_no_point() -> None:
    moved = years(Direction(10 * YEAR, 30.0, "upwards"))
    assert moved["data"] == years()["data"]
    (arrow,) = [note for note in moved["layout"]["annotations"] if note["showarrow"]]
    assert arrow["y"] > 30.0
    assert "↑ upwards" in {note["text"] for note in moved["layout"]["annotations"]}


def test_the_note_stands_on_the_chart() -> None:
    assert "a note" in {note["text"] for note in years()["layout"]["annotations"]}
