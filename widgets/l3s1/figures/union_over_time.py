"""Union over time: the share of patients or levels called fused, series by series."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from l3s1.figures.theme import LIGHT, SERIES, base_layout
from l3s1.models.time_axis import HORIZON_D, AxisKind, ticks, to_axis

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from l3s1.models.recovery import Span

_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "pentagon", "star")
_DASHES = ("solid", "6px,3px", "2px,3px", "8px,3px,2px,3px")
_AXIS = AxisKind.LINEAR
_DODGE_D = 9.0
_LABELLED = {"operation": "0", "6 mo": "6 mo", "1 y": "1 y", "18 mo": "18 mo", "2 y": "2 y"}


@dataclass(frozen=True)
class UnionPoint:
    """A share (%) called fused at `day`; `low`/`high` are its 95 % interval where n is known."""

    day: float
    share: float
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True)
class UnionSeries:
    """The points of one published series, in order of time; `id` is what a click reports."""

    id: str
    label: str
    points: tuple[UnionPoint, ...]


def build_union_over_time_figure(
    series: Sequence[UnionSeries], claimed: Span | None = None, horizon_d: float = HORIZON_D
) -> go.Figure:
    """Plot each series as points with intervals; shade the span in which union is `claimed`.

    One trace a series (customdata: its id at each point). Series stand side by side at each
    month. Points of one series are joined by a thin line only to show that they belong together;
    no curve is fitted.
    """
    marks = [tick for tick in ticks(_AXIS, horizon_d) if tick.label in _LABELLED]
    places = _side_by_side(series)
    looks = zip(cycle(SERIES), cycle(_SYMBOLS), cycle(_DASHES), strict=False)
    figure = go.Figure(
        data=[_trace(one, places, *look) for one, look in zip(series, looks, strict=False)],
        layout=base_layout(
            height=800,
            margin={"l": 62, "r": 12, "t": 16, "b": 40},
            hovermode="closest",
            xaxis={
                "range": [0, to_axis(horizon_d, _AXIS) * 1.1],
                "fixedrange": True,
                "tickmode": "array",
                "tickvals": [to_axis(tick.day, _AXIS) for tick in marks],
                "ticktext": [_LABELLED[tick.label] for tick in marks],
                "tickangle": 0,
                "gridcolor": LIGHT["line"],
                "tickfont": {"size": 13, "color": LIGHT["muted"]},
            },
            yaxis={
                "range": [0, 103],
                "fixedrange": True,
                "ticksuffix": " %",
                "gridcolor": LIGHT["line"],
                "title": {"text": "called fused", "font": {"size": 14}},
                "tickfont": {"size": 13, "color": LIGHT["muted"]},
            },
            legend={"orientation": "h", "y": -0.1, "yanchor": "top", "x": 0, "font": {"size": 13}},
        ),
    )
    if claimed is not None:
        start, end = to_axis(claimed.earliest_d, _AXIS), to_axis(claimed.latest_d, _AXIS)
        figure.add_vrect(
            x0=start, x1=end, fillcolor=LIGHT["muted"], opacity=0.12, line_width=0, layer="below"
        )
        figure.add_annotation(
            text="the article:<br>‘solid’",
            x=(start + end) / 2,
            y=3,
            yanchor="bottom",
            showarrow=False,
            font={"size": 13, "color": LIGHT["muted"]},
        )
    return figure


def _side_by_side(series: Sequence[UnionSeries]) -> dict[tuple[str, float], float]:
    """Where each point is drawn, in days: beside those of other series at the same time."""
    places: dict[tuple[str, float], float] = {}
    for day in {point.day for one in series for point in one.points}:
        there = [one.id for one in series if any(point.day == day for point in one.points)]
        for place, name in enumerate(there):
            places[name, day] = day + (place - (len(there) - 1) / 2) * _DODGE_D
    return places


def _trace(
    series: UnionSeries,
    places: Mapping[tuple[str, float], float],
    colour: str,
    symbol: str,
    dash: str,
) -> go.Scatter:
    points = series.points
    return go.Scatter(
        name=series.label.replace(": ", "<br>", 1),
        mode="lines+markers",
        x=[to_axis(places[series.id, point.day], _AXIS) for point in points],
        y=[point.share for point in points],
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [(point.high or point.share) - point.share for point in points],
            "arrayminus": [
                point.share - (point.share if point.low is None else point.low) for point in points
            ],
            "color": colour,
            "thickness": 1.5,
            "width": 4,
        },
        marker={
            "symbol": symbol,
            "size": 11,
            "color": colour,
            "line": {"color": LIGHT["page"], "width": 1},
        },
        line={"color": colour, "width": 1.5, "dash": dash},
        customdata=[series.id] * len(points),
        hovertext=[f"<b>{series.label}</b><br>{point.words}" for point in points],
        hovertemplate="%{hovertext}<extra></extra>",
    )
