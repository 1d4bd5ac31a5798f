"""One's own calibration: how often one was right, for each degree of certainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l3s1.figures.marks import series_colours
from l3s1.figures.theme import LIGHT, Spec, base_layout_spec, scatter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from l3s1.models.calibration import CalibrationPoint

_TICKS = (50, 60, 70, 80, 90, 100)


def build_calibration_figure(points: Sequence[CalibrationPoint], waiting: str = "") -> Spec:
    """Plot shares right against certainty, with 95 % intervals, beside the perfect line.

    `waiting` is written in place of points while there are none.
    """
    colour, _ = series_colours(0)
    x = [100 * point.certainty for point in points]
    y = [100 * point.right.share for point in points]
    bars_x: list[float | None] = []
    bars_y: list[float | None] = []
    for at, point in zip(x, points, strict=True):
        bars_x += [at, at, None]
        bars_y += [100 * point.right.low, 100 * point.right.high, None]
    counted = [f"{round(point.right.share * point.answers)} of {point.answers}" for point in points]
    return {
        "data": [
            scatter(
                mode="lines",
                x=[50, 100],
                y=[50, 100],
                line={"color": LIGHT["muted"], "width": 2, "dash": "dot"},
                hoverinfo="skip",
            ),
            scatter(
                mode="lines",
                x=bars_x,
                y=bars_y,
                line={"color": colour, "width": 2},
                hoverinfo="skip",
            ),
            scatter(
                mode="lines+markers+text",
                x=x,
                y=y,
                text=[f"  {words}" for words in counted],
                textposition="bottom right",
                textfont={"size": 14, "color": LIGHT["ink"]},
                line={"color": colour, "width": 2},
                marker={"symbol": "circle", "size": 14, "color": colour},
                hovertext=[f"right in {words}" for words in counted],
                hovertemplate="%{x:.0f} % certain: %{hovertext}<extra></extra>",
                cliponaxis=False,
            ),
        ],
        "layout": base_layout_spec(
            height=400,
            margin={"l": 56, "r": 40, "t": 16, "b": 52},
            hovermode="closest",
            showlegend=False,
            xaxis={
                "range": [48, 102],
                "fixedrange": True,
                "zeroline": False,
                "tickmode": "array",
                "tickvals": list(_TICKS),
                "ticktext": [f"{tick} %" for tick in _TICKS],
                "title": {"text": "how certain you were", "font": {"size": 14}},
                "gridcolor": LIGHT["line"],
                "tickfont": {"size": 13, "color": LIGHT["muted"]},
            },
            yaxis={
                "range": [-2, 104],
                "fixedrange": True,
                "zeroline": False,
                "tickmode": "array",
                "tickvals": [0, 25, 50, 75, 100],
                "ticktext": ["0 %", "25 %", "50 %", "75 %", "100 %"],
                "title": {"text": "how often you were right", "font": {"size": 14}},
                "gridcolor": LIGHT["line"],
                "tickfont": {"size": 13, "color": LIGHT["muted"]},
            },
            annotations=[
                {
                    "text": waiting or "perfectly calibrated",
                    "x": 75 if waiting else 58,
                    "y": 25 if waiting else 53,
                    "xanchor": "center" if waiting else "left",
                    "showarrow": False,
                    "font": {"size": 15 if waiting else 13, "color": LIGHT["ink"]},
                }
            ],
        ),
    }
