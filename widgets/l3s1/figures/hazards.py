"""When complications come, as windows on the time axis, and below them how often one of them does.

The upper part counts pixels downwards, like the list of estimates below it: each label stands
above its bar, so that a phone has the full width for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from l3s1.figures.forest import ForestAxis, ForestGroup, build_forest_figure
from l3s1.figures.theme import LANE_COLOUR, LIGHT, TINT_SHARE, Spec, scatter, tint
from l3s1.models.time_axis import AxisKind, say_day, ticks, to_axis
from l3s1.vocabulary import EVIDENCE_LABEL, EVIDENCE_MARK, Evidence, Lane, in_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from l3s1.models.recovery import Span

HORIZON_D = in_days(15, "y")
"""End of the axis, in days: fifteen years."""

_COLOUR = LANE_COLOUR[Lane.DANGER_WINDOWS]
_LABEL_PX = 18
_BAR_PX = 13
_ROW_PX = _LABEL_PX + _BAR_PX + 8
_TOP_PX = 52
_BETWEEN_PX = 104
_LEAST_WIDTH = 1 / 110  # of the axis: a moment must still be seen and hit
_LABELLED = {
    AxisKind.READABLE: ("operation", "1 d", "1 wk", "6 wk", "6 mo", "2 y", "10 y"),
    AxisKind.LINEAR: ("operation", "2 y", "5 y", "10 y"),
}


@dataclass(frozen=True)
class HazardRow:
    """One complication: `span` is None where its days are not known, `rates` are in words.

    `fact` is the origin of its bar, or "". `open_now` says that the day chosen lies in it.
    """

    fact: str
    label: str
    rates: str
    evidence: Evidence
    extrapolated: bool
    span: Span | None
    when: str
    open_now: bool
    chosen: bool


def build_hazards_figure(
    rows: Sequence[HazardRow],
    day: float,
    kind: AxisKind,
    groups: Sequence[ForestGroup],
    rates: ForestAxis,
    heading: str,
) -> Spec:
    """Draw the windows of all `rows` with a line at `day`, and below them the rates of one.

    Traces, always the same: labels, bars, dashed edges, usual marks, gaps, then those of the
    list of estimates. customdata of each mark is its fact's id.
    """
    below = build_forest_figure(groups, rates)
    windows_px = _ROW_PX * len(rows)
    margin = dict(below["layout"]["margin"])
    rates_px = below["layout"]["height"] - margin["t"] - margin["b"]
    margin["t"] = _TOP_PX
    drawn = windows_px + _BETWEEN_PX + rates_px
    layout: dict[str, Any] = {
        **below["layout"],
        "height": drawn + margin["t"] + margin["b"],
        "margin": margin,
        "barmode": "overlay",
        "xaxis": _time_axis(kind),
        "yaxis": {
            "range": [windows_px, 0],
            "domain": [1 - windows_px / drawn, 1],
            "visible": False,
            "fixedrange": True,
        },
        "xaxis2": {**below["layout"]["xaxis"], "anchor": "y2"},
        "yaxis2": {**below["layout"]["yaxis"], "anchor": "x2", "domain": [0, rates_px / drawn]},
        "shapes": _shapes(rows, day, kind),
        "annotations": [
            _now(day, kind),
            {
                "text": "dashed edge: extrapolated to L3–S1<br>◆ usual; bold: open on this day",
                "align": "left",
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": 1 - windows_px / drawn,
                "yref": "paper",
                "yanchor": "top",
                "showarrow": False,
                "font": {"size": 12, "color": LIGHT["muted"]},
            },
            {
                "text": f"<b>{heading}</b>",
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": rates_px / drawn,
                "yref": "paper",
                "yanchor": "bottom",
                "showarrow": False,
                "align": "left",
                "font": {"size": 16, "color": LIGHT["ink"]},
            },
        ],
    }
    return {
        "data": [
            _labels(rows),
            _bars(rows, kind),
            _dashed_edges(rows, kind),
            _usual(rows, kind),
            _gaps(rows, kind),
            *({**trace, "xaxis": "x2", "yaxis": "y2"} for trace in below["data"]),
        ],
        "layout": layout,
    }


def _place(day: float, kind: AxisKind) -> float:
    """Axis position to four decimals: far below a pixel, and short on the wire."""
    return round(to_axis(min(day, HORIZON_D), kind), 4)


def _middle(index: int) -> float:
    return index * _ROW_PX + _LABEL_PX + _BAR_PX / 2


def _extent(span: Span, kind: AxisKind) -> tuple[float, float]:
    """Start and width on the axis; short moments are drawn a hair wide."""
    end = _place(HORIZON_D, kind)
    start, stop = _place(span.earliest_d, kind), _place(span.latest_d, kind)
    width = max(stop - start, end * _LEAST_WIDTH)
    return round(min(start, end - width), 4), round(width, 4)


def _known(rows: Sequence[HazardRow]) -> list[tuple[int, HazardRow, Span]]:
    return [(index, row, row.span) for index, row in enumerate(rows) if row.span is not None]


def _labels(rows: Sequence[HazardRow]) -> Spec:
    words = []
    for row in rows:
        name = f"{EVIDENCE_MARK[row.evidence]} {row.label}"
        rates = f"  {row.rates}" if row.rates else ""
        words.append(f"<b>{name}</b>{rates}" if row.open_now or row.chosen else f"{name}{rates}")
    return scatter(
        mode="text",
        x=[0] * len(rows),
        y=[index * _ROW_PX + _LABEL_PX / 2 for index in range(len(rows))],
        text=words,
        textposition="middle right",
        textfont={"size": 13, "color": LIGHT["ink"]},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _bars(rows: Sequence[HazardRow], kind: AxisKind) -> Spec:
    known = _known(rows)
    extents = [_extent(span, kind) for _, _, span in known]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [_middle(index) for index, _, _ in known],
        "base": [start for start, _ in extents],
        "x": [width for _, width in extents],
        "width": _BAR_PX,
        "customdata": [row.fact for _, row, _ in known],
        "hovertext": [
            f"<b>{row.label}</b><br>{row.when}<br>Evidence: {EVIDENCE_LABEL[row.evidence]}"
            + ("<br>Extrapolated to three levels" if row.extrapolated else "")
            for _, row, _ in known
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": [_fill(row.evidence) for _, row, _ in known],
            "line": {"color": _COLOUR, "width": 1.5},
            "pattern": {
                "shape": ["/" if row.evidence is Evidence.OPINION else "" for _, row, _ in known],
                "bgcolor": LIGHT["page"],
                "size": 7,
                "solidity": 0.2,
            },
        },
    }


def _fill(evidence: Evidence) -> str:
    """Solid for trials, lighter for cohorts; for opinion the colour of the hatching."""
    return tint(_COLOUR, LIGHT["page"], TINT_SHARE if evidence is Evidence.COHORT else 0.0)


def _dashed_edges(rows: Sequence[HazardRow], kind: AxisKind) -> Spec:
    x: list[float | None] = []
    y: list[float | None] = []
    for index, row, span in _known(rows):
        if not row.extrapolated:
            continue
        start, width = _extent(span, kind)
        top, bottom = (_middle(index) + side * _BAR_PX / 2 for side in (-1, 1))
        end = round(start + width, 4)
        x += [start, end, end, start, start, None]
        y += [top, top, bottom, bottom, top, None]
    return scatter(
        mode="lines",
        x=x,
        y=y,
        line={"color": LIGHT["page"], "width": 2, "dash": "3px,4px"},
        hoverinfo="skip",
    )


def _usual(rows: Sequence[HazardRow], kind: AxisKind) -> Spec:
    marked = [(index, span.usual_d) for index, _, span in _known(rows) if span.usual_d is not None]
    return scatter(
        mode="markers",
        x=[_place(day, kind) for _, day in marked],
        y=[_middle(index) for index, _ in marked],
        cliponaxis=False,
        marker={
            "symbol": "diamond",
            "size": 10,
            "color": LIGHT["ink"],
            "line": {"color": LIGHT["page"], "width": 1.5},
        },
        hoverinfo="skip",
    )


def _gaps(rows: Sequence[HazardRow], kind: AxisKind) -> Spec:
    unknown = [index for index, row in enumerate(rows) if row.span is None]
    return scatter(
        mode="text",
        x=[_place(HORIZON_D, kind) / 2] * len(unknown),
        y=[_middle(index) for index in unknown],
        text=["– – –  no evidence on its days  – – –"] * len(unknown),
        textfont={"color": LIGHT["muted"], "size": 13},
        hoverinfo="skip",
    )


def _shapes(rows: Sequence[HazardRow], day: float, kind: AxisKind) -> list[dict[str, Any]]:
    shapes: list[dict[str, Any]] = [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": index * _ROW_PX - 2,
            "y1": (index + 1) * _ROW_PX - 4,
            "fillcolor": LIGHT["accent"],
            "opacity": 0.12,
            "line": {"width": 0},
            "layer": "below",
        }
        for index, row in enumerate(rows)
        if row.chosen
    ]
    at = _place(day, kind)
    shapes.append(
        {
            "type": "line",
            "x0": at,
            "x1": at,
            "y0": 0,
            "y1": 1,
            "yref": "y domain",
            "line": {"color": LIGHT["accent"], "width": 2},
            "layer": "below",
        }
    )
    return shapes


def _now(day: float, kind: AxisKind) -> dict[str, Any]:
    share = _place(day, kind) / _place(HORIZON_D, kind)
    return {
        "text": f"☎ {say_day(day)}",
        "x": share,
        "xref": "paper",
        "xanchor": "right" if share > 1 / 2 else "left",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 24,
        "showarrow": False,
        "font": {"size": 14, "color": LIGHT["accent"]},
    }


def _time_axis(kind: AxisKind) -> dict[str, Any]:
    marks = [tick for tick in ticks(kind, HORIZON_D) if tick.label in _LABELLED[kind]]
    return {
        "range": [0, _place(HORIZON_D, kind)],
        "fixedrange": True,
        "side": "top",
        "tickmode": "array",
        "tickvals": [_place(tick.day, kind) for tick in marks],
        "ticktext": ["op" if tick.day == 0 else tick.label for tick in marks],
        "tickfont": {"size": 13, "color": LIGHT["muted"]},
        "tickangle": 0,
        "gridcolor": LIGHT["line"],
        "griddash": "dot",
        "zeroline": True,
        "zerolinecolor": LIGHT["muted"],
        "showline": False,
    }
