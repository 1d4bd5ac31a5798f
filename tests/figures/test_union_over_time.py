"""The union figure: points with intervals, no curve, the claim behind them."""

from __future__ import annotations

import pytest

from l3s1.figures.union_over_time import UnionPoint, UnionSeries, build_union_over_time_figure
from l3s1.models.recovery import Span

SERIES = (
    UnionSeries(
        "one", "One", (UnionPoint(180, 50, 40, 60, "50"), UnionPoint(365, 80, 70, 88, "80"))
    ),
    UnionSeries("two", "Two", (UnionPoint(365, 98, None, None, "98"),)),
)


def test_points_and_intervals_are_those_given() -> None:
    one, two = build_union_over_time_figure(SERIES).to_dict()["data"]
    assert one["y"] == [50, 80]
    assert one["error_y"]["array"] == [10, 8]
    assert one["error_y"]["arrayminus"] == [10, 10]
    assert two["error_y"]["array"] == two["error_y"]["arrayminus"] == [0]
    assert one["customdata"] == ["one", "one"]


def test_series_differ_by_more_than_colour() -> None:
    one, two = build_union_over_time_figure(SERIES).to_dict()["data"]
    assert one["marker"]["symbol"] != two["marker"]["symbol"]
    assert one["line"]["dash"] != two["line"]["dash"]


def test_no_point_hides_another() -> None:
    one, two = build_union_over_time_figure(SERIES).to_dict()["data"]
    assert not set(one["x"]) & set(two["x"])
    assert one["x"][1] + two["x"][0] == pytest.approx(2 * 365), "beside their month, evenly"
    assert one["x"][0] == pytest.approx(180), "alone: where it belongs"


def test_the_claimed_span_is_shaded_where_it_lies() -> None:
    layout = build_union_over_time_figure(SERIES, Span(182, None, 365)).to_dict()["layout"]
    (shape,) = layout["shapes"]
    assert (shape["x0"], shape["x1"]) == (pytest.approx(182), pytest.approx(365))


def test_two_series_always_look_different() -> None:
    many = tuple(UnionSeries(str(n), str(n), SERIES[1].points) for n in range(12))
    looks = [
        (trace["marker"]["color"], trace["marker"]["symbol"], trace["line"]["dash"])
        for trace in build_union_over_time_figure(many).to_dict()["data"]
    ]
    assert len(set(looks)) == len(many)
