"""Union over time: the share of patients or levels called fused, series by series."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from l3s1.figures.theme import LIGHT, SERIES, base_layout
from l3s1.models.time_axis import HORIZON_D, AxisKind, ticks, to_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from l3s1.models.recovery import Span

_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "pentagon", "star")
_DASHES = ("solid", "6px,3px", "2px,3px", "8px,3px,2px,3px")
_AXIS = AxisKind.LINEAR


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

    One trace a series (customdata: its id at each point). Points of one series are joined by a
    thin line only to show that they belong together; no curve is fitted.
    """
    looks = zip(cycle(SERIES), cycle(_SYMBOLS), cycle(_DASHES), strict=False)
    figure = go.Figure(
        data=[_trace(one, *look) for one, look in zip(series, looks, strict=False)],
        layout=base_layout(
            height=470,
            margin={"l": 56, "r": 12, "t": 16, "b": 40},
            hovermode="closest",
            xaxis={
                "range": [0, to_axis(horizon_d, _AXIS) * 1.04],
                "fixedrange": True,
                "tickmode": "array",
                "tickvals": [to_axis(tick.day, _AXIS) for tick in ticks(_AXIS, horizon_d)],
                "ticktext": [tick.label for tick in ticks(_AXIS, horizon_d)],
                "gridcolor": LIGHT["line"],
                "tickfont": {"size": 13, "color": LIGHT["muted"]},
            },
            yaxis={
                "range": [0, 103],
                "fixedrange": True,
                "ticksuffix": " %",
                "gridcolor": LIGHT["line"],
                "title": {"text": "called fused"},
                "tickfont": {"size": 13, "color": LIGHT["muted"]},
            },
            legend={"orientation": "h", "y": -0.14, "yanchor": "top", "x": 0, "font": {"size": 13}},
        ),
    )
    if claimed is not None:
        figure.add_vrect(
            x0=to_axis(claimed.earliest_d, _AXIS),
            x1=to_axis(claimed.latest_d, _AXIS),
            fillcolor=LIGHT["muted"],
            opacity=0.12,
            line_width=0,
            layer="below",
            annotation={
                "text": "the article: solid here",
                "font": {"size": 13, "color": LIGHT["muted"]},
                "xanchor": "left",
                "x": to_axis(claimed.earliest_d, _AXIS),
                "y": 0.03,
                "yref": "paper",
            },
        )
    return figure


def _trace(series: UnionSeries, colour: str, symbol: str, dash: str) -> go.Scatter:
    points = series.points
    return go.Scatter(
        name=series.label,
        mode="lines+markers",
        x=[to_axis(point.day, _AXIS) for point in points],
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
