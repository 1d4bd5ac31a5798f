"""The union figure: points with intervals, no curve, the claim behind them."""

from __future__ import annotations

import pytest

from l3s1.figures.union_over_time import UnionPoint, UnionSeries, build_union_over_time_figure
from l3s1.models.recovery import Span
from l3s1.vocabulary import Evidence, in_days

YEAR = in_days(1, "y")
SERIES = (
    UnionSeries(
        "one",
        "One",
        (UnionPoint(180, 50, 40, 60, "50"), UnionPoint(YEAR, 80, 70, 88, "80")),
        "A",
        0,
        Evidence.TRIAL,
    ),
    UnionSeries("two", "Two", (UnionPoint(YEAR, 98, None, None, "98"),), "B", 1),
    UnionSeries(
        "three", "Three", (UnionPoint(YEAR, 60, 50, 70, "60"),), "C", 1, extrapolated=False
    ),
)
JOINS, SOLID, DASHED, POINTS, LETTERS = range(5)


def test_points_and_intervals_are_those_given() -> None:
    data = build_union_over_time_figure(SERIES)["data"]
    assert data[POINTS]["y"] == [50, 80, 98, 60]
    assert data[POINTS]["customdata"] == ["one", "one", "two", "three"]
    assert data[DASHED]["y"] == [40, 60, None, 70, 88, None]
    assert data[SOLID]["y"] == [50, 70, None]
    assert data[SOLID]["customdata"] == ["three", "three", None]
    assert data[DASHED]["line"]["dash"] != data[SOLID]["line"]["dash"]


def test_only_points_of_one_series_are_joined() -> None:
    joins = build_union_over_time_figure(SERIES)["data"][JOINS]
    assert joins["y"] == [50, 80, None, 98, None, 60]


def test_kinds_and_evidence_differ_by_more_than_colour() -> None:
    marker = build_union_over_time_figure(SERIES)["data"][POINTS]["marker"]
    assert marker["symbol"][0] != marker["symbol"][2]
    assert marker["color"][0] == marker["line"]["color"][0], "a trial is filled"
    assert marker["color"][2] != marker["line"]["color"][2], "a cohort is lighter"


def test_no_point_hides_another() -> None:
    x = build_union_over_time_figure(SERIES)["data"][POINTS]["x"]
    assert x[0] == pytest.approx(180), "alone: where it belongs"
    assert len(set(x)) == len(x)
    assert sum(x[1:]) / 3 == pytest.approx(YEAR, abs=0.1), "beside their month, evenly"


def test_letters_stand_above_the_intervals() -> None:
    letters = build_union_over_time_figure(SERIES)["data"][LETTERS]
    assert letters["text"] == [f"<b>{each}</b>" for each in "AABC"]
    assert all(y > high for y, high in zip(letters["y"], (60, 88, 98, 70), strict=True))


def test_the_claimed_span_is_shaded_where_it_lies() -> None:
    layout = build_union_over_time_figure(SERIES, Span(182, None, 365))["layout"]
    shape, bracket = layout["shapes"]
    assert (shape["x0"], shape["x1"]) == (pytest.approx(182), pytest.approx(365))
    assert (bracket["x0"] + bracket["x1"]) / 2 == pytest.approx(YEAR, abs=0.1)


def test_points_beyond_the_axis_are_left_out() -> None:
    late = UnionSeries("late", "Late", (UnionPoint(4 * YEAR, 78, None, None, "78"),), "D")
    two = build_union_over_time_figure((late,))
    five = build_union_over_time_figure((late,), horizon_d=5 * YEAR)
    assert two["data"][POINTS]["y"] == []
    assert "no evidence" in two["layout"]["annotations"][-1]["text"]
    assert five["data"][POINTS]["y"] == [78]
    assert five["layout"]["xaxis"]["range"][1] > 4 * YEAR


def test_the_legend_names_every_kind() -> None:
    notes = build_union_over_time_figure(SERIES, legend=("CT", "X-ray"), note="for whom")
    said = [note["text"] for note in notes["layout"]["annotations"]]
    assert {"CT", "X-ray", "for whom"} <= set(said)
