"""The recovery timeline: swim lanes of ranges over the time axis of the course."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from l3s1.figures.theme import LANE_COLOUR, LIGHT, TINT_SHARE, base_layout, tint
from l3s1.models.time_axis import HORIZON_D, AxisKind, ticks, to_axis
from l3s1.vocabulary import EVIDENCE_LABEL, LANE_LABEL, Evidence, Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from l3s1.models.recovery import Span

ROW_PX = 22
"""Height of a row in the wide layout, in pixels."""

_MARGIN = {"l": 262, "r": 16, "t": 34, "b": 12}
_BAR_THICKNESS = 0.62
_ANSWER = 0.64
"""Height of a single answer of a spread, in rows: room for its words."""

_LEAST_WIDTH = 1 / 110  # of the axis: a moment must still be seen and hit
_RIGHT_PART = 0.55  # of the axis: from there on words stand to the left
_FAINT = 0.45
"""Opacity of a bar that is only the outer range of single answers."""


@dataclass(frozen=True)
class Answer:
    """A single answer of a survey, a practice or a trial, in days; a range where `to_d` is given.

    `share` is of 100 who were asked.
    """

    label: str
    from_d: float
    to_d: float | None = None
    share: float | None = None


@dataclass(frozen=True)
class TimelineRow:
    """One bar to draw. `span` is None where nothing is known.

    A row with a `spread` shows single answers in front of a faint bar.
    """

    id: str
    lane: Lane
    label: str
    evidence: Evidence
    extrapolated: bool
    span: Span | None
    spread: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class _Place:
    """Middle and height of a row, in rows from the top."""

    y: float
    height: float

    @property
    def thickness(self) -> float:
        """Of the bar: what is left between rows is the same everywhere."""
        return round(self.height - (1 - _BAR_THICKNESS), 2)


CHIP = {
    "showarrow": False,
    "bgcolor": LIGHT["page"],
    "bordercolor": LIGHT["muted"],
    "borderwidth": 1,
    "borderpad": 1,
    "font": {"size": 12, "color": LIGHT["ink"]},
}
"""How the page draws the sign of what a choice changes: a plotly annotation without words."""


def build_recovery_timeline_figure(
    rows: Sequence[TimelineRow], axis: AxisKind = AxisKind.READABLE, horizon_d: float = HORIZON_D
) -> go.Figure:
    """Draw `rows` (grouped by lane, in drawing order) over an axis of `horizon_d` days.

    Traces, by name: `bars` (earliest to latest; customdata: row ids), `other` (empty: the style in
    which the page draws a second patient's bars), `extrapolated` (dashed edges), `usual`
    (diamonds), `spread` (single answers), `no-evidence` (words in the gap), `row-labels` (hidden;
    shown by narrow pages in place of the tick labels). The y axis counts rows downwards; each lane
    starts with a row of its own for its name. The page lays the same figure anew for what is
    stated about a patient (`widgets/frontend/src/timeline/lay.ts`, by the same rules).
    """
    places, names, units = _layout(rows)
    return go.Figure(
        data=[
            _bars(rows, places, axis, horizon_d),
            _other(),
            _extrapolated(rows, places, axis, horizon_d),
            _usual(rows, places, axis),
            _spread(rows, places, axis, horizon_d),
            _no_evidence(rows, places, axis, horizon_d),
            _row_labels(rows, places, axis),
        ],
        layout=base_layout(
            height=round(_MARGIN["t"] + _MARGIN["b"] + ROW_PX * units),
            margin=_MARGIN,
            barmode="overlay",
            bargap=1 - _BAR_THICKNESS,
            showlegend=False,
            hovermode="closest",
            xaxis=_x_axis(axis, horizon_d),
            yaxis=_y_axis(rows, places, units),
            annotations=_lane_names(rows, names),
        ),
    )


def _place(day: float, axis: AxisKind) -> float:
    """Axis position to four decimals: far below a pixel, and short on the wire."""
    return round(to_axis(day, axis), 4)


def _lanes(rows: Sequence[TimelineRow]) -> list[Lane]:
    return [lane for lane, _ in groupby(row.lane for row in rows)]


def _layout(rows: Sequence[TimelineRow]) -> tuple[dict[str, _Place], dict[Lane, float], float]:
    """The place of each row and of each lane's name, and the height of all, in rows."""
    lanes = _lanes(rows)
    if len(set(lanes)) < len(lanes):
        raise ValueError("the rows of a lane must follow each other; sort them by lane")
    places: dict[str, _Place] = {}
    names: dict[Lane, float] = {}
    top = -0.5
    for row in rows:
        if row.lane not in names:
            names[row.lane] = round(top + 0.5, 4)
            top += 1
        height = max(1.0, round(len(row.spread) * _ANSWER + 1 - _BAR_THICKNESS, 2))
        places[row.id] = _Place(round(top + height / 2, 4), height)
        top += height
    return places, names, round(top + 0.5, 4)


def _extent(span: Span, axis: AxisKind, horizon_d: float) -> tuple[float, float]:
    """Start and width on the axis; short moments are drawn a hair wide."""
    end = _place(horizon_d, axis)
    start = _place(min(span.earliest_d, horizon_d), axis)
    stop = _place(min(span.latest_d, horizon_d), axis)
    width = max(stop - start, end * _LEAST_WIDTH)
    return round(min(start, end - width), 4), round(width, 4)


def _known(rows: Sequence[TimelineRow]) -> list[tuple[TimelineRow, Span]]:
    return [(row, row.span) for row in rows if row.span is not None]


def _bars(
    rows: Sequence[TimelineRow], places: dict[str, _Place], axis: AxisKind, horizon_d: float
) -> go.Bar:
    known = _known(rows)
    extents = [_extent(span, axis, horizon_d) for _, span in known]
    colours = [LANE_COLOUR[row.lane] for row, _ in known]
    return go.Bar(
        name="bars",
        orientation="h",
        y=[places[row.id].y for row, _ in known],
        base=[start for start, _ in extents],
        x=[width for _, width in extents],
        width=[places[row.id].thickness for row, _ in known],
        customdata=[row.id for row, _ in known],
        hovertext=[
            f"<b>{row.label}</b><br>Evidence: {EVIDENCE_LABEL[row.evidence]}"
            + ("<br>Extrapolated to three levels" if row.extrapolated else "")
            for row, _ in known
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "color": [_fill(row) for row, _ in known],
            "opacity": [_FAINT if row.spread else 1 for row, _ in known],
            "line": {"color": colours, "width": 1.5},
            "pattern": {
                "shape": ["/" if row.evidence is Evidence.OPINION else "" for row, _ in known],
                "bgcolor": LIGHT["page"],
                "size": 7,
                "solidity": 0.2,
            },
        },
    )


def _fill(row: TimelineRow) -> str:
    """Solid for trials, lighter for cohorts; for opinion the colour of the hatching."""
    colour = LANE_COLOUR[row.lane]
    share = TINT_SHARE if row.evidence is Evidence.COHORT else 0.0
    return tint(colour, LIGHT["page"], share)


def _extrapolated(
    rows: Sequence[TimelineRow], places: dict[str, _Place], axis: AxisKind, horizon_d: float
) -> go.Scatter:
    x: list[float | None] = []
    y: list[float | None] = []
    for row, span in _known(rows):
        if not row.extrapolated:
            continue
        start, width = _extent(span, axis, horizon_d)
        place = places[row.id]
        top, bottom = (round(place.y + side * place.thickness / 2, 4) for side in (-1, 1))
        end = round(start + width, 4)
        x += [start, end, end, start, start, None]
        y += [top, top, bottom, bottom, top, None]
    return go.Scatter(
        name="extrapolated",
        mode="lines",
        x=x,
        y=y,
        line={"color": LIGHT["page"], "width": 2, "dash": "3px,4px"},
        hoverinfo="skip",
    )


def _usual(rows: Sequence[TimelineRow], places: dict[str, _Place], axis: AxisKind) -> go.Scatter:
    marked = [(row, span.usual_d) for row, span in _known(rows) if span.usual_d is not None]
    return go.Scatter(
        name="usual",
        mode="markers",
        x=[_place(day, axis) for _, day in marked],
        y=[places[row.id].y for row, _ in marked],
        cliponaxis=False,
        marker={
            "symbol": "diamond",
            "size": 10,
            "color": LIGHT["ink"],
            "line": {"color": LIGHT["page"], "width": 1.5},
        },
        hoverinfo="skip",
    )


def _other() -> go.Bar:
    return go.Bar(
        name="other",
        orientation="h",
        x=[],
        y=[],
        marker={"line": {"color": LIGHT["ink"], "width": 2}},
    )


def _spread(
    rows: Sequence[TimelineRow], places: dict[str, _Place], axis: AxisKind, horizon_d: float
) -> go.Scatter:
    """A ring for a moment, two and a line for a range, with the words of each answer."""
    marks: list[tuple[float | None, float | None, str, str]] = []
    end = _place(horizon_d, axis)
    for row in rows:
        for number, answer in enumerate(row.spread):
            offset = (number - (len(row.spread) - 1) / 2) * _ANSWER
            y = round(places[row.id].y + offset, 4)
            days = [answer.from_d, answer.from_d if answer.to_d is None else answer.to_d]
            start, stop = (_place(min(day, horizon_d), axis) for day in days)
            left = stop > end * _RIGHT_PART
            words = answer.label if answer.share is None else f"{answer.label}: {answer.share:g} %"
            text = f"{words} " if left else f" {words}"
            position = "middle left" if left else "middle right"
            ends = [start] if start == stop else [start, stop]
            labelled = 0 if left else len(ends) - 1
            marks += [
                (x, y, text if place == labelled else "", position) for place, x in enumerate(ends)
            ]
            marks.append((None, None, "", position))
    return go.Scatter(
        name="spread",
        mode="lines+markers+text",
        x=[x for x, _, _, _ in marks],
        y=[y for _, y, _, _ in marks],
        text=[text for _, _, text, _ in marks],
        textposition=[position for _, _, _, position in marks],
        textfont={"color": LIGHT["ink"], "size": 12},
        line={"color": LIGHT["ink"], "width": 1.5},
        marker={
            "symbol": "circle",
            "size": 8,
            "color": LIGHT["page"],
            "line": {"color": LIGHT["ink"], "width": 1.5},
        },
        hoverinfo="skip",
        cliponaxis=False,
    )


def _no_evidence(
    rows: Sequence[TimelineRow], places: dict[str, _Place], axis: AxisKind, horizon_d: float
) -> go.Scatter:
    unknown = [row for row in rows if row.span is None]
    return go.Scatter(
        name="no-evidence",
        mode="text",
        x=[_place(horizon_d, axis) / 2] * len(unknown),
        y=[places[row.id].y for row in unknown],
        text=["– – –  no evidence  – – –"] * len(unknown),
        textfont={"color": LIGHT["muted"], "size": 13},
        customdata=[row.id for row in unknown],
        hovertext=[f"<b>{row.label}</b>" for row in unknown],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _row_labels(
    rows: Sequence[TimelineRow], places: dict[str, _Place], axis: AxisKind
) -> go.Scatter:
    return go.Scatter(
        name="row-labels",
        mode="text",
        visible=False,
        x=[_place(0, axis)] * len(rows),
        y=[round(places[row.id].y - places[row.id].height / 2, 4) for row in rows],
        text=[row.label for row in rows],
        textposition="middle right",
        textfont={"color": LIGHT["ink"], "size": 13},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _lane_names(rows: Sequence[TimelineRow], names: dict[Lane, float]) -> list[dict[str, Any]]:
    return [
        {
            "text": f"<b>{LANE_LABEL[lane]}</b>",
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": -_MARGIN["l"] + 4,
            "y": names[lane],
            "yref": "y",
            "showarrow": False,
            "font": {"size": 14, "color": LIGHT["ink"]},
        }
        for lane in _lanes(rows)
    ]


def _x_axis(axis: AxisKind, horizon_d: float) -> dict[str, Any]:
    marks = ticks(axis, horizon_d)
    return {
        "range": [0, _place(horizon_d, axis)],
        "fixedrange": True,
        "side": "top",
        "tickmode": "array",
        "tickvals": [_place(tick.day, axis) for tick in marks],
        "ticktext": [tick.label for tick in marks],
        "tickfont": {"size": 13, "color": LIGHT["muted"]},
        "tickangle": 0,
        "gridcolor": LIGHT["line"],
        "griddash": "dot",
        "zeroline": True,
        "zerolinecolor": LIGHT["muted"],
        "showline": False,
    }


def _y_axis(rows: Sequence[TimelineRow], places: dict[str, _Place], units: float) -> dict[str, Any]:
    return {
        "range": [round(units - 0.4, 4), -0.6],
        "fixedrange": True,
        "tickmode": "array",
        "tickvals": [places[row.id].y for row in rows],
        "ticktext": [row.label for row in rows],
        "tickfont": {"size": 13, "color": LIGHT["ink"]},
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "ticklabelstandoff": 6,
    }
